"""The workbook of an appraisal, opened by the same guarded reader as every other workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.commissioning.rules.appraisal.sheet import read
from totalplace.commissioning.rules.appraisal.terms import Appraisal
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.rules.layout import Cell

_MB: Final = 2**20
_MOST_ROWS: Final = 500
# An appraisal has some dozens of numbers: its workbook is small, whatever Excel adds to it. One
# that is given out has twenty sheets, and a person may add some.
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=100 * _MB, workbook_seconds=30, sheets=60,
    cells=500_000,
)  # fmt: skip


def read_workbook(path: Path, *, name: str) -> tuple[Appraisal | None, tuple[SheetFault, ...]]:
    """The appraisal that a workbook says, or None, with every fault at its cell.

    Raises Refused where it is no workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[Cell]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name, formulas=True):
        found.setdefault(sheet, rows[:_MOST_ROWS])
    return read(found)
