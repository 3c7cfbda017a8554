"""Filling groups to a sum, all groups of a level at once, in whole columns.

What a price leaves on a curved line is a straight line in the *logarithm* of the price, so that the
price which fills a group to a sum is found among sorted corners, exactly and without a search.
Prices at or below nought (of lines that do nothing, or harm, and must be paid) have their places
below all others on the same scale, which is called the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.commissioning.rules.solving.curves import Curves, Marks, Numbers

Places = NDArray[np.int64]
FARTHEST: Final = 800.0  # no float has a logarithm farther from nought
POLISHED: Final = 8
NEXT: Final = 2.0**-51
EXACT: Final = 1e-13  # of a sum: nearer than this is floats' own noise


@dataclass(frozen=True, slots=True)
class Keyed:
    """Lines by key: a curved one has `start - scale * key` pence, a straight one falls at `jump`.

    Of straight lines the scale is nought. `nought` is the key of a price of nought.
    """

    start: Numbers
    scale: Numbers
    jump: Numbers
    straight: Marks
    nought: float
    harms: tuple[Numbers, Numbers]  # keys of prices below nought, rising, and the prices

    def price(self, keys: Numbers) -> Numbers:
        """Points for a penny, of keys."""
        with np.errstate(under="ignore"):
            above = np.exp(np.minimum(keys, FARTHEST))
        # Only straight lines have prices below nought, and then it is the slope of one of them.
        place = np.searchsorted(self.harms[0], keys)
        below = self.harms[1][np.minimum(place, len(self.harms[1]) - 1)]
        return np.where(keys > self.nought, above, np.where(keys < self.nought, below, 0.0))


def keyed(curves: Curves, high: Numbers) -> Keyed:
    """Lines by key, with room below the key of every curve for prices at or below nought."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.abs(curves.slope))
    bent = ~curves.straight
    start = np.where(bent, curves.fixed + curves.scale * np.where(bent, logs, 0.0), 0.0)
    scale = np.where(bent, curves.scale, 0.0)
    ends = np.where(bent, (start - high) / curves.scale, 0.0)
    nought = min(-FARTHEST, float(ends.min(initial=0.0))) - 1
    below = nought - 1 - FARTHEST - logs
    slope = curves.slope
    jump = np.where(slope > 0, logs, np.where(slope < 0, below, nought))
    harmful = np.append(np.flatnonzero(slope < 0), int(np.argmin(slope)))
    order = harmful[np.argsort(jump[harmful], kind="stable")]
    return Keyed(start, scale, jump, curves.straight, nought, (jump[order], slope[order]))


def filled_level(
    its: Keyed,
    within: tuple[Numbers, Numbers],
    spans: tuple[Places, Places],
    bounds: tuple[Numbers, Numbers],
) -> tuple[Numbers, Numbers]:
    """Narrow lines' least and most, in place, to what their groups may come to.

    Gives the lowest and the highest key that each group's lines can have; endless where its bounds
    do not bind.
    """
    low, high = within
    starts, ends = spans
    least, most = bounds
    lowest = np.full(len(starts), -np.inf)
    highest = np.full(len(starts), np.inf)
    over = np.flatnonzero(_sums(high, starts, ends) > most)
    if len(over):
        lines, keys, pence = _to(its, within, (starts[over], ends[over]), most[over])
        high[lines], lowest[over] = pence, keys
    under = np.flatnonzero(_sums(low, starts, ends) < least)
    if len(under):
        lines, keys, pence = _to(its, within, (starts[under], ends[under]), least[under])
        low[lines], highest[under] = pence, keys
    return lowest, highest


