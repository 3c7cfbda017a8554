"""What was answered, once the last day is over: tables before bars, and the same as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.columns import Cell
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.web.front import public as anybody_may_read
from totalplace.doors.web.showing import now, show
from totalplace.participation.queries import public, responses
from totalplace.participation.queries.public import HearingHead
from totalplace.participation.queries.themes import PublicTheme, finished_themes
from totalplace.participation.rules.hearings import Stage
from totalplace.participation.rules.public.results import Results

_HEADS: Final = ("Table", "Row", "Column", "Number", "Percent")
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HIDDEN: Final = "hidden"


@require_safe
def results(request: HttpRequest, number: int) -> HttpResponse:
    """The results as anybody may read them; before the last day is over, that there are none."""
    found = public.head(number, on=now())
    if found.stage is Stage.DRAFT:  # its title is its officers' still
        raise Http404
    if found.stage not in (Stage.CLOSED, Stage.CONCLUDED):
        page = "participation/public/no_results.html"
        return show(request, page, {"found": found}, status=HTTPStatus.NOT_FOUND)
    counted = responses.results_of(number, on=now())
    shown = {
        "found": found, "results": counted, "themes": finished_themes(found),
        "steps": {step.value: count for step, count in responses.drop_off(found.id).items()},
        "below": counted.hidden_below, "codes": responses.codes_issued(found.id),
        "campaigns": [len(one.answers) for one in counted.campaigns],
    }  # fmt: skip
    return anybody_may_read(show(request, "participation/public/results.html", shown))


@require_safe
def download(_: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The results as CSV, a workbook or JSON: what the page shows, and hidden where it hides."""
    if ending not in _TYPES:
        raise Http404
    found = public.head(number, on=now())
    counted = responses.results_of(number, on=now())
    rows = list(lines(counted, finished_themes(found)))
    content = {"csv": _csv, "json": _json, "xlsx": _xlsx}[ending](found, rows)
    answer = HttpResponse(content, content_type=_TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="results-{number}.{ending}"'
    return anybody_may_read(answer)


Line = tuple[str, str, str, int | None, float | None]


def lines(counted: Results, themes: Sequence[PublicTheme]) -> Iterator[Line]:
    """Every number of the results: of which table, row and column; None where it is hidden."""
    arrived = counted.arrived
    yield "Answers", "Received", "", arrived.received, None
    yield "Answers", "Counted", "", arrived.counted, None
    yield "Answers", "Counted, each campaign once", "", arrived.counted_once, None
    yield "Answers", "Counted, with a code from a letter", "", arrived.verified, None
    for why, count in arrived.apart:
        yield "Held apart", why, "", count, None
    for table in counted.tables:
        name = f"{table.question.number}. {table.question.words}"
        for row in table.rows:
            yield name, row.choice, "As received", row.received, row.share
            yield name, row.choice, "Each campaign once", row.counted_once, None
            yield name, row.choice, "With a code", row.verified, None
            yield name, row.choice, "Without a code", row.unverified, None
            yield name, row.choice, "Weighted", None, row.weighted
    yield from _by_people(counted)
    for theme in themes:
        yield "Themes", theme.name, "Answers", theme.answers, None
        yield "Themes", theme.name, "Each campaign once", theme.counted_once, None


def _by_people(counted: Results) -> Iterator[Line]:
    """How groups of people answered, and who took part."""
    for by in counted.by_group:
        name = f"{by.question.number}. {by.question.words} By: {by.about.words}"
        for group, counts in zip(by.groups, by.counts, strict=True):
            for choice, count in zip(by.question.choices, counts, strict=True):
                yield name, group, choice, count, None
    for part in counted.took_part:
        name = f"Took part: {part.about.words}"
        for row, shows in zip(part.rows, part.shows, strict=True):
            took_part, share = (row.took_part, row.share) if shows else (None, None)
            yield name, row.category, "Took part", took_part, share
            yield name, row.category, "Live here", None, row.lives_here


def _rows(rows: Sequence[Line]) -> Iterator[list[Cell]]:
    for table, row, column, count, share in rows:
        percent: Cell = "" if share is None else Decimal(f"{100 * share:.1f}")
        number: Cell = count if count is not None else ("" if share is not None else _HIDDEN)
        yield [table, row, column, number, percent]


def _csv(found: HearingHead, rows: Sequence[Line]) -> bytes:  # noqa: ARG001  (all three are alike)
    return csv_text(_HEADS, _rows(rows)).encode("utf-8-sig")


def _xlsx(found: HearingHead, rows: Sequence[Line]) -> bytes:
    about: list[list[Cell]] = [
        ["Consultation", found.title],
        ["Place", found.place_name],
        ["Number", found.number],
        ["Note", "Those who answered chose to: this is no sample of those who live here."],
    ]
    return book([Sheet("About", ("What", "Says"), about), Sheet("Rows", _HEADS, _rows(rows))])


def _json(found: HearingHead, rows: Sequence[Line]) -> bytes:
    said: dict[str, Any] = {
        "hearing": found.number,
        "title": found.title,
        "self_selected": True,
        "rows": [dict(zip(("table", "row", "column", "number", "share"), r, strict=True))
                 for r in rows],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
