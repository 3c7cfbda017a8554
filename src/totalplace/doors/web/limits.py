"""How much one reader may ask of the service: acts in a minute, and the size of one request.

The counts are each process's own: they stop a program that runs wild, not somebody who guesses
passwords, whom `sign_in` and its counts in the records stop.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from totalplace.doors.web.sign_in.pages import asked_from

ACTS_A_MINUTE: Final = 120  # by one officer, or from one computer of nobody's
LARGEST_REQUEST: Final = 1_073_741_824  # bytes: a year of a department's payments as plain text
_MINUTE: Final = 60.0
_MOST_KEPT: Final = 10_000
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_PROGRAMS: Final = "/api/"  # counts each token, and says no as other programs read it


class Acts:
    """Counts acts, minute by minute, of whoever does them."""

    def __init__(self, *, most: int = ACTS_A_MINUTE) -> None:
        self._most = most
        self._minute = -1
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()

    def allows(self, whose: str, *, now: float) -> bool:
        """Count one more act at a time in seconds, and say whether it is still within measure."""
        with self._lock:
            minute = int(now // _MINUTE)
            if minute != self._minute or len(self._counts) > _MOST_KEPT:
                self._minute, self._counts = minute, {}
            self._counts[whose] = self._counts.get(whose, 0) + 1
            return self._counts[whose] <= self._most


class Limits:
    """Refuse what is too large or comes too often, before a page is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._acts = Acts()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request, or say why not."""
        if request.method in _READS or request.path_info.startswith(_PROGRAMS):
            return self.get_response(request)
        if _size(request) > LARGEST_REQUEST:
            return _page("413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not self._acts.allows(_whose(request), now=time.time()):
            answer = _page("429.html", HTTPStatus.TOO_MANY_REQUESTS)
            answer["Retry-After"] = str(int(_MINUTE))
            return answer
        return self.get_response(request)


def _whose(request: HttpRequest) -> str:
    if request.COOKIES and request.user.is_authenticated:
        return f"officer {request.user.pk}"
    return f"computer {asked_from(request)}"


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _page(template: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(render_to_string(template, using="pages"), status=status)
