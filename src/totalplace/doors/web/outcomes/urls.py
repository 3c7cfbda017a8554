"""Addresses below /outcomes/: the targets of a place, and readings."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.outcomes"

urlpatterns: list[URLPattern | URLResolver] = [
    path("targets/", include(f"{_HERE}.targets.urls")),
    path("", include(f"{_HERE}.readings.urls")),
]
