"""The count as one tidy CSV table: a row for each agency, month and kind of spending."""

from __future__ import annotations

from totalplace.count.rules.published import Count
from totalplace.doors.report.columns import BY_MONTH, by_month
from totalplace.doors.report.csv_text import csv_text


def table(count: Count) -> str:
    """The table as text, with no cell that a spreadsheet takes for a formula."""
    return csv_text(BY_MONTH, by_month(count))
