"""Why did my service change? A service is found by its name, and answered from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.rules.sorts import Sort
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.doors.report.plan_worked import why_of
from totalplace.doors.web.commissioning.weighing.opening import opened, page_of
from totalplace.doors.web.showing import show

_SHOWN: Final = 50
_LONGEST: Final = 200  # letters that are looked for
_WAYS: Final = (("", "Any"), ("less", "Less money"), ("more", "More money"), ("same", "The same"))


@dataclass(frozen=True, slots=True)
class Service:
    """A service under a plan, over all its years, beside what it would have as now."""

    code: str
    title: str
    agency: str
    agency_name: str
    now: int
    pence: int

    @property
    def change(self) -> int:
        """How much more than now, in pence."""
        return self.pence - self.now

    @property
    def way(self) -> str:
        """Which way it goes."""
        return "less" if self.change < 0 else "more" if self.change > 0 else "same"


def services(weighed: Weighed) -> list[Service]:
    """Every service, what loses most first."""
    years, count = weighed.case.years, len(weighed.case.options)
    found = [
        Service(
            one.code, one.title, one.agency, weighed.name(one.agency), one.now_pence * years,
            sum(weighed.pence[place::count]),
        )
        for place, one in enumerate(weighed.case.options)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.change, one.title, one.code))


@require_safe
def every(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Services to choose from: found by name, agency, and which way their money goes."""
    found = opened(request, place, number)
    rows = services(found.weighed)
    agencies = sorted({(one.agency, one.agency_name) for one in rows}, key=lambda one: one[1])
    words = request.GET.get("words", "")[:_LONGEST]
    agency, way = request.GET.get("agency", ""), request.GET.get("way", "")
    wanted = words.casefold().split()
    rows = [
        one
        for one in rows
        if all(word in one.title.casefold() for word in wanted)
        and agency in ("", one.agency)
        and way in ("", one.way)
    ]
    page, pages = page_of(request, len(rows), _SHOWN)
    said = {
        **found.shown,
        "rows": rows[(page - 1) * _SHOWN : page * _SHOWN],
        "count": len(rows),
        "words": words,
        "agencies": [{"value": "", "text": "Any"}]
        + [{"value": c, "text": n, "selected": c == agency} for c, n in agencies],
        "ways": [{"value": c, "text": n, "selected": c == way} for c, n in _WAYS],
        "page": page,
        "page_count": pages,
        "query": urlencode(
            {"words": words, "agency": agency, "way": way, "plan": found.sort.value}
        ),
    }
    return show(request, "commissioning/weighing/why.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int, option: str) -> HttpResponse:
    """Why one service gets what it gets, with the numbers of the plan."""
    found = opened(request, place, number)
    if found.weighed.option(option) is None:
        raise Http404
    it = why_of(found.weighed, option)
    said = {
        **found.shown,
        "it": it,
        "why": it.value,
        "year": found.weighed.years[it.value.year],
        "other": found.sort is not Sort.MOST,
    }
    return show(request, "commissioning/weighing/why_one.html", said)
