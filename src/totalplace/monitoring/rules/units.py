"""Many areas in one period, as they may be held beside each other: areas of one kind, with sizes.

A county stands beside unitary authorities and boroughs, as they do what it does; a district beside
districts and those that do what a district does. GSS entity codes (ONS, Register of Geographic
Codes): E06 unitary, E07 district, E08 metropolitan, E09 London borough, E10 county, E12 region,
E54 integrated care board, E92 England.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from totalplace.monitoring.rules.charts.funnel import Unit
from totalplace.monitoring.rules.watched import Kind, Point, Watched
from totalplace.outcomes.rules.periods import Period

_TO_A_SPREAD: Final = 2 * 1.959964  # from one end of 95 per cent limits to the other
_WHOLE: Final = "E92"  # the country itself, which is all of them
COUNTIES: Final = "Counties, unitary authorities and boroughs"
DISTRICTS: Final = "Districts, unitary authorities and boroughs"
_NAMED: Final = {
    "E06": COUNTIES, "E08": COUNTIES, "E09": COUNTIES, "E10": COUNTIES, "E07": DISTRICTS,
    "E12": "Regions", "E54": "Integrated care boards", "E05": "Wards", "E01": "Neighbourhoods",
    "E14": "Constituencies", "E23": "Police areas", "E31": "Fire and rescue areas",
    "E47": "Combined authorities",
}  # fmt: skip
_BOTH: Final = frozenset({"E06", "E08", "E09"})  # do what a district does, too
OTHERS: Final = "Organisations and other areas"


def kind_of_area(code: str) -> str:
    """What kind of area a code is of; empty of the country."""
    start = code[:3]
    return "" if start == _WHOLE else _NAMED.get(start, OTHERS)


def by_kind(codes: Iterable[str]) -> dict[str, list[str]]:
    """Codes by the kinds of area that may be held beside each other, the most numerous first.

    Where there are districts, unitary authorities stand with them as well as with counties.
    """
    listed = list(codes)
    found: dict[str, list[str]] = {}
    for code in listed:
        kind = kind_of_area(code)
        if kind:
            found.setdefault(kind, []).append(code)
    if DISTRICTS in found:
        also = [code for code in listed if code[:3] in _BOTH]
        found[DISTRICTS] += also
        if not any(code[:3] == "E10" for code in listed):
            found.pop(COUNTIES, None)  # they all stand with the districts
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def periods_of(series: Iterable[Watched]) -> list[tuple[Period, int]]:
    """The periods of which areas have a figure that may be looked at, the latest first."""
    counted = Counter(point.period for one in series for point in one.looked_at)
    return sorted(counted.items(), key=lambda item: item[0], reverse=True)


def fullest(periods: Sequence[tuple[Period, int]]) -> Period | None:
    """The latest period of which at least half as many areas have a figure as of any."""
    most = max((many for _, many in periods), default=0)
    return next((period for period, many in periods if 2 * many >= most), None)


def at(series: Watched, period: Period) -> Point | None:
    """The figure of a period by its days, where it may be looked at."""
    days = (period.first_day, period.last_day)
    for point in series.looked_at:
        if (point.period.first_day, point.period.last_day) == days:
            return point
    return None


def kind_of(points: Iterable[Point], scale: int) -> Kind:
    """What the figures of a period are: shares or rates where all have whole counts behind them."""
    known = list(points)
    if not known or any(one.numerator is None or one.denominator is None for one in known):
        return Kind.MEASURE
    whole = all((one.numerator or 0) <= (one.denominator or 0) for one in known)
    return Kind.SHARE if scale == 100 and whole else Kind.COUNT


def unit_of(series: Watched, point: Point, kind: Kind) -> Unit:
    """An area as a funnel takes it: its counts, or its figure with the spread of its limits."""
    if kind is not Kind.MEASURE:
        return Unit(series.area, series.area_name, point.numerator, point.denominator)
    error = None
    if point.low is not None and point.high is not None and point.high > point.low:
        error = (point.high - point.low) / _TO_A_SPREAD
    return Unit(series.area, series.area_name, value=point.value, error=error)
