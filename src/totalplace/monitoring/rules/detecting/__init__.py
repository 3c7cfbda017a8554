"""How the watch tells a change from chance, with the rate of false alarms set in advance."""

from __future__ import annotations

from collections.abc import Sequence

from totalplace.monitoring.rules.detecting.plan import Plan, groups, plan_of
from totalplace.monitoring.rules.detecting.promise import (
    DEFAULT_PROMISE,
    PERHAPS_TIMES,
    Promise,
    kept_by,
    looks_a_year,
)
from totalplace.monitoring.rules.detecting.ready import FEWEST, Ready, ready
from totalplace.monitoring.rules.detecting.replay import replay
from totalplace.monitoring.rules.detecting.telling_changes import Row, seen, too_few
from totalplace.monitoring.rules.seen import Seen, Sign
from totalplace.monitoring.rules.watched import Watched

__all__ = [
    "DEFAULT_PROMISE",
    "FEWEST",
    "PERHAPS_TIMES",
    "Plan",
    "Promise",
    "kept_by",
    "looks_a_year",
    "plan_of",
    "watch",
]


def watch(series: Sequence[Watched], plan: Plan) -> list[Seen]:
    """What is seen in each series, replayed point by point as it was published.

    Nothing here fails for what a series holds: what cannot be weighed is said to be so.
    """
    found: dict[int, Seen] = {}
    sound: list[Ready] = []
    of: dict[int, list[int]] = {}
    for n, one in enumerate(series):
        made = ready(one)
        if isinstance(made, str):
            found[n] = _set_aside(one, made)
        elif len(made.points) < FEWEST:
            found[n] = too_few(made)
        else:
            sound.append(made)
            of.setdefault(id(made), []).append(n)
    for group, rows in groups(sound, plan):
        replayed = replay(group, plan.limits)
        for row, each in enumerate(rows):
            found[of[id(each)][0]] = seen(Row(each, group, replayed, row))
    return [found[n] for n in range(len(series))]


def _set_aside(one: Watched, why: str) -> Seen:
    latest = one.latest
    few = len(one.looked_at)
    if few < FEWEST and not few:
        return Seen(Sign.TOO_FEW, None, short_by=FEWEST, notes=(why,))
    return Seen(Sign.SET_ASIDE, latest.period if latest else None, points=few, notes=(why,))
