"""Series of rooms below as they are watched: what a reading is, how it stands, and what matters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from totalplace.money.years import FinancialYear
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting, months_on
from totalplace.outcomes.rules.readings import Reading, Series, Status
from totalplace.outcomes.rules.targets import Target

_STANDING: Final = {
    Status.PROVISIONAL: Standing.PROVISIONAL,
    Status.ESTIMATED: Standing.PROVISIONAL,
    Status.UNRELIABLE: Standing.PROVISIONAL,
}
_PER_CENT: Final = 100
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class As:
    """As what a series is watched: under which code, of which place, protected or not."""

    code: str
    place: str
    subject: Subject = Subject.OUTCOME
    title: str = ""  # empty: that of the indicator
    protected: bool = False
    matters: float | None = None
    notes: tuple[str, ...] = ()


def watched_of(
    series: Series, said: As, *, published: Mapping[int, date | None] | None = None
) -> Watched:
    """A series of readings as it is watched; judge it before it is looked at.

    `published` are the days on which its tables were, by number: a figure of a period that began
    only after its table was published is dated ahead, and set aside.
    """
    named = series.indicator
    return Watched(
        code=said.code,
        title=said.title or named.title,
        subject=said.subject,
        place=said.place,
        area=series.area,
        area_name=series.area_name,
        unit=named.unit,
        better=named.better,
        months=named.frequency.months,
        points=tuple(_point(one, published or {}) for one in series.readings),
        kind=_kind(series),
        decimals=named.decimals,
        scale=named.scale,
        breaks=series.breaks,
        protected=said.protected,
        matters=said.matters,
        owners=(named.owner_local, named.owner_national),
        notes=(*said.notes, *_notes(series)),
    )


def _point(one: Reading, published: Mapping[int, date | None]) -> Point:
    if one.value is None:
        return Point(one.period, None, Standing.MISSING, one.why_missing or one.status.value)
    standing = _STANDING.get(one.status, Standing.FIRM)
    why = one.status.value if one.status in _STANDING else ""
    on = published.get(one.vintage)
    if on is not None and one.period.first_day > on:
        standing = Standing.SET_ASIDE
        why = "its period had not begun when it was published: it is dated ahead"
    return Point(
        one.period,
        float(one.value),
        standing,
        why,
        one.numerator,
        one.denominator,
        _float(one.low),
        _float(one.high),
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _kind(series: Series) -> Kind:
    """A share or a rate where every figure has the whole counts behind it; else a measure."""
    known = [one for one in series.readings if one.value is not None]
    if not known or any(one.numerator is None or one.denominator is None for one in known):
        return Kind.MEASURE
    return Kind.SHARE if series.indicator.scale == _PER_CENT else Kind.COUNT


def _notes(series: Series) -> list[str]:
    notes = []
    if series.vintages:
        several = ", ".join(map(str, series.vintages))
        table = "table" if len(series.vintages) == 1 else "tables"
        notes.append(f"Read from {table} {several} of the readings held.")
    if series.revisions:
        last = series.revisions[-1]
        before, after = (series.indicator.said(v) or "missing" for v in (last.before, last.after))
        number = len(series.revisions)
        notes.append(
            f"{number} {'figure was' if number == 1 else 'figures were'} revised by the publisher, "
            f"the latest that of {last.period.said}, from {before} to {after}."
        )
    if series.indicator.uncertain:
        notes.append(f"{series.indicator.uncertain.rstrip('.')}.")
    return notes


def matters_of(target: Target) -> float | None:
    """The smallest change that matters: what a target's path goes in its slowest year.

    In the unit of the outcome. None where the path stands still, as where a level is kept.
    """
    days = [(step.day, float(step.value)) for step in target.steps]
    if target.baseline.value is not None and days:
        # The day of a baseline is not kept; its path to the first step is taken as a year's.
        days.insert(0, (months_on(days[0][0], -12), float(target.baseline.value)))
    paces = [
        abs(after - before) / max((later - day).days / _YEAR, 1 / 12)
        for (day, before), (later, after) in pairwise(days)
    ]
    moving = [pace for pace in paces if pace > 0]
    return min(moving) if moving else None


@dataclass(frozen=True, slots=True)
class Budget:
    """What an agency was given for a year and what left it, in pence, by the day of its posting."""

    agency: str
    name: str
    year: int  # in which the financial year begins
    allocated: int
    spent: Sequence[tuple[date, int]]


def spending(budgets: Sequence[Budget], *, place: str, area_name: str, on: date) -> list[Watched]:
    """Each agency's spending by month, as per cent of a twelfth of its allocation of that year.

    A hundred is an even pace. Months from the first to the last in which anything was posted are
    there; a month without a posting is nought only between two that have one. Years without an
    allocation are left out.
    """
    by_agency: dict[str, list[Budget]] = {}
    for one in budgets:
        if one.allocated > 0:
            by_agency.setdefault(one.agency, []).append(one)
    return [
        _spending(code, several, place, area_name, on)
        for code, several in sorted(by_agency.items())
        if any(one.spent for one in several)
    ]


def _spending(
    code: str, several: Sequence[Budget], place: str, area_name: str, on: date
) -> Watched:
    points: list[Point] = []
    begins = min(month for one in several for month in _by_month(one))
    for one in sorted(several, key=lambda budget: budget.year):
        months = _by_month(one)
        last = max(months, default=None)
        first = FinancialYear(one.year).first_day
        for month in (months_on(first, number) for number in range(12)):
            if last is None or month > min(last, on):
                break
            if month < begins:
                continue
            pence = months.get(month, 0)
            points.append(Point(lasting(month, 1), _PER_CENT * 12 * pence / one.allocated))
    return Watched(
        code=f"money/{code}",
        title=f"Spending beside allocation, {several[0].name}",
        subject=Subject.MONEY,
        place=place,
        area=place,
        area_name=area_name,
        unit="% of an even month",
        better=Better.NEITHER,
        months=1,
        points=tuple(points),
        decimals=0,
        owners=(several[0].name, ""),
        notes=("Read from the book to which the allocation was posted.",),
    )


def _by_month(budget: Budget) -> Mapping[date, int]:
    found: dict[date, int] = {}
    for day, pence in budget.spent:
        month = day.replace(day=1)
        found[month] = found.get(month, 0) + pence
    return found
