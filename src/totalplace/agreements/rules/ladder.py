"""The ladder of a dispute: one table of moves, from which guards, buttons and the database read.

A breach needs no notice to be a breach: its day is read from book and record. Notice begins the
talk about it, from officials up to an independent adjudicator, with so many days at each step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Rung
from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a dispute stands at its step."""

    NOTIFIED = "notified"
    ANSWERED = "answered"
    ESCALATED = "escalated"
    OFFERED = "settlement offered"
    SETTLED = "settled"
    ADJUDICATED = "adjudicated"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to a dispute."""

    ANSWER = "answer"
    ESCALATE = "escalate"
    OFFER = "offer to settle"
    SETTLE = "settle"
    DECLINE = "decline to settle"
    ADJUDICATE = "adjudicate"
    WITHDRAW = "withdraw"


class Mover(StrEnum):
    """Whose move it is."""

    GIVER = "the side that gave notice"
    OTHER = "the side that was given notice"
    EITHER = "either side"
    OFFEREE = "the side that did not make the offer"


_S, _V, _M = Stage, Verb, Mover
_OPEN: Final = (_S.NOTIFIED, _S.ANSWERED, _S.ESCALATED)
CLOSED: Final = frozenset({_S.SETTLED, _S.ADJUDICATED, _S.WITHDRAWN})

MOVES: Final[Mapping[tuple[Stage, Verb], tuple[Stage, Mover]]] = {
    # (stage, verb): (next stage, whose move it is)
    (_S.NOTIFIED, _V.ANSWER): (_S.ANSWERED, _M.OTHER),
    (_S.ESCALATED, _V.ANSWER): (_S.ANSWERED, _M.EITHER),
    (_S.NOTIFIED, _V.ESCALATE): (_S.ESCALATED, _M.GIVER),  # silence, once its days are over
    (_S.ANSWERED, _V.ESCALATE): (_S.ESCALATED, _M.EITHER),
    (_S.ESCALATED, _V.ESCALATE): (_S.ESCALATED, _M.EITHER),  # once its days are over
    **{(stage, _V.OFFER): (_S.OFFERED, _M.EITHER) for stage in _OPEN},
    (_S.OFFERED, _V.SETTLE): (_S.SETTLED, _M.OFFEREE),
    (_S.OFFERED, _V.DECLINE): (_S.ANSWERED, _M.OFFEREE),
    **{
        (stage, _V.ADJUDICATE): (_S.ADJUDICATED, _M.EITHER) for stage in (_S.ANSWERED, _S.ESCALATED)
    },
    **{(stage, _V.WITHDRAW): (_S.WITHDRAWN, _M.GIVER) for stage in (*_OPEN, _S.OFFERED)},
}

# Where a text says nothing of disputes. No law sets these days: they are ours.
USUAL: Final = (
    Rung(1, "the officials of both sides", 10),
    Rung(2, "the programme board", 20),
    Rung(3, "ministers and leaders", 30),
    Rung(4, "an independent adjudicator", 60),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a dispute, by which side, at which step of the ladder, on which day."""

    verb: Verb
    after: Stage
    side: Side
    rung: int  # from 1
    day: date


@dataclass(frozen=True, slots=True)
class Course:
    """A dispute so far: who gave notice on which day, and every move since."""

    giver: Side
    day: date
    rungs: tuple[Rung, ...]
    steps: tuple[Step, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].after if self.steps else Stage.NOTIFIED

    @property
    def rung(self) -> Rung:
        """The step of the ladder at which it is."""
        number = self.steps[-1].rung if self.steps else 1
        return self.rungs[number - 1]

    @property
    def at_rung_since(self) -> date:
        """The day on which it came to its step."""
        up = [step.day for step in self.steps if step.verb is Verb.ESCALATE]
        return up[-1] if up else self.day

    @property
    def until(self) -> date:
        """The last day that its step has."""
        return self.at_rung_since + timedelta(days=self.rung.days)

    @property
    def last_rung(self) -> bool:
        """Whether it is with the last who can be asked."""
        return self.rung is self.rungs[-1]

    @property
    def offering(self) -> Side | None:
        """The side whose offer to settle is open."""
        return self.steps[-1].side if self.steps and self.stage is Stage.OFFERED else None


def verbs(course: Course, side: Side, *, on: date) -> list[Verb]:
    """What a side can do about a dispute on a day, what leads on first."""
    found = []
    for verb in Verb:
        try:
            after(course, verb, side=side, on=on)
        except Refused:
            continue
        found.append(verb)
    return found


def after(course: Course, verb: Verb, *, side: Side, on: date) -> Step:
    """The step that a side makes on a day. Raises Refused for a move that there is not."""
    following = MOVES.get((course.stage, verb))
    if following is None:
        can = [str(v) for stage, v in MOVES if stage is course.stage]
        raise Refused(
            f"This is not the time to {verb}",
            why=f"the dispute is {course.stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Give notice of another",
        )
    stage, mover = following
    _check_mover(course, verb, mover, side)
    if on < (course.steps[-1].day if course.steps else course.day):
        raise Refused(
            f"The dispute cannot be moved on {in_words(on)}",
            why="what was done last was done after that day",
            next_step="Give the day on which it is done",
        )
    rung = course.rung
    if verb is Verb.ESCALATE:
        _check_may_go_up(course, on)
        rung = course.rungs[course.rungs.index(rung) + 1]
    if verb is Verb.ADJUDICATE and not course.last_rung:
        raise Refused(
            "It cannot be adjudicated yet",
            why=f"it is with {rung.who}, and {course.rungs[-1].who} come last",
            next_step="Escalate it until it is with them",
        )
    return Step(verb, stage, side, course.rungs.index(rung) + 1, on)


def _check_mover(course: Course, verb: Verb, mover: Mover, side: Side) -> None:
    right = {
        Mover.GIVER: side is course.giver,
        Mover.OTHER: side is not course.giver,
        Mover.EITHER: True,
        Mover.OFFEREE: side is not course.offering,
    }[mover]
    if not right:
        raise Refused(
            f"The {side} cannot {verb}",
            why=f"that is for {mover}",
            next_step="Wait for them, or choose another step",
        )


def _check_may_go_up(course: Course, on: date) -> None:
    if course.last_rung:
        raise Refused(
            "There is nobody above to whom it can go",
            why=f"it is with {course.rung.who}",
            next_step="Offer to settle, or wait for their finding",
        )
    if course.stage is not Stage.ANSWERED and on <= course.until:
        raise Refused(
            "It cannot go up yet",
            why=f"{course.rung.who} have until the end of {in_words(course.until)} to answer",
            next_step="Wait for their answer, or until then",
        )


def rungs_of(ladder: Sequence[Rung]) -> tuple[Rung, ...]:
    """The steps that a text gives, in order; the usual ones where it gives none."""
    return tuple(sorted(ladder, key=lambda rung: rung.number)) or USUAL
