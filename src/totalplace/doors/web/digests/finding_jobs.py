"""Findings go out by e-mail, to nobody more than once a week, and to nobody where nothing moved."""

from __future__ import annotations

import logging
import smtplib
from contextlib import suppress

from django.utils import timezone

from totalplace.doors.web.digests import actions, queries
from totalplace.doors.web.digests.findings import message, news_for
from totalplace.doors.web.digests.post_office import post_office
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring.queries.answering import moves_after
from totalplace.monitoring.queries.findings import findings
from totalplace.refusal import Refused

_log = logging.getLogger(__name__)


def send(telling: Telling) -> str:
    """Send everybody who asked for it what is news to them. Refused: the server takes none."""
    office = post_office()
    if office is None:
        return "No server for e-mail is named, so none was sent."
    today = timezone.now().date()
    following = queries.following(today)
    every = findings() if following else []
    moves = moves_after(min(one.moves_upto for one in following)) if following else []
    sent = failed = 0
    connection = office.connection()
    try:
        for number, one in enumerate(following):
            telling.far("Sending findings by e-mail", number, len(following), "officers")
            found = [row for row in every if row.id > one.findings_upto]
            moved = [row for row in moves if row.id > one.moves_upto]
            news = news_for(one.places, one.subjects, found, moved)
            if not news:
                continue
            try:
                mail = message(office, code=one.officer, to=one.address, news=news)
                mail.connection = connection
                mail.send()
            except smtplib.SMTPRecipientsRefused:
                failed += 1
                _log.warning("the address of an officer was refused: %s", one.officer)
                continue
            told = (max((row.id for row in found), default=0),
                    max((row.id for row in moved), default=0))  # fmt: skip
            actions.told_findings(one.officer, upto=told, on=today)
            sent += 1
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(
            f"{sent} e-mails of findings were sent, and then no more",
            why=f"the server for e-mail did not take them ({type(error).__name__})",
            next_step="See that TOTALPLACE_SMTP_HOST and what goes with it are right",
        ) from error
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()
    refused = f", {failed} addresses were refused." if failed else "."
    return f"{sent} e-mails of findings were sent{refused}"
