"""Killed at any moment, a run leaves every file wholly held or not at all; the next one goes on."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from totalplace.example_place import Truth, write_example
from totalplace.sources.batch import sha256_of

# The command itself, but it commits after a few files, so that there are many moments to be killed.
ADD: Final = """
import sys
from totalplace.doors import records
records.start_django()
from totalplace.sources import batch
batch._COMMIT_FILES = int(sys.argv.pop(1))
from totalplace.doors.cli.main import main
main()
"""
ASK: Final = """
import json, sys
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
import duckdb
from totalplace.record import queries as record
from totalplace.sources import queries
from totalplace.sources.home import Home
home = Home(Path(sys.argv[1]))
rows = ("payments", "cards", "commitments")
pence = ("sum_pence", "cards_pence", "commitments_pence")
files = queries.files()
parts = [p for kind in queries.holdings(home).values() for p in kind]
payments = [str(p) for p in queries.holdings(home)["payments"]]
held = duckdb.read_parquet(payments).aggregate("file, count(*), sum(amount_pence)").fetchall() \\
    if payments else []
known = {*parts, *(home.original(f.sha256) for f in files)}
stand = {p for f in (home.originals, home.holdings) for p in f.rglob("*") if p.is_file()}
print(json.dumps({
    "read": {f.sha256: [sum(map(f.sum_of, rows)), sum(map(f.sum_of, pence))] for f in files},
    "held": {file: [count, int(sum_)] for file, count, sum_ in held},
    "missing": sorted(map(str, known - stand)),
    "unrecorded": sorted(map(str, stand - known)),
    "scratch": [p.name for p in (home.root / "scratch").glob("*")],
    "fault": str(record.first_fault() or ""),
}))
"""
FILES_A_COMMIT: Final = 8
STEP: Final = 120.0


@dataclass(frozen=True)
class Place:
    """The example place, and by hash of each file its rows and pence as they are true."""

    folder: Path
    true: dict[str, list[int]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Some 265 small files, in every form in which agencies publish."""
    truth: Truth = write_example(tmp_path_factory.mktemp("place"), seed=11, scale=0.02)
    true: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for sheet in truth.files:
        sums = true[sha256_of(truth.published() / sheet.file)]
        sums[0] += sheet.payments + sheet.cards + sheet.commitments
        sums[1] += sheet.sum_pence + sheet.cards_pence + sheet.commitments_pence
    return Place(truth.published(), dict(true))


@pytest.fixture
def own(reachable: Path) -> Iterator[Path]:
    """A home whose server does not outlive the test."""
    home = reachable / "home"
    yield home
    with suppress(OSError, ValueError, IndexError):
        os.kill(server_of(home), signal.SIGINT)


def server_of(home: Path) -> int:
    """The number of the server of a home."""
    return int((home / "records" / "postmaster.pid").read_text().split()[0])


def start(code: str, *words: str, heard: bool = True) -> subprocess.Popen[str]:
    """A program of its own; what it prints is heard or thrown away."""
    printed = subprocess.PIPE if heard else subprocess.DEVNULL
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *words],
        stdout=printed,
        stderr=printed,
        text=True,
        env={**own, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,  # so that it can be killed with all that it started
    )


def adding(
    home: Path, folder: Path, reader: str = "--plain", *, heard: bool = True
) -> subprocess.Popen[str]:
    """`totalplace sources add` on the folder of the example place, by one of the readers."""
    words = (str(FILES_A_COMMIT), "--home", str(home), "sources", "add", str(folder))
    return start(ADD, *words, "--agency", "council", "--json", reader, heard=heard)


def asked(home: Path) -> dict[str, Any]:
    """What is read, held, missing and left over in a home."""
    out, err = start(ASK, str(home)).communicate(timeout=STEP)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def is_placing(home: Path) -> bool:
    """Whether a run has begun to put files in place and to record them."""
    return any((home / "scratch").glob("*/placing"))


def kill_with_its_readers(run: subprocess.Popen[str]) -> None:
    """Kill a run and the readers of workbooks that it started, all at once."""
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)


def killed_starting(run: subprocess.Popen[str], seconds: float, home: Path) -> None:
    """Kill a run before it has read anything."""
    with suppress(subprocess.TimeoutExpired):
        run.wait(seconds)
    kill_with_its_readers(run)


def killed_reading(run: subprocess.Popen[str], seconds: float, home: Path) -> None:
    """Kill a run some time after it began to read."""
    while run.poll() is None and not any((home / "scratch").glob(f"{run.pid}-*")):
        time.sleep(0.001)
    killed_starting(run, seconds, home)


def killed_placing(run: subprocess.Popen[str], commits: float, home: Path) -> None:
    """Kill a run just as it places a batch, after some others."""
    for _ in range(1 + int(commits)):
        while run.poll() is None and is_placing(home):
            time.sleep(0.0005)
        while run.poll() is None and not is_placing(home):
            time.sleep(0.0005)
    time.sleep(random.Random(commits).random() * 0.02)
    kill_with_its_readers(run)


