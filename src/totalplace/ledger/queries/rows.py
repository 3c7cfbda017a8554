"""The rows in which others see a book: frozen, and never models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.ledger.rules.accounts import Kind, Nature, Transfer
from totalplace.money.years import FinancialYear
from totalplace.record.rules.chain import Citation


@dataclass(frozen=True, slots=True)
class BookRow:
    """A book: of which place, by which host, for which years."""

    id: int
    code: str
    title: str
    place: str
    host: str
    host_name: str
    host_kind: str
    first_year: int
    last_year: int

    @property
    def citation(self) -> Citation:
        """How it is cited."""
        return Citation("book", self.code)

    @property
    def years(self) -> range:
        """Its years, each by the calendar year in which it begins."""
        return range(self.first_year, self.last_year + 1)

    @property
    def years_in_words(self) -> str:
        """Such as 2026-27 to 2028-29."""
        first, last = FinancialYear(self.first_year), FinancialYear(self.last_year)
        return first.label if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a book: the colour of money, who pays it, and on which conditions."""

    id: int
    code: str
    title: str
    payer: str
    payer_name: str
    payer_kind: str
    nature: Nature
    first_day: date | None
    last_day: date | None
    conditions: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting: the day that it is about, when it was known, and what it moved."""

    number: int
    day: date
    on: datetime
    by: str
    kind: Kind
    citation: Citation
    note: str
    reverses: int | None
    reversed_by: int | None
    transfers: tuple[Transfer, ...]

    @property
    def pence(self) -> int:
        """What it moved, of what may be spent and of money together."""
        return sum(transfer.pence for transfer in self.transfers)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A closed period."""

    first_day: date
    last_day: date
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A sealed batch of postings: after `first`, up to and with `last`."""

    number: int
    first: int
    last: int
    postings: int
    transfers: int
    previous: str
    digest: str
    by: str
    on: datetime
