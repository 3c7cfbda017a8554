"""What a closed round says: how answers spread, and where sides and bodies see it differently.

An answer here has no person: each is one person's, of a body and a side. Nothing is told of fewer
people than the questions ask for. So that a small body's answers cannot be got by subtraction, what
is held back of a side is of nobody or of that many people again, statement by statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from totalplace.monitoring.rules.questions import (
    AGREES,
    CANNOT_SAY,
    LOCAL,
    STEPS,
    Principle,
    Questions,
)
from totalplace.monitoring.rules.spread import Share, Spread, beyond_chance, chance, difference
from totalplace.readiness.rules.scale import Side

WHOLE_SIDE: Final = ""  # in the place of a body: all of that side


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answers about one relation: a department, or empty for local bodies."""

    agency: str
    side: Side
    about: str
    steps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A body that was asked: its side, and how many of it could answer when the round opened."""

    agency: str
    side: Side
    people: int


@dataclass(frozen=True, slots=True)
class Group:
    """What a side, or a body of it, says of a relation; `agency` is empty for the whole side.

    None stands for what is not told because too few answered. `few` says that all of it is.
    """

    about: str
    side: Side
    agency: str
    people: int
    spreads: Mapping[str, Spread | None] = field(default_factory=dict)
    shares: Mapping[str, Share | None] = field(default_factory=dict)
    few: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A comparison on one principle: of the two sides, or of the bodies of one side.

    Of sides `size`, `low` and `high` are local less central, in points of per cent; of bodies they
    are the highest less the lowest, and `between` names those two. `told` is whether the gap is
    more than chance, over all the comparisons of the round together.
    """

    about: str
    principle: str
    between: tuple[str, str]
    size: float
    low: float
    high: float
    chance: float
    told: bool = False
    side: Side | None = None  # of which bodies are compared; None: sides are


@dataclass(frozen=True, slots=True)
class Results:
    """A closed round: groups in order, comparisons, and how many answered of how many asked."""

    groups: tuple[Group, ...]
    gaps: tuple[Gap, ...]
    answered: Mapping[str, int]

    def group(self, about: str, side: Side, agency: str = WHOLE_SIDE) -> Group | None:
        """One group; None where nobody of it could answer about that."""
        return next(
            (g for g in self.groups if (g.about, g.side, g.agency) == (about, side, agency)), None
        )


def results(questions: Questions, asked: Sequence[Asked], answers: Sequence[Answer]) -> Results:
    """All that may be told of a closed round."""
    groups = groups_of(questions, asked, answers)
    gaps = [*_of_bodies(questions, groups, answers), *_of_sides(questions, groups, answers)]
    told = beyond_chance([one.chance for one in gaps])
    marked = tuple(replace(gap, told=one) for gap, one in zip(gaps, told, strict=True))
    return Results(groups, marked, answered(asked, answers))


def groups_of(
    questions: Questions, asked: Sequence[Asked], answers: Sequence[Answer]
) -> tuple[Group, ...]:
    """What each side, and each body of it, says of each relation; without comparisons."""
    groups: list[Group] = []
    for about, side in relations(asked):
        bodies = [one.agency for one in asked if one.side is side]
        if side is Side.CENTRE:
            bodies = [about]
        of_side = _about(answers, about, side)
        by_body = {body: [one for one in of_side if one.agency == body] for body in bodies}
        groups += _groups(questions, (about, side), by_body)
    return tuple(groups)


def relations(asked: Iterable[Asked]) -> list[tuple[str, Side]]:
    """What is judged and by which side: local bodies with each other, then each department."""
    centre = [one.agency for one in asked if one.side is Side.CENTRE]
    both = [(code, side) for code in centre for side in (Side.PLACE, Side.CENTRE)]
    return [(LOCAL, Side.PLACE), *both]


def answered(asked: Sequence[Asked], answers: Sequence[Answer]) -> dict[str, int]:
    """How many people of each body answered anything; a person answers about several relations.

    Each relation has at most one answer of a person, so the most answered one is at least right.
    """
    found = {}
    for one in asked:
        own = [said for said in answers if said.agency == one.agency and said.steps]
        abouts = {said.about for said in own}
        found[one.agency] = max((sum(s.about == a for s in own) for a in abouts), default=0)
    return found


def showing(counts: Mapping[str, int], fewest: int) -> set[str]:
    """Of which bodies a number may be told beside that of all, by how many answered in each.

    Those with enough, less the smallest of them until what is held back is of nobody, or of enough
    people of two bodies or more. Nothing is told of any body where all together are too few.
    """
    shown = {body for body, count in counts.items() if count >= fewest}
    while shown:
        kept_back = [count for body, count in counts.items() if body not in shown and count]
        if not kept_back or (len(kept_back) > 1 and sum(kept_back) >= fewest):
            return shown
        shown.remove(min(shown, key=lambda body: (counts[body], body)))
    return shown


