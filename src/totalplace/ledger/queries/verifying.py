"""Whether a book is what was sealed: every batch computed again, and every total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from totalplace.ledger.queries.books import batches
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.rows import BatchRow, BookRow
from totalplace.ledger.rules.sealing import BEGINNING, COLUMNS, digest_of
from totalplace.money.pence import pounds
from totalplace.record import queries as record

_ROWS: Final = f"""
COPY (
    SELECT {COLUMNS}
    FROM ledger_transfer t
    JOIN ledger_account d ON d.id = t.debit_id
    JOIN places_agency dg ON dg.id = d.agency_id
    JOIN ledger_line dl ON dl.id = d.line_id
    JOIN ledger_account c ON c.id = t.credit_id
    JOIN places_agency cg ON cg.id = c.agency_id
    JOIN ledger_line cl ON cl.id = c.line_id
    WHERE t.book_id = %s AND t.number BETWEEN %s AND %s
    ORDER BY t.number, t.part
) TO STDOUT
"""  # noqa: S608  (the columns are our own)
_COUNTED: Final = """
SELECT count(*) FILTER (WHERE part = 1), count(*), max(number) FROM ledger_transfer
WHERE book_id = %s AND number BETWEEN %s AND %s
"""
_TOTALS: Final = """
SELECT ledger_in_words(a.id), coalesce(t.debits - t.credits, 0), coalesce(s.pence, 0)
FROM ledger_account a
LEFT JOIN ledger_total t ON t.account_id = a.id
LEFT JOIN (
    SELECT account_id, sum(pence) AS pence FROM (
        SELECT debit_id AS account_id, pence FROM ledger_transfer WHERE book_id = %(id)s
        UNION ALL SELECT credit_id, -pence FROM ledger_transfer WHERE book_id = %(id)s) every
    GROUP BY account_id) s ON s.account_id = a.id
WHERE a.book_id = %(id)s AND coalesce(t.debits - t.credits, 0) <> coalesce(s.pence, 0)
ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of computing a book again: what was looked at, and every fault in words."""

    postings: int
    batches: int
    unsealed: int
    faults: tuple[str, ...]


def rows_of(book: BookRow, first: int, last: int) -> Iterator[memoryview | bytes]:
    """The transfers of the postings from one number to another, as they are digested."""
    with connection.cursor() as cursor, cursor.copy(_ROWS, [book.id, first, last]) as copy:
        yield from copy


def counted(book: BookRow, first: int, last: int = 2**62) -> tuple[int, int, int]:
    """How many postings and transfers stand between two numbers, and the last number of them."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [book.id, first, last])
        postings, transfers, highest = cursor.fetchone() or (0, 0, None)
    return postings, transfers, highest or 0


def how_many(book: str) -> int:
    """How many postings a book has. Raises Refused where there is no such book."""
    return counted(find_book(book), 1)[0]


def unsealed(book: str) -> int:
    """How many postings of a book are not sealed yet."""
    sealed = batches(book)
    return counted(find_book(book), sealed[-1].last + 1 if sealed else 1)[0]


def verify(book: str) -> Verified:
    """Compute a book again: its batches, their entries on the record, and its totals.

    Raises Refused where there is no such book.
    """
    its, sealed = find_book(book), batches(book)
    cited = {entry.citing for entry in record.about(its.citation) if entry.verb == SEALED}
    faults: list[str] = []
    previous, last = BEGINNING, 0
    for batch in sealed:
        faults += _faults_of(its, batch, previous, last, cited)
        previous, last = batch.digest, batch.last
    faults += _totals_at_fault(its)
    open_postings = counted(its, last + 1)[0]
    total = sum(batch.postings for batch in sealed) + open_postings
    return Verified(total, len(sealed), open_postings, tuple(faults))


SEALED: Final = "sealed postings"


def citing(batch: BatchRow) -> str:
    """What the record says of a batch."""
    return f"batch {batch.number}, {batch.postings} postings to number {batch.last}: {batch.digest}"


def _faults_of(
    its: BookRow, batch: BatchRow, previous: str, last: int, cited: set[str]
) -> Iterator[str]:
    name = f"batch {batch.number} (postings {batch.first} to {batch.last})"
    if batch.previous != previous or batch.first != last + 1:
        yield f"{name} does not follow from the one before"
    postings, transfers, _ = counted(its, batch.first, batch.last)
    if (postings, transfers) != (batch.postings, batch.transfers):
        yield f"{name} had {batch.postings} postings and has {postings}"
    if digest_of(batch.previous, rows_of(its, batch.first, batch.last)) != batch.digest:
        yield f"{name} is not as it was sealed"
    if citing(batch) not in cited:
        yield f"{name} is not on the record as it stands here"


def _totals_at_fault(its: BookRow) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"id": its.id})
        for account, kept, summed in cursor.fetchall():
            yield f"{account}: {pounds(int(kept))} is kept, {pounds(int(summed))} was posted"
