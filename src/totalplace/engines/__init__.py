"""Engines answer a named question over held rows, and write rows that are held and never edited.

A question is a `.sql` file in the room that asks it; it filters, joins and adds whole numbers, so
that engines cannot disagree by rounding. Rates and roundings are rules, in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, assert_never

from totalplace.engines import duck, spark
from totalplace.engines.duck import TookTooLong, write
from totalplace.engines.questions import question

__all__ = [
    "Engine", "TookTooLong", "ask", "asking", "each", "question", "write", "write_answer",
]  # fmt: skip


class Engine(StrEnum):
    """What answers: DuckDB on one computer; Spark where there is more than that can hold."""

    DUCK = "duck"
    SPARK = "spark"


_chosen: Final[ContextVar[Engine]] = ContextVar("engine", default=Engine.DUCK)


@contextmanager
def asking(engine: Engine) -> Iterator[None]:
    """Ask this engine, within, whatever is asked of none by name.

    For a door, which knows on what it runs: questions are asked deep in the rooms.
    """
    before = _chosen.set(engine)
    try:
        yield
    finally:
        _chosen.reset(before)


def ask(
    name: str,
    holdings: Mapping[str, Sequence[Path]],
    *,
    engine: Engine | None = None,
    seconds: float | None = None,
    **parameters: Any,
) -> list[dict[str, Any]]:
    """Answer a question over held Parquet files; every row as a dictionary by column name.

    `holdings` names each table of the question and the files it is made of. A table with no files
    is not there to be asked: that is an error of the caller, not an empty answer. Whole numbers
    come as int, days as date, and rows in the order that the question gives, from every engine;
    the one asked is that named, else the one chosen by `asking`, else DuckDB.
    Raises Refused where Spark is asked and it, or Java, is not installed; TookTooLong where the
    answer takes DuckDB longer than the seconds that are given, if any (Spark is not stopped).
    """
    match engine or _chosen.get():
        case Engine.DUCK:
            return duck.ask(name, holdings, seconds=seconds, **parameters)
        case Engine.SPARK:
            return spark.ask(name, holdings, **parameters)
        case _:
            assert_never(engine)


def each(
    name: str,
    holdings: Mapping[str, Sequence[Path]],
    *,
    engine: Engine | None = None,
    **parameters: Any,
) -> Iterator[dict[str, Any]]:
    """The rows of an answer as `ask` gives them, one by one: memory does not grow with them.

    Whoever takes no more of them closes the iterator. Raises Refused as `ask` does.
    """
    match engine or _chosen.get():
        case Engine.DUCK:
            return duck.each(name, holdings, **parameters)
        case Engine.SPARK:
            return spark.each(name, holdings, **parameters)
        case _:
            assert_never(engine)


def write_answer(
    path: Path,
    name: str,
    holdings: Mapping[str, Sequence[Path]],
    *,
    engine: Engine | None = None,
    **parameters: Any,
) -> int:
    """Write the answer of a question to a Parquet file, whole or not at all; the rows written.

    Rows stand in the order that the question gives. Memory is bounded: what does not fit goes to
    a folder beside the file meanwhile. Raises ValueError where a column is no whole number of 64
    bits, and Refused as `ask` does.
    """
    match engine or _chosen.get():
        case Engine.DUCK:
            return duck.write_answer(path, name, holdings, **parameters)
        case Engine.SPARK:
            return spark.write_answer(path, name, holdings, **parameters)
        case _:
            assert_never(engine)
