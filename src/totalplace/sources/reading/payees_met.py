"""Payees that were met before: what their cells come to is worked out once, not in every file."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.sources.reading import compiled
from totalplace.sources.reading.block import Text
from totalplace.sources.reading.cutting import Alike, spread, text_of
from totalplace.sources.reading.plain import payee_parts

_REMEMBERED: Final = 200_000  # payees, to bound memory; and letters of them all
_LETTERS: Final = 16 * 2**20


class _Texts:
    """Texts end to end, to which more can be added."""

    def __init__(self) -> None:
        self._count = 0
        self._offsets = np.zeros(1024, dtype=np.int64)
        self._content = np.zeros(1 << 15, dtype=np.uint8)

    def add(self, text: bytes) -> None:
        begun = int(self._offsets[self._count])
        end = begun + len(text)
        if self._count + 2 > len(self._offsets):
            self._offsets = np.resize(self._offsets, 2 * len(self._offsets))
        if end + 8 > len(self._content):  # compiled loops read some bytes past the last
            self._content = np.resize(self._content, 2 * end)
        self._content[begun:end] = np.frombuffer(text, dtype=np.uint8)
        self._count += 1
        self._offsets[self._count] = end

    @property
    def size(self) -> int:
        return int(self._offsets[self._count])

    @property
    def places(self) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        return self._offsets, self._content


class PayeesMet:
    """Cells of payees as published, by number, with the name, number and redaction of each."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._count = 0
        self._table = np.full(1 << 12, -1, dtype=np.int64)  # numbers, by the hash of the cell
        self._hashes = np.zeros(1024, dtype=np.uint64)
        self._hidden = np.zeros(1024, dtype=np.bool_)
        self._cells, self._names, self._numbers = _Texts(), _Texts(), _Texts()
        self._any_number = False

    def parts(self, found: Alike) -> tuple[Text, Text, NDArray[np.bool_]]:
        """Names, supplier numbers and redactions of a column."""
        if self._count > _REMEMBERED or self._cells.size > _LETTERS:
            self._forget()
        numbers = self._numbers_of(found)
        names = spread(found.codes, Text(*compiled.spread(numbers, *self._names.places)))
        if self._any_number:
            own = Text(*compiled.spread(numbers, *self._numbers.places))
            given = spread(found.codes, own)
        else:
            given = Text.empty(len(found.codes))
        return names, given, self._hidden[numbers][found.codes]

    def _numbers_of(self, found: Alike) -> NDArray[np.int64]:
        """The number of each different cell."""
        numbers: NDArray[np.int64] = compiled.met_before(
            found.content, found.starts, found.ends, found.hashes,
            self._table, self._hashes, *self._cells.places,
        )  # fmt: skip
        for k in np.flatnonzero(numbers < 0).tolist():
            numbers[k] = self._meet(*found.raw(k), found.hashes[k])
        return numbers

    def _meet(self, raw: bytes, flags: int, hashed: np.uint64) -> int:
        """Hold a cell; of two with one hash, which only ill will can make, the later is found."""
        number = self._count
        if number + 1 == len(self._hashes):
            self._hashes = np.resize(self._hashes, 2 * len(self._hashes))
            self._hidden = np.resize(self._hidden, 2 * len(self._hidden))
        self._hashes[number] = hashed
        self._table[compiled.place_of(hashed, self._table, self._hashes)] = number
        name, given, self._hidden[number] = payee_parts(text_of(raw, flags))
        self._cells.add(raw)
        self._names.add(name.encode())
        self._numbers.add(given.encode())
        self._any_number |= bool(given)
        self._count += 1
        if 2 * self._count > len(self._table):
            self._grow()
        return number

    def _grow(self) -> None:
        self._table = np.full(4 * len(self._table), -1, dtype=np.int64)
        for number, hashed in enumerate(self._hashes[: self._count]):
            self._table[compiled.place_of(hashed, self._table, self._hashes)] = number
