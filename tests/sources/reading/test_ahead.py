"""Files read several at once come to what they come to one after another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from totalplace.example_place import write_example
from totalplace.refusal import Refused
from totalplace.sources.reading import ahead
from totalplace.sources.reading.ahead import FILES_AT_ONCE, reading_ahead
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files in every form of text in which agencies publish."""
    folder = tmp_path_factory.mktemp("place")
    write_example(folder, seed=23, scale=0.02)
    found = (p for p in sorted(folder.rglob("*")) if p.suffix in (".csv", ".tsv", ".txt"))
    return list(found)[:120]


def rows_of(spool: Spool) -> list[dict[str, Any]]:
    """What a spool wrote, in the order of files and rows."""
    rows = [row for part in spool.payments for row in pl.read_parquet(part.path).to_dicts()]
    return sorted(rows, key=lambda row: (row["file"], row["row"]))


def one_by_one(paths: list[Path], into: Path) -> tuple[list[ReadTable], list[dict[str, Any]]]:
    """The tables and rows of files, by the plain rules."""
    spool, reader = Spool(into), Reader("body", bounds=Bounds(), swift=False)
    tables: list[ReadTable] = []
    for path in paths:
        mark = spool.mark()
        try:
            for document in documents(path, bounds=Bounds(), scratch=into):
                tables += reader.read(document, ahead.hash_of(path), "content", spool)
        except Refused:
            spool.back_to(mark)
    spool.seal()
    return tables, rows_of(spool)


def at_once(paths: list[Path], into: Path) -> tuple[list[ReadTable], list[dict[str, Any]]]:
    """The same, several at once."""
    spool = Spool(into)
    tables = list(_at_once(paths, spool))
    spool.seal()
    return tables, rows_of(spool)


def _at_once(paths: list[Path], spool: Spool) -> Iterator[ReadTable]:
    reader, underway = Reader("body", bounds=Bounds(), swift=True), []
    with reading_ahead(paths) as coming:
        for path in paths:
            looked = coming.look(path)
            assert looked is not None, path
            underway.append(coming.begin(looked, reader))
            if len(underway) > FILES_AT_ONCE:
                spool.mark()
                yield underway.pop(0).finish(spool)
        for last in underway:
            spool.mark()
            yield last.finish(spool)


@pytest.mark.parametrize("divided", [True, False])
def test_files_read_at_once_are_what_they_are_one_after_another(
    texts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, divided: bool
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1 if divided else 2)
    plain, rows = one_by_one(texts, tmp_path / "plain")
    swift, again = at_once(texts, tmp_path / "swift")
    assert len(plain) == len(texts)
    assert [replace(t, content_sha256="content") for t in swift] == plain
    assert again == rows


def test_what_is_no_small_text_is_left_to_be_read_alone(tmp_path: Path) -> None:
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG" + bytes(100))
    (tmp_path / "empty.csv").write_bytes(b"")
    paths = [tmp_path / name for name in ("picture.csv", "empty.csv", "gone.csv")]
    with reading_ahead(paths) as coming:
        assert [coming.look(path) for path in paths] == [None, None, None]
