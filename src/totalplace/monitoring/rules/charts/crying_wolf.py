"""How often the Making Data Count rules cry wolf: on a series in which nothing happened."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

# How far each point follows the one before it (correlation), and for each length of a chart the
# share of healthy charts on which the published rules call at least one point a concern. Simulated
# by benchmarks/watch_wolf.py with seed 8: 200,000 charts each, so that no share is out by more than
# 0.0022, 95 times in 100.
FOLLOWS: Final = (0.0, 0.2, 0.4, 0.6)
TABLE: Final = {
    4: (0.0000, 0.0000, 0.0000, 0.0000),
    6: (0.0135, 0.0202, 0.0300, 0.0462),
    8: (0.0227, 0.0364, 0.0614, 0.1077),
    10: (0.0331, 0.0557, 0.1040, 0.1873),
    12: (0.0426, 0.0792, 0.1499, 0.2762),
    15: (0.0591, 0.1147, 0.2223, 0.3970),
    18: (0.0759, 0.1485, 0.2910, 0.5047),
    21: (0.0912, 0.1858, 0.3534, 0.5922),
    24: (0.1098, 0.2194, 0.4156, 0.6662),
    30: (0.1413, 0.2864, 0.5195, 0.7770),
    36: (0.1741, 0.3467, 0.6062, 0.8526),
    48: (0.2350, 0.4528, 0.7360, 0.9340),
    60: (0.2930, 0.5422, 0.8232, 0.9718),
    84: (0.3949, 0.6814, 0.9214, 0.9948),
    120: (0.5215, 0.8157, 0.9772, 0.9996),
}


def how_often_false(points: int, follows: float = 0.0) -> float:
    """The share of healthy charts of so many points on which a point is called a concern, 0 to 1.

    `follows` is how far each point follows the one before it (correlation); less than 0 is taken as
    0, and more than 0.6 as 0.6. Between what was simulated it is interpolated; of longer charts
    than that, each stretch of the longest length is as likely to be called one.
    """
    held = min(max(follows, FOLLOWS[0]), FOLLOWS[-1])
    shares = [_at(points, column) for column in range(len(FOLLOWS))]
    for (low, one), (high, other) in pairwise(zip(FOLLOWS, shares, strict=True)):
        if held <= high:
            return one + (other - one) * (held - low) / (high - low)
    return shares[-1]


def in_words(points: int, follows: float = 0.0) -> str:
    """The same in a sentence for a page."""
    share = how_often_false(points, follows)
    if share < 0.005:
        return f"On a chart of {points} points these rules hardly ever cry wolf."
    many = f"{share * 100:.0f} in 100"
    return (
        f"If nothing at all had happened, these rules would still call a point a concern on {many} "
        f"charts of {points} points."
    )


def _at(points: int, column: int) -> float:
    longest = max(TABLE)
    if points > longest:
        # The share that stays without an alarm falls by the same factor for each point.
        return 1 - math.pow(1 - TABLE[longest][column], points / longest)
    lengths = sorted(TABLE)
    if points <= lengths[0]:
        return TABLE[lengths[0]][column]
    low, high = next(pair for pair in pairwise(lengths) if points <= pair[1])
    part = (points - low) / (high - low)
    return TABLE[low][column] + (TABLE[high][column] - TABLE[low][column]) * part
