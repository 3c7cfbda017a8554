"""Sums month by month, and where a line through them must stop: a gap, or a change that is none.

What is published changes: a threshold, VAT, a system, a boundary. A line drawn across such a change
shows growth where there is none, so no line ever is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.count.rules.whole_place.whole import Break
from totalplace.count.rules.words import MONTHS, following
from totalplace.money.years import FinancialYear

_NAMES: Final = "|".join(MONTHS)
_SPAN: Final = re.compile(
    rf"(?P<since>from )?(?:(?P<first>{_NAMES})(?: (?P<year>\d{{4}}))? (?:to|and) )?"
    rf"(?P<last>{_NAMES}) (?P<of>\d{{4}})"
)
_YEARS: Final = re.compile(r"\d{4}-\d{2} to (\d{4}-\d{2})")
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-\d{2}")


@dataclass(frozen=True, slots=True)
class Point:
    """A month and what was paid in it, in pence; None where nothing is held of it."""

    month: date
    pence: int | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A change across which no trend runs: the first months on its far side, whose, and what."""

    months: tuple[date, ...]
    agency: str
    agency_name: str
    when: str
    what: str


def points(pence: Mapping[date, int]) -> tuple[Point, ...]:
    """A point for each month from the first to the last; those without a sum are not known."""
    if not pence:
        return ()
    month, last, found = min(pence), max(pence), []
    while month <= last:
        found.append(Point(month, pence.get(month)))
        month = following(month)
    return tuple(found)


def together(series: Iterable[Mapping[date, int]]) -> dict[date, int]:
    """Sums of several, of the months that all of them have: a part is no whole."""
    listed = [s for s in series if s]
    if not listed:
        return {}
    shared = set.intersection(*(set(s) for s in listed))
    return {month: sum(s[month] for s in listed) for month in sorted(shared)}


def stops(breaks: Iterable[Break], agencies: Collection[str]) -> list[Stop]:
    """The changes of some agencies, each once, by month; those without a month come first."""
    found = {
        Stop(broken_at(b.when), b.agency, b.agency_name, b.when, b.what)
        for b in breaks
        if b.agency in agencies
    }
    return sorted(found, key=lambda s: (s.months, s.agency_name, s.when, s.what))


def broken_at(when: str) -> tuple[date, ...]:
    """The months before which a trend stops, of a change whose time is told in words.

    "from May 2024": May. "2023-24 to 2024-25": April 2024. "May and June 2024", of months that
    compare with no others: May and July. A day: its month. Nothing where no month is told.
    """
    if between := _YEARS.fullmatch(when):
        return (FinancialYear.parse(between[1]).first_day,)
    if day := _DAY.fullmatch(when):
        return (date(int(day[1]), int(day[2]), 1),)
    found: set[date] = set()
    for span in _SPAN.finditer(when):
        last = date(int(span["of"]), MONTHS.index(span["last"]) + 1, 1)
        first = last
        if span["first"]:
            year = int(span["year"] or span["of"])
            first = date(year, MONTHS.index(span["first"]) + 1, 1)
        found.add(first)
        if not span["since"]:
            found.add(following(last))
    return tuple(sorted(found))


def segments(shown: Sequence[Point], stop_at: Collection[date]) -> list[list[Point]]:
    """The runs of months through which a line may be drawn: no gap in any, and no change."""
    runs: list[list[Point]] = []
    before: Point | None = None
    for point in shown:
        if point.pence is not None:
            joins = before is not None and before.pence is not None
            if joins and point.month not in stop_at:
                runs[-1].append(point)
            else:
                runs.append([point])
        before = point
    return runs
