"""The medium-term financial plan: grant, partners' money, reserves and the plan in one table.

Each sum stands in the budget of one body: the accountable body, or a partner that holds aligned
money. Each budget is weighed by itself, year by year, for a partner's money does not fill another's
gap. A council must set a budget that is in balance (Local Government Finance Act 1992, sections 31A
and 42A), and its chief finance officer reports on the estimates and the reserves (Local Government
Act 2003, section 25). Savings that release no cash do not count. What is not known is None, and
then the year is not known to be in balance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case, Fund

Sums = tuple[int | None, ...]  # whole pence, year by year; None: not known
Paid = Mapping[tuple[str, int], Mapping[str, int]]  # (option, year) -> fund -> pence
ACCOUNTABLE: Final = ""  # whose budget, where no other body is named


class Cause(StrEnum):
    """Why a cost rises without anything being decided."""

    INFLATION = "inflation"
    DEMAND = "demand"
    LAW = "a new duty"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Planned:
    """A sum of each year in somebody's budget: a resource, other spending, a pressure or a saving.

    All are at or above nought; which side they stand on, their list says.
    """

    title: str
    pence: Sums
    whose: str = ACCOUNTABLE
    source: str = ""
    cause: Cause | None = None  # of a pressure
    owner: str = ""  # of a saving: who is to bring it about
    cashable: bool = True  # of a saving: whether it releases money that can be spent elsewhere


@dataclass(frozen=True, slots=True)
class Reserve:
    """Money put by: what there is at the start, what is used and added, and the least level of it.

    `least_pence` is the level that the chief finance officer set, with the reason.
    """

    title: str
    opening_pence: int | None
    used: Sums
    added: Sums
    least_pence: int | None = None
    why_least: str = ""
    whose: str = ACCOUNTABLE
    source: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """What a financial plan holds beside the plan itself."""

    resources: tuple[Planned, ...] = ()
    spending: tuple[Planned, ...] = ()
    pressures: tuple[Planned, ...] = ()
    savings: tuple[Planned, ...] = ()
    reserves: tuple[Reserve, ...] = ()


class Part(StrEnum):
    """A part of the table, in its order."""

    FUND = "Funds of the plan"
    OWN = "Other resources"
    USED = "Taken from reserves"
    PLAN = "Spending of the plan"
    OTHER = "Spending beside the plan"
    PRESSURE = "Pressures"
    SAVING = "Savings that release cash"
    ADDED = "Put into reserves"

    @property
    def comes_in(self) -> bool:
        """Whether it is money that comes in."""
        return self in (Part.FUND, Part.OWN, Part.USED)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table. Savings stand below nought, for they make spending less."""

    part: Part
    title: str
    whose: str
    pence: Sums
    note: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One body's budget, or all together: what comes in, goes out, is tied, and the difference.

    `tied` is what is left of funds that pay for nothing else: it fills no gap. `left` is in - out -
    tied: below nought, the budget is short by so much.
    """

    whose: str
    comes_in: Sums
    goes_out: Sums
    tied: Sums
    left: Sums

    def balanced(self, year: int) -> bool | None:
        """Whether a year (from 0) is in balance; None where a sum of it is not known."""
        left = self.left[year]
        return None if left is None else left >= 0


@dataclass(frozen=True, slots=True)
class Level:
    """A reserve year by year: its opening, its closing, and by how much it is below its least."""

    reserve: Reserve
    opening: Sums
    closing: Sums
    short: Sums


@dataclass(frozen=True, slots=True)
class FinancialPlan:
    """The whole table, and what it comes to."""

    first_year: int
    years: int
    rows: tuple[Row, ...]
    accounts: tuple[Account, ...]  # of each body, the accountable one first
    whole: Account
    levels: tuple[Level, ...]
    uncashable: tuple[Planned, ...]  # savings that release no cash, and so are not counted
    unknown: tuple[str, ...]  # sums that are not known, in words

    def of(self, part: Part) -> tuple[Row, ...]:
        """The rows of a part."""
        return tuple(row for row in self.rows if row.part is part)

    def total(self, part: Part) -> Sums:
        """The sum of a part in each year; None where a row of it is not known."""
        return added(self.years, (row.pence for row in self.of(part)))

    @property
    def balanced(self) -> bool | None:
        """Whether every budget is in balance in every year; None where that is not known."""
        found = [one.balanced(year) for one in self.accounts for year in range(self.years)]
        return False if False in found else None if None in found else True


def added(years: int, sums: Iterable[Sums]) -> Sums:
    """Sums added up year by year, in pence; a year with one that is not known is not known."""
    found: list[int | None] = [0] * years
    for one in sums:
        for year, pence in enumerate(one):
            before = found[year]
            found[year] = None if before is None or pence is None else before + pence
    return tuple(found)


def financial_plan(
    case: Case, chosen: Sequence[int], paid: Paid, money: Money, *, accountable: str = ""
) -> FinancialPlan:
    """The table of a plan's `chosen` pence (a line each) and of the money beside it.

    `paid` says which fund pays what (`solving.paid_from`), `accountable` the agency that is the
    accountable body. Raises ValueError where a list has not a sum for each year of the case, or
    where `paid` does not come to what was chosen: then a pound would be lost or counted twice.
    """
    _agrees(case, chosen, paid, money)
    budget = _Budgets(accountable)
    plan, spent = _paid_rows(case, paid, budget)
    rows = [
        *(_fund_row(fund, budget) for fund in case.funds),
        *_rows(Part.OWN, money.resources, budget),
        *_reserve_rows(Part.USED, money.reserves, budget),
        *plan,
        *_rows(Part.OTHER, money.spending, budget),
        *_rows(Part.PRESSURE, money.pressures, budget),
        *_rows(Part.SAVING, (one for one in money.savings if one.cashable), budget),
        *_reserve_rows(Part.ADDED, money.reserves, budget),
    ]
    names = sorted({row.whose for row in rows} | {ACCOUNTABLE})
    tied = {whose: _tied(case, spent, budget, {whose}) for whose in names}
    every = _tied(case, spent, budget, set(names))
    return FinancialPlan(
        case.first_year, case.years, tuple(rows),
        tuple(_account(case.years, whose, rows, tied[whose]) for whose in names),
        _account(case.years, ACCOUNTABLE, rows, every, whole=True),
        tuple(_level(one) for one in money.reserves),
        tuple(one for one in money.savings if not one.cashable),
        tuple(_unknown(case, rows, money)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Budgets:
    """Whose budget a sum stands in: the accountable body goes by one name."""

    accountable: str

    def of(self, said: str) -> str:
        return ACCOUNTABLE if said == self.accountable else said


def _agrees(case: Case, chosen: Sequence[int], paid: Paid, money: Money) -> None:
    for planned in (*money.resources, *money.spending, *money.pressures, *money.savings):
        if len(planned.pence) != case.years:
            raise ValueError(f"{planned.title} has {len(planned.pence)} years, not {case.years}")
    for reserve in money.reserves:
        if {len(reserve.used), len(reserve.added)} != {case.years}:
            raise ValueError(f"{reserve.title} has not a sum for each of {case.years} years")
    for year in range(case.years):
        for place, option in enumerate(case.options):
            its = sum(paid.get((option.code, year), {}).values())
            if its != chosen[line_number(case, place, year)]:
                raise ValueError(f"what pays for {option.code} is not what is spent on it")


def _fund_row(fund: Fund, budget: _Budgets) -> Row:
    kind = "aligned: held by its own body" if fund.aligned else ""
    note = "; ".join(word for word in (kind, fund.source) if word)
    return Row(Part.FUND, fund.title, budget.of(fund.holder), tuple(fund.pence), note)


def _rows(part: Part, lines: Iterable[Planned], budget: _Budgets) -> Iterable[Row]:
    for one in lines:
        sign = -1 if part is Part.SAVING else 1
        pence = tuple(None if sum_ is None else sign * sum_ for sum_ in one.pence)
        said = (one.cause.value if one.cause else "", one.owner, one.source)
        note = "; ".join(word for word in said if word)
        yield Row(part, one.title, budget.of(one.whose), pence, note)


def _reserve_rows(part: Part, reserves: Iterable[Reserve], budget: _Budgets) -> Iterable[Row]:
    for one in reserves:
        pence = one.used if part is Part.USED else one.added
        yield Row(part, one.title, budget.of(one.whose), pence, one.source)


def _paid_rows(
    case: Case, paid: Paid, budget: _Budgets
) -> tuple[list[Row], dict[tuple[str, int], int]]:
    """What the plan spends by agency and by whose money it is; and what each fund pays a year."""
    holders = {fund.code: budget.of(fund.holder) for fund in case.funds}
    sums: dict[tuple[str, str], list[int]] = {}
    spent: dict[tuple[str, int], int] = {}
    for option in case.options:
        sums.setdefault((option.agency, ACCOUNTABLE), [0] * case.years)
        for year in range(case.years):
            for fund, pence in paid.get((option.code, year), {}).items():
                its = sums.setdefault((option.agency, holders[fund]), [0] * case.years)
                its[year] += pence
                spent[fund, year] = spent.get((fund, year), 0) + pence
    found = [
        Row(Part.PLAN, agency, whose, tuple(pence))
        for (agency, whose), pence in sums.items()
        if any(pence) or whose == ACCOUNTABLE
    ]
    return [row for row in found if any(row.pence) or not _elsewhere(row, found)], spent


def _elsewhere(row: Row, rows: Sequence[Row]) -> bool:
    return any(other.title == row.title and other is not row for other in rows)


def _tied(
    case: Case, spent: Mapping[tuple[str, int], int], budget: _Budgets, whose: set[str]
) -> Sums:
    """What is left of funds that pay for nothing else."""
    funds = [
        fund
        for fund in case.funds
        if (fund.only or fund.must_spend) and budget.of(fund.holder) in whose
    ]
    return tuple(
        sum(fund.pence[year] - spent.get((fund.code, year), 0) for fund in funds)
        for year in range(case.years)
    )


def _account(
    years: int, whose: str, rows: Sequence[Row], tied: Sums, *, whole: bool = False
) -> Account:
    its = [row for row in rows if whole or row.whose == whose]
    comes_in = added(years, (row.pence for row in its if row.part.comes_in))
    goes_out = added(years, (row.pence for row in its if not row.part.comes_in))
    left = tuple(
        None if a is None or b is None or c is None else a - b - c
        for a, b, c in zip(comes_in, goes_out, tied, strict=True)
    )
    return Account(whose, comes_in, goes_out, tied, left)


def _level(reserve: Reserve) -> Level:
    """A reserve year by year: each year opens as the one before closed."""
    opening: list[int | None] = []
    closing: list[int | None] = []
    level = reserve.opening_pence
    for used, more in zip(reserve.used, reserve.added, strict=True):
        opening.append(level)
        level = None if level is None or used is None or more is None else level - used + more
        closing.append(level)
    least = max(0, reserve.least_pence or 0)  # a reserve below nought is no reserve
    short = tuple(None if one is None else max(0, least - one) for one in closing)
    return Level(reserve, tuple(opening), tuple(closing), short)


def _unknown(case: Case, rows: Iterable[Row], money: Money) -> Iterable[str]:
    for row in rows:
        lacking = [year for year, pence in enumerate(row.pence) if pence is None]
        for year in lacking:
            yield f"{row.part.value}: {row.title}, year {year + 1} of {case.years}"
    for reserve in money.reserves:
        if reserve.opening_pence is None:
            yield f"Reserves: what {reserve.title} begins with"
        if reserve.least_pence is None:
            yield f"Reserves: the least level of {reserve.title}"
