"""How much of a plan is known: what its pounds rest on, its chance, and whether it holds."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.rules.known_told import (
    left_where_it_is,
    sentences,
    share_told,
    sources_of,
)
from totalplace.commissioning.rules.weighing.known import Footing
from totalplace.doors.report.plan_worked import how_known
from totalplace.doors.web.commissioning.weighing.opening import opened, page_of
from totalplace.doors.web.showing import show

_SHOWN: Final = 50  # sources or services to a page


@require_safe
def knowing(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The shares that are known, the chance, the direction, every source, and what is left."""
    found = opened(request, place, number)
    weighed = found.weighed
    it = how_known(weighed)
    known = it.value.known
    left, sources = left_where_it_is(weighed), sources_of(weighed)
    page, pages = page_of(request, max(len(left), len(sources)), _SHOWN)
    part = slice((page - 1) * _SHOWN, page * _SHOWN)
    said = {
        **found.shown,
        "it": it,
        "known": known,
        "sentences": sentences(known, it.value.chance, it.value.direction),
        "share_told": share_told,
        "footings": list(Footing),
        "sources": sources[part],
        "sources_of": len(sources),
        "left": left[part],
        "left_of": len(left),
        "page": page,
        "page_count": pages,
    }
    return show(request, "commissioning/weighing/known.html", said)
