"""A look at all that a place watches: what is seen in each series, beside others, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.monitoring.definitions.watch import limits_used
from totalplace.monitoring.queries.elsewhere import Elsewhere
from totalplace.monitoring.queries.watching import WatchRow, watch_of, watched_in
from totalplace.monitoring.rules.comparing import Compared, moved_alike
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.detecting.promise import Promise, looks_a_year
from totalplace.monitoring.rules.findings import Under
from totalplace.monitoring.rules.judging import as_seen
from totalplace.monitoring.rules.seen import Seen
from totalplace.monitoring.rules.telling import Told, name_of, sentences
from totalplace.monitoring.rules.watched import Watched
from totalplace.places.rules.mandates import day_of
from totalplace.sources.home import Home

_NAMED: Final = 6  # titles of what else moved


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One series as it was looked at. `also` are the codes and areas of what moved with it."""

    watched: Watched
    seen: Seen
    told: Told
    compared: Compared | None
    under: Under
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that a place watches, looked at on a day."""

    place: str
    on: date
    watch: WatchRow
    rows: tuple[SeenRow, ...]

    def of(self, code: str, area: str = "") -> SeenRow | None:
        """The series of a code, in an area where the place watches several; None: none such."""
        for row in self.rows:
            if row.watched.code == code and area in ("", row.watched.area):
                return row
        return None


def look(
    place: str, *, home: Home, on: date, elsewhere: Elsewhere | None = None
) -> Look:  # fmt: skip
    """Look at a place on a day: every series, replayed as its figures stand now.

    `elsewhere` keeps what was seen in other areas from one place to the next. Raises Refused
    where there is no such place.
    """
    on = day_of(on)
    row = watch_of(place)
    series = watched_in(place, home=home, on=on)
    found = watch(series, plan_of(row.promise, series)) if series else []
    pairs = [(one, as_seen(one, each)) for one, each in zip(series, found, strict=True)]
    moved = [(one, seen.now) for one, seen in pairs if seen.now is not None]
    beside = iter((elsewhere or Elsewhere(home, on)).beside(moved, alike=row.alike))
    made = [
        _seen_row(one, seen, row, pairs, next(beside) if seen.now is not None else None)
        for one, seen in pairs
    ]
    return Look(place, on, row, tuple(made))


def _seen_row(
    watched: Watched, seen: Seen, row: WatchRow, pairs: Sequence[tuple[Watched, Seen]],
    compared: Compared | None,
) -> SeenRow:  # fmt: skip
    under = under_of(watched, row.promise, len(pairs))
    if seen.now is None:
        return SeenRow(watched, seen, sentences(seen, watched), None, under)
    also = list(_with_it(watched, seen, pairs))
    told = sentences(
        seen, watched, compared, chance=under.chance,
        also=[f"{name_of(one)} ({found.sign})" for one, found in also[:_NAMED]],
    )  # fmt: skip
    codes = tuple((one.code, one.area) for one, _ in also)
    return SeenRow(watched, seen, told, compared, under, codes)


def under_of(watched: Watched, promise: float, series: int) -> Under:
    """A series' part of the promise: the same for each, and no look laxer than is allowed."""
    made, looks = Promise(promise, series), looks_a_year(watched)
    return Under(promise, series, made.a_look(looks) * looks, limits_used())


def _with_it(
    watched: Watched, seen: Seen, pairs: Iterable[tuple[Watched, Seen]]
) -> Iterable[tuple[Watched, Seen]]:
    """What else in the place changed for better or worse within the same days, either way."""
    change = seen.now
    for one, found in pairs:
        if one is watched or found.now is None or change is None:
            continue
        if moved_alike(replace(change, sign=found.now.sign), replace(found, earlier=())):
            yield one, found
