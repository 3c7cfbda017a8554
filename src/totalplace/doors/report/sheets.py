"""Sheets of a workbook: numbers as numbers, words as words, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from totalplace.doors.report.columns import Cell

_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)  # on which every workbook says that it was made
_WIDEST: Final = 60
_LONGEST: Final = 32_767  # letters that a cell of a workbook can hold (ECMA-376)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, heads and rows, and how many columns stay in sight."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    frozen: int = 0


def book(sheets: Iterable[Sheet]) -> bytes:
    """A workbook as the bytes of an XLSX file: of the same rows, the same bytes on any day."""
    written = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    made = xlsxwriter.Workbook(written, options)
    made.set_properties({"created": _DAY})
    try:
        styles = {
            "head": made.add_format(
                {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
            ),
            "money": made.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "whole": made.add_format({"num_format": "#,##0", "valign": "top"}),
            "words": made.add_format({"text_wrap": True, "valign": "top"}),
        }
        for sheet in sheets:
            _write(made, styles, sheet)
    finally:
        made.close()
    return written.getvalue()


def _write(made: Any, styles: dict[str, Any], said: Sheet) -> None:
    sheet = made.add_worksheet(said.name)
    shown = list(said.rows)
    for column, head in enumerate(said.heads):
        sheet.write_string(0, column, head, styles["head"])
        lengths = [len(str(row[column]).partition("\n")[0]) for row in shown]
        width = max([10, min(18, len(head)), *lengths])
        sheet.set_column(column, column, min(width + 2, _WIDEST))
    for at, row in enumerate(shown, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell[:_LONGEST], styles["words"])
            else:
                style = styles["money" if isinstance(cell, Decimal) else "whole"]
                sheet.write_number(at, column, cell, style)
    sheet.freeze_panes(1, said.frozen)
    sheet.autofilter(0, 0, max(1, len(shown)), len(said.heads) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