def share_of(answer: Answer, principle: Principle) -> float | None:
    """Of the statements that a person judged, the share they agree with; None: they judged none."""
    judged = [answer.steps.get(one.code, CANNOT_SAY) for one in principle.elements]
    judged = [one for one in judged if one != CANNOT_SAY]
    return sum(one >= AGREES for one in judged) / len(judged) if judged else None


def shares_of(answers: Iterable[Answer], principle: Principle) -> list[float]:
    """Each person's share, of those who judged any of its statements."""
    found = (share_of(one, principle) for one in answers)
    return [one for one in found if one is not None]


def spread_of(answers: Sequence[Answer], code: str) -> Spread:
    """How answers to one statement spread."""
    steps = [one.steps.get(code) for one in answers]
    counts = tuple(sum(step == one for step in steps) for one in STEPS)
    left_out = sum(step is None for step in steps)
    return Spread(counts, sum(step == CANNOT_SAY for step in steps), left_out)


def _groups(
    questions: Questions, of: tuple[str, Side], bodies: Mapping[str, Sequence[Answer]]
) -> Iterator[Group]:
    """The whole side, then its bodies where there are several."""
    everyone = [one for own in bodies.values() for one in own]
    yield _group(questions, (*of, WHOLE_SIDE), everyone, _all_told(questions, everyone))
    if len(bodies) < 2:
        return
    shown = showing({body: len(own) for body, own in bodies.items()}, questions.fewest)
    told = {name: _told(name, bodies, shown, questions) for name in _names(questions)}
    for body, own in bodies.items():
        mine = {name for name, shows in told.items() if body in shows}
        yield _group(questions, (*of, body), own, mine if body in shown else set())


def _names(questions: Questions) -> list[str]:
    return [*questions.codes, *(one.code for one in questions.principles)]


def _counted(name: str, answers: Sequence[Answer], questions: Questions) -> int:
    """How many answered a statement, or judged any statement of a principle."""
    principle = questions.principle(name)
    if principle is not None:
        return len(shares_of(answers, principle))
    return sum(name in one.steps for one in answers)


def _all_told(questions: Questions, answers: Sequence[Answer]) -> set[str]:
    least = questions.fewest
    return {one for one in _names(questions) if _counted(one, answers, questions) >= least}


def _told(
    name: str, bodies: Mapping[str, Sequence[Answer]], shown: set[str], questions: Questions
) -> set[str]:
    """Of which bodies one statement or principle may be told."""
    counts = {body: _counted(name, own, questions) for body, own in bodies.items()}
    fewer = {body: count if body in shown else min(count, questions.fewest - 1)
             for body, count in counts.items()}  # fmt: skip
    may = showing(fewer, questions.fewest)
    kept_back = sum(count for body, count in counts.items() if body not in may)
    return may if kept_back == 0 or kept_back >= questions.fewest else set()


def _group(
    questions: Questions, of: tuple[str, Side, str], answers: Sequence[Answer], told: set[str]
) -> Group:
    about, side, agency = of
    spreads: dict[str, Spread | None] = {
        code: spread_of(answers, code) if code in told else None for code in questions.codes
    }
    shares: dict[str, Share | None] = {}
    for principle in questions.principles:
        found = shares_of(answers, principle)
        shares[principle.code] = Share(sum(found), len(found)) if principle.code in told else None
    return Group(about, side, agency, len(answers), spreads, shares, few=not told)


def _about(answers: Iterable[Answer], about: str, side: Side) -> list[Answer]:
    return [one for one in answers if one.about == about and one.side is side and one.steps]


def _of_bodies(
    questions: Questions, groups: Sequence[Group], answers: Sequence[Answer]
) -> Iterator[Gap]:
    """Local bodies compared on each principle, those of which it may be told."""
    side = Side.PLACE
    for about in dict.fromkeys(one.about for one in groups if one.side is side):
        bodies = [g for g in groups if (g.about, g.side) == (about, side) and g.agency]
        for principle in questions.principles:
            code = principle.code
            known = {g.agency: share for g in bodies if (share := g.shares[code]) is not None}
            if len(known) < 2:
                continue
            most = max(known, key=lambda body: known[body].value)
            least = min(known, key=lambda body: known[body].value)
            size = difference(known[most], known[least])
            own = _about(answers, about, side)
            parted = [shares_of((a for a in own if a.agency == b), principle) for b in known]
            yield Gap(about, code, (most, least), *size, chance(parted), side=side)


def _of_sides(
    questions: Questions, groups: Sequence[Group], answers: Sequence[Answer]
) -> Iterator[Gap]:
    """Local people and a department's compared on each principle."""
    whole = {(one.about, one.side): one for one in groups if one.agency == WHOLE_SIDE}
    for (about, side), centre in whole.items():
        if side is not Side.CENTRE:
            continue
        for principle in questions.principles:
            ours = whole[about, Side.PLACE].shares[principle.code]
            theirs = centre.shares[principle.code]
            if ours is None or theirs is None:
                continue
            parted = [
                shares_of(_about(answers, about, one), principle)
                for one in (Side.PLACE, Side.CENTRE)
            ]
            size = difference(ours, theirs)
            yield Gap(about, principle.code, (WHOLE_SIDE, about), *size, chance(parted))
