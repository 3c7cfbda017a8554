"""A part of a problem as arrays for HiGHS: sums, points under tangents, and services open or shut.

Columns: what is spent on each line; for each curved line the points that it reaches, held under
tangents of its curve; for each line that may close whether it is open. A tangent of a line that may
close is multiplied by its being open, which keeps it true of nought as well.

Pence and points are scaled so that the largest are near 100,000: HiGHS's tolerances are absolute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import highspy
import numpy as np

from totalplace.commissioning.rules.solving.curves import Numbers
from totalplace.commissioning.rules.solving.parts import Part, caps
from totalplace.commissioning.rules.solving.quiet import solver
from totalplace.commissioning.rules.solving.reducing import Row

LARGEST: Final = 100_000  # the largest sum, in the solver's own unit
DEAREST: Final = 10.0  # points for the first unit of the line that reaches most, in its own too
FIRST: Final = 6  # tangents laid on each curve at first


@dataclass(slots=True)
class Rows:
    """Rows being written, as HiGHS wants them."""

    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, cells: list[tuple[int, float]], least: float, most: float) -> None:
        """One row; cells of nought are left out."""
        self.starts.append(len(self.columns))
        for column, value in cells:
            if value:
                self.columns.append(column)
                self.values.append(value)
        self.least.append(least)
        self.most.append(most)


class Sheet:
    """A part before HiGHS, to which tangents are added.

    `margin` are the rows that are asked for by a penny on each line more, so that whole pence near
    the answer still meet them, and aims likewise; None is nothing of the kind.
    """

    def __init__(self, part: Part, *, margin: frozenset[int] | None) -> None:
        self.part = part
        count = len(part.numbers)
        self.caps = caps(part)
        self.unit = max(1, max(self.caps, default=1) // LARGEST)
        slope = np.abs(part.curves.slope)
        highest = float(slope.max(initial=0.0)) * self.unit
        self.worth = DEAREST / highest if highest > 0 else 1.0
        self.curved = [int(at) for at in np.flatnonzero(~part.curves.straight)]
        self.closing = [int(at) for at in np.flatnonzero(part.closes)]
        self.points_of = {at: count + place for place, at in enumerate(self.curved)}
        first = count + len(self.curved)
        self.open_of = {at: first + place for place, at in enumerate(self.closing)}
        self.columns = first + len(self.closing)
        # What must be whole: services open or shut, and pence where each penny matters.
        self.whole = [*self.open_of.values(), *(range(count) if part.small else ())]
        self.margin = margin
        self.largest: list[float] = []  # what each aim was divided by
        self.aim_rows: list[int] = []
        self.highs = self._written()

    def _written(self) -> Any:
        rows = Rows()
        self._demands(rows)
        self._aims(rows)
        self._gates(rows)
        for at in self.curved:
            low, high = self.part.low[at], max(self.caps[at], self.part.low[at])
            scale = float(self.part.curves.scale[at])
            reach = (high - low) / scale
            parts = np.arange(FIRST + 1) / FIRST
            # spaced so that each straight piece is about as far off its curve as the others
            with np.errstate(divide="ignore"):
                steps = -2 * np.log1p(parts * np.expm1(-reach / 2))
            places = low + scale * np.minimum(steps, reach)
            for pence in dict.fromkeys(places.tolist()):
                self._tangent(rows, at, float(pence))
        highs = solver(mip_rel_gap=0.0)
        self._pass(highs, rows)
        return highs

    def _pass(self, highs: Any, rows: Rows) -> None:
        low, high = self.part.within
        least, most = np.full(self.columns, -highspy.kHighsInf), np.full(self.columns, 0.0)
        cost = np.zeros(self.columns)
        count = len(self.part.numbers)
        least[:count] = np.where(self.part.closes, 0.0, low) / self.unit
        # Not their caps: what a demand is worth would then be told of the line instead.
        most[:count] = high / self.unit
        self._costs(cost, least, most)
        whole = np.zeros(self.columns, dtype=np.int32)
        whole[self.whole] = 1
        highs.passModel(
            self.columns, len(rows.least), len(rows.columns),
            int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMaximize), self.offset,
            cost, least, most, np.array(rows.least), np.array(rows.most),
            _whole(rows.starts), _whole(rows.columns), np.array(rows.values), whole,
        )  # fmt: skip

    def _costs(self, cost: Numbers, least: Numbers, most: Numbers) -> None:
        """Points of straight lines by the sum, of curved ones by what stands under tangents."""
        curves, self.offset = self.part.curves, 0.0
        for at in range(len(self.part.numbers)):
            if at in self.points_of:
                column = self.points_of[at]
                cost[column], most[column] = 1.0, highspy.kHighsInf
            else:
                cost[at] = curves.slope[at] * self.unit * self.worth
                fixed = -curves.slope[at] * curves.fixed[at] * self.worth
                if at in self.open_of:
                    cost[self.open_of[at]] = fixed
                else:
                    self.offset += fixed
        for column in self.open_of.values():
            least[column], most[column] = 0.0, 1.0

    def _demands(self, rows: Rows) -> None:
        for number, row in enumerate(self.part.rows):
            least, most = self._tightened(number, row)
            largest = row.size * self.unit
            each = zip(row.lines, row.each, strict=True)
            cells = [(at, one * self.unit / largest) for at, one in each]
            for at, opened in zip(row.lines, row.opened, strict=True):
                if opened:
                    cells.append((self.open_of[at], -opened / largest))
            rows.add(
                cells,
                -highspy.kHighsInf if least is None else least / largest,
                highspy.kHighsInf if most is None else most / largest,
            )

    def _tightened(self, number: int, row: Row) -> tuple[int | None, int | None]:
        """A row's bounds, by a penny on each line narrower where it is not shared out exactly."""
        if self.margin is None or number not in self.margin:
            return row.least, row.most
        by = sum(abs(one) for one in row.each)
        if row.least is not None and row.most is not None and row.most - row.least < 4 * by:
            return row.least, row.most
        return (
            None if row.least is None else row.least + by,
            None if row.most is None else row.most - by,
        )

    def _aims(self, rows: Rows) -> None:
        """Aims over the same points; by a margin, so that whole pence still reach them."""
        low, high = self.part.within
        curves = self.part.curves
        ends = curves.points(low), curves.points(high)
        for aim in self.part.aims:
            largest = max((abs(one) for one in aim.each), default=0.0) or 1.0
            amount = aim.amount
            cells: list[tuple[int, float]] = []
            for at, one in zip(aim.lines, aim.each, strict=True):
                if self.margin is not None:
                    amount += abs(one * float(curves.marginal(low)[at]))
                if at in self.points_of:
                    cells.append((self.points_of[at], one / largest))
                    if one < 0 and at not in self.open_of:
                        self._chord(rows, at, (float(ends[0][at]), float(ends[1][at])))
                    continue
                cells.append((at, one / largest * curves.slope[at] * self.unit * self.worth))
                fixed = one * curves.slope[at] * curves.fixed[at]
                if at in self.open_of:
                    cells.append((self.open_of[at], -fixed / largest * self.worth))
                else:
                    amount += fixed
            self.largest.append(largest)
            self.aim_rows.append(len(rows.least))
            rows.add(cells, amount / largest * self.worth, highspy.kHighsInf)

    def _chord(self, rows: Rows, at: int, ends: tuple[float, float]) -> None:
        """Where an aim would rather have fewer points than a curve gives, no fewer than these."""
        low, high = self.part.low[at], self.part.high[at]
        rise = (ends[1] - ends[0]) / (high - low)
        cells = [(self.points_of[at], 1.0), (at, -rise * self.unit * self.worth)]
        rows.add(cells, (ends[0] - rise * low) * self.worth, highspy.kHighsInf)

    def _gates(self, rows: Rows) -> None:
        """A line that is shut spends nothing; one that is open at least its least."""
        for at, column in self.open_of.items():
            low, high = self.part.low[at] / self.unit, self.caps[at] / self.unit
            rows.add([(at, 1.0), (column, -high)], -highspy.kHighsInf, 0.0)
            rows.add([(at, 1.0), (column, -low)], 0.0, highspy.kHighsInf)

    def _tangent(self, rows: Rows, at: int, pence: float) -> None:
        curves = self.part.curves
        above = max(pence - float(curves.fixed[at]), 0.0) / float(curves.scale[at])
        rise = float(curves.slope[at] * np.exp(-above))
        points = float(-curves.slope[at] * curves.scale[at] * np.expm1(-above))
        begins = (points - rise * pence) * self.worth
        cells = [(self.points_of[at], 1.0), (at, -rise * self.unit * self.worth)]
        if at in self.open_of:
            rows.add([*cells, (self.open_of[at], -begins)], -highspy.kHighsInf, 0.0)
        else:
            rows.add(cells, -highspy.kHighsInf, begins)

    def lay(self, places: list[int], pence: Numbers) -> None:
        """Lay another tangent on the curves of some lines, where the sums are."""
        rows = Rows()
        for at in places:
            self._tangent(rows, at, float(pence[at]))
        self.highs.addRows(
            len(rows.least), np.array(rows.least), np.array(rows.most), len(rows.columns),
            _whole(rows.starts), _whole(rows.columns), np.array(rows.values),
        )  # fmt: skip


def _whole(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.int32)
