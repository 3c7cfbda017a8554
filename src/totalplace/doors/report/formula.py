"""The formula sandbox as a workbook: what went in, each year's shares, and how each came about."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from totalplace.agreements.rules.formula import Formula, Place, Year
from totalplace.agreements.rules.formula_sheet import AREAS, FORMULA, INDICATORS, cells_of
from totalplace.agreements.rules.formula_told import steps
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.sheets import Sheet, book

_HEADS: Final = (
    "Year", "Code", "Name", "Before floors, £", "Share, £", "Year before, £", "Change, £",
    "Change, %", "For each person, £", "Floors and ceilings give or take, £", "Overspend borne, £",
)  # fmt: skip
_HUNDRED: Final = 100


def formula_book(formula: Formula, places: Sequence[Place], years: Sequence[Year] = ()) -> bytes:
    """A formula as the bytes of an XLSX file that can be given back; with its shares, if any."""
    cells = cells_of(formula, places)
    sheets = [
        Sheet(name, [str(head) for head in cells[name][0]], [_typed(r) for r in cells[name][1:]])
        for name in (FORMULA, INDICATORS, AREAS)
    ]
    if years:
        told: list[list[Cell]] = [
            [year.number, share.place.code, *step]
            for year in years
            for share in year.shares
            for step in steps(formula, year, share)
        ]
        heads = ("Year", "Code", "Step", "How it comes about", "What it comes to")
        sheets += [
            Sheet("Shares", _HEADS, [row for year in years for row in _shares(year)], frozen=3),
            Sheet("How each came about", heads, told, frozen=3),
        ]
    return book(sheets)


def _shares(year: Year) -> list[list[Cell]]:
    return [
        [
            year.number, share.place.code, share.place.name, _money(share.undamped_pence),
            _money(share.pence), _money(share.before_pence), _money(share.change_pence),
            _per_cent(share.change_per_cent),
            _money(share.per_head_pence), _money(share.damping_pence), _money(share.risk_pence),
        ]
        for share in year.shares
    ]  # fmt: skip


def _money(pence: int | None) -> Cell:
    return "" if pence is None else Decimal(pence) / _HUNDRED


def _per_cent(value: Fraction | None) -> Cell:
    return "" if value is None else round(Decimal(float(value)), 2)


def _typed(row: Sequence[object]) -> list[Cell]:
    return [_number(str(cell)) for cell in row]


def _number(cell: str) -> Cell:
    bare = cell.lstrip("-").replace(".", "", 1)
    is_number = bare.isascii() and bare.isdigit()
    return Decimal(cell) if is_number and "." in cell else int(cell) if is_number else cell
