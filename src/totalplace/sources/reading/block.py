"""Typed rows in columns, as they go to a holding, and the tally that accounts for every row."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from totalplace.sources.rules.rows import Fault

EPOCH: Final = date(1970, 1, 1)
NO_DAY: Final = np.iinfo(np.int32).min
NO_PENCE: Final = np.iinfo(np.int64).min
# How many different rows of one table are remembered to know copies by. A year of a large county is
# 100,000; past this bound rows are still compared with those remembered, and that is said.
ROWS_COMPARED: Final = 2_000_000
_FAR: Final = 2**62
PRECISIONS: Final = ("none", "day", "month", "quarter", "year", "period")
TEXTS: Final = ("payee", "payee_number", "unit", "purpose", "detail", "reference")


_NOWHERE: Final = np.zeros(1, dtype=np.int32)


@dataclass(slots=True)
class Text:
    """A column of text: UTF-8 bytes end to end, and where each cell starts (length n + 1).

    Where it was read as codes into a few words, those are kept for whoever writes it.
    """

    offsets: NDArray[np.int32]
    content: NDArray[np.uint8]
    coded: Coded | None = None
    all_differ: bool = False  # it was tried to read it as codes: there were too many words

    def __reduce__(self) -> tuple[Any, ...]:
        """As it goes to another process: by its fields, without looking for what they are."""
        return Text, (self.offsets, self.content, self.coded, self.all_differ)

    @classmethod
    def empty(cls, rows: int) -> Text:
        """A column of texts of no letters."""
        offsets, nothing = np.zeros(rows + 1, dtype=np.int32), np.zeros(0, dtype=np.uint8)
        words = cls(np.zeros(2, dtype=np.int32), nothing)
        return cls(offsets, nothing, Coded(offsets[1:], words))

    @classmethod
    def of(cls, cells: Iterable[str]) -> Text:
        """A column from Python strings."""
        return cls.of_bytes([c.encode("utf-8", "replace") for c in cells])

    @classmethod
    def of_bytes(cls, coded: list[bytes]) -> Text:
        """A column from UTF-8."""
        offsets = np.zeros(len(coded) + 1, dtype=np.int32)
        if coded:
            np.cumsum([len(c) for c in coded], out=offsets[1:])
        return cls(offsets, np.frombuffer(b"".join(coded), dtype=np.uint8))

    def folded(self) -> Text:
        """The same, of which no more is kept than codes and words where it has them."""
        if self.coded is None:
            return self
        nothing = np.zeros(0, dtype=np.uint8)
        return Text(_NOWHERE[:1], nothing, self.coded)

    def __len__(self) -> int:
        return len(self.coded.codes) if self.coded else len(self.offsets) - 1

    def nbytes(self) -> int:
        """Bytes held."""
        words = 0 if self.coded is None else self.coded.words.content.nbytes + 4 * len(self)
        return self.content.nbytes + self.offsets.nbytes + words

    def cells(self) -> list[str]:
        """Back to Python strings."""
        content, at = self.content.tobytes(), self.offsets.tolist()
        return [content[a:b].decode() for a, b in itertools.pairwise(at)]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of text as codes: the places of its texts among words, which may be there twice."""

    codes: NDArray[np.int32]
    words: Text

    def __reduce__(self) -> tuple[Any, ...]:
        """As it goes to another process."""
        return Coded, (self.codes, self.words)


@dataclass(slots=True)
class Block:
    """Rows of one table that are payments, card purchases or commitments. All arrays have length n.

    Missing money is `NO_PENCE` and a missing day `NO_DAY`: they become NULL, never zero.
    """

    row: NDArray[np.int32]
    kind: NDArray[np.uint8]  # RowKind PAYMENT, CARD or COMMITMENT
    amount: NDArray[np.int64]
    net: NDArray[np.int64]
    vat: NDArray[np.int64]
    gross: NDArray[np.int64]
    day: NDArray[np.int32]  # days since 1970-01-01
    precision: NDArray[np.uint8]  # position in PRECISIONS
    redacted: NDArray[np.bool_]
    copy: NDArray[np.bool_]
    texts: dict[str, Text]

    def __len__(self) -> int:
        return len(self.row)

    def __getstate__(self) -> dict[str, Any]:
        """As it goes to another process: of a column that is all alike, one value goes."""
        state: dict[str, Any] = {"texts": self.texts, "rows": len(self)}
        for name in NUMBERS:
            column: NDArray[Any] = getattr(self, name)
            alike = len(column) > 0 and bool((column == column[0]).all())
            state[name] = column[:1].copy() if alike else column
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """From another process."""
        self.texts = state["texts"]
        for name in NUMBERS:
            column = state[name]
            spread = len(column) < state["rows"]
            setattr(
                self, name, np.full(state["rows"], column[0], column.dtype) if spread else column
            )

    def fold(self) -> None:
        """Keep of its texts no more than codes and words, where they have them."""
        self.texts = {name: text.folded() for name, text in self.texts.items()}

    def nbytes(self) -> int:
        """Bytes held, to bound how much is kept before it is written."""
        return 47 * len(self) + sum(text.nbytes() for text in self.texts.values())


