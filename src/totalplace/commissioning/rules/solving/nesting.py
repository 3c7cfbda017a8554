"""Demands that nest: no two of them overlap in part, so that they make a tree over the lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from totalplace.commissioning.rules.solving.parts import Part
from totalplace.commissioning.rules.solving.reducing import Row
from totalplace.commissioning.rules.solving.waterfill import Forest, Level


@dataclass(frozen=True, slots=True)
class Group:
    """Lines whose sum of pence lies within bounds, and the group around it (-1: none)."""

    lines: frozenset[int]
    least: int | None
    most: int | None
    within: int
    depth: int


@dataclass(frozen=True, slots=True)
class Tree:
    """Groups, the widest first, and the innermost group of each line (-1: none)."""

    groups: tuple[Group, ...]
    innermost: tuple[int, ...]

    @property
    def depth(self) -> int:
        """How many groups stand within one another at most."""
        return max((group.depth + 1 for group in self.groups), default=0)


def tree_of(part: Part) -> Tree | None:
    """The tree of a part's demands; None where they do not nest, or count more than pence."""
    if part.aims or part.closes.any():
        return None
    tree, outside = family_of(part)
    return None if outside else tree


def family_of(part: Part) -> tuple[Tree, frozenset[int]]:
    """A tree of those demands in pence that nest, the widest first; and which rows are outside."""
    bounds: dict[frozenset[int], tuple[int | None, int | None]] = {}
    rows: dict[frozenset[int], list[int]] = {}
    outside: set[int] = set()
    for number, row in enumerate(part.rows):
        sides = _in_pence(row)
        if sides is None:
            outside.add(number)
            continue
        lines = frozenset(row.lines)
        least, most = bounds.get(lines, (None, None))
        bounds[lines] = _larger(least, sides[0]), _smaller(most, sides[1])
        rows.setdefault(lines, []).append(number)
    innermost = [-1] * len(part.numbers)
    groups: list[Group] = []
    for lines in sorted(bounds, key=lambda one: (-len(one), min(one))):
        around = {innermost[line] for line in lines}
        if len(around) != 1:
            outside.update(rows[lines])
            continue
        (within,) = around
        depth = 0 if within < 0 else groups[within].depth + 1
        for line in lines:
            innermost[line] = len(groups)
        groups.append(Group(lines, *bounds[lines], within, depth))
    return Tree(tuple(groups), tuple(innermost)), frozenset(outside)


def _in_pence(row: Row) -> tuple[int | None, int | None] | None:
    """The bounds of a sum of pence; None where pennies do not all count alike."""
    each = set(row.each)
    if any(row.opened) or len(each) != 1:
        return None
    if each == {1}:
        return row.least, row.most
    return (  # all are -1: a part in common was taken out
        None if row.most is None else -row.most,
        None if row.least is None else -row.least,
    )


def _larger(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)


def _smaller(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else min(one, other)


def in_order(tree: Tree) -> tuple[list[int], list[tuple[int, int]]]:
    """Lines so ordered that each group's stand together, and where each group starts and ends."""
    inner: dict[int, list[int]] = {}
    own: dict[int, list[int]] = {}
    for number, group in enumerate(tree.groups):
        inner.setdefault(group.within, []).append(number)
    for line, number in enumerate(tree.innermost):
        own.setdefault(number, []).append(line)
    order: list[int] = []
    spans = [(0, 0)] * len(tree.groups)
    stack: list[tuple[int, int]] = [(-1, -1)]
    while stack:
        number, started = stack.pop()
        if started >= 0:
            spans[number] = started, len(order)
            continue
        if number >= 0:
            stack.append((number, len(order)))
        order.extend(own.get(number, ()))
        stack.extend((one, -1) for one in reversed(inner.get(number, ())))
    return order, spans


def forest_of(part: Part, tree: Tree) -> tuple[Forest, list[int]]:
    """A part as arrays, and in which order its lines stand there."""
    order, spans = in_order(tree)
    at = np.array(order, dtype=np.int64)
    low, high = part.within
    depths = [
        [number for number, group in enumerate(tree.groups) if group.depth == depth]
        for depth in range(tree.depth)
    ]
    place = {number: at_ for numbers in depths for at_, number in enumerate(numbers)}
    inner = [tree.innermost[line] for line in order]
    forest = Forest(
        part.curves.taken(at),
        low[at],
        high[at],
        np.array(part.now, dtype=np.float64)[at],
        tuple(_level(tree, spans, numbers, place) for numbers in depths),
        (
            np.array([tree.groups[one].depth if one >= 0 else -1 for one in inner], dtype=np.int64),
            np.array([place.get(one, -1) for one in inner], dtype=np.int64),
        ),
    )
    return forest, order


def _level(
    tree: Tree, spans: list[tuple[int, int]], numbers: list[int], place: dict[int, int]
) -> Level:
    groups = [tree.groups[number] for number in numbers]
    return Level(
        np.array([spans[number][0] for number in numbers], dtype=np.int64),
        np.array([spans[number][1] for number in numbers], dtype=np.int64),
        np.array([-np.inf if one.least is None else one.least for one in groups], dtype=float),
        np.array([np.inf if one.most is None else one.most for one in groups], dtype=float),
        np.array([place.get(one.within, 0) for one in groups], dtype=np.int64),
    )
