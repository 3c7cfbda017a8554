"""The watch's own record, for anybody to read: promised, raised, told late, answered, foretold."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.scorecard_told import (
    on_time_words,
    shown_range,
    table_rows,
)
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.front import public
from totalplace.doors.web.monitoring.watching.opening import drawn, file, today
from totalplace.monitoring.definitions.replays import replays
from totalplace.monitoring.queries.scorecard import ScorecardRow, scorecard

HEADS: Final = ("part", "what", "figure", "low", "high", "of", "says")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The record on one page."""
    row = _today()
    said = {
        "row": row, "range": shown_range, "words": on_time_words, "replays": replays(),
        "answered": [one for one in row.on_time if one.due],
    }  # fmt: skip
    return public(drawn(request, "scorecard", said, room="scorecard"))


@require_safe
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The same figures as a file."""
    del request
    rows = table_rows(_today())
    if form == "csv":
        made = csv_text(HEADS, rows).encode("utf-8-sig")
    else:
        made = book([Sheet("Scorecard", HEADS, rows, frozen=2)])
    return public(file(made, form, "watch-scorecard"))


def _today() -> ScorecardRow:
    return scorecard(home=home(), on=today())
