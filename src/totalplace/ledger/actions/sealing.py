"""Sealing postings: a batch has their digest over that of the batch before, and one entry."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.ledger import models
from totalplace.ledger.actions.refusals import told
from totalplace.ledger.queries.books import batches
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.rows import BatchRow, BookRow
from totalplace.ledger.queries.verifying import SEALED, citing, counted, rows_of
from totalplace.ledger.rules.sealing import BEGINNING, digest_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn


@transaction.atomic
def seal(book: str, *, by: Who, on: datetime) -> BatchRow | None:
    """Seal what is not sealed yet, in one batch with one entry on the record; None: nothing is.

    Whoever posts waits meanwhile. Whoever may post may, and whoever publishes heads of the record,
    as the nightly run does. Raises Refused for others, and where there is no such book.
    """
    its = find_book(book)
    posts = places.may(by, Act.POST, agency=its.host, place=its.place, on=on)
    act = Act.POST if posts else Act.PUBLISH_HEAD
    power = places.power(by, act, agency=its.host, place=its.place, on=on)
    return seal_what_is_open(its, by=by, on=on, power=power)


def seal_what_is_open(its: BookRow, *, by: Who, on: datetime, power: str) -> BatchRow | None:
    """Seal within the transaction of an act, which comes to the record last."""
    wait_for_postings()
    before = batches(its.code)
    previous, first = (before[-1].digest, before[-1].last + 1) if before else (BEGINNING, 1)
    postings, transfers, last = counted(its, first)
    if not postings:
        return None
    with told():
        models.Batch.objects.create(
            book_id=its.id,
            number=len(before) + 1,
            first=first,
            last=last,
            postings=postings,
            transfers=transfers,
            previous=previous,
            digest=digest_of(previous, rows_of(its, first, last)),
            by=by.name,
            on=on,
        )
    made = batches(its.code)[-1]
    record.write(by.name, SEALED, about=its.citation, on=on, power=power, citing=citing(made))
    return made


def wait_for_postings() -> None:
    """Wait until nobody posts, and let nobody post until this transaction ends."""
    take_turn("totalplace.ledger")
