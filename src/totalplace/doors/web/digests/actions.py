"""An officer says whether they want digests; and a digest that was sent is noted."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from totalplace.doors.web.digests.models import Digest
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def choose(code: str, *, wanted: bool, on: datetime) -> None:
    """Want digests, or no more. Raises Refused where an officer without an address wants them."""
    account = get_user_model().objects.get(code=code)
    if wanted and not account.email:
        raise Refused(
            "No digest can be sent to you",
            why="no e-mail address is known of you",
            next_step="Ask an administrator to add it",
        )
    found, made = Digest.objects.get_or_create(
        officer=account, defaults={"wanted": wanted, "changed_at": on}
    )
    if not made and found.wanted == wanted:
        return
    if not made:
        Digest.objects.filter(pk=found.pk).update(wanted=wanted, changed_at=on)
    verb = "asked for e-mail digests" if wanted else "ended e-mail digests"
    record.write(code, verb, about=Citation("officer", code), on=on)


def sent(code: str, on: date) -> None:
    """Note that a digest was sent on a day, so that none is sent twice on it."""
    Digest.objects.filter(officer__code=code).update(last_sent_on=on)
