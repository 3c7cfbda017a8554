"""Words of the count: sums, shares and months as they are read on a page."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.words import (
    before,
    following,
    listed,
    months_said,
    percent,
    plural,
    runs,
    short_pounds,
    whole_pounds,
)

MONTHS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(lambda day: day.replace(day=1))


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (0, "£0"),
        (49, "£0"),
        (50, "£1"),
        (-49, "£0"),
        (-50, "-£1"),
        (123_456_789, "£1,234,568"),
        (-99, "-£1"),
    ],
)
def test_whole_pounds_round_half_a_pound_away_from_nothing(pence: int, said: str) -> None:
    assert whole_pounds(pence) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (87_00, "£87"),
        (9_949_00, "£9,949"),
        (9_950_00, "£10,000"),
        (52_400_00, "£52,000"),
        (999_499_00, "£999,000"),
        (999_500_00, "£1.00 million"),
        (18_825_510_48, "£18.83 million"),
        (-9_300_000_00, "-£9.30 million"),
        (308_500_000_00, "£308.5 million"),
        (5_302_400_000_00, "£5,302.4 million"),
    ],
)
def test_a_headline_says_as_much_as_is_read(pence: int, said: str) -> None:
    assert short_pounds(pence) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0%"),
        (0, 9, "0%"),
        (1, 10_000, "under 0.1%"),
        (1, 1000, "0.1%"),
        (17, 1000, "1.7%"),
        (125, 1000, "13%"),
        (5, 5, "100%"),
        (-4, 8, "50%"),
    ],
)
def test_a_share_is_rounded_and_never_nothing_where_there_is_some(
    part: int, whole: int, said: str
) -> None:
    assert percent(part, whole) == said


@given(MONTHS)
def test_the_month_before_the_following_one_is_the_same(month: date) -> None:
    assert before(following(month)) == month
    assert following(before(month)) == month
    assert 28 <= (following(month) - month).days <= 31


@given(st.lists(MONTHS, max_size=40))
def test_runs_hold_every_month_and_no_other(months: list[date]) -> None:
    held = set()
    for first, last in runs(months):
        month = first
        while month <= last:
            held.add(month)
            month = following(month)
    assert held == set(months)


def test_months_are_said_in_runs() -> None:
    months = [date(2023, 11, 1), date(2024, 1, 1), date(2024, 2, 1)]
    assert months_said(months) == "November 2023; January and February 2024"
    assert months_said([months[0], months[2]]) == "November 2023 and February 2024"
    assert months_said([date(2023, 4, 1), *(date(2023, m, 1) for m in (5, 6))]) == (
        "April to June 2023"
    )
    assert months_said([date(2023, 12, 1), date(2024, 1, 1)]) == "December 2023 and January 2024"


def test_a_long_list_is_cut_and_says_how_much() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], most=2) == "a, b and c"
    assert listed(["a", "b", "c", "d"], most=2) == "a, b and 2 others"


def test_one_row_is_a_row() -> None:
    assert plural(1, "row") == "1 row"
    assert plural(2000, "row") == "2,000 rows"
    assert plural(2, "copy", "copies") == "2 copies"
