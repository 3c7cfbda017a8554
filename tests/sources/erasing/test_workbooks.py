"""Workbooks and archives without a name: the same cells but for its own, no trace in any part."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
import openpyxl.cell.rich_text as rich
import pytest
import xlsxwriter
import xlwt
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment

from totalplace.sources.erasing.originals import Rewritten, rewritten
from totalplace.sources.erasing.scan import Only, Search
from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.rules.erasure import ERASED, Columns, Eraser, name_of, names_within

NAME: Final = "Jane Q Carer"
ROWS: Final[list[list[Any]]] = [
    ["Date", "Supplier", "Supplier No", "Description", "Amount"],
    ["2024-04-01", "Oak Ltd", 101, "Repairs", 100.0],
    ["2024-04-02", NAME, 102, "Fostering", 250.5],
    ["2024-04-03", "Elm Ltd", 103, f"for {NAME.upper()}, May", 30],
    ["2024-04-04", f"{NAME} Homes Ltd", 104, "Homes", 40],
    ["2024-04-05", NAME, 102, NAME, 5],
]
Holds = Callable[[bytes, str], bool]
FIRM: Final = f"{NAME} Homes Ltd".lower()


def search(only: Only | None = None) -> Search:
    """A search for the name; payees stand in column B and their numbers in C."""
    eraser = Eraser(name_of(NAME), names_within([FIRM], name_of(NAME)))
    tables = (("a.xlsx", "Spend"), ("a.ods", "Spend"), ("a.csv.gz", ""))
    return Search(eraser, dict.fromkeys(tables, Columns(payee=1, number=2, amount=4)), only)


@pytest.fixture
def without(tmp_path: Path) -> Callable[..., Rewritten]:
    """Rewrites a file."""

    def do(path: Path, only: Only | None = None) -> Rewritten:
        scratch = tmp_path / f"scratch-{path.name}"
        scratch.mkdir()
        return rewritten(path, path.name, search(only), scratch)

    return do


def an_xlsx(path: Path, rows: list[list[Any]] = ROWS, **options: Any) -> Path:
    """A workbook of some rows."""
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("Spend")
        bold = book.add_format({"bold": True})
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row, bold if at == 0 else None)
        book.add_worksheet("Notes").write(0, 0, f"Ask about {NAME}")
    return path


def cells_of(path: Path, sheet: str = "Spend") -> list[list[Any]]:
    return [[cell.value for cell in row] for row in opened(path)[sheet].iter_rows()]


def opened(path: Path) -> Any:
    with path.open("rb") as file:
        return openpyxl.load_workbook(io.BytesIO(file.read()))


def shared_xlsx(path: Path) -> Path:
    return an_xlsx(path)


def inline_xlsx(path: Path) -> Path:
    return an_xlsx(path, constant_memory=True)


@pytest.mark.parametrize("write", [shared_xlsx, inline_xlsx])
def test_of_an_xlsx_only_the_cells_with_the_name_change(
    write: Callable[[Path], Path], tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    path = write(tmp_path / "a.xlsx")
    new = without(path).path
    wanted = [list(row) for row in cells_of(path)]
    wanted[2][1], wanted[2][2] = ERASED, None
    wanted[3][3] = f"for {ERASED}, May"
    wanted[5][1], wanted[5][2], wanted[5][3] = ERASED, None, ERASED
    assert cells_of(new) == wanted
    assert cells_of(new, "Notes") == [[f"Ask about {ERASED}"]]
    assert opened(new)["Spend"]["B1"].font.bold


def test_where_no_firm_has_the_name_no_part_of_a_workbook_has_it_either(
    tmp_path: Path, without: Callable[..., Rewritten], holds: Holds
) -> None:
    path = an_xlsx(tmp_path / "a.xlsx", [row for row in ROWS if "Homes" not in str(row)])
    book = openpyxl.load_workbook(path)
    sheet = book["Spend"]
    sheet["B2"].comment = Comment(f"Not {NAME}", NAME)
    sheet["A9"] = rich.CellRichText(
        rich.TextBlock(InlineFont(b=True), "Jane "), rich.TextBlock(InlineFont(), "Q Carer")
    )
    sheet["A10"] = f'=IF(B3="{NAME}","yes","no")'
    sheet["A11"] = f'="{NAME}"'
    sheet["A12"].hyperlink = "mailto:x@example.org"
    sheet["A12"].hyperlink.tooltip = f"Write to {NAME}"
    sheet.oddHeader.center.text = NAME
    sheet.oddFooter.left.text = f"Paid to {NAME}"
    book.create_sheet("Hidden").sheet_state = "hidden"
    book["Hidden"]["C7"] = f"{NAME} & <others>"
    book.properties.creator = NAME
    book.properties.title = f"Fees of {NAME}"
    book.defined_names.add(openpyxl.workbook.defined_name.DefinedName("x", attr_text=f'"{NAME}"'))
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        pivot = f"<cacheField><s v='{NAME}'/><s v=\"{NAME}\"/></cacheField>"
        archive.writestr("xl/pivotCache/pivotCacheDefinition1.xml", pivot)
    assert holds(path.read_bytes(), NAME)
    new = without(path).path
    assert not holds(new.read_bytes(), NAME)
    again = opened(new)
    assert again["Spend"]["A9"].value == ERASED
    assert again["Hidden"]["C7"].value == f"{ERASED} & <others>"
    assert again.properties.title == f"Fees of {ERASED}"
    assert again["Spend"]["B2"].comment.text == f"Not {ERASED}"


def an_ods(path: Path) -> Path:
    """An OpenDocument spreadsheet, with rows and cells that are written once for several."""
    book = OpenDocumentSpreadsheet()
    table = Table(name="Spend")
    for row in ROWS:
        line = TableRow()
        for value in row:
            kind = "string" if isinstance(value, str) else "float"
            said = {} if kind == "string" else {"value": value}
            cell = TableCell(valuetype=kind, **said)
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    several = TableRow(numberrowsrepeated=3)
    cell = TableCell(valuetype="string", numbercolumnsrepeated=2)
    words = P(text="Jane ")
    words.addElement(Span(text="Q Carer"))
    cell.addElement(words)
    several.addElement(cell)
    table.addElement(several)
    noted = TableRow()
    cell = TableCell(valuetype="string")
    note = Annotation()
    note.addElement(P(text=f"not {NAME}"))
    cell.addElement(note)
    cell.addElement(P(text="Noted"))
    noted.addElement(cell)
    table.addElement(noted)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def test_of_an_ods_only_the_cells_with_the_name_change(
    tmp_path: Path, without: Callable[..., Rewritten], holds: Holds
) -> None:
    from totalplace.sources.reading.bounds import Bounds
    from totalplace.sources.reading.workbooks import sheets

    path = an_ods(tmp_path / "a.ods")
    new = without(path).path
    ((_, old_rows),) = sheets(path, bounds=Bounds())
    ((_, new_rows),) = sheets(new, bounds=Bounds())
    wanted = [list(row) for row in old_rows]
    wanted[2][1], wanted[2][2] = ERASED, None
    wanted[3][3] = f"for {ERASED}, May"
    wanted[5][1], wanted[5][2], wanted[5][3] = ERASED, None, ERASED
    for row in (6, 7, 8):
        wanted[row] = [ERASED, ERASED]
    assert [list(row) for row in new_rows] == wanted
    left = new.read_bytes()
    assert holds(left, f"{NAME} Homes")
    with zipfile.ZipFile(new) as archive:
        content = archive.read("content.xml").decode().casefold()
        assert archive.infolist()[0].filename == "mimetype"
    assert content.count(NAME.casefold()) == content.count(f"{NAME} Homes".casefold()) == 1


def test_rows_that_are_named_are_the_only_ones_to_change(
    tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    path = an_xlsx(tmp_path / "a.xlsx")
    new = without(path, only=Only(frozenset({("Spend", 3)}))).path
    wanted = [list(row) for row in cells_of(path)]
    wanted[2][1], wanted[2][2] = ERASED, None
    assert cells_of(new) == wanted
    assert cells_of(new, "Notes") == [[f"Ask about {NAME}"]]


def an_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Spend")
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    book.save(str(path))
    return path


def with_macros(path: Path) -> Path:
    an_xlsx(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\x01" * 99)
    return path


def with_a_picture_that_says_it(path: Path) -> Path:
    an_xlsx(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG" + NAME.encode())
    return path


def with_a_name_in_a_comment_of_its_xml(path: Path) -> Path:
    an_xlsx(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("customXml/item1.xml", f"<a><!-- {NAME} --></a>")
    return path


def with_a_sheet_named_so(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = NAME
    for row in ROWS:
        book.active.append(row)
    book.save(path)
    return path


def with_a_shared_formula(path: Path) -> Path:
    an_xlsx(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = sheet[sheet.index(b'<c r="B3"') :].partition(b"</c>")[0] + b"</c>"
    shared = b'<c r="B3" t="str"><f t="shared" ref="B3:B4" si="0">A1</f><v>Jane Q Carer</v></c>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(cell, shared)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("write", "why"),
    [
        (an_xls, "in the form of .xls"),
        (with_macros, "carries macros"),
        (with_a_picture_that_says_it, "a part of it that holds no words"),
        (with_a_name_in_a_comment_of_its_xml, "in a form that is not rewritten"),
        (with_a_sheet_named_so, "does not read as it should"),
        (with_a_shared_formula, "formula that other cells share"),
    ],
)
def test_what_cannot_be_rewritten_for_certain_is_not(
    write: Callable[[Path], Path], why: str, tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    path = write(tmp_path / "a.book")
    with pytest.raises(Unsafe, match=why) as unsafe:
        without(path)
    assert "carer" not in str(unsafe.value).lower()


def test_a_formula_goes_with_the_cell_that_it_gave(
    tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Spend")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.write_formula("B3", '=PROPER("jane q carer")', None, NAME)
        sheet.write_formula("F3", "=E3*2", None, 501)
    with zipfile.ZipFile(path, "a") as archive:
        chain = '<calcChain xmlns="x"><c r="B3" i="1"/><c r="F3"/></calcChain>'
        archive.writestr("xl/calcChain.xml", chain)
    new = without(path).path
    assert cells_of(new)[2][1] == ERASED
    assert cells_of(new)[2][5] == "=E3*2"
    with zipfile.ZipFile(new) as archive:
        assert archive.read("xl/calcChain.xml") == b'<calcChain xmlns="x"><c r="F3"/></calcChain>'


def csv_of(rows: list[list[Any]]) -> bytes:
    return "".join(",".join(map(str, row)) + "\r\n" for row in rows).encode("cp1252")


def test_in_an_archive_each_table_is_rewritten_and_what_is_no_table_left_out(
    tmp_path: Path, without: Callable[..., Rewritten], holds: Holds
) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deep.csv", csv_of(ROWS[:3]))
    rest = [row for row in ROWS if "Homes" not in str(row)]
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2024/a.csv", csv_of(rest))
        archive.writestr("b.csv.gz", gzip.compress(csv_of(rest)))
        archive.writestr("letter.pdf", b"%PDF-1.4 " + NAME.encode())
        archive.writestr(".hidden", NAME)
        archive.writestr("inner.zip", inner.getvalue())
        archive.write(an_xlsx(tmp_path / "a.xlsx", rest), "c.xlsx")
        archive.comment = NAME.encode()
    done = without(tmp_path / "all.zip")
    assert done.left_out == 2
    assert not holds(done.path.read_bytes(), NAME)
    with zipfile.ZipFile(done.path) as archive:
        assert archive.namelist() == ["2024/a.csv", "b.csv.gz", "inner.zip", "c.xlsx"]
        assert archive.read("2024/a.csv").startswith(csv_of(rest[:2]))


def test_a_gzip_keeps_no_name_of_what_was_packed(
    tmp_path: Path, without: Callable[..., Rewritten], holds: Holds
) -> None:
    path = tmp_path / "a.csv.gz"
    with path.open("wb") as raw, gzip.GzipFile(f"{NAME}.csv", "wb", fileobj=raw) as file:
        file.write(csv_of(ROWS[:3]))
    new = without(path).path
    assert not holds(new.read_bytes(), NAME)
    assert gzip.decompress(new.read_bytes()) == csv_of(ROWS[:3]).replace(
        b"Jane Q Carer,102", b"(erased),"
    )


def test_an_old_workbook_in_an_archive_stays_where_it_names_nobody(
    tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    old = xlwt.Workbook()
    old.add_sheet("Spend").write(0, 0, "Oak Ltd")
    old.save(str(tmp_path / "old.xls"))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", csv_of(ROWS[:3]))
        archive.write(tmp_path / "old.xls", "old.xls")
    new = without(tmp_path / "a.zip").path
    with zipfile.ZipFile(new) as archive:
        assert archive.read("old.xls") == (tmp_path / "old.xls").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        archive.write(an_xls(tmp_path / "bad.xls"), "bad.xls")
    (tmp_path / "a.zip").rename(tmp_path / "b.zip")
    with pytest.raises(Unsafe, match=r"in the form of \.xls"):
        without(tmp_path / "b.zip")


def test_a_file_in_an_archive_that_is_named_so_makes_it_go(
    tmp_path: Path, without: Callable[..., Rewritten]
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("jane_q_carer.csv", csv_of(ROWS[:3]))
    with pytest.raises(Unsafe, match="named so"):
        without(tmp_path / "a.zip")
