"""A series replayed as it was published, point by point: what was told when, on what was known.

Series on the same positions are replayed together. After a change is told, the watch looks for
the next from the new level; noise and nulls are learnt from all points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import (
    STEP_SIZE,
    Batch,
    Places,
    Weighed,
    log_weights,
    sums,
    weigh,
)
from totalplace.monitoring.rules.detecting.lenses import Lens, lens
from totalplace.monitoring.rules.detecting.limits import Limits
from totalplace.monitoring.rules.detecting.nulls import Null, Numbers, Rhythm, grid, named
from totalplace.monitoring.rules.detecting.ready import FEWEST

FIRST_CHANGE: Final = 3  # points that a first level has before a change can begin
AFTER_BREAK: Final = 2  # and a level after a break, whose noise is known from before
AFTER_CHANGE: Final = 1  # and one after a change, so that a year that comes back is seen to
AFTER_ROUND: Final = 2  # points after the first round of a season, before it is looked at
_MOSTLY: Final = 0.5
_SEEN: Final = 0.02  # a null believed in less than this is not looked at


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Series on the same positions and of the same kind: `y` is series by points.

    `chances` and `hints` are of each the chance of a false alarm, and of a false "not certain", at
    one look. `breaks` is series by breaks, -1 where there are fewer. `believed` are the weights of
    the named priors, `limited` those that the limits are of. `over` is as of a null. `wild` is the
    share of series of the kind whose points are now and then far out.
    """

    y: Numbers
    at: tuple[int, ...]
    rhythm: Rhythm
    believed: Numbers
    limited: Numbers
    floor: Numbers
    breaks: Places
    two_sided: Numbers
    chances: Numbers
    hints: Numbers
    over: int
    wild: float

    @property
    def nulls(self) -> tuple[tuple[Null, ...], Numbers]:
        """The nulls that are believed in enough to be looked at, and how much."""
        weights = self.believed @ named(self.rhythm)
        kept = weights >= min(_SEEN, float(weights.max()))
        chosen = tuple(
            replace(null, over=self.over)
            for null, keep in zip(grid(self.rhythm), kept, strict=True)
            if keep
        )
        return chosen, weights[kept] / weights[kept].sum()

    @property
    def first_look(self) -> int:
        """How many points there are at the first look.

        Where most series of the kind have a season, not before it has come round: till then half
        a year's fall looks like any other.
        """
        nulls, weights = self.nulls
        seasonal = sum(w for null, w in zip(nulls, weights, strict=True) if null.season)
        return self.rhythm.a_round + AFTER_ROUND if seasonal > _MOSTLY else FEWEST

    def lenses(self, points: int) -> list[Lens]:
        """What each null sees in the first points."""
        return [lens(self.at[:points], null, self.rhythm.a_round) for null in self.nulls[0]]


@dataclass(frozen=True, slots=True)
class Told:
    """A change as it was told of the series `row`, at its point `at` (from 0).

    `worse` is which way; `since` the likeliest first point of it.
    """

    row: int
    at: int
    worse: bool
    since: int
    evidence: float
    limit: float


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """What was told of a group, in the order of points; and where it stands at the last one.

    `known` is where levels began, by breaks and changes told. `hint` is what passes only the lower
    limit at the last point.
    """

    told: tuple[Told, ...]
    hint: tuple[Told, ...]
    known: Places
    nulls: Numbers


def replay(group: Group, limits: Limits) -> Replayed:
    """Look at a group at each of its points from the fifth on, as on the day it came in."""
    told: list[Told] = []
    known = group.breaks.copy()
    changes = np.full(len(group.y), -1)
    size = group.y.shape[1]
    looked: Weighed | None = None
    hints: tuple[Told, ...] = ()
    for n in range(group.first_look, size + 1):
        looked = look(group, n, known, changes)
        found = _passing(looked, _limits(group, limits, n, group.chances), n)
        found = _located(group, found, n, known, changes)
        if n == size:
            hints = _hints(group, limits, looked, known, changes, {one.row for one in found})
        for one in found:
            known = _with(known, one.row, one.since)
            changes[one.row] = one.since
        told += found
    nulls = np.zeros((len(group.y), len(group.nulls[0]))) if looked is None else looked.nulls
    return Replayed(tuple(told), tuple(hints), known, nulls)


def look(group: Group, n: int, known: Places, changes: Places) -> Weighed:
    """The evidence at the n-th point, of every series of a group."""
    batch = _batch(group, n, known, np.arange(len(group.y)))
    return weigh(batch, group.lenses(n), group.nulls[1], earliest(group, n, changes))


