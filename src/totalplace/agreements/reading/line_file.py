"""The workbook of funding lines, opened by the same guarded reader as every other workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.agreements.rules.line_sheet import read
from totalplace.agreements.rules.lines import MOST_LINES, Line
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds

_MB: Final = 2**20
# A settlement has some dozens of lines: its workbook is small, whatever Excel adds to it.
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=100 * _MB, workbook_seconds=30, sheets=20,
    cells=1_000_000,
)  # fmt: skip
_MOST_ROWS: Final = MOST_LINES * 20  # a row a line and year, and what stands above


def read_workbook(path: Path, *, name: str, year: int) -> tuple[list[Line], list[SheetFault]]:
    """The lines that a workbook says, and every fault in it, each with its cell.

    `year` is that in which a sum's year begins where none is named. Raises Refused where it is no
    workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[object]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name):
        found.setdefault(sheet, [list(row) for row in rows[:_MOST_ROWS]])
    return read(found, year=year)
