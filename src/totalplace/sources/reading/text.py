"""Text files as they are published: which encoding, which separator, and their records in turn."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from totalplace.refusal import Refused

SEPARATORS: Final = (",", "\t", ";", "|")
# A quoted cell may hold line breaks; one that never closes would swallow the rest of the file.
LINES_IN_A_CELL: Final = 100
RECORD_BYTES: Final = 4 * 2**20
CELLS_IN_A_RECORD: Final = 16_384  # as many as a spreadsheet has columns
_CHUNK: Final = 4 * 2**20
_HEAD: Final = 256 * 2**10
_TAIL: Final = 128 * 2**10
_LINES_AT_ONCE: Final = 32 * 2**10  # characters of the lines that are cut together
_DIALECT: Final = 16 * 2**10  # characters enough to tell the separator
_NOT_CP1252: Final = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])  # bytes that stand for no character
csv.field_size_limit(RECORD_BYTES)


@dataclass(frozen=True, slots=True)
class TextForm:
    """How the bytes of a text file become cells, and what was seen while finding out."""

    size: int
    encoding: str  # as Python names it
    separator: str
    undecodable: int = 0  # bytes that the encoding has no character for


class _Named(io.BytesIO):
    """Bytes in memory, with the name of the file that they are of."""

    name = ""


@dataclass(frozen=True, slots=True)
class InMemory:
    """A file that was read whole: its name and its bytes."""

    name: str
    content: bytes


Source = Path | InMemory


def opened(source: Source) -> BinaryIO:
    """A file from its first byte."""
    if isinstance(source, Path):
        return source.open("rb")
    file = _Named(source.content)
    file.name = source.name
    return file


def survey(source: Source) -> TextForm:
    """Look through a file once: its size, its encoding and its separator.

    Raises Refused where a line is longer than any table's (`RECORD_BYTES`).
    """
    size, longest, ascii_only = 0, 0, True
    utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
    with opened(source) as file:
        head = file.read(_HEAD)
        wide = _wide_encoding(head)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            longest = _longest_line(source.name, chunk, longest)
            if not chunk.isascii() or not ascii_only:
                ascii_only = False
                utf8 = _still_utf8(utf8, chunk) if utf8 else None
    if utf8 and utf8.getstate()[0]:  # the last character is cut short
        utf8 = None
    marked = "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    encoding = wide or ("ascii" if ascii_only else marked if utf8 else "cp1252")
    return TextForm(size, encoding, _separator(_first_text(head, encoding)), _lost(head, encoding))


def _longest_line(name: str, chunk: bytes, carried: int) -> int:
    """Bytes since the last line break. Raises Refused past the bound."""
    last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    carried = carried + len(chunk) if last < 0 else len(chunk) - last - 1
    if carried > RECORD_BYTES:
        raise Refused(
            f"{name} was not read",
            why=f"it has a line of more than {RECORD_BYTES // 2**20} MB, which no table has",
            next_step="Ask its publisher for the table as CSV or Excel",
        )
    return carried


def _still_utf8(
    decoder: codecs.IncrementalDecoder, chunk: bytes
) -> codecs.IncrementalDecoder | None:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return None
    return decoder


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 by its mark, or by every other byte being zero."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    if len(sample) >= 4:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > len(sample) * 0.3 and even < len(sample) * 0.05:
            return "utf-16-le"
        if even > len(sample) * 0.3 and odd < len(sample) * 0.05:
            return "utf-16-be"
    return None


def _first_text(head: bytes, encoding: str) -> str:
    """Text enough to tell the separator; no letter takes more than four bytes."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(head[: 4 * _DIALECT])


def _lost(head: bytes, encoding: str) -> int:
    """How many characters of a file's first bytes its encoding does not have."""
    if encoding == "ascii":
        return 0
    if encoding == "cp1252":
        return len(head) - len(head.translate(None, _NOT_CP1252))
    if encoding.startswith("utf-16"):
        return codecs.getincrementaldecoder(encoding)("replace").decode(head).count("\ufffd")
    return head.count("\ufffd".encode())


def _separator(text: str) -> str:
    """The separator that cuts the most rows into the same number of cells, more than one."""
    block = text[:_DIALECT].rpartition("\n")[0] or text[:_DIALECT]
    if not any(separator in block for separator in SEPARATORS[1:]):
        return ","  # the usual one, where there is no other to compare it with
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        if separator not in block:
            continue
        rows = [r for r in csv.reader(io.StringIO(block, newline=""), delimiter=separator) if r]
        wide = [len(r) for r in rows if len(r) > 1]
        if not wide:
            continue
        usual, times = Counter(wide).most_common(1)[0]
        score = times / len(rows) * min(usual, 6) + len(wide) / len(rows)
        if score > best_score:
            best, best_score = separator, score
    return best


class _Runaway(Exception):
    """A quoted cell has run over more lines than a cell can have."""


