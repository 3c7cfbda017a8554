"""Opening a published table: CSV in any encoding, workbooks, Parquet; packed or not.

A text or a sheet is written out once as plain CSV of one width, each record with its number, so
that DuckDB reads what Python's own reader of records cut, and no row is lost on the way.
"""

# ruff: noqa: S608  (columns go by number, words are quoted, paths are our own)
from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

import duckdb

from totalplace.refusal import Refused
from totalplace.sources.reading import text, workbooks
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name

LOOKED_AT: Final = 460  # rows by which a table is known
_PARQUET: Final = b"PAR1"
_LONGEST_CELL: Final = 2_000  # letters; a cell of a table of figures is short


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file: its first rows, and where all of them stand for DuckDB to read."""

    name: str
    sheet: str
    first: tuple[tuple[Any, ...], ...]
    path: Path
    width: int
    is_parquet: bool = False

    def load(self, con: duckdb.DuckDBPyConnection, header: int) -> int:
        """Make the table `raw` (row, c0, c1 and so on) of the rows below the headings; how many.

        Rows are numbered as a person sees them: the first record of the file is row 1.
        """
        file = str(self.path).replace("'", "''")
        names = [f"c{place}" for place in range(self.width)]
        if self.is_parquet:
            said = con.execute(f"DESCRIBE SELECT * FROM read_parquet('{file}')").fetchall()
            columns = ", ".join(
                f"CAST({_quoted(str(column[0]))} AS VARCHAR) AS {name}"
                for column, name in zip(said, names, strict=True)
            )
            select = (
                f"SELECT ROW_NUMBER() OVER () + 1 AS row, {columns} FROM read_parquet('{file}')"
            )
        else:
            kinds = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
            kinds = "{'row': 'BIGINT'" + (f", {kinds}" if kinds else "") + "}"
            select = (
                f"SELECT * FROM read_csv('{file}', columns = {kinds}, header = false, delim = ',', "
                "quote = '\"', escape = '\"', nullstr = '\\N', auto_detect = false, "
                f"parallel = false, max_line_size = 16777216) WHERE row > {header + 1}"
            )
        con.execute(f"CREATE OR REPLACE TEMP TABLE raw AS {select}")
        counted = con.execute("SELECT COUNT(*) FROM raw").fetchone()
        return int((counted or (0,))[0])


def tables(path: Path, *, scratch: Path, said: list[str]) -> Iterator[Table]:
    """Every table of a file that holds anything; what was passed over is added to `said`.

    Raises Refused where the file is locked, damaged, hostile or no table.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(_PARQUET))
    except OSError as error:
        raise Refused(
            f"{shown_name(path.name)} was not added",
            why=str(error.strerror or error).lower(),
            next_step="See that it is there and may be read",
        ) from error
    if head == _PARQUET:
        yield _parquet(path)
        return
    for number, document in enumerate(
        documents(path, bounds=Bounds(), scratch=scratch, said=said), start=1
    ):
        yield from _of_document(document, scratch / f"table-{number}", said)


def _of_document(document: Document, into: Path, said: list[str]) -> Iterator[Table]:
    if document.kind == "text":
        form = text.survey(document.path)
        yield _written(document.name, "", text.records(document.path, form), into)
        return
    found = workbooks.sheets(document.path, bounds=Bounds(), name=document.name, said=said)
    for number, (sheet, rows) in enumerate(found, start=1):
        shown = ([_text(cell) for cell in row] for row in rows)
        yield _written(document.name, sheet, shown, into.with_name(f"{into.name}-{number}"))


def _written(name: str, sheet: str, rows: Iterable[Sequence[str]], into: Path) -> Table:
    """Write the rows of a table out as plain CSV, each as wide as the widest of the first ones."""
    first: list[tuple[str, ...]] = []
    ahead: list[Sequence[str]] = []
    records = iter(rows)
    for row in records:
        ahead.append(row)
        if len(ahead) >= LOOKED_AT:
            break
    width = max((len(row) for row in ahead), default=0)
    with into.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for number, row in enumerate(_both(ahead, records), start=1):
            cells = [cell[:_LONGEST_CELL].replace("\x00", "") for cell in row[:width]]
            if number <= LOOKED_AT:
                first.append(tuple(cells))
            writer.writerow([number, *cells, *[""] * (width - len(cells))])
    return Table(name, sheet, tuple(first), into, width)


def _both(ahead: Iterable[Sequence[str]], rest: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield from ahead
    yield from rest


def _text(cell: object) -> str:
    """A cell of a workbook as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _parquet(path: Path) -> Table:
    file = str(path).replace("'", "''")
    with duckdb.connect() as con:
        try:
            answer = con.execute(f"SELECT * FROM read_parquet('{file}') LIMIT {LOOKED_AT}")
            names = tuple(str(column[0]) for column in answer.description)
            rows = answer.fetchall()
        except duckdb.Error as error:
            raise Refused(
                f"{shown_name(path.name)} was not added",
                why="it begins as a Parquet file and cannot be read as one",
                next_step="Ask its publisher for it again",
            ) from error
    shown = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)
    return Table(shown_name(path.name), "", (names, *shown), path, len(names), is_parquet=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
