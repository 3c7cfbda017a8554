"""Asking to follow a place without an account, confirming it, being told, and being forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from totalplace.doors.web.digests.followers import queries
from totalplace.doors.web.digests.followers.queries import Followed
from totalplace.doors.web.digests.models import Follower
from totalplace.monitoring.queries.answering import latest
from totalplace.refusal import Refused

_ONCE_IN: Final = timedelta(days=1)  # one e-mail to an address about a place
_MOST_A_DAY: Final = 1_000  # links sent in a day: an installation is of one place, or a few


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent at once: the link that confirms, or, to who follows already, that ends."""

    confirms: bool
    token: str


@transaction.atomic
def ask(place: str, address: str, *, on: datetime) -> Letter | None:
    """Note that a place is to be followed from an address; gives what is to be sent to it now.

    None where something was sent to it within a day. Raises Refused beyond a thousand a day.
    """
    name, _, host = address.strip().rpartition("@")
    found, made = Follower.objects.get_or_create(
        place=place, address=f"{name}@{host.lower()}", defaults={"asked_at": on}
    )
    row = Follower.objects.select_for_update().get(pk=found.pk)
    if not made and on - row.asked_at < _ONCE_IN:
        return None
    if Follower.objects.filter(asked_at__gt=on - _ONCE_IN).count() > _MOST_A_DAY:
        raise Refused(
            "No link can be sent today",
            why="too many were asked for",
            next_step="Try again tomorrow, or follow the place with a feed reader",
        )
    Follower.objects.filter(pk=row.pk).update(asked_at=on)
    if row.confirmed_at is not None:
        return Letter(False, queries.leaving(row.pk))
    return Letter(True, queries.confirming(row.pk))


@transaction.atomic
def confirm(token: str, *, on: datetime) -> str | None:
    """Follow from now on; returns the place, or None where the link has lapsed.

    What was found before is no news.
    """
    row = queries.asked(token)
    if row is None:
        return None
    findings, moves = latest()
    Follower.objects.filter(pk=row.pk, confirmed_at=None).update(
        confirmed_at=on, findings_upto=findings, moves_upto=moves
    )
    return row.place


def leave(token: str) -> None:
    """Send no more to the address of a link, about any place, and forget it."""
    row = Follower.objects.filter(pk=queries.signed(token) or 0).exclude(address="").first()
    if row is not None:
        Follower.objects.filter(address=row.address).update(address="")


def forget_lapsed(on: datetime) -> int:
    """Empty the addresses that nobody confirmed in time; how many."""
    lapsed = Follower.objects.filter(confirmed_at=None, asked_at__lte=on - queries.LAPSES)
    return lapsed.exclude(address="").update(address="")


def told(places: Sequence[Followed], *, upto: tuple[int, int], on: date | None) -> None:
    """Note that what is up to these numbers is no news, and on which day it was sent; None: not."""
    findings, moves = upto
    Follower.objects.filter(pk__in=[one.id for one in places]).update(
        findings_upto=Greatest("findings_upto", Value(findings)),
        moves_upto=Greatest("moves_upto", Value(moves)),
        **({"sent_on": on} if on else {}),
    )
