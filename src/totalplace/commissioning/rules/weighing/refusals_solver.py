"""HiGHS, asked by arrays: the least that sums have to be bent so that they can all be kept.

What comes from here is in floats, and is only where to look: `refusals_exact` makes a proof of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import fsum, inf
from typing import Any, Final

import highspy
import numpy as np

from totalplace.commissioning.rules.solving.quiet import solver
from totalplace.commissioning.rules.weighing.proofs import Sum

# With numbers of this size the solver's tolerance (1e-9 of one) is well below a hundredth of it.
SIZE: Final = 1e6
SMALL: Final = 400  # columns; below, preparing takes longer than solving
NODES: Final = 20_000  # of the solver's own tree
UNSEEN: Final = 1e-9  # a price below this is the solver's rounding

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
    leaning: frozenset[Column]  # columns that are held by nought, or by being wholly open
    total: float
    sizes: dict[Key, Fraction]  # so many of a row's units are a penny that a key gives way


class _Model:
    """Rows laid out as columns for the solver, as distances from a point, in their own scale."""

    def __init__(
        self, rows: Sequence[Row], costs: Mapping[Key, float], origin: Point, *, fine: bool
    ) -> None:
        self.columns: dict[Column, int] = {}
        self.slacks: dict[Key, int] = {}
        self.sizes: dict[Key, Fraction] = {}
        self.entries: list[tuple[int, int, float]] = []
        self.rows, self.costs, self.origin = rows, costs, origin
        lacking = [row.lack(origin) for row in rows]
        largest = max((abs(one) for one in lacking), default=0.0)
        self.scale = 1.0 if fine else max(1.0, largest / SIZE)
        self.least = [lack / self.scale for lack in lacking]

    def lay(self, units: Mapping[Column, float]) -> None:
        """Write every row, divided by its largest part; `units` are those of the open columns."""
        for row in self.rows:
            for column, _ in row.cells:
                self.columns.setdefault(column, len(self.columns))
        for number, row in enumerate(self.rows):
            for column, by in row.cells:
                unit = units.get(column, self.scale)
                self.entries.append((number, self.columns[column], by * unit / self.scale))
            if row.gives is not None and row.gives in self.costs:
                place = self.slacks.setdefault(row.gives, len(self.columns) + len(self.slacks))
                size = self.sizes.setdefault(row.gives, row.size)
                self.entries.append((number, place, float(size / row.size)))

    def edges(self, units: Mapping[Column, float]) -> tuple[Any, Any]:
        """Nobody spends less than nothing, and what is open or shut is from 0 to 1."""
        width = len(self.columns) + len(self.slacks)
        lower, upper = np.zeros(width), np.full(width, inf)
        for column, place in self.columns.items():
            start, unit = self.origin.get(column, 0.0), units.get(column, self.scale)
            lower[place] = -start / unit
            if column[0] == "open":
                upper[place] = (1 - start) / unit
        return lower, upper


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
    model = _Model(rows, costs, origin, fine=fine)
    units = _units(rows, model.scale, whole=whole)
    model.lay(units)
    cost = np.zeros(len(model.columns) + len(model.slacks))
    for key, place in model.slacks.items():
        cost[place] = costs[key]
    integers = [model.columns[column] for column in units] if whole else []
    edges, least = model.edges(units), np.array(model.least)
    found = least_cost(cost, edges, model.entries, least, integers=integers)
    if found is None:
        return None
    values, reduced, prices = found
    places = model.columns.items()
    given = {key: values[place] * model.scale for key, place in model.slacks.items()}
    return Bent(
        {
            column: origin.get(column, 0.0) + values[place] * units.get(column, model.scale)
            for column, place in places
        },
        given,
        [price / float(row.size) for price, row in zip(prices, rows, strict=True)],
        frozenset(column for column, place in places if abs(reduced[place]) > UNSEEN),
        sum(costs[key] * by for key, by in given.items()),
        model.sizes,
    )


def _units(rows: Sequence[Row], scale: float, *, whole: bool) -> dict[Column, float]:
    """What is open or shut counts for as many pence as the service has at least or at most."""
    found: dict[Column, float] = {}
    for row in rows:
        for column, by in row.cells:
            if column[0] == "open":
                found[column] = max(found.get(column, 1.0), abs(by))
    return {column: 1.0 if whole else scale / by for column, by in found.items()}


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
    counts = np.bincount(np.array([r for r, _, _ in ordered], int), minlength=len(least))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counts)))
    lp.a_matrix_.index_ = np.array([c for _, c, _ in ordered], int)
    lp.a_matrix_.value_ = np.array([v for _, _, v in ordered], float)
    if integers:
        kinds = [highspy.HighsVarType.kContinuous] * len(cost)
        for place in integers:
            kinds[place] = highspy.HighsVarType.kInteger
        lp.integrality_ = kinds
    its = solver(mip_max_nodes=NODES)
    if len(cost) < SMALL and not integers:
        its.setOptionValue("presolve", "off")
    its.passModel(lp)
    its.run()
    if its.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    found = its.getSolution()
    return list(found.col_value), list(found.col_dual), list(found.row_dual)
