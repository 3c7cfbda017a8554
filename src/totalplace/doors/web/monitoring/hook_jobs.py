"""New findings are sent to the addresses of their places; what fails is tried again, ever later.

What came of each is noted before the next is sent: run twice, nothing that was noted is sent twice.
Of one that was taken as this process was killed, the other system may hear twice, by one citation.
"""

from __future__ import annotations

import logging
from datetime import datetime
from math import ceil
from typing import Any, Final

from django.utils import timezone

from totalplace.doors.web.digests.post_office import post_office
from totalplace.doors.web.monitoring.hook_sending import Came, Sender
from totalplace.doors.web.participation.public.sending import keys
from totalplace.doors.web.work import enqueue
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring.actions.hooks import noted
from totalplace.monitoring.queries.findings import FindingRow
from totalplace.monitoring.queries.hooks import HookRow, to_send, tried_again_at
from totalplace.monitoring.rules.hooks import body_of, check_of, secret_of, signature
from totalplace.places.rules.mandates import Operator

JOB: Final = "send findings on"
_log = logging.getLogger(__name__)


def send(telling: Telling, *, sender: Sender | None = None) -> str:
    """Send what is to be sent, and ask to be run again when something is to be tried again."""
    sender = sender or Sender()
    sent = failed = 0
    waiting = list(to_send(on=timezone.now()))
    for number, (row, finding, turn) in enumerate(waiting):
        telling.far("Sending findings on", number, len(waiting), "findings")
        came = _sent(sender, row, finding)
        noted(row, finding.id, turn, taken=came.taken, came=came.words, on=timezone.now())
        sent, failed = sent + came.taken, failed + (not came.taken)
        if not came.taken:
            _log.warning("finding %s was not taken by address %s: %s",
                         finding.citation.id, row.number, came.words)  # fmt: skip
    again = tried_again_at(on=timezone.now())
    if again is not None:
        _later(again)
    return f"{sent} findings were sent on" + (f", {failed} were not taken." if failed else ".")


def _later(again: datetime) -> None:
    seconds = max(1, ceil((again - timezone.now()).total_seconds()))
    enqueue(
        JOB, by=Operator("nightly run"), about="the nightly run",
        words="send findings on again", after_seconds=seconds,
    )  # fmt: skip


def _sent(sender: Sender, row: HookRow, finding: FindingRow) -> Came:
    secret = known_secret(row)
    if secret is None:
        return Came(False, "its secret was made with a key that this service no longer has")
    body, at = body_of(told(finding)), int(timezone.now().timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "TotalPlace",
        "X-Totalplace-Finding": finding.citation.id,
        "X-Totalplace-Timestamp": str(at),
        "X-Totalplace-Signature": f"sha256={signature(secret, at, body)}",
    }
    return sender.send(row.address, body, headers)


def known_secret(row: HookRow) -> str | None:
    """The secret of an address, made again; None where the key by which it was made is gone."""
    made = (secret_of(key, row.salt) for key in keys())
    return next((secret for secret in made if check_of(secret) == row.check_digest), None)


def told(finding: FindingRow) -> dict[str, Any]:
    """A finding as another system gets it: what its public page says, and no more."""
    office = post_office()
    href = f"/monitoring/{finding.place}/findings/{finding.number}/"
    return {
        "finding": finding.citation.id,
        "place": finding.place,
        "series": finding.code,
        "title": finding.title,
        "area": finding.area,
        "area_name": finding.area_name,
        "subject": finding.subject.value,
        "kind": finding.sort.value,
        "sign": finding.sign.value,
        "alarm": finding.is_alarm,
        "protected": finding.protected,
        "since": finding.since.said,
        "since_day": finding.since.first_day.isoformat(),
        "headline": finding.headline,
        "said": " ".join(finding.told.sentences),
        "follows": finding.follows,
        "found_at": finding.on.isoformat(),
        "digest": finding.digest,
        "address": f"{office.url}{href}" if office else href,
    }
