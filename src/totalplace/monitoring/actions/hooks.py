"""Having the findings of a place sent to an address, ending that, and noting what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.commissioning.rules.addresses import is_public
from totalplace.monitoring import models
from totalplace.monitoring.actions.answering import TURN
from totalplace.monitoring.queries.hooks import HookRow, hook, hooks
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused, said_reason

_MOST: Final = 10  # addresses of a place to which anything is sent
_LONGEST: Final = 500  # letters of an address
_CAME: Final = 200


@transaction.atomic
def register(place: str, address: str, *, salt: str, check: str, by: Who, on: datetime) -> HookRow:
    """Have each new finding of a place sent to an address, from now on.

    `salt` is that of its secret, and `check` the digest by which the secret is known again; the
    secret itself is not kept. Raises Refused where `by` may not, for what is no public https
    address, for one that is there already, and for more than a few.
    """
    power = places.power(by, Act.SET_WATCH, place=place, on=on)
    address = address.strip()
    secure = address.startswith("https://") and address.isascii() and len(address) <= _LONGEST
    if not secure or not is_public(address):
        raise Refused(
            "Findings cannot be sent there",
            why="it is no address of the public web that begins with https://",
            next_step="Give one such as https://example.gov.uk/findings",
        )
    take_turn(TURN)
    before = hooks(place)
    live = [one for one in before if one.ended_on is None]
    if any(one.address == address for one in live) or len(live) >= _MOST:
        raise Refused(
            "Findings cannot be sent there",
            why=f"they are already, or they are sent to {_MOST} addresses, which is the most",
            next_step="End one first",
        )
    models.Hook.objects.create(
        place_id=places.place(place).id, number=len(before) + 1, address=address, salt=salt,
        check_digest=check, by=by.name, on=on,
    )  # fmt: skip
    made = hooks(place)[-1]
    record.write(
        by.name, "have findings sent to an address", about=made.citation, on=on, power=power,
        citing=address,
    )  # fmt: skip
    return made


@transaction.atomic
def end(place: str, number: int, *, reason: str, by: Who, on: datetime) -> HookRow:
    """Send nothing more to an address. Raises Refused where `by` may not, or it ended already."""
    power = places.power(by, Act.SET_WATCH, place=place, on=on)
    why = said_reason(reason, "It was not ended")
    take_turn(TURN)
    row = hook(place, number)
    if row.ended_on is not None:
        raise Refused("It was not ended", why="it ended already", next_step="Nothing need be done")
    models.HookEnd.objects.create(hook_id=row.id, reason=why, by=by.name, on=on)
    record.write(
        by.name, "send findings to an address no more", about=row.citation, on=on, power=power,
        citing=why,
    )  # fmt: skip
    return hook(place, number)


def noted(row: HookRow, finding: int, turn: int, *, taken: bool, came: str, on: datetime) -> None:
    """Note what came of one try. It is no act of anybody's, and stands on no record."""
    models.HookSending.objects.create(
        hook_id=row.id, finding_id=finding, turn=turn, taken=taken, came=came[:_CAME], on=on
    )
