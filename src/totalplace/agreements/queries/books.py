"""The book of an agreement."""

from __future__ import annotations

from totalplace.agreements.queries.agreements import AgreementRow
from totalplace.ledger import queries as ledger
from totalplace.ledger.queries import BookRow


def code_of_book(row: AgreementRow) -> str:
    """The code that the book of an agreement has."""
    return f"{row.place}-{row.number}"


def book_of(row: AgreementRow) -> BookRow | None:
    """The book of an agreement; None where none was opened."""
    code = code_of_book(row)
    return next((one for one in ledger.books(row.place) if one.code == code), None)
