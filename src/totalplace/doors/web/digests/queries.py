"""Who wants digests, and who still has to be sent one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from totalplace.doors.web.digests.models import Digest
from totalplace.places.rules.mandates import Officer

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class FollowRow:
    """Somebody who follows findings: their address, what of, and up to what they were told."""

    officer: str
    address: str
    places: tuple[str, ...]
    subjects: tuple[str, ...]
    findings_upto: int
    moves_upto: int


def following(on: date) -> list[FollowRow]:
    """Who wants findings by e-mail and was sent none within a week of a day."""
    rows = Digest.objects.filter(findings=True, officer__is_active=True).exclude(officer__email="")
    rows = rows.filter(Q(findings_sent_on=None) | Q(findings_sent_on__lte=on - _WEEK))
    return [_follows(row) for row in rows.select_related("officer").order_by("officer__code")]


def follows(code: str) -> FollowRow | None:
    """What an officer follows; None where they follow nothing."""
    row = Digest.objects.filter(officer__code=code, findings=True).select_related("officer").first()
    return _follows(row) if row else None


def _follows(row: Digest) -> FollowRow:
    return FollowRow(
        row.officer.code, row.officer.email, tuple(row.places), tuple(row.subjects),
        row.findings_upto, row.moves_upto,
    )  # fmt: skip


def wants(code: str) -> bool:
    """Whether an officer wants digests."""
    return Digest.objects.filter(officer__code=code, wanted=True).exists()


def due(on: date) -> list[tuple[Officer, str]]:
    """Officers who want a digest and were sent none on a day, each with their address."""
    rows = Digest.objects.filter(wanted=True, officer__is_active=True).exclude(officer__email="")
    rows = rows.filter(Q(last_sent_on=None) | Q(last_sent_on__lt=on)).select_related("officer")
    return [
        (Officer(row.officer.code, row.officer.name), row.officer.email)
        for row in rows.order_by("officer__code")
    ]
