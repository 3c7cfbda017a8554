"""Who wants digests, and who still has to be sent one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from totalplace.doors.web.digests.models import Digest
from totalplace.places.rules.mandates import Officer


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
