"""The count of what agencies published, as it is handed on: frozen, for every door. Pence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from totalplace.count.rules.tallies import Tallies, Tally, total


class State(StrEnum):
    """What is held of an agency's payments in a month."""

    HELD = "held"
    NONE = "no payments"  # a file covers the month and has no payment in it
    NO_FILE = "no file"


class Weight(StrEnum):
    """How much a finding matters to the reader of a figure."""

    WRONG = "the count contradicts itself"
    FIGURES = "changes what the figures mean"
    LOOK = "look at before use"
    NOTE = "how the files were written"


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the count."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found in the files, in plain words: whose, when, the figures, what to do."""

    weight: Weight
    topic: str
    agency: Body
    period: str
    says: str
    what_to_do: str
    figures: tuple[str, ...] = ()
    pence: int = 0  # how much money it is about, to show the largest first


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an agency: what was published for it."""

    month: date
    state: State
    tallies: Tallies
    vat: str  # net, VAT in, not said, or several of these


@dataclass(frozen=True, slots=True)
class AgencyYear:
    """What an agency published for a financial year; `year` is "not known" for undated rows."""

    agency: Body
    year: str
    tallies: Tallies
    no_month: Tallies  # of the tallies, what is known to lie in the year but in no month of it
    months: tuple[Month, ...]
    tables: int
    faults: int
    faults_pence: int
    payees: int | None  # None where the year is not known
    vat: str
    threshold: str

    @property
    def months_held(self) -> int:
        """Months with payments."""
        return sum(month.state is State.HELD for month in self.months)

    @property
    def months_missing(self) -> tuple[date, ...]:
        """Months of the year without payments."""
        return tuple(m.month for m in self.months if m.state is not State.HELD)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the count cannot know, and how much it may matter."""

    title: str
    says: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """An agency's rows and pence of a kind: as read from its files, and as held now."""

    agency: Body
    kind: str
    read_rows: int
    held_rows: int
    read_pence: int
    held_pence: int

    @property
    def agrees(self) -> bool:
        """Whether nothing was lost and nothing added."""
        return (self.read_rows, self.read_pence) == (self.held_rows, self.held_pence)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """What could not be read, for one reason."""

    agency: Body
    why: str
    refused: bool
    rows: int
    pence: int
    without_amount: int


@dataclass(frozen=True, slots=True)
class Count:
    """The count of a place, or of all that is held."""

    place: str
    place_name: str
    years: tuple[str, ...]
    bodies: tuple[Body, ...]
    nothing_held: tuple[Body, ...]
    agency_years: tuple[AgencyYear, ...]
    findings: tuple[Finding, ...]
    unknowns: tuple[Unknown, ...]
    kept: tuple[Kept, ...]
    faults: tuple[FaultLine, ...]
    tables: int
    taken_on: date | None  # the day the latest of its files was taken

    @property
    def tallies(self) -> Tallies:
        """All agencies and years together, kind by kind; payments between them are still in it."""
        return total([row.tallies for row in self.agency_years])

    @property
    def payments(self) -> Tally:
        """All payments."""
        return self.tallies.payments

    @property
    def agrees(self) -> bool:
        """Whether every row and penny read is in the holdings."""
        return all(row.agrees for row in self.kept)
