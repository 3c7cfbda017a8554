"""Completed years, months, weeks and days between two days: for one person, and for columns.

A year of age is completed at the beginning of the day of the anniversary (Family Law Reform Act
1969, section 9). Whoever was born on 29 February completes a year on 1 March where there is no 29
February: the law says nothing of it, and the day after 28 February is when the year has passed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from totalplace.entitlements.rules.language import Unit

Days = npt.NDArray[np.datetime64]
Whole = npt.NDArray[np.int64]
_DAY = timedelta(days=1)


def completed(since: date, until: date, unit: Unit) -> int:
    """Whole units of time from one day to another; nought where the other comes first."""
    if until <= since:
        return 0
    match unit:
        case Unit.DAYS:
            return (until - since).days
        case Unit.WEEKS:
            return (until - since).days // 7
        case Unit.MONTHS:
            return _months(since, until)
        case Unit.YEARS:
            return _months(since, until) // 12


def _months(since: date, until: date) -> int:
    whole = (until.year - since.year) * 12 + until.month - since.month
    return whole - (until.day < since.day)


def completed_columns(since: Days, until: Days, unit: Unit) -> Whole:
    """The same for columns of days."""
    passed: Whole = np.maximum((until - since).astype("timedelta64[D]").astype(np.int64), 0)
    if unit is Unit.DAYS:
        return passed
    if unit is Unit.WEEKS:
        return passed // 7
    month_since, day_since = _month_and_day(since)
    month_until, day_until = _month_and_day(until)
    months: Whole = np.maximum(month_until - month_since - (day_until < day_since), 0)
    return months // 12 if unit is Unit.YEARS else months


def _month_and_day(days: Days) -> tuple[Whole, Whole]:
    months = days.astype("datetime64[M]")
    within = (days.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    return months.astype(np.int64), within


def last_of(lasts: tuple[tuple[int, int], ...], on: date) -> date:
    """The last of some days of the year on or before a day."""
    days = (date(year, *last) for year in (on.year - 1, on.year) for last in lasts)
    return max(day for day in days if day <= on)


def began(until: date, whole: int, unit: Unit) -> date | None:
    """The latest day from which so many units are completed on another; None: out of our time.

    For a boundary between those who are old enough and those who are not yet.
    """
    try:
        if unit in (Unit.DAYS, Unit.WEEKS):
            return until - (7 if unit is Unit.WEEKS else 1) * whole * _DAY
        months = until.year * 12 + until.month - 1 - whole * (12 if unit is Unit.YEARS else 1)
        year, month = divmod(months, 12)
        return _latest(year, month + 1, until.day)
    except (ValueError, OverflowError):
        return None


def _latest(year: int, month: int, day: int) -> date:
    """That day of a month, or the last one there is."""
    for one in range(day, 27, -1):
        try:
            return date(year, month, one)
        except ValueError:
            continue
    return date(year, month, min(day, 27))


def as_days(values: Any) -> Days:
    """Days as a column of numpy's."""
    return np.asarray(values, dtype="datetime64[D]")
