"""What of a series may be looked at: bad figures are marked, with why, and are never news.

Nothing is thrown away: a figure that cannot be what it says stays where it was, set aside, so that
an officer sees it and puts it right at its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import isfinite
from typing import Final

from totalplace.monitoring.rules.judging_levels import (
    all_nought,
    falling_away,
    noughts,
    other_lengths,
    units,
)
from totalplace.monitoring.rules.seen import Seen, Sign
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Watched
from totalplace.outcomes.rules.indicators import Break
from totalplace.outcomes.rules.periods import months_on

# A series is late when nothing came for so many of its own periods and half a year: yearly figures
# are commonly published up to a year and a half after their year, monthly ones within four months.
_LATE_PERIODS: Final = 2
_LATE_MONTHS: Final = 4
_NAMED: Final = 3  # periods that are named one by one
_OTHER_LENGTH: Final = 1.5  # times as long, or as short


def judged(series: Watched, *, on: date) -> Watched:
    """A series in order, with each figure that may not be looked at marked, as known `on` a day.

    Its notes say in sentences what was done. Judging again changes nothing.
    """
    notes = list(series.notes)
    points, anew = _lengths(_once(series.points, notes))
    points = [_judged(point, series, on) for point in points]
    points, breaks = _levels(points, series)
    notes += _said_of(points, series, on)
    return replace(
        series,
        points=tuple(points),
        breaks=_breaks([*series.breaks, *anew, *breaks]),
        notes=tuple(dict.fromkeys(notes)),
    )


def as_seen(series: Watched, seen: Seen) -> Seen:
    """What is seen, and where figures are there and none may be looked at, that it is set aside."""
    if series.looked_at or not any(p.standing is Standing.SET_ASIDE for p in series.points):
        return seen
    return replace(seen, sign=Sign.SET_ASIDE, short_by=0)


def aside(point: Point, why: str) -> Point:
    """The figure set aside; what was set aside or is missing already keeps its own reason."""
    return replace(point, standing=Standing.SET_ASIDE, why=why) if point.looked_at else point


def _once(points: Sequence[Point], notes: list[str]) -> list[Point]:
    """One figure a period, in order: the same given twice counts once, two different ones never."""
    days = [(point.period.first_day, point.period.last_day) for point in points]
    if all(one < other for one, other in pairwise(days)):
        return list(points)
    found: dict[tuple[date, date], Point] = {}
    for day, point in sorted(zip(days, points, strict=True), key=lambda pair: pair[0]):
        before = found.get(day)
        if before is None or before.value is None:
            found[day] = point
        elif point.value == before.value:
            notes.append(f"The figure of {point.period.said} was given twice and counts once.")
        elif point.value is not None:
            found[day] = aside(before, "two different figures were given for this period")
    return list(found.values())


def _lengths(points: list[Point]) -> tuple[list[Point], list[Break]]:
    """A year among months is no month: what covers another length of time is set aside.

    Where months end and quarters begin for good, the series begins anew; where lengths come and
    go, those that are fewest are set aside.
    """
    days = [(point.period.last_day - point.period.first_day).days + 1 for point in points]
    at = [place for place, point in enumerate(points) if point.looked_at]
    if not at or max(days) <= _OTHER_LENGTH * min(days):
        return points, []
    found = other_lengths([days[place] for place in at])
    for place in found.aside:
        points[at[place]] = aside(
            points[at[place]], "it covers another length of time than the others"
        )
    if found.since is None:
        return points, []
    why = "figures from then on cover another length of time"
    return points, [Break(points[at[found.since]].period.first_day, why)]


def _judged(point: Point, series: Watched, on: date) -> Point:
    """A figure by itself: its day, whether it is a number, and whether it can be of its kind."""
    if not point.looked_at:
        return point
    if point.period.last_day >= on:
        if point.period.first_day > on:
            return aside(point, "its period has not begun: it is dated ahead")
        return replace(point, standing=Standing.PARTIAL, why="its period is not over")
    why = _not_of_its_kind(point, series)
    if why:
        return aside(point, why)
    low, high = point.low, point.high
    if low is not None and high is not None and not low <= high:
        return replace(point, low=None, high=None)  # limits the wrong way round say nothing
    return point


def _not_of_its_kind(point: Point, series: Watched) -> str:
    value, top, bottom = point.value, point.numerator, point.denominator
    if value is None or not isfinite(value):
        return "it is no number"
    if top is not None and top < 0:
        return "a count below nought cannot be"
    if bottom is not None and bottom <= 0:
        return "it is a part of nothing: its denominator is nought or less"
    if series.kind is Kind.MEASURE:
        return ""
    if value < 0:
        return "a count or share below nought cannot be"
    if series.kind is Kind.SHARE:
        above = value > series.scale * (1 + 1e-9)
        if above or (top is not None and bottom is not None and top > bottom):
            return "a share above the whole cannot be"
    return ""


def _levels(points: list[Point], series: Watched) -> tuple[list[Point], list[Break]]:
    """What only shows beside the other figures: noughts, other units, denominators that fall."""
    at = [place for place, point in enumerate(points) if point.looked_at]
    values = [point.value or 0.0 for point in points if point.looked_at]
    if all_nought(values):
        why = "every figure is nought, which may stand for none being there"
        return [aside(point, why) for point in points], []
    odd = dict.fromkeys(noughts(values, series.kind), "nought far from every other figure may "
                        "stand for none being there")  # fmt: skip
    found = units([0.0 if place in odd else value for place, value in enumerate(values)],
                  series.kind)  # fmt: skip
    odd |= dict.fromkeys(found.aside, f"it is perhaps in another unit: {found.said}")
    for place, why in odd.items():
        points[at[place]] = aside(points[at[place]], why)
    breaks = []
    if found.since is not None:
        day = points[at[found.since]].period.first_day
        breaks.append(Break(day, f"figures from then on are perhaps in another unit: {found.said}"))
    for place in falling_away([point.denominator if point.looked_at else None for point in points]):
        why = "far fewer were counted than usual: perhaps not all of it was in"
        points[place] = replace(points[place], standing=Standing.PARTIAL, why=why)
    return points, breaks


def _said_of(points: Sequence[Point], series: Watched, on: date) -> list[str]:
    """In sentences: how many were set aside and why, what is partial, and whether it is late."""
    why: dict[str, list[str]] = {}
    for point in points:
        if point.standing is Standing.SET_ASIDE:
            why.setdefault(_alike(point.why), []).append(point.period.said)
    notes = [_set_aside(reason, said) for reason, said in why.items()]
    notes += [
        f"The figure of {point.period.said} is shown and not looked at: {point.why}."
        for point in points
        if point.standing is Standing.PARTIAL
    ]
    return [*notes, *_late(points, series.months, on)]


def _alike(why: str) -> str:
    """A reason without the words of the cell: of thirty cells of text it is said once."""
    return "no number is there" if "is no number" in why else why


def _set_aside(reason: str, said: Sequence[str]) -> str:
    if len(said) <= _NAMED:
        figures = "The figure" if len(said) == 1 else "The figures"
        were = "was" if len(said) == 1 else "were"
        return f"{figures} of {' and of '.join(said)} {were} set aside: {reason}."
    return f"{len(said)} figures were set aside, the last that of {said[-1]}: {reason}."


def _late(points: Sequence[Point], months: int | None, on: date) -> list[str]:
    known = [point for point in points if point.value is not None]
    if months is None or not known:
        return []
    last = known[-1].period
    expected = months_on(last.last_day + timedelta(days=1), _LATE_PERIODS * months + _LATE_MONTHS)
    if on <= expected:
        return []
    return [f"It is late: nothing was published after {last.said}. That is no fall and no rise."]


def _breaks(breaks: Iterable[Break]) -> tuple[Break, ...]:
    return tuple(sorted(dict.fromkeys(breaks), key=lambda one: (one.on, one.why)))
