"""Killed at any moment, an erasure has erased nothing, or all once the next run begins."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

STEP: Final = 120.0
# The command itself, but it is killed as it comes to a place, where one is named.
RUN: Final = """
import os, signal, sys
from totalplace.doors import records
records.start_django()
from totalplace.sources.erasing import actions
from totalplace.sources.home import Home
where, when = sys.argv.pop(1), sys.argv.pop(1)
def killing(of, name, when):
    real = getattr(of, name)
    def killed(*said, **more):
        if when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = real(*said, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(of, name, killed)
if where in ("_record_parts", "_record", "_place", "rewritten", "new_parts"):
    killing(actions, where, when)
elif where == "unlink":
    from pathlib import Path
    real = Path.unlink
    def unlink(self, missing_ok=False):
        real(self, missing_ok=missing_ok)
        if self.parent.name in ("originals", "payments", "faults"):
            os.kill(os.getpid(), signal.SIGKILL)
    Path.unlink = unlink
elif where:
    killing(Home, where, when)
from totalplace.doors.cli.main import main
main()
"""
ASK: Final = """
import json, sys
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
from totalplace.record import queries as record
from totalplace.sources import queries
from totalplace.sources.erasing.queries import tombstones
from totalplace.sources.erasing.verifying import verified
from totalplace.sources.home import Home
import duckdb
home = Home(Path(sys.argv[1]))
parts = [str(p) for p in queries.holdings(home)["payments"]]
rows = duckdb.read_parquet(parts).aggregate("file, count(*), sum(amount_pence)").fetchall()
print(json.dumps({
    "turn": len(tombstones()), "rows": sorted([f, n, int(p)] for f, n, p in rows),
    "sound": [v.said for v in verified(home) if not v.sound],
    "fault": str(record.first_fault() or ""),
}))
"""
# Before, at and after the moment on which all turns. TOTALPLACE_THOROUGH adds the steps between.
POINTS: Final = [
    ("placing", "after", False), ("_record_parts", "after", False), ("_record", "after", True),
    ("unlink", "after", True),
    *([
        ("rewritten", "after", False), ("keep_part", "after", False), ("_place", "after", False),
        ("unplace", "after", True),
    ] if os.environ.get("TOTALPLACE_THOROUGH") else []),
]  # fmt: skip
ROWS: Final = 3_000
Holds = Callable[[bytes, str], bool]


def name(number: int) -> str:
    """A payee whose name no other payee has."""
    return f"Jane Carer N{'abcdefghijklmnop'[number]}"


@pytest.fixture
def own(reachable: Path) -> Iterator[Path]:
    """A home with a file of many payees, beside another file; its server ends with the test."""
    home, given = reachable / "home", reachable / "given"
    given.mkdir()
    head = "Date,Supplier,Why,Amount\n"
    rows = (
        f'{n % 28 + 1:02d}/04/2024,{name(n % 16)},"for {name(n % 16)}",{n}.{n % 100:02d}\n'
        for n in range(ROWS)
    )
    (given / "april.csv").write_text(head + "".join(rows) + f"01/04/2024,X,Y,{name(0)}\n")
    (given / "other.csv").write_text(head + "01/04/2024,Oak Ltd,Salt,5.00\n")
    _, err = started(home, "add", str(given), "--agency", "council").communicate(timeout=STEP)
    assert "2 files read" in err
    yield home
    with suppress(OSError, ValueError, IndexError):
        os.kill(int((home / "records" / "postmaster.pid").read_text().split()[0]), signal.SIGINT)


def started(home: Path, *words: str, where: str = "", when: str = "") -> subprocess.Popen[str]:
    """`totalplace sources` in a program of its own, to be killed at a place."""
    return run(RUN, where, when, "--home", str(home), "sources", *words)


def run(code: str, *words: str) -> subprocess.Popen[str]:
    own_names = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *words], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**own_names, "PYTHONPATH": os.pathsep.join(sys.path)}, start_new_session=True,
    )  # fmt: skip


def erasing(home: Path, number: int, where: str = "", when: str = "") -> subprocess.Popen[str]:
    """`totalplace sources erase` of a payee, whose name comes on standard input."""
    words = (
        "april.csv",
        "--payee-from",
        "-",
        "--power",
        "Article 17",
        "--reason",
        "Asked",
        "--yes",
    )
    begun = started(home, "erase", *words, where=where, when=when)
    assert begun.stdin is not None
    begun.stdin.write(name(number) + "\n")
    begun.stdin.close()
    begun.stdin = None
    return begun


def asked(home: Path) -> dict[str, Any]:
    """What is erased, held, and not as it should be."""
    out, err = run(ASK, str(home)).communicate(timeout=STEP)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def where_found(folders: list[Path], number: int, holds: Holds) -> list[Path]:
    """Files in which a name stands."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if holds(path.read_bytes(), name(number))]


def kept(home: Path) -> list[Path]:
    """All that is kept below a home but the records."""
    return [home / folder for folder in ("originals", "holdings", "scratch")]


def test_killed_at_any_place_nothing_is_erased_or_all(own: Path, holds: Holds) -> None:
    before = asked(own)
    turn = 0
    for number, (where, when, is_erased) in enumerate(POINTS):
        with erasing(own, number, where, when) as killed:
            killed.communicate(timeout=STEP)
        assert killed.returncode == -signal.SIGKILL, where
        out, err = started(own, "verify").communicate(timeout=STEP)  # the next run tidies up
        assert (out, err) == (
            f"2 files, none changed; names erased from {min(turn + is_erased, 1)}.\n",
            "",
        )
        turn += is_erased
        now = asked(own)
        assert now == {**before, "turn": turn}
        assert list((own / "scratch").iterdir()) == []
        assert bool(where_found(kept(own), number, holds)) is not is_erased, where
        assert len(list((own / "originals").iterdir())) == 2
    assert (before["sound"], before["fault"]) == ([], "")
    with erasing(own, 0) as whole:
        out, err = whole.communicate(timeout=STEP)
    assert (whole.returncode, f"tombstone {turn + 1} of april.csv" in out) == (0, True)
    assert name(0).lower() not in (out + err).lower()
    erased = [0, *(n for n, (_, _, is_erased) in enumerate(POINTS) if is_erased)]
    assert [found for n in erased for found in where_found([own], n, holds)] == []
    assert asked(own) == {**before, "turn": turn + 1}


def test_killed_by_chance_nothing_is_erased_or_all(own: Path, holds: Holds) -> None:
    before, chance, turn = asked(own), random.Random(3), 0
    for number in range(2):
        with erasing(own, number) as killed:
            while killed.poll() is None and not any((own / "scratch").glob("*/placing")):
                time.sleep(0.0005)
            time.sleep(chance.random() * 0.03)
            with suppress(ProcessLookupError):
                os.killpg(killed.pid, signal.SIGKILL)
        started(own, "verify").communicate(timeout=STEP)
        now = asked(own)
        assert now == {**before, "turn": now["turn"]}
        is_erased = now["turn"] > turn
        turn = now["turn"]
        assert bool(where_found(kept(own), number, holds)) is not is_erased
