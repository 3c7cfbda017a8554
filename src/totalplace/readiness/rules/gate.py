"""The gate of readiness: what is lacking for an agreement that needs certain levels.

The database says the same by itself, in `readiness_lacks`; a test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.participation.rules.gate import Lack
from totalplace.readiness.rules.evidence import Rest
from totalplace.readiness.rules.scale import TITLES, Area, Level
from totalplace.refusal import Refused

MET: Final = "met"
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
_AREAS: Final = frozenset(area.value for area in Area)
_LEVELS: Final = frozenset(level.value for level in Level)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a place on a day: of the last assessment that was agreed, and of waivers.

    `waived` are the needs that both sides waived, each with the highest level they waived.
    """

    assessed: bool
    agreed: Mapping[Area, Level | None] = field(default_factory=dict)
    rests: Mapping[Area, Rest] = field(default_factory=dict)
    facts: Mapping[str, date | None] = field(default_factory=dict)  # code -> met from
    waived: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)  # of facts, by code


def needs_text(needs: Mapping[str, str]) -> str:
    """Needs as the database is asked: 'finance=core,strategy=core', by name.

    Raises Refused for a name or level that means nothing.
    """
    for name, wanted in needs.items():
        good = wanted in _LEVELS if name in _AREAS else wanted == MET
        if not good or not _CODE.fullmatch(name):
            raise Refused(
                "It cannot be said what is lacking",
                why=f"'{name}: {wanted}' is no area with a level and no fact that is to be met",
                next_step="Ask for one of the four areas, or for a fact of eligibility",
            )
    return ",".join(f"{name}={wanted}" for name, wanted in sorted(needs.items()))


def lacking(needs: Mapping[str, str], known: Known, *, on: date) -> list[Lack]:
    """What is lacking on a day of what is needed; nothing: the place is ready, or it was waived."""
    needs_text(needs)
    found = []
    for name, wanted in sorted(needs.items()):
        if is_waived(name, wanted, known.waived):
            continue
        if name in _AREAS:
            lack = _level_lacks(Area(name), Level(wanted), known)
        else:
            lack = _fact_lacks(name, known, on)
        if lack is not None:
            found.append(lack)
    return found


def is_waived(name: str, wanted: str, waived: Mapping[str, str]) -> bool:
    """Whether both sides waived a need, at that level or a higher one."""
    given = waived.get(name)
    if given is None:
        return False
    return given == wanted or (name in _AREAS and Level(given).reaches(Level(wanted)))


def _level_lacks(area: Area, wanted: Level, known: Known) -> Lack | None:
    title = TITLES[area]
    if not known.assessed:
        return Lack(
            f"{title} was not assessed",
            f"{wanted} is needed, and no assessment of both sides is agreed",
            "Begin an assessment of readiness, or have both sides waive it",
        )
    level = known.agreed.get(area)
    if level is None:
        return Lack(
            f"{title} has no agreed level",
            f"{wanted} is needed, and the two sides did not agree",
            "Assess it anew, or have both sides waive it",
        )
    if not level.reaches(wanted):
        return Lack(
            f"{title} is {level}",
            f"{wanted} is needed",
            "Assess it anew once it is better, or have both sides waive it",
        )
    rest = known.rests.get(area)
    if rest is not None and rest.since is not None:
        return Lack(
            f"{title} is unsupported since {in_words(rest.since)}",
            f"evidence that it rests on expired: item {rest.fallen[0][0]}",
            "Renew that item, or have both sides waive it",
        )
    return None


def _fact_lacks(name: str, known: Known, on: date) -> Lack | None:
    begins = known.facts.get(name)
    if begins is not None and begins <= on:
        return None
    why = "it is not said, or does not hold"
    if begins is not None:
        why = f"it is met only from {in_words(begins)}"
    title = known.titles.get(name, name)
    return Lack(f"{title}: not met", why, "Wait until it is, or have both sides waive it")
