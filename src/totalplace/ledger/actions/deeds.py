"""Deeds put into a book: one, or the rows of a file, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from totalplace.ledger.actions.posting import Entered, post, post_many
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import lines
from totalplace.ledger.queries.rows import PostingRow
from totalplace.ledger.rules.deeds import legs_of
from totalplace.ledger.rules.posting_sheet import Given
from totalplace.places.rules.mandates import Who


@transaction.atomic
def do(book: str, given: Given, *, by: Who, on: datetime) -> PostingRow:
    """Post what happened. Raises Unposted as `post` does, and where the deed is not whole."""
    payers = {row.code: row.payer for row in lines(book)}
    legs = legs_of(given.deed, payers=payers, host=find_book(book).host)
    return post(
        book,
        legs,
        day=given.day,
        kind=given.deed.verb.kind,
        citation=given.citation,
        note=given.note,
        late=given.late,
        by=by,
        on=on,
    )


@transaction.atomic
def do_all(book: str, given: Sequence[Given], *, by: Who, on: datetime) -> tuple[int, int]:
    """Post the rows of a file and seal them; the first number and the last. All, or none.

    Raises Unposted as `post_many` does.
    """
    payers = {row.code: row.payer for row in lines(book)}
    host = find_book(book).host
    entered = [
        Entered(
            legs_of(one.deed, payers=payers, host=host), one.day, one.deed.verb.kind, one.citation,
            one.note, one.late,
        )
        for one in given
    ]  # fmt: skip
    return post_many(book, entered, by=by, on=on)
