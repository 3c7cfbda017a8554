"""The definitions of this room, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.ledger.rules.treatments import Treatment
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}


@dataclass(frozen=True, slots=True)
class Explained:
    """What a treatment shows, and when it is the right one."""

    shows: str
    when: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """The national conditions of a year by number, and which has the NHS minimum contribution."""

    year: int  # whose conditions they are
    words: Mapping[int, str]
    minimum: int


@cache
def treatments() -> tuple[Mapping[Treatment, Explained], tuple[str, ...]]:
    """What each treatment shows and when, and the standards that say so."""
    said = _read("treatments.yaml", {"treatments"})
    _only(said["treatments"], {one.value for one in Treatment}, "treatments.yaml")
    found = {}
    for name, one in said["treatments"].items():
        _only(one, {"shows", "when"}, "treatments.yaml")
        found[Treatment(name)] = Explained(one["shows"], one["when"])
    return found, tuple(said["sources"])


@cache
def conditions(year: int) -> Conditions:
    """The national conditions of a year; of the last year before it where it has none of its own.

    Raises Refused for a year before the first that is held.
    """
    said = _read("better_care_fund.yaml", {"years"})
    years = {int(first): one for first, one in said["years"].items()}
    held = [first for first in years if first <= year]
    if not held:
        raise Refused(
            f"There is no return of the Better Care Fund for the year that begins in {year}",
            why=f"the first year whose conditions are held is that of {min(years)}",
            next_step="Choose a later year, or add the conditions of that one to the definitions",
        )
    one = years[max(held)]
    _only(one, {"conditions", "minimum"}, "better_care_fund.yaml")
    words = {int(number): text for number, text in one["conditions"].items()}
    return Conditions(max(held), words, int(one["minimum"]))


def _read(file: str, keys: Collection[str]) -> Mapping[str, Any]:
    text = resources.files("totalplace.ledger.definitions").joinpath(file)
    said = yaml.safe_load(text.read_text(encoding="utf-8"))
    _only(said, _ABOUT | set(keys), file)
    found: Mapping[str, Any] = said
    return found


def _only(said: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {where} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step="Put it right: each key stands once, and no other",
        )
