"""Appraisals as anybody reads them: what was published, and for officers of the place the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markupsafe import Markup

from totalplace.commissioning.queries.appraisals import (
    AppraisalRow,
    AppraisalVersionRow,
    accepted,
    appraisal,
    appraisals,
)
from totalplace.commissioning.rules.appraisal import Appraised
from totalplace.commissioning.rules.appraisal.telling import Told, summary, told
from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.web.showing import now, show, who
from totalplace.money.pence import pounds
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused

_MOST_BARS = 12
# A hyphen, or a minus alone, would be parted from its pounds at the end of a line.
_MINUS = "\u2212\u2060£"
_LATER = ("Where it turns", "What matters most", "How sure it is", "Sources")


def today() -> date:
    """The day in England."""
    return local_day(now())


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The places, and what was published of each."""
    shown = [(place, [row for row in appraisals(place.code) if row.published])
             for place in places.places()]  # fmt: skip
    return show(request, "commissioning/appraisals/every.html", {"rows": shown})


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """The appraisals of a place, and the effects that were accepted ungraded."""
    here, by, on = the_place(place), who(request), today()
    reads = may_read(place, by, on)
    rows = [(row, _shown(row, reads=reads)) for row in appraisals(place)]
    said = {
        "place": here,
        "rows": [(row, version) for row, version in rows if version is not None],
        "effects": accepted(place),
        "may_appraise": reads,
        "may_accept": places.may(by, Act.ACCEPT_EFFECT, place=place, on=on),
    }
    return show(request, "commissioning/appraisals/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int, version: int = 0) -> HttpResponse:
    """One appraisal: in words, who pays and who gains, a share of the gain, how sure it is."""
    row, chosen, reads = opened(request, place, number, version)
    found = chosen.appraised
    tables = {table.name: table for table in told(found)}
    said = {
        "row": row,
        "version": chosen,
        "is_last": chosen == (row.last if reads else row.published[-1]),
        "versions": row.versions if reads else row.published,
        "found": found,
        "summary": [kept_whole(one_) for one_ in summary(found)],
        "first": [one for name, one in tables.items() if name not in _LATER],
        "later": [tables[name] for name in _LATER],
        "tornado": tornado(found),
        "slug": slugify,
        "cell": as_cell,
        "may_change": reads,
    }
    return show(request, "commissioning/appraisals/one.html", said)


def tornado(found: Appraised) -> Markup:
    """What matters most as bars, beside the table that says the same; none where all is certain."""
    rows = [
        Range(one.named.words, min(one.at_low, one.at_high), None, max(one.at_low, one.at_high))
        for one in found.swings[:_MOST_BARS]
    ]
    if not rows:
        return Markup("")
    title = "What all of it is worth, with one number at its low and at its high"
    drawn = figure(title, lambda width: ranges(title, rows, width=width))
    return Markup(drawn)  # noqa: S704  (the pictures escape their words)


def as_cell(cell: str | int | Decimal) -> str:
    """A cell of a table as a page shows it."""
    if isinstance(cell, Decimal):
        return kept_whole(pounds(int(cell * 100)))
    return f"{cell:,}" if isinstance(cell, int) else kept_whole(cell)


def kept_whole(said: str) -> str:
    """Words in which no sum below nought is parted from its sign."""
    return said.replace("-£", _MINUS)


def the_place(code: str) -> PlaceRow:
    """A place, or 404."""
    try:
        if code_is_sound(code):
            return places.place(code)
    except Refused:
        pass
    raise Http404


def may_read(place: str, by: Who | None, on: date) -> bool:
    """Whether somebody reads what is not published: who may appraise in the place."""
    return places.may(by, Act.APPRAISE, place=place, on=on)


def opened(
    request: HttpRequest, place: str, number: int, version: int
) -> tuple[AppraisalRow, AppraisalVersionRow, bool]:
    """An appraisal and the version that is asked for, where who asks may read it; else 404."""
    the_place(place)
    try:
        row = appraisal(f"{place}/{number}")
        reads = may_read(place, who(request), today())
        chosen = row.version(version) if version else _shown(row, reads=reads)
    except Refused as refused:
        raise Http404 from refused
    if chosen is None or not (reads or chosen.published_on):
        raise Http404
    return row, chosen, reads


def the_table(found: Appraised, slug: str) -> Told:
    """A table of an appraisal by its name in an address, or 404."""
    for one_ in told(found):
        if slugify(one_.name) == slug:
            return one_
    raise Http404


def _shown(row: AppraisalRow, *, reads: bool) -> AppraisalVersionRow | None:
    """The last version that somebody may read."""
    if reads:
        return row.last
    return row.published[-1] if row.published else None
