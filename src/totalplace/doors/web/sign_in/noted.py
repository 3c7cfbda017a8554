"""What of signing in stands on the record: who came in and how, who left, who was locked out.

By the officer's code and nothing else: no address of a computer, no name of a browser.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any, Final

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from totalplace.doors.web.logs import tell
from totalplace.doors.web.sign_in.session import end_others, has_second_factor, typed_just_now
from totalplace.places import queries as places
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_WAYS: Final = {
    "password": "password",
    "mfa": "second factor",
    "socialaccount": "single sign-on",
}
_ID: Final = "sign-in"


def listen() -> None:
    """Be told of what happens."""
    user_logged_in.connect(_came_in, dispatch_uid=_ID)
    user_logged_out.connect(_left, dispatch_uid=_ID)
    user_locked_out.connect(_was_locked_out, dispatch_uid=_ID)
    user_login_failed.connect(_failed, dispatch_uid=_ID)
    authentication_failed.connect(_failed_twice, dispatch_uid=_ID)
    authenticator_added.connect(_took_on, dispatch_uid=_ID)
    authenticator_reset.connect(_took_on, dispatch_uid=_ID)
    authenticator_removed.connect(_gave_up, dispatch_uid=_ID)


def _note(code: str, verb: str, *, by: str = "", citing: str = "") -> None:
    about = Citation("officer", code)
    record.write(by or code, verb, about=about, on=datetime.now(UTC), citing=citing)


def _came_in(sender: Any, request: HttpRequest, user: Any, **said: Any) -> None:
    ways = [record["method"] for record in get_authentication_records(request, user)]
    if not ways:  # signed in by a test, past the forms
        return
    end_others(request)
    typed_just_now(request)
    named = " and ".join(dict.fromkeys(_WAYS.get(way, way) for way in ways))
    _note(user.code, "signed in", citing=f"by {named}")


def _left(sender: Any, request: HttpRequest, user: Any, **said: Any) -> None:
    if user is not None:
        _note(user.code, "signed out")


def _was_locked_out(sender: Any, request: HttpRequest, username: str, **said: Any) -> None:
    """Note a lock-out, where what was typed is an officer's code: else it may be anything."""
    try:
        officer = places.officer(username or "")
    except Refused:
        return
    _note(officer.code, "was locked out", by="the service", citing="too many failed sign-ins")


def _failed(sender: Any, **said: Any) -> None:
    """Tell the log, without whose sign-in it was: what was typed may be anything."""
    tell("a sign-in failed", level=logging.WARNING)


def _failed_twice(sender: Any, **said: Any) -> None:
    tell("a second factor was not right", level=logging.WARNING)


def _took_on(sender: Any, request: HttpRequest, user: Any, authenticator: Any, **said: Any) -> None:
    kind = str(authenticator.type)
    if kind == "totp" and not has_second_factor(request):
        record_authentication(request, user, method="mfa", type=kind, id=authenticator.pk)
    _note(user.code, "took on a second factor", citing=kind.replace("_", " "))


def _gave_up(sender: Any, user: Any, authenticator: Any, **said: Any) -> None:
    kind = str(authenticator.type).replace("_", " ")
    _note(user.code, "gave up a second factor", citing=kind)
