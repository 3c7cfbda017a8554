"""The sheets of a workbook, as a person sees them in Excel."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.workbooks import SheetRows, sheets
from totalplace.sources.rules.layout import Cell

Book = dict[str, list[list[Cell]]]


def read(
    path: Path,
    bounds: Bounds | None = None,
    said: list[str] | None = None,
    *,
    formulas: bool = False,
) -> Book:
    """Every sheet of a workbook as plain lists."""
    found = sheets(path, bounds=bounds or Bounds(), said=said, formulas=formulas)
    return {n: list(rows) for n, rows in found}


def refused(path: Path, bounds: Bounds | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        read(path, bounds)
    return str(refusal.value)


@pytest.fixture
def excel(tmp_path: Path) -> Path:
    """A workbook with every kind of cell, from B3 on."""
    path = tmp_path / "spend.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("April")
        day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format()
        clock.set_num_format("hh:mm")
        sheet.write_row("B3", ["Acme Ltd", 500.25, True, "-12.50"])
        sheet.write_datetime("B4", datetime(2024, 4, 1), day)
        sheet.write_datetime("C4", datetime(2024, 4, 1, 13, 5), day)
        sheet.write_datetime("D4", datetime(1900, 1, 1, 3, 4).time(), clock)
        sheet.write_number("E4", 45383)  # a day kept as a plain number stays one
        sheet.write_number("B5", 1.5, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula("C5", "=1/0", value="#DIV/0!")
        sheet.write_formula("D5", '=B3&"!"', value="Acme Ltd!")
        sheet.write_formula("E5", "=C3*2", value=1000.5)
        sheet.write_formula("G7", "=NA()", value="#N/A")
    return path


class TestExcel:
    def test_rows_and_columns_are_where_excel_shows_them(self, excel: Path) -> None:
        rows = read(excel)["April"]
        assert rows[0] == rows[1] == []
        assert rows[2] == [None, "Acme Ltd", 500.25, True, "-12.50"]
        assert rows[3] == [
            None, date(2024, 4, 1), datetime(2024, 4, 1, 13, 5), time(3, 4), 45383.0,
        ]  # fmt: skip

    def test_formulas_give_their_saved_result_and_errors_their_word(self, excel: Path) -> None:
        rows = read(excel)["April"]
        assert rows[4] == [None, timedelta(hours=36), "#DIV/0!", "Acme Ltd!", 1000.5]
        assert rows[6] == [None] * 6 + ["#N/A"]
        assert len(rows) == 7

    def test_rows_can_be_sliced_indexed_and_read_again(self, excel: Path) -> None:
        ((_, rows),) = sheets(excel, bounds=Bounds())
        whole = list(rows)
        assert isinstance(rows, SheetRows)
        assert len(rows) == len(whole) == 7
        assert rows[:3] == whole[:3]
        assert rows[2:6] == whole[2:6]
        assert rows[-1] == whole[-1]
        assert [rows[n] for n in range(7)] == whole
        assert rows[::-1] == whole[::-1]
        assert list(reversed(rows)) == whole[::-1]
        with pytest.raises(IndexError):
            rows[7]

    def test_a_change_to_a_row_does_not_change_the_workbook(self, excel: Path) -> None:
        ((_, rows),) = sheets(excel, bounds=Bounds())
        rows[2].clear()
        for row in rows:
            row.clear()
        assert rows[2][1] == "Acme Ltd"

    def test_formatted_blank_rows_at_the_end_are_counted(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            sheet = book.add_worksheet("May")
            sheet.write_row(0, 0, ["Date", "Amount"])
            bold = book.add_format({"bold": True})
            for row in range(1, 20):
                sheet.write_blank(row, 0, None, bold)
        rows = read(tmp_path / "a.xlsx")["May"]
        assert rows == [["Date", "Amount"]] + [[]] * 19

    def test_rows_far_apart_keep_their_places(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            sheet = book.add_worksheet("s")
            for row in (5, 15, 100, 90_000):
                sheet.write(row, 1, row)
        rows = read(tmp_path / "a.xlsx")["s"]
        assert {n: r for n, r in enumerate(rows) if r} == {
            n: [None, float(n)] for n in (5, 15, 100, 90_000)
        }
        assert len(rows) == 90_001

    def test_many_rows_come_back_in_blocks_as_written(self, tmp_path: Path) -> None:
        wanted: list[list[Cell]] = [[float(n), f"Supplier {n}"] for n in range(30_000)]
        with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as book:
            sheet = book.add_worksheet("s")
            for n, row in enumerate(wanted):
                sheet.write_row(n, 0, row)
        ((_, rows),) = sheets(tmp_path / "a.xlsx", bounds=Bounds())
        assert list(rows) == wanted
        assert rows[19_990:20_010] == wanted[19_990:20_010]

    def test_hidden_sheets_are_read_and_said_and_empty_and_chart_sheets_are_not(
        self, tmp_path: Path
    ) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            book.add_worksheet("shown").write(0, 0, 1)
            hidden = book.add_worksheet("back")
            hidden.write(0, 0, 2)
            hidden.hide()
            book.add_worksheet("blank").hide()
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=shown!$A$1"})
            book.add_chartsheet("chart").set_chart(chart)
        said: list[str] = []
        assert read(tmp_path / "a.xlsx", said=said) == {"shown": [[1.0]], "back": [[2.0]]}
        assert said == ["a.xlsx: its sheet back is hidden, and was read."]

    def test_macros_are_said_and_never_run(self, excel: Path, tmp_path: Path) -> None:
        path = shutil.copy(excel, tmp_path / "m.xlsm")
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"\0" * 100)
        said: list[str] = []
        assert read(Path(path), said=said) == read(excel)
        assert said == ["m.xlsm: it carries macros, which were not run."]

    def test_formulas_without_a_saved_result_are_blank_and_said(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active["A1"], book.active["B1"] = "Total", "=1+1"
        book.save(tmp_path / "a.xlsx")
        said: list[str] = []
        assert read(tmp_path / "a.xlsx", said=said) == {"Sheet": [["Total"]]}
        assert "a formula of the sheet Sheet has no saved result" in said[0]

    def test_merged_cells_keep_their_first_cell(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.active["A1"], book.active["A2"] = "Spend over £500", 1
        book.active.merge_cells("A1:D1")
        book.save(tmp_path / "a.xlsx")
        assert read(tmp_path / "a.xlsx")["Sheet"] == [["Spend over £500"], [1.0]]

    def test_dates_of_a_workbook_that_counts_from_1904_are_right(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True}) as book:
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            book.add_worksheet("s").write_datetime(0, 0, datetime(2024, 4, 1), day)
        assert read(tmp_path / "a.xlsx")["s"] == [[date(2024, 4, 1)]]

    def test_odd_names_of_sheets_and_cells_survive(self, tmp_path: Path) -> None:
        words = 'Jan \'24 & <Feb> "x"'
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
            book.add_worksheet("Jan '24 & <x>").write(0, 0, words + "\n£ é 漢 😀")
        assert read(tmp_path / "a.xlsx") == {"Jan '24 & <x>": [[words + "\n£ é 漢 😀"]]}

    def test_the_ending_of_the_name_does_not_matter(self, excel: Path, tmp_path: Path) -> None:
        for name in ("a.xls", "a.ods", "a.csv", "a"):
            assert read(Path(shutil.copy(excel, tmp_path / name))) == read(excel)


class TestOtherWorkbooks:
    def test_an_old_workbook_is_read_with_its_errors_and_blank_rows(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        sheet = book.add_sheet("April")
        day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
        sheet.write(2, 1, "Acme Ltd")
        sheet.write(2, 2, 500.25)
        sheet.write(3, 1, date(2024, 4, 1), day)
        sheet.row(4).set_cell_error(2, 0x2A)
        sheet.write(9, 0, "", xlwt.easyxf("font: bold on"))
        for n in range(40):  # long enough to leave the small sectors of the file
            book.add_sheet(f"s{n}").write(0, 0, "word " * 20)
        book.save(str(tmp_path / "a.xls"))
        rows = read(tmp_path / "a.xls")["April"]
        assert rows == [
            [], [], [None, "Acme Ltd", 500.25], [None, date(2024, 4, 1)], [None, None, "#N/A"],
            [], [], [], [], [],
        ]  # fmt: skip

    def test_a_small_old_workbook_is_read(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        book.add_sheet("s").row(0).set_cell_error(0, 0x07)
        book.get_sheet(0).write(1, 0, 5)
        book.save(str(tmp_path / "a.xls"))
        assert read(tmp_path / "a.xls") == {"s": [["#DIV/0!"], [5]]}

    def test_a_locked_old_workbook_names_the_password(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        book.add_sheet("s").write(0, 0, 1)
        book.save(str(tmp_path / "a.xls"))
        content = (tmp_path / "a.xls").read_bytes()
        write_access = content.index(b"\x5c\x00\x70\x00")
        locked = content[:write_access] + b"\x2f\x00" + content[write_access + 2 :]
        (tmp_path / "a.xls").write_bytes(locked)
        assert "locked with a password" in refused(tmp_path / "a.xls")

    def test_an_open_document_is_read(self, tmp_path: Path) -> None:
        book = OpenDocumentSpreadsheet()
        table = Table(name="April")
        for cells in (["Date", "Amount"], [], ["x", 5.5]):
            row = TableRow()
            for cell in cells:
                if isinstance(cell, str):
                    made = TableCell(valuetype="string")
                    made.addElement(P(text=cell))
                else:
                    made = TableCell(valuetype="currency", value=cell, currency="GBP")
                row.addElement(made)
            table.addElement(row)
        book.spreadsheet.addElement(table)
        book.save(str(tmp_path / "a.ods"))
        assert read(tmp_path / "a.ods") == {"April": [["Date", "Amount"], [], ["x", 5.5]]}

    def test_errors_of_an_open_document_are_words_and_not_nought(self, tmp_path: Path) -> None:
        error = 'office:value-type="{}" calcext:value-type="error"'
        path = an_open_document(
            tmp_path / "a.ods",
            "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>"
            "<table:table-row><table:table-cell office:value-type='float' office:value='7'/>"
            f"<table:table-cell {error.format('float')} office:value='0'><text:p>Err:502</text:p>"
            f"</table:table-cell><table:table-cell {error.format('string')}>"
            "<text:p>#N/A</text:p></table:table-cell></table:table-row>"
            "<table:table-row table:number-rows-repeated='1048573'>"
            "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>",
        )
        assert read(path) == {"s": [[], [], [7.0, "Err:502", "#N/A"]]}

    def test_a_locked_open_document_names_the_password(self, tmp_path: Path) -> None:
        path = an_open_document(tmp_path / "a.ods", "", manifest="<manifest:encryption-data/>")
        assert "locked with a password" in refused(path)

    def test_a_binary_workbook_is_read_with_its_errors(self, tmp_path: Path) -> None:
        path = a_binary_workbook(tmp_path / "a.xlsb")
        assert read(path) == {"April": [[], [None, 500.25, "#REF!"], [None, None, "#N/A"]]}


NAMES = "urn:oasis:names:tc:opendocument:xmlns"


def an_open_document(path: Path, rows: str, *, manifest: str = "", prolog: str = "") -> Path:
    """A spreadsheet of LibreOffice with one sheet, `s`."""
    spaces = " ".join(f'xmlns:{n}="{NAMES}:{n}:1.0"' for n in ("office", "table", "text"))
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0">{manifest}'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?>{prolog}<office:document-content {spaces}><office:body>'
            f'<office:spreadsheet><table:table table:name="s">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(body)]) + body


def _wide(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def a_binary_workbook(path: Path) -> Path:
    """The least that is a workbook of [MS-XLSB]: a number in B2, errors in C2 and C3."""
    cell = struct.Struct("<II")
    row = b"\0" * 21
    sheet = b"".join(
        [
            _record(129),
            _record(148, struct.pack("<IIII", 1, 2, 1, 2)),
            _record(145),
            _record(0, struct.pack("<I", 1) + row),
            _record(5, cell.pack(1, 0) + struct.pack("<d", 500.25)),
            _record(3, cell.pack(2, 0) + b"\x17"),
            _record(0, struct.pack("<I", 2) + row),
            _record(3, cell.pack(2, 0) + b"\x2a"),
            _record(146),
            _record(130),
        ]
    )
    bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("April")
    book = b"".join(_record(k, b) for k, b in ((131, b""), (143, b""), (156, bundle), (144, b"")))
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book + _record(132))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/>'
            "</Relationships>",
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_workbook_given_as_bytes_over_the_limit_is_refused(excel: Path) -> None:
    message = refused(excel, Bounds(workbook_bytes=1_000))
    assert "one may be up to 1000 bytes" in message
    assert "Save each of its sheets as CSV" in message


def test_sheets_can_be_kept_after_the_workbook_is_closed(excel: Path) -> None:
    found = sheets(excel, bounds=Bounds())
    _, rows = next(found)
    found.close()
    excel.unlink()
    assert rows[2][1] == "Acme Ltd"


def test_two_sheets_may_be_read_by_turns(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name in ("a", "b"):
            book.add_worksheet(name).write_column(0, 0, [name] * 5)
    (tmp_path / "x.xlsx").write_bytes(buffer.getvalue())
    (_, first), (_, second) = sheets(tmp_path / "x.xlsx", bounds=Bounds())
    pairs = [(a, b) for a, b in zip(first, second, strict=True)]
    assert pairs == [(["a"], ["b"])] * 5
