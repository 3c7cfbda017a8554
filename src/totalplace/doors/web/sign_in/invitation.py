"""A link for one use, by which an officer sets a password, and then a second factor, anew.

It is given by an administrator, for a first sign-in or after a password or telephone was lost. It
holds for three days, until it is used or another sign-in has taken place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from totalplace.doors.web.sign_in.session import end_all
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_STALE: Final = Refused(
    "This link can no longer be used",
    why="it was used before, it is older than three days, or another one was given since",
    next_step="Ask an administrator for a new one",
)


class _Tokens(PasswordResetTokenGenerator):
    """Signed by the installation; void once the password or the last sign-in changes."""

    key_salt = "totalplace.doors.web.sign_in.invitation"


_tokens = _Tokens()


@transaction.atomic
def invite(code: str, *, agency: str = "", place: str = "", by: Who, on: datetime) -> str:
    """The path of a link for one use, by which an officer sets a password and a second factor.

    `agency` or `place` says for which the administrator acts. Raises Refused where there is no
    such officer, for one who may not appoint, and for a link to oneself.
    """
    power = places.power(by, Act.APPOINT, agency=agency, place=place, on=on)
    officer = places.officer(code)
    if isinstance(by, Officer) and by.code == officer.code:
        raise Refused(
            "A link cannot be given to oneself",
            why="whoever holds this session could then take the account over",
            next_step="Ask another administrator, or change your password on your own page",
        )
    account = get_user_model().objects.get(code=officer.code)
    about = Citation("officer", officer.code)
    record.write(by.name, "gave a sign-in link", about=about, on=on, power=power)
    said = urlsafe_base64_encode(officer.code.encode())
    return reverse("welcome", kwargs={"said": said, "token": _tokens.make_token(account)})


def invited(said: str, token: str) -> Any:
    """The account of a link. Raises Refused where it can no longer be used."""
    try:
        code = urlsafe_base64_decode(said).decode()
    except ValueError:
        raise _STALE from None
    account = get_user_model().objects.filter(code=code, is_active=True).first()
    if account is None or not _tokens.check_token(account, token):
        raise _STALE
    return account


@transaction.atomic
def accept(said: str, token: str, password: str, *, on: datetime) -> None:
    """Set the password of a link's account; its former second factors and sessions end.

    Raises Refused where the link can no longer be used.
    """
    invited(said, token)
    code = urlsafe_base64_decode(said).decode()
    account = get_user_model().objects.select_for_update().get(code=code)
    invited(said, token)  # once more, now that nobody else can use it
    account.set_password(password)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()
    end_all(account.pk)
    record.write(code, "set a password", about=Citation("officer", code), on=on)
