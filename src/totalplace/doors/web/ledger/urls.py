"""Addresses below /ledger/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

_HERE: Final = "totalplace.doors.web.ledger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{_HERE}.book.urls")),
    path("", include(f"{_HERE}.partners.urls")),
]
