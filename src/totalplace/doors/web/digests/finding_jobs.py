"""Findings go out by e-mail, to nobody more than once a week, and to nobody where nothing moved."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.utils import timezone

from totalplace.doors.web.digests import actions, queries
from totalplace.doors.web.digests.findings import leaving_token, message, news_for
from totalplace.doors.web.digests.followers import actions as follower_actions
from totalplace.doors.web.digests.followers import queries as followers
from totalplace.doors.web.digests.followers.queries import Followed, FollowerRow
from totalplace.doors.web.digests.post_office import PostOffice, post_office
from totalplace.doors.web.digests.queries import FollowRow
from totalplace.doors.web.work.telling import Telling
from totalplace.monitoring.queries.answering import Moved, moves_after
from totalplace.monitoring.queries.findings import FindingRow, findings_after
from totalplace.refusal import Refused

Found = tuple[list[FindingRow], list[Moved]]
_log = logging.getLogger(__name__)


def send(telling: Telling) -> str:
    """Send everybody who asked for it what is news to them. Refused: the server takes none."""
    office = post_office()
    follower_actions.forget_lapsed(timezone.now())
    if office is None:
        return "No server for e-mail is named, so none was sent."
    following = queries.following(timezone.now().date())
    without_account = followers.due(timezone.now().date())
    found = _found([*following, *(place for row in without_account for place in row.places)])
    sent = failed = 0
    connection = office.connection()
    try:
        for number, one in enumerate(following):
            telling.far("Sending findings by e-mail", number, len(following), "officers")
            try:
                sent += _sent(office, connection, one, found)
            except smtplib.SMTPRecipientsRefused:
                failed += 1
                _log.warning("the address of an officer was refused: %s", one.officer)
        for row in without_account:
            try:
                sent += _sent_to(office, connection, row, found)
            except smtplib.SMTPRecipientsRefused:
                failed += 1
                _log.warning("the address of follower %s was refused", row.places[0].id)
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


def _found(following: Sequence[FollowRow | Followed]) -> Found:
    """All that is news to anybody who follows findings."""
    if not following:
        return [], []
    upto = min(one.findings_upto for one in following)
    return findings_after(upto), moves_after(min(one.moves_upto for one in following))


def _sent(office: PostOffice, connection: Any, one: FollowRow, found: Found) -> bool:
    """Whether an e-mail was sent to somebody; none is where nothing moved."""
    rows = [row for row in found[0] if row.id > one.findings_upto]
    moves = [row for row in found[1] if row.id > one.moves_upto]
    upto = max((row.id for row in rows), default=0), max((row.id for row in moves), default=0)
    news = news_for(one.places, one.subjects, rows, moves)
    if not news:  # none of it is of what they follow, and need not be looked through again
        actions.told_findings(one.officer, upto=upto, on=None)
        return False
    leave = f"{office.url}/digests/findings/leave/{leaving_token(one.officer)}/"
    mail = message(office, leave=leave, to=one.address, news=news)
    mail.connection = connection
    mail.send()
    actions.told_findings(one.officer, upto=upto, on=timezone.now().date())
    return True


def _sent_to(office: PostOffice, connection: Any, row: FollowerRow, found: Found) -> bool:
    """Whether an e-mail was sent to somebody without an account, of all places they follow."""
    mine = {one.place: one for one in row.places}
    rows = [f for f in found[0] if f.place in mine and f.id > mine[f.place].findings_upto]
    moves = [
        m for m in found[1] if m.row.place in mine and m.id > mine[m.row.place].moves_upto
    ]  # fmt: skip
    upto = (
        max((one.id for one in found[0]), default=0),
        max((one.id for one in found[1]), default=0),
    )
    news = news_for((), (), rows, moves)
    if news:
        leave = f"{office.url}/digests/end/{row.leaving}/"
        mail = message(office, leave=leave, to=row.address, news=news)
        mail.connection = connection
        mail.send()
    follower_actions.told(row.places, upto=upto, on=timezone.now().date() if news else None)
    return bool(news)
