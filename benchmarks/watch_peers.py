"""The peers of the watch, written out for its benchmarks: rules and charts in use elsewhere.

Each is compiled, and reads an array of series by points. A chart that has a limit of its own is
given it as a number, so that every peer can be held to the same false alarms. `first_*` give the
place of the first alarm of each series at or after `start`, or the length where there is none.
Worse is up: with `sided` 1 only what has become higher is an alarm, with 2 either way.

Sources: Making Data Count as in NHSRplotthedots 0.2.2; Nelson 1984, Journal of Quality Technology
16:237-239 (eight rules); Page 1954, Biometrika 41:100-115 (CUSUM); Roberts 1959, Technometrics
1:239-250 (EWMA); Hawkins 1987, The Statistician 36:299-316 (self-starting CUSUM). They are held to
the product's own rules and to published run lengths by `watch_delay.py --check`.
"""

from __future__ import annotations

import numba as nb
import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
KNOWN = 0  # of `base`: lines are those of mean 0 and spread 1


@nb.njit(cache=True)
def moving_limits(values: Floats, screened: bool) -> tuple[float, float]:
    """The mean and the mean moving range, outlying ranges screened as the NHS rules have it."""
    count = len(values)
    mean = values.mean()
    total = 0.0
    for t in range(1, count):
        total += abs(values[t] - values[t - 1])
    moving = total / (count - 1)
    if not screened:
        return mean, moving
    kept, many = 0.0, 0
    for t in range(1, count):
        step = abs(values[t] - values[t - 1])
        if step < 3.267 * moving:
            kept += step
            many += 1
    return mean, kept / many if many else np.nan


@nb.njit(cache=True)
def lines(values: Floats, base: int) -> tuple[float, float]:
    """The mean and the spread by moving ranges of the first points; 0 and 1 where known."""
    if base == KNOWN:
        return 0.0, 1.0
    mean, moving = moving_limits(values[:base], True)
    return mean, moving * 2.66 / 3


@nb.njit(cache=True)
def plain_lines(values: Floats, base: int) -> tuple[float, float]:
    """The mean and the standard deviation of the first points; 0 and 1 where known."""
    if base == KNOWN:
        return 0.0, 1.0
    some = values[:base]
    return some.mean(), np.sqrt(((some - some.mean()) ** 2).sum() / (base - 1))


@nb.njit(cache=True)
def moves_so(v: Floats, t: int, many: int) -> int:
    """1 or -1 where each of the last `many` points is above or below the one before; else 0."""
    if t < many:
        return 0
    ups, downs = 0, 0
    for s in range(t - many + 1, t + 1):
        ups += v[s] > v[s - 1]
        downs += v[s] < v[s - 1]
    return 1 if ups == many else (-1 if downs == many else 0)


@nb.njit(cache=True)
def beyond(v: Floats, t: int, of: int, mean: float, edge: float) -> int:
    """How many of the last `of` points lie further from the mean than `edge`, on t's side of it."""
    way = 1.0 if v[t] > mean else -1.0
    found = 0
    for s in range(max(0, t - of + 1), t + 1):
        found += (v[s] - mean) * way > edge
    return found


@nb.njit(cache=True)
def nhs_at(v: Floats, t: int, mean: float, spread: float) -> int:
    """What the NHS rules say of the newest point: 1 high or rising, -1 low or falling, 0 nothing.

    The newest point ends what it is part of, so that only the points before it are looked at.
    """
    gap = v[t] - mean
    side = 1 if gap > 0 else -1
    if abs(gap) > 3 * spread:
        return side
    trend = moves_so(v, t, 6)
    if trend:
        return trend
    if t >= 2 and beyond(v, t, 3, mean, 0.0) == 3:  # two of three near a limit, all on one side
        close = beyond(v, t, 3, mean, 2 * spread) - beyond(v, t, 3, mean, 3 * spread)
        if close >= 2:
            return side
    if t >= 6 and gap != 0 and beyond(v, t, 7, mean, 0.0) == 7:
        return side
    return 0


@nb.njit(cache=True)
def nelson_at(v: Floats, t: int, mean: float, spread: float, sided: int) -> int:
    """What Nelson's eight rules say of the newest point: 1 high, -1 low, 2 neither, 0 nothing."""
    gap = v[t] - mean
    side = 1 if gap > 0 else -1
    if abs(gap) > 3 * spread:
        return side
    if t >= 8 and beyond(v, t, 9, mean, 0.0) == 9:
        return side
    trend = moves_so(v, t, 5)
    if trend:
        return trend
    if t >= 2 and abs(gap) > 2 * spread and beyond(v, t, 3, mean, 2 * spread) >= 2:
        return side
    if t >= 4 and abs(gap) > spread and beyond(v, t, 5, mean, spread) >= 4:
        return side
    if sided == 2 and nelson_shapes(v, t, mean, spread):
        return 2
    return 0


