"""Addresses below /monitoring/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.monitoring.scorecard import looking

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path("scorecard/", looking.page, name="watch-scorecard"),
    *(path(f"scorecard/download.{form}", looking.download, {"form": form})
      for form in ("csv", "xlsx")),
]  # fmt: skip
