"""How long a session lives, and what it knows of how its officer signed in.

A session ends after half an hour without an act and after twelve hours in any case (OWASP ASVS
5.0.0: 7.3.1, 7.3.2), and when its officer signs in anew elsewhere: one account, one person, one
place.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
_NOTE_EVERY: Final = 60.0  # seconds: not every page need write that it was read
_SINCE, _SEEN = "since", "seen"
_TYPED: Final = frozenset({"password", "mfa"})
PROVIDER_ASKED_TWICE: Final = "provider_asked_twice"


def has_second_factor(request: HttpRequest) -> bool:
    """Whether more than a password stands behind a session."""
    ways = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in ways or (
        "socialaccount" in ways and bool(request.session.get(PROVIDER_ASKED_TWICE))
    )


def typed_just_now(request: HttpRequest) -> None:
    """Let what was typed to sign in count for the first minutes where it would be asked again."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {**record, "reauthenticated": True} if record.get("method") in _TYPED else record
        for record in records
    ]


def has_ended(since: float, seen: float, *, now: float) -> bool:
    """Whether a session that began and was last used then (seconds) is over."""
    return now - seen > IDLE.total_seconds() or now - since > LONGEST.total_seconds()


def end_others(request: HttpRequest) -> int:
    """End every other session of whoever is signed in. Returns how many there were."""
    mine = request.session.session_key
    others = UserSession.objects.filter(user=request.user).exclude(session_key=mine)
    ended = 0
    for other in others:
        ended += int(other.exists())
        other.end()
    return ended


def end_all(account_id: int) -> None:
    """End every session of an account."""
    for session in UserSession.objects.filter(user_id=account_id):
        session.end()


def end_all_of(code: str) -> None:
    """End every session of an officer."""
    for session in UserSession.objects.filter(user__code=code):
        session.end()


def renew(request: HttpRequest) -> None:
    """Give a session whose officer has proved more another key: who knew the former has nothing."""
    former = request.session.session_key
    if former is None or not request.user.is_authenticated:
        return
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)


class Lifetimes:
    """End sessions that are over, and note that the others are in use."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look at the session of a request before anything else does."""
        if not request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        self._look(request, time.time())
        proved = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY)
        response = self.get_response(request)
        if request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) != proved:
            renew(request)
        response.setdefault("Cache-Control", "private, no-store")
        return response

    @staticmethod
    def _look(request: HttpRequest, now: float) -> None:
        since = request.session.get(_SINCE, now)
        seen = request.session.get(_SEEN, since)
        if has_ended(since, seen, now=now):
            logout(request)
        elif _SEEN not in request.session or now - seen > _NOTE_EVERY:
            request.session[_SINCE] = since
            request.session[_SEEN] = now
