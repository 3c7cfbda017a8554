"""Posts, vacancies, turnover and skills of a place by body and role, as anybody may read them."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.capacity import HEADINGS, capacity_workbook, register_rows
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.web.monitoring.capacity.opening import (
    may_give,
    newest_first,
    sheet_of,
    the_body,
    the_place,
    to_give_in,
    today,
)
from totalplace.doors.web.showing import show
from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.queries.capacity import bodies, versions
from totalplace.readiness.definitions.reading import scale

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """The last return of each body of a place, and which bodies gave none."""
    here, found = the_place(place), bodies(place, on=today())
    given = [one for one in found if one.returns]
    said = {
        "place": here,
        "sheets": [(one, sheet_of(one, newest_first(one.returns)[0], own=False)) for one in given],
        "silent": [one for one in found if not one.returns],
        "mine": to_give_in(request, place),
        "asked": asked(),
    }
    return show(request, "monitoring/capacity/place.html", said)


@require_safe
def of_body(
    request: HttpRequest, place: str, agency: str, first_day: date | None = None
) -> HttpResponse:
    """A body's return of a period, the last where none is named; with earlier ones and versions."""
    here, found = the_place(place), the_body(place, agency)
    own = may_give(request, place, agency)
    listed = newest_first(found.returns)
    chosen = next(
        (o for o in listed if first_day is None or o.given.period.first_day == first_day), None
    )
    if chosen is None and first_day is not None:
        raise Http404
    said = {
        "place": here,
        "body": found,
        "sheet": sheet_of(found, chosen, own=own) if chosen else None,
        "returns": listed,
        "versions": versions(place, agency, chosen.given.period.first_day) if chosen else [],
        "own": own,
        "skills": asked().skills,
        "means": scale().means,
    }
    return show(request, "monitoring/capacity/body.html", said)


@require_safe
def table(_request: HttpRequest, place: str) -> HttpResponse:
    """Every return of every body of a place, as everybody may see it, for a spreadsheet."""
    the_place(place)
    content = csv_text(HEADINGS, register_rows(bodies(place, on=today())))
    return _sent(content.encode(), "text/csv; charset=utf-8", f"capacity-{place}.csv")


@require_safe
def template(request: HttpRequest, place: str, agency: str) -> HttpResponse:
    """A workbook to fill in; for the body's own officers with the roles that it gave last."""
    found = the_body(place, agency)
    listed = newest_first(found.returns) if may_give(request, place, agency) else []
    roles = listed[0].given.roles if listed else ()
    return _sent(capacity_workbook(roles), _XLSX, f"capacity-{place}-{agency}.xlsx")


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
