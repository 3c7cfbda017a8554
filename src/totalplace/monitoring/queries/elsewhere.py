"""The same series elsewhere: the country, similar places, every area; looked at once for all.

What is seen in an area follows from the readings of that indicator alone, so that a page and the
nightly run say the same of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.queries.watched_outcomes import everywhere, indicator_of
from totalplace.monitoring.rules.comparing import (
    Compared,
    Other,
    beside,
    difference,
    is_other,
    moved_alike,
    moved_at_once,
)
from totalplace.monitoring.rules.detecting import Plan, plan_of, watch
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.seen import Change, Seen
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.queries.comparing import Comparators
from totalplace.outcomes.rules.indicators import Break
from totalplace.sources.home import Home

MANY: Final = 20  # places: from here on nearly every area is similar to one of them
Moved = tuple[Watched, Change]
# Indicators whose areas are kept: of each, what is seen in 300 areas takes about half a megabyte.
_KEPT: Final = 300
_KEPT_WAITING: Final = 40  # where series wait to be asked for: 300 areas take a few megabytes each


@dataclass(slots=True)
class _Every:
    """An indicator in every area: what is seen in those that were looked at, days of all at once.

    `waiting` are series that nobody has asked for yet.
    """

    plan: Plan
    at_once: tuple[Break, ...]
    names: dict[str, str]
    countries: dict[str, Watched]
    waiting: dict[str, Watched] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)

    def look(self, areas: Iterable[str]) -> None:
        """Look at those of some areas that were not looked at."""
        now = [self.waiting.pop(area) for area in dict.fromkeys(areas) if area in self.waiting]
        found = watch(now, self.plan) if now else []
        self.seen |= {one.area: each for one, each in zip(now, found, strict=True)}

    def country_beside(self, mine: Watched, code: str) -> Watched | None:
        """The country, looked at; None where it is not read, or is of this area alone."""
        country = self.countries.get(code)
        if country is None or not is_other(mine, country):
            return None
        self.look([code])
        return country

    def beside(
        self, moved: Moved, whole: Comparators, country: Watched | None, alike: Sequence[str],
        beyond: Seen | None,
    ) -> Compared:  # fmt: skip
        """A change beside the country, what it moved beyond it, and similar places."""
        mine, change = moved
        chosen, said = tuple(alike), "The place chose them." if alike else ""
        if not chosen and whole.neighbours:
            chosen, said = whole.neighbours, whole.said
        chosen = tuple(area for area in chosen if area != mine.area)
        self.look(chosen)
        return beside(
            change,
            country=self._other(country.area) if country is not None else None,
            difference=beyond,
            others=map(self._other, chosen),
            chosen=said,
            at_once=self.at_once,
        )

    def _other(self, area: str) -> Other:
        return Other(area, self.names.get(area) or outcomes.name_of(area), self.seen.get(area))


class Elsewhere:
    """What is seen in other areas on a day.

    One object serves a run over all places. With `every`, for a run over `MANY` places and more,
    each indicator is looked at in all areas at once, the first time that any place asks.
    """

    def __init__(self, home: Home, on: date, *, every: bool = False) -> None:
        self._home, self._on, self._all = home, on, every
        self._every: dict[str, _Every] = {}

    def beside(self, moved: Sequence[Moved], *, alike: Sequence[str] = ()) -> list[Compared | None]:
        """Changes beside the country and similar places; None of what is read nowhere else.

        `alike` are the similar places that were chosen; none: those of the newest list.
        """
        against = [outcomes.comparators(mine.area) for mine, _ in moved]
        every = [self._of(indicator_of(mine.code)) for mine, _ in moved]
        countries = [
            its.country_beside(mine, whole.country) if its else None
            for (mine, _), whole, its in zip(moved, against, every, strict=True)
        ]
        # How much further it moved is asked only of what the country moved in too.
        less = {
            at: difference(mine, country)
            for at, ((mine, change), country, its) in enumerate(
                zip(moved, countries, every, strict=True)
            )
            if country and its and moved_alike(change, its.seen.get(country.area))
        }
        beyond = dict(zip(less, watched_once(list(less.values())), strict=True))
        return [
            its.beside(one, whole, country, alike, beyond.get(at)) if its else None
            for at, (one, whole, country, its) in enumerate(
                zip(moved, against, countries, every, strict=True)
            )
        ]

    def _of(self, indicator: str) -> _Every | None:
        if not indicator:
            return None
        if indicator not in self._every:
            while len(self._every) >= (_KEPT if self._all else _KEPT_WAITING):
                self._every.pop(next(iter(self._every)))
            self._every[indicator] = self._read(indicator)
        return self._every[indicator]

    def _read(self, indicator: str) -> _Every:
        series = [judged(one, on=self._on) for one in everywhere(indicator, home=self._home)]
        country = outcomes.comparators("").country
        made = _Every(
            plan_of(max(1, len(series)) / promises().compared_years, series),
            moved_at_once(series),
            {one.area: one.area_name for one in series},
            {one.area: one for one in series if one.area == country},
            {one.area: one for one in series},
        )
        if self._all:
            made.look([one.area for one in series])
        return made


def watched_once(series: Sequence[Watched]) -> list[Seen]:
    """What is seen in series that are no part of a promise: each raises one false alarm in years.

    So many years as `watch.yaml` says.
    """
    if not series:
        return []
    return watch(series, plan_of(len(series) / promises().compared_years, series))
