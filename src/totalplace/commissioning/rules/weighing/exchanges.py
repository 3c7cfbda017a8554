"""From which lines a pound could come that is put on another, with every demand still met."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.problem import Demand, Problem
from totalplace.commissioning.rules.solving import check

POUND: Final = 100  # pence; less than this is what rounding left


def givers(problem: Problem, pence: Sequence[int], taker: int) -> frozenset[int]:
    """The lines of the taker's year that could give it a pound, the others staying as they are.

    None where the taker can take no more. Lines are by their place in the problem.
    """
    line = problem.lines[taker]
    if pence[taker] + POUND > line.most:
        return frozenset()
    found = {one.demand: one.found for one in check(problem, pence)}
    room = {one.code: _room(one, found.get(one.code)) for one in problem.demands}
    counts = [_each(one) for one in problem.demands]
    touching: dict[int, list[int]] = {}
    for n, each in enumerate(counts):
        for at in each:
            touching.setdefault(at, []).append(n)
    return frozenset(
        giver
        for giver, other in enumerate(problem.lines)
        if giver != taker
        and other.year == line.year
        and pence[giver] - POUND >= other.least
        and all(
            _bears(room[problem.demands[n].code], counts[n].get(taker, 0), counts[n].get(giver, 0))
            for n in {*touching.get(taker, ()), *touching.get(giver, ())}
        )
    )


def _each(demand: Demand) -> dict[int, Fraction]:
    each = demand.each or (Fraction(1),) * len(demand.lines)
    found: dict[int, Fraction] = {}
    for at, by in zip(demand.lines, each, strict=True):
        found[at] = found.get(at, Fraction(0)) + by
    return found


def _room(demand: Demand, found: Fraction | None) -> tuple[Fraction | None, Fraction | None]:
    """How far a demand's sum may fall and rise; None: as far as it will."""
    if found is None:
        return None, None
    down = None if demand.least is None else found - demand.least
    up = None if demand.most is None else demand.most - found
    return down, up


def _bears(
    room: tuple[Fraction | None, Fraction | None], takes: Fraction | int, gives: Fraction | int
) -> bool:
    change = POUND * (Fraction(takes) - Fraction(gives))
    down, up = room
    if change < 0:
        return down is None or -change <= down
    return up is None or change <= up
