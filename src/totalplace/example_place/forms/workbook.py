"""XLSX workbooks: dates as dates or as plain numbers, formatted blank rows, several sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from totalplace.example_place.forms.dates import serial
from totalplace.example_place.forms.table import Row

# The time inside the workbook is fixed so that the same rows give the same bytes.
WRITTEN_ON = datetime(2025, 4, 30, 9, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be saved."""

    name: str
    rows: list[Row]
    formatted_below: int = 0  # rows that hold nothing but a border


def saved(sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook that holds these sheets."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    book.set_properties({"created": WRITTEN_ON, "title": "Published spending"})
    formats = {
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "clock": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "bordered": book.add_format({"border": 1}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return held.getvalue()


def _write(paper: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    widest = 1
    for at, row in enumerate(sheet.rows):
        widest = max(widest, len(row.cells))
        for column, cell in enumerate(row.cells):
            match cell:
                case str():
                    if cell:
                        paper.write_string(at, column, cell)
                case int() | float():
                    paper.write_number(at, column, cell)
                case datetime():
                    days = serial(cell) + cell.hour / 24
                    paper.write_number(at, column, days, formats["clock"])
                case date():
                    paper.write_number(at, column, serial(cell), formats["day"])
    for at in range(len(sheet.rows), len(sheet.rows) + sheet.formatted_below):
        for column in range(widest):
            paper.write_blank(at, column, None, formats["bordered"])
