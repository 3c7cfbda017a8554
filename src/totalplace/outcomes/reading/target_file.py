"""The workbook of a set of targets, opened by the same guarded reader as every other workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.outcomes.reading.formulas import with_formulas
from totalplace.outcomes.rules.target_sheet import HEADS, MOST_ROWS, SheetFault, read
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.rules.layout import Cell

_MB: Final = 2**20
# A set has some hundreds of targets at most: its workbook is small, whatever Excel adds to it.
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=100 * _MB, workbook_seconds=30, sheets=20,
    cells=1_000_000,
)  # fmt: skip


def read_workbook(path: Path, *, name: str) -> tuple[list[Wanted], list[SheetFault]]:
    """The targets that a workbook says, and every fault in it, each with its cell.

    Raises Refused where it is no workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[Cell]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name, formulas=True):
        found.setdefault(sheet, rows[: MOST_ROWS + 1])
    wanted, faults = read(found)
    return wanted, with_formulas(found, HEADS, faults)
