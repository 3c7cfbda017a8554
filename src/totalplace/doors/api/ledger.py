"""/api/v1/ledger/: books, their balances as known on a day about another, and their postings.

Anybody reads the balances of closed periods; with a token for it, an officer of the place reads all
balances and every posting. Sums are in whole pence; a balance is debits less credits.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, listed, number, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalLine, OptionalWords, Pence, Reason, Said
from totalplace.doors.report.book import account_told, posting_told
from totalplace.doors.web.showing import now
from totalplace.ledger import actions, queries
from totalplace.ledger.queries import BookRow
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.deeds import Deed, Verb
from totalplace.ledger.rules.posting_sheet import Given
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

router = Router()
Year = Annotated[int, Field(ge=1990, le=2100, description="In which the financial year begins.")]


class BookTold(Schema):
    """A book: of which place, kept by which agency, for which years."""

    code: str
    title: str
    place: str
    host: str
    first_year: int
    last_year: int
    closed_until: date | None


class AccountTold(Schema):
    """What stands under a heading of an agency, in the colour of a line, in a year."""

    heading: Heading
    agency: str
    line: str
    year: int


class BalanceTold(AccountTold):
    """The balance of an account in pence: debits less credits."""

    pence: int


class CitationTold(Schema):
    """What a posting rests on."""

    kind: str
    id: str


class TransferTold(Schema):
    """Pence that moved into one account, out of another."""

    into: AccountTold
    out_of: AccountTold
    pence: int


class PostingTold(Schema):
    """A posting: the day that it is about, when it was known, and what it moved."""

    number: int
    day: date
    on: datetime
    by: str
    kind: str
    rests_on: CitationTold
    note: str
    reverses: int | None
    reversed_by: int | None
    transfers: list[TransferTold]


class Posting(Said):
    """What happened to money, when, and what that rests on."""

    verb: Verb
    line: Code
    year: Year
    pence: Pence
    agency: Annotated[str, Field(max_length=64, description="Where the verb is of one.")] = ""
    to_line: Annotated[str, Field(max_length=64, description="Of a virement.")] = ""
    to_year: Year | None = None
    received_pence: Pence = 0
    day: Day
    rests_on_kind: Line
    rests_on_id: Line
    note: OptionalWords = ""
    late: OptionalLine = ""


class Reversing(Reason):
    """Why a posting is turned round, and on which day; else on its own."""

    day: Day | None = None


@reads(router, "", answers=Listed[BookTold])
def every_book(
    _: Asker,
    *,
    place: Annotated[str, Field(max_length=64, description="Only those of this one.")] = "",
    after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Books, by code."""
    rows = queries.books(place)
    return page(rows, lambda row: row.code, _told, after=after or None, limit=limit)


@reads(router, "/{book}/balances", answers=list[BalanceTold])
def balances_of_book(
    asker: Asker, *, book: Code, day: Day | None = None, known_on: Day | None = None
) -> list[BalanceTold]:
    """The balance of every account, about days until one, as known at the end of another.

    Without a token for reading postings, only what is about closed periods.
    """
    row: BookRow = there(lambda: queries.book(book))
    until = day
    if not asker.may(Act.READ_BOOK, agency=row.host, place=row.place, on=now()):
        closed = queries.closed_until(book)
        if closed is None:
            return []
        until = min(day, closed) if day else closed
    found = queries.balances(book, day=until, known_on=known_on)
    return [BalanceTold(**account_told(one), pence=pence) for one, pence in found.items()]


@reads(router, "/{book}/postings", answers=Listed[PostingTold], needs=Act.READ_BOOK)
def postings_of_book(
    asker: Asker,
    *,
    book: Code,
    first: Day | None = None,
    last: Day | None = None,
    after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:
    """Postings about days from one to another, in the order in which they were made."""
    row: BookRow = there(lambda: queries.book(book))
    officer = asker.acting(Act.READ_BOOK)
    places.power(officer, Act.READ_BOOK, agency=row.host, place=row.place, on=now())
    found = queries.postings(book, first=first, last=last, after=number(after))
    rows = [one for one, _ in zip(found, range(limit + 1), strict=False)]
    total = queries.how_many(book)
    return listed(rows, lambda one: one.number, posting_told, total=total, limit=limit)


@writes(router, "/{book}/postings", act=Act.POST, answers=PostingTold, status=201)
def post_to_book(by: Officer, *, book: Code, said: Posting) -> PostingTold:
    """Post what happened to money. Its time is the database's own."""
    there(lambda: queries.book(book))
    deed = Deed(
        said.verb, said.line, said.year, said.pence, said.agency, said.to_line, said.to_year,
        said.received_pence,
    )  # fmt: skip
    rests_on = Citation(said.rests_on_kind, said.rests_on_id)
    given = Given(deed, said.day, rests_on, said.note, said.late)
    return PostingTold(**posting_told(actions.do(book, given, by=by, on=now())))


@writes(router, "/{book}/postings/{number}/reverse", act=Act.POST, answers=PostingTold, status=201)
def reverse_posting(by: Officer, *, book: Code, number: Number, said: Reversing) -> PostingTold:
    """Turn a posting round, once."""
    there(lambda: queries.posting(book, number))
    made = actions.reverse(book, number, why=said.reason, day=said.day, by=by, on=now())
    return PostingTold(**posting_told(made))


def _told(row: BookRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "title": row.title,
        "place": row.place,
        "host": row.host,
        "first_year": row.first_year,
        "last_year": row.last_year,
        "closed_until": queries.closed_until(row.code),
    }
