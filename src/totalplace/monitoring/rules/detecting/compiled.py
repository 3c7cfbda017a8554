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
Whole = NDArray[np.int64]
Short = NDArray[np.float32]  # enough for a weight of evidence, and twice as many at a time
_NEARLY_ONE: Final = 0.99999
_BLOCK: Final = 128  # series side by side: their sums so far stay in the nearest memory


@njit(nogil=True, cache=True)
def one_sided(
    c: Numbers, q: Numbers, noise: Numbers, df: Numbers, may: Numbers, size: float
) -> tuple[Numbers, Numbers]:
    """Evidence for a fall and for a rise, of rows by the points a change may have begun at."""
    rows, points = c.shape
    down, up = np.zeros(rows), np.zeros(rows)
    for i in range(rows):
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


@njit(nogil=True, cache=True, fastmath=True, error_model="numpy")
def _weighed(
    now: Short, then: Short, sure: Short, found: Short, back: tuple[int, int, float, float]
) -> None:
    """Add the weight of a fall that began so far back: of n points, so many, of its size.

    Powers are by squaring, each bit of the power as a factor, so that a machine can do many series
    in one step.
    """
    n, since, size, weighs = back
    part = np.float32(since / n)
    scale = np.float32(size * size / (1.0 + size * size * since * (n - since) / n))
    weight = np.float32(2.0 * weighs * math.sqrt(scale) / size)
    one, most = np.float32(1.0), np.float32(_NEARLY_ONE)
    left = n - 1
    b0, b1, b2 = np.float32(left & 1), np.float32(left >> 1 & 1), np.float32(left >> 2 & 1)
    b3, b4, b5 = np.float32(left >> 3 & 1), np.float32(left >> 4 & 1), np.float32(left >> 5 & 1)
    b6 = np.float32(left >> 6 & 1)
    for i in range(len(found)):
        c = min(now[i] - then[i] - part * now[i], np.float32(0.0))
        root = one / np.sqrt(one - min(scale * c * c * sure[i], most))
        power = one + b0 * (root - one)
        root *= root
        power *= one + b1 * (root - one)
        root *= root
        power *= one + b2 * (root - one)
        root *= root
        power *= one + b3 * (root - one)
        root *= root
        power *= one + b4 * (root - one)
        root *= root
        power *= one + b5 * (root - one)
        root *= root
        power *= one + b6 * (root - one)
        found[i] += weight * power if c < np.float32(0.0) else np.float32(0.0)


@njit(nogil=True, cache=True, fastmath=True, error_model="numpy")
def _looked_at(
    y: Numbers, limits: Numbers, ways: tuple[Whole, Numbers], first_change: int, size: float
) -> Whole:
    """The first passing of a block of series."""
    many, points = y.shape
    back, weighs = ways
    told = np.full(many, -1, dtype=np.int64)
    sums = np.zeros((points + 1, many), dtype=np.float32)
    squares = np.zeros(many)
    sure, found = np.zeros(many, dtype=np.float32), np.zeros(many, dtype=np.float32)
    for n in range(1, points + 1):
        for i in range(many):
            value = y[i, n - 1] - y[i, 0]
            total = sums[n - 1, i] + value
            sums[n, i] = total
            squares[i] += value * value
            sure[i] = 1.0 / max(squares[i] - total * total / n, 1e-30)
            found[i] = 0.0
        if not limits[n - 1] < np.inf:
            continue
        for j in range(len(back)):
            if n - back[j] < first_change:
                break
            then = sums[n - back[j]]
            _weighed(sums[n], then, sure, found, (n, back[j], size, weighs[j]))
        for i in range(many):
            if told[i] < 0 and found[i] > limits[n - 1]:
                told[i] = n - 1
    return told


@njit(nogil=True, cache=True, parallel=True, fastmath=True, error_model="numpy")
def first_passing(
    y: Numbers, limits: Numbers, ways: tuple[Whole, Numbers], first_change: int, size: float
) -> Whole:
    """Of each series the point (from 0) at which it first passes a limit for worse; -1 for none.

    Chance does not follow itself here: sums so far say everything. `limits` is by point, infinite
    where it is not looked at. `ways` are how far back changes may have begun, and what each weighs.
    Blocks of series go side by side, so that a machine does several at once.
    """
    rows = y.shape[0]
    told = np.empty(rows, dtype=np.int64)
    for block in prange((rows + _BLOCK - 1) // _BLOCK):
        start, end = block * _BLOCK, min((block + 1) * _BLOCK, rows)
        told[start:end] = _looked_at(y[start:end], limits, ways, first_change, size)
    return told
