"""Pages of a place's watch: every place, one seen from a distance, its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.watch_paper import (
    Found,
    WatchPaper,
    book_of,
    pdf_of,
    series_sheet,
    why_no_pdf,
)
from totalplace.doors.report.watch_told import (
    HEADS,
    QUIET_WORDS,
    beside_words,
    counted,
    grouped,
    plainly,
    row,
    said,
    since_words,
    sure_words,
)
from totalplace.doors.web.front import public
from totalplace.doors.web.monitoring.watching.answered import answers_of
from totalplace.doors.web.monitoring.watching.opening import (
    address_of,
    drawn,
    file,
    lines_of,
    look_at,
    promised,
    the_place,
    today,
)
from totalplace.doors.web.showing import who
from totalplace.monitoring.queries.findings import FindingRow, findings
from totalplace.monitoring.queries.watching import watch_of
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.mandates import Act

_MOST_IN_PAPER: Final = 60  # findings, the latest; the workbook of findings has them all


@dataclass(frozen=True, slots=True)
class _Listed:
    """A place in the list of all: its promise, how many findings it has, and the last of them."""

    place: PlaceRow
    promise: str
    findings: int
    last: FindingRow | None

    @property
    def told(self) -> date | None:
        """The day of the last finding."""
        return local_day(self.last.on) if self.last else None


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every place, with what its watch promises and found last."""
    by_place: dict[str, list[FindingRow]] = {}
    for one in findings():
        by_place.setdefault(one.place, []).append(one)
    rows = []
    for place in places.places():
        found = by_place.get(place.code, [])
        promise = f"{plainly(watch_of(place.code).promise)} false alarms a year at the most"
        rows.append(_Listed(place, promise, len(found), found[0] if found else None))
    return public(drawn(request, "every", {"rows": rows}))


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """A place seen from a distance: everything that is watched, the most serious first."""
    here = the_place(place)
    look = look_at(place)
    lines = lines_of(look)
    by, on = who(request), today()
    base = f"/monitoring/{place}/"
    choices = []
    if places.may(by, Act.SET_WATCH, place=place, on=on):
        choices.append(("Say what is watched", f"{base}watch/"))
    context = {
        "place": here, "lines": lines, "groups": grouped(lines), "tally": counted(lines),
        "promise": promised(look), "quiet_words": QUIET_WORDS, "address_of": address_of,
        "said": said, "beside_words": beside_words, "since_words": since_words,
        "sure_words": sure_words,
        "several_areas": len({line.watched.area for line in lines}) > 1,
        "left_out": look.watch.left_out, "choices": choices,
        "forms": [("download.csv", "CSV"), ("download.xlsx", "Excel"),
                  ("paper.xlsx", "Board paper with findings and answers, Excel"),
                  *([] if why_no_pdf() else [("paper.pdf", "Board paper, PDF")])],
    }  # fmt: skip
    return public(drawn(request, "place", context))


@require_safe
def download(request: HttpRequest, place: str, form: str) -> HttpResponse:
    """Every series of a place as the page shows it, with exact values."""
    the_place(place)
    look = look_at(place)
    lines = lines_of(look)
    if form == "csv":
        made = csv_text(HEADS, map(row, lines)).encode("utf-8-sig")
    else:
        about = [("Page", _cited(request, place)), ("As of", look.on.isoformat()),
                 ("Promise", promised(look))]  # fmt: skip
        made = book([Sheet("About", ("What", "Says"), about), series_sheet(lines)])
    return public(file(made, form, f"watch-{place}"))


@require_safe
def paper(request: HttpRequest, place: str, form: str) -> HttpResponse:
    """The board paper: the page seen from a distance, findings and answers.

    Raises Refused for a PDF where that is not installed.
    """
    here = the_place(place)
    look = look_at(place)
    answers = answers_of(place, today())
    found = tuple(
        Found(one.number, local_day(one.on), f"{one.title}, {one.area_name}", one.headline,
              answers.words(one.number))
        for one in findings(place)[:_MOST_IN_PAPER]
    )  # fmt: skip
    made = WatchPaper(
        here.name, look.on, promised(look), lines_of(look), found, _cited(request, place)
    )
    return file(pdf_of(made) if form == "pdf" else book_of(made), form, f"watch-paper-{place}")


def _cited(request: HttpRequest, place: str) -> str:
    return request.build_absolute_uri(f"/monitoring/{place}/")
