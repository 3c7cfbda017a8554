"""Reading payment files: Total Place beside Polars, DuckDB and pandas, on the same files.

    python benchmarks/reading.py [--mb 200] [--rounds 5] [--seed 1979]

Makes up monthly CSV files of 16 bodies in several shapes each (other columns, other dates, other
amounts), reads them with each in turn, and asserts that rows, amounts and pence are those that
were written before it prints a time. The peers are told each layout's columns and encoding and do
the bare job: take four columns, make pence and dates, write Parquet. Total Place is told nothing
and does the whole job: it finds header and columns, reads and types twelve columns, knows copies,
hashes file and rows, keeps faults, writes Parquet.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

BODIES = 16
FILES_A_LAYOUT = 11  # 1,461 files in 128 layouts, as published by 16 English bodies
ROWS_A_FILE = 4_700  # about 0.8 MB at 174 bytes a row, as those bodies publish in a month
NOT_UTF8 = 20  # layouts of 128
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%y", "%d/%m/%y")
PLAIN, COMMAS, POUNDS = "plain", "commas", "pounds"
AMOUNTS = (PLAIN, COMMAS, POUNDS)
NAMES = {
    "unit": ("Directorate", "Service Area", "Department", "Organisational Unit"),
    "purpose": ("Expense Type", "Purpose of Spend", "Category", "Description"),
    "payee": ("Supplier Name", "Beneficiary", "Payee", "Vendor Name"),
    "reference": ("Transaction Number", "Invoice No", "Document Number", "Our Ref"),
    "date": ("Payment Date", "Date Paid", "Date", "Posting Date"),
    "amount": ("Net Amount", "Amount", "Amount (£)", "Value"),
    "body": ("Body Name", "Organisation", "Publisher", "Council"),
    "code": ("Organisation Code", "Body URI", "Organisation Label", "ONS Code"),
    "number": ("Supplier ID", "Vendor Number", "Creditor Number", "Supplier No"),
    "centre": ("Cost Centre", "Cost Centre Description", "Team", "Division"),
    "merchant": ("Merchant Category", "Procurement Category", "ProClass", "CIPFA Detail"),
}


@dataclass(frozen=True, eq=False)
class Shape:
    """How one body writes its files in one spell of years."""

    body: int
    number: int
    names: dict[str, str]
    order: tuple[str, ...]
    dates: str
    amounts: str
    encoding: str


@dataclass(frozen=True)
class Files:
    """What was written, and the truth of it."""

    shapes: dict[Shape, list[Path]]
    rows: int
    pence: int
    size: int


def make(folder: Path, megabytes: int, seed: int) -> Files:
    """Write the files of a seed; the same seed writes the same bytes."""
    chance = random.Random(seed)  # noqa: S311 - made-up payments need chance, not secrecy
    payees = [[_payee(chance, n) for n in range(1_500)] for _ in range(BODIES)]
    layouts = max(megabytes // (FILES_A_LAYOUT * 0.8), 1)
    shapes = [_shape(chance, n % BODIES, n // BODIES) for n in range(int(layouts))]
    files: dict[Shape, list[Path]] = {shape: [] for shape in shapes}
    rows = pence = size = month = 0
    while size < megabytes * 1_000_000:
        shape = shapes[month % len(shapes)]
        path = (
            folder / f"body{shape.body:02d}-{2015 + month // 400}-{month % 12 + 1:02d}-{month}.csv"
        )
        some, summed = _write(path, shape, payees[shape.body], chance)
        files[shape].append(path)
        rows, pence, size, month = (
            rows + some,
            pence + summed,
            size + path.stat().st_size,
            month + 1,
        )
    return Files({s: f for s, f in files.items() if f}, rows, pence, size)


def _payee(chance: random.Random, n: int) -> str:
    words = (
        "Harbour",
        "Ridge",
        "Care",
        "Homes",
        "Build",
        "Transport",
        "Supplies",
        "Legal",
        "Green",
    )
    ending = chance.choice(("Ltd", "Limited", "PLC", "LLP", "Council", "& Sons", "CIC"))
    return f"{chance.choice(words)} {chance.choice(words)} {n} {ending}"


def _shape(chance: random.Random, body: int, number: int) -> Shape:
    order = list(NAMES)
    chance.shuffle(order)
    return Shape(
        body, number,
        {role: chance.choice(names) for role, names in NAMES.items()},
        tuple(order), chance.choice(DATES), chance.choice(AMOUNTS),
        "cp1252" if chance.randrange(128) < NOT_UTF8 else "utf-8",
    )  # fmt: skip


def _write(path: Path, shape: Shape, payees: list[str], chance: random.Random) -> tuple[int, int]:
    first = date(2015 + chance.randrange(9), chance.randrange(12) + 1, 1)
    days = [(first + timedelta(days=d)).strftime(shape.dates) for d in range(28)]
    units = [f"Service {shape.body} {n}" for n in range(25)]
    purposes = [f"Third party payments, {n}" for n in range(40)]
    total, lines = 0, [",".join(shape.names[r] for r in shape.order)]
    for n in range(ROWS_A_FILE):
        pence = int(chance.lognormvariate(10.5, 1.6)) * (-1 if n % 53 == 0 else 1)
        total += pence
        cells = {
            "unit": units[n % 25], "purpose": f'"{purposes[n * 7 % 40]}"',
            "payee": payees[chance.randrange(1_500)], "reference": f"INV{shape.number}{n:07d}",
            "date": days[n * 28 // ROWS_A_FILE], "amount": _amount(pence, shape.amounts),
            "body": f"Body {shape.body:02d} Borough Council", "code": f"E0{8000000 + shape.body}",
            "number": f"{100_000 + n * 31 % 1500}", "centre": f"Team for service {n % 60:02d}",
            "merchant": f"{n % 90:06d} Works and services",
        }  # fmt: skip
        lines.append(",".join(cells[r] for r in shape.order))
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(shape.encoding))
    return ROWS_A_FILE, total


def _amount(pence: int, form: str) -> str:
    sign, pounds = ("-" if pence < 0 else ""), abs(pence) // 100
    part = f".{abs(pence) % 100:02d}"
    if form == PLAIN:
        return f"{sign}{pounds}{part}"
    grouped = f"{sign}{'£' if form == POUNDS else ''}{pounds:,}{part}"
    return f'"{grouped}"' if "," in grouped else grouped


def polars(files: Files, into: Path) -> tuple[int, int]:
    """The bare job by lazy scans, one a layout, as its own manual does it."""
    import polars as pl

    frames = []
    for shape, paths in files.shapes.items():
        amount = pl.col(shape.names["amount"]).str.replace_all("[£,]", "")
        scan = pl.scan_csv(
            _decoded(shape, paths, into), infer_schema=False, truncate_ragged_lines=True
        )
        frames.append(
            scan.select(
                (amount.cast(pl.Float64) * 100).round().cast(pl.Int64).alias("amount_pence"),
                pl.col(shape.names["date"]).str.to_date(shape.dates).alias("paid_on"),
                pl.col(shape.names["payee"]).str.strip_chars().alias("payee"),
                pl.col(shape.names["unit"]).str.strip_chars().alias("unit"),
                pl.lit(shape.body).alias("body"),
            )
        )
    out = into / "polars.parquet"
    pl.concat(frames).sink_parquet(out, compression="zstd")
    answer = pl.scan_parquet(out).select(pl.len(), pl.col("amount_pence").sum()).collect().row(0)
    return int(answer[0]), int(answer[1])


def _decoded(shape: Shape, paths: list[Path], into: Path) -> list[Path]:
    """Files that are not UTF-8, made so first, as a peer that reads only UTF-8 needs."""
    if shape.encoding == "utf-8":
        return paths
    decoded = []
    for path in paths:
        other = into / f"utf8-{path.name}"
        other.write_bytes(path.read_bytes().decode(shape.encoding).encode())
        decoded.append(other)
    return decoded


def duckdb(files: Files, into: Path) -> tuple[int, int]:
    """The bare job by one read_csv a layout."""
    import duckdb as engine

    parts = []
    for shape, paths in files.shapes.items():
        listed = ", ".join(f"'{p}'" for p in _decoded(shape, paths, into))
        names = shape.names
        parts.append(
            f"""SELECT CAST(round(CAST(regexp_replace("{names["amount"]}", '[£,]', '', 'g')
                AS DOUBLE) * 100) AS BIGINT) AS amount_pence,
                CAST(strptime("{names["date"]}", '{shape.dates}') AS DATE) AS paid_on,
                trim("{names["payee"]}") AS payee, trim("{names["unit"]}") AS unit,
                {shape.body} AS body
            FROM read_csv([{listed}], all_varchar = true, header = true)"""
        )
    out = into / "duckdb.parquet"
    with engine.connect() as con:
        con.execute(f"COPY ({' UNION ALL '.join(parts)}) TO '{out}' (COMPRESSION zstd)")
        answer = con.execute(f"SELECT count(*), sum(amount_pence) FROM '{out}'").fetchall()
    return int(answer[0][0]), int(answer[0][1])


def pandas(files: Files, into: Path) -> tuple[int, int]:
    """The bare job a file at a time, as analysts write it."""
    import pandas as pd
    import polars as pl

    frames = []
    for shape, paths in files.shapes.items():
        for path in paths:
            read = pd.read_csv(path, encoding=shape.encoding, dtype=str)
            amount = read[shape.names["amount"]].str.replace("[£,]", "", regex=True)
            frames.append(
                pd.DataFrame(
                    {
                        "amount_pence": (amount.astype(float) * 100).round().astype("int64"),
                        "paid_on": pd.to_datetime(read[shape.names["date"]], format=shape.dates),
                        "payee": read[shape.names["payee"]].str.strip(),
                        "unit": read[shape.names["unit"]].str.strip(),
                        "body": shape.body,
                    }
                )
            )
    whole = pd.concat(frames)
    columns = {name: whole[name].to_list() for name in whole.columns}
    pl.DataFrame(columns).write_parquet(into / "pandas.parquet", compression="zstd")
    return len(whole), int(whole["amount_pence"].sum())


def ours(files: Files, into: Path) -> tuple[int, int]:
    """The whole job, told nothing but whose files they are; what it learned before is forgotten."""
    from totalplace.sources.reading.ahead import FILES_AT_ONCE, Underway, reading_ahead
    from totalplace.sources.reading.bounds import Bounds
    from totalplace.sources.reading.spool import Spool
    from totalplace.sources.reading.tables import Reader

    forget()
    spool = Spool(into / "ours")
    rows = pence = 0
    paths = sorted(p for some in files.shapes.values() for p in some)
    readers: dict[str, Reader] = {}
    underway: deque[Underway] = deque()
    with reading_ahead(paths) as ahead:
        for path in [*paths, *[None] * FILES_AT_ONCE]:
            if path is not None:
                body = path.name[:6]
                reader = readers.setdefault(body, Reader(body, bounds=Bounds(), swift=True))
                looked = ahead.look(path)
                assert looked is not None
                underway.append(ahead.begin(looked, reader))
            if underway and (path is None or len(underway) > FILES_AT_ONCE):
                spool.mark()
                table = underway.popleft().finish(spool)
                rows += table.tally.spending_rows()
                pence += table.tally.sum_pence
    spool.seal()
    return rows, pence


def forget() -> None:
    """Forget the payees and cells met in an earlier round: a run begins without them."""
    from totalplace.sources.reading.plain import _payee_parts
    from totalplace.sources.rules.evidence import _shape_of_text

    _payee_parts.cache_clear()
    _shape_of_text.cache_clear()


READERS: dict[str, Callable[[Files, Path], tuple[int, int]]] = {
    "Total Place": ours, "Polars": polars, "DuckDB": duckdb, "pandas": pandas,
}  # fmt: skip


def main() -> None:
    """Make the files, read them in rotation, print medians and ratios."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("--mb", type=int, default=200)
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--seed", type=int, default=1979)
    ask.add_argument("--only", nargs="*", choices=list(READERS), default=list(READERS))
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = make(Path(folder), said.mb, said.seed)
        count = sum(map(len, files.shapes.values()))
        print(
            f"seed {said.seed}: {count} files, {len(files.shapes)} layouts, "
            f"{files.size / 1e6:,.0f} MB, {files.rows:,} rows, {files.pence:,} pence"
        )
        taken: dict[str, list[float]] = {name: [] for name in said.only}
        busy: dict[str, list[float]] = {name: [] for name in said.only}
        for number in range(said.rounds + 1):  # the first round warms up and is not counted
            for name in said.only:
                into = Path(folder) / "out"
                into.mkdir()
                gc.collect()
                began, before = time.perf_counter(), processor_seconds()
                answer = READERS[name](files, into)
                seconds, after = time.perf_counter() - began, processor_seconds()
                shutil.rmtree(into)
                if answer != (files.rows, files.pence):
                    sys.exit(f"{name} read {answer}, true is {(files.rows, files.pence)}")
                if number:
                    taken[name].append(seconds)
                    busy[name].append(after - before)
        report(taken, busy)


def processor_seconds() -> float:
    """Seconds that processors worked for this process and those that it has waited for."""
    used = [resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def report(taken: dict[str, list[float]], busy: dict[str, list[float]]) -> None:
    """Medians by the clock and of the processors, and each round's ratio to Polars."""
    base = taken.get("Polars")
    head = f"{'median s':>9} {'min':>7} {'max':>7} {'processor':>9}"
    print(f"{'':12} {head}  ratio to Polars, round by round")
    for name, seconds in taken.items():
        ratio = ""
        if base:
            ratios = [a / b for a, b in zip(seconds, base, strict=True)]
            ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
        print(
            f"{name:12} {statistics.median(seconds):9.2f} {min(seconds):7.2f} "
            f"{max(seconds):7.2f} {statistics.median(busy[name]):9.2f}  {ratio}"
        )


if __name__ == "__main__":
    main()
