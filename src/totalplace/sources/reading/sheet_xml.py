"""What the XML of one sheet of Excel says: how far it reaches, and where its error cells are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final
from xml.sax.saxutils import unescape

from totalplace.sources.reading.look import MOST_FORMULAS, DeclaresEntities, SheetLook

_CHUNK: Final = 2**20
# A row of Excel is shorter than this; the foot of a sheet, which is no row, may be longer.
_LONGEST_ROW: Final = 64 * 2**20
# A formula has up to 8,192 letters (Excel), of which one may be written with six bytes.
_LONGEST_CELL: Final = 64 * 2**10
_SHOWN: Final = 200  # bytes of a formula that are kept
# A formula whose result is a text may have an empty one, which is a result.
_AS_TEXT: Final = re.compile(rb"\bt=[\"']str[\"']")


def look_through(part: IO[bytes]) -> SheetLook:
    """Read a sheet's XML once. Formatted blank cells count towards how far it reaches.

    Raises DeclaresEntities where it has a document type.
    """
    look, letters = SheetLook(), b"Z"
    patterns: _Patterns | None = None
    for piece in _pieces(part):
        patterns = patterns or _Patterns.of(piece)
        if rows := patterns.row.findall(piece):
            look.last_row = max(look.last_row, *map(int, (r[:10] for r in rows)))
        if wide := patterns.wide.findall(piece):
            letters = max(letters, *wide, key=lambda w: (len(w), w))
        if b't="e"' in piece or b"t='e'" in piece:
            for before, after, word in patterns.error.findall(piece):
                if at := _reference(before + b" " + after):
                    look.errors[at] = word.decode("ascii")
        if b"<f" in piece or b":f" in piece:
            _unsaved(piece, patterns, look)
    look.last_column = _column(letters)
    return look


def _unsaved(piece: bytes, patterns: _Patterns, look: SheetLook) -> None:
    """Keep the formulas of some rows that have no result, each at its place."""
    for ended in patterns.unsaved.finditer(piece):
        look.unsaved += 1
        if len(look.formulas) >= MOST_FORMULAS:
            look.unplaced = True
            continue
        # The last cell that begins before: looked for no further than a cell can be long.
        begun = piece.rfind(patterns.begun, max(0, ended.start() - _LONGEST_CELL), ended.start())
        its = piece[begun : ended.start()] if begun >= 0 else b""
        attributes, _, within = its.partition(b">")
        at = _reference(attributes)
        if at is None:
            look.unplaced = True
        elif not (_AS_TEXT.search(attributes) and patterns.result in ended[0]):
            _, _, formula = within.rpartition(b">")
            look.formulas[at] = f"={unescape(formula[:_SHOWN].decode('utf-8', 'replace'))}"


def reach(part: IO[bytes]) -> tuple[int, int]:
    """The last row and the last column that hold a value, counted from 1; slower and exact."""
    last_row = last_column = 0
    patterns: _Patterns | None = None
    for piece in _pieces(part):
        patterns = patterns or _Patterns.of(piece)
        for attributes in patterns.used.findall(piece):
            if at := _reference(attributes):
                last_row, last_column = max(last_row, at[0] + 1), max(last_column, at[1] + 1)
    return last_row, last_column


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The XML of a sheet in pieces that end between two rows, where it has any."""
    carried = b""
    while chunk := part.read(_CHUNK):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise DeclaresEntities
        carried += chunk
        found = max(carried.rfind(b"<row"), carried.rfind(b":row "))
        cut = carried.rfind(b"<", 0, found + 1)
        if cut > 0:
            yield carried[:cut]
            carried = carried[cut:]
        elif len(carried) > _LONGEST_ROW:
            yield carried
            carried = b""
    yield carried


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How rows and cells are written in one sheet, with its own prefix of names."""

    row: re.Pattern[bytes]
    wide: re.Pattern[bytes]
    error: re.Pattern[bytes]
    unsaved: re.Pattern[bytes]
    begun: bytes  # a cell
    result: bytes  # of a cell
    used: re.Pattern[bytes]

    @classmethod
    def of(cls, head: bytes) -> _Patterns:
        """Patterns for a sheet, from its first bytes."""
        found = re.search(rb"<([A-Za-z_][\w.-]{0,40}:)?worksheet[\s>]", head)
        prefix = (found[1] or b"") if found else b""
        p = re.escape(prefix)
        cell, v = rb"<" + p + rb"c\s([^>]{0,500}?)", rb"<" + p + rb"v"
        formula = rb"(?:</" + p + rb"f>|<" + p + rb"f\b[^>]*/>)"
        return cls(
            row=re.compile(rb"<" + p + rb"row\s(?:[^>]{0,500}?\s)?r=[\"'](\d+)"),
            wide=re.compile(rb" r=[\"']([A-Z]{2,3})\d"),
            error=re.compile(
                cell
                + rb"\bt=[\"']e[\"']([^>/]{0,500})>(?:<"
                + p
                + rb"f\b[^<]*(?:</"
                + p
                + rb"f>)?)?"
                + v
                + rb">(#[A-Z0-9/!?_]{1,30})<"
            ),
            unsaved=re.compile(
                formula + rb"\s*(?:</" + p + rb"c>|" + v + rb"\s*/>|" + v + rb">\s*</)"
            ),
            begun=b"<" + prefix + b"c ",
            result=b"<" + prefix + b"v",
            used=re.compile(cell + rb"(?<!/)>\s*<" + p + rb"(?:v|is|f)\b"),
        )


def _reference(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, from 0, of a cell by its `r="B7"`."""
    found = re.search(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']", attributes)
    return (int(found[2]) - 1, _column(found[1]) - 1) if found else None


def _column(letters: bytes) -> int:
    """The place of a column by its letters, from 1: A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
