"""Partners' own ledgers as they were given in, each held against the pool's book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from totalplace.ledger import models
from totalplace.ledger.queries.partners import arrangements, payers
from totalplace.ledger.queries.postings import Touching, postings
from totalplace.ledger.queries.rows import PostingRow
from totalplace.ledger.rules.accounts import Heading, Kind, Transfer
from totalplace.ledger.rules.partner_views import View, lines_of_view
from totalplace.ledger.rules.reconciling import LATE, Line, Reconciled, reconcile
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class PartnerLedgerRow:
    """A partner's own ledger, as it was given in."""

    id: int
    book: str
    agency: str
    agency_name: str
    number: int
    name: str
    sha256: str
    view: View
    first_day: date
    last_day: date
    tolerance_days: int
    set_aside: int
    columns: tuple[str, ...]
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Explanation:
    """What an officer says of a difference."""

    words: str
    pence: int
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """A partner's ledger held against the pool's book today, and what is said of differences."""

    ledger: PartnerLedgerRow
    found: Reconciled
    explained: Mapping[str, Explanation]  # by the key of the difference

    @property
    def unexplained(self) -> int:
        """How many differences nobody has explained."""
        return sum(one.key not in self.explained for one in self.found.differences)


@dataclass(frozen=True, slots=True)
class _Told:
    """A posting with its words, as the rules of views need it."""

    number: int
    day: date
    kind: Kind
    reverses: int | None
    transfers: tuple[Transfer, ...]
    reference: str
    words: str


def partner_ledgers(book: str, agency: str = "") -> list[PartnerLedgerRow]:
    """The ledgers that partners of a pool gave in, or one partner, the latest first."""
    rows = models.PartnerLedger.objects.filter(book__code=book).select_related("agency", "book")
    if agency:
        rows = rows.filter(agency__code=agency)
    return [_ledger(row) for row in rows.order_by("-on", "-pk")]


def partner_ledger(book: str, agency: str, number: int) -> PartnerLedgerRow:
    """One ledger that a partner gave in. Raises Refused where there is none of that number."""
    for row in partner_ledgers(book, agency):
        if row.number == number:
            return row
    raise Refused(
        f"There is no ledger {number} of {agency} for the pool {book}",
        why="none was given in under that number",
        next_step="Give one in, or choose one from the list",
    )


def book_lines(book: str, agency: str, view: View, days: tuple[date, date]) -> list[Line]:
    """What the pool's book says of a partner between two days, a line for each posting."""
    found = [row.arrangement for row in arrangements(book)]
    told = _told(book, view, agency, days)
    return lines_of_view(told, view, agency, arrangements=found, payers=payers(book), days=days)


def reconciliation(book: str, agency: str, number: int) -> ReconciliationRow:
    """A partner's ledger held against the pool's book as it is today, to the penny.

    A posting that comes late settles a difference by itself: nothing is kept but the two ledgers
    and what officers say. Raises Refused where there is no such ledger.
    """
    ledger = partner_ledger(book, agency, number)
    rows = models.PartnerLedgerLine.objects.filter(ledger_id=ledger.id).order_by("pk")
    there = [Line(row.key, row.day, row.pence, row.reference, row.words) for row in rows]
    around = ledger.first_day - timedelta(LATE), ledger.last_day + timedelta(LATE)
    every = book_lines(book, agency, ledger.view, around)
    here = [line for line in every if ledger.first_day <= line.day <= ledger.last_day]
    beyond = [line for line in every if not ledger.first_day <= line.day <= ledger.last_day]
    said = models.DifferenceExplained.objects.filter(ledger_id=ledger.id).order_by("pk")
    return ReconciliationRow(
        ledger,
        reconcile(here, there, tolerance_days=ledger.tolerance_days, beyond=beyond),
        {row.key: Explanation(row.words, row.pence, row.by, row.on) for row in said},
    )


def _told(book: str, view: View, agency: str, days: tuple[date, date]) -> Iterator[_Told]:
    """The postings that a view is of. A share is of sums, so it needs all from the first."""
    if view is View.SHARE:
        found = postings(book, last=days[1], touching=Touching(heading=Heading.EXPENDITURE))
    else:
        heading = Heading.DEBTOR if view is View.PAID_IN else Heading.EXPENDITURE
        touching = Touching(agency=agency, heading=heading)
        found = postings(book, first=days[0], last=days[1], touching=touching)
    return (_one(book, row) for row in found)


def _one(book: str, row: PostingRow) -> _Told:
    said = " ".join(filter(None, (row.note, f"{book}/{row.number}")))
    return _Told(row.number, row.day, row.kind, row.reverses, row.transfers, row.citation.id, said)


def _ledger(row: models.PartnerLedger) -> PartnerLedgerRow:
    return PartnerLedgerRow(
        id=row.pk,
        book=row.book.code,
        agency=row.agency.code,
        agency_name=row.agency.name,
        number=row.number,
        name=row.name,
        sha256=row.sha256,
        view=View(row.view),
        first_day=row.first_day,
        last_day=row.last_day,
        tolerance_days=row.tolerance_days,
        set_aside=row.set_aside,
        columns=tuple(row.columns),
        by=row.by,
        on=row.on,
    )
