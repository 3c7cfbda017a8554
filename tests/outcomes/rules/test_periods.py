"""Periods as publishers write them, and what is not a period."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.periods import Period, Years, following, read

SCHOOL = Years(9, named_by_end=True)
FINANCIAL = Years(4, named_by_end=True)
# Every pattern of years in the department's table of 2025, and those of other publishers.
WRITTEN = {
    "2017": ("2017", date(2017, 1, 1), date(2017, 12, 31)),
    "2017/18": ("2017/18", date(2017, 4, 1), date(2018, 3, 31)),
    "2017-18": ("2017/18", date(2017, 4, 1), date(2018, 3, 31)),
    "2014-16": ("2014 to 2016", date(2014, 1, 1), date(2016, 12, 31)),
    "2013/14-15/16": ("2013/14 to 2015/16", date(2013, 4, 1), date(2016, 3, 31)),
    "2016-17 (OT)": ("2016/17", date(2016, 4, 1), date(2017, 3, 31)),
    "2018 (Rev)": ("2018", date(2018, 1, 1), date(2018, 12, 31)),
    "1999/00": ("1999/00", date(1999, 4, 1), date(2000, 3, 31)),
    "2015-11-16/P1Y": ("2015/16", date(2015, 11, 16), date(2016, 11, 15)),
    "2001-01-01/P3Y": ("2001 to 2003", date(2001, 1, 1), date(2003, 12, 31)),
    "2019-08-01/P1Y": ("2019/20", date(2019, 8, 1), date(2020, 7, 31)),
    "2002-04-01": ("1 April 2002", date(2002, 4, 1), date(2002, 4, 1)),
    "202223": ("2022/23", date(2022, 9, 1), date(2023, 8, 31)),
    "Apr-19": ("April 2019", date(2019, 4, 1), date(2019, 4, 30)),
    "2019-04": ("April 2019", date(2019, 4, 1), date(2019, 4, 30)),
    "Q2 2020": ("April 2020 to June 2020", date(2020, 4, 1), date(2020, 6, 30)),
    "year ending 31 March 2024": ("2023/24", date(2023, 4, 1), date(2024, 3, 31)),
    "31/03/2024": ("31 March 2024", date(2024, 3, 31), date(2024, 3, 31)),
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_period_is_read_however_it_is_written(text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.period == Period(WRITTEN[text][1], WRITTEN[text][2], WRITTEN[text][0])


@pytest.mark.parametrize("text", ["", "0", "99", "2017/19/21", "2019-02-30", "soon", "20171",
                                  "2018/17", "9999-12-31/P9Y", "Q5 2020"])  # fmt: skip
def test_what_is_no_period_is_not_guessed_at(text: str) -> None:
    assert read(text) is None


def test_what_is_in_brackets_is_a_mark_and_no_part_of_the_period() -> None:
    found = read("2025 (prov)")
    assert found is not None
    assert (found.period.said, found.mark) == ("2025", "prov")


def test_a_bare_year_is_the_year_that_its_definition_says() -> None:
    school, financial = read("2021", SCHOOL), read("2021", FINANCIAL)
    assert school is not None
    assert financial is not None
    assert (school.period.said, school.period.first_day) == ("2020/21", date(2020, 9, 1))
    assert financial.period.last_day == date(2021, 3, 31)
    assert school.doubt == financial.doubt == ""


def test_a_year_of_which_nobody_says_when_it_begins_says_its_doubt() -> None:
    bare, across, half_known = read("2021"), read("2020/21"), read("2021", Years(4))
    assert bare is not None
    assert across is not None
    assert half_known is not None
    assert "calendar year" in bare.doubt
    assert "from April to March" in across.doubt
    assert "stands here as the one that ends" in half_known.doubt


def test_two_digits_that_may_be_a_month_or_a_year_say_so() -> None:
    found = read("2010-12")
    assert found is not None
    assert (found.period.said, found.doubt) == (
        "2010 to 2012", "it may be a month; it stands here as years together"
    )  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2150, 12, 31)), st.integers(1, 40))
def test_the_next_period_begins_where_a_whole_one_ends(day: date, months: int) -> None:
    first = periods.lasting(day.replace(day=1), months)
    after = following(first, months)
    assert (after.first_day - first.last_day).days == 1
    assert not first.overlaps(after)


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_periods(text: str) -> None:
    found = read(text)
    assert found is None or found.period.first_day <= found.period.last_day
