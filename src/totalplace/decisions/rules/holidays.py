"""Bank holidays of England: by rule, with those that were moved or added once.

Banking and Financial Dealings Act 1971, schedule 1; New Year's Day and the first Monday of May by
proclamation under its section 1; Good Friday and Christmas Day by common law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from totalplace.refusal import Refused

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Proclaimed:
    """What was proclaimed for one year alone: days moved (from: to) and added, with their names."""

    first_year: int
    moved: Mapping[date, date] = field(default_factory=dict)
    added: Mapping[date, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.first_year, *sorted(self.moved.items()), *sorted(self.added.items())))


def easter(year: int) -> date:
    """Easter Day, by the Gregorian rule as Meeus, Jones and Butcher write it."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leap = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + leap + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def bank_holidays(year: int, proclaimed: Proclaimed) -> Mapping[date, str]:
    """The bank holidays of a year with their names, in order; substitutes are named as such.

    Refused: a year before the first of which is known what was proclaimed.
    """
    if year < proclaimed.first_year:
        raise Refused(
            f"Days in {year} cannot be counted",
            why=f"which bank holidays were moved or added is known from {proclaimed.first_year} on",
            next_step="Add the earlier years to the definition of bank holidays, with their source",
        )
    days = {proclaimed.moved.get(day, day): name for day, name in _by_rule(year)}
    days |= {day: name for day, name in proclaimed.added.items() if day.year == year}
    return dict(sorted(days.items()))


def _by_rule(year: int) -> Iterator[tuple[date, str]]:
    yield from _observed({date(year, 1, 1): "New Year's Day"})
    sunday = easter(year)
    yield sunday - 2 * _DAY, "Good Friday"
    yield sunday + _DAY, "Easter Monday"
    yield _monday_from(date(year, 5, 1)), "Early May bank holiday"
    yield _monday_from(date(year, 6, 1)) - _WEEK, "Spring bank holiday"
    yield _monday_from(date(year, 9, 1)) - _WEEK, "Summer bank holiday"
    yield from _observed({date(year, 12, 25): "Christmas Day", date(year, 12, 26): "Boxing Day"})


def _observed(days: Mapping[date, str]) -> Iterator[tuple[date, str]]:
    """Days as they are kept: one at a weekend gives way to the next weekday that is free."""
    kept = {day: name for day, name in days.items() if day.weekday() < _SATURDAY}
    free = max(days) + _DAY
    for day, name in days.items():
        if day in kept:
            continue
        while free.weekday() >= _SATURDAY or free in kept:
            free += _DAY
        kept[free] = f"{name} (substitute day)"
    yield from kept.items()


def _monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)
