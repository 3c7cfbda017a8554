"""Searches among the payments of a year, of sixty million made-up payments in five.

    python benchmarks/searching.py [--rows 60000000] [--bodies 40] [--rounds 5] [--seed 1979]
                                   [--year 2022] [--folder FOLDER]

Payments are made up in the shape of real ones (see payments.py). The words and lines of a year are
written as they are for an edition, in a program of their own, whose time and most memory are
printed. Then searches are asked, each as a page asks it: what is found in all, and the first page
of lines; and once over every row of the year, without words and lines apart, whose sums must be the
same.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django
import duckdb
from payments import Made, make

from totalplace import engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "totalplace.doors.settings")
django.setup()  # rooms have tables, though nothing here asks them

from totalplace.count.queries.spending.held import Held  # noqa: E402
from totalplace.count.queries.spending.searching import found, lines, payees  # noqa: E402
from totalplace.count.rules.spending.wanted import Mark, Sort, Wanted  # noqa: E402

FULL = """
SELECT agency, file, sheet, CAST(ROW_NUMBER() OVER () AS INTEGER) AS row, kind, amount_pence,
  CAST(NULL AS BIGINT) AS net_pence, CAST(NULL AS BIGINT) AS vat_pence,
  CAST(NULL AS BIGINT) AS gross_pence, vat_basis, month + 14 AS paid_on, 'day' AS precision, month,
  payee, '' AS payee_number, redacted, unit, purpose, detail, '' AS reference, copy
FROM read_parquet('{path}')
"""
TREATED = """
SELECT p.agency, p.payee, p.unit, p.purpose, p.detail, CAST(NULL AS BIGINT) AS amount_pence,
  'transfer' AS nature, y.body AS receiver,
  CASE WHEN y.body LIKE '%00_ Council' THEN 'eliminated' ELSE 'kept' END AS treatment
