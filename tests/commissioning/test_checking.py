"""A plan is checked in exact numbers, by a rule that knows nothing of how it was found."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.commissioning.problems import demand, line

from totalplace.commissioning.rules.problem import Aim, Problem
from totalplace.commissioning.rules.solving import check

LARGE = 10**17  # beyond what a float can tell a penny in


def test_a_plan_is_short_by_a_penny_however_large_its_sums() -> None:
    problem = Problem((line(0, LARGE), line(0, LARGE)), (demand((0, 1), least=LARGE + 1),))
    assert check(problem, (LARGE, 0))[0].short == 1
    assert check(problem, (LARGE, 1))[0].met


def test_what_is_too_much_is_short_too() -> None:
    problem = Problem((line(0, 100),), (demand((0,), most=40),))
    assert check(problem, (41,))[0].short == 1


def test_a_demand_in_units_takes_the_fixed_cost_off_where_a_line_is_open() -> None:
    third = Fraction(1, 3)
    its = demand((0,), least=10, each=(third,), opened=(third * 7,))
    problem = Problem((line(7, 100, fixed=7, may_close=True),), (its,))
    assert check(problem, (37,))[0].found == 10
    assert check(problem, (36,))[0].short == third
    assert check(problem, (0,))[0].found == 0


def test_a_line_that_cannot_close_is_open_though_it_spends_nothing() -> None:
    its = demand((0,), least=0, each=(Fraction(1),), opened=(Fraction(2),))
    assert check(Problem((line(0, 9),), (its,)), (0,))[0].found == -2


def test_a_line_that_may_close_is_nought_or_between_its_bounds() -> None:
    problem = Problem((line(5, 9, may_close=True), line(5, 9)), ())
    assert [one.met for one in check(problem, (0, 9))] == [True] * 4
    shut, _, open_, _ = check(problem, (4, 0))
    assert [shut.demand, open_.demand] == ["line 0 least", "line 1 least"]
    assert [shut.short, open_.short] == [1, 5]


def test_an_aim_is_met_but_for_the_rounding_of_floats() -> None:
    aim = Aim("ready", "ready for school", (0,), (2.0,), 6.0, "children")
    problem = Problem((line(0, 10, slope=1.0),), (), (aim,))
    assert check(problem, (3,))[0].met
    assert check(problem, (2,))[0].short == 2


@pytest.mark.parametrize("pence", [(1,), (1, 2, 3), (1.5, 2)])
def test_a_plan_that_is_not_one_whole_sum_a_line_is_an_error(pence: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"sums for|whole number"):
        check(Problem((line(0, 9), line(0, 9)), ()), pence)
