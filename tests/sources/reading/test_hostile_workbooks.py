"""Workbooks made to exhaust, to mislead or to break: each ends as rows or as a refusal."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.workbooks import sheets

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
) + "]>"  # fmt: skip
# Reads a file in a program of its own, then says what came of it and the most memory it took.
MEASURED = """
import json, resource, sys, time
from pathlib import Path
from totalplace.refusal import Refused
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.workbooks import sheets
path, began, why, rows = Path(sys.argv[1]), time.monotonic(), "", 0
try:
    for document in documents(path, bounds=Bounds(), scratch=Path(sys.argv[2])):
        for _, sheet in sheets(document.path, bounds=Bounds()):
            rows += sum(1 for _ in sheet)
except Refused as refused:
    why = str(refused)
# What a program took before it became this one counts in its own ru_maxrss, not in VmHWM.
status = Path("/proc/self/status")
mine = (int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024 if status.exists()
        else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
unit = 1 if sys.platform == "darwin" else 1024
most = max(mine, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit)
print(json.dumps([why, rows, most / 2**20, time.monotonic() - began]))
"""


def measured(path: Path) -> tuple[str, int, float]:
    """The refusal (or nothing), rows read, and MB of memory at most; within 20 seconds."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    command = [sys.executable, "-c", MEASURED, str(path), str(scratch)]
    root = Path(__file__).parents[3] / "src"
    done = subprocess.run(
        command, capture_output=True, timeout=60, check=True, env={"PYTHONPATH": str(root)}
    )
    why, rows, most, seconds = json.loads(done.stdout)
    assert seconds < 20
    assert list(scratch.iterdir()) == []
    return why, rows, most


def a_workbook(
    path: Path, sheet: bytes | str, *, strings: bytes | str = "", sheets_xml: str = ""
) -> Path:
    """A workbook whose one sheet, and shared words, are given as XML."""
    listed = sheets_xml or '<sheet name="s" sheetId="1" r:id="rId1"/>'
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{SPACE}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{REL}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{REL}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
    return path


def a_sheet(rows: str, *, dimension: str = "A1:B2", prolog: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{prolog}<worksheet xmlns="{SPACE}"><dimension ref="{dimension}"/>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


A_VALUE = 'office:value-type="float" office:value="1"'


def an_open_document(path: Path, rows: str) -> Path:
    """A spreadsheet of LibreOffice whose one sheet is given as XML."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{names}:manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{names}:office:1.0" '
            f'xmlns:table="{names}:table:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="s">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def a_repeated_row(rows: int, columns: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell {A_VALUE} table:number-columns-repeated="{columns}"/></table:table-row>'
    )


def rows_of(path: Path, bounds: Bounds | None = None) -> list[list[object]]:
    return [list(r) for _, rows in sheets(path, bounds=bounds or Bounds()) for r in rows]


def refused(path: Path, bounds: Bounds | None = None) -> str:
    with pytest.raises(Refused) as refusal:
        rows_of(path, bounds)
    return str(refusal.value)


ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


class TestSheetsThatClaimTooMuch:
    def test_two_cells_at_the_ends_of_the_sheet_are_refused_cheaply(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
        why, rows, most = measured(a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW + far)))
        assert "reaches over 1,048,576 rows and 16,384 columns" in why
        assert rows == 0
        assert most < 100

    def test_a_stated_range_is_not_believed(self, tmp_path: Path) -> None:
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW, dimension="A1:XFD1048576"))
        why, rows, most = measured(path)
        assert (why, rows) == ("", 1)
        assert most < 100

    def test_formatted_blank_cells_far_away_do_not_count(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
        why, rows, most = measured(a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW + far)))
        assert (why, rows) == ("", 1_048_576)
        assert most < 100

    def test_a_stray_note_at_the_foot_of_the_sheet_is_read(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="H1048576"><v>2</v></c></row>'
        why, rows, _ = measured(a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW + far)))
        assert (why, rows) == ("", 1_048_576)

    def test_rows_past_the_end_of_excel_are_refused(self, tmp_path: Path) -> None:
        far = '<row r="4294967295"><c r="A4294967295"><v>2</v></c></row>'
        assert "damaged" in refused(a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW + far)))

    def test_a_thousand_sheets_are_refused(self, tmp_path: Path) -> None:
        many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 1001))
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW), sheets_xml=many)
        assert "it has 1,000 sheets, and a workbook may have up to 200" in refused(path)

    def test_many_sheets_of_one_part_count_each(self, tmp_path: Path) -> None:
        many = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 151))
        rows = "".join(f'<row r="{n}"><c r="Z{n}"><v>1</v></c></row>' for n in range(1, 1001))
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(rows), sheets_xml=many)
        assert "up to 1,000,000 cells" in refused(path, Bounds(cells=1_000_000))

    def test_sheets_of_an_old_workbook_count_together(self, tmp_path: Path) -> None:
        book = xlwt.Workbook()
        for n in range(20):
            sheet = book.add_sheet(f"s{n}")
            sheet.write(0, 0, 1)
            sheet.write(65_535, 255, 1)
        book.save(str(tmp_path / "a.xls"))
        why, _, most = measured(tmp_path / "a.xls")
        assert "reaches over 65,536 rows and 256 columns" in why
        assert most < 100

    def test_repeats_of_an_open_document_are_counted_and_not_written_out(
        self, tmp_path: Path
    ) -> None:
        path = an_open_document(tmp_path / "a.ods", a_repeated_row(999_999, 9_999))
        why, _, most = measured(path)
        assert "reaches over 999,999 rows and 9,999 columns" in why
        assert most < 100

    def test_rows_that_an_open_document_repeats_are_all_read(self, tmp_path: Path) -> None:
        path = an_open_document(tmp_path / "a.ods", a_repeated_row(300_000, 2))
        assert rows_of(path) == [[1, 1]] * 300_000

    def test_rows_past_the_end_of_an_open_document_are_refused_and_not_left_out(
        self, tmp_path: Path
    ) -> None:
        path = an_open_document(tmp_path / "a.ods", a_repeated_row(9_000_000, 1))
        assert "has something in row 9,000,000, and the last row of a sheet is 1,048,576" in (
            refused(path)
        )

    def test_blank_rows_that_an_open_document_repeats_for_ever_cost_nothing(
        self, tmp_path: Path
    ) -> None:
        blank = a_repeated_row(4 * 10**9, 4 * 10**9).replace(A_VALUE, "")
        path = an_open_document(tmp_path / "a.ods", a_repeated_row(1, 1) + blank)
        why, rows, most = measured(path)
        assert (why, rows) == ("", 1)
        assert most < 100


class TestBombs:
    def test_a_part_that_unpacks_to_too_much_is_refused(self, tmp_path: Path) -> None:
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(" " * (300 * 2**20)))
        why, _, most = measured(path)
        assert "it unpacks to 300" in why
        assert "200 times its own size" in why
        assert most < 300

    def test_a_part_larger_than_it_says_is_refused(self, tmp_path: Path) -> None:
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW), strings=" " * (300 * 2**20))
        content = bytearray(path.read_bytes())
        entry = content.rindex(b"xl/sharedStrings.xml") - 46
        content[entry + 24 : entry + 28] = (1_000).to_bytes(4, "little")
        path.write_bytes(content)
        why, _, most = measured(path)
        assert "damaged" in why
        assert most < 300

    @pytest.mark.parametrize("part", ["sheet", "strings", "book"])
    def test_words_that_multiply_are_refused(self, tmp_path: Path, part: str) -> None:
        row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
        path = tmp_path / "a.xlsx"
        if part == "sheet":
            a_workbook(path, a_sheet(row, prolog=LAUGHS))
        elif part == "strings":
            a_workbook(path, a_sheet(ONE_ROW), strings=f"{LAUGHS}<sst><si><t>&a11;</t></si></sst>")
        else:
            inside = a_workbook(tmp_path / "b.xlsx", a_sheet(ONE_ROW))
            with zipfile.ZipFile(inside) as old, zipfile.ZipFile(path, "w") as new:
                for name in old.namelist():
                    content = old.read(name)
                    new.writestr(name, LAUGHS.encode() + content if "workbook" in name else content)
        why, _, most = measured(path)
        assert "declares entities" in why
        assert most < 100

    def test_one_long_word_used_everywhere_is_bounded_on_disk(self, tmp_path: Path) -> None:
        cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 401))
        strings = f'<sst xmlns="{SPACE}"><si><t>{"x" * 30_000}</t></si></sst>'
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(cells), strings=strings)
        assert "more than 1 MB of text" in refused(path, Bounds(workbook_text_bytes=2**20))
        assert len(rows_of(path)) == 400

    def test_a_cell_longer_than_excel_holds_is_refused(self, tmp_path: Path) -> None:
        strings = f'<sst xmlns="{SPACE}"><si><t>{"x" * 40_000}</t></si></sst>'
        row = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(row), strings=strings)
        assert (
            "row 1 of its sheet s is longer than 16 MB, or a cell of it than 32,767 characters"
            in refused(path)
        )

    def test_running_out_of_memory_is_a_refusal(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="T1048576"><v>2</v></c></row>'
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(ONE_ROW + far))
        message = refused(path, Bounds(workbook_memory_bytes=300 * 2**20))
        assert "more than 300 MB of memory" in message

    def test_running_out_of_time_is_a_refusal(self, tmp_path: Path) -> None:
        rows = "".join(
            f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>'
            for n in range(1, 700_001)
        )
        path = a_workbook(tmp_path / "a.xlsx", a_sheet(rows))
        assert "more than 1 seconds" in refused(path, Bounds(workbook_seconds=1))


def an_excel_file() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("April")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for n in range(60):
            sheet.write_row(n, 0, [f"Supplier {n % 7}", n * 1.5])
            sheet.write_number(n, 2, 45_000 + n, day)
            sheet.write_formula(n, 3, "=1/0", value="#DIV/0!")
    return buffer.getvalue()


def an_old_excel_file() -> bytes:
    book, buffer = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("April")
    for n in range(60):
        sheet.write(n, 0, f"Supplier {n}")
        sheet.write(n, 1, n * 1.5)
        sheet.row(n).set_cell_error(2, 0x2A)
    book.save(buffer)
    return buffer.getvalue()


def read_or_refused(path: Path) -> None:
    """Read every document of a file, as a person's file is read; nothing may be left behind."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        for document in documents(path, bounds=Bounds(), scratch=scratch):
            if document.kind == "workbook":
                rows_of(document.path)
    except Refused as refusal:
        why = refusal.why
    else:
        why = "it was read"
    assert why
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("make", [an_excel_file, an_old_excel_file])
def test_a_workbook_cut_short_anywhere_is_refused(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    whole, path = make(), tmp_path / "a.xlsx"
    for twentieth in range(1, 20):
        path.write_bytes(whole[: len(whole) * twentieth // 20])
        read_or_refused(path)


@pytest.mark.parametrize("make", [an_excel_file, an_old_excel_file])
def test_bytes_changed_on_the_way_give_rows_or_a_refusal(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    whole, path = make(), tmp_path / "a.xlsx"
    for seed in range(25):
        rng = random.Random(seed)
        content = bytearray(whole)
        for _ in range(rng.randrange(1, 12)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        path.write_bytes(content)
        read_or_refused(path)


def test_parts_changed_and_packed_again_give_rows_or_a_refusal(tmp_path: Path) -> None:
    """The checksums of a zip catch changes to it; here they are right, and the XML is wrong."""
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(an_excel_file())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for seed in range(40):
        rng = random.Random(seed)
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                changed = bytearray(content)
                for _ in range(rng.randrange(3)):
                    changed[rng.randrange(len(changed))] = rng.choice(b'<>/"0123456789ABC&r =')
                archive.writestr(name, bytes(changed))
        read_or_refused(path)
