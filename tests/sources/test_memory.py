"""A text file is read as a stream: what that takes does not grow with the file."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

HEAD: Final = "Date,Supplier,Directorate,Expense Type,Reference,Net Amount\n"
ROWS: Final = 700_000  # 60 MB: more than is kept before rows go to disk, several times over
MOST_MB: Final = 500
# A program starts with the greatest memory of the one that started it, so a small one does.
WATCH: Final = """
import os, subprocess, sys
run = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(run.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of payments that are all different."""
    chance, path = random.Random(7), tmp_path_factory.mktemp("large") / "April 2024.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(ROWS):
            day, payee = chance.randrange(1, 31), chance.randrange(3_000)
            file.write(
                f"{day:02d}/04/2024,Supplier {payee} Ltd,Service {n % 30},Third party payments,"
                f"INV{n:09d},{n % 90_000 + 500}.{n % 100:02d}\n"
            )
    return path


@pytest.mark.parametrize("reader", ["--swift", "--plain"])
def test_a_large_file_takes_little_memory(large: Path, reachable: Path, reader: str) -> None:
    words = ["sources", "add", str(large), "--agency", "north", reader]
    command = [sys.executable, "-m", "totalplace", "--home", str(reachable / "home"), *words]
    said = subprocess.run(
        [sys.executable, "-c", WATCH, *command], capture_output=True, text=True, check=True
    )
    code, most = map(int, said.stdout.split())
    assert code == 0
    units = 2**20 if sys.platform == "darwin" else 2**10  # the two count in bytes and in kilobytes
    assert most / units < MOST_MB
