"""One price of money, clipped group by group: exact where demands nest and nothing closes.

At the best plan the next penny reaches as much on every line of a group that is neither at its
least nor at its most, and in every group that is neither. So from the innermost groups outwards:
where a group's lines at their most come to more than it may have, they are filled to just that, by
falling returns, and that is the most they will ever have; where at their least they come to less
than it must have, they are filled to just that, and it is the least. When all groups have been
filled so, each line that is worth anything is at its most. (Federgruen and Groenevelt, 1986;
Hochbaum, 1994.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.commissioning.rules.solving.curves import Curves, Numbers
from totalplace.commissioning.rules.solving.levels import Keyed, Places, filled_level, keyed

COMPILED: Final = find_spec("numba") is not None
LARGE: Final = 20_000  # lines; fewer are filled sooner than compiled loops are even loaded


@dataclass(frozen=True, slots=True)
class Level:
    """Groups of one depth: where their lines start and end, and what they may come to in pence.

    A bound that there is not is endless. `around` is the group around each, in the level before.
    """

    starts: Places
    ends: Places
    least: Numbers
    most: Numbers
    around: Places


@dataclass(frozen=True, slots=True)
class Forest:
    """Lines as arrays, so ordered that each group's stand together; the widest level first.

    `innermost` is the level and the place in it of the innermost group of each line; -1 where none.
    """

    curves: Curves
    low: Numbers
    high: Numbers
    now: Numbers
    levels: tuple[Level, ...]
    innermost: tuple[Places, Places]


@dataclass(frozen=True, slots=True)
class Filled:
    """Sums in pence, the price of each group by level, and of each line; points for a penny."""

    pence: Numbers
    group_prices: tuple[Numbers, ...]
    prices: Numbers


Fill = Callable[..., tuple[Numbers, Numbers]]


def filled(forest: Forest, *, compiled: bool | None = None) -> Filled:
    """The most that lines can reach within their groups, in pence with fractions.

    Groups must be such as can be filled (`rounding.Cascade` says so). `compiled` chooses between
    the loops of numba and whole columns of numpy, which agree; None is by how many lines there are.
    """
    low, high = forest.low.copy(), forest.high.copy()
    its = keyed(forest.curves, high)
    fill = _fill(COMPILED and len(low) >= LARGE if compiled is None else compiled)
    limits = [
        fill(its, (low, high), (level.starts, level.ends), (level.least, level.most))
        for level in reversed(forest.levels)
    ]
    slope = forest.curves.slope
    idle = np.clip(forest.now, low, high)  # what is worth nothing stays as near today as it can
    pence = np.where(slope > 0, high, np.where(slope < 0, low, idle))
    return _priced(forest, its, limits[::-1], pence)


def _fill(compiled: bool) -> Fill:
    if compiled:
        from totalplace.commissioning.rules.solving import swift

        return swift.filled_level
    return filled_level


def _priced(
    forest: Forest, its: Keyed, limits: list[tuple[Numbers, Numbers]], pence: Numbers
) -> Filled:
    """Prices from the outermost groups inwards: that of the group around, within a group's own."""
    prices: list[Numbers] = []
    around = np.array([its.nought])
    for level, (lowest, highest) in zip(forest.levels, limits, strict=True):
        # Where least and most are the same sum, a flat stretch may put their keys the wrong way.
        around = np.minimum(np.maximum(around[level.around], lowest), np.maximum(lowest, highest))
        prices.append(its.price(around))
    own = np.zeros(len(pence))
    depth, place = forest.innermost
    for number, of_groups in enumerate(prices):
        here = depth == number
        own[here] = of_groups[place[here]]
    return Filled(pence, tuple(prices), own)


def bound(forest: Forest, its: Filled) -> float:
    """What no plan can exceed, in points: weak duality from the prices, whatever the plan.

    Each line at what it is best worth once it pays the price of its group, and for each group what
    its own part of the price makes of its bound. Rounded up by what adding floats may lose.
    """
    own = forest.curves.best((forest.low, forest.high), its.prices, np.ones(len(its.pence)))
    sums = [own]
    around = np.zeros(1)
    for level, prices in zip(forest.levels, its.group_prices, strict=True):
        part = prices - around[level.around]
        limit = np.where(part > 0, level.most, level.least)
        sums.append(np.where(part == 0, 0.0, part * np.where(np.isfinite(limit), limit, 0.0)))
        around = prices
    terms = np.concatenate(sums)
    return float(terms.sum() + np.abs(terms).sum() * 2.0**-49)


def filled_many(forest: Forest, slopes: NDArray[np.float64], *, chunk: int = 200_000) -> Numbers:
    """The same lines with other slopes, a row of slopes for each draw: a row of pence for each.

    A slope below nought does harm by the penny, without diminishing. As many draws are filled at
    once as come to `chunk` lines.
    """
    draws, count = slopes.shape
    at_once = max(1, chunk // max(count, 1))
    found = np.empty((draws, count))
    for first in range(0, draws, at_once):
        some = slopes[first : first + at_once]
        together = _times(forest, some)
        found[first : first + len(some)] = filled(together).pence.reshape(some.shape)
    return found


def _times(forest: Forest, slopes: Numbers) -> Forest:
    """As many forests side by side as there are rows of slopes."""
    times, count = slopes.shape
    flat = slopes.reshape(-1)
    curves = forest.curves
    straight = np.tile(curves.straight, times) | (flat <= 0)
    levels: list[Level] = []
    width = 1
    for level in forest.levels:
        shift = np.repeat(np.arange(times) * count, len(level.starts))
        outer = np.repeat(np.arange(times) * width, len(level.starts)) if levels else 0
        levels.append(
            Level(
                np.tile(level.starts, times) + shift,
                np.tile(level.ends, times) + shift,
                np.tile(level.least, times),
                np.tile(level.most, times),
                np.tile(level.around, times) + outer,
            )
        )
        width = len(level.starts)
    return replace(
        forest,
        curves=Curves(
            flat,
            np.where(straight, 1.0, np.tile(curves.scale, times)),
            np.tile(curves.fixed, times),
            straight,
        ),
        low=np.tile(forest.low, times),
        high=np.tile(forest.high, times),
        now=np.tile(forest.now, times),
        levels=tuple(levels),
        innermost=(np.tile(forest.innermost[0], times), np.full(times * count, -1)),
    )
