"""A problem with all that is settled taken out of it: what is left is for a solver.

Lines that cannot move are sums; a demand of one line is a bound of it; a demand that cannot be
broken is none. What is left is in whole numbers: each demand's fractions are multiplied up, which
changes nothing for plans in whole pence. Nothing here is rounded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Final

from totalplace.commissioning.rules.problem import Aim, Demand, Impossible, Problem

TOO_MUCH: Final = "what its services need at the least comes to more"


@dataclass(frozen=True, slots=True)
class Row:
    """A demand that is left: the sum of each * pence - opened, in whole numbers, within bounds.

    `demand` is its place in the problem; one of its own unit is `per` of the row's.
    """

    demand: int
    lines: tuple[int, ...]
    each: tuple[int, ...]
    opened: tuple[int, ...]  # of lines that may still close; nought for others
    least: int | None
    most: int | None
    per: Fraction

    @property
    def size(self) -> int:
        """The most that a penny counts for; it may be beyond floats, which are of shares of it."""
        return max(1, *(abs(one) for one in self.each))


@dataclass(slots=True)
class Bounds:
    """What each line may still be, in pence: between, or (where it closes) nought instead."""

    low: list[int]
    high: list[int]
    closes: list[bool]
    shut: list[bool]

    def settled(self, line: int) -> bool:
        """Whether there is nothing left to choose."""
        return self.low[line] == self.high[line] and not self.closes[line]


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left of a problem."""

    problem: Problem
    bounds: Bounds
    rows: tuple[Row, ...]
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A demand in whole numbers, before anything is taken out of it."""

    number: int
    each: dict[int, int]
    opened: dict[int, int]
    least: int | None
    most: int | None
    per: int


@dataclass(slots=True)
class _Left:
    """A demand with what is settled taken out of it."""

    least: int | None
    most: int | None
    each: dict[int, int] = field(default_factory=dict)
    opened: dict[int, int] = field(default_factory=dict)


def reduced(
    problem: Problem, *, shut: Collection[int] = (), opened: Collection[int] = ()
) -> Reduced | Impossible:
    """What is left of a problem, where some lines are shut and some that may close are open."""
    wholes = [_whole(number, demand) for number, demand in enumerate(problem.demands)]
    bounds = _bounds(problem, wholes, set(shut), set(opened))
    for number, line in enumerate(problem.lines):
        if bounds.low[number] > bounds.high[number]:
            return Impossible(f"{line.option} has a least above its most in year {line.year + 1}")
    rows: dict[int, Row | None] = {}
    touched: set[int] | None = None
    while touched is None or touched:
        before, touched = touched, set()
        for whole in wholes:
            if before is not None and before.isdisjoint(whole.each):
                continue
            found = _row(whole, bounds, touched)
            if isinstance(found, Impossible):
                return Impossible(_cannot(problem.demands[whole.number], found.told))
            rows[whole.number] = found
    return _with_aims(problem, bounds, [row for row in rows.values() if row is not None])


def _cannot(demand: Demand, told: str) -> str:
    """Which demand cannot be met, and why: of money, that it pays for less than has to be paid."""
    if demand.code.startswith("money ") and told == TOO_MUCH:
        return f"{demand.title} is less than what must be spent from it"
    return f"{demand.title}: {told}"


def _whole(number: int, demand: Demand) -> _Whole:
    """Fractions multiplied up. A line that is named twice counts twice."""
    opened = demand.opened or ()
    per = lcm(*{one.denominator for one in (*(demand.each or ()), *opened)})
    ones = [per] * len(demand.lines)
    return _Whole(
        number,
        _by_line(demand.lines, [int(one * per) for one in demand.each] if demand.each else ones),
        _by_line(demand.lines, [int(one * per) for one in opened]),
        None if demand.least is None else ceil(demand.least * per),
        None if demand.most is None else floor(demand.most * per),
        per,
    )


def _by_line(lines: Sequence[int], values: Sequence[int]) -> dict[int, int]:
    its: dict[int, int] = {}
    for line, value in zip(lines, values, strict=bool(values)):
        its[line] = its.get(line, 0) + value
    return its


def _bounds(problem: Problem, wholes: Iterable[_Whole], shut: set[int], opened: set[int]) -> Bounds:
    counted = {line for whole in wholes for line, one in whole.opened.items() if one}
    its = Bounds([], [], [], [])
    for number, line in enumerate(problem.lines):
        matters = line.least > 0 or number in counted
        closed = number in shut or (line.may_close and line.most < line.least)
        closes = line.may_close and matters and not closed and number not in opened
        its.low.append(0 if closed else line.least)
        its.high.append(0 if closed else line.most)
        its.closes.append(closes)
        its.shut.append(closed)
    held = {line for whole in wholes for line in (*whole.each, *whole.opened)}
    held |= {line for aim in problem.aims for line in aim.lines}
    for number, line in enumerate(problem.lines):
        if its.closes[number] and number not in held:
            # Nothing asks for it or forbids it, so it is worth having or it is not.
            its.closes[number] = False
            its.shut[number] = line.slope < 0 or (line.slope == 0 and line.now == 0)
            if its.shut[number]:
                its.low[number] = its.high[number] = 0
    return its


def _taken_out(whole: _Whole, bounds: Bounds) -> _Left:
    settled = 0
    left = _Left(None, None)
    for line in whole.each.keys() | whole.opened.keys():
        each, opened = whole.each.get(line, 0), whole.opened.get(line, 0)
        if bounds.settled(line):
            settled += each * bounds.low[line] - (0 if bounds.shut[line] else opened)
            continue
        if each or (opened and bounds.closes[line]):
            left.each[line] = each
            left.opened[line] = opened if bounds.closes[line] else 0
        if not bounds.closes[line]:
            settled -= opened
    left.least = None if whole.least is None else whole.least - settled
    left.most = None if whole.most is None else whole.most - settled
    return left


def _row(whole: _Whole, bounds: Bounds, touched: set[int]) -> Row | Impossible | None:
    """What is left of a demand; None where nothing is. A demand of one line narrows that line."""
    left = _taken_out(whole, bounds)
    lowest, highest = _range(left, bounds)
    if left.most is not None and lowest > left.most:
        return Impossible(TOO_MUCH)
    if left.least is not None and highest < left.least:
        return Impossible("all that its services can take comes to less")
    least = None if left.least is None or lowest >= left.least else left.least
    most = None if left.most is None or highest <= left.most else left.most
    if least is None and most is None:
        return None
    lines = tuple(sorted(left.each))
    if len(lines) == 1 and not bounds.closes[lines[0]]:
        return _narrowed(lines[0], left.each[lines[0]], (least, most), bounds, touched)
    part = gcd(*left.each.values(), *left.opened.values())
    return Row(
        whole.number,
        lines,
        tuple(left.each[line] // part for line in lines),
        tuple(left.opened[line] // part for line in lines),
        None if least is None else -(-least // part),
        None if most is None else most // part,
        Fraction(whole.per, part),
    )


def _range(left: _Left, bounds: Bounds) -> tuple[int, int]:
    """The least and the most that it could come to."""
    lowest = highest = 0
    for line, each in left.each.items():
        low, high = each * bounds.low[line], each * bounds.high[line]
        if low > high:
            low, high = high, low
        if bounds.closes[line]:
            opened = left.opened[line]
            low, high = min(low - opened, 0), max(high - opened, 0)
        lowest += low
        highest += high
    return lowest, highest


def _narrowed(
    line: int, each: int, within: tuple[int | None, int | None], bounds: Bounds, touched: set[int]
) -> Impossible | None:
    least, most = within
    if each < 0:
        each, least, most = (
            -each,
            None if most is None else -most,
            None if least is None else -least,
        )
    if least is not None:
        bounds.low[line] = max(bounds.low[line], -(-least // each))
    if most is not None:
        bounds.high[line] = min(bounds.high[line], most // each)
    touched.add(line)
    if bounds.low[line] > bounds.high[line]:
        return Impossible("its only service cannot get so much in whole pence")
    return None


def _with_aims(problem: Problem, bounds: Bounds, rows: list[Row]) -> Reduced | Impossible:
    """Aims with what is settled taken out; one that cannot be missed is none."""
    aims: list[Aim] = []
    for aim in problem.aims:
        amount, worst, best = aim.amount, 0.0, 0.0
        lines: list[int] = []
        each: list[float] = []
        for number, one in zip(aim.lines, aim.each, strict=True):
            line = problem.lines[number]
            if bounds.settled(number):
                amount -= one * line.points(bounds.low[number])
                continue
            ends = [one * line.points(end[number]) for end in (bounds.low, bounds.high)]
            ends += [0.0] if bounds.closes[number] else []
            worst, best = worst + min(ends), best + max(ends)
            lines.append(number)
            each.append(one)
        slack = 1e-9 * max(1.0, abs(aim.amount))
        if best < amount - slack:
            return Impossible(f"{aim.title}: all its lines at their most do not reach it")
        if lines and worst < amount:
            aims.append(
                Aim(aim.code, aim.title, tuple(lines), tuple(each), amount, aim.unit, aim.source)
            )
    return Reduced(problem, bounds, tuple(rows), tuple(aims))
