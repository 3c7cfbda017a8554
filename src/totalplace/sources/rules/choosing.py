"""Which column is taken for which role: evidence added up, one column a role, the best in all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.sources.rules.evidence import Column
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.words import ColumnWords, said_beside, weight_of, weights_of

CONTESTED: Final = (
    Role.AMOUNT,
    Role.DATE,
    Role.PAYEE,
    Role.UNIT,
    Role.PURPOSE,
    Role.REFERENCE,
    Role.VAT,
    Role.KIND,
    Role.PAYEE_NUMBER,
)
_CLOSE: Final = 1.5  # points between first and second below which an officer is told


@dataclass(frozen=True, slots=True)
class Choice:
    """A column taken for a role, its points, and the next best column with its points."""

    column: Column
    points: float
    runner_up: Column | None = None
    behind: float = math.inf  # points by which the runner-up is behind

    @property
    def close(self) -> bool:
        """Whether another column could as well have been taken."""
        return self.runner_up is not None and self.behind < _CLOSE

    @property
    def confidence(self) -> float:
        """How sure, from 0 to 1: many points, and a clear lead over the next best."""
        lead = min(self.behind, 6.0)
        return round(1 / (1 + math.exp(-(0.45 * self.points + 0.55 * lead - 1.6))), 3)


Points = Mapping[Role, Mapping[int, float]]


def points_of(columns: Sequence[Column], words: ColumnWords) -> Points:
    """Points of every column for every role that it can hold."""
    said = said_beside({c.name for c in columns}, words)
    return {
        role: {
            c.position: _points(c, role, words) + weight_of(c.name, said.get(role, {}), words)
            for c in columns
            if _can_hold(c, role, words)
        }
        for role in CONTESTED
    }


def choose(columns: Sequence[Column], points: Points) -> dict[Role, Choice]:
    """The best joint choice of one column a role; a role without a likely column is left out."""
    taken = _best(columns, points)
    by_position = {c.position: c for c in columns}
    holder = {at: role for role, at in taken.items()}
    return {
        role: Choice(
            by_position[at],
            points[role][at],
            *_runner_up(role, at, points, holder, by_position),
        )
        for role, at in taken.items()
    }


def _can_hold(column: Column, role: Role, words: ColumnWords) -> bool:
    if role not in words.must_hold:
        return True
    marks, least = words.must_hold[role]
    return sum(column.marks.get(mark, 0.0) for mark in marks) >= least


def _points(column: Column, role: Role, words: ColumnWords) -> float:
    weights = words.evidence[role]
    total = weights["none"] + weights_of(column.name, words)[role]
    return total + sum(weights.get(mark, 0.0) * share for mark, share in column.marks.items())


def _best(columns: Sequence[Column], points: Points) -> dict[Role, int]:
    """The assignment with most points: every set of roles is tried, column by column."""
    best: dict[int, tuple[float, tuple[tuple[Role, int], ...]]] = {0: (0.0, ())}
    for column in columns:
        at = column.position
        wanted = [
            (bit, role, points[role][at])
            for bit, role in enumerate(CONTESTED)
            if points[role].get(at, 0.0) > 0
        ]
        for held, (total, picks) in list(best.items()):
            for bit, role, worth in wanted:
                both = held | 1 << bit
                if both != held and total + worth > best.get(both, (-math.inf,))[0]:
                    best[both] = (total + worth, (*picks, (role, at)))
    return dict(max(best.values(), key=lambda b: b[0])[1])


def _runner_up(
    role: Role,
    at: int,
    points: Points,
    holder: Mapping[int, Role],
    columns: Mapping[int, Column],
) -> tuple[Column | None, float]:
    """The next best column, counting what the column's own role would lose by giving it up."""
    rivals: Iterable[tuple[float, int]] = (
        (
            worth - max(0.0, points[holder[other]][other] if other in holder else 0.0),
            other,
        )
        for other, worth in points[role].items()
        if other != at
    )
    worth, other = max(rivals, default=(-math.inf, -1))
    if worth <= 0:
        return None, points[role][at]
    return columns[other], points[role][at] - worth
