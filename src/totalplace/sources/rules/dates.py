"""A date as it is published, with the precision it was given in, and the period of a file.

Day comes before month, as in Britain, unless a column's own cells or its file's period prove
otherwise. A two-digit year below 70 is in the 2000s. A number from 20000 to 60000 is a day as
spreadsheets count them, from 30 December 1899.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from totalplace.sources.rules.layout import Cell

_SPREADSHEET_START: Final = date(1899, 12, 30)
_EARLIEST, _LATEST = 1990, 2100
_NAMES: Final = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
_MONTH: Final = "|".join(sorted(_NAMES, key=len, reverse=True))
_TIME: Final = r"(?:[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?(?:Z|[+-]\d\d:?\d\d)?)?"
_DAY_NAME: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_NUMERIC: Final = re.compile(
    r"(\d{1,4})\s?([/\-.\s])\s?(\d{1,2})\s?\2\s?(\d{1,4})" + _TIME, re.ASCII
)
_NAMED: Final = re.compile(
    rf"{_DAY_NAME}(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.,]*({_MONTH})\.?[\s\-/.,']*(\d{{4}}|\d{{2}}){_TIME}",
    re.IGNORECASE | re.ASCII,
)
_NAMED_FIRST: Final = re.compile(
    rf"{_DAY_NAME}({_MONTH})\.?[\s\-/.]*(\d{{1,2}})(?:st|nd|rd|th)?,?[\s\-/.]+(\d{{4}}){_TIME}",
    re.IGNORECASE | re.ASCII,
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL: Final = re.compile(r"([2-5]\d{4})(?:\.\d+)?", re.ASCII)
_MONTH_ONLY: Final = re.compile(rf"({_MONTH})\.?[\s\-/_,']*(\d{{4}}|\d{{2}})", re.IGNORECASE)
_YEAR_MONTH: Final = re.compile(
    r"(20\d\d|19\d\d)[\-/.](\d{1,2})|(\d{1,2})[\-/.](20\d\d|19\d\d)", re.ASCII
)
_QUARTER: Final = re.compile(
    r"(?:q|quarter|qtr)\s?([1-4])[\s\-_,]*(20\d\d)(?:[\-/_]?(?:20)?(\d\d))?"
    r"|(20\d\d)(?:[\-/_](?:20)?(\d\d))?[\s\-_,]*(?:q|quarter|qtr)\s?([1-4])",
    re.IGNORECASE | re.ASCII,
)
_FINANCIAL: Final = re.compile(r"(20\d\d|19\d\d)\s?[\-/_]\s?(?:20)?(\d\d)", re.ASCII)


class Precision(StrEnum):
    """How finely a date was given. `PERIOD` is that of its file, for want of its own."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class When:
    """A date and its precision; for less than a day, the first day."""

    day: date
    precision: Precision


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a file, a sheet or a title speaks of, first and last."""

    first: date
    last: date
    text: str


@dataclass(frozen=True, slots=True)
class DateOrder:
    """Whether a column gives the month first, whether that is proven, and by what."""

    month_first: bool
    proven: bool
    reason: str


def when(text: str, *, month_first: bool = False) -> When | None:
    """The date that a text gives; None where it gives none, or none that exists."""
    text = text.strip()
    if not 4 <= len(text) <= 60:
        return None
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match[1], match[3], match[4], month_first=month_first)
    if match := _SERIAL.fullmatch(text):
        return _serial(int(match[1]))
    if match := _COMPACT.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NAMED.fullmatch(text):
        return _day(_year(match[3]), _NAMES[match[2].lower()], int(match[1]))
    if match := _NAMED_FIRST.fullmatch(text):
        return _day(_year(match[3]), _NAMES[match[1].lower()], int(match[2]))
    return _coarser(text)


def when_of(cell: Cell, *, month_first: bool = False) -> When | None:
    """The date of a cell: of a workbook's date or time of day, its day as it stands."""
    if isinstance(cell, str):
        return when(cell, month_first=month_first)
    if isinstance(cell, datetime):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    if 20_000 <= cell < 60_000:
        return _serial(int(cell))
    if isinstance(cell, int) or cell.is_integer():
        return when(str(int(cell)))
    return None


def is_serial(cell: Cell) -> bool:
    """Whether a date is written as the number that a spreadsheet counts it by."""
    if isinstance(cell, str):
        text = cell.strip()
        return len(text) >= 5 and bool(_SERIAL.fullmatch(text)) and when(text) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 20_000 <= cell < 60_000


def _numeric(first: str, second: str, third: str, *, month_first: bool) -> When | None:
    if len(first) == 4:
        return _day(int(first), int(second), int(third)) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    day, month = (second, first) if month_first else (first, second)
    return _day(_year(third), int(month), int(day))


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> When | None:
    if not (_EARLIEST <= year <= _LATEST and 1 <= month <= 12 and day >= 1):
        return None
    if day > 28 and day > calendar.monthrange(year, month)[1]:
        return None
    return When(date(year, month, day), Precision.DAY)


def _serial(number: int) -> When | None:
    day = _SPREADSHEET_START + timedelta(days=number)
    return _day(day.year, day.month, day.day)


def _month(year: int, month: int) -> When | None:
    found = _day(year, month, 1)
    return When(found.day, Precision.MONTH) if found else None


def _coarser(text: str) -> When | None:
    """A month, a quarter of a financial year, or a financial year."""
    if match := _MONTH_ONLY.fullmatch(text):
        return _month(_year(match[2]), _NAMES[match[1].lower()])
    if match := _YEAR_MONTH.fullmatch(text):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        if int(month) <= 12:
            return _month(int(year), int(month))
    if match := _QUARTER.fullmatch(text):
        quarter = _quarter(match)
        return When(quarter.first, Precision.QUARTER) if quarter else None
    if (match := _FINANCIAL.fullmatch(text)) and _is_next(match[1], match[2]):
        return When(date(int(match[1]), 4, 1), Precision.YEAR)
    return None


