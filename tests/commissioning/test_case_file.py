"""The file of a case: a workbook, an ODS file or a folder, through one guarded reader."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from tests.commissioning.test_case_tables import good, with_cell

from totalplace.commissioning.definitions.reading import register
from totalplace.commissioning.reading.case_file import read_case, read_tables
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of, tables_of
from totalplace.doors.report.case_book import case_book, tables_book
from totalplace.refusal import Refused


def test_a_workbook_that_was_written_is_the_same_case_when_it_is_read() -> None:
    assert read_case(case_book(good())) == good()


def test_a_workbook_that_a_spreadsheet_saved_again_is_still_that_case(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(case_book(good()))
    openpyxl.load_workbook(path).save(path)
    assert read_case(path) == good()


def test_a_folder_of_csv_files_is_the_same_case(tmp_path: Path) -> None:
    for name, rows in tables_of(good()).items():
        with (tmp_path / f"{name.lower()}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
    assert read_case(tmp_path) == good()


def test_an_ods_file_is_the_same_case(tmp_path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    for name, rows in tables_of(good()).items():
        table = Table(name=name)
        for cells in rows:
            row = TableRow()
            for cell in cells:
                one = TableCell(valuetype="string")
                one.addElement(P(text=cell))
                row.addElement(one)
            table.addElement(row)
        book.spreadsheet.addElement(table)
    path = tmp_path / "case.ods"
    book.save(str(path))
    assert read_case(path) == good()


def test_faults_are_marked_in_the_workbook_that_is_given_back() -> None:
    tables = with_cell("Options", 2, "Pounds now", "-5")
    read = case_of(tables)
    assert isinstance(read, CaseFaults)
    book = openpyxl.load_workbook(io.BytesIO(tables_book(tables, read.faults)))
    cell = book["Options"]["D2"]
    assert cell.comment is not None
    assert "below nought" in cell.comment.text
    assert cell.fill.bgColor.rgb != book["Options"]["D3"].fill.bgColor.rgb
    assert [c.value for c in book["Faults"][2]][:2] == ["Options", "D2"]


def test_a_marked_workbook_has_the_same_faults_when_it_is_given_again() -> None:
    tables = with_cell("Options", 2, "At most units", -4)
    read = case_of(tables)
    assert isinstance(read, CaseFaults)
    assert read_case(tables_book(tables, read.faults)) == read


def test_each_formula_without_a_result_is_refused_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    path.write_bytes(case_book(good()))
    book = openpyxl.load_workbook(path)
    formulas = {
        "Plan B3": '="2026-27"', "Options J2": "=50000*1", "Options K2": "=10",
        "Options O2": "=TRUE()", "Options A4": '="new"', "Wanted F2": "=60", "Funds H2": "=1",
        "Rules G2": "=500", "Rules H2": '="2026-27"',
    }  # fmt: skip
    for at, formula in formulas.items():
        sheet, cell = at.split()
        book[sheet][cell] = formula
    book.save(path)
    read = read_case(path)
    assert isinstance(read, CaseFaults)
    told = {f"{f.sheet} {f.cell}": f.found for f in read.faults if "without a result" in f.why}
    assert told == formulas
    assert "or type the number" in read.faults[0].next_step


def test_words_that_look_like_a_formula_stay_words() -> None:
    tables = with_cell("Options", 2, "Title", "=1+1")
    book = openpyxl.load_workbook(io.BytesIO(tables_book(tables)))
    assert (book["Options"]["B2"].value, book["Options"]["B2"].data_type) == ("=1+1", "s")


def test_the_template_has_lists_to_choose_from_and_the_known_effects() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(tables_book(tables_of(good()), known=register().values()))
    )
    rules = [one.sqref for one in book["Rules"].data_validations.dataValidation]
    assert len(rules) == 2
    assert book["Known effects"].max_row == len(register()) + 1
    assert "Only what names it" not in [c.value for c in book["How to fill it in"]["A"]]


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"nothing of the sort", "was not read"), (b"PK\x03\x04 and no more", "damaged")],
)
def test_what_is_no_workbook_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_case(content, name="case.xlsx")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("options.csv", b"\xff\xfe\x00x", "no text in UTF-8"),
        ("options.csv", b'a,"b', "no CSV"),
        ("options.txt", b"a", "it has no CSV files"),
    ],
)
def test_a_folder_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=why):
        read_tables(tmp_path)


def test_two_files_of_a_sheet_are_refused(tmp_path: Path) -> None:
    for name in ("options.csv", "Options .csv"):
        (tmp_path / name).write_text("Code")
    with pytest.raises(Refused, match="two files of Options"):
        read_tables(tmp_path)


def test_a_file_that_is_not_there_is_refused_with_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="plan template"):
        read_case(tmp_path / "none.xlsx")
