"""Each pound of a plan is paid from one fund that may pay for it, and each fund pays once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.cases import case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, Fund
from totalplace.commissioning.rules.funding import payers
from totalplace.commissioning.rules.solving import check, paid_from
from totalplace.refusal import Refused


def overlapping(*, must_spend: bool = False) -> Case:
    funds = (
        Fund("grant", "the block grant", (1_000,)),
        Fund("schools", "schools' money", (200,), only=True),
        Fund("health", "health's money", (300,), only=True, must_spend=must_spend),
    )
    reading = option("reading", 0, effect("1"), funds=("schools", "grant"))
    falls = option("falls", 0, effect("1"), funds=("health", "grant"))
    parks = option("parks", 0, effect("1"))
    return case(reading, falls, parks, pounds=0, funds=funds)


def test_money_that_may_go_to_one_thing_only_leaves_the_rest_for_others() -> None:
    paid = paid_from(overlapping(), (200, 300, 1_000))
    assert paid["reading", 0] == {"schools": 200}
    assert paid["falls", 0] == {"health": 300}
    assert paid["parks", 0] == {"grant": 1_000}


def test_what_must_be_spent_is_spent_before_what_need_not() -> None:
    paid = paid_from(overlapping(must_spend=True), (0, 300, 0))
    assert paid["falls", 0] == {"health": 300}


def test_a_plan_that_leaves_money_that_must_be_spent_is_refused() -> None:
    with pytest.raises(Refused, match="health is not all used"):
        paid_from(overlapping(must_spend=True), (200, 299, 0))


def test_a_plan_that_the_funds_cannot_pay_is_refused_with_the_sum() -> None:
    with pytest.raises(Refused, match="7 pence of year 1"):
        paid_from(overlapping(), (0, 307, 1_000))


def test_what_costs_nothing_has_no_payer() -> None:
    assert paid_from(overlapping(), (0, 0, 0))["parks", 0] == {}


def drawn(seed: int) -> Case:
    chance = random.Random(seed)
    codes = ["grant", "a", "b", "c"]
    funds = tuple(
        Fund(
            code, code, tuple(chance.randint(0, 500) for _ in range(2)),
            only=code != "grant" and chance.random() < 0.7, must_spend=chance.random() < 0.3,
        )
        for code in codes
    )  # fmt: skip
    options = [
        option(
            f"o{number}", 0, effect("1"),
            funds=tuple(sorted(chance.sample(codes, chance.choice([0, 1, 2, 3])))),
        )
        for number in range(6)
    ]  # fmt: skip
    return case(*options, pounds=0, years=2, funds=funds)


@given(st.integers(0, 10**6))
def test_each_pound_is_paid_once_wherever_the_demands_say_that_it_can_be(seed: int) -> None:
    its, chance = drawn(seed), random.Random(seed)
    problem = problem_of(its)
    pence = tuple(chance.randint(0, 300) for _ in problem.lines)
    money = [one for one in check(problem, pence) if one.demand.startswith(("money", "spend"))]
    if not all(one.met for one in money):
        with pytest.raises(Refused):
            paid_from(its, pence)
        return
    paid = paid_from(its, pence)
    for year in range(2):
        for place, one in enumerate(its.options):
            its_payers = paid[one.code, year]
            assert sum(its_payers.values()) == pence[year * len(its.options) + place]
            assert its_payers.keys() <= payers(its, one)
        for fund in its.funds:
            spent = sum(paid[one.code, year].get(fund.code, 0) for one in its.options)
            assert spent <= fund.pence[year]
            assert spent == fund.pence[year] or not fund.must_spend