def _is_next(year: str, following: str) -> bool:
    return (int(year) + 1) % 100 == int(following)


def _quarter(match: re.Match[str]) -> Period | None:
    """A quarter: of a financial year where two years are given, of a calendar year otherwise."""
    number = int(match[1] or match[6])
    year, following = match[2] or match[4], match[3] or match[5]
    if following and not _is_next(year, following):
        return None
    month = 3 * (number - 1) + (4 if following else 1)
    start_year = int(year) + (month - 1) // 12
    first = date(start_year, (month - 1) % 12 + 1, 1)
    last_month = first.month + 2
    last = date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])
    return Period(first, last, match[0])


def order_of(cells: Iterable[Cell], *, period: Period | None = None) -> DateOrder:
    """Which of day and month comes first in a column, by its own cells or by its file's period."""
    pairs = set()
    for cell in cells:
        match = _NUMERIC.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if match and len(match[1]) <= 2:
            pairs.add((int(match[1]), int(match[3]), _year(match[4])))
    day_first = any(first > 12 for first, _, _ in pairs)
    month_first = any(second > 12 for _, second, _ in pairs)
    if day_first and month_first:
        return DateOrder(False, False, "some dates have the day first and some the month")
    if day_first:
        return DateOrder(False, True, "a first part is above 12, so it is the day")
    if month_first:
        return DateOrder(True, True, "a second part is above 12, so it is the day")
    return _by_period(pairs, period)


def _by_period(pairs: set[tuple[int, int, int]], period: Period | None) -> DateOrder:
    if period is not None and pairs:
        inside = [0, 0]
        for first, second, year in pairs:
            for i, (month, day) in enumerate(((second, first), (first, second))):
                found = _day(year, month, day)
                inside[i] += found is not None and period.first <= found.day <= period.last
        if inside[1] > inside[0]:
            return DateOrder(True, True, f"only so do the dates fall in {period.text}")
        if inside[0] > inside[1]:
            return DateOrder(False, True, f"only so do the dates fall in {period.text}")
    return DateOrder(False, False, "day first, as is usual in Britain")


_IN_NAME_MONTH: Final = re.compile(
    rf"(?<![a-z])({_MONTH})(?:[\s\-_.,'’/]*(?<!\d)(20\d\d|\d\d)(?!\d)|(?![a-z\d]))", re.IGNORECASE
)
_IN_NAME_YEAR_MONTH: Final = re.compile(
    r"(?<!\d)(20[0-4]\d)[\-_./ ]?(0[1-9]|1[0-2])(?:[\-_./ ]?(?:[0-2]\d|3[01]))?(?!\d)"
    r"|(?<!\d)(0?[1-9]|1[0-2])[\-_./ ](20[0-4]\d)(?!\d)"
)
_IN_NAME_FINANCIAL: Final = (
    re.compile(r"(?<!\d)(20[0-4]\d)\s?[\-_/ ]?\s?(?:20)?(\d\d)(?!\d)", re.ASCII),
    re.compile(r"(?<!\d)(\d\d)\s?[\-_/ ]?\s?(\d\d)(?!\d)", re.ASCII),
)
_IN_NAME_PERIOD: Final = re.compile(
    r"(?<![a-z])(?:p|period|month|mth)[\s_\-]?(0?[1-9]|1[0-2])(?!\d)", re.IGNORECASE
)


def period_of(text: str, *, within: Period | None = None) -> Period | None:
    """The period that a file's name, a sheet's name or a title speaks of, the finest it gives.

    `within` is what is known already: a sheet called Apr in a file of 2023-24 is April 2023.
    A name such as 2011-12, which may be a month or a year, is taken for the year: that claims less.
    """
    months = [_named_month(m, text, within) for m in _IN_NAME_MONTH.finditer(text)]
    if found := [m for m in months if m]:
        return max(found, key=lambda p: p.first)
    if match := _QUARTER.search(text):
        return _quarter(match)
    financial = _financial(text)
    if match := _IN_NAME_PERIOD.search(text):
        year = financial or within
        if year and (year.last - year.first).days > 31:
            month = (int(match[1]) + 2) % 12 + 1
            return _month_within(month, year, match[0])
    if financial:
        return financial
    if match := _IN_NAME_YEAR_MONTH.search(text):
        in_year, in_month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _whole_month(int(in_year), int(in_month), match[0])
    return None


def _named_month(match: re.Match[str], text: str, within: Period | None) -> Period | None:
    month = _NAMES[match[1].lower()]
    if match[2]:
        return _whole_month(_year(match[2]), month, match[0])
    year = _financial(text) or within
    return _month_within(month, year, match[0]) if year else None


def _whole_month(year: int, month: int, text: str) -> Period | None:
    if not _EARLIEST <= year <= _LATEST:
        return None
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), text.strip())


def _month_within(month: int, period: Period, text: str) -> Period | None:
    for year in range(period.first.year, period.last.year + 1):
        found = _whole_month(year, month, text)
        if found and period.first <= found.first <= period.last:
            return found
    return None


def _financial(text: str) -> Period | None:
    """A financial year: two years that follow one another, whatever stands between them."""
    for match in (m for pattern in _IN_NAME_FINANCIAL for m in pattern.finditer(text)):
        if _is_next(match[1][-2:], match[2]):
            start = _year(match[1])
            if _EARLIEST <= start < _LATEST:
                return Period(date(start, 4, 1), date(start + 1, 3, 31), match[0].strip())
    return None
