"""The workbook of an appraisal: cells in, cells out, and a fault at the cell that it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.appraisal.headings import (
    ABOUT,
    COSTS,
    HEADS,
    MAY_BE_EMPTY,
    MOST_ROWS,
    Row,
    heads,
)
from totalplace.commissioning.rules.appraisal.tables import appraisal_of, plain, tables_of
from totalplace.commissioning.rules.appraisal.terms import MOST_YEARS, Appraisal
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.rows import letter
from totalplace.sources.rules.unsaved import NEXT_STEP, WHY, unsaved_in

Value = object
Sheets = Mapping[str, Sequence[Sequence[Value]]]
_HEADER_WITHIN: Final = 10  # rows
_MOST_DIGITS: Final = 30  # more than any number of an appraisal has
_TEMPLATE_YEARS: Final = 10
_SAID: Final = "What it is"


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with the column of each heading; the first table stands on its side."""

    rows: list[Row]
    columns: Mapping[str, str]
    at: int = -1  # of the row of headings, from 0
    headed: frozenset[int] = frozenset()  # columns, from 0, that have any heading


def cells_of(appraisal: Appraisal | None) -> dict[str, tuple[tuple[str, ...], list[list[str]]]]:
    """Each sheet's headings and rows; without an appraisal, a template."""
    years = appraisal.years if appraisal else _TEMPLATE_YEARS
    tables = tables_of(appraisal) if appraisal else {}
    about = next(iter(tables.get(ABOUT, [])), {})
    said = [[head, about.get(head, "")] for head in HEADS[ABOUT]]
    found: dict[str, tuple[tuple[str, ...], list[list[str]]]] = {ABOUT: (("What", _SAID), said)}
    for table in list(HEADS)[1:]:
        order = heads(table, years)
        rows = [[row.get(head, "") for head in order] for row in tables.get(table, [])]
        found[table] = (order, rows)
    return found


def read(sheets: Sheets) -> tuple[Appraisal | None, tuple[SheetFault, ...]]:
    """The appraisal that a workbook says, or None, with every fault at its cell."""
    faults: list[SheetFault] = []
    tables: dict[str, _Table] = {}
    for name in HEADS:
        rows = next((found for said, found in sheets.items() if _same(said, name)), None)
        if rows is None:
            faults.append(
                SheetFault(name, "A1", "", "There is no sheet of that name", "Use the template")
            )
            continue
        tables[name] = _about(rows) if name == ABOUT else _table(name, rows, faults)
    if faults:
        return None, tuple(faults)
    faults += [*_second_sheets(sheets), *_formulas(sheets, tables), *_strays(sheets, tables)]
    at = {(fault.sheet, fault.cell) for fault in faults}
    found, others = appraisal_of({name: table.rows for name, table in tables.items()})
    for one in others:
        table = tables[one.table]
        if one.table == ABOUT:
            cell = table.columns.get(one.head, "B1")
        else:
            cell = f"{table.columns.get(one.head, 'A')}{one.at}"
        if (one.table, cell) not in at:
            faults.append(SheetFault(one.table, cell, one.found, one.why, one.next_step))
    return (None if faults else found), tuple(faults)


def _second_sheets(sheets: Sheets) -> Iterator[SheetFault]:
    """A fault for each sheet that looks like a table of an appraisal, and would not be read."""
    read: set[str] = set()
    for said in sheets:
        name = next(
            (one for one in HEADS if said.strip().casefold().startswith(one.casefold())), ""
        )
        if name and _same(said, name) and name not in read:
            read.add(name)
        elif name:
            why = f"would be lost in silence: only one sheet '{name}' is read"
            yield SheetFault(said[:60], "A1", "", why, "Put the two together, or name it otherwise")


def _strays(sheets: Sheets, tables: Mapping[str, _Table]) -> Iterator[SheetFault]:
    """A fault for each value that stands where nothing is read."""
    for name, table in tables.items():
        rows = next(found for said, found in sheets.items() if _same(said, name))
        for number, row in enumerate(rows[table.at + 1 :], start=table.at + 2):
            if name == ABOUT:
                said = _text(row[0]) if row else ""
                read = f"B{number}" in table.columns.values() or _same(said, "What")
                stray = [n for n in range(2 if read else 1, len(row)) if _text(row[n])]
            else:
                stray = [n for n, cell in enumerate(row) if n not in table.headed and _text(cell)]
            for n in stray:
                why = "stands where nothing is read, so that it would be lost in silence"
                cell = f"{letter(n)}{number}"
                yield SheetFault(name, cell, _text(row[n])[:200], why, "Put it under its heading")


def _formulas(sheets: Sheets, tables: Mapping[str, _Table]) -> Iterator[SheetFault]:
    """A fault for each formula without a result in a cell that is read."""
    for name, table in tables.items():
        rows = next(found for said, found in sheets.items() if _same(said, name))
        its = set(table.columns.values())
        for _, cell, formula in unsaved_in({name: rows}):
            if (cell if name == ABOUT else cell.rstrip("0123456789")) in its:
                yield SheetFault(name, cell, formula, WHY, NEXT_STEP)


def _about(rows: Sequence[Sequence[Value]]) -> _Table:
    """The first sheet: what is asked for in one column, what is said in the next."""
    said: dict[str, str] = {}
    cells: dict[str, str] = {}
    for number, row in enumerate(rows[:MOST_ROWS], start=1):
        head = next((one for one in HEADS[ABOUT] if row and _same(_text(row[0]), one)), None)
        if head is not None:
            said[head] = _text(row[1]) if len(row) > 1 else ""
            cells[head] = f"B{number}"
    return _Table([Row(1, said)], cells)


def _table(name: str, rows: Sequence[Sequence[Value]], faults: list[SheetFault]) -> _Table:
    wanted = {head.casefold(): head for head in heads(name, MOST_YEARS)}
    needed = {head.casefold() for head in HEADS[name] if head not in MAY_BE_EMPTY}
    at = next(
        (n for n in range(min(len(rows), _HEADER_WITHIN))
         if needed <= {_text(cell).casefold() for cell in rows[n]}),
        None,
    )  # fmt: skip
    if at is None:
        known = ", ".join(HEADS[name])
        faults.append(SheetFault(name, "A1", "", "The headings are not there", f"They are {known}"))
        return _Table([], {})
    columns: dict[str, int] = {}
    for number, cell in enumerate(rows[at]):
        said = _text(cell)
        if said.casefold() in {head.casefold() for head in columns}:
            faults.append(
                SheetFault(name, f"{letter(number)}{at + 1}", said, "stands twice", "Keep one")
            )
        elif said.casefold() in wanted:
            columns[wanted[said.casefold()]] = number
        elif said and not (name == COSTS and said.startswith("Note")):
            faults.append(
                SheetFault(name, f"{letter(number)}{at + 1}", said, "is no heading of this sheet",
                          f"Those are {', '.join(HEADS[name])}")
            )  # fmt: skip
    found = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        cells = {head: _text(row[n]) for head, n in columns.items() if n < len(row)}
        if any(cells.values()):
            found.append(Row(number, cells))
    headed = frozenset(n for n, cell in enumerate(rows[at]) if _text(cell))
    return _Table(found, {head: letter(n) for head, n in columns.items()}, at, headed)


def _text(value: Value) -> str:
    """A cell as it is read by a person."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        exact = Decimal(repr(value))
        far = not exact.is_finite() or abs(exact.adjusted()) > _MOST_DIGITS
        return str(value) if far and value else plain(exact)  # 1e+300, not three hundred noughts
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.casefold()