def _sums(values: Numbers, starts: Places, ends: Places) -> Numbers:
    edges = np.empty(2 * len(starts), dtype=np.int64)
    edges[::2], edges[1::2] = starts, ends
    return np.asarray(np.add.reduceat(np.append(values, 0.0), edges)[::2])


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of the groups that are being filled, group after group."""

    start: Numbers
    scale: Numbers
    jump: Numbers
    straight: Marks
    low: Numbers
    high: Numbers
    group: Places
    firsts: Places

    def sums(self, values: Numbers) -> Numbers:
        return np.asarray(np.add.reduceat(values, self.firsts))


def _to(
    its: Keyed, within: tuple[Numbers, Numbers], spans: tuple[Places, Places], target: Numbers
) -> tuple[Places, Numbers, Numbers]:
    """Fill groups to sums: which lines, the key of each group, and pence on each line."""
    starts, ends = spans
    sizes = ends - starts
    firsts = np.cumsum(sizes) - sizes
    at = np.repeat(starts - firsts, sizes) + np.arange(int(sizes.sum()))
    group = np.repeat(np.arange(len(starts)), sizes)
    lines = _Lines(
        its.start[at], its.scale[at], its.jump[at], its.straight[at], within[0][at], within[1][at],
        group, firsts,
    )  # fmt: skip
    keys, between = _among_corners(lines, target)
    for turn in range(POLISHED):
        pence, keys, near = _polished(lines, keys, target, last=turn == POLISHED - 1)
        if near:
            break
        keys = np.clip(keys, *between)
    return at, keys, pence


def _among_corners(lines: _Lines, target: Numbers) -> tuple[Numbers, tuple[Numbers, Numbers]]:
    """The key at which each group's sum is the target, and the corners on either side of it."""
    divisor = np.where(lines.straight, 1.0, lines.scale)
    begins = np.where(lines.straight, lines.jump, (lines.start - lines.high) / divisor)
    stops = np.where(lines.straight, lines.jump, (lines.start - lines.low) / divisor)
    keys = np.concatenate([begins, stops])
    group = np.concatenate([lines.group, lines.group])
    order = np.lexsort((keys, group)) if lines.firsts[-1] else np.argsort(keys)
    keys, group = keys[order], group[order]
    rate = np.cumsum(np.concatenate([lines.scale, -lines.scale])[order])
    fallen = np.where(lines.straight, lines.high - lines.low, 0.0)
    drop = np.concatenate([fallen, np.zeros(len(fallen))])[order]
    firsts = 2 * lines.firsts
    before = np.concatenate([[0.0], rate[:-1]])
    before[firsts] = 0.0
    step = np.diff(keys, prepend=keys[:1])
    step[firsts] = 0.0
    falls = np.cumsum(before * step + drop)
    offset = falls[firsts] - drop[firsts] - before[firsts] * step[firsts]
    after = (lines.sums(lines.high) + offset)[group] - falls
    places = np.arange(len(keys))
    reached = np.where(after <= target[group], places, len(keys))
    last = np.append(firsts[1:], len(keys)) - 1
    found = np.minimum(np.minimum.reduceat(reached, firsts), last)
    short = target - (after + drop)[found]
    with np.errstate(divide="ignore", invalid="ignore"):
        back = np.where((short > 0) & (before[found] > 0), short / before[found], 0.0)
    sides = keys[np.maximum(found - 1, firsts)], keys[found]
    return keys[found] - np.minimum(back, step[found]), sides


def _polished(
    lines: _Lines, keys: Numbers, target: Numbers, *, last: bool
) -> tuple[Numbers, Numbers, bool]:
    """Pence at keys, added up anew, and keys that are nearer; lines at a jump share what is left.

    Corners' falls were added up with large sums beside small: here each group's sum is its own.
    """
    key = keys[lines.group]
    bent = lines.start - lines.scale * key
    pence = np.clip(bent, lines.low, lines.high)
    sheer = lines.straight
    pence = np.where(sheer, np.where(key < lines.jump, lines.high, lines.low), pence)
    tied = sheer & (key == lines.jump)
    room = np.where(tied, lines.high - lines.low, 0.0)
    short, rooms = target - lines.sums(pence), lines.sums(room)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(rooms > 0, np.clip(short / rooms, 0.0, 1.0), 0.0)
    pence = pence + share[lines.group] * room
    short = short - share * rooms
    slack = NEXT * np.abs(bent - lines.start)  # by which one float of the key differs from the next
    moving = ~sheer & (bent >= lines.low - slack) & (bent <= lines.high + slack)
    rates = lines.sums(np.where(moving, lines.scale, 0.0))
    off = np.abs(short) > EXACT * np.maximum(1.0, np.abs(target))
    fix = off & (rates > 0)
    if not fix.any() or last:
        # A curve that hardly bends moves by more than a penny between one float and the next.
        step = np.where(fix, short / np.where(rates > 0, rates, 1.0), 0.0)[lines.group]
        even = np.clip(pence + step * lines.scale, lines.low, lines.high)
        return np.where(moving, even, pence), keys, True
    return pence, np.where(fix, keys - short / np.where(rates > 0, rates, 1.0), keys), False
