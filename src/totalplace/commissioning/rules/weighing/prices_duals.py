"""Prices from the plan itself: what the next pound reaches, explained by the demands that bind.

At the best plan of a concave problem what the next penny reaches on each line is the sum of the
prices of the demands on that line (Karush 1939; Kuhn and Tucker 1951). The prices are those that
explain it with least left over. Where several do, the least is what loosening that demand alone
wins, and the greatest what tightening it alone loses.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf
from typing import Final

import numpy as np

from totalplace.commissioning.rules.weighing.refusals_solver import Column, Key, Row, least_cost
from totalplace.commissioning.rules.weighing.refusals_tree import Search

# Whole pence and the last of the gap leave so much of what the next penny reaches unexplained.
UNEXPLAINED: Final = 1e-5
PENNIES: Final = 2  # for each line of it, within which a demand is met to the penny
LOOKED: Final = 24  # bounds of lines, the dearest, of which another demand may say the same
NOBODY: Final[frozenset[int]] = frozenset()


def duals(search: Search, pence: Sequence[int]) -> dict[Key, tuple[float, float]]:
    """Of each demand or bound that costs something, in points for a penny (or a unit) of it.

    The first number is what loosening it wins, the second what tightening it loses.
    """
    at: dict[Column, float] = {("pence", n): float(x) for n, x in enumerate(pence)}
    rows = [
        row
        for row in search.rows(frozenset(search.keys), NOBODY, NOBODY)
        if row.parts and row.lack(at) >= -PENNIES * len(row.parts)
    ]
    lines = [n for n, line in enumerate(search.problem.lines) if line.least < line.most]
    reach = {n: search.problem.lines[n].marginal(pence[n]) for n in lines}
    top = max((abs(one) for one in reach.values()), default=0.0)
    if top == 0 or not rows:
        return {}
    return _Fit(rows, lines, [reach[n] / top for n in lines], pence).prices(search, top)


class _Fit:
    """The prices of rows, and what of each line's reach they leave unexplained, for the solver."""

    def __init__(
        self,
        rows: Sequence[Row],
        lines: Sequence[int],
        reach: Sequence[float],
        pence: Sequence[int],
    ) -> None:
        self.rows, self.reach = rows, reach
        place = {line: n for n, line in enumerate(lines)}
        count = len(rows)
        # A row that is at least so much takes from what a line would reach: minus its part.
        self.entries = [
            (place[column[1]], number, -each)
            for number, row in enumerate(rows)
            for column, each in row.cells
            if column[0] == "pence" and column[1] in place
        ]
        for line, n in place.items():
            self.entries.append((n, count + 2 * n, 1.0))
            self.entries.append((n, count + 2 * n + 1, -1.0))
            if pence[line] == 0:  # nobody spends less than nothing
                self.entries.append((n, count + 2 * len(lines) + n, -1.0))
        self.width = count + 3 * len(lines)
        self.left = [0.0] * count + [1.0] * (2 * len(lines)) + [0.0] * len(lines)

    def _ask(self, cost: Sequence[float], most: float | None) -> list[float] | None:
        entries, least, top = list(self.entries), list(self.reach), list(self.reach)
        if most is not None:
            entries += [(len(self.reach), n, by) for n, by in enumerate(self.left) if by]
            least.append(-inf)
            top.append(most)
        bounds = np.zeros(self.width), np.full(self.width, inf)
        found = least_cost(np.array(cost), bounds, entries, np.array(least), most=np.array(top))
        return None if found is None else found[0]

    def _end(self, number: int, sign: float, allowed: float, first: Sequence[float]) -> float:
        cost = [0.0] * self.width
        cost[number] = sign
        its = self._ask(cost, allowed)
        return first[number] if its is None else its[number]

    def _lines(self) -> list[int]:
        return [n for n, row in enumerate(self.rows) if row.name.startswith("line ")]

    def prices(self, search: Search, top: float) -> dict[Key, tuple[float, float]]:
        """For each row the least and the greatest price, in points for a penny or a unit."""
        first = self._ask(self.left, None)
        if first is None:
            return {}
        least_left = sum(by * value for by, value in zip(self.left, first, strict=True))
        allowed = least_left + UNEXPLAINED
        found: dict[Key, tuple[float, float]] = {}
        dearest = sorted(self._lines(), key=lambda n: -first[n] * abs(self.rows[n].asks))
        looked = set(dearest[:LOOKED])
        for number, row in enumerate(self.rows):
            if row.gives is None:
                continue
            ends = [first[number], first[number]]
            # Of most lines' own bounds the price is what the demands on it leave over: one only.
            if number in looked or not row.name.startswith("line "):
                ends = [self._end(number, sign, allowed, first) for sign in (1.0, -1.0)]
            each = top / float(row.size * _unit(search, row))
            low, high = (0.0 if one < 10 * UNEXPLAINED else one * each for one in ends)
            if high > 0:
                found[row.gives] = low, high
        return found


def _unit(search: Search, row: Row) -> Fraction:
    raw = search.reading.sum_of(row.name, row.side)
    return next((by / row.sum.pence[n] for n, by in raw.pence.items() if by), Fraction(1))
