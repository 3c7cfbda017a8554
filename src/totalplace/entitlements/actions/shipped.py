"""Putting guarantees that come with the program on the record, as the law that they are already."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.entitlements.actions.enacting import enact
from totalplace.entitlements.actions.proposing import propose
from totalplace.entitlements.definitions.reading import shipped, shipped_text
from totalplace.entitlements.queries.guarantees import VersionRow, guarantees
from totalplace.entitlements.rules.moves import Shorter
from totalplace.places.rules.mandates import Who


@transaction.atomic
def put_shipped(code: str, *, by: Who, on: datetime) -> VersionRow | None:
    """Put a guarantee that ships in force from today; None where it was put on record before.

    Raises Refused where none of that code ships, or its national body is not registered.
    """
    text = shipped_text(code)
    if any(row.code == code for row in guarantees()):
        return None
    row = propose(text, reason="It comes with the program", by=by, on=on)
    law = "; ".join(one.text for one in shipped()[code].law.values())
    return enact(
        row.citation.id, first_day=local_day(on), shorter=Shorter.ALREADY_LAW,
        reason=f"It is the law already: {law}", by=by, on=on,
    )  # fmt: skip
