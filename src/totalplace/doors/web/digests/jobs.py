"""Digests are sent every night; run twice on a day, nobody gets two."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress

from django.utils import timezone

from totalplace.doors.web import waiting
from totalplace.doors.web.digests import actions, queries
from totalplace.doors.web.digests.post_office import message, post_office
from totalplace.doors.web.work.telling import Telling
from totalplace.refusal import Refused

_log = logging.getLogger(__name__)


def send(telling: Telling) -> str:
    """Send everybody who asked for it what waits for them. Refused: the server takes none."""
    office = post_office()
    if office is None:
        return "No server for e-mail is named, so none was sent."
    now = timezone.now()
    due = queries.due(now.date())
    sent = failed = 0
    connection = office.connection()
    try:
        for number, (officer, address) in enumerate(due):
            telling.far("Sending digests", number, len(due), "officers")
            waits = waiting.for_officer(officer, on=now)
            if not waits:
                continue
            try:
                mail = message(office, code=officer.code, to=address, waits=waits)
                mail.connection = connection
                mail.send()
            except smtplib.SMTPRecipientsRefused:
                failed += 1
                _log.warning("the address of an officer was refused: %s", officer.code)
                continue
            actions.sent(officer.code, now.date())
            sent += 1
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(
            f"{sent} digests were sent, and then no more",
            why=f"the server for e-mail did not take them ({type(error).__name__})",
            next_step="See that TOTALPLACE_SMTP_HOST and what goes with it are right",
        ) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    return f"{sent} digests were sent" + (f", {failed} addresses were refused." if failed else ".")
