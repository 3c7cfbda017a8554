"""Addresses below /monitoring/."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.urls import URLPattern, URLResolver, path, register_converter

from totalplace.doors.web.monitoring.capacity import acting, looking


class Day:
    """A day in an address: 2026-04-01."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day; ValueError, so no such page, where there is none of that name."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The day in an address."""
        return str(value)


register_converter(Day, "capacity_day")
_PLACE: Final = "<str:place>/capacity/"
_BODY: Final = f"{_PLACE}<str:agency>/"

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path(_PLACE, looking.of_place, name="capacity"),
    path(f"{_PLACE}capacity.csv", looking.table, name="capacity-table"),
    path(_BODY, looking.of_body, name="capacity-body"),
    path(f"{_BODY}give/", acting.give, name="capacity-give"),
    path(f"{_BODY}capacity.xlsx", looking.template, name="capacity-template"),
    path(f"{_BODY}<capacity_day:first_day>/", looking.of_body, name="capacity-period"),
]
