"""A million series looked at at every point, in about a second: the first change told of each.

The plain case of the watch: no gaps, no season, chance that does not follow itself, no wild points
made calm. What passes here is looked at by `watch`, which says when, how big and how sure. With the
extra `fast` it is compiled; without, it is the same in NumPy, slower.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.evidence import (
    BACK,
    BACK_WEIGHS,
    STEP_SIZE,
    Batch,
    Places,
    plainly,
    sums,
)
from totalplace.monitoring.rules.detecting.lenses import lens
from totalplace.monitoring.rules.detecting.limits import Limits
from totalplace.monitoring.rules.detecting.nulls import Null, Numbers, Rhythm, grid
from totalplace.monitoring.rules.detecting.ready import FEWEST
from totalplace.monitoring.rules.detecting.replay import FIRST_CHANGE

_LONGEST: Final = 120  # points, as of a series that is watched
_PLAIN: Final = Null(0.0, 0.0)


def first_told(
    series: Numbers, limits: Limits, *, rhythm: Rhythm, chance: float, compiled: bool = True
) -> Places:
    """Of each series the point (from 0) at which it is first told to be worse; -1 for none.

    `series` is series by points; down is worse. `chance` is that of a false alarm at one look.
    """
    y = np.ascontiguousarray(series, dtype=np.float64)
    compiled = compiled and y.shape[1] <= _LONGEST
    at = _limits(limits, rhythm, y.shape[1], chance)
    if compiled:
        try:
            from totalplace.monitoring.rules.detecting.compiled import first_passing
        except ImportError:
            return _plainly(y, at)
        ways = (BACK.astype(np.int64), BACK_WEIGHS)
        return np.asarray(first_passing(y, at, ways, FIRST_CHANGE, STEP_SIZE))
    return _plainly(y, at)


def _limits(limits: Limits, rhythm: Rhythm, points: int, chance: float) -> Numbers:
    """The limit at each point; infinite where there are too few."""
    believed = np.array([float(null == _PLAIN) for null in grid(rhythm)])
    each = [
        limits.at(rhythm, believed, n, np.array([chance]))[0] if n >= FEWEST else np.inf
        for n in range(1, points + 1)
    ]
    return np.array(each)


def _plainly(y: Numbers, limits: Numbers) -> Places:
    """The same in NumPy."""
    told = np.full(len(y), -1, dtype=np.int64)
    none, floor = np.full((len(y), 0), -1), np.zeros(len(y))
    for n in range(FEWEST, y.shape[1] + 1):
        seen = sums(Batch(y[:, :n], none, floor), lens(range(n), _PLAIN, 1))
        at = n - BACK[n > BACK]
        may = np.broadcast_to((at >= FIRST_CHANGE) * BACK_WEIGHS[: len(at)], (len(y), len(at)))
        worse, _ = plainly(seen.c[:, at], seen.q[:, at], seen.noise, seen.df, may, STEP_SIZE)
        told[(told < 0) & (worse > limits[n - 1])] = n - 1
    return told
