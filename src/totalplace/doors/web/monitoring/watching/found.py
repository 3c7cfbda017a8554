"""Pages of findings: each as it was told, and what is known of it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.watch_told import sure_words
from totalplace.doors.web.front import public
from totalplace.doors.web.monitoring.watching.answered import Answers, answers_of
from totalplace.doors.web.monitoring.watching.opening import (
    drawn,
    file,
    look_at,
    series_address,
    the_place,
    today,
)
from totalplace.monitoring.queries.findings import FindingRow, finding, findings
from totalplace.monitoring.rules.findings import period_of
from totalplace.monitoring.rules.telling import value_said
from totalplace.monitoring.rules.watched import Watched
from totalplace.refusal import Refused

HEADS: Final = (
    "number", "told_on", "code", "title", "area", "area_name", "subject", "sort", "sign",
    "protected", "since", "headline", "answer", "follows", "followed_by", "digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that is not what it was when the finding was told; None is missing."""

    period: str
    then: str
    now: str


@require_safe
def every(request: HttpRequest, place: str) -> HttpResponse:
    """The findings of a place, the latest first."""
    here = the_place(place)
    answers = answers_of(place, today())
    rows = [shown(row, answers) for row in findings(place)]
    return public(drawn(request, "findings", {"place": here, "rows": rows}))


def shown(row: FindingRow, answers: Answers) -> dict[str, Any]:
    """A finding in a list."""
    return {
        "number": row.number, "told": local_day(row.on), "sign": row.sign, "sort": row.sort,
        "title": f"{row.title}, {row.area_name}", "headline": row.headline,
        "href": f"/monitoring/{row.place}/findings/{row.number}/",
        "answered": answers.words(row.number),
    }  # fmt: skip


@require_safe
def download(request: HttpRequest, place: str, form: str) -> HttpResponse:
    """The findings of a place as a file."""
    del request
    the_place(place)
    answers = answers_of(place, today())
    rows = [_cells(row, answers) for row in findings(place)]
    if form == "csv":
        made = csv_text(HEADS, rows).encode("utf-8-sig")
    else:
        made = book([Sheet("Findings", HEADS, rows, frozen=4)])
    return public(file(made, form, f"findings-{place}"))


def _cells(row: FindingRow, answers: Answers) -> Sequence[str | int]:
    return (
        row.number, local_day(row.on).isoformat(), row.code, row.title, row.area, row.area_name,
        row.subject.value, row.sort.value, row.sign.value, "yes" if row.protected else "no",
        row.since.said, row.headline, answers.words(row.number), row.follows or "",
        row.followed_by or "", row.digest,
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """A finding as it was told, beside what is known now."""
    here, row = the_place(place), the_finding(place, number)
    now = look_at(place).of(row.code, row.area)
    answers = answers_of(place, today())
    change, series = row.change, row.said["series"]
    context = {
        "place": here, "row": row, "told_on": local_day(row.on), "told": row.told,
        "change": change, "sure": sure_words(change) if change else "",
        "now": now, "changed": _changed(series, now.watched) if now else [],
        "newer": _newer(series, now.watched) if now else [],
        "figures": _figures(series, now.watched if now else None),
        "series": series_address(place, row.code, row.area),
        "answered": answers.words(number), "answer_href": answers.href(number),
        "address": request.build_absolute_uri(f"/monitoring/{place}/findings/{number}/"),
    }  # fmt: skip
    return public(drawn(request, "finding", context))


@require_safe
def frozen(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The text of a finding as it is kept, by which its digest can be worked out again."""
    del request
    row = the_finding(place, number)
    answer = HttpResponse(row.text, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="finding-{place}-{number}.json"'
    return public(answer)


def the_finding(place: str, number: int) -> FindingRow:
    """The finding of an address. Raises Http404 where there is none."""
    try:
        return finding(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused


def _changed(series: dict[str, Any], now: Watched) -> list[Changed]:
    """The figures that their publisher changed or took away since."""
    here = {(p.period.first_day, p.period.last_day): p.value for p in now.points}
    found = []
    for said in series["points"]:
        period, then = period_of(said["period"]), said["value"]
        today_s = here.get((period.first_day, period.last_day))
        if then != today_s:
            found.append(Changed(period.said, value_said(now, then), value_said(now, today_s)))
    return found


def _newer(series: dict[str, Any], now: Watched) -> list[Changed]:
    """The figures that came since."""
    known = {tuple(said["period"][:2]) for said in series["points"]}
    return [
        Changed(p.period.said, "", value_said(now, p.value))
        for p in now.points
        if (p.period.first_day.isoformat(), p.period.last_day.isoformat()) not in known
    ]


def _figures(series: dict[str, Any], now: Watched | None) -> list[tuple[str, str]]:
    """The figures as they were when it was told, the latest first, in the unit of then."""
    unit = now if now is not None and now.unit == series["unit"] else None
    return [
        (period_of(said["period"]).said, _plainly(said["value"], series, unit))
        for said in reversed(series["points"])
    ]


def _plainly(value: float | None, series: dict[str, Any], unit: Watched | None) -> str:
    if value is None:
        return "missing"
    if unit is not None:
        return value_said(unit, value)
    return f"{value:,.{series['decimals']}f} {series['unit']}"
