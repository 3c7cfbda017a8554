"""The plan of a watch: what was promised, and what series of each kind show of chance.

How strongly series of a kind follow themselves, and their seasons, can hardly be seen in one short
series; over a whole dashboard it can. It is learnt from all of them (empirical Bayes, by
expectation and maximisation), beginning from what is believed of any, as if ten series had shown
that. One change in each series is allowed for, so that real changes are not taken for chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

import numpy as np

from totalplace.monitoring.definitions.limits import reading
from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import (
    SLIDE_SIZE,
    STEP_SIZE,
    Batch,
    log_weights,
    shares,
    sums,
)
from totalplace.monitoring.rules.detecting.lenses import lens, onward
from totalplace.monitoring.rules.detecting.limits import Limits
from totalplace.monitoring.rules.detecting.nulls import (
    FOLLOWS,
    MOST_FOLLOWS,
    Numbers,
    Rhythm,
    before,
    grid,
    named,
)
from totalplace.monitoring.rules.detecting.promise import Promise, looks_a_year
from totalplace.monitoring.rules.detecting.ready import FEWEST, Ready, ready
from totalplace.monitoring.rules.detecting.replay import Group
from totalplace.monitoring.rules.watched import Kind, Watched

Of = tuple[Kind, Rhythm, int]
_AS_MANY: Final = 10.0  # series that what is believed before counts as
_ROUNDS: Final = 60
_AT_ONCE: Final = 20  # points of a series that strengths are learnt from at a time


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What was promised, the limits that keep it, and what was learnt of each kind and rhythm.

    `learnt` are weights of the named priors, adding to one.
    """

    promise: Promise
    limits: Limits
    learnt: Mapping[Of, Numbers] = field(default_factory=dict)

    def believed(self, kind: Kind, rhythm: Rhythm, over: int = 1) -> Numbers:
        """The weights of the named priors of a kind; none of a level that wanders."""
        weights = self.learnt.get((kind, rhythm, over), before(rhythm))
        return _held(weights, 0.0)

    def limited(self, kind: Kind, rhythm: Rhythm, over: int = 1) -> Numbers:
        """The weights of the limits: of points that are means over several, as they follow then."""
        return _held(self.believed(kind, rhythm, over), 1 - 1 / over)


def _held(weights: Numbers, least: float) -> Numbers:
    """Weights of strengths, each held within the least and the most a point follows another."""
    may = [n for n, follows in enumerate(FOLLOWS) if follows <= MOST_FOLLOWS]
    first = min([n for n in may if FOLLOWS[n] >= least] or may[-1:])
    held = np.clip(np.arange(len(FOLLOWS)), first, may[-1])
    parted = weights.reshape(-1, len(FOLLOWS))
    kept = np.zeros_like(parted)
    for n, to in enumerate(held):
        kept[:, to] += parted[:, n]
    return np.asarray(kept.ravel() / kept.sum(), dtype=np.float64)


def plan_of(promise: float, series: Sequence[Watched]) -> Plan:
    """The plan of a promise of so many false alarms a year over these series."""
    made = Promise(promise, len(series))
    return planned(made, [one for one in map(ready, series) if isinstance(one, Ready)])


def planned(promise: Promise, series: Iterable[Ready]) -> Plan:
    """The plan of a promise, learnt from series made ready."""
    first = Plan(promise, reading.limits())
    likely: dict[Of, list[Numbers]] = {}
    for group, rows in groups(series, first):
        kind = (rows[0].scale.kind, group.rhythm, group.over)
        likely.setdefault(kind, []).append(_likelihoods(group))
    learnt = {of: _learnt(np.vstack(parts), of[1]) for of, parts in likely.items()}
    return Plan(promise, first.limits, learnt)


def groups(series: Iterable[Ready], plan: Plan) -> Iterator[tuple[Group, list[Ready]]]:
    """Series with enough points, put together where they are on the same positions."""
    together: dict[tuple[object, ...], list[Ready]] = {}
    for one in series:
        if len(one.points) < FEWEST:
            continue
        key = (one.at, one.rhythm, one.scale.kind, one.over)
        together.setdefault(key, []).append(one)
    for rows in together.values():
        yield _group(rows, plan), rows


def _group(rows: Sequence[Ready], plan: Plan) -> Group:
    one = rows[0]
    most = max(len(each.breaks) for each in rows)
    looks = [looks_a_year(each.series) for each in rows]
    return Group(
        y=np.array([each.y for each in rows]),
        at=one.at,
        rhythm=one.rhythm,
        believed=plan.believed(one.scale.kind, one.rhythm, one.over),
        limited=plan.limited(one.scale.kind, one.rhythm, one.over),
        floor=np.array([each.floor for each in rows]),
        breaks=np.array(
            [[*each.breaks, *[-1] * (most - len(each.breaks))] for each in rows], dtype=np.int64
        ).reshape(len(rows), most),
        two_sided=np.array([float(each.two_sided) for each in rows]),
        chances=np.array([plan.promise.a_look(look) for look in looks]),
        over=one.over,
        hints=np.array([plan.promise.perhaps_a_look(look) for look in looks]),
    )


def _likelihoods(group: Group) -> Numbers:
    """Logarithms of how likely the points of each series are under each null of the grid.

    Of a long series so many points at a time, so that a level that drifts over years is not taken
    for points that follow themselves; in each part half the belief is in a change, anywhere.
    """
    n = group.y.shape[1]
    parts = max(1, round(n / _AT_ONCE))
    ends = [round(part * n / parts) for part in range(parts + 1)]
    each = [_of_part(group, start, end) for start, end in pairwise(ends)]
    return np.asarray(np.sum(each, axis=0), dtype=np.float64)


def _of_part(group: Group, start: int, end: int) -> Numbers:
    known = group.breaks - start
    known = np.where((known > 0) & (known < end - start), known, -1)
    batch = Batch(calmed(group.y[:, start:end], known), known, group.floor[:, end - 1])
    logs = []
    for null in grid(group.rhythm):
        seen = sums(
            batch, lens(group.at[start:end], replace(null, over=group.over), group.rhythm.a_round)
        )
        steps = log_weights(seen.c, seen.q, seen.noise, seen.df, STEP_SIZE)[:, 1:]
        slides = log_weights(onward(seen.c), seen.slide_q, seen.noise, seen.df, SLIDE_SIZE)[:, 1:]
        changed = np.exp(np.minimum(np.hstack([steps, slides]), 200.0)).mean(axis=1)
        logs.append(seen.log_null + np.log(0.5 + 0.5 * changed))
    return np.array(logs).T


def _learnt(logs: Numbers, rhythm: Rhythm) -> Numbers:
    """Weights of the named priors, from the likelihoods of every series under every null."""
    likely = np.exp(logs - logs.max(axis=1, keepdims=True)) @ named(rhythm).T
    prior = before(rhythm)
    weights = prior
    for _ in range(_ROUNDS):
        each = shares(np.log(np.maximum(likely, 1e-300)) + np.log(weights))
        weights = (each.sum(axis=0) + _AS_MANY * prior) / (len(each) + _AS_MANY)
    return np.asarray(weights, dtype=np.float64)
