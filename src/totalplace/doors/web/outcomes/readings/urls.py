"""Addresses of these pages."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.outcomes.readings import looking
from totalplace.doors.web.outcomes.readings.files import FORMS

_ONE: Final = "<slug:code>/"
_AREA: Final = "<slug:code>/<str:area>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="outcomes"),
    path("tables/", looking.tables, name="outcome-tables"),
    path("tables/<int:number>/", looking.table, name="outcome-table"),
    path("undefined/", looking.undefined, name="outcome-undefined"),
    path(_ONE, looking.one_indicator, name="outcome"),
    path(f"{_ONE}definition/", looking.definition, name="outcome-definition"),
    *(path(f"{_ONE}download.{form}", looking.one_indicator, {"form": form}) for form in FORMS),
    path(_AREA, looking.one_area, name="outcome-area"),
    *(path(f"{_AREA}download.{form}", looking.one_area, {"form": form}) for form in FORMS),
]
