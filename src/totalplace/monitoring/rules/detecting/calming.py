"""Wild points made calm: one of them must neither raise an alarm by itself nor hide one.

What lies beyond three and a half robust deviations of its level still counts, but by its logarithm:
a lasting change passes all the same, and so does a single point if it is far enough out. The limits
are made with the same rule, so that it costs the promise nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.monitoring.rules.detecting.nulls import Numbers

CALM_WITHIN: Final = 3.5  # robust deviations, as Iglewicz and Hoaglin (1993) set outliers apart
_MAD: Final = 1.4826  # of a normal spread, its deviation beside its median absolute deviation
_MEAN: Final = 1.2533  # and beside its mean absolute deviation


def calmed(y: Numbers, known: NDArray[np.int64]) -> Numbers:
    """Series by points, the wild ones calmed; `known` is where levels began, -1 for none.

    Deviations are from the median of the level that a point belongs to, in as many of the points
    as are given: what came later is not known yet.
    """
    away = y - _levels(y, known)
    spread = _MAD * np.median(np.abs(away), axis=1, keepdims=True)
    spread = np.where(spread > 0, spread, _MEAN * np.abs(away).mean(axis=1, keepdims=True))
    spread = np.where(spread > 0, spread, 1.0)
    far = np.maximum(np.abs(away) / spread, CALM_WITHIN)
    calm = spread * CALM_WITHIN * (1 + np.log(far / CALM_WITHIN)) * np.sign(away)
    return np.asarray(y + np.where(far > CALM_WITHIN, calm - away, 0.0), dtype=np.float64)


def _levels(y: Numbers, known: NDArray[np.int64]) -> Numbers:
    """Of every point the median of its level."""
    n = y.shape[1]
    levels = np.repeat(np.median(y, axis=1, keepdims=True), n, axis=1)
    several: NDArray[np.int64] = np.flatnonzero(((known >= 0) & (known < n)).any(axis=1))
    if len(several) == 0:
        return levels
    some, begun = y[several], known[several]
    begun = np.where(begun < 0, n, begun)
    which = (np.arange(n)[None, :, None] >= begun[:, None, :]).sum(axis=2)
    parted = levels[several]
    for level in range(int(which.max()) + 1):
        here = which == level
        parted = np.where(here, _middle(some, here)[:, None], parted)
    levels[several] = parted
    return levels


def _middle(y: Numbers, here: NDArray[np.bool_]) -> Numbers:
    """The median of some points of each row; zero of none."""
    put = np.sort(np.where(here, y, np.inf), axis=1)
    many = here.sum(axis=1)
    rows = np.arange(len(y))
    upper, lower = put[rows, np.maximum(many, 1) // 2], put[rows, np.maximum(many - 1, 0) // 2]
    return np.where(many > 0, (np.where(many > 1, upper, lower) + lower) / 2, 0.0)
