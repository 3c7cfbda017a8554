"""The engine of one computer: DuckDB over Parquet files, in memory, with no extension loaded."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Final

import duckdb

MEMORY: Final = "300MB"  # reading a file must stay under 500 MB whatever its size
_PARAMETER: Final = re.compile(r"(?<![:\w]):([a-z][a-z_]*)\b")


def connect(*, memory: str = MEMORY, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that fetches no extension and spills to `scratch` past its memory."""
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "threads": os.cpu_count() or 2,
    }
    if scratch is not None:
        settings["temp_directory"] = str(scratch)
    return duckdb.connect(config=settings)


def question(name: str) -> str:
    """The text of a question, such as "count/months" for `count/questions/months.sql`."""
    room, _, asked = name.partition("/")
    return (resources.files(f"totalplace.{room}") / "questions" / f"{asked}.sql").read_text()


def ask(
    name: str, holdings: Mapping[str, Sequence[Path]], **parameters: Any
) -> list[dict[str, Any]]:
    """Answer a question over held Parquet files; every row as a dictionary by column name.

    `holdings` names each table of the question and the files it is made of. A table with no files
    is not there to be asked: that is an error of the caller, not an empty answer.
    """
    sql = _PARAMETER.sub(r"$\1", question(name))
    with connect(memory="75%") as con:
        _view(con, holdings)
        asked = {k: v for k, v in parameters.items() if f"${k}" in sql}
        answer = con.execute(sql, asked)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _view(con: duckdb.DuckDBPyConnection, holdings: Mapping[str, Sequence[Path]]) -> None:
    for table, files in holdings.items():
        listed = ", ".join(f"'{_quoted(file)}'" for file in files)
        con.execute(f'CREATE VIEW "{table}" AS SELECT * FROM read_parquet([{listed}])')


def write(
    path: Path,
    select: str,
    rows: Mapping[str, Any],
    words: Mapping[str, Mapping[str, Any]],
    held: Mapping[str, Sequence[Path]] | None = None,
) -> int:
    """Write the rows of a query over in-memory tables to a Parquet file, whole or not at all.

    `rows` are Arrow streams or mappings of column name to NumPy array; `words` are short tables
    whose texts stand beside many rows, and so are written as codes; `held` names tables of held
    Parquet files. Returns the rows written.
    """
    partial = path.with_suffix(".part")
    with connect() as con:
        # A stream does not say how long it is, so the optimiser would take it for the short side.
        con.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        con.execute(
            "SET threads = 1"
        )  # the rows after these are read meanwhile, and memory is kept
        _view(con, held or {})
        for name, table in rows.items():
            con.register(name, table)
        for name, table in words.items():
            _enumerate(con, name, table)
        options = "FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false"
        answer = con.execute(f"COPY ({select}) TO '{_quoted(partial)}' ({options})")
        written = int(answer.fetchall()[0][0])
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(path)
    return written


def _enumerate(con: duckdb.DuckDBPyConnection, name: str, table: Mapping[str, Any]) -> None:
    """Make a short table whose texts are of enumerated types."""
    con.register(f"{name}_given", table)
    columns = []
    for column, values in table.items():
        if values.dtype == object:
            kind = f"{name}_{column}"
            con.execute(f"CREATE TYPE {kind} AS ENUM (SELECT DISTINCT {column} FROM {name}_given)")
            columns.append(f"CAST({column} AS {kind}) AS {column}")
        else:
            columns.append(column)
    con.execute(f"CREATE TEMP TABLE {name} AS SELECT {', '.join(columns)} FROM {name}_given")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
