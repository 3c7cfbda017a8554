"""The pages of what went wrong: a page that is not there, is not for you, or broke."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from totalplace.doors.web.showing import show


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such page."""
    return show(request, "404.html", status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page is not for whoever asks."""
    return show(request, "403.html", status=HTTPStatus.FORBIDDEN)


def no_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token that shows that it is ours."""
    return show(request, "403.html", {"stale": True}, status=HTTPStatus.FORBIDDEN)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read. It may not even name a user, so nothing is asked of it."""
    page = render_to_string("400.html", using="pages")
    return HttpResponse(page, status=HTTPStatus.BAD_REQUEST)


def broken(request: HttpRequest) -> HttpResponse:
    """A defect of ours. Nothing is asked of the records, which may be what broke."""
    page = render_to_string("500.html", using="pages")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
