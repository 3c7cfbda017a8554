"""The course of a response: one table of moves, from which guards, buttons and the database read.

A fall is owned by two: somebody of the place and somebody of the centre. Both clocks run from the
day of opening. Nobody answers for the other, and nobody agrees to what they proposed themselves.
Nothing reopens by itself, and closing changes no agreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Rung
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.holidays import Proclaimed
from totalplace.monitoring.rules.clocks import Clock, Days, Owed, answer_due, due
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a response stands."""

    OPEN = "open, and no cause was said"
    DIAGNOSED = "a cause was said"
    PROPOSED = "a remedy is proposed"
    DECLINED = "one side declined"
    AGREED = "a remedy is agreed"
    REVIEWED = "reviewed, and still open"
    CLOSING = "one side would close it"
    CLOSED = "closed"


class Verb(StrEnum):
    """What a side does."""

    ACKNOWLEDGE = "acknowledge"
    DIAGNOSE = "say the cause"
    PROPOSE = "propose a remedy"
    AGREE = "agree to the remedy"
    DECLINE = "decline the remedy"
    REVIEW = "review it"
    ASK_TO_CLOSE = "ask to close it"
    CLOSE = "agree to close it"
    KEEP_OPEN = "decline to close it"
    ESCALATE = "escalate"


class Mover(StrEnum):
    """Whose move it is."""

    EITHER = "either side"
    SILENT = "a side that has said nothing yet"
    OTHER = "the side that was asked"


_S, _V, _M = Stage, Verb, Mover
OPEN_STAGES: Final = tuple(stage for stage in Stage if stage is not Stage.CLOSED)
_TO_CLOSE: Final = tuple(stage for stage in OPEN_STAGES if stage is not Stage.CLOSING)

