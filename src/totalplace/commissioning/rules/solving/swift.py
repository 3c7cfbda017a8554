# mypy: disable-error-code="untyped-decorator"
"""What `levels` does in whole columns, in compiled loops: one group after another.

Nothing is sorted. A group's key lies between two others, and each try brings them nearer: Newton's
step, which is exact once no corner lies between, then in turn the middle and the corner nearest it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from totalplace.commissioning.rules.solving.curves import Numbers
from totalplace.commissioning.rules.solving.levels import EXACT, NEXT, Keyed, Places

TRIES: Final = 600
_EXACT: Final = EXACT
_NEXT: Final = NEXT
Found = tuple[float, float, float, float]


def filled_level(
    its: Keyed,
    within: tuple[Numbers, Numbers],
    spans: tuple[Places, Places],
    bounds: tuple[Numbers, Numbers],
) -> tuple[Numbers, Numbers]:
    """As `levels.filled_level`."""
    lowest = np.full(len(spans[0]), -np.inf)
    highest = np.full(len(spans[0]), np.inf)
    lines = np.stack([its.start, its.scale, its.jump])
    _narrow(lines, within, spans, bounds, (lowest, highest))
    return lowest, highest


@njit(nogil=True, cache=True, inline="always")
def _moves(lines: NDArray[np.float64], low: Numbers, high: Numbers, at: int, key: float) -> bool:
    """Whether a curve is between its bounds at a key, or would be at the next float."""
    if lines[1, at] <= 0:
        return False
    fall = lines[1, at] * key
    slack = _NEXT * abs(fall)
    return bool(low[at] - slack <= lines[0, at] - fall <= high[at] + slack)


@njit(nogil=True, cache=True)
def _fill(
    lines: NDArray[np.float64],
    within: tuple[Numbers, Numbers],
    into: Numbers,
    span: tuple[int, int],
    told: tuple[float, float, float],
) -> None:
    """Fill a group at a key, into its least or its most, to a sum.

    A curve that hardly bends moves by more than a penny between one float and the next: what is
    lacking for that is laid on the curves that are between their bounds.
    """
    low, high = within
    key, share, target = told
    short, rates = target, 0.0
    filled = np.empty(span[1] - span[0])
    for at in range(span[0], span[1]):
        pence = _pence(lines, low, high, at, key, share)
        filled[at - span[0]] = pence
        short -= pence
        if _moves(lines, low, high, at, key):
            rates += lines[1, at]
    off = rates > 0 and abs(short) > _EXACT * max(1.0, abs(target))
    for at in range(span[0], span[1]):
        pence = filled[at - span[0]]
        if off and _moves(lines, low, high, at, key):
            pence = min(max(pence + short * (lines[1, at] / rates), low[at]), high[at])
        into[at] = pence


@njit(nogil=True, cache=True)
def _narrow(
    lines: NDArray[np.float64],
    within: tuple[Numbers, Numbers],
    spans: tuple[Places, Places],
    bounds: tuple[Numbers, Numbers],
    limits: tuple[Numbers, Numbers],
) -> None:
    low, high = within
    starts, ends = spans
    least, most = bounds
    lowest, highest = limits
    for group in range(len(starts)):
        first, end = starts[group], ends[group]
        total = 0.0
        for at in range(first, end):
            total += high[at]
        if total > most[group]:
            key, share = _key(lines, low, high, first, end, most[group])
            lowest[group] = key
            _fill(lines, (low, high), high, (first, end), (key, share, most[group]))
        total = 0.0
        for at in range(first, end):
            total += low[at]
        if total < least[group]:
            key, share = _key(lines, low, high, first, end, least[group])
            highest[group] = key
            _fill(lines, (low, high), low, (first, end), (key, share, least[group]))


@njit(nogil=True, cache=True, inline="always")
def _pence(
    lines: NDArray[np.float64], low: Numbers, high: Numbers, at: int, key: float, share: float
) -> float:
    """What a key leaves on a line; of one that falls there, a share of what it may be."""
    if lines[1, at] > 0:
        return float(min(max(lines[0, at] - lines[1, at] * key, low[at]), high[at]))
    if key < lines[2, at]:
        return float(high[at])
    return float(low[at] if key > lines[2, at] else low[at] + share * (high[at] - low[at]))


@njit(nogil=True, cache=True)
def _sum(
    lines: NDArray[np.float64], low: Numbers, high: Numbers, first: int, end: int, key: float
) -> Found:
    """At a key: the sum just above it, what falls there, and how fast sums fall on either side."""
    total = falls = before = after = 0.0
    for at in range(first, end):
        scale = lines[1, at]
        if scale > 0:
            bent = lines[0, at] - scale * key
            total += min(max(bent, low[at]), high[at])
            if low[at] < high[at]:
                if low[at] <= bent < high[at]:
                    before += scale
                if low[at] < bent <= high[at]:
                    after += scale
        elif key < lines[2, at]:
            total += high[at]
        else:
            total += low[at]
            if key == lines[2, at]:
                falls += high[at] - low[at]
    return total, falls, before, after


@njit(nogil=True, cache=True)
def _corner(
    lines: NDArray[np.float64],
    low: Numbers,
    high: Numbers,
    first: int,
    end: int,
    between: tuple[float, float],
) -> float:
    """The corner nearest the middle of two keys and between them; not a number where none is."""
    middle = 0.5 * (between[0] + between[1])
    best, found = np.inf, np.nan
    for at in range(first, end):
        if low[at] == high[at]:
            continue
        for side in range(2):
            corner = lines[2, at]
            if lines[1, at] > 0:
                corner = (lines[0, at] - (high[at] if side else low[at])) / lines[1, at]
            if between[0] < corner < between[1] and abs(corner - middle) < best:
                best, found = abs(corner - middle), corner
    return found


@njit(nogil=True, cache=True)
def _ends(
    lines: NDArray[np.float64], low: Numbers, high: Numbers, first: int, end: int
) -> tuple[float, float]:
    """Keys below and above every corner of a group."""
    lowest, highest = np.inf, -np.inf
    for at in range(first, end):
        if low[at] == high[at]:
            continue
        if lines[1, at] > 0:
            lowest = min(lowest, (lines[0, at] - high[at]) / lines[1, at])
            highest = max(highest, (lines[0, at] - low[at]) / lines[1, at])
        else:
            lowest, highest = min(lowest, lines[2, at]), max(highest, lines[2, at])
    return lowest - 1 - 1e-9 * abs(lowest), highest + 1 + 1e-9 * abs(highest)


@njit(nogil=True, cache=True)
def _key(
    lines: NDArray[np.float64], low: Numbers, high: Numbers, first: int, end: int, target: float
) -> tuple[float, float]:
    """The key at which a group comes to a sum, and the share that lines falling there keep."""
    below, above = _ends(lines, low, high, first, end)
    near = _EXACT * max(1.0, abs(target))
    key = 0.5 * (below + above)
    for turn in range(TRIES):
        total, falls, before, after = _sum(lines, low, high, first, end, key)
        if total - near <= target <= total + falls + near:
            share = (target - total) / falls if falls > 0 else 0.0
            return key, min(max(share, 0.0), 1.0)
        if total > target:
            below = key
            key = key + (total - target) / after if after > 0 else np.nan
        else:
            above = key
            key = key - (target - total - falls) / before if before > 0 else np.nan
        if not below < key < above or turn % 4 == 3:
            key = 0.5 * (below + above)
            if turn % 2 == 1:
                key = _corner(lines, low, high, first, end, (below, above))
            if not below < key < above:
                key = 0.5 * (below + above)
            if not below < key < above:
                return above, 0.0
    return key, 0.0
