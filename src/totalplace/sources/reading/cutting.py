"""A block of a text file cut into cells by compiled loops, and what whole columns of it come to."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from totalplace.sources.reading import compiled
from totalplace.sources.reading.block import Coded, Text
from totalplace.sources.reading.plain import DETAIL_BETWEEN
from totalplace.sources.reading.text import LINES_IN_A_CELL
from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.rows import shown

PAD: Final = bytes(72)  # after the block, so that 64 bytes can be taken from any place
_ROWS_A_BLOCK: Final = 400_000
_BETWEEN: Final = np.frombuffer(DETAIL_BETWEEN.encode(), dtype=np.uint8)

Raw = tuple[bytes, int]  # a cell's bytes, and whether its quotes are doubled


@dataclass(frozen=True, slots=True)
class Alike:
    """A column whose equal cells have one code: where each different cell stands, and its hash."""

    codes: NDArray[np.int32]
    content: NDArray[np.uint8]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    flags: NDArray[np.uint8]
    hashes: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)

    def raw(self, k: int) -> Raw:
        """One of the different cells."""
        return self.content[self.starts[k] : self.ends[k]].tobytes(), int(
            self.flags[k]
        ) & compiled.DOUBLED

    def days(self, *, month_first: bool) -> NDArray[np.int32]:
        """The days of its different cells, days since 1970-01-01; -1 of those to be read singly."""
        found: NDArray[np.int32] = compiled.days(
            self.content, self.starts, self.ends, self.flags, month_first
        )
        return found

    def cells(self) -> list[Raw]:
        """All different cells, in the order of their codes."""
        return [self.raw(k) for k in range(len(self))]


class Unsuited(Exception):
    """This table is not one for the compiled reader; `plain` reads it."""


class Cut:
    """The records of one block: where their cells of interest stand, a slot for each column."""

    def __init__(self, slots: int, content: NDArray[np.uint8], lines: int) -> None:
        rows = min(_ROWS_A_BLOCK, lines + 64)
        self.content = content
        self._starts = np.empty((slots, rows), dtype=np.int32)
        self._ends = np.empty((slots, rows), dtype=np.int32)
        self._flags = np.empty((slots, rows), dtype=np.uint8)
        self._of_cells = np.empty((slots, rows), dtype=np.uint64)
        self._at = np.empty(rows + 1, dtype=np.int64)
        self.filled = np.empty(rows, dtype=np.int32)  # cells with something in them, by record
        self.hashes = np.empty(rows, dtype=np.uint64)

    def __len__(self) -> int:
        return len(self.filled)

    def fill(self, separator: str, slot_of: NDArray[Any], *, final: bool) -> int:
        """Cut whole records of the block; returns how many bytes they take.

        Raises Unsuited where the text is not what the loop knows.
        """
        given: tuple[Any, ...] = (
            self.content, len(self.content) - len(PAD), final, ord(separator), slot_of,
            self._starts, self._ends, self._flags, self._at, self.filled, self.hashes,
            self._of_cells,
        )  # fmt: skip
        n, used, ended = compiled.cut_by_marks(*given)
        if ended == compiled.UNSUITED:
            n, used, ended = compiled.cut(*(*given, LINES_IN_A_CELL))
        if ended == compiled.UNSUITED:
            raise Unsuited
        self._starts, self._ends = self._starts[:, :n], self._ends[:, :n]
        self._flags, self._of_cells = self._flags[:, :n], self._of_cells[:, :n]
        self.filled, self.hashes = self.filled[:n], self.hashes[:n]
        return int(used)

    def text_at(self, r: int, slot: int) -> str:
        """One cell's text with white space folded."""
        raw = self.content[self._starts[slot, r] : self._ends[slot, r]].tobytes()
        return text_of(raw, int(self._flags[slot, r]))

    def record(self, r: int, separator: str) -> list[str]:
        """All cells of one record."""
        raw = self.content[self._at[r] : self._at[r + 1]].tobytes().decode()
        return next(csv.reader(io.StringIO(raw, newline=""), delimiter=separator), [])

    def money(self, slot: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Sums in pence, and how each was read; what the loop leaves is read by the plain rule."""
        pence = np.empty(len(self), dtype=np.int64)
        state = np.empty(len(self), dtype=np.uint8)
        compiled.money(self.content, self._starts[slot], self._ends[slot], pence, state)
        known: dict[str, int | None] = {}
        for r in np.flatnonzero(state == compiled.ODD).tolist():
            text = self.text_at(r, slot)
            if text not in known:
                known[text] = pence_of(text)
            value = known[text]
            if value is not None:
                pence[r], state[r] = value, compiled.READ
            elif not text:
                state[r] = compiled.EMPTY
        return pence, state

    def alike(self, slot: int, rows: NDArray[np.int64]) -> Alike:
        """A column's cells of some records, with equal ones under one code."""
        starts, ends, flags, of_cells = self._of([slot])
        codes, first = compiled.number_alike(
            self.content, starts, ends, flags, of_cells, rows, always=True
        )
        return Alike(
            codes, self.content, starts[0][first], ends[0][first], flags[0][first],
            of_cells[0][first],
        )  # fmt: skip

    def joined(self, rows: NDArray[np.int64], slots: list[int]) -> Text:
        """The texts of some columns of some records, folded and joined."""
        if not slots:
            return Text.empty(len(rows))
        starts, ends, flags, of_cells = self._of(slots)
        codes, first = compiled.number_alike(
            self.content, starts, ends, flags, of_cells, rows, always=False
        )
        if len(codes) < len(rows):
            texts = compiled.fold(self.content, starts, ends, flags, rows, _BETWEEN)
            return Text(texts[0], texts[1], all_differ=True)
        words = Text(*compiled.fold(self.content, starts, ends, flags, first, _BETWEEN))
        return spread(codes, words)

    def _of(self, slots: list[int]) -> tuple[NDArray[Any], ...]:
        """Where the cells of some columns stand, their flags and their hashes."""
        noted = (self._starts, self._ends, self._flags, self._of_cells)
        if len(slots) == 1:
            return tuple(a[slots[0] : slots[0] + 1] for a in noted)
        return tuple(a[slots] for a in noted)

    def trailing_minuses(self, rows: Any, slot: int) -> int:
        """How many sums of some records have their minus sign behind."""
        starts, ends = self._starts[slot], self._ends[slot]
        return int(compiled.trailing_minus(self.content, starts, ends, rows))


def spread(codes: NDArray[np.int32], words: Text) -> Text:
    """A column of text from codes into its words."""
    offsets, content = compiled.spread(codes, words.offsets, words.content)
    return Text(offsets, content, Coded(codes, words))


def published(raw: bytes, flags: int) -> str:
    """A cell as the csv module gives it: its quotes no longer doubled."""
    text = raw.decode()
    return text.replace('""', '"') if flags & compiled.DOUBLED else text


def text_of(raw: bytes, flags: int) -> str:
    """A cell's text with white space folded."""
    return shown(published(raw, flags))
