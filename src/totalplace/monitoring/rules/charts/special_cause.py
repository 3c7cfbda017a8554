"""The four rules by which Making Data Count calls a point out of the ordinary, as published.

Source: NHSRplotthedots 0.2.2, `ptd_calculate_point_type`. Where several fire on one point, the
chart names the first in this order: outside a limit, a trend of seven, two of three near a limit,
seven on one side of the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from totalplace.outcomes.rules.indicators import Better

SEVEN: Final = 7  # points in a run or a trend


class Rule(StrEnum):
    """Why a point is out of the ordinary."""

    OUTSIDE = "outside a limit"
    TREND = "one of seven points that each move the same way"
    TWO_OF_THREE = "one of two in three points near a limit, all on one side of the mean"
    ONE_SIDE = "one of seven points on one side of the mean"


class Kind(StrEnum):
    """What a point is by these rules."""

    COMMON = "usual variation"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "out of the ordinary, high"
    LOW = "out of the ordinary, low"


@dataclass(frozen=True, slots=True)
class Fired:
    """Which rules fired on a point, the one named, and whether that one points up."""

    rules: tuple[Rule, ...] = ()
    named: Rule | None = None
    up: bool = False


def fired(
    values: Sequence[float],
    sides: Sequence[int],
    outside: Sequence[bool],
    close: Sequence[bool],
) -> list[Fired]:
    """What fires on each point of a part.

    `sides` are 1 above the mean, -1 below, 0 on it; `outside` whether beyond a limit; `close`
    whether within the limits and in the last third before one.
    """
    trend = part_of_seven(seven_point_trend(values))
    near = two_in_three(close, sides)
    run = part_of_seven(seven_on_one_side(sides))
    steps = _steps(values, trend)
    found = []
    for at, side in enumerate(sides):
        ways = {
            Rule.OUTSIDE: (outside[at], side > 0),
            Rule.TREND: (trend[at], steps[at] > 0),
            Rule.TWO_OF_THREE: (near[at] and close[at], side > 0),
            Rule.ONE_SIDE: (run[at], side > 0),
        }
        rules = tuple(rule for rule, (fires, _) in ways.items() if fires)
        named = rules[0] if rules else None
        found.append(Fired(rules, named, named is not None and ways[named][1]))
    return found


def kind_of(flag: Fired, better: Better) -> Kind:
    """What a point is, by which way its rule points and which way is better."""
    if flag.named is None:
        return Kind.COMMON
    if better is Better.NEITHER:
        return Kind.HIGH if flag.up else Kind.LOW
    return Kind.IMPROVEMENT if flag.up == (better is Better.HIGHER) else Kind.CONCERN


def seven_on_one_side(sides: Sequence[int]) -> list[int]:
    """1 at each point that, with the six before it, lies on one side of the mean; else 0."""
    return [
        int(at >= SEVEN - 1 and side != 0 and set(sides[at - SEVEN + 1 : at + 1]) == {side})
        for at, side in enumerate(sides)
    ]


def seven_point_trend(values: Sequence[float]) -> list[int]:
    """1 or -1 at each point that ends seven, of which each is above or below the one before."""
    moves = [(b > a) - (b < a) for a, b in pairwise(values)]
    found = [0] * len(values)
    for at in range(SEVEN - 1, len(values)):
        ways = set(moves[at - SEVEN + 1 : at])
        if ways in ({1}, {-1}):
            found[at] = ways.pop()
    return found


def part_of_seven(ends: Sequence[int]) -> list[bool]:
    """Whether a point is one of seven that end with it or with one of the next six."""
    return [any(ends[at : at + SEVEN]) for at in range(len(ends))]


def two_in_three(close: Sequence[bool], sides: Sequence[int]) -> list[bool]:
    """Whether a point is in three that lie on one side of the mean, two of them near a limit.

    Of the points that this marks only those near the limit are out of the ordinary.
    """
    found = [False] * len(close)
    for at in range(len(close) - 2):
        if sum(close[at : at + 3]) >= 2 and abs(sum(sides[at : at + 3])) == 3:
            found[at : at + 3] = [True] * 3
    return found


def _steps(values: Sequence[float], trend: Sequence[bool]) -> list[int]:
    """Which way a point moves: to the next one where both are of a trend, else from the last."""
    moves = [(b > a) - (b < a) for a, b in pairwise(values)]
    return [
        moves[at]
        if trend[at] and at + 1 < len(values) and trend[at + 1]
        else (moves[at - 1] if at else 0)
        for at in range(len(values))
    ]
