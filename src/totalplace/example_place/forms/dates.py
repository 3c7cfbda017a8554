"""Ways in which agencies write a day. Each gives one cell."""

from __future__ import annotations

from datetime import date, datetime, time

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# Workbooks count days from here; the count is one out before March 1900, which nobody publishes.
_DAY_ZERO = date(1899, 12, 30).toordinal()


def month_name(day: date) -> str:
    """April: not in the words of the machine's own language."""
    return _MONTHS[day.month - 1]


def slashed(day: date) -> str:
    """15/06/2023"""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def two_digit_year(day: date) -> str:
    """15/06/23"""
    return f"{day.day:02d}/{day.month:02d}/{day.year % 100:02d}"


def dotted(day: date) -> str:
    """15.06.2023"""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def short_month(day: date) -> str:
    """9-Jun-23"""
    return f"{day.day}-{month_name(day)[:3]}-{day.year % 100:02d}"


def long(day: date) -> str:
    """15 June 2023"""
    return f"{day.day} {month_name(day)} {day.year}"


def iso(day: date) -> str:
    """2023-06-15"""
    return day.isoformat()


def american(day: date) -> str:
    """06/15/2023: the month first, shown by the days above twelve."""
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def month_only(day: date) -> str:
    """Jun-23"""
    return f"{month_name(day)[:3]}-{day.year % 100:02d}"


def serial(day: date) -> int:
    """45092: a workbook's count of days, stored as a plain number."""
    return day.toordinal() - _DAY_ZERO


def serial_text(day: date) -> str:
    """The same count, in a text file."""
    return str(serial(day))


def cell(day: date) -> date:
    """A workbook's own date."""
    return day


def clock(day: date) -> datetime:
    """A day with an hour that means nothing: 01:00 or 19:00."""
    return datetime.combine(day, time(1 if day.day % 2 else 19))
