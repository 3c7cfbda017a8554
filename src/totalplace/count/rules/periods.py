"""Which financial year and month a row stands in: those its table is published for, if it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.count.rules.words import before, following
from totalplace.money.years import FinancialYear

# What is published for a month is paid by its end, so rows dated after it, beyond a slip or two,
# show that the period was misread. Rows dated before it are late ones, or dated by their invoice:
# those of the two months before are usual, and many from long before show the same.
_SLIPS: Final = 10  # one in so many
_LATE_MONTHS: Final = 2


@dataclass(frozen=True, slots=True)
class Period:
    """The months that a table is published for, each by its first day."""

    first: date
    last: date

    @property
    def months(self) -> tuple[date, ...]:
        """Every month of it, in order."""
        found = [self.first]
        while found[-1] < self.last:
            found.append(following(found[-1]))
        return tuple(found)

    @property
    def year(self) -> FinancialYear | None:
        """The financial year that it lies in, or None where it lies in more than one."""
        year = FinancialYear.of(self.first)
        return year if year == FinancialYear.of(self.last) else None

    def __contains__(self, month: date) -> bool:
        return self.first <= month <= self.last


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a row stands: its financial year, its month, and whether its own date lies outside.

    The year is None where neither table nor row says it; the month where only the year is known.
    """

    year: FinancialYear | None
    month: date | None
    outside: bool = False


def period_of(first: date | None, last: date | None) -> Period | None:
    """The months between two days, or None where one is not known or they are the wrong way."""
    if first is None or last is None or last < first:
        return None
    return Period(first.replace(day=1), last.replace(day=1))


def spanning(periods: Iterable[Period | None]) -> Period | None:
    """One period from the first month of some to the last, or None where one is not known."""
    known = list(periods)
    found = [period for period in known if period is not None]
    if not found or len(found) < len(known):
        return None
    return Period(min(p.first for p in found), max(p.last for p in found))


def believed(period: Period | None, dated: Mapping[date, int]) -> Period | None:
    """A period that the dates of its rows bear out, or None.

    `dated` is the number of rows by month of their date.
    """
    if period is None:
        return None
    earliest = period.first
    for _ in range(_LATE_MONTHS):
        earliest = before(earliest)
    odd = sum(rows for month, rows in dated.items() if not earliest <= month <= period.last)
    return None if odd * _SLIPS > sum(dated.values()) else period


def stand(month: date | None, period: Period | None) -> Standing:
    """Where a row stands, by the month of its date (None: undated) and its table's period.

    A table of one month says the month of all its rows, as its agency does. In a longer one the
    date says the month; a date outside leaves only the year.
    """
    if period is None:
        year = None if month is None else FinancialYear.of(month)
        return Standing(year, month)
    outside = month is not None and month not in period
    if period.first == period.last:
        return Standing(period.year, period.first, outside)
    if month is not None and not outside:
        return Standing(FinancialYear.of(month), month)
    if period.year is None and month is not None:
        return Standing(FinancialYear.of(month), month, outside)
    return Standing(period.year, None, outside)
