"""What a plan brings each outcome, what targets count, and how fast services open and shut."""

from __future__ import annotations

from decimal import Decimal
from math import exp

import pytest
from tests.commissioning.cases import READY, WELL, case, effect, option, wanted

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, In, Kind, Prevents, Rule
from totalplace.commissioning.rules.problem import Impossible, Solved
from totalplace.commissioning.rules.reaching import brought
from totalplace.commissioning.rules.solving import check, solve


def _plan(its: Case) -> tuple[int, ...]:
    problem = problem_of(its)
    found = solve(problem)
    assert isinstance(found, Solved), found
    assert [one for one in check(problem, found.pence) if not one.met] == []
    return found.pence


def _target(least: str, of: tuple[str, str] = READY, year: int | None = None) -> Rule:
    return Rule("target", "so many children", Kind.TARGET, ("reading",), In.EFFECT,
                Decimal(least), None, year, of)  # fmt: skip


def test_a_target_is_counted_in_its_year_and_not_discounted() -> None:
    reading = option("reading", 0, effect("1"), capacity_units=100)
    every_year = case(reading, pounds=1_000, rules=(_target("100"),), years=3)
    assert _plan(every_year) == (100_000,) * 3
    more = case(reading, pounds=1_000, rules=(_target("100.1"),), years=3)
    assert isinstance(solve(problem_of(more)), Impossible)


def test_an_effect_of_three_years_is_not_all_felt_in_the_first() -> None:
    reading = option("reading", 0, effect("1", lasts_years=3), capacity_units=100)
    assert isinstance(
        solve(problem_of(case(reading, pounds=1_000, rules=(_target("250"),)))), Impossible
    )
    third = case(reading, pounds=1_000, rules=(_target("250", year=2),), years=3)
    assert sum(_plan(third)) >= 250_000


def test_what_was_spent_before_the_plan_is_felt_in_it() -> None:
    reading = option("reading", 500, effect("1", lag_years=1), capacity_units=50)
    assert len(_plan(case(reading, pounds=500, rules=(_target("50", year=0),)))) == 1


def test_a_target_counts_what_has_no_points() -> None:
    weightless = case(
        option("reading", 0, effect("1"), effect("0", of=WELL)), pounds=200, rules=(_target("15"),)
    )
    its = Case(**{
        **{name: getattr(weightless, name) for name in weightless.__slots__},
        "wanted": (wanted(READY, 0), wanted(WELL, 100)),
    })  # fmt: skip
    assert _plan(its)[0] >= 15_000
    cancels = effect("-1", of=WELL, low=Decimal(-2), high=Decimal(0))
    even = Case(**{
        **{name: getattr(its, name) for name in its.__slots__},
        "options": (option("reading", 0, effect("1"), cancels),),
        "wanted": (wanted(READY, 50), wanted(WELL, 50)),
    })  # fmt: skip
    assert _plan(even)[0] >= 15_000


def test_prevention_makes_fewer_units_needed_and_leaves_as_many_allowed() -> None:
    floor = Rule("beds", "beds", Kind.ENTITLEMENT, ("beds",), In.UNITS, Decimal(50), Decimal(100))
    its = case(
        option("visits", 0, effect("1"), capacity_units=100,
               prevents=(Prevents("beds", Decimal(1), 0),)),
        option("beds", 0, effect("0.5"), capacity_units=100),
        pounds=2_000, rules=(floor,),
    )  # fmt: skip
    assert _plan(its) == (100_000, 100_000)


def test_a_new_service_opens_with_its_fixed_cost_and_so_many_units_a_year() -> None:
    new = option("clubs", 0, effect("1"), fixed_pence=100_000, most_more_units=50, may_close=True)
    assert _plan(case(new, pounds=5_000, years=2)) == (150_000, 200_000)


def test_a_service_shuts_as_fast_in_a_later_year_as_in_the_first() -> None:
    harms = effect("-1", low=Decimal(-2), high=Decimal("-0.5"))
    old = option("fines", 2_000, harms, fixed_pence=100_000, most_fewer_units=50, may_close=True)
    assert _plan(case(old, pounds=5_000, years=3)) == (150_000, 0, 0)


def test_a_service_with_a_floor_does_not_close() -> None:
    kept = option("clubs", 100, effect("0.001"), least_pence=10_000, may_close=True)
    better = option("reading", 0, effect("1"))
    assert _plan(case(kept, better, pounds=500)) == (10_000, 40_000)


def test_what_a_plan_brings_is_in_what_the_outcome_is_counted_in() -> None:
    its = case(
        option("reading", 1_000, effect("0.5"), saturates_units=200),
        option("visits", 1_000, effect("0.2", of=WELL)),
        pounds=3_000,
    )
    problem = problem_of(its)
    ready, well = brought(its, (200_000, 100_000), problem.lines)
    assert ready.today == pytest.approx(0.5 * 200 * (1 - exp(-0.5)))
    assert ready.planned == pytest.approx(0.5 * 200 * (1 - exp(-1)))
    assert (well.today, well.planned, well.low, well.high) == pytest.approx((20, 20, 10, 30))
    assert not ready.past_target
    # points are the same, weighted by what each is of the way
    points = 60 * ready.planned / 1_000 + 40 * well.planned / 1_000
    assert problem.points((200_000, 100_000)) == pytest.approx(points)


def test_more_than_the_whole_way_is_said_to_be_past_the_target() -> None:
    its = case(option("reading", 0, effect("1")), pounds=20_000)
    (ready, _) = brought(its, (2_000_000,), problem_of(its).lines)
    assert ready.past_target
