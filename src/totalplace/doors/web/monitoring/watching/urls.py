"""Addresses below /monitoring/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.monitoring.watching import acting, found, looking, series, units

_PLACE: Final = "<slug:place>/"
_FINDING: Final = f"{_PLACE}findings/<int:number>/"
_SERIES: Final = f"{_PLACE}<path:code>/"
_FILES: Final = ("csv", "xlsx")

# What a series is named by may have strokes in it, so its pages stand last.
urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path("", looking.every, name="watch"),
    path("units/", units.every, name="watch-units"),
    path("units/<slug:indicator>/", units.one, name="watch-unit"),
    *(path(f"units/<slug:indicator>/download.{form}", units.download, {"form": form})
      for form in _FILES),
    path(_PLACE, looking.of_place, name="watch-place"),
    *(path(f"{_PLACE}download.{form}", looking.download, {"form": form}) for form in _FILES),
    *(path(f"{_PLACE}paper.{form}", looking.paper, {"form": form}) for form in ("pdf", "xlsx")),
    path(f"{_PLACE}watch/", acting.set_watch, name="watch-set"),
    path(f"{_PLACE}findings/", found.every, name="watch-findings"),
    *(path(f"{_PLACE}findings/download.{form}", found.download, {"form": form})
      for form in _FILES),
    path(_FINDING, found.one, name="watch-finding"),
    path(f"{_FINDING}finding.json", found.frozen, name="watch-finding-text"),
    path(f"{_SERIES}begin-anew/", acting.begin_anew, name="watch-anew"),
    *(path(f"{_SERIES}figures.{form}", series.download, {"form": form}) for form in _FILES),
    path(_SERIES, series.one, name="watch-series"),
]  # fmt: skip
