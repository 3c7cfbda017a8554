"""Statements and returns of a pool as a workbook and as CSV; each figure says where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet
from totalplace.doors.report.sheets import book as workbook
from totalplace.ledger.queries.partners_ledgers import ReconciliationRow
from totalplace.ledger.rules.figures import Figure, Row, Table, Weight
from totalplace.ledger.rules.reconciling import Line
from totalplace.ledger.rules.year_end import YearEnd
from totalplace.sources.rules.rows import letter

NOT_GIVEN: Final = "not given"
FROM: Final = "Where each figure is from"
_FROM_HEADS: Final = ("Sheet", "Cell", "Row", "Column", "Pounds", "From")
_CSV_HEADS: Final = ("table", "row", "column", "value", "unit", "from")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31  # letters of a sheet's name in Excel


def workbook_of(tables: Sequence[Table], *, notes: Sequence[str] = ()) -> bytes:
    """A sheet for each table, and one that says of each figure its accounts or its formula.

    A figure that was not given is said to be so, and is no nought.
    """
    names = _names(tables)
    sheets = [
        Sheet(name, table.heads, [_cells(table, row.label, row.cells) for row in table.rows],
              frozen=1)
        for name, table in zip(names, tables, strict=True)
    ]  # fmt: skip
    found = [row for name, table in zip(names, tables, strict=True) for row in _from(name, table)]
    sheets.append(Sheet(FROM, _FROM_HEADS, found, frozen=2))
    said = [(table.title, table.note) for table in tables if table.note]
    if notes or said:
        sheets.append(Sheet("Notes", ("About", "Note"), [*said, *(("All", one) for one in notes)]))
    return workbook(sheets)


def csv_of(tables: Iterable[Table]) -> str:
    """A row for each cell: its table, row and column, its value, and where it is from."""
    return csv_text(
        _CSV_HEADS,
        (
            (table.title, row.label, head, *_told(cell))
            for table in tables
            for row in table.rows
            for head, cell in zip(table.heads[1:], row.cells, strict=False)
        ),
    )


def reconciliation_tables(row: ReconciliationRow) -> list[Sheet]:
    """The differences of a partner's ledger, what matched, and how the totals tie."""
    found = row.found
    differences = [
        [one.kind.value, _where(one.here or one.beyond), _where(one.there),
         in_pounds(_sum(one.here)), in_pounds(_sum(one.there)), in_pounds(one.pence),
         row.explained[one.key].words if one.key in row.explained else "",
         row.explained[one.key].by if one.key in row.explained else ""]
        for one in found.differences
    ]  # fmt: skip
    matches = [
        [one.how.value, _where(one.here), _where(one.there), in_pounds(_sum(one.there)),
         one.days_apart]
        for one in found.matches
    ]  # fmt: skip
    together = sum(one.pence for one in found.differences)
    totals: list[tuple[str, Cell]] = [
        ("The partner's own ledger", in_pounds(found.there_pence)),
        ("The pool's book", in_pounds(found.here_pence)),
        ("Difference: ledger less book", in_pounds(found.difference_pence)),
        ("All differences listed", in_pounds(together)),
        ("Check: difference less those listed", in_pounds(found.difference_pence - together)),
        ("Lines matched", len(found.matches)),
        ("Differences", len(found.differences)),
        ("Differences that nobody has explained", row.unexplained),
    ]
    return [
        Sheet("Totals", ("What", "Value"), totals),
        Sheet("Differences", ("Kind", "In the pool's book", "In the partner's ledger",
              "Book £", "Ledger £", "Ledger less book £", "Explained", "By"), differences),
        Sheet("Matched", ("How", "In the pool's book", "In the partner's ledger", "Pounds",
              "Days apart"), matches),
    ]  # fmt: skip


def reconciliation_workbook(row: ReconciliationRow) -> bytes:
    """The differences of a partner's ledger as a workbook."""
    return workbook(reconciliation_tables(row))


def reconciliation_csv(row: ReconciliationRow) -> str:
    """The differences of a partner's ledger as CSV."""
    sheet = reconciliation_tables(row)[1]
    return csv_text(sheet.heads, sheet.rows)


def year_end_table(ends: Sequence[YearEnd], names: dict[str, str]) -> Table:
    """What each partner would have paid (above nothing) or got back, year by year."""
    agencies = sorted({agency for end in ends for agency in end.pays})
    rows = [
        Row(
            names.get(agency, agency),
            tuple(
                Figure(end.pays.get(agency, 0) - end.kept.get(agency, 0), _words(end, agency))
                for end in ends
            ),
        )
        for agency in agencies
    ]
    over = tuple(Figure(end.figures.over_pence, "spent less put in") for end in ends)
    rows.append(Row("Over- or underspend (below nothing)", over, Weight.TOTAL))
    heads = ("Partner", *(end.label for end in ends))
    return Table(
        "What each partner pays, or gets back or keeps (below nothing)", heads, tuple(rows)
    )


def _words(end: YearEnd, agency: str) -> str:
    bands = "; ".join(band.words for band in end.bands if band.by_agency.get(agency))
    kept = ", kept in the pool" if end.kept.get(agency) else ""
    return (bands or "nothing falls to it") + kept


def _cells(table: Table, label: str, cells: Sequence[Figure | str]) -> list[Cell]:
    shown: list[Cell] = [label]
    for cell in cells:
        if isinstance(cell, str):
            shown.append(cell)
        else:
            shown.append(NOT_GIVEN if cell.pence is None else in_pounds(cell.pence))
    return shown + [""] * (len(table.heads) - len(shown))


def _from(name: str, table: Table) -> Iterator[list[Cell]]:
    for number, row in enumerate(table.rows, start=2):  # row 1 has the heads
        for at, cell in enumerate(row.cells, start=1):
            if isinstance(cell, Figure):
                pounds: Cell = NOT_GIVEN if cell.pence is None else in_pounds(cell.pence)
                place = f"{letter(at)}{number}"
                yield [name, place, row.label, table.heads[at], pounds, cell.how]


def _names(tables: Sequence[Table]) -> list[str]:
    names: list[str] = []
    for table in tables:
        name = _NOT_IN_NAMES.sub(" ", table.title)[:_LONGEST_NAME].strip()
        number = 2
        while name.casefold() in {one.casefold() for one in names}:
            tail = f" ({number})"
            name = _NOT_IN_NAMES.sub(" ", table.title)[: _LONGEST_NAME - len(tail)] + tail
            number += 1
        names.append(name)
    return names


def _told(cell: Figure | str) -> list[str]:
    if isinstance(cell, str):
        return [cell, "words", ""]
    value = NOT_GIVEN if cell.pence is None else str(in_pounds(cell.pence))
    return [value, "pounds", cell.how]


def _where(lines: Sequence[Line]) -> str:
    return "\n".join(
        " ".join(filter(None, (line.key, line.day.isoformat(), line.reference, line.words)))
        for line in lines
    )


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.pence for line in lines)
