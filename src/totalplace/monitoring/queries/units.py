"""An indicator in every area at once: a funnel of one period, and where it became worse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from totalplace.monitoring.queries.watched_outcomes import everywhere
from totalplace.monitoring.rules import units as rules
from totalplace.monitoring.rules.charts.funnel import Funnel, funnel
from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.watched import Kind, Point, Watched
from totalplace.monitoring.rules.worse_everywhere import WorseEverywhere, worse_everywhere
from totalplace.outcomes import queries as outcomes
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.outcomes.rules.periods import Period
from totalplace.record import queries as record
from totalplace.sources.home import Home

SHARE_FALSE: Final = 0.10  # of the areas that are told, so many may be there by chance
_WORSE: Final[dict[tuple[object, ...], WorseEverywhere]] = {}
_KEPT: Final = 16  # indicators whose areas are kept, about 10 MB in all


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An area with its figure of the period."""

    watched: Watched
    point: Point


@dataclass(frozen=True, slots=True)
class UnitsRow:
    """An indicator in all areas of one kind, in a period; `kinds` and `periods` are the choices.

    `kinds` says how many areas there are of each kind. Without any figure `period` is None.
    """

    indicator: Indicator
    kind_of_area: str
    kinds: tuple[tuple[str, int], ...]
    period: Period | None
    periods: tuple[Period, ...]
    kind: Kind
    rows: tuple[UnitRow, ...]
    funnel: Funnel | None
    series: tuple[Watched, ...]  # of the areas of that kind, judged


def indicators_held() -> list[Indicator]:
    """The indicators of which any readings are held, by title."""
    held = outcomes.held_measures()
    return sorted(
        (one for one in outcomes.indicators()
         if any((h.form, h.measure) in held for h in one.held_as)),
        key=lambda one: one.title,
    )  # fmt: skip


def units(
    indicator: str, *, home: Home, on: date, kind_of_area: str = "", area: str = "",
    first_day: date | None = None,
) -> UnitsRow:  # fmt: skip
    """An indicator in all areas of a kind: that of `area`, else the most numerous.

    The period is the one that begins on `first_day`, else the latest of which most areas have a
    figure. Raises Refused where there is no such indicator.
    """
    named = outcomes.indicator(indicator)
    every = {one.area: one for one in _judged(indicator, home, on)}
    kinds = rules.by_kind(every)
    chosen = _chosen(kinds, kind_of_area, area)
    series = tuple(every[code] for code in kinds.get(chosen, ()))
    counted = rules.periods_of(series)
    asked = next((period for period, _ in counted if period.first_day == first_day), None)
    period = asked or rules.fullest(counted)
    rows = _rows(series, period) if period is not None else ()
    kind = rules.kind_of((row.point for row in rows), named.scale)
    return UnitsRow(
        named,
        chosen,
        tuple((name, len(codes)) for name, codes in kinds.items()),
        period,
        tuple(one for one, _ in counted),
        kind,
        rows,
        _funnel(rows, named, kind),
        series,
    )


def became_worse(row: UnitsRow, *, home: Home, on: date) -> WorseEverywhere:
    """Where it became worse lately, among the areas of that kind; kept until anything is added."""
    last = record.last_entry()
    key = (row.indicator.code, row.kind_of_area, home, on, last.digest if last else "")
    if key not in _WORSE:
        while len(_WORSE) >= _KEPT:
            _WORSE.pop(next(iter(_WORSE)), None)
        _WORSE[key] = worse_everywhere(row.series, row.indicator.better)
    return _WORSE[key]


def _chosen(kinds: dict[str, list[str]], asked: str, area: str) -> str:
    if asked in kinds:
        return asked
    mine = [name for name, codes in kinds.items() if area in codes]
    return next(iter([*mine, *kinds]), "")


def _rows(series: Sequence[Watched], period: Period) -> tuple[UnitRow, ...]:
    found = ((one, rules.at(one, period)) for one in series)
    return tuple(UnitRow(one, point) for one, point in found if point is not None)


def _funnel(rows: Sequence[UnitRow], named: Indicator, kind: Kind) -> Funnel | None:
    if not rows:
        return None
    return funnel(
        [rules.unit_of(row.watched, row.point, kind) for row in rows],
        better=named.better,
        kind=kind,
        scale=named.scale,
        share_false=SHARE_FALSE,
    )


def _judged(indicator: str, home: Home, on: date) -> tuple[Watched, ...]:
    last = record.last_entry()
    return _judged_once(indicator, home, on, last.digest if last else "")


@lru_cache(maxsize=_KEPT)
def _judged_once(indicator: str, home: Home, on: date, head: str) -> tuple[Watched, ...]:
    del head  # by which it is known that nothing was added since
    return tuple(judged(one, on=on) for one in everywhere(indicator, home=home))
