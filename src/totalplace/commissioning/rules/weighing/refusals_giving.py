"""By how much demands would have to give way: the least sum of it, and the problem after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, log10
from typing import Final

from totalplace.commissioning.rules.problem import Demand, Line, Problem
from totalplace.commissioning.rules.weighing.refusals_solver import Key, Row, bent
from totalplace.commissioning.rules.weighing.refusals_tree import (
    MOST_STRAIGHTS,
    Search,
    lay_over_aims,
)

WRITTEN: Final = 10_000  # a fraction of so many parts at most is written as it is
FIGURES: Final = 7
LITTLE: Final = 1e-3  # pence: less than this that gives way is the solver's rounding
NOBODY: Final[frozenset[int]] = frozenset()
ROUGH: Final = 1e-6  # the share of an aim that may be missed in saying what it has to give way


@dataclass(frozen=True, slots=True)
class Given:
    """By how much a demand gives way, in its own unit and in pence."""

    by: Fraction
    pence: float


def gives(search: Search, keys: Iterable[Key]) -> dict[Key, Given] | None:
    """The least, in pence, by which these have to give way if all else stands.

    A unit of a demand is worth the pence that reach it most cheaply. Sums are rounded up to whole
    pence. None where it would not be enough, or the solver did not come to an end.
    """
    costs = {key: 1.0 for key in keys if not _is_fixed_cost(search.problem, key)}
    every = frozenset(search.keys)
    origin = search.start
    rows: list[Row] = []
    first = len(search.straights)
    for _ in range(MOST_STRAIGHTS):
        rows = search.rows(every, NOBODY, NOBODY)
        its = bent(rows, costs, origin, whole=True)
        if its is None:
            break
        if not search.problem.aims or not lay_over_aims(search, every, its, missed=ROUGH):
            break
    else:
        its = None
    sizes: dict[Key, Fraction] = {}
    for row in rows:
        if row.gives is not None and its is not None and its.given.get(row.gives, 0.0) > LITTLE:
            sizes.setdefault(row.gives, row.size * _unit(search, row))
    search.forget(first)
    if its is None:
        return None
    return {
        key: Given(_by(search, key, pence, sizes[key]), pence)
        for key, pence in its.given.items()
        if pence > LITTLE
    }


def _is_fixed_cost(problem: Problem, key: Key) -> bool:
    """Whether a floor is but what a service costs before it does anything: none can waive that."""
    word, number, bound = (*key[0].split(), "", "")[:3]
    if word != "line" or bound != "least" or not number.isdecimal():
        return False
    line = problem.lines[int(number)]
    return 0 < line.least <= line.fixed


def _by(search: Search, key: Key, pence: float, size: Fraction) -> Fraction:
    """What gives way in its own unit: whole pence, and of an aim so much more as it was missed."""
    by = ceil(Fraction(pence) - Fraction(1, 1000)) * size
    if not key[0].startswith("aim "):
        return readable(by)
    aim = search.reading.aims[key[0].removeprefix("aim ")]
    return readable(by + Fraction(2 * ROUGH * abs(aim.amount)))


def readable(by: Fraction) -> Fraction:
    """A number that can be written down, no less than this one: seven figures, where it has more.

    What gives way by a little more than is needed is enough as well.
    """
    if by.denominator <= WRITTEN:
        return by
    places = max(0, FIGURES - 1 - floor(log10(abs(by))))
    return Fraction(ceil(by * 10**places), 10**places)


def _unit(search: Search, row: Row) -> Fraction:
    """What one of the row's own unit is in the demand's: rows are in whole numbers."""
    raw = search.reading.sum_of(row.name, row.side)
    for column, each in raw.pence.items():
        if each:
            return each / row.sum.pence[column]
    return Fraction(1)


def given_way(problem: Problem, by: Mapping[Key, Fraction]) -> Problem:
    """A problem in which demands, aims and bounds ask for less, each by so much of its own unit.

    What is the most of a line only for want of money rises with the money, to its capacity.
    """
    money = _more_money(problem, by)
    lines = [_line(line, place, by, money[place]) for place, line in enumerate(problem.lines)]
    demands = tuple(_demand(demand, by) for demand in problem.demands)
    aims = tuple(
        replace(aim, amount=aim.amount - float(by.get((f"aim {aim.code}", "least"), 0)))
        for aim in problem.aims
    )
    return Problem(tuple(lines), demands, aims)


def _more_money(problem: Problem, by: Mapping[Key, Fraction]) -> list[int]:
    """By how many pence demands that say what is a line's most would let it be more."""
    found = [0] * len(problem.lines)
    for demand in problem.demands:
        more = by.get((demand.code, "most"), Fraction(0))
        if more <= 0 or demand.most is None:
            continue
        for n, place in enumerate(demand.lines):
            one = demand.each[n] if demand.each else Fraction(1)
            if one > 0 and demand.most <= one * problem.lines[place].most:
                found[place] += ceil(more / one)
    return found


def _line(line: Line, place: int, by: Mapping[Key, Fraction], money: int) -> Line:
    less = ceil(by.get((f"line {place} least", "least"), 0))
    more = ceil(by.get((f"line {place} most", "most"), 0))
    # What is open spends its fixed cost, however low its floor is.
    least = max(line.fixed, line.least - less)
    if not line.most_from_money:
        return replace(line, least=least, most=line.most + more)
    capacity = None if line.capacity is None else line.capacity + more
    most = line.most + money
    most = most if capacity is None else min(most, capacity)
    return replace(line, least=least, most=most, capacity=capacity)


def _demand(demand: Demand, by: Mapping[Key, Fraction]) -> Demand:
    less, more = by.get((demand.code, "least"), 0), by.get((demand.code, "most"), 0)
    return replace(
        demand,
        least=None if demand.least is None else demand.least - less,
        most=None if demand.most is None else demand.most + more,
    )
