"""Balances and postings: as they are, or as known on one day about another.

A balance now is one row that the database keeps, however long the book is. A balance of the past is
asked of the transfers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.rows import PostingRow
from totalplace.ledger.rules.accounts import Account, Heading, Kind, Transfer
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_HERE: Final = ZoneInfo("Europe/London")
_AT_A_TIME: Final = 5000
_NOW: Final = """
SELECT a.heading, g.code, l.code, a.year, t.debits - t.credits
FROM ledger_account a
JOIN ledger_book b ON b.id = a.book_id
JOIN places_agency g ON g.id = a.agency_id
JOIN ledger_line l ON l.id = a.line_id
JOIN ledger_total t ON t.account_id = a.id
WHERE b.code = %(book)s ORDER BY l.id, a.year, a.id
"""
_THEN: Final = """
SELECT a.heading, g.code, l.code, a.year, sum(moved.pence)::bigint
FROM (
    SELECT debit_id AS account_id, pence FROM ledger_transfer
    WHERE book_id = %(id)s AND day <= %(day)s AND "on" < %(until)s
    UNION ALL
    SELECT credit_id, -pence FROM ledger_transfer
    WHERE book_id = %(id)s AND day <= %(day)s AND "on" < %(until)s
) moved
JOIN ledger_account a ON a.id = moved.account_id
JOIN places_agency g ON g.id = a.agency_id
JOIN ledger_line l ON l.id = a.line_id
GROUP BY a.id, a.heading, g.code, l.code, a.year, l.id ORDER BY l.id, a.year, a.id
"""
_LAST: Final = """
SELECT max(t.number) FROM ledger_book b, LATERAL (
    SELECT number FROM ledger_transfer WHERE book_id = b.id ORDER BY number DESC LIMIT 1
) t
"""
_ONE: Final = "SELECT ledger_balance(%s, %s, %s, %s, %s)"
_POSTINGS: Final = """
SELECT t.number, t.day, t."on", t.by, t.kind, t.citation_kind, t.citation_id, t.note, t.reverses,
    (SELECT r.number FROM ledger_transfer r WHERE r.book_id = t.book_id AND r.reverses = t.number
        AND r.part = 1),
    d.heading, dg.code, dl.code, d.year, c.heading, cg.code, cl.code, c.year, t.pence
FROM ledger_transfer t
JOIN ledger_account d ON d.id = t.debit_id
JOIN places_agency dg ON dg.id = d.agency_id
JOIN ledger_line dl ON dl.id = d.line_id
JOIN ledger_account c ON c.id = t.credit_id
JOIN places_agency cg ON cg.id = c.agency_id
JOIN ledger_line cl ON cl.id = c.line_id
WHERE t.book_id = %(id)s AND t.number BETWEEN %(after)s AND %(last)s {more}
ORDER BY t.number, t.part
"""


_ACCOUNTS: Final = """
SELECT a.id FROM ledger_account a JOIN places_agency g ON g.id = a.agency_id
JOIN ledger_line l ON l.id = a.line_id WHERE a.book_id = %(id)s
"""
# Two looks into an index each, however long the book is.
_TOUCHING: Final = """AND t.number IN (
    SELECT o.number FROM ledger_transfer o
    WHERE o.debit_id = ANY(%(accounts)s) AND o.number BETWEEN %(after)s AND %(last)s
    UNION ALL SELECT o.number FROM ledger_transfer o
    WHERE o.credit_id = ANY(%(accounts)s) AND o.number BETWEEN %(after)s AND %(last)s)
