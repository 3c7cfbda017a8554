"""Reading a long table of indicators, beside plain pandas on the same rows; and asking of it.

    python benchmarks/outcomes.py [FILE] [--measures 434] [--rounds 3] [--asked 200] [--seed 2025]

Without FILE it makes one up in the layout of the Department for Education's long table: as many
measures, 170 areas and nine years, numbers as text, one in seven a dash. Total Place reads it as
Parquet and as CSV: every figure judged, periods, areas and marks looked up, duplicates told, and
the readings written. pandas reads the CSV, makes numbers and days of the texts, and writes nothing;
it needs another package to read or write Parquet. Then series are asked for: measures and areas are
drawn by the seed. What is read is asserted before a time is printed.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from totalplace.doors import records

records.start_django()  # the room has tables too

from totalplace import engines  # noqa: E402
from totalplace.outcomes.definitions.reading import dfe_areas, marks, shipped_forms  # noqa: E402
from totalplace.outcomes.reading.judging import Judged, judge  # noqa: E402
from totalplace.outcomes.reading.opening import tables  # noqa: E402
from totalplace.outcomes.rules import forms  # noqa: E402

SOURCE = "0" * 64
HEADS = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region")


def made_up(folder: Path, measures: int, seed: int) -> Path:
    """A long table of made-up figures, as Parquet."""
    chance = random.Random(seed)  # noqa: S311  (made-up figures need chance, not secrecy)
    areas, columns = list(dfe_areas()[0]), {head: [] for head in HEADS}  # type: ignore[var-annotated]
    for measure in range(measures):
        split = measure % 3 == 0
        for year in range(2016, 2025):
            for area in areas:
                text = "-" if chance.random() < 1 / 7 else f"{chance.uniform(0, 100):.15g}"
                said = f"{year}/{(year + 1) % 100:02}" if split else str(year)
                row = (f"M{measure:04}", f"Measure {measure}", said, f"Area {area}", text, area, "")
                for head, cell in zip(HEADS, row, strict=True):
                    columns[head].append(cell)
    import polars as pl

    path = folder / "made_up.parquet"
    pl.DataFrame(columns).with_columns(pl.col("LA Number").cast(pl.Float64)).write_parquet(path)
    return path


def as_csv(parquet: Path, folder: Path) -> Path:
    """The same rows as CSV."""
    path = folder / "rows.csv"
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * FROM read_parquet('{parquet}')) TO '{path}' (HEADER)")
    return path


def ours(path: Path, scratch: Path) -> Judged:
    """Read a table as `totalplace outcomes add` does, without the records."""
    (table,) = tables(path, scratch=scratch, said=[])
    fit = forms.fit(shipped_forms().values(), table.first, table.name)
    assert fit is not None
    return judge(table, fit, source=SOURCE, scratch=scratch)


def pandas(path: Path) -> tuple[int, int]:
    """Rows with a value and without, as a short script with pandas finds them."""
    import pandas as pd

    frame = pd.read_csv(path, dtype=str)
    frame["value"] = pd.to_numeric(frame["Values"], errors="coerce")
    frame["year"] = pd.to_datetime(frame["Years"].str[:4], format="%Y", errors="coerce")
    numbers = frame["LA Number"].str.replace(".0", "", regex=False).astype(int)
    frame["area"] = numbers.map(dfe_areas()[0])
    frame = frame.drop_duplicates(["Short Desc", "area", "Years"])
    return int(frame["value"].notna().sum()), int(frame["value"].isna().sum())


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of each round: by the clock, and of computing by every processor together."""

    clock: list[float]
    computing: list[float]


def timed(doing: Callable[[], object], rounds: int) -> tuple[object, Took]:
    """What something gives, and how long it takes."""
    took, found = Took([], []), None
    for _ in range(rounds):
        began, computed = time.perf_counter(), time.process_time()
        found = doing()
        took.clock.append(time.perf_counter() - began)
        took.computing.append(time.process_time() - computed)
    return found, took


def told(name: str, took: Took, rows: int) -> None:
    """Print a line: the median, the range, rows a second by the median, and the computing."""
    seconds, middle = took.clock, statistics.median(took.clock)
    computing = statistics.median(took.computing)
    print(f"{name:<28}{middle:6.2f} s ({min(seconds):.2f} to {max(seconds):.2f}), "
          f"{rows / middle:>10,.0f} rows a second; {computing:.2f} s of computing")  # fmt: skip


def ask(judged: Judged, asked: int, seed: int) -> list[float]:
    """Seconds for the question behind a page, of measures and areas that are drawn."""
    chance = random.Random(seed)  # noqa: S311
    areas, seconds = sorted(dfe_areas()[0].values()), []
    for _ in range(asked):
        what = chance.choice(judged.measures).measure
        began = time.perf_counter()
        rows = engines.ask("outcomes/series", {"readings": [judged.readings]},
                           measures=[what], area=chance.choice(areas))  # fmt: skip
        seconds.append(time.perf_counter() - began)
        assert all(row["measure"] == what for row in rows)
    return seconds


def main() -> None:
    """Measure and print."""
    say = argparse.ArgumentParser(description=__doc__)
    say.add_argument("file", nargs="?", type=Path)
    for name, default in (("measures", 434), ("rounds", 3), ("asked", 200), ("seed", 2025)):
        say.add_argument(f"--{name}", type=int, default=default)
    said = say.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        parquet = said.file or made_up(scratch, said.measures, said.seed)
        text = as_csv(parquet, scratch)
        dashes = len(marks())  # loaded before the clock starts
        judged, as_parquet = timed(lambda: ours(parquet, scratch), said.rounds)
        assert isinstance(judged, Judged)
        again, as_text = timed(lambda: ours(text, scratch), said.rounds)
        assert isinstance(again, Judged)
        assert (again.kept, again.missing) == (judged.kept, judged.missing)
        assert judged.figures == judged.kept + judged.missing + judged.set_aside
        found, plainly = timed(lambda: pandas(text), said.rounds)
        assert found == (judged.kept, judged.missing + judged.set_aside)
        print(f"{parquet.name}, seed {said.seed}, {dashes} marks known")
        print(f"{judged.rows:,} rows: {judged.kept:,} readings, {judged.missing:,} missing, "
              f"{judged.set_aside:,} set aside")  # fmt: skip
        told("Total Place, Parquet", as_parquet, judged.rows)
        told("Total Place, CSV", as_text, judged.rows)
        told("plain pandas, CSV", plainly, judged.rows)
        seconds = ask(judged, said.asked, said.seed)
        worst = sorted(seconds)[int(len(seconds) * 0.95)]
        print(f"a series of {judged.rows:,} rows: {statistics.median(seconds) * 1000:.1f} ms, "
              f"95 in 100 under {worst * 1000:.1f} ms ({said.asked} asked)")  # fmt: skip
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{peak:,.0f} MB at the most; Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
