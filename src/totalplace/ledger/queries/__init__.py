"""The only readers of the room: frozen rows, never models."""

from __future__ import annotations

from totalplace.ledger.queries.books import (
    batches,
    book,
    books,
    closed_until,
    limits,
    line,
    lines,
    periods,
)
from totalplace.ledger.queries.postings import (
    Touching,
    balance,
    balances,
    last_number,
    posting,
    postings,
)
from totalplace.ledger.queries.rows import BatchRow, BookRow, LineRow, PeriodRow, PostingRow
from totalplace.ledger.queries.verifying import Verified, how_many, unsealed, verify

__all__ = [
    "BatchRow",
    "BookRow",
    "LineRow",
    "PeriodRow",
    "PostingRow",
    "Touching",
    "Verified",
    "balance",
    "balances",
    "batches",
    "book",
    "books",
    "closed_until",
    "how_many",
    "last_number",
    "limits",
    "line",
    "lines",
    "periods",
    "posting",
    "postings",
    "unsealed",
    "verify",
]
