"""Every figure of a table judged at once, and written as held readings and as what is set aside.

The judging is one question of DuckDB; what it looks up (areas, periods, marks) is told to it in
short tables, made by the rules from each text that the table has, once.
"""

# ruff: noqa: S608  (columns go by number, words are quoted, paths are our own)
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np

from totalplace import engines
from totalplace.engines import duck
from totalplace.engines.files import whole
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.reading import normal
from totalplace.outcomes.reading.opening import Table
from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.forms import Coding, Fit, Form
from totalplace.outcomes.rules.marks import status_of
from totalplace.outcomes.rules.readings import Status
from totalplace.outcomes.rules.tables import GSS

MEMORY: Final = "1GB"
_LONGEST_CODE: Final = 64
_NUMBER: Final = (
    r"^(£?[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?)"
    r"\s*[\[(]?\s*([A-Za-z*~†]{0,12})\s*[\])]?$"
)
_PARQUET: Final = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440"
# What is held, in the order in which it is hashed. `row` 0 is a sum that no row of the table says.
COLUMNS: Final = (
    "row", "heading", "measure", "area", "area_name", "level", "period", "value", "numerator",
    "denominator", "low", "high", "unit", "status", "why_missing", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasureFound:
    """What a table measures, and of how much."""

    measure: str
    unit: str
    readings: int
    missing: int
    areas: int
    periods: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A table that was read: every figure accounted for, and where its readings were written."""

    rows: int
    figures: int
    kept: int
    missing: int
    set_aside: int
    added_up: int
    digest: str
    readings: Path
    aside: Path | None
    measures: tuple[MeasureFound, ...]


def source_of(sha256: str, sheet: str, form: str) -> str:
    """What tells the readings of a table from those of others, and of other sheets of its file."""
    return hashlib.sha256(f"{sha256}\x1f{sheet}\x1f{form}".encode()).hexdigest()


def judge(table: Table, fit: Fit, *, source: str, scratch: Path) -> Judged:
    """Judge every figure of a table, and write its readings; `source` tells it from others."""
    with duck.connect(memory=MEMORY, scratch=scratch / "spill") as con:
        rows = table.load(con, fit.header)
        return _judged(con, rows, fit, source, scratch)


def judge_rows(
    columns: Mapping[str, Sequence[str]], fit: Fit, *, source: str, scratch: Path
) -> Judged:
    """The same for rows that stand in memory: c0, c1 and so on, each row with its number."""
    with duck.connect(memory=MEMORY, scratch=scratch / "spill") as con:
        con.register("given", {name: np.array(cells, dtype=object) for name, cells in
                               columns.items()})  # fmt: skip
        cells = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in columns if name != "row")
        con.execute(
            f"CREATE TEMP TABLE raw AS SELECT CAST(row AS BIGINT) AS row, {cells} FROM given"
        )
        rows = len(next(iter(columns.values())))
        return _judged(con, rows, fit, source, scratch)


def _judged(
    con: duckdb.DuckDBPyConnection, rows: int, fit: Fit, source: str, scratch: Path
) -> Judged:
    con.execute(f"CREATE TEMP TABLE published AS {normal.select(fit)}")
    con.execute("DROP TABLE raw")
    _look_up(con, fit.form)
    asked = engines.question("outcomes/hold_readings").replace("$number$", f"'{_NUMBER}'")
    con.execute(f"CREATE TEMP TABLE judged AS {asked}")
    con.execute("DROP TABLE published")
    fates = dict(con.execute("SELECT fate, COUNT(*) FROM judged GROUP BY fate").fetchall())
    added_up = _add_up(con, fit.form)
    digest = _digest(con, source)
    return Judged(
        rows=rows,
        figures=sum(fates.values()),
        kept=fates.get("kept", 0),
        missing=fates.get("missing", 0),
        set_aside=fates.get("set aside", 0),
        added_up=added_up,
        digest=digest,
        readings=_write_readings(con, source, scratch / f"{digest}.parquet"),
        aside=_write_aside(con, scratch / f"{digest}-aside.parquet"),
        measures=_measures(con),
    )


def _look_up(con: duckdb.DuckDBPyConnection, form: Form) -> None:
    """Tell DuckDB what each text of areas, periods and marks means."""
    areas = [(text, *area_of(text, form.coding)) for text in _texts(con, "area")]
    _table(con, "areas", ("text", "code", "why"), areas)
    read = [(text, *_period(text, form)) for text in _texts(con, "period")]
    con.execute(
        "CREATE TEMP TABLE periods (text VARCHAR, is_period BOOLEAN, first_day DATE, "
        "last_day DATE, status VARCHAR, note VARCHAR)"
    )
    if read:
        con.executemany("INSERT INTO periods VALUES (?, ?, ?, ?, ?, ?)", read)
    marks = [(mark, said.status.value, said.why) for mark, said in form.marks.items()]
    _table(con, "marks", ("mark", "status", "why"), marks)


def _texts(con: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    found = con.execute(f"SELECT DISTINCT TRIM({column}) FROM published").fetchall()
    return [str(text) for (text,) in found]


def _table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | None]],
) -> None:
    said = ", ".join(f"{column} VARCHAR" for column in columns)
    con.execute(f"CREATE TEMP TABLE {name} ({said})")
    listed = [list(row) for row in rows]
    if listed:
        places = ", ".join("?" * len(columns))
        con.executemany(f"INSERT INTO {name} VALUES ({places})", listed)


def area_of(text: str, coding: Coding) -> tuple[str | None, str | None]:
    """The code of an area as a table names it, or None and why there is none."""
    if not text:
        return None, "no area is named"
    match coding:
        case Coding.ANY:
            return (text, None) if len(text) <= _LONGEST_CODE else (None, _no_area(text))
        case Coding.GSS:
            code = text.upper()
            return (code, None) if GSS.fullmatch(code) else (None, _no_area(text))
        case Coding.ORGANISATION:
            code = text.upper()
            # A hyphen parts a body from its site in codes of some publishers.
            is_code = code.replace("-", "").isalnum() and code.isascii() and len(code) <= 9
            return (code, None) if is_code else (None, _no_area(text))
        case Coding.DFE:
            return _of_dfe(text)


def _of_dfe(text: str) -> tuple[str | None, str | None]:
    areas, ended = definitions.dfe_areas()
    number = text.removesuffix(".0")
    if not number.isdecimal():
        return None, _no_area(text)
    if int(number) in ended:
        return None, f"{number} is a number that the department no longer uses"
    code = areas.get(int(number))
    return (code, None) if code else (None, f"{number} is no number of an authority that is known")


def _no_area(text: str) -> str:
    return f"“{text[:60]}” is no code of an area"


def _period(text: str, form: Form) -> tuple[bool, Any, Any, str | None, str]:
    read = periods.read(text, form.years)
    if read is None:
        return False, None, None, None, ""
    status, note = status_of(read.mark, form.marks)
    period = periods.month_of(read.period) if form.period_is_month else read.period
    said = None if status is Status.PUBLISHED else status.value
    return True, period.first_day, period.last_day, said, note


def _add_up(con: duckdb.DuckDBPyConnection, form: Form) -> int:
    """Add whole counts over a dimension, and over all areas; returns how many sums that makes."""
    before = _count(con)
    if form.add_up.dimension:
        con.execute(f"""
            INSERT INTO judged BY NAME
            SELECT 0 AS row, '' AS heading, whole_of AS measure, area,
              MIN(area_name) AS area_name, MIN(level) AS level, period, true AS is_share,
              {_SUMS} WHERE fate = 'kept' AND whole_of IS NOT NULL
            GROUP BY whole_of, area, period
        """)
    if form.add_up.area:
        con.execute(
            f"""
            INSERT INTO judged BY NAME
            SELECT 0 AS row, '' AS heading, measure, ? AS area, ? AS area_name, '' AS level,
              period, true AS is_share, {_SUMS} WHERE fate = 'kept' AND area <> ?
            GROUP BY measure, period
        """,
            [form.add_up.area, form.add_up.area_name, form.add_up.area],
        )
    return _count(con) - before


_SUMS: Final = """
    CAST(SUM(numerator) AS BIGINT) AS numerator, CAST(SUM(denominator) AS BIGINT) AS denominator,
    '' AS unit, MAX(status) AS status, '' AS why_missing,
    'added up from ' || COUNT(*) || ' rows of the table' AS note, 'kept' AS fate FROM judged
"""


def _count(con: duckdb.DuckDBPyConnection) -> int:
    counted = con.execute("SELECT COUNT(*) FROM judged").fetchone()
    return int((counted or (0,))[0])


def _digest(con: duckdb.DuckDBPyConnection, source: str) -> str:
    """A hash of the readings in order, and of the file they are of: the same for the same."""
    cells = ", ".join(f"COALESCE(CAST({name} AS VARCHAR), '\\N')" for name in COLUMNS)
    found = con.execute(
        "SELECT SHA256(? || COALESCE(STRING_AGG(line, '' ORDER BY line), '')) FROM ("
        f"SELECT SHA256(CONCAT_WS('\x1f', fate, {cells}, found)) AS line FROM judged)",
        [source],
    ).fetchone()
    return str((found or ("",))[0])


def _write_readings(con: duckdb.DuckDBPyConnection, source: str, path: Path) -> Path:
    columns = ", ".join(COLUMNS)
    with whole(path) as partial:
        con.execute(
            f"COPY (SELECT {columns}, '{source}' AS source FROM judged WHERE fate <> 'set aside' "
            f"ORDER BY measure, area, period, row, heading) TO '{partial}' ({_PARQUET})"
        )
    return path


def _write_aside(con: duckdb.DuckDBPyConnection, path: Path) -> Path | None:
    found = con.execute("SELECT COUNT(*) FROM judged WHERE fate = 'set aside'").fetchone()
    if not found or not found[0]:
        return None
    with whole(path) as partial:
        con.execute(
            "COPY (SELECT row, heading, measure, area_name, period, found, why_aside AS why FROM "
            f"judged WHERE fate = 'set aside' ORDER BY row, heading) TO '{partial}' ({_PARQUET})"
        )
    return path


def _measures(con: duckdb.DuckDBPyConnection) -> tuple[MeasureFound, ...]:
    found = con.execute("""
        SELECT measure, COALESCE(MAX(unit), ''), COUNT(*) FILTER (fate = 'kept'),
          COUNT(*) FILTER (fate = 'missing'), COUNT(DISTINCT area), COUNT(DISTINCT period)
        FROM judged WHERE fate <> 'set aside' GROUP BY measure ORDER BY measure
    """).fetchall()
    return tuple(MeasureFound(str(m), str(u), *map(int, rest)) for m, u, *rest in found)
