"""Posting: one posting, many at once, and the reversal of one. The database judges each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from totalplace.ledger import models
from totalplace.ledger.actions.refusals import told
from totalplace.ledger.actions.sealing import seal_what_is_open, wait_for_postings
from totalplace.ledger.definitions.year_end import check_may_carry_forward
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import closed_until, lines
from totalplace.ledger.queries.postings import posting
from totalplace.ledger.queries.rows import BookRow, PostingRow
from totalplace.ledger.rules.accounts import Account, Kind, Leg, Transfer
from totalplace.ledger.rules.pairing import paired
from totalplace.ledger.rules.refusing import Unposted
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record.rules.chain import Citation

_COLUMNS: Final = (
    "book_id, number, part, parts, day, by, kind, citation_kind, citation_id, note, reverses, "
    "debit_id, credit_id, pence"
)
_ROW: Final = "(%s, %s, %s, %s::date, %s, %s, %s, %s, %s, %s::bigint, %s, %s, %s)"
# One statement, so that the number is taken after the lock that whoever seals waits for.
_INSERT: Final = """
WITH next AS (SELECT nextval('ledger_number') AS number)
INSERT INTO ledger_transfer ({columns})
SELECT v.book_id, next.number, v.part, v.parts, v.day, v.by, v.kind, v.citation_kind,
    v.citation_id, v.note, v.reverses, v.debit_id, v.credit_id, v.pence
FROM next, (VALUES {rows}) AS v (book_id, part, parts, day, by, kind, citation_kind, citation_id,
    note, reverses, debit_id, credit_id, pence)
RETURNING number, "on"
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """A posting to be made: legs that come to nothing, the day it is about, and what it rests on.

    `late` says why it comes after its period was closed: it then gets the first open day.
    """

    legs: Sequence[Leg]
    day: date
    kind: Kind
    citation: Citation
    note: str = ""
    late: str = ""


@transaction.atomic
def post(  # noqa: PLR0913  (all that a posting says, in the words of the contract of the rooms)
    book: str, legs: Sequence[Leg], *, day: date, kind: Kind, citation: Citation, note: str = "",
    late: str = "", by: Who, on: datetime, power: str = "",
) -> PostingRow:  # fmt: skip
    """Make one posting. Its time is the database's own; `on` is when its power is looked at.

    `power`: where a room above has asked for it already, in its words. Raises Unposted, with what
    next, for legs that do not balance, an account that would be overdrawn, a limit, a closed or
    coming day, and money that would change its colour.
    """
    its = find_book(book)
    _may_post(its, by, on, power)
    entered = Entered(legs, day, kind, citation, note, late)
    return _insert(its, _dated(its, entered), by.name)


@transaction.atomic
def post_many(
    book: str, entered: Iterable[Entered], *, by: Who, on: datetime, power: str = ""
) -> tuple[int, int]:
    """Make many postings at once and seal them; the first number and the last that they got.

    All are made, or none. Whoever else posts waits meanwhile. Raises Unposted as `post` does, and
    where there is nothing to post.
    """
    its = find_book(book)
    power = _may_post(its, by, on, power)
    wait_for_postings()
    listed = [_dated(its, one) for one in entered]
    if not listed:
        raise Unposted(
            "Nothing can be posted", why="nothing was given", next_step="Give one posting or more"
        )
    pairs = [paired(one.legs) for one in listed]
    accounts = _accounts(its, {a for made in pairs for t in made for a in (t.debit, t.credit)})
    numbers = _take_numbers(len(listed))
    columns = f"COPY ledger_transfer ({_COLUMNS}) FROM STDIN"
    with told(), connection.cursor() as cursor, cursor.copy(columns) as copy:
        for number, one, made in zip(numbers, listed, pairs, strict=True):
            for row in _rows(its, one, made, by.name, accounts):
                copy.write_row((row[0], number, *row[1:]))
    seal_what_is_open(its, by=by, on=on, power=power)
    return numbers[0], numbers[-1]


@transaction.atomic
def reverse(
    book: str, number: int, *, why: str, day: date | None = None, by: Who, on: datetime
) -> PostingRow:
    """Turn a posting round, once: the same transfers the other way, on its own day or a later one.

    Without a day, on that of the posting, or on the first open day where that is closed. Raises
    Unposted without a reason, for a reversal, for what was reversed already, and where what it
    moved is there no more.
    """
    its = find_book(book)
    _may_post(its, by, on, "")
    if not why.strip():
        raise Unposted(
            f"Posting {number} cannot be reversed",
            why="no reason is given",
            next_step="Give it in a sentence; it stands in the book",
            field="why",
        )
    row = posting(book, number)
    if row.reverses is not None or row.reversed_by is not None:
        raise Unposted(
            f"Posting {number} cannot be reversed",
            why="it is a reversal itself"
            if row.reverses is not None
            else f"posting {row.reversed_by} reversed it already",
            next_step="Post anew what is right",
        )
    closed = closed_until(book)
    first_open = row.day if closed is None else max(row.day, closed + timedelta(days=1))
    turned = [Transfer(t.credit, t.debit, t.pence) for t in row.transfers]
    entered = Entered((), day or first_open, Kind.REVERSAL, row.citation, why.strip())
    return _insert(its, entered, by.name, turned, reverses=number)


