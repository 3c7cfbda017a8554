"""Where the points of a watched series stand, and the levels between its changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.monitoring.rules.seen import Change, Seen, Shape
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.periods import Period

_DAYS_A_MONTH: Final = 365.25 / 12
_MOST_EMPTY: Final = 60  # places left empty for periods of which the series says nothing


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one level: its first and last place, and the level at each end.

    `change` is what began it, with the places between which it may have begun; None of the first.
    """

    first: int
    last: int
    begins: float | None
    ends: float | None
    change: Change | None = None
    since_from: int = 0
    since_to: int = 0


def slots(watched: Watched) -> tuple[int, ...]:
    """The place of each point: periods that the series leaves out keep their room, up to a limit.

    A series that is not regular has its points side by side.
    """
    found: list[int] = []
    before: Period | None = None
    for point in watched.points:
        step = 1
        if before is not None and watched.months:
            days = (point.period.first_day - before.first_day).days
            step = min(max(1, round(days / (_DAYS_A_MONTH * watched.months))), _MOST_EMPTY)
        found.append(found[-1] + step if found else 0)
        before = point.period
    return tuple(found)


def stretches(watched: Watched, seen: Seen, places: Sequence[int]) -> tuple[Stretch, ...]:
    """The stretches after the last break, each with its level where that is known."""
    changes = sorted(
        [*seen.earlier, *([seen.now] if seen.now else [])], key=lambda one: one.since.first_day
    )
    start = _start(watched, places)
    last = places[-1]
    if not changes:
        return (Stretch(start, last, seen.usual, seen.usual),)
    firsts = [_place(one.since, watched, places) for one in changes]
    found = []
    if firsts[0] > start:
        level = changes[0].before
        found.append(Stretch(start, firsts[0] - 1, level, level))
    for n, (change, first) in enumerate(zip(changes, firsts, strict=True)):
        ends = firsts[n + 1] - 1 if n + 1 < len(changes) else last
        begins = change.before if change.shape is Shape.SLIDE else change.after
        found.append(
            Stretch(
                first,
                max(ends, first),
                begins,
                change.after,
                change,
                _place(change.since_earliest, watched, places),
                _place(change.since_latest, watched, places),
            )
        )
    return tuple(found)


def _start(watched: Watched, places: Sequence[int]) -> int:
    """The first place after the last break."""
    if not watched.breaks:
        return places[0]
    day = max(one.on for one in watched.breaks)
    after = [s for s, p in zip(places, watched.points, strict=True) if p.period.first_day >= day]
    return after[0] if after else places[0]


def _place(period: Period, watched: Watched, places: Sequence[int]) -> int:
    """The place of a period, or of the first that is not before it."""
    for place, point in zip(places, watched.points, strict=True):
        if point.period.first_day >= period.first_day:
            return place
    return places[-1]
