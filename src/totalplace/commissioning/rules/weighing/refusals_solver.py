"""HiGHS, asked by arrays: the least that sums have to be bent so that they can all be kept.

What comes from here is in floats, and is only where to look: `refusals_exact` makes a proof of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import fsum, inf
from typing import Any, Final

import highspy
import numpy as np

from totalplace.commissioning.rules.weighing.proofs import Sum

# What `highspy.Highs` is made from. That one prints who made it, into whatever is being printed.
Quiet: Final[Any] = highspy.Highs.__base__

# With numbers of this size the solver's tolerance (1e-9 of one) is well below a hundredth of it.
SIZE: Final = 1e6
SMALL: Final = 400  # columns; below, preparing takes longer than solving
NODES: Final = 20_000  # of the solver's own tree

Key = tuple[str, str]
Column = tuple[str, int]  # "pence" or "open", and the line
Point = Mapping[Column, float]


@dataclass(frozen=True)
class Row:
    """A sum by its name and side, and under whose name it gives way (an aim has many straights)."""

    name: str
    side: str
    sum: Sum
    gives: Key | None  # None: it cannot give way
    unit: Fraction | None = None  # of an aim's straight lines, the same for all of them

    @cached_property
    def parts(self) -> list[tuple[Column, Fraction]]:
        """Every column with its part."""
        its = self.sum
        pence: list[tuple[Column, Fraction]] = [(("pence", i), by) for i, by in its.pence.items()]
        return [*pence, *((("open", i), by) for i, by in its.opened.items())]

    @cached_property
    def size(self) -> Fraction:
        """Its largest part: so many of its units are one penny that gives way."""
        its = self.sum.pence or self.sum.opened
        return self.unit or max((abs(each) for each in its.values()), default=Fraction(1))

    @cached_property
    def cells(self) -> list[tuple[Column, float]]:
        """Its parts as the solver has them, the largest of them one."""
        return [(column, float(each / self.size)) for column, each in self.parts]

    @cached_property
    def asks(self) -> float:
        """What it asks, in parts of its size."""
        return float(self.sum.least / self.size)

    def lack(self, at: Point) -> float:
        """What is lacking of it at a point, in parts of its size; below nought: to spare.

        Added up without rounding between: right to a hundredth of a penny beside 10^12 pence.
        """
        spent = [-each * at[column] for column, each in self.cells if column in at]
        return fsum([self.asks, *spent])


@dataclass(frozen=True, slots=True)
class Bent:
    """The cheapest way to bend: where money is, what gives way (pence), each row's price."""

    at: dict[Column, float]
    given: dict[Key, float]
    prices: list[float]  # of each row, for one of its own unit
    leaning: dict[Column, bool]  # columns that are held by nought or by one, so that they are free
    total: float
    sizes: dict[Key, Fraction]  # so many of a row's units are a penny that a key gives way


@dataclass
class _Model:
    columns: dict[Column, int] = field(default_factory=dict)
    slacks: dict[Key, int] = field(default_factory=dict)
    sizes: dict[Key, Fraction] = field(default_factory=dict)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    least: list[float] = field(default_factory=list)


