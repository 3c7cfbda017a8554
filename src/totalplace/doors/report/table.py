"""The count as one tidy CSV table: a row for each agency, month and kind of spending."""

from __future__ import annotations

import csv
from io import StringIO

from totalplace.count.rules.published import Count
from totalplace.doors.report.columns import BY_MONTH, by_month
from totalplace.sources.rules.outward import safe_text


def table(count: Count) -> str:
    """The table as text, with no cell that a spreadsheet takes for a formula."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(BY_MONTH)
    for row in by_month(count):
        writer.writerow(safe_text(cell) if isinstance(cell, str) else cell for cell in row)
    return text.getvalue()
