"""The same series elsewhere: the country, similar places, every area; looked at once for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.monitoring.definitions.watch import promises
from totalplace.monitoring.queries.watched_outcomes import everywhere, indicator_of
from totalplace.monitoring.rules.comparing import (
    Compared,
    Other,
    beside,
    difference,
    moved_at_once,
)
from totalplace.monitoring.rules.detecting import plan_of, watch
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.seen import Change, Seen
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.rules.indicators import Break
from totalplace.sources.home import Home

_KEPT: Final = 60  # indicators whose areas are kept, about 10 MB


@dataclass(frozen=True, slots=True)
class _Every:
    """An indicator in every area: the series, what is seen in each, and days of all at once."""

    series: dict[str, Watched]
    seen: dict[str, Seen]
    at_once: tuple[Break, ...]


class Elsewhere:
    """What is seen in other areas, on a day; each indicator is read once for all places."""

    def __init__(self, home: Home, on: date) -> None:
        self._home, self._on = home, on
        self._every: dict[str, _Every] = {}

    def beside(
        self, mine: Watched, change: Change, *, alike: Sequence[str] = ()
    ) -> Compared | None:
        """A change beside the country and similar places; None of what has no readings elsewhere.

        `alike` are the similar places that were chosen; none: those of the newest list.
        """
        indicator = indicator_of(mine.code)
        if not indicator:
            return None
        every = self._of(indicator)
        found = outcomes.comparators(mine.area)
        chosen, said = (tuple(alike), "The place chose them.") if alike else (
            found.neighbours, found.said if found.neighbours else ""
        )  # fmt: skip
        country = every.series.get(found.country)
        return beside(
            change,
            country=_other(every, found.country, country),
            difference=_less(mine, country) if country is not None else None,
            others=(_other(every, area, every.series.get(area)) for area in chosen),
            chosen=said,
            at_once=every.at_once,
        )

    def _of(self, indicator: str) -> _Every:
        if indicator not in self._every:
            while len(self._every) >= _KEPT:
                self._every.pop(next(iter(self._every)))
            self._every[indicator] = _looked(
                [judged(one, on=self._on) for one in everywhere(indicator, home=self._home)]
            )
        return self._every[indicator]


def _looked(series: Sequence[Watched]) -> _Every:
    seen = watched_once(series)
    return _Every(
        {one.area: one for one in series},
        {one.area: found for one, found in zip(series, seen, strict=True)},
        moved_at_once(series),
    )


def watched_once(series: Sequence[Watched]) -> list[Seen]:
    """What is seen in series that are no part of a promise: each raises one false alarm in years.

    So many years as `watch.yaml` says.
    """
    if not series:
        return []
    return watch(series, plan_of(len(series) / promises().compared_years, series))


def _less(mine: Watched, country: Watched) -> Seen | None:
    return next(iter(watched_once([difference(mine, country)])), None)


def _other(every: _Every, area: str, series: Watched | None) -> Other:
    name = series.area_name if series is not None else outcomes.name_of(area)
    return Other(area, name, every.seen.get(area))
