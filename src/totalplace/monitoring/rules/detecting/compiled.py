# mypy: disable-error-code="untyped-decorator"
"""The inner loop of the evidence, compiled: the same sums as `evidence.plainly`, row by row."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

_MOST_LOG: Final = 250.0
_NEARLY_ALL: Final = 1.0 - 1e-12
Numbers = NDArray[np.float64]


@njit(nogil=True, cache=True, parallel=True)
def one_sided(
    c: Numbers, q: Numbers, noise: Numbers, df: Numbers, may: Numbers, size: float
) -> tuple[Numbers, Numbers]:
    """Evidence for a fall and for a rise, of rows by the points a change may have begun at."""
    rows, points = c.shape
    down, up = np.zeros(rows), np.zeros(rows)
    for i in prange(rows):
        for j in range(points):
            weighs = may[i, j]
            if weighs == 0.0 or c[i, j] == 0.0:
                continue
            room = 1.0 + size * size * max(q[i, j], 0.0)
            share = min(size * size / room * c[i, j] * c[i, j] / noise[i], _NEARLY_ALL)
            log = -0.5 * math.log(room) - 0.5 * df[i] * math.log1p(-share)
            weight = 2.0 * weighs * math.exp(min(log, _MOST_LOG))
            if c[i, j] < 0.0:
                down[i] += weight
            else:
                up[i] += weight
    return down, up
