"""What the public answered, counted: as received, each campaign once, with and without a code.

Counts that are small are hidden, by `small_numbers`; so is whatever would give one away. Shares are
given unweighted, and weighted beside it; neither is of "the public", but of those who answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.participation.rules.public.abuse import (
    Arrived,
    Campaign,
    Limits,
    by_reason,
    campaigns,
    once,
)
from totalplace.participation.rules.public.answers import Answers, Group
from totalplace.participation.rules.public.channels import Channel
from totalplace.participation.rules.public.questions import Kind, Question
from totalplace.participation.rules.public.small_numbers import hide_small, shown
from totalplace.participation.rules.public.weighting import (
    Compared,
    Lived,
    Weighted,
    compared,
    rake,
    share_of,
)

NOT_SAID: Final = "Not said"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it stands; `apart` is why it is held apart, or empty where it counts."""

    id: int
    channel: Channel
    verified: bool
    answers: Answers
    group: Group
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Below which count nothing is shown, and between which bounds a weight is held."""

    hidden_below: int
    least_weight: float
    most_weight: float


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A choice and how many made it. None: hidden, because it is small or would tell of one."""

    choice: str
    received: int | None
    counted_once: int | None
    verified: int | None
    unverified: int | None
    share: float | None
    weighted: float | None


@dataclass(frozen=True, slots=True)
class ClosedTable:
    """A question that is answered by choice; `answered` counted answers hold one to it."""

    question: Question
    answered: int | None
    rows: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class GroupTable:
    """How each group of people answered a question: a row a group, a column a choice."""

    question: Question
    about: Question
    groups: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class TookPart:
    """Who took part against who lives here, by one thing that was asked."""

    about: Question
    rows: tuple[Compared, ...]
    said: int  # answers that said it
    lived: Lived | None
    shows: tuple[bool, ...]  # which rows may be shown: no other is small, or would tell of one


@dataclass(frozen=True, slots=True)
class Results:
    """All that was answered by choice, and who answered."""

    arrived: Arrived
    campaigns: tuple[Campaign, ...]
    tables: tuple[ClosedTable, ...]
    by_group: tuple[GroupTable, ...]
    took_part: tuple[TookPart, ...]
    weighted: Weighted
    has_codes: bool
    counted_once: frozenset[int]  # ids of answers, each campaign once
    hidden_below: int


def results(
    questions: Sequence[Question], heard: Sequence[Heard], lived: Sequence[Lived], *,
    limits: Limits, bounds: Bounds, prefer_not: str, has_codes: bool,
) -> Results:  # fmt: skip
    """Count what was answered. Answers held apart are counted as that, and nowhere else."""
    counted = [one for one in heard if not one.apart]
    found = campaigns({one.id: texts(one, questions) for one in counted}, limits=limits)
    kept = once([one.id for one in counted], found)
    said = [about_them(one, questions, prefer_not) for one in counted]
    weighted = rake(said, lived, least=bounds.least_weight, most=bounds.most_weight)
    closed = [q for q in questions if q.kind.is_closed and not q.about]
    asked = [q for q in questions if q.about]
    counting = _Counting(counted, kept, weighted.weights, bounds.hidden_below)
    tables = tuple(counting.table(q) for q in closed)
    by_lived = {one.about: one for one in lived}
    return Results(
        arrived=arrived(heard, kept),
        campaigns=tuple(found),
        tables=tables,
        by_group=tuple(
            counting.by_group(q, about, table, prefer_not)
            for q, table in zip(closed, tables, strict=True) if q.kind is not Kind.SEVERAL
            for about in asked
        ),
        took_part=tuple(
            _took_part(about, said, by_lived.get(about.about), (prefer_not, bounds.hidden_below))
            for about in asked
        ),
        weighted=weighted,
        has_codes=has_codes,
        counted_once=kept,
        hidden_below=bounds.hidden_below,
    )  # fmt: skip


def arrived(heard: Sequence[Heard], kept: Collection[int]) -> Arrived:
    """How many answers arrived, and what became of them: nothing is missing from the sum."""
    counted = [one for one in heard if not one.apart]
    groups = [one.group for one in counted if one.group.is_one]
    channels = Counter(one.channel.value for one in counted)
    return Arrived(
        received=len(heard),
        apart=by_reason(one.apart for one in heard if one.apart),
        counted=len(counted),
        counted_once=len(kept),
        verified=sum(one.verified for one in counted),
        by_channel=tuple(sorted(channels.items())),
        groups=len(groups),
        spoken_for=sum(group.speaks_for or 0 for group in groups),
    )


