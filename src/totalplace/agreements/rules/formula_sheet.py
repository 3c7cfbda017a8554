"""The workbook of the formula sandbox: what goes out comes in again, and a fault names its cell.

Three sheets: the formula, its indicators, and the areas. Pure: cells in, cells out. The same rows
are read from text, where a tab or a comma parts the cells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from totalplace.agreements.rules.formula import MOST_AREAS, MOST_YEARS, Formula, Place
from totalplace.sources.rules.rows import letter

FORMULA: Final = "Formula"
INDICATORS: Final = "Indicators"
AREAS: Final = "Areas"
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    FORMULA: ("What", "Value", "In what"),
    INDICATORS: ("Indicator", "Weight"),
    AREAS: ("Code", "Name", "People", "Pounds today", "Area cost"),
}
SUM: Final = "Sum to share out"
FLOOR: Final = "Floor"
CEILING: Final = "Ceiling"
OVERSPEND: Final = "Overspend to share"
GROWTH: Final = "Growth in year"  # and the number of the year, from 2
_FEW: Final = 3  # columns: what a sheet other than that of areas has at the most
_DIGITS: Final = 18
_PENCE: Final = 100
_WHOLE: Final = {"Pounds today": _PENCE, "People": 1}
Value = object
Sheets = Mapping[str, Sequence[Sequence[Value]]]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell: which, what was found there, why it cannot be, what to do."""

    sheet: str
    cell: str
    found: str
    why: str

    def __str__(self) -> str:
        found = f"'{self.found}' " if self.found else ""
        return f"{self.sheet}, {self.cell}: {found}{self.why}."


def cells_of(formula: Formula, places: Sequence[Place]) -> dict[str, list[list[object]]]:
    """A formula and its areas as the rows of the three sheets, heads first."""
    indicators = list(formula.weights)
    rows: list[list[object]] = [
        [SUM, _pounds(formula.quantum_pence), "pounds a year"],
        [FLOOR, _bare(formula.floor_per_cent), "per cent a year at least; blank: none"],
        [CEILING, _bare(formula.ceiling_per_cent), "per cent a year at most; blank: none"],
        [OVERSPEND, _pounds(formula.overspend_pence), "pounds; below nought: an underspend"],
    ]
    rows += [
        [f"{GROWTH} {number}", _bare(growth), "per cent more than the year before"]
        for number, growth in enumerate(formula.growth_per_cent, start=2)
    ]
    weights: list[list[object]] = [[name, _bare(one)] for name, one in formula.weights.items()]
    areas: list[list[object]] = [
        [
            p.code, p.name, "" if p.people is None else str(p.people),
            "" if p.today_pence is None else _pounds(p.today_pence), _bare(p.area_cost),
            *(_bare(p.needs[indicator]) for indicator in indicators),
        ]
        for p in places
    ]  # fmt: skip
    return {
        FORMULA: [list(HEADS[FORMULA]), *rows],
        INDICATORS: [list(HEADS[INDICATORS]), *weights],
        AREAS: [[*HEADS[AREAS], *indicators], *areas],
    }


def read(sheets: Sheets) -> tuple[Formula | None, list[Place], list[CellFault]]:
    """A formula, its areas and every fault; with a fault nothing should be reckoned."""
    faults: list[CellFault] = []
    said = {_text(row[0]).casefold(): (n, row) for n, row in _rows(sheets, FORMULA, faults)}
    weights = {
        _text(row[0]): _number((INDICATORS, n, 1), row, faults) or Fraction(0)
        for n, row in _rows(sheets, INDICATORS, faults)
    }
    places = _places(sheets, list(weights), faults)
    known = {name.casefold() for name in (SUM, FLOOR, CEILING, OVERSPEND)}
    for what, (n, row) in said.items():
        if what not in known and not what.startswith(GROWTH.casefold()):
            faults.append(CellFault(FORMULA, f"A{n}", _text(row[0]), "is nothing of the formula"))

    def asked(name: str, *, whole_of: int = 0) -> Fraction | None:
        n, row = said.get(name.casefold(), (1, ["", ""]))
        return _number((FORMULA, n, 1), row, faults, whole_of=whole_of)

    growth = [asked(f"{GROWTH} {year}") for year in range(2, MOST_YEARS + 1)]
    quantum = asked(SUM, whole_of=_PENCE)
    if quantum is None:
        faults.append(CellFault(FORMULA, "B2", "", f"'{SUM}' has no value"))
        return None, places, faults
    years = max((n for n, one in enumerate(growth, start=1) if one is not None), default=0)
    formula = Formula(
        quantum_pence=int(quantum * _PENCE),
        weights=weights,
        floor_per_cent=asked(FLOOR),
        ceiling_per_cent=asked(CEILING),
        growth_per_cent=tuple(one or Fraction(0) for one in growth[:years]),
        overspend_pence=int((asked(OVERSPEND, whole_of=_PENCE) or Fraction(0)) * _PENCE),
    )
    return formula, places, faults


