"""One small example place, written once for all tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from totalplace.example_place import Truth, write_example

SEED, SCALE = 7, 0.05


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_example(Path(tmp_path_factory.mktemp("wexshire")), seed=SEED, scale=SCALE)
