"""Who may read the record: it is one chain of the whole installation, and is read as a whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from totalplace.doors.web.showing import View, now, officer_of, officers_only, who
from totalplace.places import queries as places
from totalplace.places.rules import mandates
from totalplace.places.rules.mandates import Act, Matter


def may(request: HttpRequest, act: Act) -> bool:
    """Whether whoever is signed in may do an act on the record, for any of its places."""
    return bool(places.may_where(who(request), act, now()))


def readers_only(view: Callable[..., HttpResponseBase]) -> View:
    """Let only those see a page who may read the record; what it refuses says who they are."""

    @wraps(view)
    def seen(request: HttpRequest, *args: Any, **said: Any) -> HttpResponseBase:
        if not may(request, Act.READ_RECORD):
            raise mandates.refusal(officer_of(request).name, Act.READ_RECORD, Matter())
        response = view(request, *args, **said)
        response["Cache-Control"] = "private, no-store"
        return response

    return officers_only(seen)
