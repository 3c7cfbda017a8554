"""Who follows a place without an account, what their links carry, and who is due an e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from django.core import signing

from totalplace.doors.web.digests.models import Follower

LAPSES: Final = timedelta(days=2)  # a link that was not followed by then
_WEEK: Final = timedelta(days=7)
_CONFIRM: Final = signing.TimestampSigner(salt="digests.follower.confirm")
_LEAVE: Final = signing.Signer(salt="digests.follower.leave")


@dataclass(frozen=True, slots=True)
class Followed:
    """A place that somebody follows, and up to which finding and move they were told."""

    id: int
    place: str
    findings_upto: int
    moves_upto: int


@dataclass(frozen=True, slots=True)
class FollowerRow:
    """An address to which something may be sent on a day, and the places that it follows."""

    address: str
    places: tuple[Followed, ...]

    @property
    def leaving(self) -> str:
        """What a link carries that ends all e-mail to this address."""
        return leaving(self.places[0].id)


def confirming(number: int) -> str:
    """What a link carries that confirms; it lapses."""
    return _CONFIRM.sign(str(number))


def leaving(number: int) -> str:
    """What a link carries that ends, and is good for ever."""
    return _LEAVE.sign(str(number))


def place_of(token: str) -> str | None:
    """The place that a link would confirm; None where it has lapsed, or is none of ours."""
    row = asked(token)
    return row.place if row else None


def may_leave(token: str) -> bool:
    """Whether a link to leave was made by this service."""
    return signed(token) is not None


def due(on: date) -> list[FollowerRow]:
    """Every address that was confirmed and was sent nothing within a week of a day."""
    known = Follower.objects.exclude(address="").exclude(confirmed_at=None)
    lately = known.filter(sent_on__gt=on - _WEEK).values("address")
    rows = known.exclude(address__in=lately).order_by("address", "pk")
    return [
        FollowerRow(address, tuple(_followed(row) for row in some))
        for address, some in groupby(rows, key=lambda row: row.address)
    ]


def asked(token: str) -> Follower | None:
    """Whom a link would confirm; None where it has lapsed, was ended, or is none of ours."""
    try:
        number = _CONFIRM.unsign(token, max_age=LAPSES)
    except signing.BadSignature:
        return None
    return Follower.objects.filter(pk=int(number)).exclude(address="").first()


def signed(token: str) -> int | None:
    """Whom a link would end, by number; None where it is none of ours."""
    try:
        return int(_LEAVE.unsign(token))
    except signing.BadSignature:
        return None


def _followed(row: Follower) -> Followed:
    return Followed(row.pk, row.place, row.findings_upto, row.moves_upto)
