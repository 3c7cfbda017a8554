"""Rows on their way to a holding: kept in memory up to a bound, then in parts on disk.

A table that has to be read again is taken back whole; nothing is held until the parts are moved
into place by the action that records their files.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from totalplace import engines
from totalplace.sources.reading.arrow import Stream
from totalplace.sources.reading.block import PRECISIONS, Block
from totalplace.sources.reading.words import TableWords
from totalplace.sources.rules.rows import OF_KIND, Fault

__all__ = ["Part", "Spool", "TableWords"]

SPILL_BYTES: Final = 8 * 2**20
SPILL_FAULTS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """A Parquet file written on the way, and its rows."""

    path: Path
    rows: int


Blocks = Sequence[tuple[int, Block]]


@dataclass(slots=True)
class Mark:
    """A place in a spool that it can go back to: parts written, rows in memory, tables begun."""

    payments: int
    faults: int
    blocks: int
    faults_kept: int
    tables: int


class Spool:
    """Blocks and faults of many tables, on their way to Parquet parts in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._words: list[TableWords] = []
        self._blocks: list[tuple[int, Block]] = []
        self._faults: list[tuple[int, Fault]] = []
        self._bytes = 0
        self._marks: list[Mark] = []  # of the file, and of the table begun last
        # Parts are written while the next rows are read; one writer, so that memory is bounded.
        self._writer = ThreadPoolExecutor(max_workers=1)
        self._payments: list[Future[Part]] = []
        self._faulted: list[Future[Part]] = []

    @property
    def payments(self) -> list[Part]:
        """The parts of rows, each when it is written."""
        return [part.result() for part in self._payments]

    @property
    def faults(self) -> list[Part]:
        """The parts of faults, each when it is written."""
        return [part.result() for part in self._faulted]

    def mark(self) -> Mark:
        """Start a file; `back_to` takes back all that is added from here on."""
        self._marks = [self._here()]
        return self._marks[0]

    def begin(self, words: TableWords) -> None:
        """Start a table; `take_back` takes back all that is added from here on."""
        self._marks = [*self._marks[:1], self._here()]
        self._words.append(words)

    def add(self, block: Block | None, faults: list[Fault]) -> None:
        """Add rows and faults of the table begun last."""
        number = len(self._words) - 1
        if block is not None:
            self._blocks.append((number, block))
            self._bytes += block.nbytes()
        self._faults += [(number, f) for f in faults]
        if self._bytes > SPILL_BYTES or len(self._faults) > SPILL_FAULTS:
            self._spill()

    def take_back(self) -> None:
        """Forget the table begun last."""
        self.back_to(self._marks[-1])

    def back_to(self, mark: Mark) -> None:
        """Forget all that was added since a mark."""
        for gone in self._payments[mark.payments :] + self._faulted[mark.faults :]:
            gone.result().path.unlink()
        del self._payments[mark.payments :], self._faulted[mark.faults :]
        del self._blocks[mark.blocks :], self._faults[mark.faults_kept :]
        del self._words[mark.tables :]
        self._bytes = sum(b.nbytes() for _, b in self._blocks)

    def seal(self) -> None:
        """Write what is still in memory; nothing is taken back after this."""
        self._marks = []
        self._spill()
        self._writer.shutdown()

    def _here(self) -> Mark:
        return Mark(
            len(self._payments), len(self._faulted), len(self._blocks), len(self._faults),
            len(self._words),
        )  # fmt: skip

    def _spill(self) -> None:
        """Write parts, none across a mark, so that going back is deleting whole parts.

        Files before the one begun last go first; its own rows follow only if they are many.
        """
        self._wait()
        if self._marks:
            self._write_before(self._marks[0])
            self._bytes = sum(b.nbytes() for _, b in self._blocks)
            if self._bytes <= SPILL_BYTES and len(self._faults) <= SPILL_FAULTS:
                return
        for mark in self._marks:
            self._write_before(mark)
        self._write_blocks(self._blocks)
        self._write_faults(self._faults)
        self._blocks, self._faults, self._bytes = [], [], 0

    def _write_before(self, mark: Mark) -> None:
        """Write what was added before a mark, which then stands where the rest begins."""
        blocks, faults = mark.blocks, mark.faults_kept
        if not blocks and not faults:
            return  # what is written already may be of after the mark
        self._write_blocks(self._blocks[:blocks])
        self._write_faults(self._faults[:faults])
        self._blocks, self._faults = self._blocks[blocks:], self._faults[faults:]
        for other in self._marks:
            if other.blocks >= blocks and other.faults_kept >= faults:
                other.blocks -= blocks
                other.faults_kept -= faults
                other.payments, other.faults = len(self._payments), len(self._faulted)

    def _write_blocks(self, blocks: list[tuple[int, Block]]) -> None:
        if blocks:
            path = self._folder / f"payments-{len(self._payments)}.parquet"
            self._payments.append(self._writer.submit(_rows_written, path, blocks, self._words[:]))

    def _write_faults(self, faults: list[tuple[int, Fault]]) -> None:
        if faults:
            path = self._folder / f"faults-{len(self._faulted)}.parquet"
            words = {"tables": _tables(self._words)}
            select = engines.question("sources/hold_faults")
            columns = {"faults": _columns(faults)}
            self._faulted.append(self._writer.submit(_written, path, select, columns, words))

    def _wait(self) -> None:
        """Wait until the part before is written, or raise why it could not be."""
        for part in self._payments[-1:]:
            part.result()


def _rows_written(path: Path, blocks: Blocks, tables: Sequence[TableWords]) -> Part:
    """Write rows by loops of our own, or by the engine where those are not installed."""
    try:
        from totalplace.sources.reading import holding
    except ImportError:
        return written_by_engine(path, blocks, tables)
    return Part(path, holding.write(path, blocks, tables))


def written_by_engine(path: Path, blocks: Blocks, tables: Sequence[TableWords]) -> Part:
    """Write rows whose texts are in full, as they are written where no loops are installed."""
    words = {
        "tables": _tables(tables),
        "kinds": _numbered([kind.value for kind in OF_KIND]),
        "precisions": _numbered(PRECISIONS),
    }
    select = engines.question("sources/hold_payments")
    return _written(path, select, {"blocks": Stream(blocks)}, words)


def _tables(words: Sequence[TableWords]) -> dict[str, NDArray[Any]]:
    return {
        "table_no": np.arange(len(words), dtype=np.int32),
        "one_month": np.array([w.one_month for w in words], dtype=np.bool_),
        **{
            name: np.array([getattr(w, name) for w in words], dtype=object)
            for name in ("agency", "file", "name", "sheet", "vat_basis")
        },
    }


def _written(path: Path, select: str, rows: dict[str, Any], words: dict[str, Any]) -> Part:
    return Part(path, engines.write(path, select, rows, words))


def _numbered(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    return {
        "number": np.arange(len(words), dtype=np.int32),
        "word": np.array(words, dtype=object),
    }


def _columns(faults: list[tuple[int, Fault]]) -> dict[str, NDArray[Any]]:
    return {
        "table_no": np.array([n for n, _ in faults], dtype=np.int32),
        "row": np.array([f.row for _, f in faults], dtype=np.int32),
        "refused": np.array([f.refused for _, f in faults], dtype=np.uint8),
        "has_amount": np.array([f.amount_pence is not None for _, f in faults], dtype=np.uint8),
        "amount_pence": np.array([f.amount_pence or 0 for _, f in faults], dtype=np.int64),
        **{
            name: np.array([getattr(f, name) for _, f in faults], dtype=object)
            for name in ("column", "found", "why", "next_step")
        },
    }
