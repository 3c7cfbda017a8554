"""Addresses below /monitoring/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.monitoring.partnership import acting, looking

_PLACE: Final = "<str:place>/partnership/"
_ONE: Final = f"{_PLACE}<int:number>/"
_JUDGE: Final = f"{_ONE}answer/<str:agency>/<str:about>/<slug:principle>/"

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path(_PLACE, looking.of_place, name="partnership-rounds"),
    path(f"{_PLACE}open/", acting.open_round, name="partnership-open"),
    path(_ONE, looking.one, name="partnership-round"),
    path(f"{_ONE}answers.csv", looking.table, name="partnership-table"),
    path(f"{_ONE}close/", acting.close_round, name="partnership-close"),
    path(f"{_ONE}answer/", acting.begin, name="partnership-answer"),
    path(_JUDGE, acting.judge, name="partnership-judge"),
]
