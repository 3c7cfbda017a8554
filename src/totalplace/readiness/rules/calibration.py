"""Did the scores predict what followed? Told only once enough is known, each share with its range.

Range: Wilson, E. B. (1927), Probable inference, Journal of the American Statistical Association 22.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Final

from totalplace.readiness.rules.scale import Level

LEAST: Final = 10  # outcomes of a level below which nothing is judged; this project's own
_Z: Final = 1.959964  # the normal deviate of a 95 per cent range


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed an agreed level: whether that went as the level let one expect.

    `place` and `centre` are what the two sides had scored before they met.
    """

    agreed: Level
    place: Level
    centre: Level
    went_well: bool


@dataclass(frozen=True, slots=True)
class AtLevel:
    """Of those at a level: how many went well, of how many; the range is in per cent."""

    level: Level
    well: int
    of: int

    @property
    def low(self) -> int | None:
        """The lower end of the 95 per cent range; None where there is too little to judge."""
        return None if self.of < LEAST else wilson(self.well, self.of)[0]

    @property
    def high(self) -> int | None:
        """The upper end of the range; None where there is too little to judge."""
        return None if self.of < LEAST else wilson(self.well, self.of)[1]


def wilson(well: int, of: int) -> tuple[int, int]:
    """The 95 per cent range of a share, in whole per cent, rounded outwards. `of` is above none."""
    if of <= 0 or not 0 <= well <= of:
        raise ValueError("a share is of at least one, and of no more than all")
    share, square = well / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return int(low * 100), min(100, ceil(high * 100))


def by_level(followed: Iterable[Followed]) -> list[AtLevel]:
    """How many went well at each agreed level, the lowest level first."""
    known = list(followed)
    return [
        AtLevel(level, sum(one.went_well for one in at), len(at))
        for level in Level
        for at in [[one for one in known if one.agreed is level]]
    ]


def told_apart(pairs: Sequence[tuple[Level, bool]]) -> tuple[int, int]:
    """Of pairs of which one went well and one badly: in how many the better had more, of how many.

    Pairs of the same level count for neither. It is what Harrell's index of concordance counts.
    """
    well = [level.rank for level, went_well in pairs if went_well]
    badly = [level.rank for level, went_well in pairs if not went_well]
    right = sum(w > b for w in well for b in badly)
    return right, sum(w != b for w in well for b in badly)


def verdict(followed: Sequence[Followed]) -> str:
    """What can be said, in a sentence."""
    if sum(level.of >= LEAST for level in by_level(followed)) < 2:
        return (
            f"Nothing to judge yet: {len(followed)} outcomes are known, and two levels with at "
            f"least {LEAST} each are needed."
        )
    whose = {
        "agreed": [(one.agreed, one.went_well) for one in followed],
        "place's own": [(one.place, one.went_well) for one in followed],
        "centre's own": [(one.centre, one.went_well) for one in followed],
    }
    told = []
    for name, pairs in whose.items():
        right, of = told_apart(pairs)
        told.append(f"the {name} scores in {right} of {of}" if of else f"the {name} scores in none")
    return (
        f"Of pairs in which one went well and one did not, the better had more: {', '.join(told)}."
    )
