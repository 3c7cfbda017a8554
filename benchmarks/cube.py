"""Summaries from the cube, beside DuckDB over every row, at sixty million made-up payments.

    python benchmarks/cube.py [--rows 60000000] [--bodies 40] [--rounds 5] [--seed 1979]
                              [--year 2022] [--folder FOLDER] [--spark]

Payments are made up in the shape of real ones (see payments.py) and written as Parquet, once where
a folder is named. The cube, the month cube and the payee cube are built from them in a program of
their own, whose time and most memory are printed. Then each summary is asked, in rotation: of the
cube, as any caller asks it (`engines.ask`, from the name of the question to rows in Python); and of
every row by DuckDB over a connection that is open and warm, as Parquet and as a table of its own.
Answers are compared before a time is printed.

With --spark, the cube is built by DuckDB and by Spark instead, and their rows are compared.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from payments import Made, make

from totalplace import engines
from totalplace.engines import Engine
from totalplace.engines.questions import told, with_dollars

Rows = list[dict[str, Any]]
Asked = Callable[[str, dict[str, Any]], Rows]
CUBE, MONTHS, PARQUET, NATIVE = "the cube", "month cube", "rows, Parquet", "rows, own table"
GOAL = 40


def summaries(year: int) -> dict[str, dict[str, Any]]:
    """The questions, and what each is told."""
    return {
        "spend_by_agency": {},
        "spend_by_agency_month": {},
        "spend_by_service": {"year_start": year},
        "transfers": {"year_start": year},
        "spend_by_payee": {"year_start": year, "most": 20},
    }


def cubes(folder: Path) -> dict[str, Path]:
    """Where each cube stands."""
    return {name: folder / f"{name}.parquet" for name in ("cube", "month_cube", "payee_cube")}


def build(made: Made, agencies: list[str], folder: Path) -> dict[str, tuple[int, float]]:
    """Write the cubes; the rows of each, and the seconds it took. And the most memory, in MB."""
    at, took = cubes(folder), {}
    tables = {"cube": made.holdings, "payee_cube": made.holdings, "month_cube": None}
    for name, holdings in tables.items():
        began = time.perf_counter()
        rows = engines.write_answer(
            at[name], f"count/{name}", holdings or {"cube": [at["cube"]]}, agencies=agencies
        )
        took[name] = (rows, time.perf_counter() - began)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    took["memory"] = (most // (2**20 if sys.platform == "darwin" else 2**10), 0.0)
    return took


def from_cube(folder: Path, cube: str) -> Asked:
    """Ask a question as any caller does."""
    at = cubes(folder)
    holdings = {"cube": [at[cube]], "payee_cube": [at["payee_cube"]]}
    return lambda name, given: engines.ask(f"count/{name}", holdings, **given)


@contextmanager
def from_rows(made: Made, database: Path, kind: str) -> Iterator[Asked]:
    """Ask the same of every row, over a connection that is open and has its tables."""
    with duckdb.connect(str(database), config={"memory_limit": "5GB"}) as con:
        for table, files in made.holdings.items():
            listed = ", ".join(f"'{file}'" for file in files)
            con.execute(f"CREATE {kind} {table} AS FROM read_parquet([{listed}])")

        def ask(name: str, given: dict[str, Any]) -> Rows:
            question = f"count/from_rows/{name}"
            answer = con.execute(with_dollars(question), told(question, given))
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

        yield ask


def measured(
    asked: dict[str, Asked], questions: dict[str, dict[str, Any]], rounds: int
) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each question and way of asking; exits where two answers differ."""
    taken: dict[str, dict[str, list[float]]] = {}
    for name, given in questions.items():
        ways = [way for way in asked if way != MONTHS or name.startswith("spend_by_agency")]
        times: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(rounds + 1):  # the first round warms up and is not counted
            answers = {}
            for way in ways[turn % len(ways) :] + ways[: turn % len(ways)]:
                began = time.perf_counter()
                answers[way] = asked[way](name, given)
                if turn:
                    times[way].append((time.perf_counter() - began) * 1000)
            for way, answer in answers.items():
                if answer != answers[NATIVE] or not answer:
                    sys.exit(f"{name}: {way} does not answer as {NATIVE} does")
        taken[name] = times
    return taken


