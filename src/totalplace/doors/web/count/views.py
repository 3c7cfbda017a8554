"""The pages of an edition: its views, each with its downloads and its paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from totalplace.count.rules.words import plural
from totalplace.doors.web import spending
from totalplace.doors.web.count import paper
from totalplace.doors.web.count.bases import bases_page
from totalplace.doors.web.count.bodies import bodies_page, body_page
from totalplace.doors.web.count.capital import capital_page
from totalplace.doors.web.count.compared import Two, compared_page
from totalplace.doors.web.count.downloads import FORMS, Origin
from totalplace.doors.web.count.explained import explained_page
from totalplace.doors.web.count.held import coverage_page, rulings_page, sources_page
from totalplace.doors.web.count.opening import (
    Reading,
    address,
    edition_read,
    latest,
    place_named,
    readable,
)
from totalplace.doors.web.count.page import Link, Page
from totalplace.doors.web.count.purposes import decides_page, purpose_page, purposes_page
from totalplace.doors.web.count.transfers import transfers_page
from totalplace.doors.web.count.whole import whole_page
from totalplace.doors.web.front import private, public
from totalplace.doors.web.showing import now, show, who
from totalplace.money.years import FinancialYear

Made = Callable[[Reading], Page]

VIEWS: Final[dict[str, tuple[str, Made]]] = {  # address: name in the list of views, and its page
    "": ("Whole place", whole_page),
    "purposes": ("By purpose", purposes_page),
    "agencies": ("By body", bodies_page),
    "decides": ("Who decides", decides_page),
    "capital": ("Building", capital_page),
    "transfers": ("Each pound once", transfers_page),
    "bases": ("Budget, outturn and payments", bases_page),
    "coverage": ("What is held and missing", coverage_page),
    "rulings": ("Rulings", rulings_page),
    "sources": ("Sources", sources_page),
}


@require_safe
def of_year(request: HttpRequest, place: str, year: str) -> HttpResponseBase:
    """The latest edition of a year: a year's address moves on, an edition's does not."""
    named = place_named(place)
    row = latest(readable(named.code, who(request), now()), _year(year))
    if row is None:
        raise Http404("No edition of that year is published.")
    return HttpResponseRedirect(address(row))


def _year(said: str) -> str:
    try:
        return FinancialYear.parse(said).label
    except ValueError as error:
        raise Http404("That is no financial year.") from error


@require_safe
def view(
    request: HttpRequest, place: str, year: str, number: int, name: str = "", form: str = ""
) -> HttpResponseBase:
    """A view of an edition, as a page or as a file."""
    reading = _read(request, place, year, number)
    return _shown(request, reading, VIEWS[name][1](reading), form)


@require_safe
def purpose(
    request: HttpRequest, place: str, year: str, number: int, code: str, form: str = ""
) -> HttpResponseBase:
    """A purpose, as a page or as a file."""
    reading = _read(request, place, year, number)
    return _shown(request, reading, purpose_page(reading, code), form)


@require_safe
def body(
    request: HttpRequest, place: str, year: str, number: int, code: str, form: str = ""
) -> HttpResponseBase:
    """A body, as a page or as a file."""
    reading = _read(request, place, year, number)
    return _shown(request, reading, body_page(reading, code), form)


@require_safe
def explain(
    request: HttpRequest, place: str, year: str, number: int, form: str = ""
) -> HttpResponseBase:
    """A number explained, as a page or as a file."""
    reading = _read(request, place, year, number)
    said = {key: str(value) for key, value in request.GET.items()}
    page = explained_page(reading, said, request.GET.urlencode())
    return _shown(request, reading, page, form)


@require_safe
def compare(
    request: HttpRequest, place: str, year: str, number: int, other: int, form: str = ""
) -> HttpResponseBase:
    """Two editions of a year compared, as a page or as a file."""
    before = _read(request, place, year, number)
    after = _read(request, place, year, other)
    return _shown(request, before, compared_page(Two(before, after)), form, both=after.is_public)


def _read(request: HttpRequest, place: str, year: str, number: int) -> Reading:
    named = place_named(place)
    return edition_read(named.code, _year(year), number, who(request), now())


def _shown(
    request: HttpRequest, reading: Reading, page: Page, form: str, *, both: bool = True
) -> HttpResponseBase:
    is_public = reading.is_public and both
    if not form:
        response = show(request, "count/view.html", context_of(request, reading, page))
    elif form == "pdf":
        response = paper.pdf(reading, page, origin_of(request, reading, page))
    else:
        media, write = FORMS[form]
        written = write(page, origin_of(request, reading, page))
        response = HttpResponse(written, content_type=media)
        name = "-".join([reading.row.citation.replace("/", "-"), *page.at, form][:-1])
        response["Content-Disposition"] = f'attachment; filename="{_file_name(name)}.{form}"'
    if not is_public:
        response["X-Robots-Tag"] = "noindex"
        return private(response)
    return public(response)


def _file_name(said: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in said)


def context_of(request: HttpRequest, reading: Reading, page: Page) -> dict[str, Any]:
    """All that the template of a view shows."""
    here = reading.to(*page.at)
    query = f"?{page.query}" if page.query else ""
    return {
        "page": page,
        "reading": reading,
        "row": reading.row,
        "whole": reading.whole,
        "is_public": reading.is_public,
        "views": [
            Link(name, reading.to(at)) for at, name in {**_named(VIEWS), **spending.VIEWS}.items()
        ],
        "here": here,
        "downloads": [
            Link(words, f"{here}download.{form}{query}") for form, words in _DOWNLOADS.items()
        ],
        "origin": origin_of(request, reading, page),
        "others": _others(request, reading),
        "pdf_missing": paper.why_not(),
        "made_from": plural(len(reading.opened.plain["files"]), "file"),
    }


def _named(views: Mapping[str, tuple[str, Made]]) -> dict[str, str]:
    return {at: name for at, (name, _) in views.items()}


_DOWNLOADS: Final = {
    "csv": "CSV", "xlsx": "Excel workbook", "json": "JSON", "parquet": "Parquet",
    "pdf": "PDF, as a board paper",
}  # fmt: skip


def _others(request: HttpRequest, reading: Reading) -> list[Link]:
    """The other editions of the year that the reader may read, to compare this one with."""
    rows = [
        r
        for r in readable(reading.row.place, who(request), now())
        if r.year == reading.row.year and r.number != reading.row.number
    ]
    found = []
    for r in rows:
        before, after = sorted((r.number, reading.row.number))
        at = f"{address(r).rsplit('/', 2)[0]}/{before}/compare/{after}/"
        found.append(Link(f"Edition {r.number}, {r.standing}", at))
    return found


def origin_of(request: HttpRequest, reading: Reading, page: Page) -> Origin:
    """Where a file of a page says that it is from."""
    query = f"?{page.query}" if page.query else ""
    at = request.build_absolute_uri(reading.to(*page.at) + query)
    row = reading.row
    return Origin(at, row.citation, row.digest, row.standing.value, _as_of(reading))


def _as_of(reading: Reading) -> str:
    """The day the latest file was taken; of an older edition, the day it was made."""
    days = [f.taken_on for f in reading.opened.files if f.taken_on is not None]
    last: date = max(days, default=reading.row.on.date())
    return f"{last.day} {last:%B %Y}"