class _Lines:
    """Lines of a file, remembering those of the record being read so that it can be read again."""

    def __init__(self, file: Iterator[str]) -> None:
        self._file = file
        self._again: list[str] = []
        self.taken: list[str] = []
        self._bytes = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) > LINES_IN_A_CELL or self._bytes > RECORD_BYTES:
            raise _Runaway
        line = self._again.pop() if self._again else next(self._file)
        self.taken.append(line)
        self._bytes += len(line)
        return line

    def start(self) -> None:
        self.taken = []
        self._bytes = 0

    def first_line_only(self) -> str:
        """Give back all but the first line of a record that ran away."""
        first, *rest = self.taken
        self._again.extend(reversed(rest))
        self.start()
        self.taken = [first]
        return first


def records(source: Source, form: TextForm) -> Iterator[list[str]]:
    """Every record of a text file, as Python's csv module cuts them; blank lines are `[]`.

    A quote that opens a cell and is not closed within `LINES_IN_A_CELL` lines is taken as a
    character, so that it cannot swallow the rows after it.
    """
    with opened(source) as raw:
        yield from records_of(raw, form)


def records_of(
    raw: BinaryIO, form: TextForm, *, errors: str = "replace", taken: list[str] | None = None
) -> Generator[list[str]]:
    """The records of an open file; see `records`.

    `taken` is given the lines of each record as it is yielded.
    """
    text = io.TextIOWrapper(raw, encoding=form.encoding, errors=errors, newline="")
    rest: list[str] = []
    try:
        if taken is None:
            yield from _of_a_line_each(raw, text, form, rest)
        lines = _Lines(itertools.chain(rest, text))
        reader = csv.reader(lines, delimiter=form.separator)
        while True:
            lines.start()
            try:
                cells = next(reader)
            except StopIteration:
                break
            except _Runaway:
                cells = _quotes_literal(lines.first_line_only(), form)
            if len(lines.taken) > 1 and _unclosed(lines.taken, form):
                cells = _quotes_literal(lines.first_line_only(), form)
            if len(cells) > CELLS_IN_A_RECORD:
                raise _too_wide(raw, len(cells))
            if taken is not None:
                taken[:] = lines.taken
            yield cells
    finally:
        text.detach()


def _of_a_line_each(
    raw: BinaryIO, text: io.TextIOWrapper, form: TextForm, rest: list[str]
) -> Iterator[list[str]]:
    """Records while each is one line, some hundred at a time; `rest` is given the lines after."""
    while lines := text.readlines(_LINES_AT_ONCE):
        try:
            records = list(csv.reader(lines, delimiter=form.separator))
        except csv.Error:
            records = []
        # A record that runs on is fewer than its lines; one cut short here is seen by its last.
        if len(records) != len(lines) or _unclosed(lines[-1:], form):
            rest[:] = lines
            return
        for cells in records:
            if len(cells) > CELLS_IN_A_RECORD:
                raise _too_wide(raw, len(cells))
            yield cells


def _too_wide(raw: BinaryIO, cells: int) -> Refused:
    return Refused(
        f"{Path(getattr(raw, 'name', 'A file')).name} was not read",
        why=f"it has a row of {cells:,} cells, and a spreadsheet has {CELLS_IN_A_RECORD:,} at most",
        next_step="Ask its publisher for the table as CSV or Excel",
    )


def _unclosed(taken: list[str], form: TextForm) -> bool:
    """Whether the file ended inside a quoted cell that spans several lines."""
    try:
        list(csv.reader(taken, delimiter=form.separator, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _quotes_literal(line: str, form: TextForm) -> list[str]:
    return next(csv.reader([line], delimiter=form.separator, quoting=csv.QUOTE_NONE), [])


def last_records(source: Source, form: TextForm) -> list[list[str]]:
    """The last records of a file, read from its last bytes; empty where it is all in the head."""
    if form.size <= _HEAD or form.encoding.startswith("utf-16"):
        return []
    with opened(source) as file:
        file.seek(-_TAIL, io.SEEK_END)
        block = file.read().partition(b"\n")[2]
    rows = list(records_of(io.BytesIO(block), form))
    return rows[-3:]


def utf8_blocks(source: Source, form: TextForm, size: int = 2 * 2**20) -> Iterator[bytes]:
    """A text file's content as UTF-8, in blocks that may end in the middle of a record."""
    with opened(source) as file:
        if form.encoding in ("ascii", "utf-8", "utf-8-sig"):
            block = file.read(size)
            yield block.removeprefix(codecs.BOM_UTF8)
            while block := file.read(size):
                yield block
            return
        if form.encoding == "cp1252":  # of one byte a letter, so that blocks may end anywhere
            while block := file.read(size):
                yield block if block.isascii() else _as_utf8(block)
            return
        decoder = codecs.getincrementaldecoder(form.encoding)("replace")
        while block := file.read(size):
            yield decoder.decode(block).encode()
        # Of a file that was cut short inside a character, what is left of it is no character.
        yield decoder.decode(b"", final=True).encode()


def _as_utf8(block: bytes) -> bytes:
    """Bytes of cp1252 as UTF-8, by a compiled loop where that is installed."""
    try:
        from totalplace.sources.reading.recoding import utf8_of
    except ImportError:
        return block.decode("cp1252", "replace").encode()
    return utf8_of(block)
