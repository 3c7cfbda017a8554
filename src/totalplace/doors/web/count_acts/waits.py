"""What waits for an officer among editions: disputes to be settled, editions to be signed off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from totalplace.count.queries.editions import editions
from totalplace.count.rules.standing import Standing
from totalplace.doors.web.waiting import Wait
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer


def waits(officer: Officer, on: datetime) -> Iterator[Wait]:
    """Editions that only the officer, and others of their mandate, can move on."""
    for act, standing, asks in (
        (Act.SETTLE, Standing.DISPUTED, "Settle the disputes about"),
        (Act.SIGN_OFF, Standing.PROVISIONAL, "Sign off, or have disputed,"),
    ):
        named = {matter.place for matter in places.may_where(officer, act, on)}
        every = "" in named
        for row in editions() if named else []:
            theirs = row.standing is standing and (every or row.place in named)
            if theirs and places.may(officer, act, place=row.place, on=on):
                said = f"{asks} edition {row.number} of {row.place}, {row.year}"
                yield Wait(said, f"/count/{row.citation}/decide/")
