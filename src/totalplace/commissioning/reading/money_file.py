"""The workbook of a financial plan, opened by the same guarded reader as every other workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from totalplace.commissioning.rules.finance import Money
from totalplace.commissioning.rules.finance_sheet import (
    MOST_ROWS,
    PRESSURES,
    RESERVES,
    RESOURCES,
    SAVINGS,
    SPENDING,
    read,
)
from totalplace.outcomes.reading.formulas import with_formulas
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds

_MB: Final = 2**20
# A place's financial plan has some hundreds of rows: its workbook is small.
_BOUNDS: Final = Bounds(
    workbook_bytes=5 * _MB, workbook_unpacked_bytes=100 * _MB, workbook_seconds=30, sheets=20,
    cells=1_000_000,
)  # fmt: skip
_SHEETS: Final = (RESOURCES, SPENDING, PRESSURES, SAVINGS, RESERVES)
_MARGIN: Final = 50  # rows above and below, so that too many are seen


def read_money(
    path: Path, *, name: str, first_year: int, years: int
) -> tuple[Money, list[SheetFault]]:
    """What a workbook says for the years of a plan, and every fault in it, each with its cell.

    Raises Refused where it is no workbook, locked, damaged, hostile or too large.
    """
    found: dict[str, list[list[object]]] = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name, formulas=True):
        found.setdefault(sheet, [list(row) for row in rows[: MOST_ROWS + _MARGIN]])
    money, faults = read(found, first_year=first_year, years=years)
    return money, with_formulas(found, _SHEETS, faults)
