"""From a file that was given to the documents in it, whatever the file turns out to be."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name, size

CSV = b"Date,Supplier,Amount\r\n01/04/2024,Acme Ltd,500.00\r\n"
Listed = list[tuple[str, str, bytes]]


def opened(
    path: Path, bounds: Bounds | None = None, said: list[str] | None = None, name: str | None = None
) -> Listed:
    """Every document in a file: its name, kind and bytes. Checks that nothing is left behind."""
    scratch = path.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    try:
        found = documents(path, bounds=bounds or Bounds(), scratch=scratch, said=said, name=name)
        return [(d.name, d.kind, d.path.read_bytes()) for d in found]
    finally:
        assert list(scratch.iterdir()) == []


def refused(path: Path, bounds: Bounds | None = None) -> str:
    """The refusal of a file, as a person reads it."""
    with pytest.raises(Refused) as refusal:
        opened(path, bounds)
    message = str(refusal.value)
    assert message.endswith(".")
    assert ".." not in message.replace("../", "")
    return message


def a_zip(path: Path, members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def a_workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("April").write_row(0, 0, ["Date", "Supplier", "Amount"])
    return buffer.getvalue()


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


class TestWhatIsOpened:
    def test_a_text_file_is_read_where_it_stands(self, tmp_path: Path) -> None:
        path = written(tmp_path / "spend.csv", CSV)
        (only,) = documents(path, bounds=Bounds(), scratch=tmp_path / "s")
        assert (only.name, only.path, only.kind) == ("spend.csv", path, "text")

    def test_the_kind_is_told_by_content_and_not_by_name(self, tmp_path: Path) -> None:
        assert opened(written(tmp_path / "a.csv", a_workbook()))[0][1] == "workbook"
        assert opened(written(tmp_path / "b.xlsx", CSV))[0][1] == "text"
        assert opened(written(tmp_path / "c.txt", gzip.compress(CSV))) == [("c.txt", "text", CSV)]

    def test_the_officers_own_name_is_used_where_it_is_given(self, tmp_path: Path) -> None:
        path = written(tmp_path / "upload-81", CSV)
        assert opened(path, name="May 2024.csv")[0][0] == "May 2024.csv"

    def test_a_zip_gives_its_documents_in_its_own_order(self, tmp_path: Path) -> None:
        inside = {"2024/May.csv": CSV, "2024/April.csv": CSV + b"x", "book.xlsx": a_workbook()}
        found = opened(a_zip(tmp_path / "spend.zip", inside))
        assert [(n, k) for n, k, _ in found] == [
            ("spend.zip/2024/May.csv", "text"),
            ("spend.zip/2024/April.csv", "text"),
            ("spend.zip/book.xlsx", "workbook"),
        ]
        assert found[1][2] == CSV + b"x"

    def test_a_gz_may_hold_a_workbook_or_several_members(self, tmp_path: Path) -> None:
        assert opened(written(tmp_path / "a.csv.gz", gzip.compress(a_workbook())))[0][1] == (
            "workbook"
        )
        twice = gzip.compress(CSV) + gzip.compress(CSV)
        assert opened(written(tmp_path / "b.csv.gz", twice))[0][2] == CSV + CSV

    def test_one_archive_in_another_is_opened(self, tmp_path: Path) -> None:
        inner = a_zip(tmp_path / "in.zip", {"a.csv": CSV}).read_bytes()
        inside = {"x.zip": inner, "y.csv.gz": gzip.compress(CSV)}
        names = [n for n, _, _ in opened(a_zip(tmp_path / "out.zip", inside))]
        assert names == ["out.zip/x.zip/a.csv", "out.zip/y.csv.gz"]

    def test_hidden_files_are_passed_over_and_said(self, tmp_path: Path) -> None:
        said: list[str] = []
        inside = {"__MACOSX/._a.csv": b"\0", ".DS_Store": b"\0", "a.csv": CSV, "b/Thumbs.db": b"x"}
        assert len(opened(a_zip(tmp_path / "s.zip", inside), said=said)) == 1
        assert said == [
            "s.zip: hidden files were passed over (__MACOSX/._a.csv, .DS_Store, b/Thumbs.db)."
        ]

    def test_what_is_no_table_beside_the_tables_is_passed_over_and_said(
        self, tmp_path: Path
    ) -> None:
        said: list[str] = []
        inside = {"notes.pdf": b"%PDF-1.7\n", "a.csv": CSV, "empty.csv": b""}
        assert len(opened(a_zip(tmp_path / "s.zip", inside), said=said)) == 1
        assert said == [
            "s.zip/notes.pdf was not read: it is a PDF, not a table.",
            "s.zip/empty.csv was not read: it is empty.",
        ]

    def test_an_archive_without_a_table_says_what_it_holds(self, tmp_path: Path) -> None:
        message = refused(a_zip(tmp_path / "s.zip", {"notes.pdf": b"%PDF-1.7\n"}))
        assert "holds no text file or workbook" in message
        assert "it is a PDF" in message
        assert "it is empty" in refused(a_zip(tmp_path / "e.zip", {}))

    def test_an_unpacked_document_is_gone_when_the_next_is_asked_for(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "s.zip", {"a.csv": CSV, "b.csv": CSV})
        found = documents(path, bounds=Bounds(), scratch=tmp_path / "scratch")
        first = next(found).path
        assert first.read_bytes() == CSV
        assert stat.S_IMODE(first.stat().st_mode) == 0o600
        found.close()
        assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.4\n...", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"{\\rtf1\\ansi", "a rich-text document"),
        (b"\x7fELF\x02\x01", "a program"),
        (b"MZ\x90\x00\x03\x00\x00", "a program"),
        (b'{"payments": [1]}', "JSON"),
        (b'\xef\xbb\xbf[\n {"a": 1}]', "JSON"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7-Zip"),
        (b"Rar!\x1a\x07\x00\xcf", "RAR"),
        (b"SQLite format 3\x00", "a database"),
        (b"PAR1\x15\x00", "a Parquet file"),
        (b"\x09\x08\x08\x00\x00\x05", "no text file"),
        (b"\x09\x04\x06\x00\x00\x00", "older than 1997"),
        (b"\x00\x01\x02\x03" * 300, "no text file"),
        (b"", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b" \r\n\r\n", "it is empty"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "a web page"),
        (b"\r\n<table><tr><td>Date</td></tr></table>", "a web page"),
        (b'<?xml version="1.0"?><list><a/></list>', "XML"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "Excel 2003"),
        (b"x" * 257 + b"ustar  \0", "a tar archive"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, word: str) -> None:
    message = refused(written(tmp_path / "spend.xls", content))
    assert word in message
    assert message.startswith("spend.xls was not read: ")


@pytest.mark.parametrize(
    "content",
    [
        b"MZ Holdings,500\nAcme,600\n",
        b"[redacted],500\nAcme,600\n",
        b"<none>;500\n",
        "Date,Supplier\n1,Café\n".encode("utf-16"),
        "Date,Supplier\n1,Cafe\n".encode("utf-16-le"),
        b"Date,Supplier\n1,Caf\xe9\x80\n",
        b"one column\nof words\n",
        b"{Total},1\n",
    ],
)
def test_text_that_only_looks_like_something_else_is_read(tmp_path: Path, content: bytes) -> None:
    assert opened(written(tmp_path / "a.csv", content))[0][1] == "text"


@pytest.mark.parametrize(
    ("part", "word"),
    [("word/document.xml", "a Word document"), ("ppt/presentation.xml", "a PowerPoint document")],
)
def test_other_office_documents_are_named(tmp_path: Path, part: str, word: str) -> None:
    inside = {"[Content_Types].xml": b"<Types/>", part: b"<x/>"}
    assert word in refused(a_zip(tmp_path / "a.xlsx", inside))


@pytest.mark.parametrize(
    ("stream", "word"),
    [
        ("EncryptedPackage", "locked with a password"),
        ("WordDocument", "a Word document"),
        ("Other", "an old Office file without sheets"),
    ],
)
def test_what_an_old_office_file_holds_is_told_by_its_streams(
    tmp_path: Path, stream: str, word: str
) -> None:
    assert word in refused(written(tmp_path / "a.xlsx", an_old_office_file(stream)))


def test_an_old_workbook_is_a_workbook_whatever_its_name(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", an_old_office_file("Workbook"))
    assert opened(path)[0][1] == "workbook"


def an_old_office_file(stream: str) -> bytes:
    """An old workbook whose one stream has another name."""
    book, buffer = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("s").write(0, 0, "x")
    book.save(buffer)
    content = bytearray(buffer.getvalue())
    entry = content.rindex("Workbook".encode("utf-16-le"))
    name = stream.encode("utf-16-le")
    content[entry : entry + 64] = name.ljust(64, b"\0")
    content[entry + 64 : entry + 66] = struct.pack("<H", len(name) + 2)
    return bytes(content)


class TestHostileArchives:
    @pytest.mark.parametrize(
        ("name", "word"),
        [
            ("../../etc/cron.d/x.csv", "leads out of the archive"),
            ("a/../../x.csv", "leads out of the archive"),
            ("/etc/x.csv", "a place on a disk"),
            ("C:/x.csv", "a place on a disk"),
            ("a\\b.csv", "backslash"),
        ],
    )
    def test_a_name_that_leads_elsewhere_is_refused(
        self, tmp_path: Path, name: str, word: str
    ) -> None:
        assert word in refused(a_zip(tmp_path / "s.zip", {"a.csv": CSV, name: CSV}))

    def test_a_name_cannot_rewrite_the_screen(self, tmp_path: Path) -> None:
        (found,) = opened(a_zip(tmp_path / "s.zip", {"a\x1b[2J\u202ecsv.exe": CSV}))
        assert found[0] == "s.zip/a\\x1b[2J\\u202ecsv.exe"

    def test_a_link_is_refused(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
            archive.writestr(link, "/etc/passwd")
        assert "a link" in refused(tmp_path / "s.zip")

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_files_of_one_name_are_refused(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
            archive.writestr("a.csv", CSV)
            archive.writestr("a.csv", CSV + b"x")
        assert "the same name, a.csv" in refused(tmp_path / "s.zip")

    def test_a_locked_member_names_the_password(self, tmp_path: Path) -> None:
        content = bytearray(a_zip(tmp_path / "s.zip", {"a.csv": CSV}).read_bytes())
        content[6] |= 1
        content[content.index(b"PK\x01\x02") + 8] |= 1
        assert "password" in refused(written(tmp_path / "s.zip", bytes(content)))

    def test_an_odd_way_of_packing_is_refused(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "s.zip", {"a.csv": CSV}, zipfile.ZIP_LZMA)
        assert "packed in a way" in refused(path)

    def test_a_bomb_of_zeros_is_refused_before_it_fills_the_disk(self, tmp_path: Path) -> None:
        zeros = b"\0" * (200 * 2**20)
        path = a_zip(tmp_path / "s.zip", {"a.csv": zeros})
        assert "200 times its own size" in refused(path)
        packed = written(tmp_path / "s.csv.gz", gzip.compress(zeros))
        assert "200 times its own size" in refused(packed)

    def test_a_bomb_within_an_archive_counts_against_the_whole(self, tmp_path: Path) -> None:
        inner = a_zip(tmp_path / "in.zip", {"a.csv": b"1,2\n" * (20 * 2**20)}).read_bytes()
        path = a_zip(tmp_path / "s.zip", {f"{n}.zip": inner for n in range(3)})
        assert "200 times its own size" in refused(path)

    def test_an_archive_of_more_than_the_limit_is_refused(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "s.zip", {"a.csv": CSV * 100, "b.csv": CSV * 100})
        message = refused(path, Bounds(unpacked_bytes=8_000))
        assert "it unpacks to more than 7.8 KB" in message

    def test_a_file_over_the_limit_is_refused(self, tmp_path: Path) -> None:
        message = refused(written(tmp_path / "a.csv", CSV), Bounds(file_bytes=10))
        assert "may be up to 10 bytes" in message

    def test_too_many_members_are_refused_before_they_are_listed(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "s.zip", {f"{n}.csv": b"1" for n in range(60)})
        assert "lists 60 files" in refused(path, Bounds(members=50))
        assert "list of contents is far longer" in refused(path, Bounds(members=2))

    def test_archives_three_deep_are_refused(self, tmp_path: Path) -> None:
        one = a_zip(tmp_path / "1.zip", {"a.csv": CSV}).read_bytes()
        two = a_zip(tmp_path / "2.zip", {"1.zip": one}).read_bytes()
        assert "only one level" in refused(a_zip(tmp_path / "3.zip", {"2.zip": two}))
        thrice = gzip.compress(gzip.compress(gzip.compress(CSV)))
        assert "only one level" in refused(written(tmp_path / "a.gz", thrice))

    def test_members_that_share_bytes_are_refused(self, tmp_path: Path) -> None:
        content = bytearray(a_zip(tmp_path / "s.zip", {"a.csv": CSV, "b.csv": CSV}).read_bytes())
        second = content.rindex(b"PK\x01\x02")
        content[second + 42 : second + 46] = struct.pack("<I", 0)
        message = refused(written(tmp_path / "s.zip", bytes(content)))
        assert "share the same bytes" in message

    @pytest.mark.parametrize("claimed", [1, 10**6])
    def test_a_size_that_lies_is_refused(self, tmp_path: Path, claimed: int) -> None:
        content = bytearray(a_zip(tmp_path / "s.zip", {"a.csv": CSV}).read_bytes())
        entry = content.index(b"PK\x01\x02")
        content[entry + 24 : entry + 28] = struct.pack("<I", claimed)
        assert "damaged" in refused(written(tmp_path / "s.zip", bytes(content)))


def a_package(tmp_path: Path) -> bytes:
    """A zip with a text file, a packed text file and a workbook in it."""
    rng = random.Random(7)
    rows = b"".join(b"%d,Supplier %d\n" % (n, rng.randrange(10**6)) for n in range(50))
    inside = {"a.csv": rows, "b.csv.gz": gzip.compress(rows), "c.xlsx": a_workbook()}
    return a_zip(tmp_path / "whole.zip", inside).read_bytes()


@pytest.mark.parametrize("wrap", [bytes, gzip.compress])
def test_a_file_cut_short_anywhere_is_refused_and_leaves_nothing(
    tmp_path: Path, wrap: Callable[[bytes], bytes]
) -> None:
    whole = wrap(a_package(tmp_path))
    for twentieth in range(20):
        path = written(tmp_path / "cut.zip", whole[: len(whole) * twentieth // 20])
        assert refused(path)


def test_bytes_changed_on_the_way_give_documents_or_a_refusal(tmp_path: Path) -> None:
    whole = a_package(tmp_path)
    for seed in range(300):
        rng = random.Random(seed)
        content = bytearray(whole)
        for _ in range(rng.randrange(1, 20)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        try:
            opened(written(tmp_path / "odd.zip", bytes(content)))
        except Refused:
            continue


@given(st.text(max_size=500))
def test_a_shown_name_is_printable_and_short(name: str) -> None:
    assert shown_name(name).isprintable()
    assert len(shown_name(name)) <= 300


@pytest.mark.parametrize(
    ("count", "words"),
    [(5, "5 bytes"), (2**30, "1 GB"), (3 * 2**29, "1.5 GB"), (200 * 2**20, "200 MB")],
)
def test_sizes_are_said_as_people_say_them(count: int, words: str) -> None:
    assert size(count) == words
