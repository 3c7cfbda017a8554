"""Killed at any moment, a run leaves every return wholly held or not at all."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

STEP: Final = 120.0
FILES: Final = 40
ASK: Final = """
import json, sys
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
from totalplace.record import queries as record
from totalplace.sources import returns
from totalplace.sources.home import Home
from totalplace.sources.queries import holdings
home = Home(Path(sys.argv[1]))
files = returns.files()
lines = returns.lines(home)
known = {str(p) for kind in holdings(home).values() for p in kind}
known |= {str(home.original(f.sha256)) for f in files}
stand = {str(p) for f in (home.originals, home.holdings) for p in f.rglob("*") if p.is_file()}
print(json.dumps({
    "read": {f.sha256: f.lines for f in files},
    "held": {h: sum(1 for x in lines if x.file == h) for h in {x.file for x in lines}},
    "missing": sorted(known - stand), "unrecorded": sorted(stand - known),
    "fault": str(record.first_fault() or ""),
}))
"""


@pytest.fixture
def own(reachable: Path) -> Iterator[Path]:
    """A home whose server does not outlive the test."""
    home = reachable / "home"
    yield home
    with suppress(OSError, ValueError, IndexError):
        os.kill(int((home / "records" / "postmaster.pid").read_text().split()[0]), signal.SIGINT)


@pytest.fixture
def folder(reachable: Path) -> Path:
    """Many small returns of one form."""
    folder = reachable / "given"
    folder.mkdir()
    head = "gss_code,financial_year,benefit,benefit_name,amount_gbp_million_nominal\n"
    for n in range(FILES):
        rows = [f"E06{n:06d},{y}-{y - 1999:02d},sp,State Pension,{n}.{y - 2000}\n"
                for y in range(2001, 2020)]  # fmt: skip
        (folder / f"{n:02d}.csv").write_text(head + "".join(rows))
    return folder


def start(*words: str, code: str = "") -> subprocess.Popen[str]:
    """A program of its own."""
    said = ["-c", code, *words] if code else ["-m", "totalplace", *words]
    own_names = {k: v for k, v in os.environ.items() if not k.startswith("DJANGO")}
    return subprocess.Popen(
        [sys.executable, "-W", "error", *said], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env={**own_names, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )  # fmt: skip


def asked(home: Path) -> dict[str, Any]:
    """What is read, held, missing and left over."""
    out, err = start(str(home), code=ASK).communicate(timeout=STEP)
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def test_killed_at_any_moment_every_return_is_wholly_held_or_not_at_all(
    own: Path, folder: Path
) -> None:
    chance = random.Random(3)
    add = ("--home", str(own), "sources", "returns", "add", str(folder), "--json")
    held = [0]
    for _ in range(4):
        with start(*add) as run:
            while run.poll() is None and not any((own / "scratch").glob(f"{run.pid}-*")):
                time.sleep(0.001)
            with suppress(subprocess.TimeoutExpired):
                run.wait(chance.uniform(0.1, 0.9))
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
        now = asked(own)
        assert now["held"] == now["read"]
        assert (now["missing"], now["fault"]) == ([], "")
        held.append(len(now["read"]))
    assert held == sorted(held)
    assert held[-1] > 0, held
    with start(*add) as run:
        out, _ = run.communicate(timeout=STEP)
    outcomes = json.loads(out)
    assert sum(1 for row in outcomes if row["refused"]) == held[-1]
    now = asked(own)
    assert now["held"] == now["read"]
    assert set(now["read"].values()) == {19}
    assert (len(now["read"]), now["missing"], now["unrecorded"]) == (FILES, [], [])
