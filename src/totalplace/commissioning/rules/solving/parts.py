"""What is left of a problem in parts that do not touch one another, each in numbers of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from totalplace.commissioning.rules.problem import Aim
from totalplace.commissioning.rules.solving.curves import Curves, Marks, Numbers, curves_of
from totalplace.commissioning.rules.solving.reducing import Reduced, Row

SMALL: Final = 1_000  # pence on a line
MODEST: Final = 10_000_000
FEW: Final = 200  # lines
FEWER: Final = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that demands tie together. Rows and aims name them by their place in `numbers`."""

    numbers: tuple[int, ...]  # places in the problem
    low: tuple[int, ...]
    high: tuple[int, ...]
    now: tuple[int, ...]
    closes: Marks
    curves: Curves
    rows: tuple[Row, ...]
    aims: tuple[Aim, ...]

    @property
    def within(self) -> tuple[Numbers, Numbers]:
        """Least and most of each line, in pence, where it is open."""
        return np.array(self.low, dtype=np.float64), np.array(self.high, dtype=np.float64)

    @property
    def small(self) -> bool:
        """Whether sums are so small that it matters where each penny goes."""
        return len(self.numbers) <= FEWER and max(caps(self), default=0) <= SMALL

    @property
    def modest(self) -> bool:
        """Whether a few pence are more than one part in a million or so, and lines are few."""
        return len(self.numbers) <= FEW and max(caps(self), default=0) <= MODEST


def caps(part: Part) -> list[int]:
    """The most that each line can have within the demands, whatever the others have; in pence."""
    found = list(part.high)
    for row in part.rows:
        if row.most is None:
            continue
        lowest: list[int] = []
        for line, each, opened in zip(row.lines, row.each, row.opened, strict=True):
            ends = [each * part.low[line] - opened, each * part.high[line] - opened]
            lowest.append(min([*ends, 0] if part.closes[line] else ends))
        total = sum(lowest)
        for at, line in enumerate(row.lines):
            if row.each[at] > 0:
                left = row.most - (total - lowest[at]) + row.opened[at]
                found[line] = max(min(found[line], left // row.each[at]), part.low[line])
    return found


def parts_of(left: Reduced) -> tuple[Part, ...]:
    """The parts; a line that nothing ties to another is one by itself."""
    parent = list(range(len(left.problem.lines)))

    def root(line: int) -> int:
        while parent[line] != line:
            parent[line] = parent[parent[line]]
            line = parent[line]
        return line

    for tied in (*(row.lines for row in left.rows), *(aim.lines for aim in left.aims)):
        for line in tied:
            parent[root(line)] = root(tied[0])
    members: dict[int, list[int]] = {}
    for line in range(len(parent)):
        if not left.bounds.settled(line):
            members.setdefault(root(line), []).append(line)
    rows: dict[int, list[Row]] = {}
    aims: dict[int, list[Aim]] = {}
    for row in left.rows:
        rows.setdefault(root(row.lines[0]), []).append(row)
    for aim in left.aims:
        aims.setdefault(root(aim.lines[0]), []).append(aim)
    return tuple(
        part_of(left, lines, rows.get(its, []), aims.get(its, [])) for its, lines in members.items()
    )


def part_of(left: Reduced, lines: Sequence[int], rows: list[Row], aims: list[Aim]) -> Part:
    """Some lines of a problem with the rows and aims among them."""
    bounds, problem = left.bounds, left.problem
    place = {line: at for at, line in enumerate(lines)}
    return Part(
        tuple(lines),
        tuple(bounds.low[line] for line in lines),
        tuple(bounds.high[line] for line in lines),
        tuple(problem.lines[line].now for line in lines),
        np.array([bounds.closes[line] for line in lines], dtype=np.bool_),
        curves_of([problem.lines[line] for line in lines]),
        tuple(replace(row, lines=tuple(place[line] for line in row.lines)) for row in rows),
        tuple(replace(aim, lines=tuple(place[line] for line in aim.lines)) for aim in aims),
    )
