"""Plans without a solver: last year, a cut for all, and a ranked list."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.problems import demand, line

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.problem import Problem
from totalplace.commissioning.rules.solving import by_priority, last_year, pro_rata


def granted(pence: int, *now: int) -> Problem:
    lines = tuple(line(0, 10**9, now=sum_) for sum_ in now)
    return Problem(lines, (demand(tuple(range(len(now))), most=pence, kind=Kind.GRANT),))


def test_last_year_is_what_is_spent_now_though_there_is_not_the_money() -> None:
    assert last_year(granted(10, 30, 40)) == (30, 40)


@given(st.integers(0, 10**13), st.lists(st.integers(0, 10**12), min_size=1).filter(any))
def test_a_cut_for_all_spends_the_grant_to_the_penny(pence: int, now: list[int]) -> None:
    assert sum(pro_rata(granted(pence, *now))) == pence


def test_each_year_is_cut_to_its_own_money() -> None:
    lines = tuple(line(0, 99, now=50, year=year) for year in (0, 0, 1, 1))
    money = demand((0, 1), most=100, kind=Kind.GRANT), demand((2, 3), most=80, kind=Kind.GRANT)
    assert pro_rata(Problem(lines, money)) == (50, 50, 40, 40)


def test_where_nothing_is_spent_now_there_is_nothing_to_cut() -> None:
    assert pro_rata(granted(10, 0, 0)) == (0, 0)


def test_a_line_whose_year_has_no_money_stays_as_it_is() -> None:
    assert pro_rata(Problem((line(0, 9, now=7),), ())) == (7,)


def test_a_ranked_list_fills_the_best_for_a_pound_until_the_money_runs_out() -> None:
    its = granted(100, 0, 0, 0)
    slopes = zip(its.lines, (1.0, 3.0, 2.0), strict=True)
    lines = tuple(replace(one, slope=slope, most=60) for one, slope in slopes)
    assert by_priority(replace(its, lines=lines)) == (0, 60, 40)


def test_a_ranked_list_gives_every_line_its_least_first_and_opens_none_in_part() -> None:
    its = granted(100, 0, 0)
    floor, gate = line(30, 50, slope=1.0), line(80, 90, slope=9.0, may_close=True)
    assert by_priority(replace(its, lines=(floor, gate))) == (50, 0)
