"""Rows written to Parquet by loops of our own: the same file to any reader as the engine writes.

Texts that come again and again are written as codes into a dictionary, as they are read; the
engine would find the dictionary anew, which takes longer than all else of a reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from totalplace.engines.files import whole
from totalplace.sources.reading import packing
from totalplace.sources.reading.block import NO_DAY, NO_PENCE, PRECISIONS, TEXTS, Block, Text
from totalplace.sources.reading.block import Coded as AsRead
from totalplace.sources.reading.parquet import (
    MAGIC,
    Chunk,
    Coded,
    Column,
    Encoding,
    Meaning,
    Page,
    Physical,
    footer,
    varint,
)
from totalplace.sources.reading.squeezing import squeezed
from totalplace.sources.reading.words import TableWords
from totalplace.sources.rules.rows import OF_KIND

_WRITER: Final = "Total Place"
_MOST_WORDS: Final = 1 << 16  # of a dictionary; texts that differ more are written as they are
_LITTLE: Final[dict[Physical, str]] = {Physical.INT32: "<i4", Physical.INT64: "<i8"}
_OF_DAY, _OF_MONTH, _OF_PERIOD = (PRECISIONS.index(p) for p in ("day", "month", "period"))
_ORDER: Final = (
    "agency", "file", "sheet", "row", "kind", "amount_pence", "net_pence", "vat_pence",
    "gross_pence", "vat_basis", "paid_on", "precision", "month", "payee", "payee_number",
    "redacted", "unit", "purpose", "detail", "reference", "copy",
)  # fmt: skip

Blocks = Sequence[tuple[int, Block]]


def write(path: Path, blocks: Blocks, tables: Sequence[TableWords]) -> int:
    """Write the rows of blocks, each with the number of its table, whole or not at all.

    Returns the rows written.
    """
    rows = sum(len(block) for _, block in blocks)
    columns = _Columns(blocks, tables)
    with whole(path) as partial, partial.open("wb") as file:
        file.write(MAGIC)
        chunks = [_placed(file, name, columns, rows) for name in _ORDER]
        file.write(footer(chunks, rows, _WRITER))
    return rows


def _placed(file: IO[bytes], name: str, columns: _Columns, rows: int) -> Chunk:
    """Write a column; where it now stands."""
    at = file.tell()
    column, coded = columns.column(name), columns.coded(name)
    words = None
    if coded.dictionary is not None:
        packed = squeezed(coded.dictionary)
        words = Page.of_words(len(coded.dictionary), packed, count=coded.words)
        file.write(words.content)
    raw = len(coded.values)
    values = Page.of(raw, squeezed(coded.values), count=rows, encoding=coded.encoding)
    file.write(values.content)
    return Chunk(column, coded, at, words, values)


class _Columns:
    """The columns of a holding, each coded when it is asked for."""

    def __init__(self, blocks: Blocks, tables: Sequence[TableWords]) -> None:
        self._blocks, self._tables = blocks, tables
        self._rows = np.array([len(block) for _, block in blocks])
        self._net: tuple[NDArray[np.int64], Coded] | None = None

    def column(self, name: str) -> Column:
        """Its kind."""
        if name in ("redacted", "copy"):
            return Column(name, Physical.BOOLEAN, None, may_miss=True)
        if name.endswith("_pence"):
            return Column(name, Physical.INT64, Meaning.WHOLE_64, may_miss=True)
        if name in ("paid_on", "month"):
            return Column(name, Physical.INT32, Meaning.DATE, may_miss=True)
        if name == "row":
            return Column(name, Physical.INT32, Meaning.WHOLE_32, may_miss=True)
        may_miss = name in TEXTS
        return Column(name, Physical.BYTES, Meaning.TEXT, may_miss=may_miss)

    def coded(self, name: str) -> Coded:
        """Its values."""
        if name in TEXTS:
            return _texts([block.texts[name] for _, block in self._blocks])
        if name in ("agency", "file", "sheet", "vat_basis"):
            return self._of_tables(name)
        if name == "kind":
            return _words(self._whole("kind"), [kind.value for kind in OF_KIND])
        if name == "precision":
            return _words(self._whole("precision"), PRECISIONS)
        if name in ("redacted", "copy"):
            return _yes_or_no(self._whole(name))
        if name == "paid_on":
            return _days(self._whole("day"))
        if name == "month":
            return _days(self._months())
        if name == "row":
            return _numbers(self._whole("row"), None, Physical.INT32)
        return self._pence(name.removesuffix("_pence"))

    def _whole(self, name: str) -> NDArray[Any]:
        return np.concatenate([getattr(block, name) for _, block in self._blocks])

    def _of_tables(self, name: str) -> Coded:
        """A word of each table, beside each of its rows."""
        said = [getattr(self._tables[number], name) for number, _ in self._blocks]
        words = list(dict.fromkeys(said))
        place = {word: code for code, word in enumerate(words)}
        codes = np.repeat(np.array([place[word] for word in said], dtype=np.int32), self._rows)
        return _words(codes, words)

    def _months(self) -> NDArray[np.int32]:
        """The first day of the month in which each row's day is, where it says a month."""
        day, precision = self._whole("day"), self._whole("precision")
        one = np.repeat([self._tables[number].one_month for number, _ in self._blocks], self._rows)
        told = (precision == _OF_DAY) | (precision == _OF_MONTH) | ((precision == _OF_PERIOD) & one)
        told &= day != NO_DAY
        different, place = _numbered_days(np.where(told, day, np.int32(0)))
        months = different.astype("datetime64[D]").astype("datetime64[M]")
        return np.where(told, months.astype("datetime64[D]").astype(np.int32)[place], NO_DAY)

    def _pence(self, name: str) -> Coded:
        """Sums; the net or gross sum is often the amount itself, and coded once."""
        pence = self._whole(name)
        if self._net is not None and np.array_equal(self._net[0], pence):
            return self._net[1]
        coded = _numbers(pence, pence != NO_PENCE, Physical.INT64)
        if name == "amount":
            self._net = (pence, coded)
        return coded


