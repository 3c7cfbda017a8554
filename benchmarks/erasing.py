"""Erasing a payee from a large file, and from a workbook: by the command, in a home of its own.

    python benchmarks/erasing.py [--rows 700000] [--sheet-rows 50000] [--rounds 3] [--seed 7]

Makes up a CSV file and a workbook with a payee in one row of a thousand, adds both, and erases that
payee from each; prints the median and range of the seconds, and the most memory that a run took.
That every row and penny is the same is checked by the command itself, and again by `verify`.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import xlsxwriter

HEAD = ("Date", "Supplier", "Directorate", "Expense Type", "Reference", "Net Amount")
NAMES = ("Jane Q Carer", "Joe X Carer", "Ann Z Carer", "Sue V Carer", "Tom W Carer")
ERASE = ("--power", "Article 17", "--reason", "Measured", "--yes", "--payee-from", "-")


def rows(count: int, seed: int) -> list[tuple[str, ...]]:
    """Payments, one in a thousand of them to each of some people."""
    chance = random.Random(seed)  # noqa: S311  (made-up rows need chance, not secrecy)
    made = []
    for n in range(count):
        payee = f"Supplier {chance.randrange(3_000)} Ltd"
        if n % 1_000 < len(NAMES):
            payee = NAMES[n % 1_000]
        day, sum_ = chance.randrange(1, 29), f"{n % 90_000 + 500}.{n % 100:02d}"
        made.append((f"{day:02d}/04/2024", payee, f"Service {n % 30}", "Fees", f"INV{n:09d}", sum_))
    return made


def run(home: Path, *words: str, said: str = "") -> tuple[float, float]:
    """Run `totalplace sources`; the seconds and the most memory in MB that it took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "totalplace", "--home", str(home), "sources", *words]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as begun:
        assert begun.stdin is not None
        begun.stdin.write(said.encode())
        begun.stdin.close()
        _, status, used = os.wait4(begun.pid, 0)
        begun.returncode = os.waitstatus_to_exitcode(status)
    assert begun.returncode == 0, words
    return time.perf_counter() - began, used.ru_maxrss / 2**10


def main() -> None:
    """Measure and print."""
    say = argparse.ArgumentParser(description=__doc__)
    for name, default in (("rows", 700_000), ("sheet-rows", 50_000), ("rounds", 3), ("seed", 7)):
        say.add_argument(f"--{name}", type=int, default=default)
    said = say.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        home, text, book = folder / "home", folder / "large.csv", folder / "large.xlsx"
        made_rows = rows(said.rows, said.seed)
        text.write_text("".join(",".join(row) + "\n" for row in [HEAD, *made_rows]))
        with xlsxwriter.Workbook(book, {"strings_to_numbers": True}) as written:
            sheet = written.add_worksheet("April")
            for at, row in enumerate([HEAD, *made_rows[: said.sheet_rows]]):
                sheet.write_row(at, 0, row)
        run(home, "add", str(text), str(book), "--agency", "north")
        print(f"seed {said.seed}")
        for path, count in ((text, said.rows), (book, said.sheet_rows)):
            took = [run(home, "erase", path.name, *ERASE, said=n) for n in NAMES[: said.rounds]]
            seconds, memory = zip(*took, strict=True)
            print(
                f"{path.name}, {count:,} rows, {path.stat().st_size / 2**20:.0f} MB: "
                f"{statistics.median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f}), "
                f"{max(memory):.0f} MB of memory"
            )
        run(home, "verify")
        with suppress(OSError, ValueError, IndexError):
            os.kill(int((home / "records/postmaster.pid").read_text().split()[0]), signal.SIGINT)


if __name__ == "__main__":
    main()