def bent(
    rows: Sequence[Row],
    costs: Mapping[Key, float],
    origin: Point,
    *,
    fine: bool = False,
    whole: bool = False,
) -> Bent | None:
    """What it costs to bend, where a penny of each key costs so much; what has none stands.

    `origin` is a point nearby: sums are solved as distances from it, so that pence are seen beside
    billions. `fine`: the origin is near enough for pence as they are. `whole`: what is open or shut
    is wholly so (then there are no prices). None where what stands cannot be kept, or where the
    solver did not come to an end.
    """
    model = _Model()
    lacking = [row.lack(origin) for row in rows]
    largest = max((abs(one) for one in lacking), default=0.0)
    scale = 1.0 if fine else max(1.0, largest / SIZE)
    # What is open or shut counts for as many pence as the service has at least or at most.
    steps = {} if whole else _steps(rows)
    for row, lack in zip(rows, lacking, strict=True):
        _lay(model, row, lack / scale, costs, (scale, steps))
    width = len(model.columns) + len(model.slacks)
    cost, lower, upper = np.zeros(width), np.zeros(width), np.full(width, inf)
    for key, place in model.slacks.items():
        cost[len(model.columns) + place] = costs[key]
    for column, place in model.columns.items():
        start, by = origin.get(column, 0.0), scale / steps.get(column, 1.0)
        if column[0] == "pence":
            lower[place] = -start / scale
        elif whole:
            lower[place], upper[place] = -start, 1 - start
        else:
            lower[place], upper[place] = -start / by, (1 - start) / by
    integers = [place for (kind, _), place in model.columns.items() if kind == "open" and whole]
    entries = [(r, c if c >= 0 else len(model.columns) - 1 - c, v) for r, c, v in model.entries]
    found = least_cost(cost, (lower, upper), entries, np.array(model.least), integers=integers)
    if found is None:
        return None
    values, reduced, prices = found
    at = {
        column: origin.get(column, 0.0)
        + values[place] * (1.0 if column[0] == "open" and whole else scale / steps.get(column, 1.0))
        for column, place in model.columns.items()
    }
    given = {key: values[len(model.columns) + place] * scale for key, place in model.slacks.items()}
    leaning = {
        key: reduced[place] > 0
        for key, place in model.columns.items()
        if abs(reduced[place]) > 1e-9
    }
    return Bent(
        at,
        given,
        [price / float(row.size) for price, row in zip(prices, rows, strict=True)],
        leaning,
        sum(costs[key] * by for key, by in given.items()),
        model.sizes,
    )


def _steps(rows: Sequence[Row]) -> dict[Column, float]:
    found: dict[Column, float] = {}
    for row in rows:
        for column, by in row.cells:
            if column[0] == "open":
                found[column] = max(found.get(column, 1.0), abs(by))
    return found


def _lay(
    model: _Model,
    row: Row,
    lack: float,
    costs: Mapping[Key, float],
    scales: tuple[float, Mapping[Column, float]],
) -> None:
    """One row, divided by its largest part. Slacks are numbered from -1 downwards for now."""
    (scale, steps), number = scales, len(model.least)
    model.least.append(lack)
    for column, by in row.cells:
        place = model.columns.setdefault(column, len(model.columns))
        if column[0] == "pence":
            model.entries.append((number, place, by))
        else:
            model.entries.append((number, place, by / (steps[column] if steps else scale)))
    if row.gives is not None and row.gives in costs:
        place = model.slacks.setdefault(row.gives, len(model.slacks))
        size = model.sizes.setdefault(row.gives, row.size)
        model.entries.append((number, -1 - place, float(size / row.size)))


def least_cost(
    cost: Any,
    bounds: tuple[Any, Any],
    entries: Sequence[tuple[int, int, float]],
    least: Any,
    *,
    integers: Sequence[int] = (),
    most: Any = None,
) -> tuple[list[float], list[float], list[float]] | None:
    """The columns of least cost, their reduced costs, and the price of each row.

    Rows are at least `least` (and at most `most`). None where there are none such, or where the
    solver did not come to an end.
    """
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(least)
    lp.col_cost_, (lp.col_lower_, lp.col_upper_) = cost, bounds
    lp.row_lower_ = least
    lp.row_upper_ = np.full(len(least), inf) if most is None else most
    ordered = sorted(entries)
    counts = (
        np.bincount([r for r, _, _ in ordered], minlength=len(least))
        if ordered
        else np.zeros(len(least), int)
    )
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts)))
    lp.a_matrix_.index_ = np.array([c for _, c, _ in ordered], int)
    lp.a_matrix_.value_ = np.array([v for _, _, v in ordered], float)
    if integers:
        kinds = [highspy.HighsVarType.kContinuous] * len(cost)
        for place in integers:
            kinds[place] = highspy.HighsVarType.kInteger
        lp.integrality_ = kinds
    solver = Quiet()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-9)
    solver.setOptionValue("mip_max_nodes", NODES)
    if len(cost) < SMALL and not integers:
        solver.setOptionValue("presolve", "off")
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    its = solver.getSolution()
    return list(its.col_value), list(its.col_dual), list(its.row_dual)
