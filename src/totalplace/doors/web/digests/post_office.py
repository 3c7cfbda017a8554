"""How e-mail leaves: a server named in the environment, and what every message carries."""

from __future__ import annotations

import os
import smtplib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.core import signing
from django.core.mail import EmailMessage, get_connection

from totalplace.doors.web.waiting import Wait
from totalplace.refusal import Refused

_SALT: Final = "digests"
_SECONDS: Final = 20  # that a server may take to answer
_NAMES: Final = (
    "SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "SMTP_FROM", "URL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostOffice:
    """A server that takes e-mail, and the address under which this service is reached."""

    host: str
    port: int
    user: str
    password: str
    security: str  # "starttls", "tls" or "none"
    sender: str
    url: str

    def connection(self) -> Any:
        """A connection to the server; closed by whoever opens it."""
        return get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=self.host, port=self.port, username=self.user, password=self.password,
            use_tls=self.security == "starttls", use_ssl=self.security == "tls", timeout=_SECONDS,
        )  # fmt: skip

    def send_at_once(self, mail: EmailMessage, *, else_do: str) -> None:
        """Send one message within this request, so that no queue holds its address.

        Raises Refused, with what to do next, where the server does not take it.
        """
        mail.connection = self.connection()
        try:
            mail.send()
        except (OSError, smtplib.SMTPException) as error:
            why = "the server for e-mail did not take it"
            raise Refused("The link was not sent", why=why, next_step=else_do) from error
        finally:
            with suppress(OSError, smtplib.SMTPException):
                mail.connection.close()


def post_office(environment: Mapping[str, str] = os.environ) -> PostOffice | None:
    """The server that is named in the environment; None where none is.

    Raises Refused where what is said of it cannot be right.
    """
    said = {name: environment.get(f"TOTALPLACE_{name}", "").strip() for name in _NAMES}
    if not said["SMTP_HOST"]:
        return None
    security = said["SMTP_SECURITY"] or "starttls"
    wrong = ""
    if security not in ("starttls", "tls", "none"):
        wrong = "TOTALPLACE_SMTP_SECURITY is not starttls, tls or none"
    elif security == "none" and said["SMTP_PASSWORD"]:
        wrong = "a password would pass unencrypted"
    elif not said["URL"].startswith(("https://", "http://")):
        wrong = "TOTALPLACE_URL does not say how this service is reached"
    elif "@" not in said["SMTP_FROM"]:
        wrong = "TOTALPLACE_SMTP_FROM is no address"
    elif said["SMTP_PORT"] and not said["SMTP_PORT"].isdecimal():
        wrong = "TOTALPLACE_SMTP_PORT is no number"
    if wrong:
        raise Refused("No e-mail can be sent", why=wrong, next_step="Put the environment right")
    return PostOffice(
        said["SMTP_HOST"], int(said["SMTP_PORT"] or (465 if security == "tls" else 587)),
        said["SMTP_USER"], said["SMTP_PASSWORD"], security, said["SMTP_FROM"],
        said["URL"].rstrip("/"),
    )  # fmt: skip


def leaving_token(code: str) -> str:
    """What a link to end digests carries: whose, signed, and good for ever."""
    return signing.Signer(salt=_SALT).sign(code)


def officer_of_token(token: str) -> str | None:
    """Whose digests a link ends; None where it was not signed by this service."""
    try:
        return str(signing.Signer(salt=_SALT).unsign(token))
    except signing.BadSignature:
        return None


def message(office: PostOffice, *, code: str, to: str, waits: Sequence[Wait]) -> EmailMessage:
    """The e-mail of what waits, which one click ends (RFC 2369 and RFC 8058)."""
    leave = f"{office.url}/digests/leave/{leaving_token(code)}/"
    things = "1 thing waits" if len(waits) == 1 else f"{len(waits)} things wait"
    lines = [f"{things} for you in Total Place.", ""]
    for wait in waits:
        until = f" (by {wait.by.day} {wait.by:%B %Y})" if wait.by else ""
        lines += [f"- {wait.words}{until}", f"  {office.url}{wait.href}"]
    lines += ["", "You asked for this e-mail. To get it no more:", leave, ""]
    return EmailMessage(
        subject=f"{things} for you", body="\n".join(lines), from_email=office.sender, to=[to],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip
