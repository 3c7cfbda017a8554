"""Pictures of these pages: what each says stands in a table before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from totalplace.count.rules.spending.trend import Point, Stop, segments
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.lines import At, Mark, lines
from totalplace.doors.report.pictures.series import Bar, bars


def months_drawn(title: str, months: Sequence[tuple[date, int]]) -> Markup:
    """A bar for each month of a year; nothing where there is nothing to draw."""
    if not any(pence for _, pence in months):
        return Markup("")
    rows = [Bar(f"{month:%b}", f"{month:%B %Y}", pence) for month, pence in months]
    drawn = figure(title, lambda width: bars(title, rows, width=width))
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn


def trend_drawn(title: str, shown: Sequence[Point], stops: Sequence[Stop]) -> Markup:
    """A line of months that stops where it must, each change marked with its number."""
    if not any(p.pence is not None for p in shown):
        return Markup("")
    months = [p.month for p in shown]
    stop_at = {month for stop in stops for month in stop.months}
    runs = [
        [At(months.index(p.month), f"{p.month:%B %Y}", p.pence or 0) for p in run]
        for run in segments(shown, stop_at)
    ]
    marks = [
        Mark(months.index(stop.months[0]), f"{stop.agency_name}, {stop.when}: "
             f"{stop.what.partition('. ')[0].lower()}")
        for stop in stops
        if stop.months and stop.months[0] in months
    ]  # fmt: skip
    names = [f"{m:%b} {m:%y}" for m in months]
    drawn = figure(title, lambda width: lines(title, names, runs, marks, width=width))
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn
