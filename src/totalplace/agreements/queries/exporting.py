"""A side's last step as a signed file, for the other side's own installation."""

from __future__ import annotations

from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from totalplace.agreements.queries.negotiations import negotiation, texts
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.exchange import written
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused


def signed_file(
    number: int, side: Side, *, key: Ed25519PrivateKey, by: Who, on: date, turn: int = 0
) -> str:
    """A step of a side, its last unless said otherwise, as a file that the side's key signs.

    Drafts are in no such file. Raises Refused where they are not of that side, or it took no step.
    """
    row = negotiation(number)
    power_of(side, place=row.place, departments=row.departments, by=by, on=on)
    mine = [step.turn for step in row.steps if step.side is side and turn in (0, step.turn)]
    if not mine:
        raise Refused(
            "There is nothing to export",
            why=f"the {side} has offered nothing yet"
            if not turn
            else f"step {turn} is not its own",
            next_step="Make an offer first" if not turn else "Choose a step of your own side",
        )
    opening, steps = texts(number)
    return written(opening, steps[mine[-1] - 1], key)
