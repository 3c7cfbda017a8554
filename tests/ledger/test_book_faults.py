"""Writers and server are killed, and what they write is refused: nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

FAULTS: Final = Path(__file__).resolve().parents[2] / "benchmarks" / "ledger_faults.py"


def test_nothing_acknowledged_is_lost_whatever_is_killed() -> None:
    asked = ["2000", "--writers", "2", "--faults", "4", "--no-mount"]
    run = subprocess.run(
        [sys.executable, FAULTS, *asked], capture_output=True, text=True, check=False, timeout=240
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for fault in ("a writer killed", "a connection cut", "the server killed", "a refused write"):
        assert f"1 times {fault}" in run.stdout
    assert "0 acknowledged lost, 0 unbalanced, 0 signs broken" in run.stdout
    assert "12 partners equal to the pool" in run.stdout
