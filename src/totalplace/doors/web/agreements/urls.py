"""Addresses below /agreements/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.agreements"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{_HERE}.models.urls")),
    path("", include(f"{_HERE}.negotiation.urls")),
    path("", include(f"{_HERE}.agreement.urls")),
    path("", include(f"{_HERE}.keeping.urls")),
]
