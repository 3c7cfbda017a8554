"""Rows as the text of a CSV file for a spreadsheet, with no cell that it takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from totalplace.sources.rules.outward import safe_text


def csv_text(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Heads and rows as text, each line ended as in RFC 4180."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in ((*heads,), *rows):
        writer.writerow(safe_text(cell) if isinstance(cell, str) else cell for cell in row)
    return text.getvalue()
