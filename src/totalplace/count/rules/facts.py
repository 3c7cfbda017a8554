"""All that is known of one agency's series, for the rules that look for what is odd in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from totalplace.count.rules.published import AgencyYear, Body, FaultLine
from totalplace.count.rules.repeated import InvoiceMonth
from totalplace.count.rules.series import Paid
from totalplace.count.rules.tallies import Line
from totalplace.count.rules.thresholds import Sizes
from totalplace.count.rules.vat_change import Named, Turn
from totalplace.money.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Twice:
    """Payments that stand in two tables of an agency; rows and pence beyond the first."""

    first_month: date
    last_month: date
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was noticed in reading a table, in the reader's words."""

    table: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Written:
    """How the amounts and dates of an agency's tables are written: rows, and tables they are in."""

    trailing_minus: int = 0
    trailing_minus_tables: int = 0
    serial_dates: int = 0
    serial_dates_tables: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """One agency: its years as counted, and the whole of its series as held.

    `asked` is the one financial year that the count is of, or None for all. The series behind the
    year is looked at whole, as a change shows only beside what came before it.
    """

    body: Body
    asked: FinancialYear | None
    years: tuple[AgencyYear, ...]
    lines: tuple[Line, ...]
    sizes: tuple[Sizes, ...]
    turns: tuple[Turn, ...]
    named: tuple[Named, ...]
    invoices: tuple[InvoiceMonth, ...]
    twice: Twice | None
    payees: Mapping[str, Mapping[str, Paid]]  # by label of the year
    notices: tuple[Notice, ...]
    written: Written
    faults: tuple[FaultLine, ...]

    def is_asked(self, month: date) -> bool:
        """Whether the count reaches a month."""
        return self.asked is None or FinancialYear.of(month) == self.asked

    def is_beside(self, month: date) -> bool:
        """Whether the count reaches a month, or the year that it would be compared with."""
        before = self.asked and FinancialYear(self.asked.start - 1)
        return self.is_asked(month) or FinancialYear.of(month) == before
