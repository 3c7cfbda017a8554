"""Old Office files: the small file system that wraps them, and what an old workbook says of itself.

Layouts: [MS-CFB] for the wrapping, [MS-XLS] for the records. Nothing is trusted: every chain is
followed for no more steps than the file has sectors.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from totalplace.sources.reading.look import ERROR_WORDS, SheetLook

_HEADER: Final = struct.Struct("<8s16xHHHHH6xIII4xIIIII")
_LAST_SECTOR: Final = 0xFFFFFFFA
_ENTRY: Final = 128
_ENTRIES: Final = 10_000
_BOUND_SHEET, _BOF, _EOF, _FILE_PASS = 0x85, 0x809, 0x0A, 0x2F
_FORMULA, _BOOL_ERROR, _ROW = 0x06, 0x205, 0x208
# Records of one cell that hold a value, and of several in a row.
_CELLS: Final = frozenset({_FORMULA, _BOOL_ERROR, 0x203, 0x204, 0x27E, 0xD6, 0xFD})
_MANY_CELLS: Final = frozenset({0xBD})


class Broken(ValueError):
    """The file does not keep to the layout that it claims."""


class OldOffice:
    """An Office file of 1997 to 2003, or the wrapping of a locked newer one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, 2)
        file.seek(0)
        try:
            fields = _HEADER.unpack(file.read(_HEADER.size))
        except struct.error as error:
            raise Broken("no header") from error
        _, _, _, _, shift, mini_shift, _, _, directory, self._cutoff, mini, _, *more = fields
        if shift not in (9, 12) or mini_shift != 6:
            raise Broken("no such sector size")
        self._sector = 1 << shift
        self._most = self._length // self._sector + 1
        self._next = self._table(more[0], more[1])
        self._mini_next = self._numbers(self._chain(mini)) if mini < _LAST_SECTOR else []
        self._mini_start = _LAST_SECTOR
        self.streams = self._directory(directory)  # name -> (first sector, length)

    def _at(self, sector: int) -> bytes:
        self._file.seek((sector + 1) * self._sector)
        return self._file.read(self._sector)

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        found: list[int] = []
        for sector in sectors:
            block = self._at(sector)
            found += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        return found

    def _table(self, further: int, count: int) -> list[int]:
        """Which sector follows each (the FAT); the header holds the first 109 of its sectors."""
        self._file.seek(76)
        sectors = list(struct.unpack("<109I", self._file.read(436)))
        for _ in range(min(count, self._most)):
            if further >= _LAST_SECTOR:
                break
            *block, further = self._numbers(iter([further])) or [_LAST_SECTOR]
            sectors += block
        return self._numbers(s for s in sectors[: self._most] if s < self._most)

    def _chain(self, sector: int) -> Iterator[int]:
        for _ in range(self._most):
            if sector >= _LAST_SECTOR:
                return
            if sector >= len(self._next):
                raise Broken("a chain leads out of the file")
            yield sector
            sector = self._next[sector]
        raise Broken("a chain without an end")

    def _directory(self, first: int) -> dict[str, tuple[int, int]]:
        streams: dict[str, tuple[int, int]] = {}
        block = b"".join(self._at(s) for s in self._chain(first))[: _ENTRIES * _ENTRY]
        for at in range(0, len(block) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", block, at + 64)
            name = block[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<IQ", block, at + 116)
            if kind == 5:
                self._mini_start = start
            if kind == 2:
                streams.setdefault(name, (start, size & 0xFFFFFFFF))
        return streams

    def read(self, name: str) -> bytes:
        """The content of a stream. Raises Broken where it runs out of the file."""
        start, size = self.streams[name]
        if size > self._length:
            raise Broken("longer than the file")
        if size >= self._cutoff:
            return b"".join(self._at(s) for s in self._chain(start))[:size]
        whole = b"".join(self._at(s) for s in self._chain(self._mini_start))
        parts: list[bytes] = []
        while start < len(self._mini_next) and len(parts) * 64 < size:
            parts.append(whole[start * 64 : start * 64 + 64])
            start = self._mini_next[start]
        return b"".join(parts)[:size]


def stream_names(path: Path) -> set[str]:
    """The names of the streams of an old Office file. Raises Broken where it is damaged."""
    with path.open("rb") as file:
        return set(OldOffice(file).streams)


def old_sheets(path: Path) -> tuple[dict[str, SheetLook], bool]:
    """What each sheet of an old workbook says of itself, and whether it needs a password.

    Raises Broken where it is damaged.
    """
    with path.open("rb") as file:
        office = OldOffice(file)
        name = next((n for n in ("Workbook", "Book") if n in office.streams), None)
        if name is None:
            raise Broken("no workbook")
        stream = office.read(name)
    places: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _FILE_PASS:
            return {}, True
        if kind == _BOUND_SHEET and len(body) >= 8:
            places.append((_sheet_name(body), struct.unpack_from("<I", body)[0]))
    return {name: _look(stream, at) for name, at in places}, False


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _sheet_name(body: bytes) -> str:
    """A sheet's name: one byte or two a character, as a flag says."""
    length, wide = body[6], body[7] & 1
    name = body[8 : 8 + length * (2 if wide else 1)]
    return name.decode("utf-16-le" if wide else "latin-1", "replace")


def _look(stream: bytes, at: int) -> SheetLook:
    look = SheetLook()
    for kind, body in _records(stream, at):
        if kind == _ROW and len(body) >= 2:
            look.formatted_row = max(look.formatted_row, struct.unpack_from("<H", body)[0] + 1)
        elif (kind in _CELLS or kind in _MANY_CELLS) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = column if kind in _CELLS else struct.unpack_from("<H", body, len(body) - 2)[0]
            look.last_row = max(look.last_row, row + 1)
            look.last_column = max(look.last_column, last + 1)
            if (code := _error_code(kind, body)) is not None:
                look.errors[row, column] = ERROR_WORDS.get(code, "#ERROR!")
    return look


def _error_code(kind: int, body: bytes) -> int | None:
    """The error of a cell, or None where it holds something else."""
    if kind == _BOOL_ERROR and len(body) >= 8 and body[7] == 1:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
