"""The spool holds just what was added and not taken back, whenever it writes to disk."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.sources.reading import spool as spools
from totalplace.sources.reading.block import TEXTS, Block, Text
from totalplace.sources.reading.spool import Part, Spool, TableWords
from totalplace.sources.rules.rows import Fault


def block(rows: list[int]) -> Block:
    """Payments of as many pence as their row's number."""
    n = len(rows)
    nothing = np.zeros(n, np.int64)
    blank = Text(np.zeros(n + 1, np.int32), np.zeros(0, np.uint8))
    return Block(
        np.array(rows, np.int32), np.zeros(n, np.uint8), np.array(rows, np.int64), nothing, nothing,
        nothing, np.zeros(n, np.int32), np.ones(n, np.uint8), np.zeros(n, np.bool_),
        np.zeros(n, np.bool_), dict.fromkeys(TEXTS, blank),
    )  # fmt: skip


def held(parts: list[Part]) -> list[tuple[str, str, int]]:
    """File, sheet and row of what was written, in the order of writing."""
    found: list[tuple[str, str, int]] = []
    for part in parts:
        rows = duckdb.read_parquet(str(part.path)).select("file, sheet, row").fetchall()
        assert len(rows) == part.rows
        found += rows
    return found


class Added:
    """What was added to a spool, kept in plain lists beside it."""

    def __init__(self, spool: Spool, chance: random.Random) -> None:
        self.spool, self.chance, self.number = spool, chance, 0
        self.rows: list[tuple[str, str, int]] = []
        self.faults: list[tuple[str, str, int]] = []

    def table(self, file: str, sheet: str) -> None:
        """A table in a few blocks, taken back and read again one time in three."""
        self.spool.begin(TableWords("north", file, file, sheet, "net", one_month=True))
        rows, faults = len(self.rows), len(self.faults)
        self._blocks(file, sheet)
        if self.chance.random() < 0.3:
            self.spool.take_back()
            del self.rows[rows:], self.faults[faults:]
            self.spool.begin(TableWords("north", file, file, sheet, "net", one_month=True))
            self._blocks(file, sheet)

    def _blocks(self, file: str, sheet: str) -> None:
        for _ in range(self.chance.randint(0, 4)):
            first, self.number = self.number, self.number + self.chance.randint(1, 40)
            rows = list(range(first, self.number))
            bad = rows[: self.chance.choice([0, 0, 0, 3])]
            faults = [Fault(n, "C", "x", "is no sum", "Mend it", refused=True) for n in bad]
            with_rows = self.chance.random() < 0.8
            self.spool.add(block(rows) if with_rows else None, faults)
            self.rows += [(file, sheet, n) for n in rows if with_rows]
            self.faults += [(file, sheet, n) for n in bad]


@pytest.fixture(autouse=True)
def small_spills(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write to disk after a few rows."""
    monkeypatch.setattr(spools, "SPILL_BYTES", 3_000)
    monkeypatch.setattr(spools, "SPILL_FAULTS", 5)


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_is_taken_back_is_gone_and_all_else_is_held_in_order(seed: int) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        added = Added(spool, chance)
        for file in "abcd"[: chance.randint(1, 4)]:
            mark = spool.mark()
            rows, faults = len(added.rows), len(added.faults)
            for sheet in "xyz"[: chance.randint(1, 3)]:
                added.table(file, sheet)
            if chance.random() < 0.3:  # the file was refused half-way
                spool.back_to(mark)
                del added.rows[rows:], added.faults[faults:]
        spool.seal()
        assert held(spool.payments) == added.rows
        assert held(spool.faults) == added.faults
        assert {p.path for p in spool.payments + spool.faults} == set(Path(folder).iterdir())
