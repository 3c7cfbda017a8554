"""The seconds that a plan may take are for the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from tests.commissioning.problems import tangled

from totalplace.commissioning.rules.problem import Impossible, Problem, Solved
from totalplace.commissioning.rules.solving import deadline, solve


def _clock(monkeypatch: pytest.MonkeyPatch, told: Iterator[float]) -> None:
    monkeypatch.setattr(deadline, "monotonic", lambda: next(told))


def _branched() -> tuple[Problem, Solved]:
    """A problem in which services close, with its plan."""
    for seed in range(200):
        problem = tangled(seed, count=4, most=4_000)
        its = solve(problem)
        if any(line.may_close for line in problem.lines) and isinstance(its, Solved):
            return problem, its
    raise AssertionError("none was drawn")


def test_a_part_of_the_time_ends_before_the_whole_does(monkeypatch: pytest.MonkeyPatch) -> None:
    _clock(monkeypatch, iter([100.0, 106.0, 106.0, 106.0, 130.0]))
    whole = deadline.within(10)
    assert whole.left == 4
    half = whole.part(0.5)
    assert half.left == 2
    assert whole.left == 0


def test_wherever_in_the_work_the_time_ends_the_plan_is_lawful_and_its_bound_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, best = _branched()
    found = 0
    for looks in range(1, 16):
        _clock(monkeypatch, chain(repeat(0.0, looks), repeat(1e9)))
        its = solve(problem, seconds=60)
        if isinstance(its, Impossible):
            assert "does not prove" in its.told
            continue
        found += 1
        assert all(one.met for one in its.checks)
        assert its.points <= best.bound + 1e-9
        assert its.bound >= best.points - 1e-9
    assert found
