"""Addresses below /participation/: hearings, the public's answers, the partnership."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.participation"

urlpatterns: list[URLPattern | URLResolver] = [
    path("partnership/", include(f"{_HERE}.partnership.urls")),
    path("", include(f"{_HERE}.public.urls")),
    path("", include(f"{_HERE}.hearings.urls")),
]
