"""What each demand costs in outcomes, and what happens where there is less money."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.rules.prices_told import apart, kind_words, price_words
from totalplace.commissioning.rules.sorts import Sort
from totalplace.commissioning.rules.weighing.pressure import LESS, Squeezed
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.plan_weighed import prices_told
from totalplace.doors.report.plan_worked import pressure_of, prices_of
from totalplace.doors.web.commissioning.weighing.opening import opened, page_of
from totalplace.doors.web.showing import show

_SHOWN: Final = 100  # demands that cost something
_FREE: Final = 50  # demands that cost nothing
_OPTIONS: Final = 50  # services to a page


@require_safe
def prices(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """What each ring-fence, guarantee, floor and target costs, the dearest first."""
    found = opened(request, place, number)
    it = prices_of(found.weighed)
    dear, money = apart(it.value)
    free = [one for one in it.value if one.costs_nothing]
    said = {
        **found.shown,
        "it": it,
        "dear": dear[:_SHOWN],
        "dear_more": len(dear) - _SHOWN,
        "money": money[:_SHOWN],
        "kind_words": kind_words,
        "free": free[:_FREE],
        "free_more": len(free) - _FREE,
        "told": price_words,
        "other": found.sort is not Sort.MOST,
    }
    return show(request, "commissioning/weighing/prices.html", said)


@require_safe
def pressure(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """What is protected and what goes first, as money falls by up to a fifth."""
    found = opened(request, place, number)
    it = pressure_of(found.weighed)
    options = it.value.options
    lose = [one for one in options if one.first_cut is not None]
    page, pages = page_of(request, len(options), _OPTIONS)
    refused = next((one for one in it.value.cuts if one.refusal is not None), None)
    with_plan = [one for one in it.value.cuts if one.refusal is None]
    said = {
        **found.shown,
        "it": it,
        "cuts": it.value.cuts,
        "lose": len(lose),
        "options": options[(page - 1) * _OPTIONS : page * _OPTIONS],
        "count": len(options),
        "page": page,
        "page_count": pages,
        "no_plan": refused,
        "deepest": with_plan[-1] if with_plan else None,
        "fares": _fares,
        "heads": [
            "Service",
            "Now, a year",
            *(_head(one.per_cent) for one in with_plan),
        ],
    }
    return show(request, "commissioning/weighing/pressure.html", said)


def _head(per_cent: float) -> str:
    return f"Falls by {per_cent:g}%" if per_cent else "With no cut"


def _fares(one: Squeezed) -> str:
    """Whether a service loses as money falls, and whether it has lost with no cut at all."""
    uncut = one.pence[0]
    lost = uncut is not None and uncut < one.now_pence - LESS
    if one.first_cut is not None:
        loses = f"loses from a cut of {one.first_cut:g}%"
        return f"has lost some already; {loses}" if lost else loses
    if lost:
        return "has lost it already" if not uncut else "has lost some already; keeps the rest"
    return "no plan was found" if uncut is None else "keeps its money"


@require_safe
def prices_csv(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """What every demand costs, as a table for a spreadsheet."""
    found = opened(request, place, number)
    heads = ("demand", "title", "kind", "unit", "amount", "points_per", "low", "high",
             "whole_cost_points", "told")  # fmt: skip
    rows = (
        (one["demand"], one["title"], one["kind"], one["unit"], one["amount"], one["points_per"],
         one["low"], one["high"], one["whole_cost_points"], one["told"])
        for one in prices_told(prices_of(found.weighed).value)
    )  # fmt: skip
    return _csv(csv_text(heads, rows), f"prices-{place}-{number}.csv")


@require_safe
def pressure_csv(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """How every service fares as money falls, as a table for a spreadsheet; sums are pence."""
    found = opened(request, place, number)
    it = pressure_of(found.weighed).value
    cuts = tuple(f"falls_by_{one.per_cent:g}_per_cent" for one in it.cuts)
    heads = ("option", "title", "now_pence", *cuts, "first_cut", "told")
    rows = (
        (one.option, one.title, one.now_pence, *one.pence, one.first_cut, one.told)
        for one in it.options
    )
    return _csv(csv_text(heads, rows), f"pressure-{place}-{number}.csv")


def _csv(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