FROM read_parquet('{purposes}') AS p
JOIN read_parquet('{payees}') AS y ON p.agency = y.agency AND p.payee = y.payee
WHERE y.body <> ''
"""


def searches() -> dict[str, Wanted]:
    """What people look for, by what it is called."""
    return {
        "everything": Wanted(),
        "a word of many payees": Wanted(text="care"),
        "a payee by two words": Wanted(text="harbour 4096"),
        "a word of a purpose": Wanted(text="payments 017"),
        "a word that is nowhere": Wanted(text="zeppelin"),
        "a body and a quarter": Wanted(
            agency="body-07", first=date(2022, 7, 1), last=date(2022, 9, 1)
        ),
        "a million and more": Wanted(least_pence=100_000_000),
        "transfers": Wanted(mark=Mark.TRANSFERS),
    }


def ready(made: Made, agencies: list[str], folder: Path, year: int) -> dict[str, float]:
    """Write the words and lines of a year; seconds of each step, rows, and most memory in MB."""
    took: dict[str, float] = {}
    with duckdb.connect(config={"memory_limit": "2GB"}) as con:
        con.execute("SET enable_progress_bar = false")
        began = time.perf_counter()
        for number, path in enumerate(made.holdings["payments"]):
            con.execute(f"COPY ({FULL.format(path=path)}) TO '{folder}/full-{number}.parquet'")
        paths = {name: made.holdings[name][0] for name in ("purposes", "payees")}
        con.execute(f"COPY ({TREATED.format(**paths)}) TO '{folder}/treated.parquet'")
        took["written in full"] = time.perf_counter() - began
        files = [
            f for (f,) in con.sql(f"SELECT file FROM '{made.holdings['tables'][0]}'").fetchall()
        ]
        con.execute(
            f"COPY (SELECT *, 90 AS confidence FROM '{paths['purposes']}') "
            f"TO '{folder}/purposes.parquet'"
        )
    tables = {
        **made.holdings,
        "payments": sorted(folder.glob("full-*.parquet")),
        "purposes": [folder / "purposes.parquet"],
        "treated": [folder / "treated.parquet"],
    }
    asked: dict[str, Any] = {"agencies": agencies, "files": files, "year_start": year}
    for name in ("words", "lines"):
        began = time.perf_counter()
        path = folder / f"{name}.parquet"
        took[f"{name}, rows"] = engines.write_answer(
            path, f"count/spending/{name}", tables, **asked
        )
        took[f"{name}, seconds"] = time.perf_counter() - began
        tables[name] = [path]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took["most memory, MB"] = most // (2**20 if sys.platform == "darwin" else 2**10)
    return took


def timed(held: Held, rounds: int) -> Iterator[tuple[str, str, list[float], int]]:
    """Milliseconds of each search and part of a page, and how many lines were found."""
    for name, wanted in searches().items():
        for part in ("in all", "first page", "payees"):
            times, rows = [], 0
            for turn in range(rounds + 1):  # the first round warms up and is not counted
                began = time.perf_counter()
                if part == "in all":
                    rows = found(held, wanted, seconds=600).everything.rows
                elif part == "first page":
                    rows = len(lines(held, wanted, sort=Sort.LARGEST, some=50, seconds=600))
                else:
                    rows = payees(held, wanted, sort=Sort.LARGEST, some=50, seconds=600).number
                if turn:
                    times.append((time.perf_counter() - began) * 1000)
            yield name, part, times, rows


def checked(folder: Path, held: Held, year: int) -> None:
    """Exit where a search does not come to what the rows themselves come to."""
    rows = str(folder / "full-*.parquet")
    asked = (
        f"SELECT COUNT(*), CAST(SUM(amount_pence) AS BIGINT) FROM read_parquet('{rows}') "
        f"WHERE kind = 'payment' AND month BETWEEN DATE '{year}-04-01' AND DATE '{year + 1}-03-01' "
        "AND CONTAINS(LOWER(payee || unit || purpose || detail), 'care')"
    )
    with duckdb.connect() as con:
        sums = con.execute(asked).fetchall()
    everything = found(held, Wanted(text="care"), seconds=600).everything
    if sums != [(everything.rows, everything.pence)]:
        sys.exit(f"a search does not find what the rows hold: {sums} and {everything}")
    print(f"'care': {everything.rows:,} lines, {everything.pence:,} pence, as the rows say")


def main() -> None:
    """Make payments, make a year of them ready, search it, print what it took."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--rows", type=int, default=60_000_000)
    ask.add_argument("--bodies", type=int, default=40)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seed", type=int, default=1979)
    ask.add_argument("--year", type=int, default=2022)
    ask.add_argument("--folder", type=Path)
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        made = make(said.folder or Path(scratch) / "made", rows=said.rows, bodies=said.bodies,
                    seed=said.seed)  # fmt: skip
        agencies = [f"body-{n:02d}" for n in range(said.bodies)]
        print(f"seed {said.seed}: {made.rows:,} payments of {said.bodies} bodies", flush=True)
        folder = Path(scratch) / "ready"
        folder.mkdir()
        with multiprocessing.get_context("spawn").Pool(1) as apart:
            took = apart.apply(ready, (made, agencies, folder, said.year))
        for name, value in took.items():
            print(f"{name}: {value:,.0f}")
        sizes = [(folder / f"{n}.parquet").stat().st_size / 1e6 for n in ("words", "lines")]
        print(f"words {sizes[0]:,.0f} MB, lines {sizes[1]:,.0f} MB", flush=True)
        held = Held(folder, int(took["lines, rows"]), 0, 0)
        checked(folder, held, said.year)
        for name, part, times, rows in timed(held, said.rounds):
            median = f"{statistics.median(times):,.0f} ({min(times):,.0f} to {max(times):,.0f})"
            print(f"{name:26} {part:12} {median:>24} ms {rows:>12,} found", flush=True)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"most memory of searching: {most // 2**10:,} MB")


if __name__ == "__main__":
    main()
