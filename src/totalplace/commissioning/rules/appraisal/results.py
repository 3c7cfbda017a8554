"""What an appraisal comes to, and the matrix of who pays and who gains, adding up both ways.

Present values are estimates. Each cell is rounded to whole pence once; every total is an addition
of cells, so that rows and columns agree to the penny. What can be cashed stands in a column of its
own and is never added to what cannot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from totalplace.commissioning.rules.appraisal.flows import Flow, flows, middles
from totalplace.commissioning.rules.appraisal.rates import Method
from totalplace.commissioning.rules.appraisal.terms import Appraisal, Gives
from totalplace.refusal import Refused


class Column(StrEnum):
    """What a cell of the matrix is. Costs are counted below nought."""

    CASH_COST = "pays in cash"
    IN_KIND = "gives in kind"
    CASHABLE = "saves, cashable"
    NOT_CASHABLE = "saves, not cashable"
    ECONOMIC = "gains, economic"
    SOCIAL = "gains, social"


CASH: Final = (Column.CASH_COST, Column.CASHABLE)
FISCAL: Final = (Column.CASH_COST, Column.IN_KIND, Column.CASHABLE, Column.NOT_CASHABLE)
COSTS: Final = (Column.CASH_COST, Column.IN_KIND)
LARGEST: Final = 2.0**50  # pence: eleven trillion pounds; four times that loses pence in a float
_GIVES: Final = {Gives.ECONOMIC: Column.ECONOMIC, Gives.SOCIAL: Column.SOCIAL}


@dataclass(frozen=True, slots=True)
class Cell:
    """Pence in each year at the prices of the base, and what they are worth in the first year."""

    yearly: tuple[int, ...]
    worth: int

    def __add__(self, other: Cell) -> Cell:
        yearly = tuple(a + b for a, b in zip(self.yearly, other.yearly, strict=True))
        return Cell(yearly, self.worth + other.worth)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who pays and who gains: a cell for each party and column; costs below nought."""

    years: int
    cells: dict[tuple[str, Column], Cell]

    @property
    def parties(self) -> tuple[str, ...]:
        """All parties, in their order."""
        return tuple(dict.fromkeys(party for party, _ in self.cells))

    def cell(self, party: str, column: Column) -> Cell:
        """One cell; nought where there is nothing."""
        return self.cells.get((party, column), Cell((0,) * self.years, 0))

    def of_party(self, party: str, columns: Iterable[Column] = tuple(Column)) -> Cell:
        """A party's cells of some columns together."""
        return self._sum(self.cell(party, column) for column in columns)

    def of_column(self, column: Column) -> Cell:
        """A column of all parties together."""
        return self._sum(self.cell(party, column) for party in self.parties)

    def of_all(self, columns: Iterable[Column] = tuple(Column)) -> Cell:
        """Some columns of all parties together."""
        return self._sum(self.of_column(column) for column in columns)

    def _sum(self, cells: Iterable[Cell]) -> Cell:
        return sum(cells, Cell((0,) * self.years, 0))


@dataclass(frozen=True, slots=True)
class Payback:
    """After how many years money put in is back for good, in present values.

    `years` is None where it never is within the horizon; `nothing_owed` where none is put in.
    """

    years: int | None
    nothing_owed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What an appraisal comes to at the middle of every number; sums in pence of the first year."""

    matrix: Matrix
    payback: Payback  # of all costs, by fiscal gains
    cash_payback: Payback  # of cash put in, by what can be cashed
    lower_net: int | None  # net value at the lower rates, where the appraisal is long

    @property
    def costs(self) -> int:
        """All costs, in cash and in kind."""
        return -self.matrix.of_all(COSTS).worth

    @property
    def gains(self) -> int:
        """All gains of every kind."""
        return self.net + self.costs

    @property
    def net(self) -> int:
        """Net present public value: all gains less all costs."""
        return self.matrix.of_all().worth

    @property
    def fiscal_net(self) -> int:
        """Fiscal gains, cashable or not, less all costs."""
        return self.matrix.of_all(FISCAL).worth

    @property
    def cash_net(self) -> int:
        """What can be taken out of budgets, less the cash that is put in."""
        return self.matrix.of_all(CASH).worth

    @property
    def ratio(self) -> float | None:
        """Gains for each pound of cost; None where nothing is paid."""
        return self.gains / self.costs if self.costs else None

    @property
    def fiscal_return(self) -> float | None:
        """Fiscal gains for each pound of cost; None where nothing is paid."""
        return (self.fiscal_net + self.costs) / self.costs if self.costs else None


def result(appraisal: Appraisal, method: Method) -> Result:
    """What an appraisal comes to at the middle of every number.

    Raises Refused where a sum is so large that its pence would be lost.
    """
    of = flows(appraisal, middles(appraisal), method)
    if any(abs(float(one.worth)) > LARGEST for one in of):
        raise Refused(
            "The appraisal cannot be reckoned",
            why="a sum in it is larger than all the money of the country many times over",
            next_step="Look at how many could be reached, and at the pounds a year for each",
        )
    lower = None
    if appraisal.years > method.beyond:
        beside = flows(appraisal, middles(appraisal), method, only=method.lower)
        lower = _matrix(appraisal, beside).of_all().worth
    factors = np.array(method.standard.factors(appraisal.years))
    fiscal = np.zeros(appraisal.years)
    cash = np.zeros(appraisal.years)
    for one in of:
        if one.gives in (None, Gives.FISCAL):
            sign = -1 if one.gives is None else 1
            fiscal += sign * one.yearly
            cash += sign * one.yearly * one.cash
    return Result(
        _matrix(appraisal, of), _payback(fiscal * factors), _payback(cash * factors), lower
    )


def _matrix(appraisal: Appraisal, of: Iterable[Flow]) -> Matrix:
    cells: dict[tuple[str, Column], Cell] = {}
    for party in appraisal.parties:
        for column in Column:
            cells[party, column] = Cell((0,) * appraisal.years, 0)
    for one in of:
        for column, cell in _parts(one):
            cells[one.who, column] += cell
    return Matrix(appraisal.years, cells)


def _parts(one: Flow) -> Iterable[tuple[Column, Cell]]:
    """A flow as the cells that it adds to. What is cashed is rounded; the rest is what is left."""
    sign = -1 if one.gives is None else 1
    whole = Cell(tuple(sign * round(float(x)) for x in one.yearly), sign * round(float(one.worth)))
    if one.gives is None:
        return [(Column.CASH_COST if float(one.cash) else Column.IN_KIND, whole)]
    if one.gives is not Gives.FISCAL:
        return [(_GIVES[one.gives], whole)]
    share = float(one.cash)
    yearly = tuple(round(float(x) * share) for x in one.yearly)
    cashed = Cell(yearly, round(float(one.worth) * share))
    left = tuple(a - b for a, b in zip(whole.yearly, cashed.yearly, strict=True))
    return [
        (Column.CASHABLE, cashed),
        (Column.NOT_CASHABLE, Cell(left, whole.worth - cashed.worth)),
    ]


def _payback(net: np.ndarray) -> Payback:
    """The first year from whose end on what was put in is back, and stays so."""
    so_far = np.cumsum(net)
    short = np.flatnonzero(so_far < -0.5)  # half a penny is no debt
    if not len(short):
        return Payback(0, nothing_owed=True)
    last = int(short[-1])
    return Payback(None) if last == len(net) - 1 else Payback(last + 2)
