"""What comes unencrypted to a service of https: a reader is led there, a program is refused."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Final, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware

from totalplace.doors.api.problems import problem

_PROGRAMS: Final = "/api/"
_NEVER: Final = ("TRACE", "CONNECT")


class Secure:
    """Django's own headers and its way to https, but for programs, which are refused instead.

    A program that was led on would go on sending its token in the clear, and nobody would notice
    (ASVS 5.0.0, 4.1.2).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._django = SecurityMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add that no page elsewhere may take an answer into its own."""
        refused = self._refused(request)
        if refused is None:
            answer = cast("HttpResponse", self._django(request))  # it waits for nothing
        else:
            answer = self._django.process_response(request, refused)
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer

    @staticmethod
    def _refused(request: HttpRequest) -> HttpResponse | None:
        if request.method in _NEVER:  # nobody needs to be told what they sent
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        plain = settings.SECURE_SSL_REDIRECT and not request.is_secure()
        if not plain or not request.path.startswith(_PROGRAMS):
            return None
        return problem(
            HTTPStatus.FORBIDDEN,
            "This is answered by https alone",
            why="it was asked unencrypted, so a token may have been read on the way",
            next_step="Revoke the token at /my/tokens/, make another, and ask by https",
        )
