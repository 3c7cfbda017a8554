"""Years of agreements with planted breaches: each is found on its day, and none is invented."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def years() -> ModuleType:
    """The script that measures it."""
    path = ROOT / "benchmarks/agreement_years.py"
    spec = importlib.util.spec_from_file_location("agreement_years", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_planted_breach_is_found_on_its_day_and_none_is_invented(years: ModuleType) -> None:
    score = years.run(24, seed=1)
    assert score.planted.total() > 100
    assert min(score.by_side["centre"], score.by_side["place"]) > 40
    assert score.innocent.total() > 200
    assert score.invented == []
    assert score.untimely == []
    assert score.missed == 0