NUMBERS: Final = (
    "row", "kind", "amount", "net", "vat", "gross", "day", "precision", "redacted", "copy",
)  # fmt: skip


class Digest:
    """The hash of a table's canonical rows: the same whatever engine read them, in whatever blocks.

    One SHA-256 a column over little-endian values (texts: lengths, then UTF-8 bytes), and one over
    those in the order of the columns.
    """

    def __init__(self) -> None:
        self._of = {name: hashlib.sha256() for name in NUMBERS}
        self._texts = {name: (hashlib.sha256(), hashlib.sha256()) for name in TEXTS}

    def add(self, block: Block) -> None:
        """Take in the next rows."""
        for name in NUMBERS:
            column: NDArray[Any] = getattr(block, name)
            self._of[name].update(np.ascontiguousarray(column).data)
        for name in TEXTS:
            text, (lengths, content) = block.texts[name], self._texts[name]
            lengths.update(np.diff(text.offsets).astype("<i4").data)
            content.update(np.ascontiguousarray(text.content).data)

    def hexdigest(self) -> str:
        """The digest, 64 hexadecimal digits."""
        whole = hashlib.sha256()
        for name in NUMBERS:
            whole.update(self._of[name].digest())
        for name in TEXTS:
            whole.update(self._texts[name][0].digest() + self._texts[name][1].digest())
        return whole.hexdigest()


@dataclass(slots=True)
class Tally:
    """How the rows of one table are accounted for, and their sums in pence."""

    rows_in: int = 0
    preamble_rows: int = 0
    header_rows: int = 0
    blank_rows: int = 0
    total_rows: int = 0
    payments: int = 0
    cards: int = 0
    commitments: int = 0
    faults: int = 0
    sum_pence: int = 0
    cards_pence: int = 0
    commitments_pence: int = 0
    faults_pence: int = 0
    totals_pence: int = 0
    negative_payments: int = 0
    duplicates_flagged: int = 0
    redacted: int = 0
    cells_not_read: int = 0
    undated: int = 0  # rows with no date of their own
    trailing_minus: int = 0  # sums written as 12.00-
    serial_dates: int = 0  # days written as a spreadsheet counts them
    first_day: int | None = None
    last_day: int | None = None

    def spending_rows(self) -> int:
        """Rows kept: payments, card purchases and commitments."""
        return self.payments + self.cards + self.commitments

    def accounted(self) -> int:
        """Rows that are something; equal to `rows_in` or the reading is wrong."""
        other = self.preamble_rows + self.header_rows + self.blank_rows + self.total_rows
        return self.spending_rows() + self.faults + other

    def add(self, block: Block) -> None:
        """Count the rows of a block."""
        counts = np.bincount(block.kind, minlength=3).tolist()
        for kind, rows, pence in (
            (0, "payments", "sum_pence"),
            (1, "cards", "cards_pence"),
            (2, "commitments", "commitments_pence"),
        ):
            if counts[kind]:
                every = counts[kind] == len(block)
                amounts = block.amount if every else block.amount[block.kind == kind]
                setattr(self, rows, getattr(self, rows) + counts[kind])
                setattr(self, pence, getattr(self, pence) + _exact_sum(amounts))
                if kind == 0:
                    self.negative_payments += int(np.count_nonzero(amounts < 0))
        self.duplicates_flagged += int(np.count_nonzero(block.copy))
        self.redacted += int(np.count_nonzero(block.redacted))
        own = (block.precision >= 1) & (block.precision <= 4)  # dates of their own
        undated = len(block) - int(np.count_nonzero(own))
        self.undated += undated
        days = block.day[own] if undated else block.day
        if len(days):
            first, last = int(days.min()), int(days.max())
            self.first_day = first if self.first_day is None else min(first, self.first_day)
            self.last_day = last if self.last_day is None else max(last, self.last_day)


def _exact_sum(pence: NDArray[np.int64]) -> int:
    """A sum that cannot wrap round: halves are added apart, where they might."""
    if len(pence) and max(-int(pence.min()), int(pence.max())) * len(pence) < _FAR:
        return int(pence.sum())
    high, low = pence >> 32, pence & 0xFFFFFFFF
    return (int(high.sum()) << 32) + int(low.sum())


def day_of(number: int | None) -> date | None:
    """A day from days since 1970-01-01."""
    return None if number is None else EPOCH + timedelta(days=number)


@dataclass(slots=True)
class Found:
    """Rows and faults that reading hands over, a block at a time."""

    block: Block | None = None
    faults: list[Fault] = field(default_factory=list)
