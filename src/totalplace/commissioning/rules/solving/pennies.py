"""From sums with fractions of a penny to whole pence that meet every demand, near by.

First each sum is rounded so that demands in pence that nest are met exactly. What else is broken
thereby is mended, a few pence at a time, where it costs least. If that does not do, a small integer
program looks at a few pence more or fewer on each line. Every step is checked in whole numbers.
Money that is left over and worth spending is spent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import highspy
import numpy as np

from totalplace.commissioning.rules.solving.curves import Marks, Numbers
from totalplace.commissioning.rules.solving.laying import missed
from totalplace.commissioning.rules.solving.nesting import family_of
from totalplace.commissioning.rules.solving.parts import Part
from totalplace.commissioning.rules.solving.quiet import solver
from totalplace.commissioning.rules.solving.rounding import Cascade

MENDED: Final = 50  # steps of mending for each demand, before the integer program is asked
NEAR: Final = (2, 40, 2_000)  # pence more or fewer that it looks at
ROUNDING: Final = 5e-10  # of an aim: half of what `checking` allows


@dataclass(slots=True)
class Sums:
    """Whole pence on lines, and what every demand comes to, kept in step."""

    part: Part
    low: list[int]
    high: list[int]
    pence: list[int]
    totals: list[int] = field(default_factory=list)
    on: list[list[tuple[int, int]]] = field(default_factory=list)  # by line: row and each

    def move(self, line: int, by: int) -> None:
        """Put so many pence more on a line."""
        self.pence[line] += by
        for row, each in self.on[line]:
            self.totals[row] += each * by

    def room(self, line: int, sign: int, *, but: int = -1) -> int:
        """By how many pence a line can rise (1) or fall (-1) and break nothing but one demand."""
        room = self.high[line] - self.pence[line] if sign > 0 else self.pence[line] - self.low[line]
        for number, each in self.on[line]:
            if number == but:
                continue
            row, total = self.part.rows[number], self.totals[number]
            if each * sign > 0 and row.most is not None:
                room = min(room, (row.most - total) // abs(each))
            if each * sign < 0 and row.least is not None:
                room = min(room, (total - row.least) // abs(each))
        return max(room, 0)

    def off(self, number: int) -> int:
        """By how much a demand is short (above nought) or over (below)."""
        row, total = self.part.rows[number], self.totals[number]
        if row.least is not None and total < row.least:
            return row.least - total
        if row.most is not None and total > row.most:
            return row.most - total
        return 0


def in_pence(part: Part, pence: Numbers, is_open: Marks) -> list[int] | None:
    """Whole pence near some sums, with the same services open; None where none were found."""
    low = [low if open_ else 0 for low, open_ in zip(part.low, is_open, strict=True)]
    high = [high if open_ else 0 for high, open_ in zip(part.high, is_open, strict=True)]
    found: list[int] | None = None
    sums = _rounded(part, low, high, pence, is_open)
    if _mended(sums) and missed(part, _floats(sums)) <= ROUNDING:
        _spent(sums)
        found = sums.pence
        if not part.modest:
            return found
    for near in NEAR[1:2] if found else NEAR:
        sums = _rounded(part, low, high, np.array(found or pence, dtype=np.float64), is_open)
        if _programmed(sums, near) and missed(part, _floats(sums)) <= 2 * ROUNDING:
            _spent(sums)
            return _better(part, found, sums.pence)
    return found


def _better(part: Part, one: list[int] | None, other: list[int]) -> list[int]:
    if one is None:
        return other
    points = [float(part.curves.points(np.array(its, dtype=float)).sum()) for its in (one, other)]
    return other if points[1] > points[0] else one


def _floats(sums: Sums) -> Numbers:
    return np.array(sums.pence, dtype=np.float64)


def _rounded(part: Part, low: list[int], high: list[int], pence: Numbers, is_open: Marks) -> Sums:
    cascade = Cascade(family_of(part)[0], (low, high))
    if cascade.impossible is None:
        nearest = cascade.shared(pence.tolist())
    else:
        ends = zip(pence.tolist(), low, high, strict=True)
        nearest = [min(max(round(sum_), least), most) for sum_, least, most in ends]
    sums = Sums(part, low, high, nearest, on=[[] for _ in nearest])
    for number, row in enumerate(part.rows):
        total = 0
        for line, each, opened in zip(row.lines, row.each, row.opened, strict=True):
            total += each * nearest[line] - (opened if is_open[line] else 0)
            sums.on[line].append((number, each))
        sums.totals.append(total)
    return sums


def _mended(sums: Sums) -> bool:
    """Mend each demand by moving the line that loses least; whether all are met."""
    steps = MENDED * max(1, len(sums.part.rows))
    while steps > 0:
        broken = [number for number in range(len(sums.totals)) if sums.off(number)]
        if not broken:
            return True
        moved = False
        for number in broken:
            while steps > 0 and (off := sums.off(number)) and _mend(sums, number, off):
                moved, steps = True, steps - 1
        if not moved:
            return False
    return False


def _mend(sums: Sums, number: int, off: int) -> bool:
    """One step towards a demand that breaks no other; the line that loses least by it."""
    row = sums.part.rows[number]
    next_penny, size = sums.part.curves.marginal(_floats(sums)), row.size
    best: tuple[float, int, int] | None = None
    for line, each in zip(row.lines, row.each, strict=True):
        if each == 0:
            continue
        sign = 1 if (each > 0) == (off > 0) else -1
        by = min(sums.room(line, sign, but=number), -(-abs(off) // abs(each)))
        if by > 0:
            loss = -sign * float(next_penny[line]) / (abs(each) / size)
            best = min(best, (loss, line, sign * by)) if best else (loss, line, sign * by)
    if best is None:
        return False
    sums.move(best[1], best[2])
    return True


def _spent(sums: Sums) -> None:
    """Spend what rounding left where the next penny reaches most, and take back what does harm."""
    next_penny = sums.part.curves.marginal(_floats(sums))
    held = _bends_down(sums.part)
    for line in np.argsort(-np.abs(next_penny), kind="stable").tolist():
        sign = 1 if next_penny[line] > 0 else -1
        by = 0 if next_penny[line] == 0 or line in held else sums.room(line, sign)
        if by > 0:
            sums.move(line, sign * by)


def _bends_down(part: Part) -> set[int]:
    """Lines of which what is better for the points is worse for some aim."""
    return {
        line for aim in part.aims for line, one in zip(aim.lines, aim.each, strict=True) if one < 0
    }


def _programmed(sums: Sums, near: int) -> bool:
    """A few pence more or fewer on each line, by an integer program; whether all is met."""
    part, count = sums.part, len(sums.pence)
    least = [max(-near, low - sum_) for low, sum_ in zip(sums.low, sums.pence, strict=True)]
    most = [min(near, high - sum_) for high, sum_ in zip(sums.high, sums.pence, strict=True)]
    next_penny = part.curves.marginal(_floats(sums))
    highs = solver(time_limit=5.0)
    highs.addVars(count, np.array(least, dtype=np.float64), np.array(most, dtype=np.float64))
    places = np.arange(count, dtype=np.int32)
    largest = float(np.abs(next_penny).max(initial=0.0)) or 1.0
    highs.changeColsCost(count, places, next_penny / largest)
    highs.changeColsIntegrality(
        count, places, np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    )
    highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
    _rows(highs, sums)
    _aim_rows(highs, sums, next_penny)
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return False
    for line, by in enumerate(highs.getSolution().col_value):
        sums.move(line, round(by))
    return _mended(sums)


def _rows(highs: Any, sums: Sums) -> None:
    for row, total in zip(sums.part.rows, sums.totals, strict=True):
        largest = row.size
        highs.addRow(
            -highspy.kHighsInf if row.least is None else (row.least - total) / largest,
            highspy.kHighsInf if row.most is None else (row.most - total) / largest,
            len(row.lines),
            np.array(row.lines, dtype=np.int32),
            np.array([one / largest for one in row.each]),
        )


def _aim_rows(highs: Any, sums: Sums, next_penny: Numbers) -> None:
    points = sums.part.curves.points(_floats(sums))
    for aim in sums.part.aims:
        lines = list(aim.lines)
        values = np.array(aim.each) * next_penny[lines]
        largest = float(np.abs(values).max(initial=0.0))
        if largest > 0:
            short = aim.amount - float(np.dot(np.array(aim.each), points[lines]))
            highs.addRow(
                short / largest, highspy.kHighsInf, len(lines),
                np.array(lines, dtype=np.int32), values / largest,
            )  # fmt: skip
