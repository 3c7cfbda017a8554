"""Series that are watched, and what is seen in them; and a place with readings, by real acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Point, Standing, Subject, Watched
from totalplace.outcomes.actions import readings
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period, following, lasting
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

ADA = Operator("Ada")


def a_series(values: Sequence[float | None], *, first: int = 2015, **other: Any) -> Watched:
    """School years from September of a first year; None is missing."""
    period = lasting(date(first, 9, 1), 12)
    points = []
    for value in values:
        if value is None:
            points.append(Point(period, None, Standing.MISSING, "nothing was published"))
        else:
            points.append(Point(period, float(value)))
        period = following(period, 12)
    said: dict[str, Any] = {
        "code": "outcome/persistent-absence", "title": "Pupils who miss a tenth of school or more",
        "subject": Subject.OUTCOME, "place": "wexshire", "area": "E10000017",
        "area_name": "Wexshire", "unit": "%", "better": Better.LOWER, "months": 12,
    } | other  # fmt: skip
    return Watched(points=tuple(points), **said)


def periods_of(series: Watched) -> list[Period]:
    return [point.period for point in series.points]


def a_change(
    series: Watched, *, since: int, told: int, sign: Sign = Sign.WORSE, **other: Any
) -> Change:
    """A change since the point of a number, told at that of another, both from nought."""
    at = periods_of(series)
    before = [p.value for p in series.points[:since] if p.value is not None]
    after = [p.value for p in series.points[since:] if p.value is not None]
    low, high = sum(before) / len(before), sum(after) / len(after)
    size = high - low
    said: dict[str, Any] = {
        "sign": sign, "shape": Shape.STEP, "since": at[since], "since_earliest": at[since],
        "since_latest": at[since], "told_at": at[told], "points_late": told - since + 1,
        "before": low, "after": high, "size": size, "size_low": size - 1, "size_high": size + 1,
        "evidence": 900.0, "limit": 300.0,
    } | other  # fmt: skip
    return Change(**said)


def seen_of(series: Watched, now: Change | None = None, **other: Any) -> Seen:
    """What is seen in a series, with a change that stands or none."""
    latest = series.latest
    said: dict[str, Any] = {
        "sign": now.sign if now else Sign.STEADY,
        "upto": latest.period if latest else None, "now": now, "points": len(series.looked_at),
        "usual": 10.0, "usual_low": 8.0, "usual_high": 12.0, "noise": 1.0,
    } | other  # fmt: skip
    return Seen(**said)


HEADS = (
    "areacd,areanm,geography,indicator,period,observation,measure,unit,lci_95,uci_95,status,notes"
)
ABSENCE = "Persistent absences for all pupils"
OBESITY = "Adult obesity prevalence"
AREAS = {
    "E10000017": ("Wexshire", 0.0), "E06000008": ("Northport", 0.4), "E06000009": ("Sandbay", -0.3),
    "E08000001": ("Milltown", 0.2), "E08000002": ("Overdale", -0.5),
    "E10000003": ("Eastshire", 0.1), "E92000001": ("England", 0.0),
}  # fmt: skip
# Made-up shares that wander as such shares do, and then jump in the place alone.
QUIET = (10.4, 10.1, 10.6, 10.3, 10.0, 10.5, 10.2, 10.7, 10.3, 10.1, 10.4, 10.2, 10.5)
JUMPED = (*QUIET[:10], 16.9, 17.4, 17.1)


def a_table(measure: str, mine: Sequence[float], *, limits: bool = False) -> str:
    """A table as the ONS lays one out: the place's own figures, and others' that are quiet."""
    lines = [HEADS]
    for code, (area, more) in AREAS.items():
        for n, value in enumerate(mine if code == "E10000017" else QUIET[: len(mine)]):
            shown = value + more
            ends = f"{shown - 0.6:.2f},{shown + 0.6:.2f}" if limits else ","
            year = 2011 + n
            lines.append(f"{code},{area},,{measure},{year}-08-01/P1Y,{shown:.2f},,%,{ends},,")
    return "\n".join(lines)


def a_watched_place(
    folder: Path, home: Home, *, on: datetime, absence: Sequence[float] = JUMPED
) -> None:
    """A place with a county, two outcomes in several areas, and nothing found yet."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=on)
    places.register_agency("wex", name="Wexshire County Council", kind="county",
                           gss="E10000017", by=ADA, on=on)  # fmt: skip
    places.join_place("wexshire", "wex", by=ADA, on=on)
    files = []
    for name, text in (
        ("absence.csv", a_table(ABSENCE, absence)),
        ("obesity.csv", a_table(OBESITY, QUIET, limits=True)),
    ):
        files.append(folder / name)
        files[-1].write_text(text)
    found = list(readings.add(files, readings.Terms(), home=home, by=ADA, on=on))
    assert all(isinstance(one, readings.Added) for one in found), found
