"""Plans against every plan there is, against every choice of what to close, and a second solver."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import inf
from typing import Final

import pytest
from tests.commissioning.exact_cone import most_points
from tests.commissioning.problems import best_by_looking, demand, line, nested, scaled, tangled

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import (
    Aim,
    Demand,
    Impossible,
    Line,
    Method,
    Problem,
    Solved,
)
from totalplace.commissioning.rules.solving import pro_rata, solve

THOROUGH: Final = bool(os.environ.get("TOTALPLACE_THOROUGH"))


def of(problem: Problem) -> Solved:
    its = solve(problem)
    assert isinstance(its, Solved), its.told
    assert all(one.met for one in its.checks)
    return its


@pytest.mark.parametrize("seed", range(3_000 if THOROUGH else 60))
@pytest.mark.parametrize("draw", [nested, tangled])
def test_the_plan_is_the_best_of_all_plans(seed: int, draw: object) -> None:
    problem = nested(seed, most=4) if draw is nested else tangled(seed, most=4)
    best = best_by_looking(problem)
    its = solve(problem)
    assert isinstance(its, Impossible) == (best is None)
    if isinstance(its, Solved):
        assert its.points == pytest.approx(best, rel=1e-6, abs=1e-6)
        assert its.bound == pytest.approx(best, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", range(1_000 if THOROUGH else 50))
def test_with_many_pence_no_plan_on_a_grid_is_better_and_the_bound_is_near(seed: int) -> None:
    small = tangled(seed, most=4)
    problem = scaled(small, 10**7)
    best, its = best_by_looking(small), solve(problem)
    if isinstance(its, Impossible):
        assert best is None
        return
    assert best is None or its.points >= best - 1e-5
    assert best is None or its.bound >= best - 1e-8
    largest = max(abs(one.points(one.most)) for one in problem.lines)
    assert its.gap <= 2e-6 * max(1.0, largest)


def a_place(seed: int, lines: int, agencies: int, *, closing: int = 0) -> Problem:
    """A grant over agencies with a least and a most each, as in a real place."""
    chance = random.Random(seed)
    found: list[Line] = []
    for number in range(lines):
        now = chance.randrange(10**6, 10**8)
        closes = number < closing
        found.append(
            line(
                now // 2, 3 * now, chance.uniform(1, 9) / 1e9, now=now,
                scale=now * chance.uniform(0.3, 3) if chance.random() < 0.9 else inf,
                fixed=now // 3 if closes else 0, may_close=closes,
            )
        )  # fmt: skip
    now = sum(one.now for one in found)
    demands = [demand(tuple(range(lines)), most=now * 95 // 100, kind=Kind.GRANT)]
    for agency in range(agencies):
        its = tuple(range(agency, lines, agencies))
        held = sum(found[at].now for at in its)
        demands.append(demand(its, held * 8 // 10, held * 11 // 10))
    return Problem(tuple(found), tuple(demands))


def crossed(problem: Problem, seed: int, *, aim: bool) -> Problem:
    """The same with demands in units across agencies, a ramp, and an aim."""
    chance = random.Random(seed)
    count = len(problem.lines)
    extra: list[Demand] = []
    for _ in range(6):
        chosen = tuple(chance.sample(range(count), count // 6))
        each = tuple(Fraction(1, chance.randrange(900, 9_000)) for _ in chosen)
        units = sum(one * problem.lines[at].now for one, at in zip(each, chosen, strict=True))
        extra.append(demand(chosen, each=each, least=int(units * Fraction(97, 100))))
    apart = problem.lines[0].now - problem.lines[1].now
    ramp = apart - 10**7, apart + 10**7
    extra.append(demand((0, 1), *ramp, each=(Fraction(1), Fraction(-1))))
    chosen = tuple(range(0, count, 4))
    lines = [problem.lines[at] for at in chosen]
    reach = sum(one.points(one.now) for one in lines)
    target = Aim("aim", "an aim", chosen, (2.0,) * len(chosen), 2 * reach, "children")
    return replace(problem, demands=(*problem.demands, *extra), aims=(target,) * aim)


@pytest.mark.parametrize("seed", range(20 if THOROUGH else 2))
@pytest.mark.parametrize("sort", ["nested", "crossed", "aimed"])
def test_a_second_solver_finds_as_much(seed: int, sort: str) -> None:
    problem = a_place(seed, 120, 8)
    if sort != "nested":
        problem = crossed(problem, seed, aim=sort == "aimed")
    its, other = of(problem), most_points(problem)
    gain = other - problem.points(pro_rata(problem))
    assert its.method is (Method.EXACT if sort == "nested" else Method.CUTS)
    assert its.points >= other - 1e-6 * gain
    assert its.bound >= other - 1e-7 * gain
    assert its.share_lost(problem.points(pro_rata(problem))) <= 1e-6


@pytest.mark.parametrize("seed", range(10 if THOROUGH else 2))
def test_what_opens_and_shuts_is_the_best_of_all_choices(seed: int) -> None:
    problem = a_place(seed, 24, 3, closing=5)
    its = of(problem)
    best = -inf
    for choice in product((True, False), repeat=5):
        lines = [
            replace(one, may_close=False) if is_open else replace(one, least=0, most=0, fixed=0)
            for one, is_open in zip(problem.lines[:5], choice, strict=True)
        ]
        lines = [replace(one, may_close=False) for one in lines]
        tried = solve(replace(problem, lines=(*lines, *problem.lines[5:])))
        best = max(best, tried.points if isinstance(tried, Solved) else -inf)
    assert its.method is Method.BRANCHED
    gain = its.bound - problem.points(pro_rata(problem))
    assert its.points == pytest.approx(best, abs=1e-6 * gain)
    assert its.bound >= best - 1e-9


def test_years_are_tied_by_how_fast_a_service_can_change() -> None:
    lines = [
        line(0, 10**8, 1e-6 * (1 + year), scale=1e8, year=year, option=f"o{at}")
        for year in range(3)
        for at in range(2)
    ]
    money = [demand((2 * year, 2 * year + 1), most=10**8) for year in range(3)]
    ramps = [
        demand((at + 2, at), most=10**7, each=(Fraction(1), Fraction(-1)), kind=Kind.RAMP)
        for at in range(4)
    ]
    its = of(Problem((*lines,), (*money, *ramps)))
    assert all(its.pence[at + 2] - its.pence[at] <= 10**7 for at in range(4))
    assert its.points == pytest.approx(most_points(Problem((*lines,), (*money, *ramps))), rel=1e-6)


@pytest.mark.parametrize("times", [1, 10**3, 10**12])
@pytest.mark.parametrize("worth", [1e-15, 1.0, 1e3])
def test_sums_and_slopes_of_any_size_are_solved(times: int, worth: float) -> None:
    small = tangled(5, most=4, closing=False)
    problem = scaled(small, times)
    lines = tuple(replace(one, slope=one.slope * worth) for one in problem.lines)
    its = of(replace(problem, lines=lines, aims=()))
    best = best_by_looking(replace(small, aims=()))
    assert best is not None
    assert its.points >= worth * (best - 1e-6)


@pytest.mark.parametrize("amount", [-30.0, -1.0, 10.0, 14.4])
def test_an_aim_that_a_useful_service_harms_is_reached_all_the_same(amount: float) -> None:
    lines = tuple(line(0, 10**8, slope, scale=3e7) for slope in (1e-6, 5e-7, 4e-7))
    aim = Aim("aim", "an aim", (0, 1), (-1.0, 1.0), amount, "children")
    problem = Problem(lines, (demand((0, 1, 2), most=15 * 10**7),), (aim,))
    its, best = of(problem), 0.0
    for first, second in product(range(0, 10**8 + 1, 4 * 10**6), repeat=2):
        plan = (first, second, min(10**8, 15 * 10**7 - first - second))
        if plan[2] >= 0 and lines[1].points(second) - lines[0].points(first) >= amount:
            best = max(best, problem.points(plan))
    assert best - 1e-6 <= its.points <= its.bound
    assert its.gap <= 1e-5


def test_a_plan_that_was_not_found_in_time_is_not_said_to_be_impossible() -> None:
    its = solve(crossed(a_place(1, 60, 4, closing=20), 1, aim=True), seconds=1e-9)
    assert isinstance(its, Impossible)
    assert "does not prove" in its.told


def test_an_aim_that_a_curve_only_just_reaches_is_reached() -> None:
    problem = scaled(tangled(11_609, count=3, most=4), 10**5)
    assert of(problem).points >= 5.89


def test_units_of_a_hundred_different_costs_are_beyond_no_float() -> None:
    chance = random.Random(3)
    costs = chance.sample(range(10_001, 99_999, 2), 150)  # multiplied together: 600 digits and more
    lines = tuple(line(0, 10**8, chance.uniform(1, 9) / 1e9, scale=2e7, now=10**7) for _ in costs)
    units = demand(
        tuple(range(150)),
        each=tuple(Fraction(1, one) for one in costs),
        least=150 * 10**7 // 50_000,
    )
    problem = Problem(lines, (units, demand(tuple(range(150)), most=150 * 10**7)))
    its = of(problem)
    assert its.points == pytest.approx(most_points(problem), rel=1e-6)
    assert its.share_lost(problem.points(pro_rata(problem))) <= 1e-6


def test_no_lines_and_no_demands_are_a_plan() -> None:
    assert of(Problem((), ())).pence == ()
    assert of(Problem((line(3, 9, 1.0),), ())).pence == (9,)
    assert of(Problem((line(3, 9, 1.0),), (demand((), most=0),))).pence == (9,)


def test_money_for_a_whole_year_of_nothing_worth_buying_stays() -> None:
    its = of(Problem((line(0, 10**6, 0.0, now=300),), (demand((0,), most=10**6),)))
    assert its.pence == (300,)


def test_demands_that_cannot_be_met_together_are_named() -> None:
    lines = (line(0, 10**6), line(0, 10**6), line(0, 10**6))
    overlapping = (
        demand((0, 1), least=10**6 + 1, title="schools and parks"),
        demand((1, 2), least=10**6, title="parks and roads"),
        demand((0, 1, 2), most=10**6, title="the grant"),
        demand((2,), least=1, title="a road"),
    )
    its = solve(Problem(lines, overlapping))
    assert isinstance(its, Impossible)
    assert "schools and parks" in its.told


def test_a_demand_that_its_own_lines_cannot_meet_is_named() -> None:
    its = solve(Problem((line(0, 5),), (demand((0,), least=6, title="the floor of beds"),)))
    assert isinstance(its, Impossible)
    assert its.told.startswith("the floor of beds")


@pytest.mark.parametrize("wrong", [{"scale": 0.0}, {"slope": -1.0, "scale": 5.0}, {"fixed": 4}])
def test_a_line_whose_returns_make_no_sense_is_an_error(wrong: dict[str, float]) -> None:
    its = replace(line(2, 9), **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="service"):
        solve(Problem((its,), ()))


def test_a_target_that_is_reached_but_for_rounding_by_what_is_settled_is_no_target() -> None:
    line = Line("reading", 0, "council", 100, 100, 100, slope=0.01)
    reached = line.points(100)
    aim = Aim("target", "so many children", (0,), (1.0,), reached * (1 + 1e-12), "children")
    assert isinstance(solve(Problem((line,), (), (aim,))), Solved)


def test_what_is_found_impossible_only_by_a_tolerance_is_tried_each_way() -> None:
    """Open or shut within a thousand millionth, of seven million pounds, is more than a penny."""
    lines = (
        Line("a", 0, "council", 30_693_190, 30_693_190, 10**9, slope=1e-9),
        Line(
            "b", 0, "council", 0, 673_704_567, 673_704_568, 1e-9, fixed=336_852_283, may_close=True
        ),
        Line("c", 0, "council", 0, 590_181_300, 10**9, slope=1e-9, may_close=True),
    )
    all_of_it, units = Fraction(1_294_579_058), Fraction(89_385_208_016_259, 42_244_750)
    each = (Fraction(1, 4_567), Fraction(1, 1_000), Fraction(1, 333))
    opened = (Fraction(0), Fraction(336_852_283, 1_000), Fraction(0))
    demands = (
        Demand("all", "the money", Kind.GRANT, (0, 1, 2), None, None, all_of_it),
        Demand("a", "most of a", Kind.CONDITION, (0,), None, None, Fraction(30_693_191)),
        Demand("c", "c", Kind.CONDITION, (2,), None, Fraction(590_181_300), Fraction(590_181_300)),
        Demand("d", "units", Kind.ENTITLEMENT, (0, 1, 2), each, units, None, "units", "", opened),
    )
    found = solve(Problem(lines, demands))
    assert isinstance(found, Solved)
    assert found.pence[1] > 0


def test_nobody_says_that_there_is_no_plan_where_todays_meets_every_demand() -> None:
    lines = tuple(
        Line(f"o{n}", 0, "council", now, 0, 1_000, 1e-3) for n, now in enumerate((331, 7, 123))
    )
    each = (Fraction(1, 333), Fraction(1, 7), Fraction(1, 123_457))
    held = sum((by * line.now for by, line in zip(each, lines, strict=True)), Fraction(0))
    exact = Demand("d", "so many units", Kind.CONDITION, (0, 1, 2), each, held, held, "units")
    found = solve(Problem(lines, (exact,)))
    assert isinstance(found, Solved)
    assert found.bound >= found.points
