"""Which plan an address means, which version of it may be read, and what every page of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest

from totalplace.commissioning.queries.appraisals import appraisals
from totalplace.commissioning.queries.plans import PlanRow, VersionRow, plan
from totalplace.commissioning.queries.weighing import version_to_read, weighed_version
from totalplace.commissioning.rules.sorts import Sort
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, who
from totalplace.refusal import Refused

# The pages of the analysis: where each is, and what it is called.
PAGES: Final = (
    ("money/", "The money, year by year"),
    ("prices/", "What each demand costs"),
    ("frontier/", "Other plans to walk to"),
    ("pressure/", "If there were less money"),
    ("known/", "How much of it is known"),
    ("why/", "Why did my service change?"),
    ("totals/", "Try amounts"),
    ("paper/", "Board paper"),
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan that may be read, its version, and the plan as it is weighed."""

    row: PlanRow
    version: VersionRow
    weighed: Weighed
    sort: Sort

    @property
    def base(self) -> str:
        """The address below which its pages stand."""
        return f"/commissioning/{self.row.citation.id}/"

    @property
    def shown(self) -> Mapping[str, Any]:
        """What the frame of each page is given."""
        return {
            "row": self.row,
            "version": self.version,
            "weighed": self.weighed,
            "base": self.base,
            "crumbs": [
                ("Plans", "/commissioning/"),
                (self.row.place_name, f"/commissioning/{self.row.place}/"),
                (self.row.title, self.base),
            ],
            "pages": PAGES,
            "draft": not self.version.number,
            "appraised": self.row.place if appraised(self.row.place) else "",
            "candidate": self.version.candidate(self.sort),
        }


def appraised(place: str) -> bool:
    """Whether there is an appraisal of a place that anybody may read."""
    return any(one.published for one in appraisals(place))


def opened(request: HttpRequest, place: str, number: int, *, as_proposed: bool = False) -> Opened:
    """The plan of an address, weighed as it is proposed, or another candidate of it by `?plan=`.

    `as_proposed` leaves what is asked for aside.

    Raises Http404 where there is none, or it is others' draft.
    """
    row, version = readable(request, place, number)
    asked = "" if as_proposed else request.GET.get("plan", "")
    sort = next((one.sort for one in version.candidates if one.sort.value == asked), None)
    chosen = sort or version.stands.sort
    return Opened(row, version, weighed_version(row, version, chosen), chosen)


def readable(request: HttpRequest, place: str, number: int) -> tuple[PlanRow, VersionRow]:
    """A plan and the version of it that the reader may read. Raises Http404 where there is none."""
    try:
        row = plan(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    version = version_to_read(row, who(request), today())
    if version is None:
        raise Http404
    return row, version


def page_of(request: HttpRequest, count: int, shown: int) -> tuple[int, int]:
    """Which page of a list is asked for by `?page=`, of how many; the nearest that there is."""
    pages = max(1, -(-count // shown))
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, page), pages), pages


def today() -> date:
    """The day in England."""
    return local_day(now())
