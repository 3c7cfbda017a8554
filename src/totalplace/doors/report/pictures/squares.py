"""Areas by size: a rectangle shared out in rectangles that are as near to squares as they can be.

The rule is that of M. Bruls, K. Huizing and J. J. van Wijk, "Squarified Treemaps", Data
Visualization 2000, pages 33-42. The package squarify does it too; it divides by zero where a very
small share stands beside a very great one, and gives dictionaries that no type checks. For forty
lines that is a poor bargain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from totalplace.doors.report.pictures.drawing import Box


def squarified(weights: Sequence[int], box: Box) -> list[Box]:
    """A rectangle for each weight, in their order; together they fill the box.

    Weights are above zero and come the greatest first: ValueError where they do not.
    """
    if any(weight <= 0 for weight in weights):
        raise ValueError("an area is above zero")
    if any(later > earlier for earlier, later in pairwise(weights)):
        raise ValueError("areas come the greatest first")
    found: list[Box] = []
    left, rest = sum(weights), box
    while len(found) < len(weights):
        end = _row_end(weights, len(found), left, rest)
        row = weights[len(found) : end]
        boxes, rest = _laid(row, left, rest)
        found += boxes
        left -= sum(row)
    return found


def _row_end(weights: Sequence[int], start: int, left: int, box: Box) -> int:
    """Where the row along the shorter side ends: before its worst shape becomes worse."""
    short, long = min(box.wide, box.high), max(box.wide, box.high)
    end, row = start + 1, weights[start]
    worst = _worst(long * row / left, short, (1.0, 1.0))
    while end < len(weights):
        row += weights[end]
        parts = (weights[start] / row, weights[end] / row)
        following = _worst(long * row / left, short, parts)
        if following > worst:
            break
        worst, end = following, end + 1
    return end


def _worst(thick: float, short: float, parts: tuple[float, float]) -> float:
    """The longest shape in a row: its longer side over its shorter."""
    return max(max(thick / (short * part), short * part / thick) for part in parts)


def _laid(row: Sequence[int], left: int, box: Box) -> tuple[list[Box], Box]:
    """A row along the shorter side of the box, and what is left of the box."""
    whole = sum(row)
    part, kept = whole / left, (left - whole) / left
    boxes, before = [], 0
    for weight in row:
        start, size = before / whole, weight / whole
        if box.wide >= box.high:
            boxes.append(Box(box.x, box.y + box.high * start, box.wide * part, box.high * size))
        else:
            boxes.append(Box(box.x + box.wide * start, box.y, box.wide * size, box.high * part))
        before += weight
    if box.wide >= box.high:
        return boxes, Box(box.x + box.wide * part, box.y, box.wide * kept, box.high)
    return boxes, Box(box.x, box.y + box.high * part, box.wide, box.high * kept)
