"""The pictures of these pages: a trend with its limits, and areas as tiles or as they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from totalplace.count.queries.spending.by_area import boundaries, boundaries_file
from totalplace.count.rules.spending.boundaries import Ring, fitted
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.maps import Area, drawn, tiles
from totalplace.doors.report.pictures.trend import Break, Missing, Spot, Trend, trend
from totalplace.outcomes.queries import Beside
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.outcomes.rules.readings import Reading, Series, runs
from totalplace.outcomes.rules.steps import ends, steps
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_HIGHS: Final = {280: 300, 620: 480}  # of a map, by width; 620 on a desk
Days = tuple[object, object]


def trend_of(series: Series, beside: Series | None) -> Markup:
    """A series over time, with another area's beside it; nothing where it has no value."""
    if series.latest is None:
        return Markup("")
    places = {_days(one): n for n, one in enumerate(series.readings)}
    title = f"{series.indicator.title}, {series.area_name}"
    what = Trend(
        title=title,
        name=series.area_name,
        periods=tuple(one.period.said for one in series.readings),
        runs=_spots(series, places, runs(series)),
        missing=tuple(
            Missing(n, f"{one.period.said}: no reading, as {one.why_missing}")
            for n, one in enumerate(series.readings) if one.value is None
        ),
        breaks=tuple(
            Break(n, one.why)
            for one in series.breaks
            for n, reading in enumerate(series.readings) if reading.period.first_day == one.on
        ),
        beside=_spots(beside, places, runs(beside)) if beside else (),
        beside_name=beside.area_name if beside else "",
    )  # fmt: skip
    return Markup(figure(title, lambda width: trend(what, width=width)))  # noqa: S704 - made safe


def _spots(
    series: Series, places: Mapping[Days, int], runs_of: Sequence[Sequence[Reading]]
) -> tuple[tuple[Spot, ...], ...]:
    found = []
    for run in runs_of:
        spots = [
            Spot(
                places[_days(one)],
                f"{series.area_name}, {one.period.said}: {series.indicator.said(one.value)}",
                float(one.value),
                float(one.low) if one.has_limits and one.low is not None else None,
                float(one.high) if one.has_limits and one.high is not None else None,
            )
            for one in run
            if one.value is not None and _days(one) in places
        ]
        found += [tuple(spots)] if spots else []
    return tuple(found)


def _days(one: Reading) -> Days:
    return one.period.first_day, one.period.last_day


def map_of(named: Indicator, rows: Sequence[Beside], title: str, home: Home) -> Markup:
    """Areas in steps of one colour; nothing where no value is known."""
    values = [row.reading.value if row.reading else None for row in rows]
    if not any(value is not None for value in values):
        return Markup("")
    shown = [
        Area(row.area, row.name, named.said(value) or "no reading", step)
        for row, value, step in zip(rows, values, steps(values), strict=True)
    ]
    means = [
        "" if pair is None else named.said(pair[0])
        if pair[0] == pair[1] else f"{named.said(pair[0])} to {named.said(pair[1])}"
        for pair in ends(values)
    ]  # fmt: skip
    rings = _rings(home, {row.area for row in rows})

    def draw(width: int) -> str:
        if not rings:
            return tiles(title, shown, means, width=width)
        high = _HIGHS.get(width, 620)
        return drawn(title, shown, fitted(rings, width, high), means, size=(width, high))

    return Markup(figure(title, draw))  # noqa: S704 - every word is made safe where it is drawn


def _rings(home: Home, wanted: set[str]) -> dict[str, list[Ring]]:
    path = boundaries_file(home)
    if path is None:
        return {}
    try:
        return boundaries(path, wanted)
    except Refused:
        return {}
