"""The skills that are asked of each role, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from totalplace.entitlements.rules.written import Spot, written

ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}


@dataclass(frozen=True, slots=True)
class Asked:
    """Skills by code, with what each is; and names of roles that are offered."""

    skills: Mapping[str, str]
    roles: tuple[str, ...]
    sources: tuple[str, ...]
    uncertain: str


@cache
def asked() -> Asked:
    """What a return of capacity asks for."""
    spot = opened("skills.yaml", {"skills", "roles"})
    skills = spot.at("skills")
    return Asked(
        {code: skills.text(code) for code, _ in skills.items()},
        tuple(_words(one) for one in spot.at("roles").each()),
        tuple(spot.at("sources").value),
        spot.text("uncertain"),
    )


def opened(file: str, keys: set[str]) -> Spot:
    """A file of definitions with exactly these keys beside those that every file has."""
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    spot = written(text, what=f"The definitions in {file}")
    spot.only(ABOUT | keys)
    return spot


def _words(spot: Spot) -> str:
    if not isinstance(spot.value, str) or not spot.value.strip():
        raise spot.refused("words belong here")
    return spot.value
