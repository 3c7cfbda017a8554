"""The best that can be done from a baseline of so many points: limits of performance.

`invariant`: the Shiryaev-Roberts sum when the shift is known, in spreads, but neither the mean nor
the spread is: the likelihood ratio of what does not depend on either (Pollak and Siegmund 1991,
Annals of Statistics 19:394-416; the right Haar prior integrated out). Of all procedures that are
the same for every unit, it waits least, up to a vanishing share. `known`: a cumulated sum that
knows the mean and the spread too (Moustakides 1986, Annals of Statistics 14:1379-1387).

Both give a score at each point, so that a limit can be put wherever it must be.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numba as nb
import numpy as np
from watch_made import Floats

_GRID: Final = np.linspace(-20.0, 20.0, 1601)  # of t, that a ratio is tabled at
_STEPS: Final = np.linspace(-9.0, 9.0, 181)  # about the peak that is integrated over


def step(points: int, at: int, size: float) -> Floats:
    """A step of so many spreads from point `at` on."""
    return np.where(np.arange(points) >= at, size, 0.0)


def slide(points: int, at: int, ramp: float) -> Floats:
    """A slide of so many spreads a point from point `at` on."""
    return ramp * np.maximum(0.0, np.arange(points) - at + 1.0)


def invariant(values: Floats, start: int, shape: Callable[[int, int], Floats]) -> Floats:
    """Logarithms of the sum of ratios, of a change at any point from `start` on; by series, points.

    `shape` gives a change of so many points that begins at one of them. Before `start` it is minus
    infinity.
    """
    rows, count = values.shape
    found = np.full((rows, count), -np.inf)
    for n in range(start + 1, count + 1):
        seen = values[:, :n] - values[:, :n].mean(axis=1, keepdims=True)
        lengths = np.sqrt((seen**2).sum(axis=1))
        table = _table(n)
        whole = np.zeros(rows)
        for at in range(start, n):
            change = shape(n, at)
            change = change - change.mean()
            t = seen @ change / lengths
            ratio = np.exp(np.interp(t, _GRID, table) - change @ change / 2)
            whole += ratio
        found[:, n - 1] = np.log(whole)
    return found


def _table(n: int) -> Floats:
    """Logarithm of the integral of u^(n-2) exp(-u^2/2 + u t) over u > 0, less that of t = 0."""
    power = n - 2
    peaks = (_GRID + np.sqrt(_GRID**2 + 4 * power)) / 2
    u = peaks[:, None] + _STEPS[None, :]
    inside = np.where(u > 0, power * np.log(np.maximum(u, 1e-300)) - u**2 / 2 + u * _GRID[:, None],
                      -np.inf)  # fmt: skip
    most = inside.max(axis=1, keepdims=True)
    logs = most[:, 0] + np.log(np.exp(inside - most).sum(axis=1))
    return logs - logs[len(_GRID) // 2]


@nb.njit(cache=True)
def known(values: Floats, start: int, k: float) -> Floats:
    """A cumulated sum from `start` on that knows mean 0 and spread 1; `k` is half the shift."""
    found = np.full(values.shape, -np.inf)
    for i in range(len(values)):
        up = 0.0
        for t in range(start, values.shape[1]):
            up = max(0.0, up + values[i, t] - k)
            found[i, t] = up
    return found
