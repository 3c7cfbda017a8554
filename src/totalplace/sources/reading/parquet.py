"""The form of a Parquet file: pages of columns, and the footer that says where each stands.

After https://parquet.apache.org/docs/file-format/ and the compact protocol of Thrift. Only what a
holding needs: flat columns, one row group, one dictionary and one page a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

MAGIC: Final = b"PAR1"
_I32, _I64, _BYTES, _LIST, _STRUCT = 5, 6, 8, 9, 12
_DATA_PAGE, _DICTIONARY_PAGE = 0, 2
_ZSTD: Final = 6

Field = tuple[int, int, Any]


class Physical(IntEnum):
    """How values lie in a page."""

    BOOLEAN = 0
    INT32 = 1
    INT64 = 2
    BYTES = 6


class Meaning(IntEnum):
    """What values are, beyond how they lie."""

    TEXT = 0
    DATE = 6
    WHOLE_32 = 17
    WHOLE_64 = 18


class Encoding(IntEnum):
    """How the values of a page are written."""

    PLAIN = 0
    RLE = 3
    DELTA = 5
    CODES = 8  # places in the dictionary


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and kind."""

    name: str
    physical: Physical
    meaning: Meaning | None
    may_miss: bool


@dataclass(frozen=True, slots=True)
class Coded:
    """A column's values as bytes, before they are compressed."""

    values: bytes  # with the levels that say which are missing, where any may be
    encoding: Encoding
    missing: int = 0
    dictionary: bytes | None = None
    words: int = 0  # in the dictionary
    least: bytes | None = None
    most: bytes | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands in the file: its header and its compressed content."""

    content: bytes
    uncompressed: int  # bytes, with the header

    @classmethod
    def of(cls, raw: int, packed: bytes, *, count: int, encoding: Encoding) -> Page:
        """A page of values: `raw` bytes before they were packed."""
        of_values = [
            (1, _I32, count), (2, _I32, encoding), (3, _I32, Encoding.RLE), (4, _I32, Encoding.RLE),
        ]  # fmt: skip
        head = [(1, _I32, _DATA_PAGE), (2, _I32, raw), (3, _I32, len(packed))]
        return cls._with(_struct([*head, (5, _STRUCT, of_values)]), raw, packed)

    @classmethod
    def of_words(cls, raw: int, packed: bytes, *, count: int) -> Page:
        """A dictionary page of so many values."""
        of_dictionary = [(1, _I32, count), (2, _I32, Encoding.PLAIN)]
        head = [(1, _I32, _DICTIONARY_PAGE), (2, _I32, raw), (3, _I32, len(packed))]
        return cls._with(_struct([*head, (7, _STRUCT, of_dictionary)]), raw, packed)

    @classmethod
    def _with(cls, header: bytes, raw: int, packed: bytes) -> Page:
        return cls(header + packed, len(header) + raw)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A column as it stands in a file: from which byte, and its pages."""

    column: Column
    coded: Coded
    at: int
    words: Page | None
    values: Page


def footer(chunks: Sequence[Chunk], rows: int, writer: str) -> bytes:
    """What stands after the pages of a file of one row group: its columns, and where they are."""
    schema: list[Any] = [[(4, _BYTES, b"rows"), (5, _I32, len(chunks))]]
    schema += [_schema(chunk.column) for chunk in chunks]
    size = sum(_uncompressed(c) for c in chunks)
    group = [
        (1, _LIST, (_STRUCT, [_placed(c, rows) for c in chunks])),
        (2, _I64, size),
        (3, _I64, rows),
    ]
    orders: list[Any] = [
        [(1, _STRUCT, [])] for _ in chunks
    ]  # least and most are by the order of the type
    content = _struct(
        [
            (1, _I32, 1),
            (2, _LIST, (_STRUCT, schema)),
            (3, _I64, rows),
            (4, _LIST, (_STRUCT, [group])),
            (6, _BYTES, writer.encode()),
            (7, _LIST, (_STRUCT, orders)),
        ]
    )
    return content + len(content).to_bytes(4, "little") + MAGIC


def _schema(column: Column) -> list[Field]:
    fields: list[Field] = [(1, _I32, column.physical), (3, _I32, int(column.may_miss))]
    fields.append((4, _BYTES, column.name.encode()))
    return fields if column.meaning is None else [*fields, (6, _I32, column.meaning)]


def _placed(chunk: Chunk, rows: int) -> list[Field]:
    """A column's place in the file, with how its values are written."""
    words = len(chunk.words.content) if chunk.words else 0
    encodings = {Encoding.PLAIN, Encoding.RLE, chunk.coded.encoding}
    fields: list[Field] = [
        (1, _I32, chunk.column.physical),
        (2, _LIST, (_I32, sorted(encodings))),
        (3, _LIST, (_BYTES, [chunk.column.name.encode()])),
        (4, _I32, _ZSTD),
        (5, _I64, rows),
        (6, _I64, _uncompressed(chunk)),
        (7, _I64, words + len(chunk.values.content)),
        (9, _I64, chunk.at + words),
    ]
    if chunk.words:
        fields.append((11, _I64, chunk.at))
    fields.append((12, _STRUCT, _statistics(chunk.coded)))
    return [(2, _I64, 0), (3, _STRUCT, fields)]


def _statistics(coded: Coded) -> list[Field]:
    fields: list[Field] = [(3, _I64, coded.missing)]
    if coded.least is not None and coded.most is not None:
        fields += [(5, _BYTES, coded.most), (6, _BYTES, coded.least)]
    return fields


def _uncompressed(chunk: Chunk) -> int:
    return chunk.values.uncompressed + (chunk.words.uncompressed if chunk.words else 0)


def _struct(fields: Sequence[Field]) -> bytes:
    """A Thrift struct; its fields stand in the order of their numbers."""
    parts, before = [], 0
    for number, kind, value in fields:
        parts.append(bytes([(number - before) << 4 | kind]))
        parts.append(_value(kind, value))
        before = number
    return b"".join([*parts, b"\0"])


def _value(kind: int, value: Any) -> bytes:
    if kind in (_I32, _I64):
        return varint(value << 1 if value >= 0 else (-value << 1) - 1)
    if kind == _BYTES:
        return varint(len(value)) + bytes(value)
    if kind == _STRUCT:
        return _struct(value)
    of, items = value
    head = bytes([len(items) << 4 | of]) if len(items) < 15 else bytes([0xF0 | of])
    head += b"" if len(items) < 15 else varint(len(items))
    return head + b"".join(_value(of, item) for item in items)


def varint(value: int) -> bytes:
    """A number that is not below nought, seven bits a byte."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
