"""Arrays of made-up series, given to the watch as watched series, or as one group at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
from watch_made import Block, Floats

from totalplace.monitoring.rules.detecting.plan import Plan, groups, planned
from totalplace.monitoring.rules.detecting.promise import DEFAULT_PROMISE, Promise
from totalplace.monitoring.rules.detecting.ready import FEWEST, Ready, ready
from totalplace.monitoring.rules.detecting.replay import look
from totalplace.monitoring.rules.watched import Kind, Point, Subject, Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period

_LAST_MONTH = 2026 * 12


@cache
def periods(count: int, months: int) -> tuple[Period, ...]:
    """So many periods of so many months each, the last one ending with 2025."""
    found = []
    for n in range(count):
        first = _LAST_MONTH - (count - n) * months
        begins = date(first // 12, first % 12 + 1, 1)
        after = first + months
        ends = date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
        found.append(Period(begins, ends, begins.isoformat()))
    return tuple(found)


def watched(blocks: Sequence[Block]) -> list[Watched]:
    """A dashboard as watched series. Worse is up, as in the arrays."""
    found = []
    for block in blocks:
        when = periods(block.values.shape[1], block.months)
        kind = Kind.COUNT if block.counts else Kind.MEASURE
        for row in block.values.tolist():
            points = tuple(
                Point(period, value, numerator=value if block.counts else None)
                for period, value in zip(when, row, strict=True)
            )
            found.append(
                Watched(
                    code=f"made/{len(found)}",
                    title="Made up",
                    subject=Subject.OUTCOME,
                    place="made",
                    area="made",
                    area_name="Made",
                    unit="",
                    better=Better.LOWER,
                    months=block.months,
                    points=points,
                    kind=kind,
                    decimals=6,
                )
            )
    return found


def plan_from(dashboard: Floats, months: int = 1, promise: float = DEFAULT_PROMISE) -> Plan:
    """The plan that is learnt from a dashboard of series of one rhythm."""
    series = watched([Block(months, dashboard, 0)])
    sound = [one for one in map(ready, series) if isinstance(one, Ready)]
    return planned(Promise(promise, len(series)), sound)


def scores_ours(values: Floats, start: int, plan: Plan, months: int = 1) -> Floats:
    """How strong the evidence for worse is at each point, in series that were told nothing yet.

    It is told on the scale of the promise: minus the logarithm of the chance whose limit it just
    passes, so that one limit on it is one promise. Before `start` it is minus infinity. Raises
    ValueError where the series do not make one group.
    """
    rows, count = values.shape
    made = list(map(ready, watched([Block(months, values, 0)])))
    of_all = list(groups([one for one in made if isinstance(one, Ready)], plan))
    if len(of_all) != 1 or len(of_all[0][1]) != rows:
        raise ValueError("series of one shape and kind make one group")
    group = of_all[0][0]
    none, rarities = np.full((rows, 0), -1), np.linspace(-np.log(0.5), -np.log(1e-6), 120)
    found = np.full((rows, count), -np.inf)
    for n in range(max(start + 1, FEWEST), count + 1):
        worse = look(group, n, none, np.full(rows, -1)).worse
        at = plan.limits.at(group.rhythm, group.limited, n, np.exp(-rarities), group.wild)
        found[:, n - 1] = np.interp(np.log(np.maximum(worse, 1e-300)), np.log(at), rarities)
    return found
