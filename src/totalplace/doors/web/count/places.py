"""Every place, and one place: for its residents, and for those who make its count."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.count.queries.opened import opened
from totalplace.doors.report.whole.headline import headline
from totalplace.doors.web.count import resident
from totalplace.doors.web.count.onward import payment_views
from totalplace.doors.web.count.opening import (
    Reading,
    address,
    home,
    latest,
    may_read_all,
    place_named,
    readable,
    was_signed_off,
)
from totalplace.doors.web.count.page import Link
from totalplace.doors.web.front import private, public
from totalplace.doors.web.showing import now, show, who
from totalplace.places import queries as register
from totalplace.refusal import Refused


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every place that has a count to read, found by its name."""
    sought = request.GET.get("place", "").strip()
    said = {**listed(request, sought), "sought": sought}
    return public(show(request, "count/places.html", said))


def listed(request: HttpRequest, sought: str = "") -> dict[str, Any]:
    """The places whose name or code holds some words, each with what can be read of it."""
    words = sought.casefold().split()
    found = []
    for row in register.places():
        said = f"{row.name} {row.code}".casefold()
        if not all(word in said for word in words):
            continue
        edition = latest(readable(row.code, who(request), now()))
        if edition is None and not may_read_all(row.code, who(request), now()):
            continue
        says = "no edition yet"
        if edition is not None:
            says = f"{edition.year}, edition {edition.number}: {edition.standing}"
        found.append(Link(row.name, f"/count/{row.code}/", says))
    return {"places": found}


@require_safe
def place(request: HttpRequest, place: str) -> HttpResponse:
    """A place: where a pound goes, then the chain and where each of its stages stands."""
    named = place_named(place)
    by, on = who(request), now()
    rows = readable(named.code, by, on)
    row = latest(rows)
    reading, gone = None, ""
    if row is not None:
        try:
            reading = Reading(row, opened(home(), row))
        except Refused as refused:
            gone = str(refused)
    said = {
        "place": named,
        "reading": reading,
        "row": row,
        "gone": gone,
        "editions": [
            (Link(f"{r.year}, edition {r.number}", address(r), r.standing.value), r)
            for r in sorted(rows, key=lambda r: (r.year, r.number), reverse=True)
        ],
        "stages": resident.stages(reading, rows[-1] if rows else None),
        "is_public": row is None or was_signed_off(row),
        "pound": resident.pound(reading) if reading else None,
        "at_once": resident.at_once(reading) if reading else "",
        "more_views": payment_views(reading) if reading else [],
        "headline": headline(reading.report) if reading else None,
    }
    response = show(request, "count/place.html", said)
    if row is not None and not was_signed_off(row):
        response["X-Robots-Tag"] = "noindex"
        return private(response)
    return public(response)
