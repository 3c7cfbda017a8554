"""What our own loops write is to any reader the file that the engine writes."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.sources.reading import holding, spool
from totalplace.sources.reading.block import NO_DAY, NO_PENCE, PRECISIONS, TEXTS, Block, Coded, Text
from totalplace.sources.reading.packing import some_texts
from totalplace.sources.reading.words import TableWords

Blocks = list[tuple[int, Block]]


def some(chance: random.Random, n: int, none: int, far: int) -> Any:
    """Whole numbers, of which some, all or none are missing."""
    share = chance.choice([0.0, 0.2, 1.0])
    size = chance.choice([1, 40, 20_000, far])
    return np.array(
        [none if chance.random() < share else chance.randrange(-size, size) for _ in range(n)],
        dtype=np.int64,
    )


def text(chance: random.Random, n: int) -> Text:
    """A column of text as one of the readers gives it: as it is, as codes, or as codes alone."""
    different = chance.choice([1, 3, 300, 3 * n + 1])
    words = ["".join(chance.choices("aé中 🏠b", k=chance.randrange(20))) for _ in range(different)]
    codes = np.array([chance.randrange(different) for _ in range(n)], dtype=np.int32)
    form = chance.choice(["plain", "all differ", "coded", "folded"])
    if form in ("plain", "all differ"):
        column = Text.of([words[code] for code in codes])
        column.all_differ = form == "all differ"
        return column
    short = Text.of(words)
    coded = Text(*some_texts(short.offsets, short.content, codes), Coded(codes, short))
    return coded.folded() if form == "folded" else coded


def blocks_of(chance: random.Random, tables: int) -> Blocks:
    """Rows of some tables, in the order in which they are read."""
    found: Blocks = []
    for table in sorted(chance.randrange(tables) for _ in range(chance.randint(1, 5))):
        n = chance.choice([1, 2, 7, 64, 700])
        row = np.arange(1, n + 1, dtype=np.int32) * chance.choice([1, 3])
        amount = some(chance, n, 5, 2**60)
        net = amount.copy() if chance.random() < 0.5 else some(chance, n, NO_PENCE, 2**60)
        day = some(chance, n, NO_DAY, 60_000).astype(np.int32)
        block = Block(
            row, np.array(chance.choices([0, 1, 2], k=n), np.uint8), amount, net,
            some(chance, n, NO_PENCE, 2**60), some(chance, n, NO_PENCE, 2**60), day,
            np.array(chance.choices(range(len(PRECISIONS)), k=n), np.uint8),
            np.array(chance.choices([True, False], k=n)), np.zeros(n, np.bool_),
            {name: text(chance, n) for name in TEXTS},
        )  # fmt: skip
        found.append((table, block))
    return found


def in_full(blocks: Blocks) -> Blocks:
    """The same rows with every text in full, as the engine needs them."""
    for _, block in blocks:
        for name, column in block.texts.items():
            if column.coded is not None:
                words, codes = column.coded.words, column.coded.codes
                block.texts[name] = Text(*some_texts(words.offsets, words.content, codes))
    return blocks


def in_order(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in an order of their own: a holding promises none."""
    return sorted(rows, key=repr)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_any_reader_finds_what_the_engine_would_have_written(seed: int) -> None:
    chance = random.Random(seed)
    tables = [
        TableWords(
            f"body{n % 2}", f"{n:064x}", "x", chance.choice(["", "May £"]), "net", n % 2 == 0
        )
        for n in range(3)
    ]
    blocks = blocks_of(chance, len(tables))
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.parquet"), Path(folder, "theirs.parquet")
        assert holding.write(ours, blocks, tables) == sum(len(block) for _, block in blocks)
        spool.written_by_engine(theirs, in_full(blocks), tables)
        one, other = (duckdb.read_parquet(str(path)) for path in (ours, theirs))
        assert (one.columns, one.types) == (other.columns, other.types)
        assert in_order(one.fetchall()) == in_order(other.fetchall())
        found, expected = (pl.read_parquet(path).rows() for path in (ours, theirs))
        assert in_order(found) == in_order(expected)
        least = "min(row), max(row), min(amount_pence), max(net_pence), min(paid_on), max(month)"
        assert one.aggregate(least).fetchall() == other.aggregate(least).fetchall()
        assert list(Path(folder).glob("*.part")) == []
