"""The addresses of the count's pages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, include, path

from totalplace.doors.web.count import places, views
from totalplace.doors.web.count.downloads import FORMS

_FORMS: Final = (*FORMS, "pdf")
_EDITION: Final = "<str:place>/<str:year>/<int:number>/"


def _with_files(at: str, view: object, **said: str) -> list[URLPattern]:
    """A page and its files."""
    found = [path(at, view, said)]  # type: ignore[call-overload]
    found += [path(f"{at}download.{form}", view, {**said, "form": form}) for form in _FORMS]  # type: ignore[call-overload]
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("", places.every),
    path("<str:place>/", places.place),
    path("<str:place>/<str:year>/", views.of_year),
    *(p for at in views.VIEWS for p in _with_files(
        f"{_EDITION}{at}/" if at else _EDITION, views.view, name=at)),
    *_with_files(f"{_EDITION}explain/", views.explain),
    *_with_files(f"{_EDITION}compare/<int:other>/", views.compare),
    *_with_files(f"{_EDITION}purposes/<path:code>/", views.purpose),
    *_with_files(f"{_EDITION}agencies/<path:code>/", views.body),
    path(_EDITION, include("totalplace.doors.web.spending.urls")),
]  # fmt: skip
