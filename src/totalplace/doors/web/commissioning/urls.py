"""Addresses below /commissioning/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.commissioning"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{_HERE}.appraisals.urls")),
    path("", include(f"{_HERE}.weighing.urls")),
    path("", include(f"{_HERE}.plans.urls")),
]
