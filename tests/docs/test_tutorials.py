"""Every command of the tutorials is run, in order, as a reader would."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
_SAID: Final = re.compile(r"^\$ (.+)$", re.MULTILINE)


@pytest.mark.parametrize("tutorial", [p.name for p in (ROOT / "docs" / "tutorials").glob("*.md")])
def test_a_tutorial_does_what_it_says(tutorial: str, reachable: Path) -> None:
    text = (ROOT / "docs" / "tutorials" / tutorial).read_text(encoding="utf-8")
    surroundings = os.environ.copy()
    surroundings.pop("TOTALPLACE_HOME")
    for line in _SAID.findall(text):
        if line.startswith("export "):
            name, value = line.removeprefix("export ").split("=")
            surroundings[name] = value
            continue
        words = shlex.split(line)
        assert words[0] == "totalplace", line
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=reachable, env=surroundings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (line, done.stderr)
    assert (reachable / "count.html").stat().st_size > 10_000
    assert (reachable / "faults.xlsx").is_file()
