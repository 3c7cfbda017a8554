"""Specs: a table that a person can read, a question, an answer; asked of every engine.

In a table, cells stand between bars; `none` is what is not known, `yes` and `no` are what they
say, and a column that is not shown has what `tables.sql` gives it. An answer may leave out columns.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from totalplace import engines
from totalplace.engines import Engine, spark
from totalplace.refusal import Refused

TABLES: Final = (Path(__file__).parent / "tables.sql").read_text()
WORDS: Final = {"none": None, "yes": True, "no": False}


class Asked:
    """An engine, and what is held for it to be asked of."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.holdings: dict[str, list[Path]] = {}
        self._folder = folder

    def hold(self, table: str, shown: str) -> None:
        """Hold the rows of a table that a person can read, or none of its rows."""
        columns, *rows = cells(shown) or [[]]
        names = ", ".join(f'"{column}"' for column in columns)
        with duckdb.connect() as con:
            con.execute(TABLES)
            for row in rows:
                values = [WORDS.get(cell, cell) for cell in row]
                places = ", ".join("?" * len(row))
                con.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values)
            path = self._folder / f"{table}-{len(self.holdings)}.parquet"
            con.execute(f"COPY {table} TO '{path}' (FORMAT parquet)")
        self.holdings[table] = [path]

    def ask(self, name: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of an answer; what holds pence or counts is a whole number, or not known."""
        return engines.ask(name, self.holdings, engine=self.engine, **parameters)

    def hold_answer(self, table: str, name: str, **parameters: Any) -> None:
        """Hold the answer of a question as a table to ask others of."""
        path = self._folder / f"{table}-answer.parquet"
        engines.write_answer(path, name, self.holdings, engine=self.engine, **parameters)
        self.holdings[table] = [path]

    def answers(self, name: str, shown: str, **parameters: Any) -> None:
        """Insist that a question is answered by these rows, in this order."""
        columns, *rows = cells(shown)
        answer = self.ask(name, **parameters)
        assert [[as_shown(row[column]) for column in columns] for row in answer] == rows


def cells(shown: str) -> list[list[str]]:
    """The cells of each line of a table; `''` is a text without letters."""
    lines = [line.strip() for line in shown.splitlines() if line.strip()]
    return [[cell.strip().replace("''", "") for cell in line.split("|")] for line in lines]


def as_shown(value: Any) -> str:
    """A value as it stands in a table. Raises TypeError where it is of no kind that may be."""
    if value is None or isinstance(value, bool):
        return next(word for word, meant in WORDS.items() if meant is value)
    if type(value) not in {int, str, date}:
        raise TypeError(f"{value!r} is no whole number, no text and no day")
    return str(value)


@pytest.fixture(params=[Engine.DUCK, Engine.SPARK])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Asked:
    """Each engine in turn, with nothing held."""
    if request.param is Engine.SPARK:
        # Java that compiles quickly and once suits questions that are each asked once.
        os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        try:
            spark.session()
        except Refused as refused:
            pytest.skip(str(refused))
    return Asked(request.param, tmp_path)
