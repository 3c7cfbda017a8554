"""Books, their lines, limits and periods, as other rooms and doors see them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from totalplace.ledger import models
from totalplace.ledger.queries.rows import BatchRow, BookRow, LineRow, PeriodRow
from totalplace.ledger.rules.accounts import Heading, Nature
from totalplace.ledger.rules.limits import Bound, Limit, in_force
from totalplace.places.rules.kinds import code_is_sound
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


def book(code: str) -> BookRow:
    """The book of a code. Raises Refused where there is none."""
    row = _books().filter(code=code).first() if code_is_sound(code) else None
    if row is None:
        raise Refused(
            f"There is no book {code}",
            why="none was opened under that code",
            next_step=f"Open it with: totalplace ledger open {code}",
        )
    return _book(row)


def books(place: str = "") -> list[BookRow]:
    """Every book, or those of one place, by code."""
    rows = _books().order_by("code")
    return [_book(row) for row in (rows.filter(place__code=place) if place else rows)]


def lines(book: str) -> list[LineRow]:
    """The lines of a book, in the order in which they were added."""
    rows = models.Line.objects.filter(book__code=book).select_related("payer").order_by("pk")
    return [
        LineRow(
            id=row.pk,
            code=row.code,
            title=row.title,
            payer=row.payer.code,
            payer_name=row.payer.name,
            payer_kind=row.payer.kind,
            nature=Nature(row.nature),
            first_day=row.first_day,
            last_day=row.last_day,
            conditions=row.conditions,
            citation=Citation(row.citation_kind, row.citation_id),
        )
        for row in rows
    ]


def line(book: str, code: str) -> LineRow:
    """A line of a book. Raises Refused where there is none of that code."""
    for row in lines(book):
        if row.code == code:
            return row
    raise Refused(
        f"There is no line {code} in the book {book}",
        why="none was added under that code",
        next_step=f"See its lines with: totalplace ledger lines {book}",
    )


def limits(book: str, on: date | None = None) -> list[Limit]:
    """The limits of a book that are in force on a day; without a day, all that were ever set."""
    codes = dict(models.Line.objects.filter(book__code=book).values_list("pk", "code"))
    rows = models.Limit.objects.filter(book__code=book).select_related("agency").order_by("pk")
    said = [
        Limit(
            name=row.name,
            bound=Bound(row.bound),
            pence=row.pence,
            first_day=row.first_day,
            citation=Citation(row.citation_kind, row.citation_id),
            lines=tuple(codes[one] for one in row.lines),
            agency=row.agency.code if row.agency else "",
            heading=Heading(row.heading) if row.heading else None,
            year=row.year,
        )
        for row in rows
    ]
    return said if on is None else in_force(said, on=on)


def periods(book: str) -> list[PeriodRow]:
    """The closed periods of a book, in turn."""
    rows = models.Period.objects.filter(book__code=book).order_by("last_day")
    return [PeriodRow(row.first_day, row.last_day, row.by, row.on) for row in rows]


def closed_until(book: str) -> date | None:
    """The last day into which nothing is posted any more; None: all days are open."""
    closed = periods(book)
    return closed[-1].last_day if closed else None


def batches(book: str) -> list[BatchRow]:
    """The sealed batches of a book, in turn."""
    rows = models.Batch.objects.filter(book__code=book).order_by("number")
    return [
        BatchRow(
            row.number, row.first, row.last, row.postings, row.transfers, row.previous, row.digest,
            row.by, row.on,
        )
        for row in rows
    ]  # fmt: skip


def _books() -> QuerySet[models.Book]:
    return models.Book.objects.select_related("place", "host")


def _book(row: models.Book) -> BookRow:
    return BookRow(
        id=row.pk,
        code=row.code,
        title=row.title,
        place=row.place.code,
        host=row.host.code,
        host_name=row.host.name,
        host_kind=row.host.kind,
        first_year=row.first_year,
        last_year=row.last_year,
    )
