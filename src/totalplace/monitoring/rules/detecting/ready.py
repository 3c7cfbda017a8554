"""A watched series made ready for weighing: down is worse, and its spread does not grow with it.

Counts and shares move by chance more where they are large, or of few people: on the scale of the
square root (Anscombe 1948) or of the arcsine (Freeman and Tukey 1950) they do not, and how far
they move by counting alone is known there. Published limits say the same of a measure. It is the
least that the spread of one point can be; over-dispersion, what is more, is learnt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm, rhythm_of
from totalplace.monitoring.rules.watched import Kind, Point, Watched
from totalplace.outcomes.rules.indicators import Better

FEWEST: Final = 5  # points below which nothing is said: two of a level leave no noise to see
LONGEST: Final = 120  # points that are looked back on: ten years of months
_WIDE: Final = 3.92  # from the lower to the upper 95% limit, in standard errors
_LARGEST: Final = 1e100  # a number beyond this is no measure of anything, and squares overflow
_LATEST: Final = 3  # points whose own sureness is looked at apart
_MOST_OVER: Final = 12  # periods in one: twelve months rolling
_ROUNDED: Final = 12.0  # the variance of a rounding, beside the square of its step
_MOST_DECIMALS: Final = 6
_NEAREST: Final = 0.25  # of a period: how far a point may lie from where a regular one would


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """Numbers to be weighed: `y`, and the `floor` that the variance of one has at each look.

    `at` are positions in time, in periods from the first. `breaks` are the points that begin a
    level which nothing before is compared with. `over` is how many of them each period
    is of, where they overlap.
    """

    series: Watched
    points: tuple[Point, ...]
    rhythm: Rhythm
    y: Numbers
    floor: Numbers
    at: tuple[int, ...]
    breaks: tuple[int, ...]
    over: int
    scale: Scale

    @property
    def two_sided(self) -> bool:
        """Whether a change either way is one to tell."""
        return self.series.better is Better.NEITHER


@dataclass(frozen=True, slots=True)
class Scale:
    """How a value becomes a number to weigh, and back. `turn` is -1 where lower is better."""

    kind: Kind
    unit: float  # what a share or a rate is multiplied by
    turn: float

    def value(self, number: float) -> float:
        """The value in the series' unit that a number stands for."""
        plain = self.turn * number
        if self.kind is Kind.SHARE:
            return self.unit * math.sin(min(max(plain, 0.0), math.pi / 2)) ** 2
        if self.kind is Kind.COUNT:
            return self.unit * max(plain, 0.0) ** 2
        return plain


def ready(series: Watched) -> Ready | str:
    """A series made ready, or in a sentence why it cannot be watched. Too few points are none."""
    points = _whole(series.looked_at)[-LONGEST:]
    if not points:
        return "No point of it can be looked at."
    scale = Scale(_kind(series, points), _unit(series, points), _turn(series.better))
    values = np.array([_number(point, scale) for point in points])
    if len(points) >= FEWEST and np.ptp(values) == 0:
        return f"Every one of its {len(points)} values is the same, so there is nothing to weigh."
    at = _positions(series, points)
    return Ready(
        series=series,
        points=points,
        rhythm=rhythm_of(series),
        y=values,
        floor=_floor(points, scale),
        at=at,
        breaks=_breaks(series, points),
        over=_over(points),
        scale=scale,
    )


def _whole(points: Sequence[Point]) -> tuple[Point, ...]:
    """Points with a number, in the order of their periods."""
    sound = (
        point
        for point in points
        if point.value is not None and math.isfinite(point.value) and abs(point.value) < _LARGEST
    )
    return tuple(sorted(sound, key=lambda point: (point.period.first_day, point.period.last_day)))


def _turn(better: Better) -> float:
    return -1.0 if better is Better.LOWER else 1.0


def _kind(series: Watched, points: Sequence[Point]) -> Kind:
    """The kind it can be weighed as: a share or a rate needs the numbers it was made of."""
    if series.kind is Kind.SHARE and all(_is_share(point) for point in points):
        return Kind.SHARE
    if series.kind is Kind.COUNT and all(_is_count(point) for point in points):
        return Kind.COUNT
    return Kind.MEASURE