@nb.njit(cache=True)
def nelson_shapes(v: Floats, t: int, mean: float, spread: float) -> bool:
    """Nelson's rules that have no side: 14 to and fro, 15 close to the mean, 8 away from it."""
    if t >= 13:
        fro = 0
        for s in range(t - 11, t + 1):
            fro += (v[s] - v[s - 1]) * (v[s - 1] - v[s - 2]) < 0
        if fro == 12:
            return True
    near, far = 0, 0
    for s in range(max(0, t - 14), t + 1):
        near += abs(v[s] - mean) < spread
    for s in range(max(0, t - 7), t + 1):
        far += abs(v[s] - mean) > spread
    return (t >= 14 and near == 15) or (t >= 7 and far == 8)


@nb.njit(cache=True)
def told(sign: int, sided: int) -> bool:
    """Whether what a rule says is an alarm."""
    return sign == 1 or (sign != 0 and sided == 2)


@nb.njit(cache=True)
def first_nhs(values: Floats, base: int, start: int, sided: int, wide: float = 1.0) -> Places:
    """The NHS rules with lines fixed on the first `base` points; limits `wide` times as far."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in range(len(values)):
        mean, spread = lines(values[i], base)
        for t in range(start, values.shape[1]):
            if told(nhs_at(values[i], t, mean, spread * wide), sided):
                found[i] = t
                break
    return found


@nb.njit(cache=True)
def first_nhs_growing(values: Floats, start: int, sided: int) -> Places:
    """The NHS rules as a board meets them: each period the chart is drawn anew on all points."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in range(len(values)):
        for t in range(start, values.shape[1]):
            mean, moving = moving_limits(values[i, : t + 1], True)
            if told(nhs_at(values[i], t, mean, moving * 2.66 / 3), sided):
                found[i] = t
                break
    return found


@nb.njit(cache=True)
def first_nelson(values: Floats, base: int, start: int, sided: int) -> Places:
    """Nelson's eight rules with lines fixed on the first `base` points."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in range(len(values)):
        mean, spread = lines(values[i], base)
        for t in range(start, values.shape[1]):
            if told(nelson_at(values[i], t, mean, spread, sided), sided):
                found[i] = t
                break
    return found


@nb.njit(cache=True)
def first_xmr(values: Floats, base: int, start: int, sided: int, limit: float = 3.0) -> Places:
    """A point beyond so many spreads of the mean, by moving ranges of the first points."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in range(len(values)):
        mean, spread = lines(values[i], base)
        for t in range(start, values.shape[1]):
            gap = (values[i, t] - mean) / spread
            if gap > limit or (sided == 2 and -gap > limit):
                found[i] = t
                break
    return found


@nb.njit(cache=True)
def first_cusum(values: Floats, base: int, start: int, sided: int, k: float, h: float) -> Places:
    """A cumulated sum with the mean and the standard deviation of the first points plugged in."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    for i in range(len(values)):
        mean, spread = plain_lines(values[i], base)
        up, down = 0.0, 0.0
        for t in range(start, values.shape[1]):
            z = (values[i, t] - mean) / spread
            up, down = max(0.0, up + z - k), max(0.0, down - z - k)
            if up > h or (sided == 2 and down > h):
                found[i] = t
                break
    return found


@nb.njit(cache=True)
def first_ewma(
    values: Floats, base: int, start: int, sided: int, weight: float, limit: float
) -> Places:
    """A moving average whose newest point has `weight`, with the first points' lines plugged in."""
    found = np.full(len(values), values.shape[1], dtype=np.int64)
    edge = limit * np.sqrt(weight / (2 - weight))
    for i in range(len(values)):
        mean, spread = plain_lines(values[i], base)
        level = 0.0
        for t in range(start, values.shape[1]):
            level += weight * ((values[i, t] - mean) / spread - level)
            if level > edge or (sided == 2 and -level > edge):
                found[i] = t
                break
    return found


def self_started(values: Floats) -> Floats:
    """Each point beside those before it, as a standard normal score (Hawkins 1987); from the third.

    The first two are 0.
    """
    count = values.shape[1]
    n = np.arange(1, count + 1)
    sums = np.cumsum(values, axis=1)
    squares = np.cumsum(values**2, axis=1)
    scores = np.zeros_like(values)
    before = n[1:-1]  # how many points stand before the third, the fourth and so on
    mean = sums[:, 1:-1] / before
    variance = (squares[:, 1:-1] - before * mean**2) / (before - 1)
    t = (values[:, 2:] - mean) / np.sqrt(np.maximum(variance, 1e-300)) * np.sqrt(before / n[2:])
    # From the lower tail on either side, so that no digit is lost.
    score = special.ndtri(np.maximum(special.stdtr(before - 1.0, -np.abs(t)), 1e-300))
    scores[:, 2:] = -np.sign(t) * score
    return scores
