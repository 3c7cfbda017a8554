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
from totalplace.ledger.models.partners import (
    Arrangement,
    ArrangementPart,
    ConditionSaid,
    DifferenceExplained,
    Forecast,
    PartnerLedger,
    PartnerLedgerLine,
    YearEndClause,
)

__all__ = [
    "Account",
    "Arrangement",
    "ArrangementPart",
    "Batch",
    "Book",
    "ConditionSaid",
    "DifferenceExplained",
    "Forecast",
    "Limit",
    "Line",
    "PartnerLedger",
    "PartnerLedgerLine",
    "Period",
    "Total",
    "Transfer",
    "YearEndClause",
]
