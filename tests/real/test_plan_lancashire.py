"""Lancashire's real outturn planned with only effects whose source a stranger can open."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from totalplace.commissioning.rules.weighing.known import Footing

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the published files are not beside this checkout"
)


@pytest.fixture(scope="module")
def outturn() -> ModuleType:
    """The script that plans an outturn, with few draws."""
    spec = importlib.util.spec_from_file_location(
        "plan_of_outturn", ROOT / "benchmarks/plan_of_outturn.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    module.DRAWS, module.PLANS = 500, 3  # type: ignore[attr-defined]
    return module


def test_every_line_of_every_council_adds_up_to_the_totals_that_were_printed(
    outturn: ModuleType,
) -> None:
    by_line, by_block = outturn.outturns(SHARED)
    for one in (by_line, by_block):
        assert sum(line.pence for line in one.lines) == one.printed_pence
    assert (len(by_line.bodies), len(by_block.bodies)) == (15, 16)
    assert by_line.printed_pence == 334_506_055_000


def test_nothing_moves_with_the_money_of_today_for_no_line_says_what_it_does(
    outturn: ModuleType,
) -> None:
    its = next(outturn.outturns(SHARED))
    found = outturn.planned(its, 1_245_233, 320_194, 0, seed=1)
    assert found.solved.pence[:-2] == tuple(line.pence for line in its.options)
    assert found.known.now.share_of(Footing.OPENABLE) == 0
    assert found.direction.kept is None
    assert not found.known.best_may_be_said


def test_a_thousandth_more_is_all_that_can_be_said_to_be_known(outturn: ModuleType) -> None:
    its = next(outturn.outturns(SHARED))
    more = sum(line.pence for line in its.options) // 1000
    found = outturn.planned(its, 1_245_233, 320_194, more, seed=1)
    assert found.direction.moved_pence == more
    assert found.known.planned.openable == more
    assert found.known.openable < 0.001
    assert all(one.met for one in found.solved.checks)
    assert not found.known.best_may_be_said
    assert found.known.words == "the plan, if these guesses hold"