def report(taken: dict[str, dict[str, list[float]]]) -> None:
    """Medians, and how many times faster than over the rows, round by round."""
    print(f"{'ms, median (least to most)':34} {'':24} times faster than over rows, round by round")
    print(f"{'':58} {PARQUET:>24} {NATIVE:>24}")
    for name, times in taken.items():
        for way, each in times.items():
            said = f"{statistics.median(each):9,.1f} ({min(each):,.1f} to {max(each):,.1f})"
            line = f"{name:22} {way:16} {said:>24}"
            if way in {CUBE, MONTHS}:
                for rows in (PARQUET, NATIVE):
                    ratios = [a / b for a, b in zip(times[rows], each, strict=True)]
                    ratio = statistics.median(ratios)
                    said = f"{ratio:,.0f} ({min(ratios):,.0f} to {max(ratios):,.0f})"
                    line += f" {said:>24}"
            print(line)
    months = taken["spend_by_agency_month"]
    for way in (CUBE, MONTHS):
        ratio = statistics.median(a / b for a, b in zip(months[NATIVE], months[way], strict=True))
        reached = "reached" if ratio >= GOAL else "not reached"
        print(f"body by month, {way}: {ratio:.0f} times; the goal of {GOAL} is {reached}")


def on_spark(made: Made, agencies: list[str], folder: Path) -> None:
    """Build the cube by each engine, and say whether the rows are the same."""
    read = {}
    for engine in Engine:
        path = folder / f"cube-{engine}.parquet"
        began = time.perf_counter()
        engines.write_answer(path, "count/cube", made.holdings, engine=engine, agencies=agencies)
        print(f"cube by {engine}: {time.perf_counter() - began:.1f} s, its start included")
        read[engine] = duckdb.sql(f"FROM '{path}'").fetchall()
    rows, pence = (sum(row[at] for row in read[Engine.DUCK]) for at in (11, 12))
    same = read[Engine.DUCK] == read[Engine.SPARK] and (rows, pence) == (made.rows, made.pence)
    print(f"{len(read[Engine.DUCK]):,} rows of the cube, {pence:,} pence: the same {same}")
    if not same:
        sys.exit(1)


def main() -> None:
    """Make payments, build the cubes, ask in rotation, print what it took."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--rows", type=int)
    ask.add_argument("--bodies", type=int, default=40)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seed", type=int, default=1979)
    ask.add_argument("--year", type=int, default=2022)
    ask.add_argument("--folder", type=Path)
    ask.add_argument("--spark", action="store_true")
    said = ask.parse_args()
    rows = said.rows or (1_000_000 if said.spark else 60_000_000)
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.folder or Path(scratch)
        made = make(folder, rows=rows, bodies=said.bodies, seed=said.seed)
        agencies = [f"body-{n:02d}" for n in range(said.bodies)]
        size = sum(file.stat().st_size for files in made.holdings.values() for file in files)
        print(
            f"seed {said.seed}: {made.rows:,} payments of {said.bodies} bodies in 60 months, "
            f"{made.pence:,} pence, {size / 1e6:,.0f} MB of Parquet",
            flush=True,
        )
        if said.spark:
            on_spark(made, agencies, Path(scratch))
        else:
            compare(made, agencies, Path(scratch), said)


def compare(made: Made, agencies: list[str], scratch: Path, said: argparse.Namespace) -> None:
    """Build the cubes and measure each way of asking."""
    with multiprocessing.get_context("spawn").Pool(1) as apart:
        took = apart.apply(build, (made, agencies, scratch))
    for name, path in cubes(scratch).items():
        rows, seconds = took[name]
        print(f"{name}: {rows:,} rows, {path.stat().st_size / 1e6:.1f} MB, {seconds:.1f} s")
    print(f"most memory while building: {took['memory'][0]:,} MB", flush=True)
    cube = engines.ask("count/month_cube", {"cube": [cubes(scratch)["cube"]]})
    if (sum(r["row_count"] for r in cube), sum(r["amount_pence"] for r in cube)) != (
        made.rows,
        made.pence,
    ):
        sys.exit("the cube does not hold every row and penny once")
    with (
        from_rows(made, Path(":memory:"), "VIEW") as parquet,
        from_rows(made, scratch / "rows.duckdb", "TABLE") as native,
    ):
        asked = {
            CUBE: from_cube(scratch, "cube"), MONTHS: from_cube(scratch, "month_cube"),
            PARQUET: parquet, NATIVE: native,
        }  # fmt: skip
        report(measured(asked, summaries(said.year), said.rounds))


if __name__ == "__main__":
    main()
