"""Periods as publishers write them: one type for a year, three years together, a month or a day.

The first and the last day are what readings are put in order by; `said` is what people call it.
What stands in brackets behind a period, as in `2018 (Rev)`, is a mark and no part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_BY_NAME: Final = {name[:3].lower(): n for n, name in enumerate(_MONTHS, start=1)}
_EARLIEST, _LATEST = 1800, 2200
_BRACKETS: Final = re.compile(r"\s*[\[(]([^()\[\]]*)[\])]\s*$")
_NAME: Final = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember"
    r"|ober|ember)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first day to the last, both within it; `said` is its name."""

    first_day: date
    last_day: date
    said: str

    @property
    def span(self) -> str:
        """Its days in words: 1 April 2019 to 31 March 2020."""
        if self.first_day == self.last_day:
            return in_words(self.first_day)
        return f"{in_words(self.first_day)} to {in_words(self.last_day)}"

    def overlaps(self, other: Period) -> bool:
        """Whether they share a day: then they are not two independent readings."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day


@dataclass(frozen=True, slots=True)
class Years:
    """How a table's years run: from which month, and whether a bare 2017 names the end.

    None where that is not said: such years are read as they stand, and their doubt is said.
    """

    month: int | None = None
    named_by_end: bool | None = None


AS_WRITTEN: Final = Years()


@dataclass(frozen=True, slots=True)
class Read:
    """A period that was read, the mark behind it, and what is not certain of it."""

    period: Period
    mark: str = ""
    doubt: str = ""


@lru_cache(maxsize=50_000)
def read(text: str, years: Years = AS_WRITTEN) -> Read | None:
    """The period of a cell, or None where it is none that is known."""
    words = " ".join(text.split())
    marks: list[str] = []
    while found := _BRACKETS.search(words):
        marks.insert(0, found.group(1).strip())
        words = words[: found.start()]
    mark = ", ".join(filter(None, marks))
    for pattern, make in _WAYS:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        try:
            made = make(match, years)
        except (ValueError, OverflowError):  # the 31st of June, the year 9999 and three more
            return None
        if made is not None:
            period, doubt = made
            return Read(period, mark, doubt)
    return None


Made = tuple[Period, str] | None


def _iso(match: re.Match[str], _: Years) -> Made:
    """ISO 8601: a day and how long, as 2015-11-16/P1Y."""
    first = date.fromisoformat(match.group(1))
    length, what = int(match.group(2)), match.group(3)
    if not length:
        return None
    if what == "D":
        return lasting_days(first, length), ""
    return lasting(first, length * (12 if what == "Y" else 1)), ""


def _day(match: re.Match[str], _: Years) -> Made:
    day = date.fromisoformat(match.group(1))
    return Period(day, day, in_words(day)), ""


def _british_day(match: re.Match[str], _: Years) -> Made:
    day = date(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    return Period(day, day, in_words(day)), ""


def _bare(match: re.Match[str], years: Years) -> Made:
    year = int(match.group(1))
    if not _EARLIEST <= year <= _LATEST:
        return None
    if years.month is None:
        return lasting(date(year, 1, 1), 12), (
            f"the table does not say from which month its year {year} runs; it stands here as the "
            "calendar year"
        )
    if years.month == 1:
        return lasting(date(year, 1, 1), 12), ""
    ends = years.named_by_end is not False
    doubt = "" if years.named_by_end is not None else (
        f"the table does not say whether {year} is the year that ends or that begins then; it "
        "stands here as the one that ends"
    )  # fmt: skip
    return lasting(date(year - 1 if ends else year, years.month, 1), 12), doubt


def _two_years(match: re.Match[str], years: Years) -> Made:
    """2017/18, 2017-18, 2014-16: a year across two, or several calendar years together."""
    first, last = int(match.group(1)), _second(match.group(1), match.group(3))
    if not _EARLIEST <= first <= _LATEST or last is None:
        return _month_of(match)
    if last == first + 1:
        month = years.month if years.month not in (None, 1) else 4
        doubt = "" if years.month is not None else (
            f"the table does not say from which month {match.group(0)} runs; it stands here from "
            "April to March"
        )  # fmt: skip
        return lasting(date(first, month or 4, 1), 12), doubt
    if last - first > 10:
        return _month_of(match)
    month = years.month or 1
    begins = date(first, 1, 1) if month == 1 else date(first, month, 1)
    length = 12 * (last - first + (1 if month == 1 else 0))
    could_be_month = match.group(2) == "-" and int(match.group(3)) <= 12
    doubt = "it may be a month; it stands here as years together" if could_be_month else ""
    return Period(begins, _after(begins, length), f"{first} to {last}"), doubt


def _month_of(match: re.Match[str]) -> Made:
    """2019-04 as a month, where it cannot be two years."""
    year, month = int(match.group(1)), int(match.group(3))
    if match.group(2) != "-" or not 1 <= month <= 12 or not _EARLIEST <= year <= _LATEST:
        return None
    return lasting(date(year, month, 1), 1), ""


def _second(first: str, second: str) -> int | None:
    """The second year of two, written in full or by its last two digits; None where not later."""
    whole = int(second) if len(second) == 4 else int(first[:2] + second)
    if whole <= int(first) and len(second) == 2:
        whole += 100
    return whole if 0 < whole - int(first) <= 20 else None


def _split_years(match: re.Match[str], years: Years) -> Made:
    """2013/14-15/16: three years together, each across two."""
    first = int(match.group(1))
    last_begin = _second(match.group(1), match.group(3))
    if not _EARLIEST <= first <= _LATEST or last_begin is None:
        return None
    if _second(match.group(1), match.group(2)) != first + 1:
        return None
    if _second(str(last_begin), match.group(4)) != last_begin + 1:
        return None
    month = years.month if years.month not in (None, 1) else 4
    begins = date(first, month or 4, 1)
    said = f"{_across(first)} to {_across(last_begin)}"
    return Period(begins, _after(begins, 12 * (last_begin - first + 1)), said), ""


def _six_digits(match: re.Match[str], years: Years) -> Made:
    """202223, as the Department for Education writes a year across two."""
    first, last = int(match.group(1)), int(match.group(2))
    if (first + 1) % 100 != last or not _EARLIEST <= first <= _LATEST:
        return None
    return lasting(date(first, years.month if years.month not in (None, 1) else 9, 1), 12), ""


def _month(match: re.Match[str], _: Years) -> Made:
    name = match.group("name")
    year = int(match.group("year"))
    year += 2000 if year < 100 else 0
    if not _EARLIEST <= year <= _LATEST:
        return None
    return lasting(date(year, _BY_NAME[name[:3].lower()], 1), 1), ""


def _quarter(match: re.Match[str], _: Years) -> Made:
    year = int(match.group("year"))
    return lasting(date(year, 3 * int(match.group("quarter")) - 2, 1), 3), ""


def _year_to(match: re.Match[str], _: Years) -> Made:
    """Year ending 31 March 2024, 12 months to March 2024."""
    month, year = _BY_NAME[match.group("name")[:3].lower()], int(match.group("year"))
    begins = date(year - (month < 12), month % 12 + 1, 1)
    return lasting(begins, 12), ""


_YEAR: Final = r"(?P<year>\d{4})"
_WAYS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"(\d{4}-\d{2}-\d{2})(?:T[\d:.]+Z?)?/P(\d{1,3})([YMD])", _iso),
        (r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?", _day),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", _british_day),
        (r"(\d{4})(?:\.0+)?", _bare),
        (r"(\d{4})\s?(/|-|–|to)\s?(\d{4}|\d{2})", _two_years),
        (
            r"(\d{4})/(\d{2}|\d{4})\s?(?:-|–|to)\s?((?:\d{2})?\d{2})/(\d{2}|\d{4})",
            _split_years,
        ),
        (r"(\d{4})(\d{2})", _six_digits),
        (rf"(?P<name>{_NAME})[\s-]?(?P<year>\d{{4}}|\d{{2}})", _month),
        (rf"{_YEAR}[\s-](?P<name>{_NAME})", _month),
        (rf"Q(?P<quarter>[1-4])[\s-]?{_YEAR}", _quarter),
        (rf"{_YEAR}[\s-]?Q(?P<quarter>[1-4])", _quarter),
        (
            rf"(?:year ending|year to|12 months to)\s(?:\d{{1,2}}\s)?(?P<name>{_NAME})\s{_YEAR}",
            _year_to,
        ),
    )
)


def lasting(first: date, months: int) -> Period:
    """The period of so many months from a day, under the name that it goes by."""
    return Period(first, _after(first, months), _name(first, months))


def lasting_days(first: date, days: int) -> Period:
    """The period of so many days from a day."""
    last = first + timedelta(days=days - 1)
    said = in_words(first) if days == 1 else f"{in_words(first)} to {in_words(last)}"
    return Period(first, last, said)


def month_of(period: Period) -> Period:
    """The month of a day, for tables that write a month as its first day."""
    return lasting(period.first_day.replace(day=1), 1)


def following(period: Period, months: int) -> Period:
    """The period of the same length that begins so many months later."""
    first = months_on(period.first_day, months)
    if period.first_day == period.last_day:
        return Period(first, first, in_words(first))
    return lasting(first, _length(period))


def _length(period: Period) -> int:
    """In months, of a period that begins and ends as months do."""
    after = period.last_day + timedelta(days=1)
    return (after.year - period.first_day.year) * 12 + after.month - period.first_day.month


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for at in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(at, day.day))
        except ValueError:
            continue
    raise ValueError(day)


def _after(first: date, months: int) -> date:
    return months_on(first, months) - timedelta(days=1)


def _across(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"


def _name(first: date, months: int) -> str:
    years, rest = divmod(months, 12)
    last = _after(first, months)
    if rest == 0 and first.day == 1 and first.month == 1:
        return str(first.year) if years == 1 else f"{first.year} to {last.year}"
    if rest == 0 and years == 1:
        return _across(first.year)
    if rest == 0:
        return f"{_across(first.year)} to {_across(first.year + years - 1)}"
    if months == 1 and first.day == 1:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return f"{_MONTHS[first.month - 1]} {first.year} to {_MONTHS[last.month - 1]} {last.year}"


def in_words(day: date) -> str:
    """1 April 2019."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