def _may_post(its: BookRow, by: Who, on: datetime, power: str) -> str:
    return power or places.power(by, Act.POST, agency=its.host, place=its.place, on=on)


def _dated(its: BookRow, one: Entered) -> Entered:
    """A posting with the day that it gets: the first open one, where it is late and says why."""
    if one.kind is Kind.CARRY_FORWARD:
        check_may_carry_forward(its.host_kind, one.citation)
    if not one.citation.kind or not one.citation.id:
        raise Unposted(
            "The posting cannot be made",
            why="it cites nothing",
            next_step="Say what it rests on, such as an invoice, a grant letter or a decision",
            field="citation",
        )
    closed = closed_until(its.code) if one.late else None
    if closed is None or one.day > closed:
        return one
    note = f"For {one.day}, in a closed period: {one.late.strip()}. {one.note}".strip()
    return Entered(one.legs, closed + timedelta(days=1), one.kind, one.citation, note)


def _insert(
    its: BookRow, one: Entered, by: str, made: Sequence[Transfer] = (), reverses: int | None = None
) -> PostingRow:
    """Write the transfers of one posting in one statement, as it then stands."""
    made = made or paired(one.legs)
    accounts = _accounts(its, {a for t in made for a in (t.debit, t.credit)})
    rows = list(_rows(its, one, made, by, accounts, reverses))
    sql = _INSERT.format(columns=_COLUMNS, rows=", ".join([_ROW] * len(rows)))
    with told(), connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])
        number, on = cursor.fetchone()
    return PostingRow(
        number, one.day, on, by, one.kind, one.citation, one.note, reverses, None, tuple(made)
    )


def _rows(
    its: BookRow,
    one: Entered,
    made: Sequence[Transfer],
    by: str,
    accounts: dict[Account, int],
    reverses: int | None = None,
) -> Iterator[tuple[Any, ...]]:
    for part, t in enumerate(made, start=1):
        yield (
            its.id, part, len(made), one.day, by, one.kind.value, one.citation.kind,
            one.citation.id, one.note, reverses, accounts[t.debit], accounts[t.credit], t.pence,
        )  # fmt: skip


def _take_numbers(how_many: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ledger_number') FROM generate_series(1, %s)", [how_many])
        return [row[0] for row in cursor.fetchall()]


def _accounts(its: BookRow, wanted: set[Account]) -> dict[Account, int]:
    """The accounts, opened where they are not yet. Raises Unposted for an unknown line or year."""
    found = _opened(its, wanted)
    missing = wanted - set(found)
    if missing:
        line_ids = {row.code: row.id for row in lines(its.code)}
        _check_known(its, missing, line_ids)
        agency_ids = {code: places.agency(code).id for code in {a.agency for a in missing}}
        with told():
            models.Account.objects.bulk_create(
                (
                    models.Account(
                        book_id=its.id, heading=a.heading.value, agency_id=agency_ids[a.agency],
                        line_id=line_ids[a.line], year=a.year,
                    )
                    for a in sorted(missing, key=str)
                ),
                ignore_conflicts=True,
            )  # fmt: skip
        found |= _opened(its, missing)
    return found


def _opened(its: BookRow, wanted: set[Account]) -> dict[Account, int]:
    listed = list(wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nth, account FROM ledger_accounts(%s, %s::text[], %s::text[], %s::text[],"
            " %s::integer[])",
            [
                its.id, [a.heading.value for a in listed], [a.agency for a in listed],
                [a.line for a in listed], [a.year for a in listed],
            ],
        )  # fmt: skip
        return {listed[nth - 1]: found for nth, found in cursor.fetchall() if found is not None}


def _check_known(its: BookRow, missing: set[Account], line_ids: dict[str, int]) -> None:
    for account in sorted(missing, key=str):
        if account.line not in line_ids:
            raise Unposted(
                "The posting cannot be made",
                why=f"the book has no line {account.line}",
                next_step=f"Choose from: {', '.join(line_ids) or 'none yet, so add a line'}",
                field="line",
            )
        if account.year not in its.years:
            raise Unposted(
                "The posting cannot be made",
                why=f"the book is of {its.years_in_words}",
                next_step="Choose one of its years",
                field="year",
            )