def killed_with_its_server(run: subprocess.Popen[str], commits: float, home: Path) -> None:
    """Kill a run as it places a batch, and its server with it."""
    server = None
    while server is None and run.poll() is None:
        with suppress(OSError, ValueError, IndexError):
            server = server_of(home)
    killed_placing(run, commits, home)
    if server is not None:
        os.kill(server, signal.SIGKILL)


@pytest.mark.parametrize("reader", ["--plain", "--swift"])
def test_killed_at_any_moment_every_file_is_wholly_held_or_not_at_all(
    own: Path, place: Place, reader: str
) -> None:
    chance = random.Random(5)
    kills: list[tuple[Callable[[subprocess.Popen[str], float, Path], None], float]] = [
        (killed_starting, 0.4),
        *((killed_reading, chance.uniform(0.02, 0.4)) for _ in range(2)),
        *((killed_placing, chance.uniform(0, 3)) for _ in range(2)),
        *((killed_with_its_server, chance.uniform(0, 3)) for _ in range(1)),
    ]
    chance.shuffle(kills)
    # Until files are placed the readers are killed alike: one of them stands for both.
    if reader == "--swift" and not os.environ.get("TOTALPLACE_THOROUGH"):
        kills = [kill for kill in kills if kill[0] not in {killed_starting, killed_reading}]
    held, reading, placing = [0], 0, 0
    for kill, when in kills:
        with adding(own, place.folder, reader, heard=False) as run:
            kill(run, when, own)
        placing += is_placing(own)
        reading += not is_placing(own) and any((own / "scratch").glob("*"))
        now = asked(own)
        assert now["held"] == now["read"]
        assert now["read"].items() <= place.true.items()
        assert (now["missing"], now["fault"]) == ([], "")
        assert len(now["read"]) >= held[-1]
        held.append(len(now["read"]))
    read = reading >= 1 or not any(kill is killed_reading for kill, _ in kills)
    assert (read, placing >= 2, len(set(held)) >= 3) == (True, True, True), held
    with adding(own, place.folder, reader) as run:
        out, _ = run.communicate(timeout=STEP)
    outcomes = json.loads(out)
    refused = {row["file"] for row in outcomes if row["refused"]}
    added = {row["sha256"] for row in outcomes if not row["refused"]}
    assert (len(refused), len(added)) == (held[-1], len(place.true) - held[-1])
    now = asked(own)
    assert now["held"] == now["read"] == place.true
    assert (now["missing"], now["unrecorded"], now["scratch"]) == ([], [], [])


def test_what_reads_beside_a_run_ends_with_it(own: Path, place: Place) -> None:
    with adding(own, place.folder, "--swift", heard=False) as run:
        while run.poll() is None and not is_placing(own):
            time.sleep(0.0005)
        run.kill()  # and none of those that it divided off
    group = ["ps", "-o", "stat=", "-g", str(run.pid)]
    until = time.monotonic() + STEP
    while time.monotonic() < until:
        found = subprocess.run(group, capture_output=True, text=True, check=False).stdout.split()
        if not [state for state in found if not state.startswith("Z")]:
            break
        time.sleep(0.05)
    assert [state for state in found if not state.startswith("Z")] == []
    now = asked(own)
    assert now["held"] == now["read"]
    assert (now["missing"], now["fault"]) == ([], "")


def test_a_run_whose_server_is_killed_says_so_and_the_next_goes_on(own: Path, place: Place) -> None:
    folder = next(f for f in sorted(place.folder.iterdir()) if len(list(f.rglob("*.csv"))) > 20)
    true = {sha256_of(p): place.true[sha256_of(p)] for p in folder.rglob("*") if p.is_file()}
    with adding(own, folder) as run:
        while run.poll() is None and not is_placing(own):
            time.sleep(0.0005)
        os.kill(server_of(own), signal.SIGKILL)
        _, err = run.communicate(timeout=STEP)
    assert "The files read last were not added: the server that keeps the records was cut" in err
    assert (run.returncode, "Traceback" in err) == (2, False)
    now = asked(own)
    assert now["held"] == now["read"]
    assert (now["missing"], now["fault"]) == ([], "")
    with adding(own, folder) as run:
        run.communicate(timeout=STEP)
    now = asked(own)
    assert now["held"] == now["read"] == true
    assert (now["missing"], now["unrecorded"], now["scratch"]) == ([], [], [])


def test_two_runs_at_once_hold_each_file_once(own: Path, place: Place) -> None:
    folder = next(f for f in sorted(place.folder.iterdir()) if len(list(f.rglob("*.csv"))) > 20)
    true = {sha256_of(p): place.true[sha256_of(p)] for p in folder.rglob("*") if p.is_file()}
    with (
        adding(own, folder) as one,
        adding(own, folder) as other,
        ThreadPoolExecutor(2) as both,  # one that nobody hears would hold the other up
    ):
        heard = both.map(lambda run: run.communicate(timeout=STEP), (one, other))
        told = [json.loads(out) for out, _ in heard]
    added = [{row["sha256"] for row in rows if not row["refused"]} for rows in told]
    assert added[0].isdisjoint(added[1])
    assert added[0] | added[1] == set(true)
    now = asked(own)
    assert now["held"] == now["read"] == true
    assert (now["missing"], now["unrecorded"], now["scratch"]) == ([], [], [])
