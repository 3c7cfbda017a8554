"""Random tables in workbooks of every kind: every row and penny that was written comes back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from totalplace.sources.rules.layout import Cell

# A workbook is read by a program of its own, which takes a while to start.
EXAMPLES: Final = int(os.environ.get("TOTALPLACE_EXAMPLES", "60")) // 2
AMOUNTS: Final = ("number", "number", "number", "pound", "brackets", "trailing", "credit only")
DAYS: Final = ("typed", "typed", "typed serial", "slashes", "month's name, short", "serial")
# Text of one line: how a cell keeps its line breaks differs from program to program.
MARKS: Final = "\"',;|&£%/\\-–_.:()#*=@ \xa0ÀéßØŁЖ中é🏠<>"

Rows = list[tuple[Cell, ...]]


def by_xlsxwriter(path: Path, rows: Rows) -> None:
    options = {"default_date_format": "dd/mm/yyyy", "strings_to_numbers": False}
    options |= {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Payments")
        blank = book.add_format({"bold": True})
        for n, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell == "":  # formatted, so that a blank row is a row
                    sheet.write_blank(n, at, None, blank)
                else:
                    sheet.write(n, at, cell)


def by_openpyxl(path: Path, rows: Rows) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for n, row in enumerate(rows, start=1):
        for at, cell in enumerate(row, start=1):
            place = sheet.cell(n, at)
            if isinstance(cell, str):
                place.data_type = "s"  # a text that begins with = is no formula
                place._value = cell or None  # noqa: SLF001
            else:
                place.value = cell
            place.font = openpyxl.styles.Font(bold=True)
    book.save(path)


def by_xlwt(path: Path, rows: Rows) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Payments")
    day, bold = xlwt.easyxf(num_format_str="DD/MM/YYYY"), xlwt.easyxf("font: bold on")
    for n, row in enumerate(rows):
        for at, cell in enumerate(row):
            sheet.write(n, at, cell, day if isinstance(cell, datetime) else bold)
    book.save(str(path))


def by_odfpy(path: Path, rows: Rows) -> None:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Payments")
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_open_cell(cell))
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))


def _open_cell(cell: Cell) -> TableCell:
    match cell:
        case "":
            return TableCell()
        case datetime():
            return TableCell(valuetype="date", datevalue=cell.date().isoformat())
        case int() | float():
            return TableCell(valuetype="float", value=repr(cell))
    found = TableCell(valuetype="string")
    found.addElement(P(text=str(cell)))
    return found


WRITERS: Final = {
    "x.xlsx": by_xlsxwriter,
    "o.xlsx": by_openpyxl,
    "w.xls": by_xlwt,
    "d.ods": by_odfpy,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each example is written over the one before."""
    return tmp_path_factory.mktemp("random")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data(), name=st.sampled_from(sorted(WRITERS)))
def test_every_row_and_penny_of_a_workbook_comes_back(
    drawn: st.DataObject,
    name: str,
    random_tables: Callable[..., st.SearchStrategy[Any]],
    read_back: Callable[..., Any],
    as_written: Callable[..., None],
    folder: Path,
) -> None:
    table = drawn.draw(random_tables(amounts=AMOUNTS, days=DAYS, marks=MARKS))
    if name.endswith("ods"):  # blank rows after the last are no rows: LibreOffice has a million
        *lines, last = table.lines
        while not any(last.cells):
            *lines, last = lines
        table = replace(table, lines=(*lines, last))
    WRITERS[name](folder / name, [line.cells for line in table.lines])
    as_written(table, read_back(folder / name))
