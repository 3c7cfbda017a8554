"""What a session knows of how its officer signed in."""

from __future__ import annotations

from typing import Final

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

# A provider of single sign-on answers for its own second factor.
SECOND: Final = frozenset({"mfa", "socialaccount"})


def has_second_factor(request: HttpRequest) -> bool:
    """Whether more than a password stands behind a session."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in SECOND for record in records)
