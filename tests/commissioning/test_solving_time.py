"""The seconds that a plan may take are for the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, repeat

import pytest
from tests.commissioning.problems import tangled

from totalplace.commissioning.rules.problem import Impossible, Method, Problem, Solved
from totalplace.commissioning.rules.solving import choosing, deadline, solve
from totalplace.commissioning.rules.solving.deadline import Deadline
from totalplace.commissioning.rules.solving.laying import Laid, laid
from totalplace.commissioning.rules.solving.parts import Part


def _clock(monkeypatch: pytest.MonkeyPatch, told: Iterator[float]) -> None:
    monkeypatch.setattr(deadline, "monotonic", lambda: next(told))


def _branched() -> tuple[Problem, Solved]:
    """A problem in which services close, with its plan."""
    for seed in range(400):
        problem = tangled(seed, count=4, most=4_000)
        its = solve(problem)
        if isinstance(its, Solved) and its.method is Method.BRANCHED:
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


def test_where_services_close_a_plan_not_found_at_first_is_looked_for_with_a_margin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem, best = _branched()

    def missing(part: Part, *, until: Deadline, beside: float, careful: bool = False) -> Laid:
        found = laid(part, until=until, beside=beside, careful=careful)
        return found if careful or not part.closes.any() else replace(found, pence=None)

    monkeypatch.setattr(choosing, "laid", missing)
    its = solve(problem)
    assert isinstance(its, Solved)
    assert its.points == pytest.approx(best.points, rel=1e-3)
    assert its.bound >= best.points - 1e-9
