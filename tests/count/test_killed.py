"""Killed at any moment, freezing leaves the old edition whole; the next run goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import pytest

SEED: Final = 20261126
STEP: Final = 120.0
SET_UP: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.places.rules.mandates import Operator
from totalplace.doors import records
home = Path(sys.argv[1])
records.ready(home)
from totalplace.places import actions as places
from totalplace.sources import actions as sources
from totalplace.sources.home import Home
on = datetime(2026, 6, 1, tzinfo=UTC)
places.register_place("wex", name="Wexshire", by=Operator("test"), on=on)
for code in ("county", "district"):
    places.register_agency(code, name=code.title() + " Council", by=Operator("test"), on=on)
    places.join_place("wex", code, by=Operator("test"), on=on)
for path in map(Path, sys.argv[2:]):
    terms = sources.Terms(path.stem.split("-")[0])
    for outcome in sources.add([path], terms, home=Home(home), by=Operator("test"), on=on):
        assert not isinstance(outcome, sources.NotAdded), outcome
"""
ASK: Final = """
import json, sys
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
from totalplace.count.queries.editions import editions, folder_of, frozen
from totalplace.record import queries as record
from totalplace.sources.home import Home
home = Home(Path(sys.argv[1]))
made = editions()
print(json.dumps({
    "made": [[e.citation, e.standing, e.digest] for e in made],
    "says": [len(frozen(home, e)["gross_lines"]) for e in made],
    "cubes": [(folder_of(home, e.digest) / "cube.parquet").exists() for e in made],
    "fault": str(record.first_fault() or ""),
}))
"""


def file_of(folder: Path, agency: str, month: str, number: str) -> Path:
    """A small file of payments."""
    path = folder / f"{agency}-{month}-2024.csv"
    rows = [
        f"{day:02d}/{number}/2024,Firm {day},{100 + day}.50,{agency[0]}{number}{day}"
        for day in range(1, 28)
    ]
    head = "Payment Date,Supplier Name,Amount,Transaction Number"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def run(script: str, *arguments: object) -> str:
    """Run a script to its end, and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True, text=True, timeout=STEP, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def freezing(home: Path) -> subprocess.Popen[bytes]:
    """Start freezing in a process of its own."""
    words = ["--home", str(home), "count", "freeze", "--place", "wex", "--year", "2024-25"]
    return subprocess.Popen(
        [sys.executable, "-m", "totalplace", *words],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def asked(home: Path) -> dict[str, Any]:
    """What is recorded of editions."""
    answer: dict[str, Any] = json.loads(run(ASK, home))
    assert answer["fault"] == ""
    assert all(answer["cubes"])
    return answer


@pytest.mark.parametrize("turn", range(1))
def test_a_killed_freeze_leaves_the_old_edition_and_the_next_one_finishes(
    turn: int, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    first = [file_of(tmp_path, agency, "may", "05") for agency in ("county", "district")]
    run(SET_UP, home, *first)
    began = time.monotonic()
    assert freezing(home).wait(STEP) == 0
    took = time.monotonic() - began
    before = asked(home)
    assert len(before["made"]) == 1
    run(SET_UP, home, file_of(tmp_path, "district", "june", "06"))
    chance = random.Random(SEED + turn)
    for _ in range(4):
        process = freezing(home)
        time.sleep(took * chance.uniform(0.3, 1.05))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STEP)
        after = asked(home)
        assert after["made"][0][2] == before["made"][0][2]
        assert len(after["made"]) in (1, 2)
        if len(after["made"]) == 2:
            assert after["made"][0][1] == "superseded"
    assert freezing(home).wait(STEP) == 0
    last = asked(home)
    assert [citation for citation, _, _ in last["made"]] == ["wex/2024-25/1", "wex/2024-25/2"]
    assert list((home / "editions").glob(".*")) == []


def test_the_same_files_give_the_same_hash_on_another_computer(tmp_path: Path) -> None:
    files = [file_of(tmp_path, agency, "may", "05") for agency in ("county", "district")]
    digests = []
    for computer, given in (("here", files), ("there", files[::-1])):
        home = tmp_path / computer
        run(SET_UP, home, *given)
        assert freezing(home).wait(STEP) == 0
        ((_, _, digest),) = asked(home)["made"]
        digests.append(digest)
    assert digests[0] == digests[1]
