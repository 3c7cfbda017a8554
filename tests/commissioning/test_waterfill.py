"""Demands that nest are filled at one price, and the price is the proof."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from math import inf
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.problems import best_by_looking, demand, line, nested, scaled

from totalplace.commissioning.rules.problem import Impossible, Method, Problem, Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.solving.nesting import forest_of, tree_of
from totalplace.commissioning.rules.solving.parts import parts_of
from totalplace.commissioning.rules.solving.reducing import reduced
from totalplace.commissioning.rules.solving.rounding import Cascade
from totalplace.commissioning.rules.solving.waterfill import (
    COMPILED,
    Forest,
    bound,
    filled,
    filled_many,
)

MANY: Final = 5_000 if os.environ.get("TOTALPLACE_THOROUGH") else 60


def forests(problem: Problem) -> list[Forest]:
    """Those of its parts that can be met, as arrays."""
    left = reduced(problem)
    if isinstance(left, Impossible):
        return []
    found: list[Forest] = []
    for part in parts_of(left):
        tree = tree_of(part)
        assert tree is not None
        if Cascade(tree, (part.low, part.high)).impossible is None:
            found.append(forest_of(part, tree)[0])
    return found


def of(problem: Problem) -> Solved:
    its = solve(problem)
    assert isinstance(its, Solved), its.told
    assert its.method is Method.EXACT
    return its


def test_the_next_pound_reaches_as_much_on_every_line_that_is_between_its_bounds() -> None:
    lines = [line(0, 10**9, slope, scale=10.0**8) for slope in (1e-6, 2e-6, 4e-6)]
    its = of(Problem(tuple(lines), (demand((0, 1, 2), most=4 * 10**8),)))
    last = [one.marginal(sum_) for one, sum_ in zip(lines, its.pence, strict=True)]
    assert last == pytest.approx([last[0]] * 3, rel=1e-7)
    assert sum(its.pence) == 4 * 10**8


def test_groups_three_deep_each_keep_their_own_price() -> None:
    lines = tuple(line(0, 10**8, slope, scale=3e7) for slope in (9e-6, 8e-6, 1e-6, 2e-6, 5e-6))
    demands = (
        demand((0, 1, 2, 3, 4), most=10**8),
        demand((0, 1, 2), most=5 * 10**7),
        demand((1, 2), least=3 * 10**7),
        demand((3, 4), least=2 * 10**7),
    )
    its = of(Problem(lines, demands))
    assert (sum(its.pence), sum(its.pence[:3])) == (10**8, 5 * 10**7)
    (forest,) = forests(Problem(lines, demands))
    prices = filled(forest).group_prices
    assert [len(one) for one in prices] == [1, 2, 1]
    outer, inner = prices[0][0], sorted(prices[1])
    assert inner[1] >= outer >= inner[0] >= 0  # money is dearer where it is capped
    assert its.gap < 1e-9


def test_straight_lines_that_tie_share_what_there_is() -> None:
    lines = (line(0, 3_000_000, 2.0), line(0, 1_000_000, 2.0), line(0, 9_000_000, 1.0))
    its = of(Problem(lines, (demand((0, 1, 2), most=2_000_000),)))
    assert its.pence == (1_500_000, 500_000, 0)


def test_money_that_nothing_is_worth_is_left_and_what_is_idle_stays_as_it_is() -> None:
    lines = (line(0, 10**6, -1.0, now=5), line(0, 10**6, 0.0, now=777), line(0, 10**6, 1.0))
    its = of(Problem(lines, (demand((0, 1, 2), most=10**8),)))
    assert its.pence == (0, 777, 10**6)


def test_harm_that_must_be_paid_for_goes_where_it_does_least() -> None:
    lines = (line(0, 10**6, -1e-6), line(0, 10**6, -2e-6), line(10, 10**6, -3e-6))
    problem = Problem(lines, (demand((0, 1, 2), least=1_500_000),))
    its = of(problem)
    assert its.pence == (10**6, 499_990, 10)
    (forest,) = forests(problem)
    assert filled(forest).group_prices[0][0] == -2e-6


def test_a_group_whose_least_is_its_most_has_a_price_that_proves_it() -> None:
    lines = (line(0, 4 * 10**6, 2e-6), line(2 * 10**6, 6 * 10**6, 0.0))
    assert of(Problem(lines, (demand((0, 1), least=4 * 10**6, most=4 * 10**6),))).gap < 1e-9


@pytest.mark.parametrize("seed", range(MANY))
def test_no_plan_that_can_be_looked_at_is_better(seed: int) -> None:
    small = nested(seed, count=4, most=4)
    best = best_by_looking(small)
    its = solve(scaled(small, 10**6))
    assert isinstance(its, Impossible) == (best is None)
    if isinstance(its, Solved) and best is not None:
        assert its.points >= best - 1e-6
        assert its.gap <= 1e-6


@given(st.integers(0, 10**9))
def test_the_bound_is_above_every_plan_and_the_plan_is_at_the_bound(seed: int) -> None:
    chance = random.Random(seed)
    problem = scaled(nested(seed, count=9, most=50, depth=4), 10**7)
    lines = [
        replace(
            one,
            slope=one.slope * 10 ** chance.uniform(-15, 3),
            scale=one.scale * 10 ** chance.uniform(-3, 6),
        )
        for one in problem.lines
    ]
    its = solve(replace(problem, lines=tuple(lines)))
    if isinstance(its, Solved):
        assert all(one.met for one in its.checks)
        largest = max(abs(one.points(one.most)) for one in lines)
        penny = max(abs(one.slope) for one in lines)
        assert its.bound - its.points <= 1e-9 * (largest + abs(its.points)) + penny


@given(st.integers(0, 10**9))
def test_more_money_never_reaches_less(seed: int) -> None:
    problem = scaled(nested(seed, count=6, most=9), 10**5)
    whole = sum(one.most for one in problem.lines)
    its = [
        solve(replace(problem, demands=(*problem.demands, demand(tuple(range(6)), most=money))))
        for money in (whole // 3, whole // 2, whole)
    ]
    points = [one.points for one in its if isinstance(one, Solved)]
    assert points == pytest.approx(sorted(points), abs=1e-4)


@pytest.mark.skipif(not COMPILED, reason="numba is not installed: there is one way to fill")
def test_compiled_loops_and_whole_columns_fill_alike() -> None:
    for seed in range(300):
        for forest in forests(scaled(nested(seed, count=8, most=40, depth=4), 10**5)):
            plain, swift = (filled(forest, compiled=how) for how in (False, True))
            points = [forest.curves.points(one.pence).sum() for one in (plain, swift)]
            assert points[0] == pytest.approx(points[1], rel=1e-9, abs=1e-9)
            assert bound(forest, plain) == pytest.approx(bound(forest, swift), rel=1e-9, abs=1e-9)


def test_many_draws_of_slopes_are_filled_as_each_alone() -> None:
    lines = tuple(line(0, 10**8, 1e-6, scale=inf if at % 3 else 3e7) for at in range(12))
    demands = [demand(tuple(range(12)), most=5 * 10**8)]
    demands += [demand((at, at + 1, at + 2), least=10**8) for at in (0, 3, 6)]
    (forest,) = forests(Problem(lines, tuple(demands)))
    slopes = np.random.default_rng(2).uniform(-1e-6, 3e-6, (40, 12))
    together = filled_many(forest, slopes, chunk=100)
    for row, pence in zip(slopes, together, strict=True):
        straight = forest.curves.straight | (row <= 0)
        curves = replace(
            forest.curves,
            slope=row,
            straight=straight,
            scale=np.where(straight, 1.0, forest.curves.scale),
        )
        alone = filled(replace(forest, curves=curves), compiled=False).pence
        assert pence == pytest.approx(alone, abs=1e-3)
