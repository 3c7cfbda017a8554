"""The pages of an account: signing in and out, second factor, sessions, single sign-on.

Of the library's pages, those by which accounts are made or changed by anybody are closed.
"""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import include, path, re_path

from totalplace.doors.web.sign_in import pages, provider

_CLOSED = r"^(signup|email|confirm-email|password/(set|reset)|3rdparty/(signup|$)|2fa/trust)"


def closed(request: HttpRequest, *args: object, **said: object) -> NoReturn:
    """There is no such page here."""
    raise Http404


urlpatterns = [
    path("welcome/<slug:said>/<slug:token>/", pages.welcome, name="welcome"),
    re_path(_CLOSED, closed),
    path("single-sign-on/<slug:provider_id>/login/callback/", provider.callback),
    path("", include("allauth.urls")),
]
