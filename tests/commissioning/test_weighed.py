"""A plan as it is weighed: amounts counted as typed, steps to walk to, and what is worked out."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.commissioning.rules.case import Kind, Rule
from totalplace.commissioning.rules.problem import Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.totals import totals, typed_pence
from totalplace.commissioning.rules.walk_told import differences
from totalplace.commissioning.rules.weighed import Weighed, weigh
from totalplace.commissioning.rules.weighing.prices import prices
from totalplace.doors.report import plan_worked
from totalplace.doors.report.pictures.frontier import Dot, dots
from totalplace.refusal import Refused

from .cases import READY, WELL, case, effect, option

FLOOR = Rule("floor", "places for all", Kind.ENTITLEMENT, ("early-help",), least=Decimal(50_00))


def weighed(*pence: int) -> Weighed:
    """Two services with a guarantee on one of them."""
    of = case(
        option("early-help", 60, effect("2", of=READY)),
        option("visits", 40, effect("1", of=WELL), agency="icb"),
        pounds=100,
        rules=(FLOOR,),
    )
    return weigh(of, pence, title="The plan", cited="plan corner/1")


def test_a_plan_of_another_case_is_not_weighed() -> None:
    with pytest.raises(ValueError, match="1 sums for 2 lines"):
        weighed(1_00)


def test_the_digest_names_case_and_amounts_together() -> None:
    assert weighed(60_00, 40_00).digest == weighed(60_00, 40_00).digest
    assert weighed(60_00, 40_00).digest != weighed(59_99, 40_01).digest


@pytest.mark.parametrize(
    ("said", "pence"),
    [
        ("1,250,000", 125_000_000), ("£ 0.5", 50), ("12.34", 12_34), ("0", 0), ("", None),
        ("-1", None), ("1,2", None), ("12.345", None), ("1e5", None), ("٣", None),
        ("9" * 30, None),
    ],
)  # fmt: skip
def test_sums_are_typed_as_people_write_them(said: str, pence: int | None) -> None:
    assert typed_pence(said) == pence


def test_what_is_lacking_or_too_much_is_said_in_words() -> None:
    it = weighed(45_00, 60_00)
    found = totals(it.case, it.problem, it.pence)
    said = {one.title: one.words for one in found.unmet}
    assert said == {
        "what the block grant can pay in year 1": "£5.00 too much",
        "places for all": "£5.00 too little",
    }
    assert [purse.left for purse in found.purses] == [None]
    assert totals(it.case, it.problem, (55_00, 40_00)).purses[0].left == 5_00


@given(st.integers(0, 100_00), st.integers(0, 100_00))
def test_totals_add_up_and_each_pound_is_left_or_spent(one: int, other: int) -> None:
    it = weighed(one, other)
    found = totals(it.case, it.problem, it.pence)
    assert found.spent == (one + other,)
    assert sum(spent[0] for _, spent, _ in found.by_agency) == one + other
    for purse in found.purses:
        assert purse.left is None or purse.left + one + other == purse.pence


def test_plans_differ_by_services_the_largest_change_first() -> None:
    it = weighed(60_00, 40_00)
    found = differences(it, it.pence, (61_00, 30_00))
    assert [(one.code, one.change) for one in found] == [("visits", -10_00), ("early-help", 1_00)]
    assert differences(it, it.pence, it.pence) == ()


def test_a_price_is_found_where_a_service_that_may_close_has_a_fixed_cost() -> None:
    of = case(
        option("a", 60, effect("2"), fixed_pence=10_00, may_close=True, saturates_units=3),
        option("b", 40, effect("0.1"), fixed_pence=10_00, least_pence=20_00, saturates_units=3),
        option("c", 40, effect("1", of=WELL), saturates_units=3),
        pounds=100,
    )
    it = weigh(of, (60_00, 20_00, 20_00), title="", cited="")
    solved = solve(it.problem)
    assert isinstance(solved, Solved)
    assert prices(it.problem, solved)[0].title.startswith("what the block grant can pay")


def test_what_takes_long_goes_on_while_the_reader_is_told_to_look_again() -> None:
    it, may_end = weighed(1, 2), threading.Event()

    def work() -> int:
        may_end.wait(30)
        return 7

    with pytest.raises(Refused, match="not worked out yet"):
        plan_worked.worked("test", it, work, waits=0.01)
    may_end.set()
    assert plan_worked.worked("test", it, work, waits=None).value == 7
    assert plan_worked.worked("test", it, lambda: 8).value == 7


def test_what_failed_is_tried_again() -> None:
    it = weighed(3, 4)

    def fail() -> int:
        raise Refused("No", why="it failed", next_step="Try again")

    with pytest.raises(Refused, match="it failed"):
        plan_worked.worked("test", it, fail)
    assert plan_worked.worked("test", it, lambda: 9).value == 9


def test_a_picture_says_in_a_sentence_what_it_shows_and_words_are_only_words() -> None:
    found = [Dot(1, 2, "£1", "2.0"), Dot(3, 4, "<b>£3", "4.0")]
    svg = dots("Points", "money", "points", found, mark="m")
    assert "From £1 to &lt;b&gt;£3, points goes from 2.0 to 4.0." in svg
    assert "<b>" not in svg
    assert dots("Points", "money", "points", found[:1], mark="m") == ""
