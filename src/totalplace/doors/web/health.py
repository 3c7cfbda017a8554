"""Whether the service lives and can be used, for whatever minds it: `/health` and `/ready`.

Answered before anything else, by whichever name the computer is asked, and without a session.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from totalplace.doors import records
from totalplace.refusal import Refused

_HEADERS: Final = {  # it is answered before what gives them to every other answer
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_LATELY: Final = 60  # seconds since the program that does the work last gave a sign of life


class Health:
    """Answer whether the service lives and is ready."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the two questions; leave all others to the pages."""
        if request.path == "/health":
            return _said({"lives": True})
        if request.path == "/ready":
            return _said(ready())
        return self.get_response(request)


def ready() -> dict[str, bool]:
    """Whether the records answer, are current, and work is being done."""
    try:
        current = records.is_current()
        works = current and _works()
    except (DatabaseError, Refused):
        return {"records": False, "current": False, "work": False}
    return {"records": _answers(), "current": current, "work": works}


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _works() -> bool:
    seen = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval"
    with connection.cursor() as cursor:
        cursor.execute(f"{seen} '1 second'", [_LATELY])
        return bool(cursor.fetchone()[0])


def _said(of: dict[str, bool]) -> JsonResponse:
    status = HTTPStatus.OK if all(of.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(of, status=status, headers=_HEADERS)
