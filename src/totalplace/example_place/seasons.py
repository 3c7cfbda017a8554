"""The months and financial years of the example place, and its seasons of spending."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

FIRST_YEAR: Final = 2022
YEARS: Final = (2022, 2023, 2024)  # each begins on 1 April

# March is the year's end: orders are placed and invoices are cleared. August is quiet.
SEASON_PER_CENT: Final = {
    4: 82, 5: 95, 6: 100, 7: 102, 8: 84, 9: 98, 10: 104, 11: 105, 12: 92, 1: 88, 2: 98, 3: 152,
}  # fmt: skip


def label(year: int) -> str:
    """A financial year as it is written: 2023-24."""
    return f"{year}-{(year + 1) % 100:02d}"


def year_of(day: date) -> int:
    """The calendar year in which the financial year of a day begins."""
    return day.year if day.month >= 4 else day.year - 1


@cache
def label_of(day: date) -> str:
    """The financial year of a day as it is written: 2023-24."""
    return label(year_of(day))


def months_of(year: int) -> tuple[date, ...]:
    """The first days of a financial year's months, April first."""
    return tuple(date(year + (month < 4), month, 1) for month in (*range(4, 13), 1, 2, 3))


def working_days(month: date) -> tuple[date, ...]:
    """Mondays to Fridays of a month; bank holidays are not left out."""
    days = (month + timedelta(days=n) for n in range(31))
    return tuple(day for day in days if day.month == month.month and day.weekday() < 5)
