"""An agency's years, from its lines: what is held of each month, and on which basis of VAT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from totalplace.count.rules.published import AgencyYear, Body, Month, State
from totalplace.count.rules.tallies import Issue, Kind, Line, total
from totalplace.count.rules.thresholds import Sizes, in_force
from totalplace.count.rules.vat_change import Named
from totalplace.count.rules.words import listed, plural, whole_pounds
from totalplace.money.years import FinancialYear

NOT_KNOWN: Final = "year not known"
_SAID: Final = {"net": "net", "gross": "VAT in", "unknown": "not said"}


def agency_years(
    body: Body,
    lines: Sequence[Line],
    issues: Sequence[Issue],
    sizes: Sequence[Sizes],
    payees: Mapping[str, int],
) -> tuple[AgencyYear, ...]:
    """Every financial year of one agency in which something is held, in order.

    `payees` are distinct payees by label of the year.
    """
    by_year: dict[FinancialYear | None, list[Line]] = defaultdict(list)
    for line in lines:
        by_year[line.standing.year].append(line)
    for issue in issues:  # a year whose files have no row but faults is a year
        if issue.faults and issue.period and issue.period.year:
            by_year.setdefault(issue.period.year, [])
    known = sorted(year for year in by_year if year is not None)
    found = [
        _year(body, year, by_year[year], _in_year(issues, by_year[year], year), sizes, payees)
        for year in known
    ]
    if by_year.get(None):
        found.append(_unknown_year(body, by_year[None]))
    return tuple(found)


def _in_year(issues: Sequence[Issue], lines: Sequence[Line], year: FinancialYear) -> list[Issue]:
    """Tables with a row in a year, or published for a month of it."""
    keys = {line.issue.key for line in lines}
    months = set(year.months)
    return [
        i for i in issues if i.key in keys or (i.period and months & set(i.period.months))
    ]  # fmt: skip


def _year(
    body: Body,
    year: FinancialYear,
    lines: Sequence[Line],
    issues: Sequence[Issue],
    sizes: Sequence[Sizes],
    payees: Mapping[str, int],
) -> AgencyYear:
    months = tuple(_month(month, lines, issues) for month in year.months)
    mine = [i for i in issues if i.period is not None and i.period.year == year]
    threshold = in_force([s for s in sizes if s.month in year.months])
    paid = any(line.kind is Kind.PAYMENT for line in lines)
    return AgencyYear(
        agency=body,
        year=year.label,
        tallies=total([line.in_kinds() for line in lines]),
        no_month=total([line.in_kinds() for line in lines if line.standing.month is None]),
        months=months,
        tables=sum(i.tables for i in issues),
        faults=sum(i.faults for i in mine),
        faults_pence=sum(i.faults_pence for i in mine),
        payees=payees.get(year.label, 0),
        vat=_vat_of_year(months, lines),
        threshold=threshold_said(threshold) if paid else "",
    )


def _unknown_year(body: Body, lines: Sequence[Line]) -> AgencyYear:
    tallies = total([line.in_kinds() for line in lines])
    tables = len({line.issue.key for line in lines})
    vat = listed(sorted({_SAID.get(line.issue.vat_basis, "mixed") for line in lines}))
    return AgencyYear(body, NOT_KNOWN, tallies, tallies, (), tables, 0, 0, None, vat, "")


def threshold_said(pence: int) -> str:
    """The least sum published, in words."""
    return f"from {whole_pounds(pence)}" if pence else "no clear threshold"


def _month(month: date, lines: Sequence[Line], issues: Sequence[Issue]) -> Month:
    here = [line for line in lines if line.standing.month == month]
    tallies = total([line.in_kinds() for line in here])
    covered = any(i.holds_payments and i.period and month in i.period for i in issues)
    without = State.NONE if covered else State.NO_FILE
    state = State.HELD if tallies.payments.rows else without
    bases = {line.issue.vat_basis for line in here if line.kind is Kind.PAYMENT}
    vat = " and ".join(sorted(_SAID.get(basis, "mixed") for basis in bases))
    return Month(month, state, tallies, vat)


def _vat_of_year(months: Sequence[Month], lines: Sequence[Line]) -> str:
    said: dict[str, int] = {}
    for month in months:
        if month.vat:
            said[month.vat] = said.get(month.vat, 0) + 1
    if not said:
        bases = {_SAID.get(line.issue.vat_basis, "mixed") for line in lines}
        return " and ".join(sorted(bases)) or "not said"
    if len(said) == 1:
        return next(iter(said))
    return listed([f"{basis} ({plural(number, 'month')})" for basis, number in said.items()])


def named(lines: Sequence[Line]) -> tuple[Named, ...]:
    """What the headers of each month's payments say of VAT."""
    by_month: dict[date, list[Issue]] = defaultdict(list)
    for line in lines:
        if line.kind is Kind.PAYMENT and line.standing.month is not None:
            by_month[line.standing.month].append(line.issue)
    found = []
    for month, issues in sorted(by_month.items()):
        bases = {issue.vat_basis for issue in issues}
        header = listed(sorted({issue.amount_header for issue in issues}))
        found.append(Named(month, bases.pop() if len(bases) == 1 else "mixed", header))
    return tuple(found)
