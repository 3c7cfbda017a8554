"""The financial year from April to March."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.money.years import FinancialYear

days = st.dates(date(1900, 4, 1), date(2999, 3, 31))


def test_the_year_turns_on_the_first_of_april() -> None:
    assert FinancialYear.of(date(2025, 3, 31)) == FinancialYear(2024)
    assert FinancialYear.of(date(2025, 4, 1)) == FinancialYear(2025)


@pytest.mark.parametrize(
    "written", ["2024-25", "2024/25", "2024-2025", "2024/2025", "2024", " 2024-25 ", "2024\u201325"]
)
def test_a_year_is_read_however_it_is_written(written: str) -> None:
    assert FinancialYear.parse(written) == FinancialYear(2024)


def test_the_last_year_of_a_century_is_written_with_two_noughts() -> None:
    assert FinancialYear(1999).label == "1999-00"
    assert FinancialYear.parse("1999-00") == FinancialYear(1999)


@pytest.mark.parametrize(
    "written",
    ["", "24-25", "2024-26", "2024-2024", "2024-5", "20245", "FY2024", "2024-25-26", "9999"],
)
def test_what_is_no_financial_year_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="year"):
        FinancialYear.parse(written)


def test_months_start_in_april_and_end_in_march() -> None:
    months = FinancialYear(2024).months
    assert len(months) == 12
    assert (months[0], months[8], months[-1]) == (
        date(2024, 4, 1),
        date(2024, 12, 1),
        date(2025, 3, 1),
    )


@given(days)
def test_every_day_is_in_the_year_that_it_is_of(day: date) -> None:
    year = FinancialYear.of(day)
    assert year.first_day <= day <= year.last_day
    assert day.replace(day=1) in year.months


@given(days)
def test_a_label_reads_back_as_the_same_year(day: date) -> None:
    year = FinancialYear.of(day)
    assert FinancialYear.parse(year.label) == year


@given(st.tuples(days, days))
def test_years_are_in_the_order_of_their_days(pair: tuple[date, date]) -> None:
    first, second = sorted(pair)
    assert FinancialYear.of(first) <= FinancialYear.of(second)
