"""The tables of the room. Only added to."""

from __future__ import annotations

from totalplace.ledger.models.book import (
    Account,
    Batch,
    Book,
    Limit,
    Line,
    Period,
    Total,
    Transfer,
)

__all__ = ["Account", "Batch", "Book", "Limit", "Line", "Period", "Total", "Transfer"]
