"""Rounds on the partnership, and what a closed one says: spread first, never only a mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.partnership import agency_names, headings, round_rows
from totalplace.doors.report.pictures.steps import swatch
from totalplace.doors.web.monitoring.partnership.opening import (
    the_place,
    the_round,
    today,
    told_of,
)
from totalplace.doors.web.showing import now, show, who
from totalplace.monitoring.definitions.partnership import about as questions_about
from totalplace.monitoring.queries.partnership import (
    answered,
    may_answer_for,
    own_answers,
    partnership_series,
    results_of,
    rounds,
)
from totalplace.monitoring.rules.questions import STEPS
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """The rounds of a place, the latest first."""
    here, by, day = the_place(place), who(request), today()
    said = {
        "place": here,
        "rounds": [(one, answered(one), one.is_open(day)) for one in rounds(place)],
        "may_ask": places.may(by, Act.ASK_PARTNERSHIP, place=place, on=now()),
        "series": partnership_series(place, on=day),
        "source": questions_about(),
    }
    return show(request, "monitoring/partnership/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """A round: who was asked, how many answered, and once it has closed what they said."""
    here, row, by, day = the_place(place), the_round(place, number), who(request), today()
    names = agency_names()
    is_told = day >= row.closed_from()
    mine = may_answer_for(row, by, on=day) if row.is_open(day) else []
    said = {
        "place": here,
        "row": row,
        "names": names,
        "answered": answered(row),
        "is_open": row.is_open(day),
        "is_told": is_told,
        "relations": told_of(row, results_of(row, on=day), names) if is_told else [],
        "key": [(Markup(swatch(step)), row.questions.step(step)) for step in STEPS],  # noqa: S704
        "mine": mine,
        "own": own_answers(row, by) if by is not None and mine else None,
        "may_close": row.is_open(day)
        and places.may(by, Act.ASK_PARTNERSHIP, place=place, on=now()),
        "source": questions_about(),
    }
    return show(request, "monitoring/partnership/round.html", said)


@require_safe
def table(_request: HttpRequest, place: str, number: int) -> HttpResponse:
    """How answers to each statement spread, for a spreadsheet; refused while people can answer."""
    row = the_round(place, number)
    found = results_of(row, on=today())
    rows = round_rows(row, found, agency_names())
    content = csv_text(headings(row.questions), rows).encode()
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="partnership-{place}-{number}.csv"'
    return answer
