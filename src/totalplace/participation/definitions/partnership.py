"""The definitions of the partnership, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.participation.rules.partnership.motions import Kind
from totalplace.participation.rules.partnership.own_rules import Majority, OwnRules, Tie
from totalplace.participation.rules.partnership.support import SupportKind
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}
_USUAL: Final = {
    "quorum_seats", "quorum_sectors", "notice_days", "majority", "tie", "weighted",
    "members_public", "answer_days",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MotionKind:
    """A kind of motion: its title, what follows from it, and how one begins."""

    kind: Kind
    title: str
    says: str
    begins: str


def usual_rules(first_day: date, source: str) -> OwnRules:
    """The rules that a partnership starts from, as if they were its own from a day on."""
    said = _read("partnership_rules.yaml", {"usual"})["usual"]
    _only(said, _USUAL, "partnership_rules.yaml")
    known = {**said, "majority": Majority(said["majority"]), "tie": Tie(said["tie"])}
    return OwnRules(first_day, source, **known)


@cache
def motion_kinds() -> Mapping[Kind, MotionKind]:
    """What a motion may do, in the order in which it is offered."""
    said = _read("partnership_motions.yaml", {"kinds"})["kinds"]
    _only(said, list(Kind), "partnership_motions.yaml")
    for one in said.values():
        _only(one, {"title", "says", "begins"}, "partnership_motions.yaml")
    return {Kind(code): MotionKind(Kind(code), **one) for code, one in said.items()}


@cache
def support_kinds() -> Mapping[SupportKind, tuple[str, str]]:
    """What is given to civil society: the title of each kind, and what it says."""
    said = _read("civil_society.yaml", {"kinds", "bases"})["kinds"]
    _only(said, list(SupportKind), "civil_society.yaml")
    for one in said.values():
        _only(one, {"title", "says"}, "civil_society.yaml")
    return {SupportKind(code): (one["title"], one["says"]) for code, one in said.items()}


@cache
def bases() -> Mapping[str, str]:
    """How an asset may be valued, and what that means."""
    said: dict[str, str] = _read("civil_society.yaml", {"kinds", "bases"})["bases"]
    return said


def _read(file: str, keys: Iterable[str]) -> dict[str, Any]:
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    _only(said, _ABOUT | set(keys), file)
    return said


def _only(said: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    """Raise Refused unless exactly these keys are said."""
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {where} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step=f"Put the key right in {where}",
        )
