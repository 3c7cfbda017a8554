"""Days are counted as the law counts them, and as two other ways of counting do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import (
    Counting,
    clear_days,
    first_day_after,
    last_day_of,
    local_day,
)
from totalplace.decisions.rules.holidays import bank_holidays, easter
from totalplace.refusal import Refused

# As GOV.UK published them for England and Wales, typed line by line and not computed.
PUBLISHED: Final = {
    int(year): days.split()
    for year, _, days in (
        line.partition(": ")
        for line in (Path(__file__).parent / "bank_holidays.txt").read_text().splitlines()
        if line and not line.startswith("#")
    )
}
DAYS: Final = st.dates(date(2011, 1, 1), date(2029, 12, 31))
WORKING, CALENDAR = Counting.WORKING, Counting.CALENDAR


@pytest.mark.parametrize("year", sorted(PUBLISHED))
def test_bank_holidays_are_those_that_were_published(year: int) -> None:
    computed = [f"{day:%m-%d}" for day in bank_holidays(year, proclaimed())]
    assert computed == PUBLISHED[year]


def test_there_are_seventeen_years_of_published_bank_holidays() -> None:
    assert sorted(PUBLISHED) == list(range(2011, 2028))


@given(st.integers(1900, 2199))
def test_easter_is_where_another_computation_has_it(year: int) -> None:
    other = pd.Timestamp(year, 1, 1) + pd.offsets.Easter(n=1)
    assert easter(year) == other.date()


@given(st.integers(2011, 2100))
def test_a_year_has_eight_bank_holidays_and_those_that_were_added(year: int) -> None:
    added = [day for day in proclaimed().added if day.year == year]
    days = bank_holidays(year, proclaimed())
    assert len(days) == 8 + len(added)
    assert all(day.weekday() < 5 for day in days)


def test_years_of_which_nothing_is_known_are_not_counted() -> None:
    with pytest.raises(Refused, match="is known from 2011 on"):
        bank_holidays(2010, proclaimed())


def by_numpy(notice: date, meeting: date, counting: Counting) -> int:
    """A second computation: numpy's, over the days that were published."""
    if counting is CALENDAR:
        return max((meeting - notice).days - 1, 0)
    known = [f"{year}-{day}" for year, days in PUBLISHED.items() for day in days]
    after = np.datetime64(notice) + 1
    return max(int(np.busday_count(after, np.datetime64(meeting), holidays=known)), 0)


@given(DAYS, st.integers(-5, 400), st.sampled_from(Counting))
def test_clear_days_are_as_a_second_computation_counts_them(
    notice: date, apart: int, counting: Counting
) -> None:
    meeting = notice + timedelta(days=apart)
    if meeting > date(2027, 12, 31):
        notice, meeting = date(2026, 11, 1), date(2027, 1, 5)
    counted = clear_days(notice, meeting, counting, proclaimed())
    assert counted == by_numpy(notice, meeting, counting)


@given(DAYS, st.integers(1, 40), st.sampled_from(Counting))
def test_the_first_day_is_late_enough_and_the_day_before_is_not(
    notice: date, days: int, counting: Counting
) -> None:
    first = first_day_after(notice, days, counting, proclaimed())
    assert clear_days(notice, first, counting, proclaimed()) == days
    before = first - timedelta(days=1)
    assert clear_days(notice, before, counting, proclaimed()) == days - 1


@given(DAYS, st.integers(1, 40), st.sampled_from(Counting))
def test_a_longer_notice_or_fewer_days_that_count_never_open_sooner(
    notice: date, days: int, counting: Counting
) -> None:
    first = first_day_after(notice, days, counting, proclaimed())
    assert first <= first_day_after(notice, days + 1, counting, proclaimed())
    assert first_day_after(notice, days, CALENDAR, proclaimed()) <= first


def test_twenty_eight_clear_days_leave_out_the_day_of_notice_and_that_of_the_decision() -> None:
    # Published on 1 June, the earliest cabinet is on 30 June: 2 to 29 June are 28 days.
    assert first_day_after(date(2026, 6, 1), 28, CALENDAR, proclaimed()) == date(2026, 6, 30)


def test_five_clear_working_days_over_easter() -> None:
    # Notice on Tuesday 31 March 2026; Good Friday and Easter Monday do not count.
    assert first_day_after(date(2026, 3, 31), 5, WORKING, proclaimed()) == date(2026, 4, 10)


def test_five_clear_working_days_over_the_state_funeral() -> None:
    # Monday 19 September 2022 was proclaimed; a count without it would be a day short.
    assert first_day_after(date(2022, 9, 14), 5, WORKING, proclaimed()) == date(2022, 9, 23)


def test_a_window_of_five_working_days_ends_on_the_fifth_after_publication() -> None:
    # Christmas 2027: the 25th and 26th are a weekend, so Monday and Tuesday are kept instead.
    assert last_day_of(date(2027, 12, 22), 5, WORKING, proclaimed()) == date(2027, 12, 31)


def test_a_moment_falls_on_the_day_it_is_in_england() -> None:
    assert local_day(datetime(2026, 6, 1, 23, 30, tzinfo=UTC)) == date(2026, 6, 2)
    assert local_day(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)
    with pytest.raises(ValueError, match="without a time zone"):
        local_day(datetime(2026, 6, 1, 12, 0))
