"""Periods as analysts write them in their own tables, besides those that publishers use.

Quarters of a financial year, weeks by a day of theirs, days with a month's name, months from one to
another. All else is read by `outcomes.rules.periods`. What one cell leaves open, as whether 2009-10
is a year or October, the other cells of its column tell (`manner`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.periods import (
    AS_WRITTEN,
    Period,
    Read,
    Years,
    lasting,
    lasting_days,
    months_on,
)

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
_APRIL, _SEPTEMBER = 4, 9
_YEAR_OF_MONTHS: Final = 12
_MOST_MONTHS: Final = 120
_MOSTLY: Final = 0.9
_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100


class Manner(StrEnum):
    """How a whole column writes its periods."""

    AS_EACH = "each cell by itself"
    MONTHS = "as year and month"
    MONTH_FIRST = "with the month before the day, as in America"


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == 2 else 0)


def _across(match: re.Match[str]) -> int | None:
    """In which year a year across two begins; None where its two years do not follow."""
    first = _year(match["first"])
    return first if (first + 1) % _TWO_DIGITS == int(match["second"]) % _TWO_DIGITS else None


def _quarter(match: re.Match[str]) -> Period | None:
    """Quarter 1 of a financial year is April to June."""
    first, quarter = _across(match), int(match["quarter"])
    if first is None:
        return None
    made = lasting(months_on(date(first, _APRIL, 1), 3 * (quarter - 1)), 3)
    return Period(
        made.first_day, made.last_day, f"{first}/{(first + 1) % _TWO_DIGITS:02} quarter {quarter}"
    )


def _calendar_quarter(match: re.Match[str]) -> Period:
    return lasting(date(int(match["year"]), 3 * int(match["quarter"]) - 2, 1), 3)


def _school_year(match: re.Match[str]) -> Period | None:
    first = _across(match)
    return None if first is None else lasting(date(first, _SEPTEMBER, 1), 12)


def _financial_year(match: re.Match[str]) -> Period | None:
    first = _across(match)
    return None if first is None else lasting(date(first, _APRIL, 1), 12)


def _financial_month(match: re.Match[str]) -> Period | None:
    """Month 1 of a financial year is April."""
    first = _across(match)
    if first is None or not 1 <= int(match["number"]) <= 12:
        return None
    return lasting(months_on(date(first, _APRIL, 1), int(match["number"]) - 1), 1)


def _named_in_year(match: re.Match[str]) -> Period | None:
    """2023/24 Jan is January 2024."""
    first = _across(match)
    if first is None:
        return None
    month = _named_month(match["name"])
    return lasting(date(first + (month < _APRIL), month, 1), 1)


def _months(match: re.Match[str]) -> Period | None:
    """From one month to another: Apr-Jun 2023, October 2023 to March 2024."""
    first, last = _named_month(match["from"]), _named_month(match["to"])
    begins = _year(match["start"] or match["year"]) - (not match["start"] and first > last)
    months = 12 * (_year(match["year"]) - begins) + last - first + 1
    return lasting(date(begins, first, 1), months) if 1 <= months <= _MOST_MONTHS else None


def _ending(match: re.Match[str]) -> Period:
    """Year to March 2024, quarter ending June 2024, 3 months to June 2024."""
    length = int(match["number"] or 0) or {"y": 12, "q": 3, "h": 6}[match["length"][0].lower()]
    last = date(_year(match["year"]), _named_month(match["name"]), 1)
    return lasting(months_on(last, 1 - length), length)


def _named_month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def _week(match: re.Match[str]) -> Period | None:
    last = _any_day(match["day"])
    return None if last is None else lasting_days(last - timedelta(days=6), 7)


def _week_from(match: re.Match[str]) -> Period | None:
    first = _any_day(match["day"])
    return None if first is None else lasting_days(first, 7)


def _iso_week(match: re.Match[str]) -> Period:
    """Week 1 has the first Thursday of its year (ISO 8601)."""
    return lasting_days(date.fromisocalendar(int(match["year"]), int(match["week"]), 1), 7)


def _day(match: re.Match[str]) -> Period | None:
    day = _any_day(match.group(0))
    return None if day is None else lasting_days(day, 1)


def _bare_day(match: re.Match[str]) -> Period:
    day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    return lasting_days(day, 1)


def _month(match: re.Match[str]) -> Period:
    return lasting(date(int(match["year"]), int(match["month"]), 1), 1)


def _month_by_name(match: re.Match[str]) -> Period:
    return lasting(date(_year(match["year"]), _named_month(match["name"]), 1), 1)


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


_SPAN: Final = r"(?:fy\s?)?(?P<first>\d{4}|\d{2})\s?[/-]\s?(?P<second>\d{4}|\d{2})"
_LONG_SPAN: Final = r"(?P<first>\d{4})\s?[/-]\s?(?P<second>\d{4}|\d{2})"
_Q: Final = r"(?:q|qtr|quarter)\s?(?P<quarter>[1-4])"
_NAMES: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ANY_YEAR: Final = r"'?(?P<year>\d{4}|\d{2})"
_SCHOOL: Final = r"(?:academic year|school year|ay)"
_YEAR_AND_MONTH: Final = r"(?P<year>\d{4})(?P<by>[/-]?)(?P<month>0[1-9]|1[0-2])"
_FROM_TO: Final = (
    rf"(?P<from>{_NAMES})\.?[\s,]*(?P<start>\d{{4}}|\d{{2}})?\s?(?:-|–|to|/)\s?"
    rf"(?P<to>{_NAMES})\.?[\s,-]*{_ANY_YEAR}"
)
_UP_TO: Final = (
    r"(?:(?P<length>year|quarter|half[\s-]year|y|q)|(?P<number>[1-9]\d?)\s?months?)"
    r"(?:\s(?:ending|ended|end|to)|/?e)[\s:]*(?:in\s)?(?:\d{1,2}(?:st|nd|rd|th)?[\s-])?"
    rf"(?P<name>{_NAMES})\.?[\s,-]*{_ANY_YEAR}"
)
_WAYS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (rf"{_SPAN}[\s,:-]*{_Q}", _quarter),
        (rf"{_Q}[\s,:-]*{_SPAN}", _quarter),
        (rf"{_Q}[\s,:-]+(?P<year>\d{{4}})", _calendar_quarter),
        (rf"(?P<year>\d{{4}})[\s,:-]+{_Q}", _calendar_quarter),
        (rf"{_SCHOOL}\s?{_LONG_SPAN}", _school_year),
        (rf"{_LONG_SPAN}\s?{_SCHOOL}", _school_year),
        (rf"(?:financial year|fiscal year)\s{_LONG_SPAN}", _financial_year),
        (rf"{_LONG_SPAN}\s(?:financial year|fiscal year)", _financial_year),
        (rf"{_LONG_SPAN}[\s,:-]*(?:m|month|p|period)\s?(?P<number>\d{{1,2}})", _financial_month),
        (rf"(?:m|month|p|period)\s?(?P<number>\d{{1,2}})[\s,:-]+{_LONG_SPAN}", _financial_month),
        (rf"{_LONG_SPAN}[\s,:-]+(?P<name>{_NAMES})", _named_in_year),
        (_FROM_TO, _months),
        (_UP_TO, _ending),
        (r"(?:w/e|w\.e\.|week ending|week ended|week to|we)[\s:]*(?P<day>.+)", _week),
        (
            r"(?:w/[cb]|w\.c\.|week (?:commencing|beginning|starting|from))[\s:]*(?P<day>.+)",
            _week_from,
        ),
        (r"(?P<year>\d{4})[\s-]?(?:w|wk|week)\s?(?P<week>\d{1,2})", _iso_week),
        (r"(?:w|wk|week)\s?(?P<week>\d{1,2})[\s,-]+(?P<year>\d{4})", _iso_week),
        (r"(?P<year>\d{4})-?M(?P<month>0[1-9]|1[0-2])", _month),
        (_YEAR_AND_MONTH, _month),
        (r"(?P<month>0?[1-9]|1[0-2])[/-](?P<year>\d{4})", _month),
        (rf"(?:[a-z]+-)?(?P<name>{_NAMES})\.?[\s,'-]*{_ANY_YEAR}", _month_by_name),
        (r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})", _bare_day),
        (_NAMED.pattern, _day),
        (_NUMBERS.pattern, _day),
    )
)
_FY: Final = re.compile(r"fy\s?(?=\d{4})", re.IGNORECASE)
_WEEKDAY: Final = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s", re.IGNORECASE
)
_MARKED: Final = re.compile(r"(.*\d)\s?([pre*†])", re.IGNORECASE)  # 2024p, 2023/24 r
_BARE_QUARTER: Final = re.compile(
    r"(?:q|quarter)\s?[1-4][\s,-]*\d{4}|\d{4}[\s,-]*(?:q|quarter)\s?[1-4]", re.IGNORECASE
)
_JOINED: Final = re.compile(_YEAR_AND_MONTH)


@lru_cache(maxsize=50_000)
def read(text: str, years: Years = AS_WRITTEN, manner: Manner = Manner.AS_EACH) -> Read | None:
    """The period of a cell, or None where it is none that is known.

    `manner` is how its column is written, where that is known.
    """
    words = _WEEKDAY.sub("", " ".join(text.split()), count=1)
    if manner is not Manner.AS_EACH:
        return _in_manner(words, manner)
    known = periods.read(_FY.sub("", words, count=1), years) or _by_ways(words)
    if known is not None:
        quarter = _BARE_QUARTER.fullmatch(words)
        return replace(known, doubt=known.doubt or _of_quarter(words)) if quarter else known
    marked = _MARKED.fullmatch(words)
    if marked is None:
        return None
    bare = read(marked.group(1), years)
    return None if bare is None else replace(bare, mark=bare.mark or marked.group(2))


def _by_ways(words: str) -> Read | None:
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


def _of_quarter(words: str) -> str:
    return (
        f"the table does not say whether {words} is a quarter of the calendar year or of the "
        "financial year; it stands here as one of the calendar year"
    )


def _in_manner(words: str, manner: Manner) -> Read | None:
    match = (_JOINED if manner is Manner.MONTHS else _NUMBERS).fullmatch(words)
    if match is None:
        return None
    if manner is Manner.MONTHS:
        return Read(_month(match))
    day = _made(match.group(3), int(match.group(1)), int(match.group(2)))
    return None if day is None else Read(lasting_days(day, 1))


def manner(cells: Iterable[str]) -> Manner:
    """How a column writes its periods, where all of it tells more than one cell does.

    2009-10 beside 2009-01 is a month, and beside 2010-11 a year. 4/13/2024 beside 4/6/2024 is in
    April; so are first days of months in more than one year, or each would be in January.
    """
    distinct = {" ".join(cell.split()) for cell in cells if cell.strip()}
    joined = [match for cell in distinct if (match := _JOINED.fullmatch(cell))]
    if len(joined) == len(distinct) > 1:
        apart = {(int(m["month"]) - int(m["year"])) % _TWO_DIGITS for m in joined}
        no_years = any(int(m["month"]) <= int(m["year"]) % _TWO_DIGITS for m in joined)
        return Manner.MONTHS if len(apart) > 1 and no_years else Manner.AS_EACH
    days = [match.groups() for cell in distinct if (match := _NUMBERS.fullmatch(cell))]
    if not days or len(days) < _MOSTLY * len(distinct):
        return Manner.AS_EACH
    first, second = ({int(day[at]) for day in days} for at in (0, 1))
    if max(first) > _YEAR_OF_MONTHS:
        return Manner.AS_EACH
    american = max(second) > _YEAR_OF_MONTHS or (
        second == {1} and len(first) > 1 and len({day[2] for day in days}) > 1
    )
    return Manner.MONTH_FIRST if american else Manner.AS_EACH


def are_months(days: Sequence[date]) -> bool:
    """Whether days stand for their months: all of them are first days, or all are last days."""
    return all(day.day == 1 for day in days) or all(
        (day + timedelta(days=1)).day == 1 for day in days
    )
