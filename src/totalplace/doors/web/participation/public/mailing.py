"""The link to an answer that is kept for later, sent by e-mail; the address is kept nowhere."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from totalplace.decisions.rules.days import in_words
from totalplace.doors.web.digests.post_office import post_office
from totalplace.participation.queries.public import HearingHead
from totalplace.refusal import Refused


def can_mail() -> bool:
    """Whether a server that takes e-mail is named."""
    return post_office() is not None


def mail_link(found: HearingHead, link: str, *, to: str) -> None:
    """Send the link at once, within this request, so that no queue holds the address.

    Raises Refused for what is no address, and where the server does not take the e-mail.
    """
    office = post_office()
    try:
        validate_email(to)
    except ValidationError as error:
        why = "that is no e-mail address"
        raise Refused("The link was not sent", why=why, next_step="Type it again") from error
    if office is None:
        why = "this service sends no e-mail"
        raise Refused("The link was not sent", why=why, next_step="Keep the link yourself")
    path = f"/participation/{found.number}/answer/{link}/"
    until = f" until {in_words(found.last_day)}" if found.last_day else ""
    body = (
        f"You kept your answer to “{found.title}” for later. Nobody has it yet.\n\n"
        f"Go on with it here{until}:\n{office.url}{path}\n\n"
        "Your e-mail address was used for this one message and was not kept.\n"
    )
    mail = EmailMessage(
        subject="Your answer, kept for later", body=body, from_email=office.sender, to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    office.send_at_once(
        mail, else_do="Write the link down, or try again later: what you typed is kept"
    )
