"""The workbook of a return of capacity, opened by the same guarded reader as every other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from totalplace.monitoring.rules.capacity import RoleSaid
from totalplace.monitoring.rules.capacity_sheet import HEADS, MOST_ROWS, read
from totalplace.outcomes.reading.formulas import with_formulas
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds

_MB: Final = 2**20
# A body has some hundreds of roles at most: its workbook is small, whatever Excel adds to it.
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=100 * _MB, workbook_seconds=30, sheets=20,
    cells=1_000_000,
)  # fmt: skip
_MARGIN: Final = 50  # rows above and below, so that too many are seen


def read_workbook(
    path: Path, *, name: str, skills: Sequence[str]
) -> tuple[tuple[RoleSaid, ...], list[SheetFault]]:
    """The roles that a workbook says, and every fault in it, each with its cell.

    Raises Refused where it is no workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[object]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name, formulas=True):
        found.setdefault(sheet, [list(row) for row in rows[: MOST_ROWS + _MARGIN]])
    roles, faults = read(found, skills)
    return roles, with_formulas(found, HEADS, faults)
