"""The page of one series: its figures, what is seen in them, and where the limit comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.pictures.watched import watched_picture
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.watch_limits import limit_steps
from totalplace.doors.report.watch_told import POINTS, between, point_rows, said
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.front import public
from totalplace.doors.web.monitoring.watching.answered import answers_of
from totalplace.doors.web.monitoring.watching.drawing import mdc_of
from totalplace.doors.web.monitoring.watching.found import shown
from totalplace.doors.web.monitoring.watching.opening import (
    address_of,
    drawn,
    file,
    the_place,
    today,
)
from totalplace.doors.web.showing import who
from totalplace.monitoring.queries.findings import findings_of
from totalplace.monitoring.queries.glancing import in_full
from totalplace.monitoring.queries.looking import SeenRow
from totalplace.monitoring.queries.watched_outcomes import indicator_of
from totalplace.monitoring.queries.watching import rebases
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.watched import Point, Watched
from totalplace.outcomes import queries as outcomes
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_MOST_ROWS: Final = 24  # figures that stand in sight; earlier ones are folded away


@require_safe
def one(request: HttpRequest, place: str, code: str) -> HttpResponse:
    """A series of a place: table first, then the pictures, then how it was judged."""
    here = the_place(place)
    row = the_series(place, code, request.GET.get("area", ""))
    watched, seen, target = row.watched, row.seen, target_of(row.watched)
    answers, by, on = answers_of(place, today()), who(request), today()
    choices = []
    if places.may(by, Act.REBASE, place=place, on=on):
        choices.append(("Begin this chart anew", anew_address(watched)))
    context = {
        "place": here, "one": watched, "seen": seen, "told": row.told,
        "sentences": row.told.sentences[: len(row.told.sentences) - len(row.told.notes)],
        "rows": _rows(watched, seen), "usual": between(watched, seen.usual_low, seen.usual_high),
        "picture": watched_picture(watched, seen, target=target),
        "mdc": mdc_of(watched, seen, target),
        "steps": limit_steps(watched, seen, row.under),
        "findings": [shown(one, answers) for one in
                     reversed(findings_of(place, watched.code, watched.area))],
        "rebases": [one for one in rebases(place)
                    if (one.code, one.area) == (watched.code, watched.area)],
        "sources": sources_of(watched), "owners": owners_of(watched), "choices": choices,
        "files": file_address(watched), "most_rows": _MOST_ROWS,
    }  # fmt: skip
    return public(drawn(request, "series", context))


@require_safe
def download(request: HttpRequest, place: str, code: str, form: str) -> HttpResponse:
    """The figures of a series as a file, each with how it stands and why."""
    the_place(place)
    row = the_series(place, code, request.GET.get("area", ""))
    rows = point_rows(row.watched)
    if form == "csv":
        made = csv_text(POINTS, rows).encode("utf-8-sig")
    else:
        made = book([Sheet("Figures", POINTS, rows, frozen=1)])
    return public(file(made, form, "series"))


def the_series(place: str, code: str, area: str) -> SeenRow:
    """The series of an address. Raises Http404 where the place watches none such."""
    row = in_full(place, code, area, home=home(), on=today())
    if row is None:
        raise Http404
    return row


def anew_address(watched: Watched) -> str:
    """Where a chart is begun anew."""
    path, _, query = address_of(watched).partition("?")
    return f"{path}begin-anew/?{query}"


def file_address(watched: Watched) -> tuple[str, str]:
    """What the address of a file of its figures begins and ends with."""
    path, _, query = address_of(watched).partition("?")
    return f"{path}figures.", f"?{query}"


def target_of(watched: Watched) -> float | None:
    """The target in force that a series is held to, in its unit; None where there is none."""
    agreed = outcomes.targets(watched.place)
    key = (indicator_of(watched.code), watched.area)
    for target in agreed.targets if agreed else ():
        if target.key == key:
            return float(target.last.value)
    return None


def sources_of(watched: Watched) -> list[tuple[str, str]]:
    """Where the figures are from, each with the address at which it is read."""
    indicator = indicator_of(watched.code)
    if not indicator:
        return [(f"Given in by bodies of the place: {watched.code}", "")]
    found = [("The readings and their definition", f"/outcomes/{indicator}/{watched.area}/")]
    found.append(("Beside other areas", f"/outcomes/{indicator}/?area={watched.area}"))
    found.append(("All areas at once", f"/monitoring/units/{indicator}/?area={watched.area}"))
    series = outcomes.series(indicator, watched.area, home=home())
    for number in series.vintages:
        table = outcomes.vintage(number)
        who_published = f", {table.publisher}" if table.publisher else ""
        found.append(
            (f"Table {number}: {table.name}{who_published}", f"/outcomes/tables/{number}/")
        )
    return found


def owners_of(watched: Watched) -> str:
    """Who answers for it, at both ends, in a sentence; empty where nobody is named."""
    local, national = watched.owners
    if not local and not national:
        return ""
    nobody = "nobody named"
    return f"Who answers for it: {local or nobody} here, {national or nobody} at the centre."


def _rows(watched: Watched, seen: Seen) -> list[dict[str, Any]]:
    return [
        {
            "point": point, "said": said(watched, point.value), "counts": _counts(point),
            "limits": between(watched, point.low, point.high),
            "marks": _marks(watched, seen, point),
        }
        for point in reversed(watched.points)
    ]  # fmt: skip


def _counts(point: Point) -> str:
    if point.numerator is None or point.denominator is None:
        return ""
    return f"{point.numerator:,.0f} of {point.denominator:,.0f}"


def _marks(watched: Watched, seen: Seen, point: Point) -> Sequence[str]:
    """What must be said at a figure: a break before it, a change since it, one told with it."""
    first, before = point.period.first_day, watched.points[0].period.first_day
    for other in watched.points:
        if other.period.first_day < first:
            before = other.period.first_day
    found = [f"After a break: {one.why}" for one in watched.breaks if before < one.on <= first]
    for change in (*seen.earlier, *([seen.now] if seen.now else [])):
        if change.since == point.period:
            found.append(f"{str(change.sign).capitalize()} from here on, as far as can be told")
        if change.told_at == point.period:
            found.append("Told with this figure")
    return found
