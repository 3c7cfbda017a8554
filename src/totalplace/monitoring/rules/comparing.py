"""Is it us or everyone? A change beside the country, similar places, and all areas at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from totalplace.monitoring.rules.findings import same_way
from totalplace.monitoring.rules.seen import Change, Seen
from totalplace.monitoring.rules.watched import Kind, Point, Watched
from totalplace.outcomes.rules.indicators import Break

_HALF: Final = 0.5  # of similar places: from here on it is most of them
_LEAST_ALIKE: Final = 4  # similar places: of fewer, no share is told
_LEAST_AREAS: Final = 10
_NEARLY_ALL: Final = 0.9
_JUMP: Final = 3.0  # of an area's own usual step from one figure to the next
_SPREAD: Final = 1.4826  # of a median deviation, for a normal spread
_LEAST_STEPS: Final = 4
_THE_SAME: Final = 1e-9  # of a figure


class Whose(StrEnum):
    """Whether a change is the place's own."""

    HERE = "here, and not elsewhere"
    MORE_HERE = "everywhere, and more here"
    EVERYWHERE = "everywhere"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Other:
    """Another area beside the place's, and what is seen there; None where it has no readings."""

    area: str
    name: str
    seen: Seen | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A change beside others: the country's own, the difference to it, and similar places'.

    `moved` of `alike` places moved the same way from about the same day. `at_once` says of a day
    on which nearly all areas moved the same way. `chosen` tells by which list they are similar.
    """

    whose: Whose = Whose.NOT_KNOWN
    country: Other | None = None
    with_country: bool | None = None  # whether the country moved the same way; None: not known
    beyond: bool | None = None  # whether the difference to the country did
    alike: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    chosen: str = ""
    at_once: str = ""


def beside(
    change: Change,
    *,
    country: Other | None = None,
    difference: Seen | None = None,
    others: Iterable[Other] = (),
    chosen: str = "",
    at_once: Iterable[Break] = (),
) -> Compared:
    """A change beside what is seen elsewhere, from about the same day and the same way."""
    known = [one for one in others if one.seen is not None and one.seen.points]
    moved = tuple(one.name for one in known if moved_alike(change, one.seen))
    whole = None if country is None or country.seen is None else moved_alike(change, country.seen)
    beyond = None if difference is None else moved_alike(change, difference)
    said = [one.why for one in at_once if _on(change, one.on)]
    return Compared(
        whose=_whose(whole, beyond, len(moved), len(known)),
        country=country,
        with_country=whole,
        beyond=beyond,
        alike=tuple(one.name for one in known),
        moved=moved,
        chosen=chosen,
        at_once=said[0] if said else "",
    )


def _whose(whole: bool | None, beyond: bool | None, moved: int, known: int) -> Whose:
    """By the country where it is known; else by whether most similar places moved."""
    if whole is None:
        if known < _LEAST_ALIKE:
            return Whose.NOT_KNOWN
        return Whose.EVERYWHERE if moved >= _HALF * known else Whose.HERE
    if not whole:
        most = known >= _LEAST_ALIKE and moved >= _HALF * known
        return Whose.EVERYWHERE if most else Whose.HERE
    return Whose.MORE_HERE if beyond else Whose.EVERYWHERE


def moved_alike(change: Change, seen: Seen | None) -> bool:
    """Whether something else changed the same way within the days in which this one began."""
    if seen is None:
        return False
    slack = timedelta(days=(change.since.last_day - change.since.first_day).days + 1)
    return any(
        same_way(change.sign, other.sign)
        and other.since_earliest.first_day <= change.since_latest.last_day + slack
        and change.since_earliest.first_day - slack <= other.since_latest.last_day
        for other in (*seen.earlier, *((seen.now,) if seen.now else ()))
    )


def _on(change: Change, day: date) -> bool:
    return change.since_earliest.first_day <= day <= change.since_latest.last_day


def is_other(mine: Watched, other: Watched) -> bool:
    """Whether another area's figures are others: a table of one body adds up to that body alone."""
    theirs = {point.period: point.value for point in other.points if point.value is not None}
    both = [(p.value, theirs[p.period]) for p in mine.points if p.period in theirs]
    return any(
        value is not None and abs(value - its) > _THE_SAME * max(abs(value), abs(its))
        for value, its in both
    )


def difference(mine: Watched, other: Watched) -> Watched:
    """A series less another, period by period; what either lacks is missing and not nought."""
    theirs = {(p.period.first_day, p.period.last_day): p for p in other.points}
    points = []
    for point in mine.points:
        its = theirs.get((point.period.first_day, point.period.last_day))
        both = point.value is not None and its is not None and its.value is not None
        value = point.value - its.value if both else None  # type: ignore[operator, union-attr]
        standing = point.standing if not point.looked_at or its is None else its.standing
        points.append(Point(point.period, value, standing, point.why))
    return replace(
        mine,
        code=f"{mine.code}/less/{other.area}",
        points=tuple(points),
        kind=Kind.MEASURE,
        breaks=tuple(sorted({*mine.breaks, *other.breaks}, key=lambda one: (one.on, one.why))),
        protected=False,
        notes=(),
    )


def moved_at_once(areas: Sequence[Watched]) -> tuple[Break, ...]:
    """Days on which nearly all areas moved the same way: perhaps counted anew. Never applied.

    A jump is three times an area's own usual step. It may be a new way of counting or something
    that happened to everyone: the figures cannot say which, so it is told and no more.
    """
    jumped: dict[date, list[int]] = {}
    for area in areas:
        steps = [
            (after.period.first_day, (after.value or 0.0) - (before.value or 0.0))
            for before, after in pairwise(area.looked_at)
        ]
        if len(steps) < _LEAST_STEPS:
            continue
        usual = _SPREAD * sorted(abs(step) for _, step in steps)[len(steps) // 2]
        for day, step in steps:
            far = usual > 0 and abs(step) > _JUMP * usual
            jumped.setdefault(day, []).append((1 if step > 0 else -1) if far else 0)
    return tuple(
        Break(day, f"{most} of {len(said)} areas moved {way} at once: perhaps counted anew, or "
              "something that happened to all")
        for day, said in sorted(jumped.items())
        for way, most in [max((("up", said.count(1)), ("down", said.count(-1))),
                              key=lambda pair: pair[1])]
        if len(said) >= _LEAST_AREAS and most >= _NEARLY_ALL * len(said)
    )  # fmt: skip
