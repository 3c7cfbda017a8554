"""A text file without some of its cells: their bytes are replaced, and no other byte is touched."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.reading.text import TextForm, records_of

_QUOTE: Final = '"'
_ENDS: Final = "\r\n"

# What becomes of a row, given its number, the first is 1: the new text of cells, by place.
Change = Callable[[int, Sequence[str]], Mapping[int, str]]


def rewrite(path: Path, to: Path, form: TextForm, change: Change) -> None:
    """Copy a text file, with the cells that `change` names replaced.

    Raises Unsafe where the file's bytes and its cells cannot be told to be the same.
    """
    mark, coding, errors = _coding(path, form)
    try:
        with path.open("rb") as raw, to.open("wb") as out:
            out.write(mark)
            with closing(_rewritten(raw, form, errors, change)) as texts:  # before the file is
                for text in texts:
                    out.write(text.encode(coding, errors))
    except UnicodeError:
        # Not as its cause: that would quote the text.
        raise Unsafe("its bytes are not all characters of one encoding") from None


def _rewritten(raw: BinaryIO, form: TextForm, errors: str, change: Change) -> Generator[str]:
    """Each record as it is to be written."""
    taken: list[str] = []
    with closing(records_of(raw, form, errors=errors, taken=taken)) as records:
        for row, cells in enumerate(records, start=1):
            record = "".join(taken)
            changed = change(row, cells)
            yield _replaced(record, cells, changed, form.separator) if changed else record


def _coding(path: Path, form: TextForm) -> tuple[bytes, str, str]:
    """What stands before the text, the encoding without that, and how odd bytes are kept."""
    if form.encoding == "utf-8-sig":
        return codecs.BOM_UTF8, "utf-8", "surrogateescape"
    if form.encoding == "utf-16":
        with path.open("rb") as file:
            mark = file.read(2)
        wide = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
        return mark, wide, "surrogatepass"
    if form.encoding.startswith("utf-16"):
        return b"", form.encoding, "surrogatepass"
    return b"", form.encoding, "surrogateescape"


def _replaced(record: str, cells: Sequence[str], changed: Mapping[int, str], separator: str) -> str:
    spans = list(cell_spans(record, separator))
    if [span.text for span in spans] != list(cells):  # a quote that never closes is a character
        spans = list(_plain_spans(record, separator))
    if [span.text for span in spans] != list(cells):
        raise Unsafe("where its cells begin and end cannot be told for certain")
    parts, done = [], 0
    for at in sorted(changed):
        span, new = spans[at], changed[at]
        if span.quoted and record[span.start : span.end] != _written(span.text, quoted=True):
            # Written in order, its quotes would no longer pair with those that come after.
            raise Unsafe("a quote stands within a cell where none should")
        parts += [record[done : span.start], _written(new, quoted=span.quoted)]
        done = span.end
    return "".join([*parts, record[done:]])


def _written(text: str, *, quoted: bool) -> str:
    """A cell as it is written where another stood, with quotes where that had them."""
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if quoted else text


@dataclass(frozen=True, slots=True)
class Span:
    """Where a cell begins and ends in its record, with its quotes; and its text without them."""

    start: int
    end: int
    text: str
    quoted: bool


def cell_spans(record: str, separator: str) -> Iterator[Span]:
    """The cells of a record, as Python's csv module cuts them."""
    at = 0
    while record.rstrip(_ENDS):
        span = _quoted(record, at, separator) if record[at : at + 1] == _QUOTE else None
        span = span or _unquoted(record, at, separator)
        yield span
        if record[span.end : span.end + 1] != separator:
            return
        at = span.end + 1


def _unquoted(record: str, start: int, separator: str) -> Span:
    end = start
    while end < len(record) and record[end] != separator and record[end] not in _ENDS:
        end += 1
    return Span(start, end, record[start:end], quoted=False)


def _quoted(record: str, start: int, separator: str) -> Span:
    """A cell that begins with a quote; what follows its last quote is a part of it."""
    at, text = start + 1, []
    while at < len(record):
        if record[at] != _QUOTE:
            text.append(record[at])
            at += 1
        elif record[at + 1 : at + 2] == _QUOTE:
            text.append(_QUOTE)
            at += 2
        else:
            rest = _unquoted(record, at + 1, separator)
            return Span(start, rest.end, "".join(text) + rest.text, quoted=True)
    return Span(start, at, "".join(text), quoted=True)


def _plain_spans(record: str, separator: str) -> Iterator[Span]:
    """The cells of a record in which quotes are characters like any other."""
    at = 0
    while record.rstrip(_ENDS):
        span = _unquoted(record, at, separator)
        yield span
        if record[span.end : span.end + 1] != separator:
            return
        at = span.end + 1
