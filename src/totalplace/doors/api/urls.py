"""The addresses of the service for other programs, and of its pages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from totalplace.doors.api import pages
from totalplace.doors.api.problems import not_there
from totalplace.doors.api.service import patterns

_V1: Final[list[URLPattern | URLResolver]] = [
    path("", pages.described, name="api"),
    path("openapi.json", pages.openapi_json, name="openapi"),
    *patterns(),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", pages.to_described),
    path("api/v1/", include(_V1)),
    re_path(r"^api/", csrf_exempt(not_there)),
    path("my/tokens/", pages.tokens, name="tokens"),
    path("my/tokens/new/", pages.new_token, name="new-token"),
    path("my/tokens/<int:number>/revoke/", pages.revoke, name="revoke-token"),
]
