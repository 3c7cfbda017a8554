"""What pages of the watch begin with: the place, the day, what was looked at, and addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.pictures.signs import sign_icon
from totalplace.doors.report.watch_told import Line, promise_words
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.showing import now, show
from totalplace.monitoring.queries.glancing import glanced
from totalplace.monitoring.queries.looking import Look
from totalplace.monitoring.rules.detecting.promise import kept_by
from totalplace.monitoring.rules.watched import Watched
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.kinds import code_is_sound
from totalplace.refusal import Refused

FORMS: Final = {  # what a page can be taken away as: its media type
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def today() -> date:
    """The day in England."""
    return local_day(now())


def the_place(code: str) -> PlaceRow:
    """The place of an address. Raises Http404 where there is none."""
    try:
        if code_is_sound(code):
            return places.place(code)
    except Refused as refused:
        raise Http404 from refused
    raise Http404


def look_at(place: str) -> Look:
    """All that a place watches, as it stands today."""
    return glanced(place, home=home(), on=today())


def lines_of(look: Look) -> tuple[Line, ...]:
    """What was looked at, as lines of a page."""
    return tuple(Line(row.watched, row.seen, row.told.headline) for row in look.rows)


def promised(look: Look) -> str:
    """What the watch of a place promises, in a sentence; empty where nothing is watched."""
    series = [row.watched for row in look.rows]
    if not series:
        return ""
    # Of few series each is still watched with no laxer a limit: they keep to less than is promised.
    return promise_words(kept_by(look.watch.promise, series), len(series))


def address_of(watched: Watched) -> str:
    """The page of a series."""
    return series_address(watched.place, watched.code, watched.area)


def series_address(place: str, code: str, area: str) -> str:
    """The page of the series of a code in an area."""
    return f"/monitoring/{place}/{quote(code)}/?{urlencode({'area': area})}"


def drawn(
    request: HttpRequest, template: str, said: Mapping[str, Any], *, room: str = "watching"
) -> HttpResponse:
    """A page of this room, whose signs are shapes with their words."""
    return show(request, f"monitoring/{room}/{template}.html", {"icon": sign_icon, **said})


def file(made: bytes, form: str, name: str) -> HttpResponse:
    """A file to take away."""
    answer = HttpResponse(made, content_type=FORMS[form])
    way = "inline" if form == "pdf" else "attachment"
    answer["Content-Disposition"] = f'{way}; filename="{name}.{form}"'
    return answer
