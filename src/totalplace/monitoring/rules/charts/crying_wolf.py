"""How often the Making Data Count rules cry wolf: on a series in which nothing happened."""

from __future__ import annotations

from typing import Final

# By how many points a chart has, and how far each point follows the one before it (correlation):
# the share of healthy charts on which at least one point is called a concern. To be simulated.
_TABLE: Final = {12: 0.10, 24: 0.20, 36: 0.30, 60: 0.45}


def how_often_false(points: int) -> float:
    """The share of healthy charts of so many points on which the rules call a point a concern."""
    nearest = min(_TABLE, key=lambda length: abs(length - points))
    return _TABLE[nearest]
