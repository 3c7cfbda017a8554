"""Addresses below /monitoring/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.monitoring"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{_HERE}.answering.urls")),
    path("", include(f"{_HERE}.capacity.urls")),
    path("", include(f"{_HERE}.partnership.urls")),
    path("", include(f"{_HERE}.scorecard.urls")),
    path("", include(f"{_HERE}.watching.urls")),
]
