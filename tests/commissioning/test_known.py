"""How much of a plan is known stands on it, and decides what it may be called."""

from __future__ import annotations

import pytest
from tests.commissioning.cases import WELL, case, effect, option

from totalplace.commissioning.definitions.known import bar, read_bar
from totalplace.commissioning.rules.known_told import chance_words, sentences, share_told
from totalplace.commissioning.rules.weighing.chance import Chance, Direction
from totalplace.commissioning.rules.weighing.known import (
    BEST,
    GUESSES,
    Bar,
    Footing,
    Pounds,
    footing_of,
    known,
)
from totalplace.refusal import Refused

OPEN = option("reading", 400, effect("0.5"))
ACCEPTED = option("talks", 300, effect("9", address="", accepted="record/12"), agency="nhs")
BOTH = option("walks", 200, effect("1"), effect("2", of=WELL, address="", accepted="record/13"))
ROADS = option("roads", 100)
HALF = Bar(openable=50, kept=90)
SURE = Chance(1.0, 0.0, 0.99962, 1.0, 9.0, 0.1, 5.8, 12.1, 1, 10_000)


def test_pounds_are_told_by_what_their_effects_rest_on() -> None:
    its = known(case(OPEN, ACCEPTED, BOTH, ROADS, pounds=1_000), (50_000, 20_000, 20_000, 10_000))
    assert its.now == Pounds(openable=40_000, accepted=50_000, without=10_000)
    assert its.planned == Pounds(openable=50_000, accepted=40_000, without=10_000)
    assert {one.agency: one.planned.total for one in its.agencies} == {
        "council": 80_000, "nhs": 20_000,
    }  # fmt: skip


def test_the_weakest_of_its_effects_is_what_an_option_rests_on() -> None:
    assert footing_of(BOTH) is Footing.ACCEPTED


def test_an_effect_of_a_unit_that_nobody_priced_says_nothing_of_money() -> None:
    assert footing_of(option("reading", 1, effect("1"), unit_pence=None)) is Footing.NONE


def test_all_years_of_a_plan_are_counted() -> None:
    its = known(case(OPEN, ROADS, pounds=1_000, years=2), (1, 10_000, 2, 10_000))
    assert its.planned == Pounds(openable=3, accepted=0, without=20_000)


@pytest.mark.parametrize(
    ("openable", "kept", "bar_", "may"),
    [(50, 0.9, HALF, True), (49, 0.9, HALF, False), (50, 0.89, HALF, False),
     (50, None, HALF, False), (50, 0.9, None, False)],
)  # fmt: skip
def test_nothing_is_called_best_below_either_share(
    openable: int, kept: float | None, bar_: Bar | None, *, may: bool
) -> None:
    its = known(case(OPEN, ROADS, pounds=1), (openable, 100 - openable), bar=bar_, kept=kept)
    assert its.best_may_be_said is may
    assert its.words == (BEST if may else f"the plan, {GUESSES}")


def test_a_plan_of_another_case_is_refused() -> None:
    with pytest.raises(Refused, match="it has 1 sums, and the case has 2"):
        known(case(OPEN, ROADS, pounds=1), (5,))


def test_the_shares_that_ship_can_be_read() -> None:
    assert bar() == HALF


def test_a_share_of_more_than_all_is_refused() -> None:
    text = (
        "title: t\nwhy: w\nowner: o\nas_of: 2026-01-01\nreview_by: 2027-01-01\nsources: [s]\n"
        "openable_per_cent: 101\nkept_per_cent: 90\n"
    )
    with pytest.raises(Refused, match="line 7, openable_per_cent"):
        read_bar(text)


@pytest.mark.parametrize(
    ("beats", "said"),
    [((1.0, 0.99962, 1.0), "In more than 99.9 of every 100 ways"),
     ((0.9985, 0.9975, 0.9991), "today's spending (between 99.7 and 100.0)"),
     ((0.9985, 0.9975, 0.9991), "In 99.8 of every 100 ways"),
     ((0.0, 0.0, 0.00038), "In fewer than 0.1 of every 100 ways"),
     ((0.87, 0.863, 0.8765), "today's spending (between 86 and 88)")],
)  # fmt: skip
def test_a_chance_says_no_more_than_its_draws_can_tell(
    beats: tuple[float, float, float], said: str
) -> None:
    share, low, high = beats
    its = Chance(share, 0.0, low, high, -6.36, 0.1, -9.0, -3.1, 1, 10_000)
    assert said in chance_words(its)
    assert "it loses 6.4 points on average" in chance_words(its)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.156937, "15.7%"), (0.99999, "99.9%"), (1.0, "100.0%"), (0.0, "0.0%"), (1e-6, "under 0.1%")],
)
def test_a_share_is_told_to_one_digit_and_nearly_all_is_not_all(share: float, said: str) -> None:
    assert share_told(share) == said


def test_of_every_100_pounds_as_much_is_told_as_in_the_table_of_shares() -> None:
    its = known(case(OPEN, ROADS, pounds=1_000), (156_937, 843_063))
    first = sentences(its, SURE, Direction(None, 0.0, 0, (), 0, 1, 100))[0]
    assert "£15.70 rests on effects with a source" in first
    assert "£84.30 has no known effect" in first
