"""Periods as analysts write them in their own tables, besides those that publishers use.

Quarters of a financial year, weeks by their last day, days with a month's name. All else is read
by `outcomes.rules.periods`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.periods import AS_WRITTEN, Period, Read, Years, lasting, lasting_days

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_APRIL: Final = 4
_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100


def _quarter(match: re.Match[str]) -> Period | None:
    """Quarter 1 of a financial year is April to June."""
    first, quarter = int(match["first"]), int(match["quarter"])
    if (first + 1) % _TWO_DIGITS != int(match["second"]) % _TWO_DIGITS:
        return None
    month = _APRIL + 3 * (quarter - 1)
    made = lasting(date(first + (month > 12), (month - 1) % 12 + 1, 1), 3)
    return Period(
        made.first_day, made.last_day, f"{first}/{(first + 1) % _TWO_DIGITS:02} quarter {quarter}"
    )


def _week(match: re.Match[str]) -> Period | None:
    last = _any_day(match["day"])
    return None if last is None else lasting_days(last - timedelta(days=6), 7)


def _day(match: re.Match[str]) -> Period | None:
    day = _any_day(match.group(0))
    return None if day is None else lasting_days(day, 1)


def _month(match: re.Match[str]) -> Period:
    return lasting(date(int(match["year"]), int(match["month"]), 1), 1)


_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s/-]([a-z]{3})[a-z]*[\s/,-]+(\d{4}|\d{2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")


def _any_day(text: str) -> date | None:
    """A day as it is written in Britain, the day first; or as ISO 8601 has it."""
    words = text.strip().lower()
    named, numbers = _NAMED.fullmatch(words), _NUMBERS.fullmatch(words)
    if named is not None and named.group(2) in _MONTHS:
        return _made(named.group(3), _MONTHS.index(named.group(2)) + 1, int(named.group(1)))
    if numbers is not None:
        return _made(numbers.group(3), int(numbers.group(2)), int(numbers.group(1)))
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _made(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), month, day)
    except ValueError:
        return None


_SPAN: Final = r"(?:fy\s?)?(?P<first>\d{4})\s?[/-]\s?(?P<second>\d{4}|\d{2})"
_Q: Final = r"(?:q|qtr|quarter)\s?(?P<quarter>[1-4])"
_WAYS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (rf"{_SPAN}[\s,:-]*{_Q}", _quarter),
        (rf"{_Q}[\s,:-]*{_SPAN}", _quarter),
        (r"(?:w/e|w\.e\.|week ending|week to|we)[\s:]*(?P<day>.+)", _week),
        (r"(?P<year>\d{4})-?M(?P<month>0[1-9]|1[0-2])", _month),
        (_NAMED.pattern, _day),
        (_NUMBERS.pattern, _day),
    )
)
_FY: Final = re.compile(r"fy\s?(?=\d{4})", re.IGNORECASE)


@lru_cache(maxsize=50_000)
def read(text: str, years: Years = AS_WRITTEN) -> Read | None:
    """The period of a cell, or None where it is none that is known."""
    words = " ".join(text.split())
    known = periods.read(_FY.sub("", words, count=1), years)
    if known is not None:
        return known
    for pattern, make in _WAYS:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        try:
            made = make(match)
        except (ValueError, OverflowError):  # the year 0 and its like
            return None
        if made is not None:
            return Read(made)
    return None


def are_months(days: Sequence[date]) -> bool:
    """Whether days stand for their months: all of them are first days, or all are last days."""
    return all(day.day == 1 for day in days) or all(
        (day + timedelta(days=1)).day == 1 for day in days
    )
