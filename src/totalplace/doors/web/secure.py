"""What comes unencrypted to a service of https: a reader is led there, a program is refused."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.security import SecurityMiddleware

from totalplace.doors.api.problems import problem

_PROGRAMS: Final = "/api/"
_NEVER: Final = ("TRACE", "CONNECT")


class Secure(SecurityMiddleware):
    """Django's own headers and its way to https, but for programs, which are refused instead.

    A program that was led on would go on sending its token in the clear, and nobody would notice
    (ASVS 5.0.0, 4.1.2).
    """

    def process_request(  # type: ignore[override]  # it refuses, too
        self, request: HttpRequest
    ) -> HttpResponse | None:
        """Lead to https, or refuse. Nobody needs to be told what they sent."""
        if request.method in _NEVER:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        led: HttpResponse | None = super().process_request(request)
        if led is not None and request.path.startswith(_PROGRAMS):
            return problem(
                HTTPStatus.FORBIDDEN,
                "This is answered by https alone",
                why="it was asked unencrypted, so a token may have been read on the way",
                next_step="Revoke the token at /my/tokens/, make another, and ask by https",
            )
        return led

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Add the headers, and that no page elsewhere may take an answer into its own."""
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)
