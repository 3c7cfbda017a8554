"""How strongly series of a kind follow themselves, and their seasons, learnt from all of them.

In one short series that can hardly be seen; over a whole dashboard it can (empirical Bayes, by
expectation and maximisation), beginning from what is believed of any kind, as if ten series had
shown that. One change in each series is allowed for, so that changes are not taken for chance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import (
    SLIDE_SIZE,
    STEP_SIZE,
    Batch,
    Places,
    log_weights,
    shares,
    sums,
)
from totalplace.monitoring.rules.detecting.lenses import lens, onward
from totalplace.monitoring.rules.detecting.nulls import (
    FOLLOWS,
    MOST_FOLLOWS,
    Numbers,
    Rhythm,
    before,
    grid,
    named,
)

_AS_MANY: Final = 10.0  # series that what is believed before counts as
_ROUNDS: Final = 60
AT_ONCE: Final = 20  # points of a series that strengths are learnt from at a time
_ROUNDS_AT_ONCE: Final = 3  # or years, of one that may have a season: fewer do not show it
_MOST_LOG: Final = 200.0


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Series to learn from, on the same positions: `y` and `floor` are series by points.

    `breaks` is series by breaks, -1 where there are fewer; `over` is as of a null.
    """

    y: Numbers
    at: tuple[int, ...]
    breaks: Places
    floor: Numbers
    rhythm: Rhythm
    over: int = 1


def likelihoods(sample: Sample) -> Numbers:
    """Logarithms of how likely the points of each series are under each null of the grid.

    Of a long series so many points at a time, so that a level that drifts over years is not taken
    for points that follow themselves; in each part half the belief is in a change, anywhere.
    """
    n = sample.y.shape[1]
    parts = max(1, round(n / max(AT_ONCE, _ROUNDS_AT_ONCE * sample.rhythm.a_round)))
    ends = [round(part * n / parts) for part in range(parts + 1)]
    each = [_of_part(sample, start, end) for start, end in pairwise(ends)]
    return np.asarray(np.sum(each, axis=0), dtype=np.float64)


def _of_part(sample: Sample, start: int, end: int) -> Numbers:
    known = sample.breaks - start
    known = np.where((known > 0) & (known < end - start), known, -1)
    batch = Batch(calmed(sample.y[:, start:end], known), known, sample.floor[:, end - 1])
    at, a_round = sample.at[start:end], sample.rhythm.a_round
    logs = []
    for null in grid(sample.rhythm):
        seen = sums(batch, lens(at, replace(null, over=sample.over), a_round))
        steps = log_weights(seen.c, seen.q, seen.noise, seen.df, STEP_SIZE)[:, 1:]
        slides = log_weights(onward(seen.c), seen.slide_q, seen.noise, seen.df, SLIDE_SIZE)[:, 1:]
        changed = np.exp(np.minimum(np.hstack([steps, slides]), _MOST_LOG)).mean(axis=1)
        logs.append(seen.log_null + np.log(0.5 + 0.5 * changed))
    return np.array(logs).T


def learnt(logs: Numbers, rhythm: Rhythm) -> Numbers:
    """Weights of the named priors, from the likelihoods of every series under every null."""
    likely = np.exp(logs - logs.max(axis=1, keepdims=True)) @ named(rhythm).T
    return _weights(likely, before(rhythm))


def learnt_exactly(logs: Numbers, rhythm: Rhythm) -> Numbers:
    """Weights of the strengths themselves, where there are series enough to tell them apart."""
    return _weights(np.exp(logs - logs.max(axis=1, keepdims=True)), before(rhythm))


def _weights(likely: Numbers, prior: Numbers) -> Numbers:
    weights = prior
    for _ in range(_ROUNDS):
        each = shares(np.log(np.maximum(likely, 1e-300)) + np.log(weights))
        weights = (each.sum(axis=0) + _AS_MANY * prior) / (len(each) + _AS_MANY)
    return np.asarray(weights, dtype=np.float64)


def held(weights: Numbers, least: float) -> Numbers:
    """Weights of strengths, each held within the least and the most a point follows another."""
    may = [n for n, follows in enumerate(FOLLOWS) if follows <= MOST_FOLLOWS]
    first = min([n for n in may if FOLLOWS[n] >= least] or may[-1:])
    held = np.clip(np.arange(len(FOLLOWS)), first, may[-1])
    parted = weights.reshape(-1, len(FOLLOWS))
    kept = np.zeros_like(parted)
    for n, to in enumerate(held):
        kept[:, to] += parted[:, n]
    return np.asarray(kept.ravel() / kept.sum(), dtype=np.float64)
