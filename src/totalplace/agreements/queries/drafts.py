"""The working drafts of a side: read by that side alone.

Two guards that know nothing of each other: this query asks for a mandate of the side, and the
database shows no draft but of the side that the transaction has named.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from totalplace.agreements import models
from totalplace.agreements.queries.negotiations import negotiation
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.offers import Working, read
from totalplace.places.rules.mandates import Who


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A working draft, as its side left it."""

    turn: int
    working: Working
    by: str
    on: datetime


def draft(number: int, side: Side, *, by: Who, on: date) -> DraftRow | None:
    """The last draft of a side, for an officer of that side; None where nothing was drafted.

    Raises Refused for anybody else, and for who holds mandates of both sides.
    """
    row = negotiation(number)
    power_of(side, place=row.place, departments=row.departments, by=by, on=on)
    with drafts_of(row.id, side):
        found = (
            models.WorkingDraft.objects.filter(negotiation_id=row.id, side=side.value)
            .order_by("-turn")
            .first()
        )
    return DraftRow(found.turn, read(Working, found.text), found.by, found.on) if found else None


@contextmanager
def drafts_of(negotiation: int, side: Side) -> Iterator[None]:
    """Have the database show the drafts of one side of one negotiation, until this ends."""
    with transaction.atomic():
        _name(f"{negotiation}/{side.value}")
        yield
        _name("")


def _name(whose: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('totalplace.drafts_of', %s, true)", [whose])
