"""Counting days of notice: clear days, working days, and the day on which a moment falls here.

Clear days leave out both the day of the notice and the day of the meeting: R v Herefordshire
Justices (1820). Whether days on which offices are shut count is said by each rule that is counted.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from totalplace.decisions.rules.holidays import Proclaimed, bank_holidays

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_HERE: Final = ZoneInfo("Europe/London")


class Counting(StrEnum):
    """Which days are counted."""

    CALENDAR = "calendar"  # every day
    WORKING = "working"  # every day but Saturdays, Sundays and bank holidays


def local_day(moment: datetime) -> date:
    """The day in England on which a moment falls; notices and meetings are dated by it."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone falls on no day")
    return moment.astimezone(_HERE).date()


def counts(day: date, counting: Counting, proclaimed: Proclaimed) -> bool:
    """Whether a day is counted."""
    if counting is Counting.CALENDAR:
        return True
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, proclaimed)


def clear_days(notice: date, meeting: date, counting: Counting, proclaimed: Proclaimed) -> int:
    """How many clear days lie between a notice and a meeting; none where one is not after."""
    days = (notice + n * _DAY for n in range(1, (meeting - notice).days))
    return sum(counts(day, counting, proclaimed) for day in days)


def first_day_after(notice: date, days: int, counting: Counting, proclaimed: Proclaimed) -> date:
    """The first day for which a notice is early enough: so many clear days lie between."""
    return last_day_of(notice, days, counting, proclaimed) + _DAY


def last_day_of(start: date, days: int, counting: Counting, proclaimed: Proclaimed) -> date:
    """The last of so many days that are counted from the day after a start; none: the start."""
    day = start
    while days > 0:
        day += _DAY
        days -= counts(day, counting, proclaimed)
    return day


def in_words(day: date) -> str:
    """A day as it is said: 3 June 2026."""
    return f"{day.day} {day:%B %Y}"
