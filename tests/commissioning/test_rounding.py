"""Whole pence near sums that have fractions, and every demand met exactly."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.problems import demand, line, nested, scaled

from totalplace.commissioning.rules.problem import Impossible, Problem, Solved
from totalplace.commissioning.rules.solving import check, solve
from totalplace.commissioning.rules.solving.nesting import tree_of
from totalplace.commissioning.rules.solving.parts import Part, parts_of
from totalplace.commissioning.rules.solving.pennies import in_pence
from totalplace.commissioning.rules.solving.reducing import Reduced, reduced
from totalplace.commissioning.rules.solving.rounding import Cascade


def part_of(problem: Problem) -> Part:
    left = reduced(problem)
    assert isinstance(left, Reduced)
    (part,) = parts_of(left)
    return part


def test_odd_pence_go_to_those_cut_by_most() -> None:
    part = part_of(Problem((line(0, 99),) * 3, (demand((0, 1, 2), most=10),)))
    tree = tree_of(part)
    assert tree is not None
    cascade = Cascade(tree, (part.low, part.high))
    assert cascade.shared([3.2, 3.7, 3.1]) == [3, 4, 3]


@given(st.integers(0, 10**9))
def test_a_tree_is_shared_out_within_a_penny_and_keeps_every_demand(seed: int) -> None:
    chance = random.Random(seed)
    problem = nested(seed, count=8, most=30, depth=4)
    left = reduced(problem)
    if isinstance(left, Impossible):
        return
    for part in parts_of(left):
        tree = tree_of(part)
        assert tree is not None
        cascade = Cascade(tree, (part.low, part.high))
        if cascade.impossible is not None:
            continue
        # any mixture of two plans that meet the demands meets them too, with fractions
        ends = [
            cascade.shared([chance.uniform(low, high) for low, high in
                            zip(part.low, part.high, strict=True)])
            for _ in range(2)
        ]  # fmt: skip
        share = chance.random()
        mixed = [share * one + (1 - share) * other for one, other in zip(*ends, strict=True)]
        pence = cascade.shared(mixed)
        assert max(abs(a - b) for a, b in zip(pence, mixed, strict=True)) < 1 + 1e-9
        for group in tree.groups:
            total = sum(pence[at] for at in group.lines)
            assert group.least is None or total >= group.least
            assert group.most is None or total <= group.most


def test_demands_in_units_that_overlap_are_mended_in_whole_pence() -> None:
    lines = (line(0, 10**6), line(0, 10**6), line(0, 10**6))
    units = demand((0, 1), least=100, each=(Fraction(1, 701), Fraction(1, 337)))
    part = part_of(Problem(lines, (units, demand((1, 2), most=30_001))))
    pence = in_pence(part, np.array([9_000.4, 29_373.7, 627.3]), np.ones(3, dtype=bool))
    assert pence is not None
    assert all(one.met for one in check(Problem(lines, (units,)), pence))
    assert pence[1] + pence[2] == 30_001


def test_an_equality_in_units_that_whole_pence_can_only_just_meet_is_met() -> None:
    lines = (line(0, 10**9, 1e-6), line(0, 10**9, 2e-6))
    even = demand((0, 1), least=0, most=0, each=(Fraction(1, 3), Fraction(-1, 2)))
    its = solve(Problem(lines, (even, demand((0, 1), most=999_999_999))))
    assert isinstance(its, Solved)
    assert 2 * its.pence[0] == 3 * its.pence[1]
    assert sum(its.pence) == 999_999_995


def test_what_no_whole_pence_can_meet_is_said_to_be_so() -> None:
    lines = (line(0, 10**6), line(0, 10**6))
    halves = demand((0, 1), least=1, most=1, each=(Fraction(2), Fraction(-2)))
    its = solve(Problem(lines, (halves,)))
    assert isinstance(its, Impossible)
    assert "whole pence" in its.told or "cannot" in its.told


@given(st.integers(0, 10**9))
def test_all_money_that_is_worth_spending_is_spent(seed: int) -> None:
    chance = random.Random(seed)
    lines = tuple(
        line(0, 10**9, chance.uniform(1e-9, 1e-6), scale=chance.uniform(1e7, 1e9)) for _ in range(7)
    )
    money = chance.randint(1, 6 * 10**9)
    its = solve(Problem(lines, (demand(tuple(range(7)), most=money),)))
    assert isinstance(its, Solved)
    assert sum(its.pence) == money


def test_sums_of_ten_thousand_million_pounds_are_exact() -> None:
    its = solve(scaled(nested(11, count=6, most=9), 10**12))
    assert isinstance(its, Solved)
    assert all(one.met for one in its.checks)
