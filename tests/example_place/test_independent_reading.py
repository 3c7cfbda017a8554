"""Plain readers, told nothing by the generator, find the truth's sums in the simplest forms."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from totalplace.example_place import Truth


def pence(cell: str) -> int:
    value = Decimal(cell.replace(",", "").replace("£", "")) * 100
    assert value == int(value)
    return int(value)


def rows(path: Path, encoding: str = "utf-8", separator: str = ",") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as table:
        return list(csv.DictReader(table, delimiter=separator))


def truths(place: Truth, beginning: str) -> dict[str, int]:
    return {s.file: s.sum_pence for s in place.files if s.file.startswith(beginning)}


@pytest.mark.parametrize(
    ("beginning", "encoding", "column"),
    [
        ("EX-CC/2023-24/WCC", "utf-8-sig", "Net Amount £"),
        ("EX-CA/2022-23", "utf-8", "Value"),
        ("EX-WL/2022-23", "utf-8-sig", "Amount"),
    ],
)
def test_python_finds_the_sums_of_plain_text_files(
    place: Truth, beginning: str, encoding: str, column: str
) -> None:
    wanted = truths(place, beginning)
    assert len(wanted) in (4, 12)
    for file, sum_pence in wanted.items():
        found = rows(place.published() / file, encoding)
        cells = [row[column] for row in found if row[column] != column]  # repeated headers
        assert sum(pence(cell) for cell in cells) == sum_pence, file


def test_python_counts_the_extra_exact_copies_of_plain_text_files(place: Truth) -> None:
    plain = [s for s in place.files if s.file.startswith(("EX-CC/2023-24/WCC", "EX-CA"))]
    assert sum(sheet.copies for sheet in plain) > 0
    for sheet in plain:
        found = rows(place.published() / sheet.file, "utf-8-sig")
        lines = [tuple(row.values()) for row in found if tuple(row.values()) != tuple(row)]
        assert len(lines) - len(set(lines)) == sheet.copies, sheet.file


def test_python_tells_payments_cards_and_contracts_apart(place: Truth) -> None:
    sheet = next(s for s in place.files if s.file == "EX-DO/oxtremere-spending-2023-24.csv")
    sums = {"spend": 0, "purchase_cards": 0, "contracts": 0}
    for row in rows(place.published() / sheet.file, separator="|"):
        sums[row["type"]] += pence(row["amount"])
    assert sums == {
        "spend": sheet.sum_pence,
        "purchase_cards": sheet.cards_pence,
        "contracts": sheet.commitments_pence,
    }


def test_openpyxl_finds_the_sums_of_a_workbook(place: Truth) -> None:
    wanted = {s.sheet: s for s in place.files if s.file.endswith("Infirmary spend 2023-24.xlsx")}
    book = openpyxl.load_workbook(
        place.published() / "EX-HT" / "Infirmary spend 2023-24.xlsx", data_only=True
    )
    assert book.sheetnames == list(wanted)
    for sheet in book:
        found = [row for row in sheet.iter_rows(min_row=2, values_only=True) if any(row)]
        assert sum(round(row[5] * 100) for row in found) == wanted[sheet.title].sum_pence
        assert all(isinstance(row[4], int) for row in found)  # dates as plain serial numbers
        assert sheet.max_row == wanted[sheet.title].rows_in  # the formatted blank rows too
        assert sheet.max_row > len(found) + 1


def test_calamine_finds_the_sums_of_an_opendocument_file(place: Truth) -> None:
    wanted = {s.sheet: s for s in place.files if s.file == "EX-DV/spend-2022-23.ods"}
    book = CalamineWorkbook.from_path(place.published() / "EX-DV" / "spend-2022-23.ods")
    assert book.sheet_names == list(wanted)
    for name in book.sheet_names:
        found = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        assert len(found) == wanted[name].rows_in
        assert found[-1][0] == "Total"
        *sums, total = [round(float(str(row[6])) * 100) for row in found[4:]]
        assert sum(sums) == wanted[name].sum_pence == total


def test_openpyxl_sees_as_many_rows_in_every_workbook_as_the_truth(place: Truth) -> None:
    for file in {s.file for s in place.files if s.file.endswith(".xlsx")}:
        book = openpyxl.load_workbook(place.published() / file)
        seen = {sheet.title: sheet.max_row for sheet in book}
        assert seen == {s.sheet: s.rows_in for s in place.files if s.file == file}, file


def test_calamine_sees_as_many_rows_in_every_opendocument_file_as_the_truth(place: Truth) -> None:
    for file in {s.file for s in place.files if s.file.endswith(".ods")}:
        book = CalamineWorkbook.from_path(place.published() / file)
        seen = {
            name: len(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        }
        assert seen == {s.sheet: s.rows_in for s in place.files if s.file == file}, file
