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
_BLOCK: Final = 64  # series side by side: their sums so far stay in the nearest memory


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


@njit(nogil=True, cache=True, fastmath=True)
def _raised(root: Numbers, power: Numbers, half: int, many: int) -> None:
    """Multiply powers by roots to the power of half so many, by squaring."""
    if half % 2 == 1:
        for i in range(many):
            power[i] *= math.sqrt(root[i])
    left = half // 2
    while left > 0:
        if left % 2 == 1:
            for i in range(many):
                power[i] *= root[i]
        left //= 2
        if left > 0:
            for i in range(many):
                root[i] *= root[i]


@njit(nogil=True, cache=True, fastmath=True)
def _weighed(
    sums: Numbers, sure: Numbers, n: int, back: int, size: float, room: tuple[Numbers, Numbers]
) -> None:
    """Leave in the second of the room the weight of a fall that began so far back."""
    root, power = room
    v = n - back
    scale = size * size / (1.0 + size * size * back * v / n)
    for i in range(len(sure)):
        c = min(sums[n, i] - sums[v, i] - back * sums[n, i] / n, 0.0)
        root[i] = 1.0 / (1.0 - min(scale * c * c * sure[i], _NEARLY_ALL))
        power[i] = 2.0 * math.sqrt(scale) / size if c < 0.0 else 0.0
    _raised(root, power, n - 1, len(sure))


@njit(nogil=True, cache=True, fastmath=True)
def _looked_at(
    y: Numbers, limits: Numbers, ways: tuple[Whole, Numbers], first_change: int, size: float
) -> Whole:
    """The first passing of a block of series."""
    many, points = y.shape
    back, weighs = ways
    told = np.full(many, -1, dtype=np.int64)
    sums, squares = np.zeros((points + 1, many)), np.zeros(many)
    sure, found = np.zeros(many), np.zeros(many)
    room = (np.zeros(many), np.zeros(many))
    for n in range(1, points + 1):
        for i in range(many):
            value = y[i, n - 1] - y[i, 0]
            sums[n, i] = sums[n - 1, i] + value
            squares[i] += value * value
            sure[i] = 1.0 / max(squares[i] - sums[n, i] * sums[n, i] / n, 1e-300)
            found[i] = 0.0
        if not limits[n - 1] < np.inf:
            continue
        for j in range(len(back)):
            if n - back[j] < first_change:
                break
            _weighed(sums, sure, n, back[j], size, room)
            for i in range(many):
                found[i] += weighs[j] * room[1][i]
        for i in range(many):
            if told[i] < 0 and found[i] > limits[n - 1]:
                told[i] = n - 1
    return told


@njit(nogil=True, cache=True, parallel=True, fastmath=True)
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
