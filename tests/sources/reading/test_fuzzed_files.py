"""Damaged files: each is read with every row accounted for, or refused; the readers agree.

    python tests/sources/reading/test_fuzzed_files.py --minutes 10 --seed 1

runs for longer, prints what it did, and keeps a file that the reader fails on in --keep.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import polars as pl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.reading.text import LINES_IN_A_CELL, survey

SEED: Final = 1979
TEXTS: Final = 200
WORKBOOKS: Final = 40  # each is opened by a program of its own, which takes a while to start
SLOWEST: Final = 60  # seconds for a file of some KB; more is a loop without an end
HEAD: Final = ("Directorate", "Supplier Name", "Payment Date", "Expense Type", "Net Amount")
SOUP: Final = ('"', '""', ",", "\n", "\r\n", "\r", "\t", ";", "|", "£", "é", "a", "1.00", " ", "-")
# Small, so that a file made to exhaust the computer is refused before it does.
BOUNDS: Final = Bounds(workbook_seconds=20, cells=2_000_000)


def rows_of(chance: random.Random, count: int) -> list[list[str]]:
    """A list of payments as published, with a total."""
    rows, total = [list(HEAD)], 0
    for n in range(count):
        pence = chance.randrange(-10_000, 10_000_000)
        total += pence
        rows.append(
            [
                chance.choice(("Highways", "Adult Social Care", "Public Health")),
                chance.choice(("Oak Ltd", 'The "Elm" Company Ltd', "Birch,\nAsh & Co", "Café PLC")),
                f"{n % 28 + 1:02d}/{chance.randrange(1, 13):02d}/2023",
                chance.choice(("Agency Staff", "Vehicle Hire", "")),
                f"{pence / 100:,.2f}",
            ]
        )
    return [*rows, ["Total", "", "", "", f"{total / 100:.2f}"], []]


def as_text(chance: random.Random) -> bytes:
    """The payments as text, in one of the ways in which it is published."""
    text = io.StringIO(newline="")
    end = chance.choice(("\r\n", "\n", "\r"))
    ways = {"delimiter": chance.choice(",,\t;|"), "lineterminator": end}
    csv.writer(text, quoting=chance.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), **ways).writerows(  # type: ignore[arg-type]
        rows_of(chance, chance.randrange(1, 60))
    )
    return text.getvalue().encode(chance.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")))


def as_excel(chance: random.Random) -> bytes:
    """The payments as an .xlsx file."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(rows_of(chance, 20)):
            sheet.write_row(n, 0, row)
    return content.getvalue()


def as_old_excel(chance: random.Random) -> bytes:
    """The payments as an .xls file."""
    book, content = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Payments")
    for n, row in enumerate(rows_of(chance, 20)):
        for at, cell in enumerate(row):
            sheet.write(n, at, cell)
    book.save(content)
    return content.getvalue()


def as_open_document(chance: random.Random) -> bytes:
    """The payments as an .ods file."""
    document, content, sheet = OpenDocumentSpreadsheet(), io.BytesIO(), Table(name="Payments")
    for row in rows_of(chance, 20):
        line = TableRow()
        for cell in row:
            found = TableCell(valuetype="string")
            found.addElement(P(text=cell))
            line.addElement(found)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.write(content)
    return content.getvalue()


def as_gzip(chance: random.Random) -> bytes:
    """The payments as text, packed with gzip."""
    return gzip.compress(as_text(chance))


def as_zip(chance: random.Random) -> bytes:
    """The payments as two texts in an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("April.csv", "May.csv"):
            archive.writestr(name, as_text(chance))
    return content.getvalue()


def inside(chance: random.Random) -> bytes:
    """A workbook one of whose parts is damaged before it is packed, so that its sums are right."""
    whole = io.BytesIO(chance.choice((as_excel, as_open_document))(chance))
    content = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(content, "w") as new:
        hurt = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            hurting = chance.choice((damaged, grazed, grazed))
            new.writestr(name, hurting(chance, part) if name == hurt else part)
    return content.getvalue()


def soup(chance: random.Random) -> bytes:
    """Quotes, separators and line ends without sense, under a header as often as not."""
    words = [chance.choice(SOUP) for _ in range(chance.randrange(1, 400))]
    head = ",".join(HEAD) + "\n" if chance.random() < 0.5 else ""
    return (head + "".join(words)).encode(chance.choice(("utf-8", "cp1252", "utf-16")))


def noise(chance: random.Random) -> bytes:
    """Bytes by chance."""
    return chance.randbytes(chance.randrange(1, 3_000))


def grazed(chance: random.Random, content: bytes) -> bytes:
    """A text with letters and figures changed for others, so that it may still be XML."""
    found = bytearray(content)
    for at in chance.sample(range(len(found)), min(len(found), chance.choice((1, 3, 20)))):
        if chr(found[at]).isalnum():
            found[at] = ord(chance.choice("0123456789aArsZ"))
    return bytes(found)


def damaged(chance: random.Random, content: bytes) -> bytes:
    """A file changed on its way: bytes changed, lost, put in, doubled, or of another file."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        at = chance.randrange(len(content) + 1)
        upto = min(len(content), at + chance.randrange(1, 200))
        match chance.randrange(7):
            case 0:
                content = content[:at]
            case 1:
                content = content[:at] + content[upto:]
            case 2:
                content = content[:at] + chance.randbytes(chance.randrange(1, 20)) + content[at:]
            case 3:
                content = content[:upto] + content[at:upto] * chance.randrange(1, 4) + content[at:]
            case 4:
                content = content[:at] + as_text(chance)[:200] + content[upto:]
            case 5:
                put = "".join(chance.choices(SOUP, k=3)).encode()
                content = content[:at] + put + content[at:]
            case _:
                content = bytes(
                    b ^ (chance.random() < 0.003) << chance.randrange(8) for b in content
                )
    return content


