"""Scoring: each side for itself, unseen by the other; then the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.readiness.rules.evidence import Item
from totalplace.readiness.rules.scale import TITLES, Area, Level, Side
from totalplace.refusal import Refused

_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Scored:
    """A level in an area, why, and on which items of evidence it rests."""

    area: Area
    level: Level
    why: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """An area as the two sides scored it; `apart` is how many levels the place is above."""

    area: Area
    place: Scored
    centre: Scored

    @property
    def apart(self) -> int:
        """Levels by which the place scored itself higher; below nothing: lower."""
        return self.place.level.rank - self.centre.level.rank

    @property
    def said(self) -> str:
        """The gap in words."""
        levels = abs(self.apart)
        if not levels:
            return "Both say the same"
        higher = Side.PLACE if self.apart > 0 else Side.CENTRE
        return f"The {higher} says {levels} level{'s' if levels > 1 else ''} more"


def check_scores(
    scores: Iterable[Scored], held: Mapping[int, Item], *, on: date
) -> dict[Area, Scored]:
    """Every score by its area. Raises Refused for one too few, without a reason or evidence.

    Above emerging a score rests on at least one item of that area that holds on the day.
    """
    found: dict[Area, Scored] = {}
    for score in scores:
        name = TITLES[score.area]
        if score.area in found:
            raise _refused(f"{name} is scored twice")
        if not score.why.strip() or len(score.why) > _LONGEST:
            raise _refused(f"{name} has no reason, or one of more than {_LONGEST} letters")
        for number in score.evidence:
            item = held.get(number)
            if item is None or item.area is not score.area or not item.holds(on):
                raise _refused(f"item {number} is no evidence for {name} on that day")
        if score.level is not Level.EMERGING and not score.evidence:
            raise _refused(f"{name} is scored {score.level} without any evidence")
        found[score.area] = score
    missing = [TITLES[area] for area in Area if area not in found]
    if missing:
        raise _refused(f"not scored: {', '.join(missing)}")
    return found


def gaps(place: Mapping[Area, Scored], centre: Mapping[Area, Scored]) -> list[Gap]:
    """The two scores of each area, in the order of the areas."""
    return [Gap(area, place[area], centre[area]) for area in Area]


def _refused(why: str) -> Refused:
    return Refused(
        "The scores cannot be handed in",
        why=why,
        next_step="Score each of the four areas once, with a reason and evidence that holds",
    )