def _is_share(point: Point) -> bool:
    top, whole = point.numerator, point.denominator
    return top is not None and whole is not None and whole >= 1 and 0 <= top <= whole


def _is_count(point: Point) -> bool:
    count = _count(point)
    return count is not None and count >= 0 and (point.denominator is None or point.denominator > 0)


def _count(point: Point) -> float | None:
    """How many events: the numerator, or the value of a plain count."""
    if point.numerator is not None:
        return point.numerator
    return point.value if point.denominator is None else None


def _unit(series: Watched, points: Sequence[Point]) -> float:
    """What the share or rate of a point is multiplied by; 1 for a plain count."""
    rated = any(point.denominator is not None for point in points)
    return float(series.scale) if rated else 1.0


def _number(point: Point, scale: Scale) -> float:
    if scale.kind is Kind.SHARE:
        top, whole = float(point.numerator or 0), float(point.denominator or 1)
        return scale.turn * math.asin(math.sqrt((top + 3 / 8) / (whole + 3 / 4)))
    if scale.kind is Kind.COUNT:
        count = float(_count(point) or 0)
        return scale.turn * math.sqrt((count + 3 / 8) / float(point.denominator or 1))
    return scale.turn * float(point.value or 0)


def _floor(points: Sequence[Point], scale: Scale) -> Numbers:
    """The variance that one point has at the least: by counting, by its limits, by rounding.

    At each point it is the mean so far, or that of the latest three where they are less sure.
    """
    if scale.kind is not Kind.MEASURE:
        own = [0.25 / float(point.denominator or 1) for point in points]
    else:
        own = [
            0.0
            if point.low is None or point.high is None
            else ((point.high - point.low) / _WIDE) ** 2
            for point in points
        ]
    total = np.cumsum(own)
    many = np.arange(1, len(points) + 1)
    before = np.concatenate([np.zeros(min(_LATEST, len(own))), total[:-_LATEST]])
    latest = (total - before) / np.minimum(many, _LATEST)
    rounding = 0.0 if scale.kind is not Kind.MEASURE else _step(points) ** 2 / _ROUNDED
    floor: Numbers = np.maximum(np.maximum(total / many, latest), rounding)
    return floor


def _step(points: Sequence[Point]) -> float:
    """What the values are rounded to; nothing where it is finer than can be seen."""
    values = [float(point.value or 0) for point in points]
    for decimals in range(_MOST_DECIMALS + 1):
        if all(abs(one - round(one, decimals)) <= 1e-9 * max(1.0, abs(one)) for one in values):
            return float(10.0**-decimals)
    return 0.0


def _positions(series: Watched, points: Sequence[Point]) -> tuple[int, ...]:
    """Where each point stands in time; one after the other where the series is not regular."""
    first = points[0].period.first_day
    plain = tuple(range(len(points)))
    if not series.months or series.months <= 0:
        return plain
    days = [point.period.first_day for point in points]
    months = [(day.year - first.year) * 12 + day.month - first.month for day in days]
    at = [month / series.months for month in months]
    near = [round(one) for one in at]
    regular = all(abs(a - b) <= _NEAREST for a, b in zip(at, near, strict=True))
    upward = all(later > sooner for sooner, later in pairwise(near))
    return tuple(near) if regular and upward else plain


def _breaks(series: Watched, points: Sequence[Point]) -> tuple[int, ...]:
    """The first point that begins on or after each break, where there are points before it."""
    found = set()
    for one in series.breaks:
        after = [n for n, point in enumerate(points) if point.period.first_day >= one.on]
        if after and after[0] > 0:
            found.add(after[0])
    return tuple(sorted(found))


def _over(points: Sequence[Point]) -> int:
    """How many steps from point to point a period is long: 3 of three years rolling; at least 1."""
    longs = []
    for one, other in pairwise(points):
        days = (one.period.last_day - one.period.first_day).days + 1
        apart = (other.period.first_day - one.period.first_day).days
        longs.append(days / apart if apart > 0 else 1.0)
    return min(_MOST_OVER, max(1, round(float(np.median(longs))))) if longs else 1