OF_TEXT: Final[tuple[Callable[[random.Random], bytes], ...]] = (as_text, as_text, as_text, soup)
OF_MANY: Final = (as_gzip, as_zip, noise)
OF_WORKBOOKS: Final = (as_excel, as_old_excel, as_open_document, inside, inside, inside)


def files(seed: int, makers: tuple[Callable[[random.Random], bytes], ...]) -> Iterator[bytes]:
    """Files without end, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        make = chance.choice(makers)
        content = make(chance)
        yield content if make is inside or chance.random() < 0.1 else damaged(chance, content)


def read(path: Path, scratch: Path, *, swift: bool) -> tuple[list[ReadTable], int, int]:
    """The tables of a file, and the rows and pence in its Parquet. Raises Refused."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        spool, reader = Spool(Path(folder)), Reader("body", bounds=BOUNDS, swift=swift)
        tables = []
        for document in documents(path, bounds=BOUNDS, scratch=Path(folder)):
            found = list(reader.read(document, "file", "file", spool))
            if document.kind == "text":
                _counted_by_csv(document, found[0])
            tables += found
        spool.seal()
        held = [pl.read_parquet(part.path)["amount_pence"].to_list() for part in spool.payments]
    return tables, sum(map(len, held)), sum(map(sum, held))


def _counted_by_csv(document: Document, table: ReadTable) -> None:
    """Check that as many rows were read as Python's csv module finds in the same text."""
    form = survey(document.path)
    with document.path.open(encoding=form.encoding, errors="replace", newline="") as file:
        text = file.read()
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=form.separator, strict=True)
    rows = before = 0
    try:
        for _ in lines:
            if lines.line_num - before > LINES_IN_A_CELL:
                return  # a quote that is not closed for so long is a character; csv thinks not
            rows, before = rows + 1, lines.line_num
    except csv.Error:
        return  # not a table by the book: what its rows are is not defined
    assert table.tally.rows_in == rows, (table.tally.rows_in, rows)


def outcome(content: bytes, folder: Path) -> str:
    """What becomes of a file: read or refused. Raises AssertionError or worse for a fault."""
    path = folder / "file.csv"
    path.write_bytes(content)
    began = time.monotonic()
    try:
        tables, rows, pence = read(path, folder, swift=False)
    except Refused:
        return "refused"
    for tally in (table.tally for table in tables):
        assert tally.accounted() == tally.rows_in
    tallies = [table.tally for table in tables]
    assert rows == sum(t.spending_rows() for t in tallies)
    assert pence == sum(t.sum_pence + t.cards_pence + t.commitments_pence for t in tallies)
    if not content.startswith((b"PK", b"\xd0\xcf")):
        again, *held = read(path, folder, swift=True)
        assert held == [rows, pence]
        for one, other in zip(tables, again, strict=True):
            assert (one.tally, one.digest) == (other.tally, other.digest)
            assert one.layout == other.layout
    assert time.monotonic() - began < SLOWEST
    return "read"


def ran(
    seed: int, makers: tuple[Callable[[random.Random], bytes], ...], keep: Path
) -> Iterator[str]:
    """What becomes of file after file; a file that is a fault is kept."""
    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(files(seed, makers)):
            try:
                yield outcome(content, Path(folder))
            except Exception as fault:
                keep.mkdir(parents=True, exist_ok=True)
                kept = keep / f"fault-{seed}-{number}"
                kept.write_bytes(content)
                fault.add_note(f"seed {seed}, file {number}, kept as {kept}")
                raise


def test_damaged_texts_are_read_whole_or_refused_and_both_readers_agree(tmp_path: Path) -> None:
    found = Counter(w for w, _ in zip(ran(SEED, OF_TEXT, tmp_path), range(TEXTS), strict=False))
    assert found["read"] > found["refused"] >= 0


def test_damaged_archives_and_noise_are_read_whole_or_refused(tmp_path: Path) -> None:
    found = Counter(w for w, _ in zip(ran(SEED, OF_MANY, tmp_path), range(TEXTS), strict=False))
    assert min(found["read"], found["refused"]) > 10


def test_damaged_workbooks_are_read_whole_or_refused(tmp_path: Path) -> None:
    some = zip(ran(SEED, OF_WORKBOOKS, tmp_path), range(WORKBOOKS), strict=False)
    found = Counter(w for w, _ in some)
    assert min(found["read"], found["refused"]) > 3


def test_a_workbook_whose_part_is_named_in_capitals_is_refused(tmp_path: Path) -> None:
    content = as_open_document(random.Random(SEED)).replace(b"mimetype", b"MimeType")
    assert outcome(content, tmp_path) == "refused"


def main() -> int:
    """Run for some minutes; 1 where a file was a fault."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--minutes", type=float, default=10)
    ask.add_argument("--seed", type=int, default=SEED)
    ask.add_argument("--keep", type=Path, default=Path("fuzzed"))
    ask.add_argument("--workbooks", action="store_true", help="only workbooks")
    said = ask.parse_args()
    makers = OF_WORKBOOKS if said.workbooks else (*OF_TEXT * 8, *OF_MANY * 4, *OF_WORKBOOKS)
    found, until = Counter[str](), time.monotonic() + 60 * said.minutes
    try:
        for what in ran(said.seed, makers, said.keep):
            found[what] += 1
            if time.monotonic() > until:
                break
    finally:
        sys.stdout.write(
            f"seed {said.seed}: {found.total()} files, {found['read']} read, "
            f"{found['refused']} refused\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