def texts(one: Heard, questions: Iterable[Question]) -> list[str]:
    """The free answers of an answer."""
    return [
        one.answers[q.number][0]
        for q in questions
        if q.kind is Kind.FREE and q.number in one.answers
    ]


def about_them(one: Heard, questions: Iterable[Question], prefer_not: str) -> dict[str, str]:
    """What an answerer said of themselves, by code; what they would rather not say is not there."""
    said = {q.about: one.answers[q.number][0] for q in questions
            if q.about and q.number in one.answers}  # fmt: skip
    return {about: choice for about, choice in said.items() if choice != prefer_not}


def _took_part(
    about: Question, said: Sequence[Mapping[str, str]], lived: Lived | None, how: tuple[str, int]
) -> TookPart:
    prefer_not, below = how
    categories = [choice for choice in about.choices if choice != prefer_not]
    mine = [one[about.about] for one in said if about.about in one]
    rows = compared(mine, categories, lived)
    shows = hide_small([[row.took_part] for row in rows], below=below)
    return TookPart(
        about, tuple(rows), len(mine), lived, tuple(row[0] is not None for row in shows)
    )


@dataclass(frozen=True, slots=True)
class _Counting:
    """The answers that count, those that are left where each campaign is one, and their weights."""

    counted: Sequence[Heard]
    kept: frozenset[int]
    weights: Sequence[float]
    below: int

    def table(self, question: Question) -> ClosedTable:
        """The choices of a question, counted."""
        number = question.number
        mine = [(one, w) for one, w in zip(self.counted, self.weights, strict=True)
                if number in one.answers]  # fmt: skip
        chosen = {c: [c in one.answers[number] for one, _ in mine] for c in question.choices}
        counts = [[sum(chosen[choice])] for choice in question.choices]
        shows = [row[0] for row in hide_small(counts, below=self.below)]
        if question.kind is Kind.SEVERAL:  # choices do not add up to those who answered
            shows = [shown(row[0], below=self.below) for row in counts]
        parted = [
            [sum(is_so and one.verified is verified
                 for is_so, (one, _) in zip(chosen[choice], mine, strict=True))
             for verified in (True, False)]
            for choice in question.choices
        ]  # fmt: skip
        hidden = [[all_of is None] * 2 for all_of in shows]
        parts = hide_small(parted, below=self.below, hidden_already=hidden)
        weights = [w for _, w in mine]
        rows = []
        for at, choice in enumerate(question.choices):
            is_shown = shows[at] is not None
            kept = sum(is_so and one.id in self.kept
                       for is_so, (one, _) in zip(chosen[choice], mine, strict=True))  # fmt: skip
            rows.append(ChoiceRow(
                choice, shows[at], shown(kept, below=self.below) if is_shown else None,
                parts[at][0], parts[at][1],
                share_of(chosen[choice]) if is_shown else None,
                share_of(chosen[choice], weights) if is_shown else None,
            ))  # fmt: skip
        return ClosedTable(question, shown(len(mine), below=self.below), tuple(rows))

    def by_group(
        self, question: Question, about: Question, table: ClosedTable, prefer_not: str
    ) -> GroupTable:
        """How each group answered; whoever did not say theirs is a group, so that sums agree."""
        groups = (*(choice for choice in about.choices if choice != prefer_not), NOT_SAID)
        places = {group: at for at, group in enumerate(groups)}
        columns = {choice: at for at, choice in enumerate(question.choices)}
        counts = [[0] * len(columns) for _ in groups]
        for one in self.counted:
            if question.number in one.answers:
                theirs = one.answers.get(about.number, (NOT_SAID,))[0]
                row = counts[places.get(theirs, places[NOT_SAID])]
                row[columns[one.answers[question.number][0]]] += 1
        hidden = [[row.received is None for row in table.rows]] * len(groups)
        shows = hide_small(counts, below=self.below, hidden_already=hidden)
        return GroupTable(question, about, groups, tuple(tuple(row) for row in shows))