def rows_of_text(text: str) -> list[list[str]]:
    """Rows of cells from text as it is copied from a spreadsheet, or written with commas."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    mark = "\t" if any("\t" in line for line in lines) else ","
    return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]


def text_of_rows(rows: Sequence[Sequence[object]]) -> str:
    """Rows as text, the cells parted by commas, as `rows_of_text` reads them."""
    return "\n".join(", ".join(_quoted(_text(cell)) for cell in row) for row in rows)


def _places(sheets: Sheets, indicators: list[str], faults: list[CellFault]) -> list[Place]:
    rows = _named(sheets, AREAS)
    heads = [_text(cell).casefold() for cell in rows[0]] if rows else []
    at = {}
    for name in (*HEADS[AREAS], *indicators):
        if name.casefold() in heads:
            at[name] = heads.index(name.casefold())
        elif name in indicators or name == "Code":
            faults.append(CellFault(AREAS, "A1", name, "has no column"))
    if "Code" not in at:
        return []
    found = []
    for n, row in enumerate(rows[1 : MOST_AREAS + 2], start=2):
        code = _cell(row, at["Code"])
        if not code:
            continue
        number = {
            name: _number((AREAS, n, column), row, faults, whole_of=_WHOLE.get(name, 0))
            for name, column in at.items()
            if name not in ("Code", "Name")
        }
        needs = {name: one for name in indicators if (one := number.get(name)) is not None}
        today, people = number.get("Pounds today"), number.get("People")
        cost = number.get("Area cost")
        found.append(
            Place(
                code, _cell(row, at["Name"]) if "Name" in at else code, needs,
                Fraction(1) if cost is None else cost,
                None if today is None else int(today * _PENCE),
                None if people is None else int(people),
            )
        )  # fmt: skip
    return found


def _rows(
    sheets: Sheets, sheet: str, faults: list[CellFault]
) -> Iterator[tuple[int, Sequence[Value]]]:
    rows = _named(sheets, sheet)
    if not rows:
        faults.append(CellFault(sheet, "A1", "", "There is no sheet of that name"))
    for n, row in enumerate(rows[1:], start=2):
        if _cell(row, 0):
            yield n, [*row[:_FEW], *[""] * (_FEW - len(row))]


def _named(sheets: Sheets, sheet: str) -> Sequence[Sequence[Value]]:
    return next((rows for name, rows in sheets.items() if name.casefold() == sheet.casefold()), [])


def _number(
    at: tuple[str, int, int], row: Sequence[Value], faults: list[CellFault], *, whole_of: int = 0
) -> Fraction | None:
    """A number as it is written: £, commas and % are passed over; None where nothing is.

    `at` is the sheet, the row from 1 and the column from 0. So many of it make a whole number.
    """
    sheet, row_number, column = at
    said = _cell(row, column)
    plain = said.replace(",", "").replace("£", "").replace("%", "").strip()
    if not plain:
        return None
    bare = plain.lstrip("+-")
    whole, _, part = bare.partition(".")
    good = (whole + part).isascii() and (whole + part).isdigit() and len(bare) <= _DIGITS
    if not good or len(plain) - len(bare) > 1:
        where = f"{chr(ord('A') + column)}{row_number}" if column < 26 else f"row {row_number}"
        faults.append(CellFault(sheet, where, said, "is no number"))
        return None
    value = Fraction(plain)
    if whole_of and (value * whole_of).denominator != 1:
        faults.append(CellFault(sheet, _where(column, row_number), said, "is not whole enough"))
        return None
    return value


def _where(column: int, row: int) -> str:
    return f"{letter(column)}{row}"


def _cell(row: Sequence[Value], at: int) -> str:
    return _text(row[at]) if at < len(row) else ""


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10f}".rstrip("0")
    return str(value).strip()


def _quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def _pounds(pence: int) -> str:
    whole, odd = divmod(abs(pence), _PENCE)
    return f"{'-' if pence < 0 else ''}{whole}" + (f".{odd:02d}" if odd else "")


def _bare(value: Fraction | None) -> str:
    """A fraction as it was written: whole, or with as many places as it needs, up to ten."""
    if value is None:
        return ""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.10f}".rstrip("0")
