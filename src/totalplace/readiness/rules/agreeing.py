"""Meeting: what both sides agree on, why, and what they still see differently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.readiness.rules.scale import TITLES, Area, Level
from totalplace.refusal import Refused

_LONGEST: Final = 4000
LONGEST_WAIVER_DAYS: Final = 731  # two years: what is lacking for longer is not waived but missing


@dataclass(frozen=True, slots=True)
class AgreedLevel:
    """What is agreed in an area: a level, or None where the sides do not agree.

    `disputed` is what they see differently still; it is kept beside an agreed level too.
    """

    area: Area
    level: Level | None
    reason: str
    disputed: str = ""


def check_agreed(levels: Iterable[AgreedLevel]) -> dict[Area, AgreedLevel]:
    """What is put forward, by its area. Raises Refused for one too few, or without a reason."""
    found: dict[Area, AgreedLevel] = {}
    for one in levels:
        name = TITLES[one.area]
        if one.area in found:
            raise _refused(f"{name} is said twice")
        if not one.reason.strip() or max(len(one.reason), len(one.disputed)) > _LONGEST:
            raise _refused(f"{name} has no reason, or one of more than {_LONGEST} letters")
        if one.level is None and not one.disputed.strip():
            raise _refused(f"{name} has no level, and it is not said what is disputed")
        found[one.area] = one
    missing = [TITLES[area] for area in Area if area not in found]
    if missing:
        raise _refused(f"nothing is said of {', '.join(missing)}")
    return found


def check_waiver(reason: str, *, until: date, on: date) -> None:
    """Raise Refused for a waiver without a reason, or that ends too soon or too late."""
    what = "The waiver cannot be kept"
    if not reason.strip() or len(reason) > _LONGEST:
        raise Refused(
            what,
            why="no reason is given, or one of too many words",
            next_step="Say why the agreement should be signed without that score",
        )
    if not on <= until or (until - on).days > LONGEST_WAIVER_DAYS:
        raise Refused(
            what,
            why=f"it has to end within {LONGEST_WAIVER_DAYS} days, and not before today",
            next_step="Give the last day on which it is to hold",
        )


def _refused(why: str) -> Refused:
    return Refused(
        "This cannot be put to the other side",
        why=why,
        next_step="Say of each of the four areas what is agreed and why",
    )
