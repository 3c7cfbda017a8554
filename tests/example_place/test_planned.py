"""The plan that is known to be best was worked out by hand, and no other comes near."""

from __future__ import annotations

import random
from fractions import Fraction

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.problem import Solved
from totalplace.commissioning.rules.solving import check, last_year, pro_rata, solve
from totalplace.example_place.planned.case import example_case, known_best

CASE = example_case(2027, "decision EX-CC-council/1")
PROBLEM = problem_of(CASE)
BEST = tuple(known_best()[line.option] for line in PROBLEM.lines)


def test_the_known_plan_keeps_every_demand_and_spends_every_penny() -> None:
    assert [one for one in check(PROBLEM, BEST) if not one.met] == []
    held = sum(sum(fund.pence) for fund in CASE.funds)
    assert sum(BEST) == held


def test_no_pound_moved_between_two_services_makes_it_better() -> None:
    """Which, for curves that bend one way, is what it is to be best."""
    chance, reached = random.Random(20261126), PROBLEM.points(BEST)
    lines = range(len(PROBLEM.lines))
    tried = 0
    for _ in range(4_000):
        giver, taker = chance.sample(lines, 2)
        moved, pence = list(BEST), chance.choice((1_00, 1_000_00, 100_000_00))
        moved[giver] -= pence
        moved[taker] += pence
        if any(one.short for one in check(PROBLEM, moved)):
            continue
        tried += 1
        assert PROBLEM.points(moved) <= reached + 1e-9
    assert tried > 200


def test_the_solver_finds_it_to_the_penny_with_its_proof() -> None:
    found = solve(PROBLEM)
    assert isinstance(found, Solved)
    assert max(abs(one - best) for one, best in zip(found.pence, BEST, strict=True)) <= 1
    assert abs(found.bound - PROBLEM.points(BEST)) < 1e-9
    assert all(one.short == Fraction(0) for one in found.checks)


def test_it_reaches_more_than_what_is_done_today() -> None:
    best = PROBLEM.points(BEST)
    assert best > PROBLEM.points(last_year(PROBLEM)) > 0
    assert best > PROBLEM.points(pro_rata(PROBLEM)) > 0