"""


@dataclass(frozen=True, slots=True)
class Touching:
    """Accounts that a posting has to touch to be wanted; empty: any."""

    line: str = ""
    agency: str = ""
    heading: Heading | None = None
    year: int | None = None


ANY: Final = Touching()


def balances(
    book: str, *, day: date | None = None, known_on: date | datetime | None = None
) -> dict[Account, int]:
    """The balance of every account that was posted to, debits less credits, in whole pence.

    With a day, of what is about that day or before; with `known_on`, of what was known by the end
    of that day (or by that moment). Raises Refused where there is no such book.
    """
    which = _id(book)
    with connection.cursor() as cursor:
        if day is None and known_on is None:
            cursor.execute(_NOW, {"book": book})
        else:
            said: dict[str, Any] = {"id": which, "day": day or date.max, "until": _until(known_on)}
            cursor.execute(_THEN, said)
        return {
            Account(Heading(heading), agency, line, year): pence
            for heading, agency, line, year, pence in cursor.fetchall()
        }


def balance(
    book: str,
    account: Account,
    *,
    day: date | None = None,
    known_on: date | datetime | None = None,
) -> int:
    """The balance of one account, debits less credits, in whole pence; nothing posted is nothing.

    As of now it is one row, however long the book is. Raises Refused as `balances` does.
    """
    if day is not None or known_on is not None:
        return balances(book, day=day, known_on=known_on).get(account, 0)
    at = [book, account.heading.value, account.agency, account.line, account.year]
    with connection.cursor() as cursor:
        cursor.execute(_ONE, at)
        row = cursor.fetchone()
    if row is None or row[0] is None:
        _id(book)
        return 0
    return int(row[0])


def postings(
    book: str,
    *,
    first: date | None = None,
    last: date | None = None,
    known_on: date | datetime | None = None,
    touching: Touching = ANY,
    after: int = 0,
) -> Iterator[PostingRow]:
    """Postings in the order of their numbers: about these days, known by then, after a number.

    `touching`: those that moved money into or out of such an account, each whole.
    Raises Refused where there is no such book.
    """
    said: dict[str, Any] = {
        "id": _id(book), "after": after + 1, "last": 2**62, "first_day": first or date.min,
        "last_day": last or date.max, "until": _until(known_on), "line": touching.line,
        "agency": touching.agency, "heading": touching.heading.value if touching.heading else "",
        "year": touching.year,
    }  # fmt: skip
    more = "" if first is None else "AND t.day >= %(first_day)s "
    more += "" if last is None else "AND t.day <= %(last_day)s "
    more += "" if known_on is None else 'AND t."on" < %(until)s '
    if touching != ANY:
        said["accounts"] = _accounts(said)
        more += _TOUCHING
    return _read(_POSTINGS.format(more=more), said)


def posting(book: str, number: int) -> PostingRow:
    """One posting. Raises Refused where there is none of that number in the book."""
    said = {"id": _id(book), "after": number, "last": number}
    for row in _read(_POSTINGS.format(more=""), said):
        return row
    raise Refused(
        f"There is no posting {number} in the book {book}",
        why="none has that number",
        next_step=f"See them with: totalplace ledger postings {book}",
    )


def _accounts(said: dict[str, Any]) -> list[int]:
    """The numbers of the accounts of a book that a posting has to touch to be wanted."""
    columns = {"line": "l.code", "agency": "g.code", "heading": "a.heading", "year": "a.year"}
    wanted = [f"AND {column} = %({word})s" for word, column in columns.items() if said[word]]
    with connection.cursor() as cursor:
        cursor.execute(f"{_ACCOUNTS} {' '.join(wanted)}", said)
        return [number for (number,) in cursor.fetchall()]


def _read(sql: str, said: dict[str, Any]) -> Iterator[PostingRow]:
    """Postings a few thousand at a time, so that a long book does not fill the memory."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} LIMIT {_AT_A_TIME}", said)
            rows = cursor.fetchall()
        whole = len(rows) < _AT_A_TIME
        # The parts of the last posting may go on beyond what was read: it is read anew.
        cut = None if whole else rows[-1][0]
        for number, parts in groupby(rows, key=lambda row: row[0]):
            if number != cut:
                yield _posting(list(parts))
        if whole:
            return
        said = {**said, "after": cut}


def _posting(parts: list[tuple[Any, ...]]) -> PostingRow:
    number, day, on, by, kind, cited, cited_id, note, reverses, reversed_by = parts[0][:10]
    return PostingRow(
        number, day, on, by, Kind(kind), Citation(cited, cited_id), note, reverses, reversed_by,
        tuple(
            Transfer(
                Account(Heading(row[10]), row[11], row[12], row[13]),
                Account(Heading(row[14]), row[15], row[16], row[17]),
                row[18],
            )
            for row in parts
        ),
    )  # fmt: skip


def _id(book: str) -> int:
    return find_book(book).id


def _until(known_on: date | datetime | None) -> datetime:
    """The moment before which it was known: after a moment itself, or at the end of a day."""
    if known_on is None:
        return datetime.max.replace(tzinfo=ZoneInfo("UTC"))
    if isinstance(known_on, datetime):
        return known_on + timedelta(microseconds=1)
    return datetime.combine(known_on + timedelta(days=1), time(), _HERE)


def last_number() -> int:
    """The number of the last posting of any book; 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        (last,) = cursor.fetchone() or (None,)
    return int(last or 0)
