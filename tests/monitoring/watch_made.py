"""Series that are watched, and what is seen in them, as rules have them: without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period, following, lasting


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
