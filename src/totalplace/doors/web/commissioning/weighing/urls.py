"""Addresses below /commissioning/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.commissioning.weighing import (
    asking,
    costing,
    knowing,
    money,
    papers,
    typing,
    walking,
)

_PLAN: Final = "<str:place>/<int:number>/"

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path(f"{_PLAN}totals/", typing.typing, name="plan-totals"),
    path(f"{_PLAN}paper/", papers.page, name="plan-paper"),
    path(f"{_PLAN}paper/paper.pdf", papers.pdf, name="plan-paper-pdf"),
    path(f"{_PLAN}paper/paper.xlsx", papers.workbook, name="plan-paper-workbook"),
    path(f"{_PLAN}known/", knowing.knowing, name="plan-known"),
    path(f"{_PLAN}prices/", costing.prices, name="plan-prices"),
    path(f"{_PLAN}prices/prices.csv", costing.prices_csv, name="plan-prices-csv"),
    path(f"{_PLAN}pressure/pressure.csv", costing.pressure_csv, name="plan-pressure-csv"),
    path(f"{_PLAN}pressure/", costing.pressure, name="plan-pressure"),
    path(f"{_PLAN}frontier/", walking.frontier, name="plan-frontier"),
    path(f"{_PLAN}frontier/<str:way>/<int:at>/", walking.step, name="plan-step"),
    path(f"{_PLAN}why/", asking.every, name="plan-why"),
    path(f"{_PLAN}why/<str:option>/", asking.one, name="plan-why-one"),
    path(f"{_PLAN}money/", money.money, name="plan-money"),
    path(f"{_PLAN}money/money.xlsx", money.workbook, name="plan-money-workbook"),
    path(f"{_PLAN}money/give/", money.give, name="plan-money-give"),
]
