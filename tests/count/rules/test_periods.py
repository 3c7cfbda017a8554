"""Where a row stands: the months its table is published for, if its dates bear that out."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.periods import Period, believed, period_of, spanning, stand
from totalplace.money.years import FinancialYear

MARCH, APRIL, MAY, JUNE = (date(2024, month, 1) for month in (3, 4, 5, 6))
YEAR = Period(APRIL, date(2025, 3, 1))
MONTHS = st.dates(date(2020, 1, 1), date(2027, 12, 31)).map(lambda day: day.replace(day=1))


def test_a_table_of_one_month_says_the_month_of_all_its_rows() -> None:
    standing = stand(MARCH, Period(APRIL, APRIL))
    assert (standing.year, standing.month) == (FinancialYear(2024), APRIL)
    assert standing.outside


def test_in_a_longer_table_the_date_says_the_month() -> None:
    assert stand(MAY, YEAR).month == MAY
    assert not stand(MAY, YEAR).outside


def test_a_row_dated_outside_a_longer_table_keeps_its_year_and_has_no_month() -> None:
    standing = stand(MARCH, YEAR)
    assert (standing.year, standing.month, standing.outside) == (FinancialYear(2024), None, True)


def test_an_undated_row_has_the_year_of_its_table() -> None:
    standing = stand(None, YEAR)
    assert (standing.year, standing.month, standing.outside) == (FinancialYear(2024), None, False)


def test_an_undated_row_of_a_table_without_a_period_has_no_year() -> None:
    assert stand(None, None).year is None


@given(MONTHS)
def test_without_a_period_the_date_decides(month: date) -> None:
    standing = stand(month, None)
    assert (standing.year, standing.month) == (FinancialYear.of(month), month)


@given(MONTHS, MONTHS, st.none() | MONTHS)
def test_a_month_that_is_given_lies_in_the_year_that_is_given(
    first: date, last: date, month: date | None
) -> None:
    period = Period(min(first, last), max(first, last))
    standing = stand(month, period)
    if standing.month is not None:
        assert standing.year == FinancialYear.of(standing.month)


def test_a_period_is_not_believed_where_many_rows_are_dated_after_it() -> None:
    year = Period(date(2023, 4, 1), date(2024, 3, 1))
    assert believed(year, {date(2023, 5, 1): 95, APRIL: 5}) == year
    assert believed(year, {date(2023, 5, 1): 50, APRIL: 50}) is None


def test_a_period_is_not_believed_where_many_rows_are_from_long_before() -> None:
    march = Period(date(2025, 3, 1), date(2025, 3, 1))
    assert believed(march, {date(2025, 1, 1): 40, date(2025, 3, 1): 1}) == march
    assert believed(march, {date(2024, 10, 1): 40, date(2025, 3, 1): 60}) is None


def test_a_period_without_rows_is_believed() -> None:
    assert believed(YEAR, {}) == YEAR


def test_tables_that_are_read_as_one_span_their_periods_or_none() -> None:
    assert spanning([Period(APRIL, APRIL), Period(JUNE, JUNE)]) == Period(APRIL, JUNE)
    assert spanning([Period(APRIL, APRIL), None]) is None
    assert spanning([]) is None


def test_days_the_wrong_way_round_are_no_period() -> None:
    assert period_of(date(2024, 5, 1), date(2024, 4, 30)) is None
    assert period_of(date(2024, 4, 1), date(2024, 6, 30)) == Period(APRIL, JUNE)
    assert Period(APRIL, JUNE).months == (APRIL, MAY, JUNE)
