"""What waits for an officer in agreements: an answer to an offer, a signature, a promise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from totalplace.agreements.queries.agreements import agreements
from totalplace.agreements.queries.agreements_lacking import waiting
from totalplace.agreements.queries.negotiations import negotiations
from totalplace.agreements.queries.promises import due_soon
from totalplace.agreements.queries.sides import sides_of
from totalplace.doors.web.waiting import Wait
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer


def waits(officer: Officer, on: datetime) -> Iterator[Wait]:
    """Offers that the officer's side has to answer, signatures and promises that are theirs."""
    yield from _moves(officer, on)
    yield from _signatures(officer, on)
    yield from _promises(officer, on)


def _moves(officer: Officer, on: datetime) -> Iterator[Wait]:
    for row in negotiations():
        if row.to_move and row.to_move in sides_of(row.place, row.departments, officer, on):
            said = f"Answer in the negotiation '{row.title}', or offer something else"
            yield Wait(said, f"/agreements/negotiations/{row.number}/", row.answer_by)


def _signatures(officer: Officer, on: datetime) -> Iterator[Wait]:
    if not places.may_where(officer, Act.SIGN_AGREEMENT, on):
        return
    for row in agreements():
        turn = waiting(row).turn
        if turn and places.may(officer, Act.SIGN_AGREEMENT, agency=turn.party, on=on):
            cited = row.citation.id
            yield Wait(f"Sign agreement {cited}, {row.title}", f"/agreements/{cited}/sign/")


def _promises(officer: Officer, on: datetime) -> Iterator[Wait]:
    mine = {matter.agency for matter in places.may_where(officer, Act.SAY_KEPT, on)}
    for row in due_soon(on.date()) if mine else []:
        owed = row.standing
        if owed.promise.by in mine:
            said = f"Keep promise {owed.promise.number} of {row.title}: {owed.promise.what}"
            yield Wait(said, f"/agreements/promises/{row.citation}/", owed.due)
