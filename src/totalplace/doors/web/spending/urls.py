"""The addresses of the pages of payments, below an edition's."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, path

from totalplace.doors.web.count.downloads import FORMS
from totalplace.doors.web.spending import alike, areas, line, payee, searching, trend

_LISTS: Final = tuple(FORMS)
_PAGES: Final = (*FORMS, "pdf")


def _with_files(at: str, view: object, forms: tuple[str, ...]) -> list[URLPattern]:
    """A page and its files."""
    found = [path(at, view)]  # type: ignore[call-overload]
    found += [path(f"{at}download.{form}", view, {"form": form}) for form in forms]  # type: ignore[call-overload]
    return found


urlpatterns: list[URLPattern] = [
    *_with_files("payments/", searching.payments, _LISTS),
    *_with_files("payments/<str:file>/<int:row>/", line.line, _PAGES),
    path("payments/<str:file>/original/", line.original),
    *_with_files("payees/", searching.every_payee, _LISTS),
    *_with_files("payees/<str:key>/", payee.payee, _PAGES),
    *_with_files("trend/", trend.trend, _PAGES),
    *_with_files("map/", areas.areas, _PAGES),
    *_with_files("compare-places/", alike.compare_places, _PAGES),
]
