"""Forgetting, every night, what of signing in is no longer needed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from totalplace.doors.web.work.telling import Telling

AFTER: Final = timedelta(hours=24)  # what a night finds too fresh, the next one takes


def forget(telling: Telling | None = None) -> str:
    """Remove ended sessions, old failed sign-ins, counts that ran out, and keys of who has left.

    Says how many rows they were.
    """
    now = timezone.now()
    gone = Session.objects.filter(expire_date__lt=now).delete()[0]
    living = Session.objects.values("session_key")
    gone += UserSession.objects.exclude(session_key__in=living).delete()[0]
    for model in (AccessAttempt, AccessFailureLog):
        gone += model.objects.filter(attempt_time__lt=now - AFTER).delete()[0]
    for model in (Authenticator, SocialAccount):
        gone += model.objects.filter(user__is_active=False).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_counts WHERE expires < now()")
        gone += cursor.rowcount
    return f"{gone:,} rows of sign-in were no longer needed and are forgotten."
