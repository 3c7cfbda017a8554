"""Dates as published: any day in any form reads back, and what is no date stays unread."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from totalplace.sources.rules.dates import (
    Precision,
    When,
    is_serial,
    order_of,
    period_of,
    when,
    when_of,
)

days = st.dates(date(1990, 1, 1), date(2063, 12, 31))  # serials are known up to April 2064
START_OF_SERIALS = date(1899, 12, 30)


def month(day: date) -> str:
    return calendar.month_name[day.month]


# Each writes a day as some publisher does. None of them is locale-bound, as strftime("%b") is.
FORMS: dict[str, Callable[[date], str]] = {
    "slashes": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    "no noughts": lambda d: f"{d.day}/{d.month}/{d.year}",
    "two-digit year": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year % 100:02d}",
    "dashes": lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    "spaces": lambda d: f"{d.day:02d} {d.month:02d} {d.year}",
    "with a time": lambda d: f"{d.day:02d}/{d.month:02d}/{d.year} 00:00",
    "ISO": lambda d: d.isoformat(),
    "ISO with slashes": lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    "ISO with a time": lambda d: f"{d.isoformat()}T19:00:00",
    "ISO with a zone": lambda d: f"{d.isoformat()} 01:00:00.000+01:00",
    "eight digits": lambda d: f"{d.year}{d.month:02d}{d.day:02d}",
    "short name": lambda d: f"{d.day}-{month(d)[:3]}-{d.year % 100:02d}",
    "capitals": lambda d: f"{d.day:02d}-{month(d)[:3].upper()}-{d.year}",
    "close": lambda d: f"{d.day:02d}{month(d)[:3].upper()}{d.year}",
    "long name": lambda d: f"{d.day} {month(d)} {d.year}",
    "with its ordinal": lambda d: f"{d.day}th {month(d)}, {d.year}",
    "weekday": lambda d: f"{calendar.day_name[d.weekday()]}, {d.day} {month(d)} {d.year}",
    "name first": lambda d: f"{month(d)} {d.day}, {d.year}",
    "serial": lambda d: str((d - START_OF_SERIALS).days),
    "serial with a part": lambda d: f"{(d - START_OF_SERIALS).days}.75",
    "spaces around": lambda d: f"  {d.day:02d}/{d.month:02d}/{d.year} ",
}


@given(days, st.sampled_from(sorted(FORMS)))
def test_any_day_in_any_form_reads_back(day: date, form: str) -> None:
    written = FORMS[form](day)
    assert when(written) == When(day, Precision.DAY), written


@given(days)
def test_a_column_with_the_month_first_reads_back(day: date) -> None:
    written = f"{day.month}/{day.day}/{day.year}"
    assert when(written, month_first=True) == When(day, Precision.DAY)


@given(days, st.times())
def test_the_day_of_a_workbooks_date_stands_as_it_is(day: date, clock: time) -> None:
    wanted = When(day, Precision.DAY)
    assert when_of(day) == when_of(datetime.combine(day, clock)) == wanted
    serial = (day - START_OF_SERIALS).days
    assert when_of(serial) == when_of(serial + 0.99) == wanted
    assert is_serial(serial)
    assert is_serial(str(serial))


@given(st.text(max_size=70))
def test_any_text_is_a_day_of_these_years_or_no_date(text: str) -> None:
    found = when(text)
    assert found is None or 1990 <= found.day.year <= 2100


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("01/02/70", date(1970, 2, 1)),
        ("01/02/69", date(2069, 2, 1)),
        ("01/02/95", date(1995, 2, 1)),
    ],
)
def test_a_two_digit_year_below_seventy_is_in_this_century(written: str, wanted: date) -> None:
    found = when(written)
    assert (found.day if found else None) == (wanted if wanted.year >= 1990 else None)


@pytest.mark.parametrize(
    ("written", "first", "precision"),
    [
        ("April 2023", date(2023, 4, 1), Precision.MONTH),
        ("Apr-23", date(2023, 4, 1), Precision.MONTH),
        ("Sept 2023", date(2023, 9, 1), Precision.MONTH),
        ("2023-04", date(2023, 4, 1), Precision.MONTH),
        ("04/2023", date(2023, 4, 1), Precision.MONTH),
        ("Q1 2023", date(2023, 1, 1), Precision.QUARTER),
        ("Q1 2023-24", date(2023, 4, 1), Precision.QUARTER),
        ("Quarter 4 2023/24", date(2024, 1, 1), Precision.QUARTER),
        ("2023/24 Q2", date(2023, 7, 1), Precision.QUARTER),
        ("2023-24", date(2023, 4, 1), Precision.YEAR),
        ("2023/2024", date(2023, 4, 1), Precision.YEAR),
    ],
)
def test_what_is_coarser_than_a_day_keeps_how_coarse(
    written: str, first: date, precision: Precision
) -> None:
    assert when(written) == When(first, precision)


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "n/a", "######", "########", "#N/A", "TBC", "various", "31/04/2023", "29/02/2023",
        "32/01/2023", "00/01/2023", "01/13/2023", "13/13/2023", "01/01/1066", "01/01/3023",
        "1/2", "12/05", "12.50", "1,234.56", "19999", "60000", "123456", "20231301", "Q5 2023",
        "2023-25", "2023/13", "Q1 2023-25", "April", "Apr 31 2023", "1/2-2023", "05/04/2023/24",
    ],
)  # fmt: skip
def test_what_is_no_date_stays_unread(written: str) -> None:
    assert when(written) is None


@pytest.mark.parametrize("cell", [None, True, time(9, 30), float("nan"), 12.5, 7])
def test_a_cell_that_gives_no_day_is_no_date(cell: float | time | None) -> None:
    assert when_of(cell) is None


def test_a_sum_or_a_code_is_no_serial_date() -> None:
    assert not is_serial("1234.56")
    assert not is_serial("450210")
    assert not is_serial(True)
    assert not is_serial("45,021")


class TestOrder:
    """Which of day and month comes first in a column."""

    def test_the_day_comes_first_where_nothing_proves_otherwise(self) -> None:
        order = order_of(["04/05/2023", "05/06/2023"])
        assert (order.month_first, order.proven) == (False, False)

    @given(st.lists(days, min_size=1, max_size=30))
    def test_a_day_above_twelve_proves_the_order(self, found: list[date]) -> None:
        assume(any(d.day > 12 for d in found))
        day_first = order_of([f"{d.day}/{d.month}/{d.year}" for d in found])
        month_first = order_of([f"{d.month}/{d.day}/{d.year}" for d in found])
        assert (day_first.month_first, day_first.proven) == (False, True)
        assert (month_first.month_first, month_first.proven) == (True, True)

    def test_days_on_both_sides_prove_nothing(self) -> None:
        order = order_of(["13/05/2023", "05/13/2023"])
        assert (order.month_first, order.proven) == (False, False)
        assert "some dates have the day first and some the month" in order.reason

    def test_a_period_proves_what_the_cells_leave_open(self) -> None:
        april = period_of("April 2023")
        assert april is not None
        order = order_of(["04/05/2023", "04/11/2023"], period=april)
        assert (order.month_first, order.proven) == (True, True)
        assert "April 2023" in order.reason
        order = order_of(["05/04/2023", "11/04/2023"], period=april)
        assert (order.month_first, order.proven) == (False, True)

    def test_a_period_is_silent_where_both_ways_fall_in_it(self) -> None:
        year = period_of("2023-24")
        order = order_of(["04/05/2023", "06/07/2023"], period=year)
        assert (order.month_first, order.proven) == (False, False)

    def test_dates_that_need_no_order_prove_none(self) -> None:
        assert not order_of(["2023-04-05", date(2023, 5, 4), 45021, None, "x"]).proven


class TestPeriods:
    """The days that a file's name, a sheet's name or a title speaks of."""

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("hyndburn-2023-04__April-2023.csv", date(2023, 4, 1), date(2023, 4, 30)),
            ("June-23-csv.csv", date(2023, 6, 1), date(2023, 6, 30)),
            ("SpendOver250Feb24.csv", date(2024, 2, 1), date(2024, 2, 29)),
            ("Jan '24", date(2024, 1, 1), date(2024, 1, 31)),
            ("pcc-2023-24.xlsx", date(2023, 4, 1), date(2024, 3, 31)),
            ("payments_2023_2024.csv", date(2023, 4, 1), date(2024, 3, 31)),
            ("spend-23-24.csv", date(2023, 4, 1), date(2024, 3, 31)),
            ("spend_202306.csv", date(2023, 6, 1), date(2023, 6, 30)),
            ("Q3 2023-24 payments", date(2023, 10, 1), date(2023, 12, 31)),
            ("2023-24 Period 1.csv", date(2023, 4, 1), date(2023, 4, 30)),
            ("2023-24 P12.csv", date(2024, 3, 1), date(2024, 3, 31)),
        ],
    )
    def test_a_name_says_its_period(self, text: str, first: date, last: date) -> None:
        found = period_of(text)
        assert found is not None
        assert (found.first, found.last) == (first, last)

    @pytest.mark.parametrize("sheet", ["Apr", "APRIL", "April payments"])
    def test_a_month_alone_is_that_of_the_files_year(self, sheet: str) -> None:
        year = period_of("pcc-2023-24.xlsx")
        found = period_of(sheet, within=year)
        assert found is not None
        assert (found.first, found.last) == (date(2023, 4, 1), date(2023, 4, 30))

    @pytest.mark.parametrize(
        "text",
        ["", "spend.csv", "Sheet1 (2)", "March", "over 500.csv", "marching bands", "2023-25"],
    )
    def test_a_name_that_says_none_is_given_none(self, text: str) -> None:
        assert period_of(text) is None

    @pytest.mark.parametrize("text", ["spend 201112.csv", "2011-12.csv"])
    def test_a_name_that_may_say_a_month_or_a_year_is_taken_for_the_year(self, text: str) -> None:
        found = period_of(text)
        assert found is not None
        assert (found.first, found.last) == (date(2011, 4, 1), date(2012, 3, 31))

    @given(st.text(max_size=60))
    def test_any_name_gives_a_period_that_ends_after_it_starts_or_none(self, text: str) -> None:
        found = period_of(text)
        assert found is None or found.first < found.last

    @given(days, st.sampled_from(["spend {m}-{y}.csv", "{y}{n:02d}.csv", "{M} 20{s:02d} payments"]))
    def test_every_month_is_known_by_its_name(self, day: date, name: str) -> None:
        assume(day.year >= 2001 and day.year < 2050)
        assume(day.month != (day.year + 1) % 100)  # 201112 may be December 2011 or 2011-12
        text = name.format(
            m=month(day)[:3], M=month(day).upper(), y=day.year, n=day.month, s=day.year % 100
        )
        last = calendar.monthrange(day.year, day.month)[1]
        found = period_of(text)
        assert found is not None, text
        wanted = (day.replace(day=1), day.replace(day=last))
        assert (found.first, found.last) == wanted, text
