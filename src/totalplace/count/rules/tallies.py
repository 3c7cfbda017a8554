"""Rows and pence of each kind of spending, and of them what a reader should look at twice."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from totalplace.count.rules.periods import Period, Standing
from totalplace.money.years import FinancialYear


class Kind(StrEnum):
    """Three different things, never added together."""

    PAYMENT = "payment"
    CARD = "card"
    COMMITMENT = "commitment"

    @property
    def noun(self) -> str:
        """One row of it, in words."""
        match self:
            case Kind.PAYMENT:
                return "payment"
            case Kind.CARD:
                return "card purchase"
            case Kind.COMMITMENT:
                return "contract"


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one kind, what they come to in pence, and how many of them want a second look.

    `copy` counts extra copies only, beyond the first; `outside` rows are dated outside the months
    that their table is published for.
    """

    rows: int = 0
    pence: int = 0
    negative_rows: int = 0
    negative_pence: int = 0
    copy_rows: int = 0
    copy_pence: int = 0
    redacted_rows: int = 0
    redacted_pence: int = 0
    undated_rows: int = 0
    undated_pence: int = 0
    outside_rows: int = 0
    outside_pence: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def without_copies_pence(self) -> int:
        """What it comes to if every extra copy is a mistake."""
        return self.pence - self.copy_pence

    @property
    def least_pence(self) -> int:
        """The lower end: with copies, or without, where the copies are of negative sums."""
        return min(self.pence, self.without_copies_pence)

    @property
    def most_pence(self) -> int:
        """The upper end."""
        return max(self.pence, self.without_copies_pence)


@dataclass(frozen=True, slots=True)
class Tallies:
    """What is held of each kind of spending."""

    payments: Tally = Tally()
    cards: Tally = Tally()
    commitments: Tally = Tally()

    def __add__(self, other: Tallies) -> Tallies:
        return Tallies(
            self.payments + other.payments,
            self.cards + other.cards,
            self.commitments + other.commitments,
        )

    def of(self, kind: Kind) -> Tally:
        """The tally of a kind."""
        match kind:
            case Kind.PAYMENT:
                return self.payments
            case Kind.CARD:
                return self.cards
            case Kind.COMMITMENT:
                return self.commitments


@dataclass(frozen=True, slots=True)
class Issue:
    """One table as it was published: whose, in which file, for which months, on which VAT basis.

    Tables of one file that cannot be told apart, as in a zip archive, are one issue.
    """

    agency: str
    file: str  # SHA-256
    sheet: str
    names: tuple[str, ...]
    period: Period | None
    vat_basis: str  # net, gross, unknown; "mixed" where its tables differ
    amount_header: str
    holds_payments: bool
    faults: int = 0
    faults_pence: int = 0
    tables: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """How its rows are known."""
        return self.file, self.sheet


@dataclass(frozen=True, slots=True)
class Line:
    """Rows of one issue, kind and month of date, where they stand, and what they come to."""

    agency: str
    issue: Issue
    kind: Kind
    standing: Standing
    dated: date | None
    tally: Tally
    small_letter_rows: int = 0

    @property
    def changes_year(self) -> bool:
        """Whether its date alone would put it in another financial year."""
        return self.dated is not None and FinancialYear.of(self.dated) != self.standing.year

    def in_kinds(self) -> Tallies:
        """The tally beside empty ones of the other kinds."""
        match self.kind:
            case Kind.PAYMENT:
                return Tallies(payments=self.tally)
            case Kind.CARD:
                return Tallies(cards=self.tally)
            case Kind.COMMITMENT:
                return Tallies(commitments=self.tally)


def total(tallies: list[Tallies]) -> Tallies:
    """All of them together, kind by kind."""
    return sum(tallies, Tallies())
