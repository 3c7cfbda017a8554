"""The engine of one computer: DuckDB over Parquet files, in memory, with no extension loaded."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from totalplace.engines.files import whole
from totalplace.engines.questions import told, with_dollars

MEMORY: Final = "300MB"  # reading a file must stay under 500 MB whatever its size
ANSWER_MEMORY: Final = "1GB"  # for an answer that is written; what does not fit goes to disk
# Parquet of the second form is read a fifth quicker; a row group is the share of one processor.
_ANSWER: Final = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2, ROW_GROUP_SIZE 61440"
_AT_ONCE: Final = 5_000  # rows that are taken from an answer that is read bit by bit
_NOT_WHOLE: Final = ("FLOAT", "DOUBLE", "DECIMAL")

_turn: Final = threading.Lock()
# By number of the running program: one that was forked off must not use its parent's connection,
# whose threads it does not have, nor close it.
_open: Final[dict[int, duckdb.DuckDBPyConnection]] = {}


def connect(
    *, memory: str | None = MEMORY, scratch: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection that fetches no extension and spills to `scratch` past its memory.

    With no memory named, it may take four fifths of the computer's, as DuckDB has it.
    """
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": os.cpu_count() or 2,
    }
    if memory is not None:
        settings["memory_limit"] = memory
    if scratch is not None:
        settings["temp_directory"] = str(scratch)
    return _quiet(duckdb.connect(config=settings))


def _quiet(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The same connection, which draws no bar where a question takes long: doors show progress."""
    return con.execute("SET enable_progress_bar = false")


class TookTooLong(TimeoutError):
    """An answer was not there in the seconds that were given for it."""


def ask(
    name: str,
    holdings: Mapping[str, Sequence[Path]],
    *,
    seconds: float | None = None,
    **parameters: Any,
) -> list[dict[str, Any]]:
    """Answer a question over held Parquet files; see `totalplace.engines.ask`."""
    with cursor() as con, _stopped_after(con, seconds):
        _view(con, holdings)
        answer = con.execute(with_dollars(name), told(name, parameters))
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def each(
    name: str, holdings: Mapping[str, Sequence[Path]], **parameters: Any
) -> Iterator[dict[str, Any]]:
    """The same row by row, however many; see `totalplace.engines.each`."""
    with cursor() as con:
        _view(con, holdings)
        answer = con.execute(with_dollars(name), told(name, parameters))
        names = [column[0] for column in answer.description]
        while some := answer.fetchmany(_AT_ONCE):
            for row in some:
                yield dict(zip(names, row, strict=True))


@contextmanager
def _stopped_after(con: duckdb.DuckDBPyConnection, seconds: float | None) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, con.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise TookTooLong(f"no answer in {seconds:g} seconds") from error
    finally:
        timer.cancel()


@contextmanager
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor of the one connection that is kept, as opening one takes longer than most answers.

    What it views is its own, so that threads ask beside each other, and is gone when it closes.
    """
    with _turn:
        kept = _open.get(os.getpid())
        if kept is None:
            kept = _open[os.getpid()] = connect(memory=None, scratch=_scratch())
        own = _quiet(kept.cursor())
    try:
        yield own
    except duckdb.FatalException:  # the connection answers no more
        with _turn:
            _open.pop(os.getpid(), None)
        raise
    finally:
        own.close()


def _scratch() -> Path:
    """Where answers spill to; DuckDB makes the folder when it does, and removes it."""
    return Path(tempfile.gettempdir()) / f"totalplace-{os.getpid()}-{os.urandom(8).hex()}"


def write_answer(
    path: Path,
    name: str,
    holdings: Mapping[str, Sequence[Path]],
    *,
    memory: str = ANSWER_MEMORY,
    **parameters: Any,
) -> int:
    """Write the answer of a question to a Parquet file; see `totalplace.engines.write_answer`."""
    with (
        tempfile.TemporaryDirectory(prefix=".spill-", dir=path.parent) as scratch,
        connect(memory=memory, scratch=Path(scratch)) as con,
        whole(path) as partial,
    ):
        _view(con, holdings)
        written = con.execute(
            f"COPY ({with_dollars(name)}) TO '{_quoted(partial)}' ({_ANSWER})",
            told(name, parameters),
        ).fetchall()
        _only_whole_numbers(con, name, partial)
    return int(written[0][0])


def _only_whole_numbers(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Raise ValueError where a sum was written as a fraction, as Parquet has no HUGEINT."""
    columns = con.execute(f"DESCRIBE SELECT * FROM read_parquet('{_quoted(path)}')").fetchall()
    wrong = [column for column, kind, *_ in columns if kind.startswith(_NOT_WHOLE)]
    if wrong:
        raise ValueError(f"{name}: cast {', '.join(wrong)} to BIGINT, so that it is written whole")


def _view(con: duckdb.DuckDBPyConnection, holdings: Mapping[str, Sequence[Path]]) -> None:
    for table, files in holdings.items():
        listed = ", ".join(f"'{_quoted(file)}'" for file in files)
        con.execute(f'CREATE TEMP VIEW "{table}" AS SELECT * FROM read_parquet([{listed}])')


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
    with connect() as con, whole(path) as partial:
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
        return int(answer.fetchall()[0][0])


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
