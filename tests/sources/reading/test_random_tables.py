"""Random tables in random forms of text: both readers find every row and penny that was written."""

from __future__ import annotations

import codecs
import gzip
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from totalplace.sources.reading import swift
from totalplace.sources.reading.block import Digest, Tally
from totalplace.sources.reading.text import survey, utf8_blocks
from totalplace.sources.rules.rows import Control, Table, header_words

EXAMPLES: Final = int(os.environ.get("TOTALPLACE_EXAMPLES", "150"))
# A minus sign that is not of cp1252 would make most files Unicode; "dash" is one of cp1252.
AMOUNTS: Final = (
    "plain", "whole", "short", "commas", "spaces", "pound", "pound first", "pound apart", "code",
    "brackets", "pound in brackets", "trailing", "trailing apart", "dash", "credit", "credit only",
)  # fmt: skip
DAYS: Final = (
    "slashes", "slashes, short year", "no noughts", "dots", "dashes", "iso", "with time",
    "iso with time", "month's name, short", "month's name, capitals", "month's name", "compact",
    "serial", "month first",
)  # fmt: skip
MARKS: Final = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}

Draws = Callable[..., st.SearchStrategy[Any]]


@dataclass(frozen=True)
class Written:
    """How rows become bytes."""

    separator: str
    encoding: str
    line_end: str
    quotes: str  # "needed" or "all"
    blank_lines: str  # "separators", "nothing", "spaces" or "quotes"
    ragged: bool  # blank cells at the end of a row are left out
    ended: bool  # the last line has its line end
    packed: str  # "no", "gz" or "zip"


WAYS: Final = st.builds(
    Written,
    separator=st.sampled_from(",,\t;|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"]),
    line_end=st.sampled_from(["\r\n", "\r\n", "\n", "\r"]),
    quotes=st.sampled_from(["needed", "needed", "all"]),
    blank_lines=st.sampled_from(["separators", "nothing", "spaces", "quotes"]),
    ragged=st.booleans(),
    ended=st.booleans(),
    packed=st.sampled_from(["no", "no", "no", "gz", "zip"]),
)


def text_of(table: Any, way: Written) -> str:
    """The rows as text, by a writer of our own: no two programs quote alike."""
    lines = [_line([str(c) for c in line.cells], way) for line in table.lines]
    text = way.line_end.join(lines)
    # A last line of nothing at all is a row only where it is ended.
    return text + (way.line_end if way.ended or not lines[-1] else "")


def _line(cells: list[str], way: Written) -> str:
    if not any(cells):
        if way.blank_lines == "nothing":
            return ""
        cells = [{"spaces": " ", "quotes": '""'}.get(way.blank_lines, "")] + [""] * len(cells[1:])
        return way.separator.join(cells)
    while way.ragged and not cells[-1]:
        cells.pop()
    return way.separator.join(_cell(c, way) for c in cells)


def _cell(cell: str, way: Written) -> str:
    needed = any(ch in cell for ch in (way.separator, '"', "\r", "\n"))
    if way.quotes == "all" or needed:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def bytes_of(text: str, way: Written) -> bytes:
    """The bytes of a file, or no example where the encoding has no such characters."""
    content = text.encode(way.encoding, "ignore" if way.encoding == "cp1252" else "strict")
    assume(way.encoding != "cp1252" or content.decode("cp1252") == text)
    # Bytes that are UTF-8 as well as cp1252 are taken for UTF-8: nothing in them tells.
    if way.encoding == "cp1252" and not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            return content
        assume(False)
    return MARKS.get(way.encoding, b"") + content


def written_to(folder: Path, content: bytes, packed: str) -> Path:
    path = folder / "payments.csv"
    if packed == "zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("payments.csv", content)
    else:
        path.write_bytes(gzip.compress(content) if packed == "gz" else content)
    return path


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which each example is written over the one before."""
    return tmp_path_factory.mktemp("random")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data(), way=WAYS)
def test_every_row_and_penny_of_a_text_file_comes_back_from_both_readers(
    drawn: st.DataObject,
    way: Written,
    random_tables: Draws,
    read_back: Callable[..., Any],
    as_written: Callable[..., None],
    folder: Path,
) -> None:
    table = drawn.draw(random_tables(amounts=AMOUNTS, days=DAYS))
    path = written_to(folder, bytes_of(text_of(table, way), way), way.packed)
    plain, swift = read_back(path), read_back(path, swift=True)
    as_written(table, plain)
    assert swift.rows == plain.rows
    assert (swift.table.tally, swift.table.digest) == (plain.table.tally, plain.table.digest)


@settings(max_examples=EXAMPLES // 3, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data(), way=WAYS, times=st.integers(1, 150), pieces=st.integers(1, 60))
def test_a_long_file_comes_back_whole_however_it_is_cut_into_blocks(
    drawn: st.DataObject,
    way: Written,
    times: int,
    pieces: int,
    random_tables: Draws,
    read_back: Callable[..., Any],
    as_written: Callable[..., None],
    folder: Path,
) -> None:
    # The row that proves the order of the dates may be the last of some thousands.
    table = drawn.draw(random_tables(amounts=AMOUNTS, days=DAYS, times=times))
    path = written_to(folder, bytes_of(text_of(table, way), way), "no")
    plain = read_back(path)
    as_written(table, plain)
    reading, form = plain.table, survey(path)
    headers = tuple(header_words(table.lines[n - 1].cells) for n in reading.layout.header_rows)
    laid, tally = Table(reading.layout, headers, Control()), Tally()
    blocks = utf8_blocks(path, form, form.size // pieces + 1)
    cut = swift.read(blocks, form.separator, laid, tally, reading.period)
    digest = Digest()
    for found in cut:
        if found.block is not None:
            digest.add(found.block)
    assert (tally, digest.hexdigest()) == (reading.tally, reading.digest)
