"""Teach the words of columns from tables whose columns a person has named.

Small steps: where a right column leads the best wrong one by less than a margin, the weights of
what distinguishes them are moved a little. What is learnt stays readable: a weight for a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from totalplace.sources.rules.choosing import CONTESTED, points_of
from totalplace.sources.rules.columns import columns_of
from totalplace.sources.rules.evidence import Column
from totalplace.sources.rules.header import Row, find_header
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.words import ColumnWords, Phrase, phrase_of

_MARGIN: Final = 2.0  # points by which a right column should lead
_STEP: Final = 0.2
_ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Lesson:
    """A table and, for some roles, the positions of columns that a person would accept."""

    sample: Sequence[Row]
    right: Mapping[Role, frozenset[int]]
    weight: float = 1.0  # less for each of many tables of one body


Steps = dict[tuple[Role, str | Phrase], float]


def taught(words: ColumnWords, lessons: Iterable[Lesson]) -> ColumnWords:
    """The words with weights moved so that right columns lead in the lessons."""
    read = [
        (
            columns_of(lesson.sample, find_header(lesson.sample, (), words), words),
            lesson,
        )
        for lesson in lessons
    ]
    for _ in range(_ROUNDS):
        steps: Steps = defaultdict(float)
        for columns, lesson in read:
            _step(columns, lesson, words, steps)
        if not steps:
            return words
        words = _moved(words, steps)
    return words


def _step(columns: Sequence[Column], lesson: Lesson, words: ColumnWords, steps: Steps) -> None:
    points = points_of(columns, words)
    by_position = {c.position: c for c in columns}
    for role in CONTESTED:
        right = [at for at in lesson.right.get(role, ()) if at in points[role]]
        wrong = [at for at in points[role] if at not in lesson.right.get(role, ())]
        if not right or not wrong:
            continue
        best = max(right, key=lambda at: points[role][at])
        worst = max(wrong, key=lambda at: points[role][at])
        if points[role][best] - points[role][worst] >= _MARGIN:
            continue
        for at, sign in ((best, 1.0), (worst, -1.0)):
            _mark(by_position[at], role, sign * lesson.weight * _STEP, words, steps)


def _mark(column: Column, role: Role, step: float, words: ColumnWords, steps: Steps) -> None:
    for mark, share in column.marks.items():
        steps[role, mark] += step * share
    for word in set(phrase_of(column.name, words)):
        steps[role, (word,)] += step


def _moved(words: ColumnWords, steps: Steps) -> ColumnWords:
    names = {role: dict(weights) for role, weights in words.names.items()}
    evidence = {role: dict(weights) for role, weights in words.evidence.items()}
    for (role, what), step in steps.items():
        if isinstance(what, tuple):
            names[role][what] = max(-9.0, min(7.0, names[role].get(what, 0.0) + step))
        else:
            evidence[role][what] = evidence[role].get(what, 0.0) + step
    known = words.known | {
        word for weights in names.values() for phrase in weights for word in phrase
    }
    return replace(words, names=names, evidence=evidence, known=known)