def earliest(group: Group, n: int, changes: Places) -> Places:
    """The first point at which a change may have begun that is not told yet, at the n-th."""
    first = np.full(len(group.y), FIRST_CHANGE)
    if group.breaks.size:
        begun = np.where(group.breaks < n, group.breaks, -1).max(axis=1)
        first = np.where(begun >= 0, np.maximum(first, begun + AFTER_BREAK), first)
    return np.where(changes >= 0, np.maximum(first, changes + AFTER_CHANGE), first)


def _batch(group: Group, n: int, known: Places, rows: Places) -> Batch:
    some = known[rows]
    some = np.where(some < n, some, -1)
    return Batch(calmed(group.y[rows, :n], some), some, group.floor[rows, n - 1])


def row_batch(group: Group, n: int, known: Places, row: int) -> Batch:
    """One series of a group at its n-th point, with its own known beginnings (a row of them)."""
    some = np.where(known < n, known, -1)
    return Batch(calmed(group.y[[row], :n], some), some, group.floor[[row], n - 1])


def _limits(group: Group, limits: Limits, n: int, chances: Numbers) -> Numbers:
    """The limit of each series; where either way is to be told, each way has half the chance."""
    each = np.where(group.two_sided > 0, chances / 2, chances)
    kinds, which = np.unique(each, return_inverse=True)
    return limits.at(group.rhythm, group.limited, n, kinds, group.wild)[which]


def _passing(looked: Weighed, limit: Numbers, n: int) -> list[Told]:
    """What passes a limit, not yet located."""
    worse = looked.worse >= looked.better
    found = np.where(worse, looked.worse, looked.better)
    return [
        Told(int(row), n - 1, bool(worse[row]), -1, float(found[row]), float(limit[row]))
        for row in np.flatnonzero(found > limit)
    ]


def _located(
    group: Group, found: Sequence[Told], n: int, known: Places, changes: Places
) -> list[Told]:
    """What passes, with the likeliest point at which it began."""
    if not found:
        return []
    rows = np.array([one.row for one in found])
    first = earliest(group, n, changes)[rows]
    beliefs = where_begun(group, n, rows, known[rows], first)
    return [
        Told(one.row, one.at, one.worse, _likeliest(belief, worse=one.worse), one.evidence,
             one.limit)
        for one, belief in zip(found, beliefs, strict=True)
    ]  # fmt: skip


def _likeliest(belief: Numbers, *, worse: bool) -> int:
    return int(np.argmax(np.where((belief < 0) == worse, np.abs(belief), 0.0)))


def where_begun(group: Group, n: int, rows: Places, known: Places, first: Places) -> Numbers:
    """How likely a change is to have begun at each of n points: below zero where it is a fall.

    `known` and `first` are of these rows. Of each the sizes add up to one, over falls and rises.
    """
    some = np.where(known < n, known, -1)
    batch = Batch(calmed(group.y[rows, :n], some), some, group.floor[rows, n - 1])
    logs, nulls = [], []
    sign = np.zeros(batch.y.shape)
    for one, belief in zip(group.lenses(n), group.nulls[1], strict=True):
        seen = sums(batch, one)
        weights = log_weights(seen.c, seen.q, seen.noise, seen.df, STEP_SIZE)
        logs.append(np.where(np.arange(n) >= first[:, None], weights, -np.inf))
        nulls.append(seen.log_null + np.log(belief))
        sign = np.sign(seen.c)
    whole = np.array(logs) + np.array(nulls)[:, :, None]
    whole = whole - whole.max(axis=(0, 2), keepdims=True)
    likely = np.exp(whole).sum(axis=0)
    return np.asarray(sign * likely / likely.sum(axis=1, keepdims=True), dtype=np.float64)


def _hints(
    group: Group,
    limits: Limits,
    looked: Weighed,
    known: Places,
    changes: Places,
    alarmed: set[int],
) -> tuple[Told, ...]:
    """What passes only the lower limit at the last point."""
    n = group.y.shape[1]
    lower = _limits(group, limits, n, group.hints)
    found = [one for one in _passing(looked, lower, n) if one.row not in alarmed]
    return tuple(_located(group, found, n, known, changes))


def _with(known: Places, row: int, at: int) -> Places:
    """The known beginnings with one more of a series."""
    free = np.flatnonzero(known[row] < 0) if known.size else np.array([], dtype=np.int64)
    if len(free) == 0:
        known = np.hstack([known, np.full((len(known), 1), -1)])
        free = np.array([known.shape[1] - 1])
    known[row, free[0]] = at
    return known