def _numbers(values: NDArray[Any], there: NDArray[np.bool_] | None, kind: Physical) -> Coded:
    """Whole numbers, as differences."""
    levels, missing = _levels(len(values), there)
    some = values[there] if there is not None and missing else values
    least, most = _bounds(some, _LITTLE[kind])
    packed = packing.differences(some.astype(np.int64, copy=False)).tobytes()
    return Coded(levels + packed, Encoding.DELTA, missing, least=least, most=most)


def _days(days: NDArray[np.int32]) -> Coded:
    """Days, as codes: there are few beside the rows."""
    there = days != NO_DAY
    levels, missing = _levels(len(days), there)
    some = days[there] if missing else days
    if not len(some):
        return _numbers(days, there, Physical.INT32)
    different, codes = _numbered_days(some)
    least, most = _bounds(different, "<i4")
    values = levels + _codes(codes, len(different))
    dictionary = different.astype("<i4").tobytes()
    return Coded(values, Encoding.CODES, missing, dictionary, len(different), least, most)


def _numbered_days(days: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The different days in their order, and the place of each day among them."""
    first = days.min()
    span = int(days.max()) - int(first) + 1
    seen = np.zeros(span, dtype=np.bool_)
    after = days - first
    seen[after] = True
    places = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(seen).astype(np.int32) + first, places[after]


def _bounds(values: NDArray[Any], little: str) -> tuple[bytes | None, bytes | None]:
    if not len(values):
        return None, None
    pair = np.array([values.min(), values.max()]).astype(little)
    return pair[:1].tobytes(), pair[1:].tobytes()


def _words(codes: NDArray[Any], words: Sequence[str]) -> Coded:
    """A few words that are never missing; only those that are used, so that the bounds are true."""
    used = np.flatnonzero(np.bincount(codes, minlength=len(words))).tolist()
    place = np.zeros(len(words), dtype=np.int32)
    place[used] = np.arange(len(used))
    coded = [words[code].encode() for code in used]
    dictionary = b"".join(len(word).to_bytes(4, "little") + word for word in coded)
    values = _codes(place[codes], len(used))
    least, most = min(coded), max(coded)
    return Coded(values, Encoding.CODES, 0, dictionary, len(used), least, most)


def _yes_or_no(values: NDArray[np.bool_]) -> Coded:
    levels, _ = _levels(len(values), None)
    return Coded(levels + np.packbits(values, bitorder="little").tobytes(), Encoding.PLAIN)


def _codes(codes: NDArray[np.int32], words: int) -> bytes:
    width = max(1, (words - 1).bit_length())
    packed: NDArray[np.uint8] = packing.pack(codes, width)
    return bytes([width]) + packed.tobytes()


def _levels(rows: int, there: NDArray[np.bool_] | None) -> tuple[bytes, int]:
    """Which values of a column that may miss some are there, and how many are not."""
    missing = 0 if there is None else rows - int(np.count_nonzero(there))
    if there is None or missing in (0, rows):
        levels = varint(rows << 1) + bytes([not missing])  # one run
    else:
        levels = packing.pack(there.astype(np.int32), 1).tobytes()
    return len(levels).to_bytes(4, "little") + levels, missing


def _texts(texts: Sequence[Text]) -> Coded:
    """Texts, as codes where they come again and again."""
    rows = sum(map(len, texts))
    levels, _ = _levels(rows, None)
    if found := _numbered(texts, min(rows // 2 + 1, _MOST_WORDS)):
        codes, words, count = found
        return Coded(levels + _codes(codes, count), Encoding.CODES, 0, words, count)
    plain = [packing.with_lengths(*_in_full(text)).tobytes() for text in texts]
    return Coded(b"".join([levels, *plain]), Encoding.PLAIN)


def _in_full(text: Text) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Offsets and content of a text, also where no more than codes and words are kept."""
    if text.coded is None:
        return text.offsets, text.content
    words = text.coded.words
    offsets, content = packing.some_texts(words.offsets, words.content, text.coded.codes)
    return offsets, content


def _numbered(texts: Sequence[Text], most: int) -> tuple[NDArray[np.int32], bytes, int] | None:
    """A code for each text, the dictionary and how many are in it; None where there are many."""
    if any(text.all_differ for text in texts):
        return None
    read = [text.coded or _coded(text, most) for text in texts]
    if any(coded is None for coded in read):
        return None
    known = [coded for coded in read if coded is not None]
    every = _joined([coded.words for coded in known])
    again, first = packing.number_texts(every.offsets, every.content, most)
    if not len(again):
        return None
    codes, at = [], 0
    for coded in known:
        count = len(coded.words.offsets) - 1
        codes.append(again[at : at + count][coded.codes])
        at += count
    words = packing.some_texts(every.offsets, every.content, first)
    return np.concatenate(codes), packing.with_lengths(*words).tobytes(), len(first)


def _coded(text: Text, most: int) -> AsRead | None:
    """A text column as codes; None where too many of its texts are different."""
    codes, first = packing.number_texts(text.offsets, text.content, most)
    if not len(codes):
        return None
    return AsRead(codes, Text(*packing.some_texts(text.offsets, text.content, first)))


def _joined(texts: Sequence[Text]) -> Text:
    """Columns of text end to end."""
    ends: list[NDArray[np.int32]] = [np.zeros(1, dtype=np.int32)]
    at = 0
    for text in texts:
        ends.append(text.offsets[1:] + np.int32(at))
        at += int(text.offsets[-1])
    return Text(np.concatenate(ends), np.concatenate([t.content for t in texts]))