MOVES: Final[Mapping[tuple[Stage, Verb], tuple[Stage, Mover]]] = {
    # (stage, verb): (next stage, whose move it is)
    **{(stage, _V.ACKNOWLEDGE): (stage, _M.SILENT) for stage in OPEN_STAGES},
    **{(stage, _V.DIAGNOSE): (stage, _M.EITHER) for stage in OPEN_STAGES},
    (_S.OPEN, _V.DIAGNOSE): (_S.DIAGNOSED, _M.EITHER),
    (_S.DIAGNOSED, _V.PROPOSE): (_S.PROPOSED, _M.EITHER),
    (_S.DECLINED, _V.PROPOSE): (_S.PROPOSED, _M.EITHER),
    (_S.REVIEWED, _V.PROPOSE): (_S.PROPOSED, _M.EITHER),
    (_S.AGREED, _V.PROPOSE): (_S.PROPOSED, _M.EITHER),  # another remedy, before the review
    (_S.PROPOSED, _V.PROPOSE): (_S.PROPOSED, _M.OTHER),  # an answer by another proposal
    (_S.PROPOSED, _V.AGREE): (_S.AGREED, _M.OTHER),
    (_S.PROPOSED, _V.DECLINE): (_S.DECLINED, _M.OTHER),
    (_S.AGREED, _V.REVIEW): (_S.REVIEWED, _M.EITHER),  # from the day of review on
    **{(stage, _V.ASK_TO_CLOSE): (_S.CLOSING, _M.EITHER) for stage in _TO_CLOSE},
    (_S.CLOSING, _V.CLOSE): (_S.CLOSED, _M.OTHER),
    (_S.CLOSING, _V.KEEP_OPEN): (_S.DECLINED, _M.OTHER),
    # Silence, once its days are over, or a refusal; it stands where it stood, one step up.
    **{(stage, _V.ESCALATE): (stage, _M.EITHER) for stage in OPEN_STAGES},
}
# What asks the other side for an answer.
_ASKS: Final = frozenset({_V.PROPOSE, _V.ASK_TO_CLOSE})
# What the series has to bear out, so that it goes on the record with the digest of the series.
ON_EVIDENCE: Final = frozenset({_V.REVIEW, _V.ASK_TO_CLOSE, _V.CLOSE})
WORDS: Final[Mapping[Verb, str]] = {
    _V.ACKNOWLEDGE: "Say that you have seen it",
    _V.DIAGNOSE: "Say the cause as you see it",
    _V.PROPOSE: "Propose a remedy",
    _V.AGREE: "Agree to the remedy",
    _V.DECLINE: "Decline the remedy",
    _V.REVIEW: "Review what the remedy did",
    _V.ASK_TO_CLOSE: "Ask to close it",
    _V.CLOSE: "Agree to close it",
    _V.KEEP_OPEN: "Decline to close it",
    _V.ESCALATE: "Take it one step up",
}
DONE: Final[Mapping[Verb, str]] = {
    _V.ACKNOWLEDGE: "It was acknowledged",
    _V.DIAGNOSE: "A cause was said",
    _V.PROPOSE: "A remedy was proposed",
    _V.AGREE: "The remedy was agreed",
    _V.DECLINE: "The remedy was declined",
    _V.REVIEW: "It was reviewed",
    _V.ASK_TO_CLOSE: "One side asked to close it",
    _V.CLOSE: "It was closed",
    _V.KEEP_OPEN: "Closing was declined",
    _V.ESCALATE: "It was taken one step up",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a response; `review_on` is the day of review of a remedy that was proposed."""

    verb: Verb
    after: Stage
    side: Side
    rung: int  # from 1
    day: date
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A response so far: opened on which day, with which days and ladder, and every move since."""

    day: date
    days: Days
    rungs: tuple[Rung, ...]
    steps: tuple[Step, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.steps[-1].after if self.steps else Stage.OPEN

    @property
    def rung(self) -> Rung:
        """The step of the ladder at which it is."""
        return self.rungs[(self.steps[-1].rung if self.steps else 1) - 1]

    @property
    def last_day(self) -> date:
        """The day of the last move, or of opening."""
        return self.steps[-1].day if self.steps else self.day

    @property
    def closed_on(self) -> date | None:
        """The day on which it was closed; None: it is open."""
        return self.steps[-1].day if self.stage is Stage.CLOSED else None

    @property
    def asked_by(self) -> Side | None:
        """The side whose proposal or wish to close waits for the other's answer."""
        if self.stage not in (Stage.PROPOSED, Stage.CLOSING):
            return None
        return next(step.side for step in reversed(self.steps) if step.verb in _ASKS)

    @property
    def review_on(self) -> date | None:
        """The day of review of the remedy that was proposed last."""
        found = (step.review_on for step in reversed(self.steps) if step.verb is Verb.PROPOSE)
        return next(found, None)

    def said(self, side: Side, *verbs: Verb) -> date | None:
        """The first day on which a side did any of some things, or anything; None: it did not."""
        mine = (s.day for s in self.steps if s.side is side and (not verbs or s.verb in verbs))
        return next(mine, None)


def verbs(course: Course, side: Side, *, on: date, proclaimed: Proclaimed) -> list[Verb]:
    """What a side can do on a day, what leads on first."""
    found = []
    for verb in Verb:
        try:
            after(course, verb, side=side, on=on, proclaimed=proclaimed)
        except Refused:
            continue
        found.append(verb)
    return found


def after(
    course: Course, verb: Verb, *, side: Side, on: date, proclaimed: Proclaimed,
    review_on: date | None = None,
) -> Step:  # fmt: skip
    """The step that a side makes on a day. Raises Refused for a move that there is not."""
    following = MOVES.get((course.stage, verb))
    if following is None:
        raise _out_of_turn(course, verb)
    stage, mover = following
    _check_mover(course, verb, mover, side)
    if on < course.last_day:
        raise Refused(
            f"The response cannot be moved on {in_words(on)}",
            why="what was done last was done after that day",
            next_step="Give the day on which it is done",
        )
    rung = course.rungs.index(course.rung) + 1
    if verb is Verb.PROPOSE and not _was(course, Verb.DIAGNOSE):
        raise Refused(
            "No remedy can be proposed yet",
            why="neither side has said the cause",
            next_step="Say the cause as you see it first",
        )
    if verb is Verb.REVIEW:
        _check_review(course, on)
    if verb is Verb.ESCALATE:
        _check_may_go_up(course, side, on, proclaimed)
        rung += 1
    return Step(verb, stage, side, rung, on, review_on if verb is Verb.PROPOSE else None)


def check_days(due_on: date, review_on: date, *, on: date) -> None:
    """Raise Refused for a remedy whose days are not in turn: today, done by, reviewed on."""
    if not on <= due_on <= review_on:
        raise Refused(
            "The remedy cannot be proposed",
            why="it has to be done from today on, and reviewed after it is done",
            next_step="Give a day by which it is done, and a later one on which it is reviewed",
        )


def _was(course: Course, verb: Verb) -> bool:
    return any(step.verb is verb for step in course.steps)


def _out_of_turn(course: Course, verb: Verb) -> Refused:
    can = [str(v) for stage, v in MOVES if stage is course.stage]
    closed = "It stays closed: a new fall is a new finding, with a response of its own"
    return Refused(
        f"This is not the time to {verb}",
        why=f"the response stands so: {course.stage}",
        next_step=f"From here one can {', '.join(can)}" if can else closed,
    )


def _check_mover(course: Course, verb: Verb, mover: Mover, side: Side) -> None:
    right = {
        Mover.EITHER: True,
        Mover.SILENT: course.said(side) is None,
        Mover.OTHER: side is not course.asked_by,
    }[mover]
    if not right:
        raise Refused(
            f"The {side} cannot {verb}",
            why=f"that is for {mover}",
            next_step="Wait for the other side, or choose another step",
        )


def _check_review(course: Course, on: date) -> None:
    day = course.review_on
    if day is not None and on < day:
        raise Refused(
            "It cannot be reviewed yet",
            why=f"both sides agreed to review it on {in_words(day)}",
            next_step="Wait until then, or propose another remedy",
        )


def _check_may_go_up(course: Course, side: Side, on: date, proclaimed: Proclaimed) -> None:
    if course.rung is course.rungs[-1]:
        raise Refused(
            "There is nobody above to whom it can go",
            why=f"it is with {course.rung.who}",
            next_step="Propose another remedy, or give notice of a dispute of the agreement",
        )
    up = [number for number, step in enumerate(course.steps) if step.verb is Verb.ESCALATE]
    since_up = course.steps[up[-1] :] if up else course.steps
    if any(step.after is Stage.DECLINED and step.verb in _REFUSALS for step in since_up):
        return
    if not any(c.late(on) and c.side is not side for c in clocks(course, proclaimed)):
        raise Refused(
            "It cannot go up yet",
            why="the other side has declined nothing, and no day of theirs has passed",
            next_step="Wait for their answer, or until its day has passed",
        )
    until = course.steps[up[-1]].day + timedelta(days=course.rung.days) if up else None
    if until is not None and on <= until:
        raise Refused(
            "It cannot go up yet",
            why=f"{course.rung.who} have until the end of {in_words(until)}",
            next_step="Wait for their answer, or until then",
        )


_REFUSALS: Final = frozenset({Verb.DECLINE, Verb.KEEP_OPEN})
_ANSWERS: Final = {
    Verb.PROPOSE: (Verb.AGREE, Verb.DECLINE, Verb.PROPOSE, Verb.ASK_TO_CLOSE),
    Verb.ASK_TO_CLOSE: (Verb.CLOSE, Verb.KEEP_OPEN),
}
_SHOWS_CAUSE: Final = (Verb.DIAGNOSE, Verb.PROPOSE, Verb.AGREE, Verb.ASK_TO_CLOSE, Verb.CLOSE)


def clocks(course: Course, proclaimed: Proclaimed) -> tuple[Clock, ...]:
    """Every clock that has run since the response was opened, in the order in which they began."""
    days, ended = course.days, course.closed_on
    found = []
    for side in Side:
        met = course.said(side)
        found.append(Clock(Owed.REPLY, side, course.day, due(course.day, days.reply, proclaimed),
                           met, None if met else ended))  # fmt: skip
    for side in Side:
        met = course.said(side, *_SHOWS_CAUSE)
        found.append(Clock(Owed.CAUSE, side, course.day, due(course.day, days.cause, proclaimed),
                           met, None if met else ended))  # fmt: skip
    found.append(_joint(course, Owed.REMEDY, -1, due(course.day, days.remedy, proclaimed)))
    for number, step in enumerate(course.steps):
        if step.verb in _ASKS:
            found.append(_asked(course, number, answer_due(step.day, days, proclaimed)))
        elif step.verb in _REFUSALS or step.verb is Verb.REVIEW:
            found.append(_joint(course, Owed.AGAIN, number, due(step.day, days.again, proclaimed)))
        elif step.verb is Verb.AGREE:
            reviewed = next(
                s.review_on for s in reversed(course.steps[:number]) if s.verb is Verb.PROPOSE
            )
            last = due(reviewed or step.day, days.review, proclaimed)
            found.append(_joint(course, Owed.REVIEW, number, last, since=reviewed))
    return tuple(found)


def _asked(course: Course, number: int, last: date) -> Clock:
    """The clock of the other side after a proposal, or after a wish to close."""
    step = course.steps[number]
    other = Side.CENTRE if step.side is Side.PLACE else Side.PLACE
    owed = Owed.ANSWER if step.verb is Verb.PROPOSE else Owed.CLOSING
    for later in course.steps[number + 1 :]:
        if later.side is other and later.verb in _ANSWERS[step.verb]:
            return Clock(owed, other, step.day, last, later.day)
        if later.side is step.side and later.verb in _ASKS:  # it asks for something else instead
            return Clock(owed, other, step.day, last, None, later.day)
    return Clock(owed, other, step.day, last)


def _joint(
    course: Course, owed: Owed, number: int, last: date, *, since: date | None = None
) -> Clock:
    """The clock of both sides together, from a move on; met by whichever acts first."""
    began = course.steps[number].day if number >= 0 else course.day
    met = {*_ASKS, Verb.REVIEW} if owed is Owed.REVIEW else _ASKS
    later = (step.day for step in course.steps[number + 1 :] if step.verb in met)
    return Clock(owed, None, since or began, last, next(later, None))
