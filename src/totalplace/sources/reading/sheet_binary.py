"""What a sheet of a binary Excel workbook (.xlsb) says: how far it reaches, and its errors.

Layout: [MS-XLSB] 2.1.4 (records) and 2.4 (BrtRowHdr, BrtCellError, BrtFmlaError, BrtBundleSh).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import IO, Final

from totalplace.sources.reading.look import ERROR_WORDS, SheetLook

_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 156
_LAST_CELL: Final = 11  # records 1 to 11 are cells, 1 a blank one
_LONGEST: Final = 2**20  # the longest cell is 32,767 characters of two bytes


def look_through(part: IO[bytes]) -> SheetLook:
    """Read a sheet once. Raises ValueError where its records do not follow one another."""
    look, row = SheetLook(), 0
    for kind, body in _records(part):
        if kind == _ROW and len(body) >= 4:
            row = struct.unpack_from("<I", body)[0]
            look.last_row = max(look.last_row, row + 1)
        elif 0 < kind <= _LAST_CELL and len(body) >= 8:
            column = struct.unpack_from("<I", body)[0]
            look.last_column = max(look.last_column, column + 1)
            if kind in (_CELL_ERROR, _FORMULA_ERROR) and len(body) >= 9:
                look.errors[row, column] = ERROR_WORDS.get(body[8], "#ERROR!")
    return look


def sheet_names(book: bytes) -> list[tuple[str, str]]:
    """The relation and the name of each sheet of a workbook.bin."""
    found: list[tuple[str, str]] = []
    for kind, body in _records(io.BytesIO(book)):
        if kind == _SHEET:
            relation, at = _words(body, 8)
            found.append((relation, _words(body, at)[0]))
    return found


def _words(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + (0 if length == 0xFFFFFFFF else 2 * length)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    while first := part.read(1):
        kind = first[0]
        if kind & 0x80:
            kind = (kind & 0x7F) | (part.read(1) or b"\0")[0] << 7
        length = 0
        for shift in (0, 7, 14, 21):
            byte = (part.read(1) or b"\0")[0]
            length |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if length > _LONGEST:
            raise ValueError("no record is that long")
        yield kind, part.read(length)
