"""What a demand costs in outcomes: by hand, and by solving again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import exp
from typing import Any

import pytest
from tests.commissioning.cases import READY, WELL, case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, In, Kind, Rule
from totalplace.commissioning.rules.problem import Impossible, Problem, Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.prices import HOLDS, How, Price, prices
from totalplace.commissioning.rules.weighing.refusals_giving import given_way

RING = Rule(
    "ring", "money for falls alone", Kind.RING_FENCE, ("falls",), In.PENCE, Decimal(400_000)
)


def _straight(**more: Any) -> Case:
    reading, falls = (
        option("reading", 5_000, effect("0.5")),
        option("falls", 5_000, effect("0.2", of=WELL)),
    )
    return case(reading, falls, pounds=10_000, rules=(RING,), **more)


def _curved(ring: int = 450_000) -> Case:
    return case(
        option("reading", 5_000, effect("0.5"), saturates_units=500),
        option("falls", 5_000, effect("0.5", of=WELL), saturates_units=500),
        option("talks", 1_000, effect("0.4"), capacity_units=120, saturates_units=300),
        pounds=10_000,
        rules=(replace(RING, least=Decimal(ring)),),
    )


def _solved(problem: Problem) -> Solved:
    found = solve(problem)
    assert not isinstance(found, Impossible)
    return found


def _priced(its: Case, code: str, looks: int = 4) -> Price:
    problem = problem_of(its)
    found = prices(problem, _solved(problem), looks=looks)
    return next(one for one in found if one.demand == code)


def test_the_price_of_a_ring_fence_is_what_the_pound_reaches_elsewhere_less_what_it_does_here() -> (
    None
):
    its = _priced(_straight(), "ring")
    # 60 * 0.5 and 40 * 0.2 points for 1,000 places of £10 each
    assert its.points_per == pytest.approx((60 * 0.5 - 40 * 0.2) / 10_000, rel=1e-4)
    assert its.whole_cost_points == pytest.approx(4_000 * 22 / 10_000)
    assert (its.low, its.high) == (Fraction(0), Fraction(800_000))
    assert its.how is How.DUAL
    assert its.told == (
        "money for falls alone: at least £4,000. It costs 8.8 points in all: a plan without it "
        "reaches so much more. Each £100 less of it would win 0.22 points. That holds, within a "
        "tenth, between £0 and £8,000."
    )


def test_the_price_of_the_grant_is_what_the_next_pound_reaches() -> None:
    its = _priced(_straight(), "money grant 1")
    assert its.points_per == pytest.approx(60 * 0.5 / 10_000, rel=1e-4)
    assert its.whole_cost_points is None  # without it money would have no end


def test_a_demand_that_holds_nothing_back_costs_nothing_and_says_so() -> None:
    spare = replace(RING, code="spare", options=("reading",), least=Decimal(100))
    its = _priced(replace(_straight(), rules=(RING, spare)), "spare")
    assert its.costs_nothing
    assert its.told.endswith("It costs nothing: the plan would do so without it.")


def test_prices_of_curves_are_those_of_the_hand() -> None:
    # £4,300 on reading, £4,500 on falls, £1,200 on talks; what bends does so over £5,000 and £3,000
    reading = 60 * 0.5 / 10_000 * exp(-4_300 / 5_000)
    falls = 40 * 0.5 / 10_000 * exp(-4_500 / 5_000)
    talks = 60 * 0.4 / 10_000 * exp(-1_200 / 3_000)
    its = _curved()
    assert _priced(its, "money grant 1", 0).points_per == pytest.approx(reading, rel=1e-4)
    assert _priced(its, "ring", 0).points_per == pytest.approx(reading - falls, rel=1e-4)
    assert _priced(its, "line 2 most", 0).points_per == pytest.approx(talks - reading, rel=1e-3)


@pytest.mark.parametrize("ring", [420_000, 450_000, 600_000])
def test_every_price_is_what_a_plan_solved_again_wins_and_loses(ring: int) -> None:
    problem = problem_of(_curved(ring))
    solved = _solved(problem)
    for its in prices(problem, solved, looks=0):
        step = Fraction(200)
        key = its.demand, its.side
        won = _solved(given_way(problem, {key: step})).points - solved.points
        lost = solved.points - _solved(given_way(problem, {key: -step})).points
        assert won == pytest.approx(its.points_per * 2, rel=0.01, abs=1e-6)
        assert lost == pytest.approx((its.points_tighter or 0.0) * 2, rel=0.01, abs=1e-6)


def test_a_price_holds_within_a_tenth_over_the_range_that_is_said() -> None:
    problem = problem_of(_curved())
    solved = _solved(problem)
    its = _priced(_curved(), "ring", 6)
    assert its.low is not None
    assert its.high is not None
    assert its.low < its.amount < its.high
    for end in (its.low, its.high):
        by = its.amount - end
        change = _solved(given_way(problem, {("ring", "least"): by})).points - solved.points
        assert change / float(by) * 100 == pytest.approx(its.points_per, rel=HOLDS + 0.01)


def test_where_two_demands_hold_the_same_pound_neither_alone_wins_anything() -> None:
    again = replace(RING, code="again")
    problem = problem_of(replace(_straight(), rules=(RING, again)))
    found = {one.demand: one for one in prices(problem, _solved(problem), looks=0)}
    for code in ("ring", "again"):
        assert found[code].points_per == 0
        assert found[code].points_tighter == pytest.approx(22 / 10_000, rel=1e-3)


def test_where_a_service_can_close_the_price_is_the_difference_of_two_plans() -> None:
    falls = option("falls", 5_000, effect("0.2", of=WELL), fixed_pence=200_000, may_close=True)
    floor = replace(RING, kind=Kind.ENTITLEMENT, counted=In.UNITS, least=Decimal(300))
    its = case(option("reading", 5_000, effect("0.5")), falls, pounds=10_000, rules=(floor,))
    price = _priced(its, "ring")
    assert price.how is How.RESOLVED
    # 300 places cost £3,000 and the fixed £2,000; a place less moves £10 from falls to reading
    assert price.points_per == pytest.approx((60 * 0.5 - 40 * 0.2) / 1_000)
    # without it falls close altogether, and all of its £5,000 goes to reading
    assert price.whole_cost_points == pytest.approx(5_000 * 0.003 - 3_000 * 0.0008)


def test_a_target_has_a_price_too() -> None:
    rule = Rule("aim", "fewer falls", Kind.TARGET, ("falls",), In.EFFECT, Decimal(80), outcome=WELL)
    reading, falls = (
        option("reading", 5_000, effect("0.5")),
        option("falls", 5_000, effect("0.2", of=WELL)),
    )
    price = _priced(case(reading, falls, pounds=10_000, rules=(rule,)), "aim aim")
    # a fall less is 5 places, £50, which reach 0.15 points in reading and 0.04 in falls
    assert price.points_per == pytest.approx(0.11, rel=1e-3)
    assert price.how is How.RESOLVED
    assert READY != WELL


def test_at_the_ends_of_its_range_the_next_pound_costs_within_a_tenth_of_the_price() -> None:
    reading = option("reading", 0, effect("1"), saturates_units=500)
    fills = option("reading", 0, effect("1"), capacity_units=1_090)
    little = option("falls", 0, effect("0.01", of=WELL))
    for its in (case(reading, pounds=10_000), case(fills, little, pounds=10_000)):
        problem = problem_of(its)
        price = _priced(its, "money grant 1", 6)
        assert price.low is not None
        assert price.high is not None
        assert price.low < price.amount < price.high
        for end in (price.low, price.high):
            more = given_way(problem, {("money grant 1", "most"): end - price.amount})
            after = given_way(more, {("money grant 1", "most"): Fraction(1_000)})
            each = (_solved(after).points - _solved(more).points) / 10
            assert each == pytest.approx(price.points_per, rel=HOLDS)


def test_without_a_rule_a_service_still_takes_no_more_than_it_can() -> None:
    reading = option("reading", 5_000, effect("1"), capacity_units=150)
    falls = option("falls", 5_000, effect("0.1", of=WELL))
    rule = Rule("few", "few places", Kind.VIREMENT, ("reading",), In.UNITS, None, Decimal(120))
    its = case(reading, falls, pounds=10_000, rules=(rule,))
    price = _priced(its, "few")
    # 30 places more at £10, which the other service would then not have
    assert price.whole_cost_points == pytest.approx(30 * 60 * 1 / 1_000 - 30 * 40 * 0.1 / 1_000)
    assert price.high is not None
    assert price.high <= 150


def test_where_a_rule_says_what_a_service_can_take_neither_alone_costs_anything() -> None:
    reading = option("reading", 5_000, effect("1"), capacity_units=120)
    falls = option("falls", 5_000, effect("0.1", of=WELL))
    rule = Rule("few", "few places", Kind.VIREMENT, ("reading",), In.UNITS, None, Decimal(120))
    its = case(reading, falls, pounds=10_000, rules=(rule,))
    assert _priced(its, "few").costs_nothing
    assert _priced(its, "line 0 most").costs_nothing


def test_where_services_close_money_that_wins_nothing_at_first_is_not_called_free() -> None:
    closed = option("falls", 0, effect("9", of=WELL), fixed_pence=500_000, may_close=True)
    its = case(option("reading", 1_000, effect("1"), capacity_units=100), closed, pounds=1_000)
    price = _priced(its, "money grant 1")
    assert price.how is How.RESOLVED
    assert price.points_per == 0
    assert not price.costs_nothing
    assert price.told.endswith("A little more of it alone would win nothing.")
