"""In what steps the periods of a series follow each other, and which of them are not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from totalplace.monitoring.rules import series_periods
from totalplace.monitoring.rules.watched import Point, Standing
from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.periods import Period, following

_MOST_GAPS: Final = 60
_LONG: Final = (1, 3, 12)  # months that one period commonly is long
_RHYTHMS: Final = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
_MOSTLY: Final = 0.8


def as_months(points: list[Point]) -> list[Point]:
    """Days that are all the first or all the last of a month are months, as many programs write."""
    days = sorted({point.period.first_day for point in points})
    single = all(point.period.first_day == point.period.last_day for point in points)
    if len(days) < 2 or not single or not series_periods.are_months(days):
        return points
    months = [day.replace(day=1) for day in days]
    step = min(_steps(months))
    long = step if step in _LONG and months[0] == days[0] else 1
    return [
        replace(point, period=periods.lasting(point.period.first_day.replace(day=1), long))
        for point in points
    ]


def _steps(days: Sequence[date]) -> Iterator[int]:
    for one, other in pairwise(days):
        yield (other.year - one.year) * 12 + other.month - one.month


def rhythm(found: Sequence[Period]) -> int | None:
    """The months from one period to the next; None where there is no steady step of months."""
    days = sorted({period.first_day for period in found})
    if len(days) < 2 or len({day.day for day in days}) > 1:
        return None
    steps = list(_steps(days))
    step = min(steps)
    whole = sum(one % step == 0 for one in steps) if step else 0
    return step if step in _RHYTHMS and whole >= _MOSTLY * len(steps) else None


def with_gaps(points: Sequence[Point], months: int | None) -> Iterator[Point]:
    """The points, and each period between them of which nothing is there, as missing."""
    before: Point | None = None
    for point in points:
        if months is not None and before is not None:
            yield from _between(before.period, point.period.first_day, months)
        yield point
        before = point


def _between(before: Period, until: date, months: int) -> Iterator[Point]:
    found: list[Point] = []
    expected = following(before, months)
    while expected.first_day < until and len(found) < _MOST_GAPS:
        found.append(Point(expected, None, Standing.MISSING, "no figure is in the table"))
        expected = following(expected, months)
    if expected.first_day == until:
        yield from found
