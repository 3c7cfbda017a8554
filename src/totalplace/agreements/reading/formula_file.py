"""The workbook of the formula sandbox, opened by the same guarded reader as every other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.agreements.rules.formula import MOST_AREAS, Formula, Place
from totalplace.agreements.rules.formula_sheet import CellFault, read
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.rules.layout import Cell

_MB: Final = 2**20
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=50 * _MB, workbook_seconds=30, sheets=20,
    cells=200_000,
)  # fmt: skip


def read_formula(path: Path, *, name: str) -> tuple[Formula | None, list[Place], list[CellFault]]:
    """What a workbook says, and every fault in it, each with its cell.

    Raises Refused where it is no workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[Cell]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name):
        found.setdefault(sheet, rows[: MOST_AREAS + 2])
    return read(found)
