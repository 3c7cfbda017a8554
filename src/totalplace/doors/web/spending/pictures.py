"""Pictures of these pages: what each says stands in a table before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.series import Bar, bars


def months_drawn(title: str, months: Sequence[tuple[date, int]]) -> Markup:
    """A bar for each month of a year; nothing where there is nothing to draw."""
    if not any(pence for _, pence in months):
        return Markup("")
    rows = [Bar(f"{month:%b}", f"{month:%B %Y}", pence) for month, pence in months]
    drawn = figure(title, lambda width: bars(title, rows, width=width))
    return Markup(drawn)  # noqa: S704 - every word is made safe where it is drawn
