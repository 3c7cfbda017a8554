"""The unit of each figure as its table says it: where it changes, nothing is compared across.

What `judging` only suspects from the size of figures is here said by the table itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from totalplace.monitoring.rules.watched import Point, Standing
from totalplace.outcomes.rules.forms import plain
from totalplace.outcomes.rules.indicators import Break

_PER_CENT: Final = frozenset({"per cent", "percent", "percentage", "pct", "proportion per cent"})


def same(unit: str) -> str:
    """A unit as it is compared: per cent, Percent and % are one."""
    words = plain(unit)
    return "%" if unit.strip() == "%" or words in _PER_CENT else words


def one_unit(
    points: Sequence[Point], units: Sequence[str]
) -> tuple[list[Point], str, tuple[Break, ...]]:
    """Points in order, the unit in which they are watched, and the days on which it changed.

    Where the unit changes once and for all, the later one holds and the series begins anew. What
    comes and goes in another unit than most is set aside. An empty unit says nothing.
    """
    said = [(place, unit) for place, unit in enumerate(units) if unit and points[place].looked_at]
    runs = [(key, list(run)) for key, run in groupby(said, key=lambda one: same(one[1]))]
    if len(runs) < 2:
        return list(points), next((unit for unit in units if unit), ""), ()
    if len(runs) == len({key for key, _ in runs}):
        breaks = tuple(
            Break(
                points[run[0][0]].period.first_day,
                f"the table gives figures from then on in {run[0][1]}, before in {before[-1][1]}",
            )
            for (_, before), (_, run) in pairwise(runs)
        )
        return list(points), runs[-1][1][-1][1], breaks
    most, _ = Counter(same(unit) for _, unit in said).most_common(1)[0]
    kept = next(unit for _, unit in said if same(unit) == most)
    odd = {place: unit for place, unit in said if same(unit) != most}
    return [_aside(one, odd.get(place, ""), kept) for place, one in enumerate(points)], kept, ()


def _aside(point: Point, unit: str, kept: str) -> Point:
    if not unit:
        return point
    why = f"the table gives it in {unit}, and others in {kept}"
    return replace(point, standing=Standing.SET_ASIDE, why=why)
