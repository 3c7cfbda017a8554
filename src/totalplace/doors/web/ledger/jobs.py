"""What is done with books in the background. It may be run twice."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from totalplace.doors.web.work.telling import Telling
from totalplace.ledger import actions, queries
from totalplace.places.rules.mandates import Operator

_NIGHTLY: Final = Operator("nightly run")


def seal(telling: Telling) -> str:
    """Seal what was posted to each book since the last batch, as is done every night."""
    sealed = 0
    for book in queries.books():
        telling.far(f"sealing the book {book.code}")
        sealed += actions.seal(book.code, by=_NIGHTLY, on=timezone.now()) is not None
    return f"{sealed} books were sealed." if sealed != 1 else "One book was sealed."
