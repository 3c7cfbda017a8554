"""How many series of a kind have points far out now and then, where nothing has changed.

Of a hundred points with normal chance hardly one lies three spreads out; of heavy tails some do
(Student's t with four degrees stands for them). A watch that takes the first for granted raises
false alarms on the second. One short series hardly shows which it is; a kind of series does. Both
are weighed with level and spread unknown and with one change of level, at any point, or none, so
that a change is not taken for points far out.
"""

from __future__ import annotations

from itertools import pairwise
from math import lgamma, log, pi
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.learning import AT_ONCE, Sample
from totalplace.monitoring.rules.detecting.nulls import Numbers

DEGREES: Final = 4  # of Student's t
_BEFORE: Final = 0.1  # the share believed before any series of the kind was seen
_AS_MANY: Final = 10.0  # series that this counts as
_ROUNDS: Final = 60
_SPREADS: Final = np.geomspace(0.3, 2.0, 9)  # beside that of the points
_LEVELS: Final = np.linspace(0.0, 1.0, 25)  # from the least of the points to the most
_FEWEST: Final = 2  # points of a level
_MOST_LOG: Final = 50.0
_SERIES_AT_ONCE: Final = 500


def share(logs: Numbers) -> float:
    """The share of series with points far out, from how much likelier each is so (`log_ratios`)."""
    ratios = np.exp(np.clip(logs, -_MOST_LOG, _MOST_LOG))
    found = _BEFORE
    for _ in range(_ROUNDS):
        each = found * ratios / (found * ratios + 1 - found)
        found = float((each.sum() + _AS_MANY * _BEFORE) / (len(each) + _AS_MANY))
    return found


def log_ratios(sample: Sample) -> Numbers:
    """Of each series, the logarithm of how much likelier its points are with heavy tails.

    Of a long series so many points at a time, so that a level that drifts is not taken for them.
    """
    n = sample.y.shape[1]
    parts = max(1, round(n / AT_ONCE))
    ends = [round(part * n / parts) for part in range(parts + 1)]
    found = [
        sum(_of_part(sample.y[row : row + _SERIES_AT_ONCE, a:b]) for a, b in pairwise(ends))
        for row in range(0, len(sample.y), _SERIES_AT_ONCE)
    ]
    return np.asarray(np.concatenate(found), dtype=np.float64)


def _of_part(y: Numbers) -> Numbers:
    spread = y.std(axis=1, keepdims=True)
    z = (y - y.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    low, high = z.min(axis=1)[:, None], z.max(axis=1)[:, None]
    away = z[:, :, None] - (low + (high - low) * _LEVELS)[:, None, :]
    heavy = [_likely(_student(away / spread) - log(spread)) for spread in _SPREADS]
    usual = [_likely(_normal(away / spread) - log(spread)) for spread in _SPREADS]
    return _mean(np.array(heavy), 0) - _mean(np.array(usual), 0)


def _likely(logs: Numbers) -> Numbers:
    """How likely points are, from series by points by levels: half with one change of level."""
    so_far = logs.cumsum(axis=1)
    whole = so_far[:, -1]
    first = so_far[:, _FEWEST - 1 : -_FEWEST]
    if not first.shape[1]:
        return _mean(whole, 1)
    changed = _mean(_mean(first, 2) + _mean(whole[:, None] - first, 2), 1)
    return np.asarray(np.logaddexp(_mean(whole, 1), changed), dtype=np.float64)


def _mean(logs: Numbers, axis: int) -> Numbers:
    """The logarithm of the mean along an axis."""
    top = logs.max(axis=axis, keepdims=True)
    return np.asarray(np.squeeze(top, axis) + np.log(np.exp(logs - top).mean(axis=axis)))


def _student(u: Numbers) -> Numbers:
    size = lgamma((DEGREES + 1) / 2) - lgamma(DEGREES / 2) - 0.5 * log(DEGREES * pi)
    return np.asarray(size - (DEGREES + 1) / 2 * np.log1p(u**2 / DEGREES))


def _normal(u: Numbers) -> Numbers:
    return np.asarray(-0.5 * log(2 * pi) - u**2 / 2)
