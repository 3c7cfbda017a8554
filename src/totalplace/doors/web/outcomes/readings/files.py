"""A page's rows as a file: CSV, workbook or JSON, of exactly what the page shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.outcomes import as_json
from totalplace.doors.report.sheets import Sheet, book

FORMS: Final = {  # ending: what it is called, and its media type
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
}
Rows = Sequence[Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: its title, its own address for good, where from, and its rows."""

    title: str
    address: str
    sources: tuple[str, ...]
    heads: tuple[str, ...]
    rows: Rows


def download(shown: Shown, form: str) -> HttpResponse:
    """The rows as a file of a form."""
    _, media = FORMS[form]
    made = {"csv": _csv, "xlsx": _xlsx, "json": _json}[form](shown)
    response = HttpResponse(made, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="outcomes.{form}"'
    return response


def _csv(shown: Shown) -> bytes:
    return csv_text(shown.heads, shown.rows).encode("utf-8-sig")


def _xlsx(shown: Shown) -> bytes:
    about = [("Page", shown.title), ("Address", shown.address),
             *(("From", source) for source in shown.sources)]  # fmt: skip
    return book([
        Sheet("About", ("What", "Says"), about), Sheet("Rows", shown.heads, shown.rows, frozen=1)
    ])  # fmt: skip


def _json(shown: Shown) -> bytes:
    said = {
        "title": shown.title, "address": shown.address, "from": list(shown.sources),
        "rows": as_json(shown.heads, shown.rows),
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
