"""On which side of a negotiation somebody stands, and that nobody stands on both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.refusal import Refused

ACTS: Final = {Side.PLACE: Act.NEGOTIATE_FOR_PLACE, Side.CENTRE: Act.NEGOTIATE_FOR_CENTRE}


def power_of(side: Side, *, place: str, departments: Sequence[str], by: Who, on: date) -> str:
    """Under which power somebody acts for a side. Raises Refused where they may not, or for both.

    Whoever could read both sides' drafts would be no negotiator of either.
    """
    if isinstance(by, Officer) and all(
        stands_for(one, place=place, departments=departments, by=by, on=on) for one in Side
    ):
        raise Refused(
            f"{by.name} cannot act in this negotiation",
            why="they hold mandates of both sides, and nobody sees the drafts of both",
            next_step="End the mandate of one side first, or let another officer do it",
        )
    if side is Side.PLACE:
        return places.power(by, ACTS[side], place=place, on=on)
    for code in departments:
        if places.may(by, ACTS[side], agency=code, on=on):
            return places.power(by, ACTS[side], agency=code, on=on)
    return places.power(by, ACTS[side], agency=departments[0], on=on)


def stands_for(
    side: Side, *, place: str, departments: Sequence[str], by: Who | None, on: date
) -> bool:
    """Whether somebody holds a mandate of a side, whatever else they hold."""
    if side is Side.PLACE:
        return places.may(by, ACTS[side], place=place, on=on)
    return any(places.may(by, ACTS[side], agency=code, on=on) for code in departments)


def sides_of(place: str, departments: Sequence[str], by: Who | None, on: date) -> list[Side]:
    """The sides that somebody may act for: one; both for the operator of one's own computer.

    None for an officer who holds mandates of both.
    """
    found = [
        side
        for side in Side
        if stands_for(side, place=place, departments=departments, by=by, on=on)
    ]
    return [] if isinstance(by, Officer) and len(found) > 1 else found
