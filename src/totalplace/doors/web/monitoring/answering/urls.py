"""Addresses of answers to findings, below /monitoring/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.monitoring import feed, hooks
from totalplace.doors.web.monitoring.answering import acting, looking

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path("<str:place>/findings.atom", feed.atom, name="findings-feed"),
    path("<str:place>/hooks/", hooks.of_place, name="hooks"),
    path("<str:place>/hooks/<int:number>/end/", hooks.end, name="hook-end"),
    path("<str:place>/answers/", looking.of_place, name="answers"),
    path("<str:place>/answers/<int:number>/", looking.one, name="answer"),
    path("<str:place>/answers/<int:number>/open/", acting.begin, name="answer-open"),
    path("<str:place>/answers/<int:number>/<slug:verb>/", acting.move, name="answer-act"),
]
