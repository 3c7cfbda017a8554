"""Formulas that a workbook holds without a result: told apart where that is asked for."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.sources.reading.test_workbooks import an_open_document, read

from totalplace.refusal import Refused
from totalplace.sources.reading import sheet_xml
from totalplace.sources.rules.unsaved import Unsaved


def test_formulas_without_a_saved_result_are_told_apart_where_that_is_asked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cell, said in (("A1", "Total"), ("C1", '=IF(1<2,"a&b",3)'), ("B4", "=1+1")):
        book.active[cell] = said
    book.create_sheet("Only")["B2"] = "=A1"
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", formulas=True)
    assert found["Sheet"] == [["Total", None, '=IF(1<2,"a&b",3)'], [], [], [None, "=1+1"]]
    assert found["Only"] == [[], [None, "=A1"]]
    assert [type(row[-1]) for row in found["Sheet"] if row] == [Unsaved, Unsaved]


def test_a_formula_whose_saved_result_is_an_empty_text_has_a_result() -> None:
    look = sheet_xml.look_through(
        io.BytesIO(
            b'<x:worksheet><x:sheetData><x:row r="1">'
            b'<x:c r="A1" t="str"><x:f>""</x:f><x:v></x:v></x:c>'
            b'<x:c r="B1"><x:f>1+1</x:f><x:v/></x:c>'
            b'<x:c r="C1" t="str"><x:f t="shared" si="0"/></x:c>'
            b"</x:row></x:sheetData></x:worksheet>"
        )
    )
    assert look.formulas == {(0, 1): "=1+1", (0, 2): "="}


def test_formulas_without_a_result_whose_cell_is_not_named_refuse_the_workbook(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "Total", "=1+1"
    book.save(tmp_path / "a.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as was,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as now,
    ):
        for name in was.namelist():
            now.writestr(name, was.read(name).replace(b'<c r="B1"', b'<c s="0"'))
    assert read(tmp_path / "b.xlsx") == {"Sheet": [["Total"]]}
    with pytest.raises(Refused, match="its sheet Sheet holds formulas without a result"):
        read(tmp_path / "b.xlsx", formulas=True)


def test_formulas_of_an_open_document_without_a_result_are_told_apart(tmp_path: Path) -> None:
    formula = "table:formula='of:=1+1'"
    path = an_open_document(
        tmp_path / "a.ods",
        f"<table:table-row><table:table-cell {formula} office:value-type='float'/>"
        f"<table:table-cell {formula} office:value-type='float' office:value='2'/>"
        f"<table:table-cell {formula} office:value-type='string'/>"
        f"<table:table-cell {formula} table:number-columns-repeated='2'/></table:table-row>",
    )
    assert read(path, formulas=True)["s"] == [["=1+1", 2.0, None, "=1+1", "=1+1"]]
