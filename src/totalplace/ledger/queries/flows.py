"""Money that went from one heading to another on some lines, or back: read by its accounts.

What is read is the transfers of those accounts, by their index, however long the rest of the book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from totalplace.ledger.rules.accounts import Heading, Kind
from totalplace.record.rules.chain import Citation

_FLOWS: Final = """
WITH own AS (
    SELECT a.id, g.code AS agency, l.code AS line, a.year
    FROM ledger_account a
    JOIN ledger_book b ON b.id = a.book_id
    JOIN ledger_line l ON l.id = a.line_id
    JOIN places_agency g ON g.id = a.agency_id
    WHERE b.code = %(book)s AND a.heading = %(of)s AND l.code = ANY(%(lines)s)
)
SELECT t.number, t.day, t."on", t.kind, t.citation_kind, t.citation_id, t.reverses,
    own.agency, own.line, own.year, t.sign * t.pence
FROM own
CROSS JOIN LATERAL (
    SELECT 1 AS sign, d.credit_id AS other, d.* FROM ledger_transfer d WHERE d.debit_id = own.id
    UNION ALL
    SELECT -1, c.debit_id, c.* FROM ledger_transfer c WHERE c.credit_id = own.id
) t
JOIN ledger_account o ON o.id = t.other AND o.heading = %(against)s
ORDER BY t.number, t.part
"""


@dataclass(frozen=True, slots=True)
class FlowRow:
    """One transfer into an account (above nothing) or out of it (below), in pence."""

    number: int  # of its posting
    day: date
    on: datetime
    kind: Kind
    citation: Citation
    reverses: int | None
    agency: str  # of the account
    line: str
    year: int
    pence: int


def flows(book: str, of: Heading, against: Heading, lines: Collection[str]) -> Iterator[FlowRow]:
    """Every transfer between the accounts of a heading, on some lines, and those of another."""
    said = {"book": book, "of": of.value, "against": against.value, "lines": sorted(lines)}
    with connection.cursor() as cursor:
        cursor.execute(_FLOWS, said)
        rows = cursor.fetchall()
    for number, day, on, kind, cited, cited_id, reverses, agency, line, year, pence in rows:
        yield FlowRow(
            number, day, on, Kind(kind), Citation(cited, cited_id), reverses, agency, line, year,
            pence,
        )  # fmt: skip
