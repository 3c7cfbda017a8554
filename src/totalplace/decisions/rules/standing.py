"""What a decision's moves mean on a day: whether it may be taken, called in, or is in effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Stage, Verb
from totalplace.refusal import Refused

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One move: what was done and on which day, and the days that it set.

    `opens_on` is the first day on which the decision may be taken; `closes_on` the last day on
    which it may be called in, or, of a call-in, the last on which that holds it up.
    """

    verb: Verb
    after: Stage
    day: date
    opens_on: date | None = None
    closes_on: date | None = None


class Effect(StrEnum):
    """Whether a decision has effect on a day."""

    NOT_YET = "not yet in effect"
    IN_EFFECT = "in effect"
    NEVER = "of no effect"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a decision stands on a day, in words, and until when or from when."""

    stage: Stage
    words: str
    effect: Effect
    day: date | None = None  # in effect since, or the day on which this standing ends by itself


def standing(steps: Sequence[Step], *, on: date) -> Standing:
    """Where a decision stands on a day, by the moves that were made until then."""
    made = [step for step in steps if step.day <= on]
    if not made:
        return Standing(Stage.PROPOSED, "proposed", Effect.NOT_YET)
    last = made[-1]
    match last.after:
        case Stage.REFUSED | Stage.WITHDRAWN:
            return Standing(last.after, last.after.value, Effect.NEVER, last.day)
        case Stage.UPHELD | Stage.CONFIRMED:
            return _in_effect(last.after, last.day)
        case Stage.TAKEN:
            return _taken(last, on)
        case Stage.CALLED_IN:
            if last.closes_on is not None and on > last.closes_on:
                return _in_effect(last.after, last.closes_on + _DAY)
            return Standing(last.after, "called in", Effect.NOT_YET, last.closes_on)
        case Stage.UNDER_NOTICE:
            opens = last.opens_on
            if opens is not None and on >= opens:
                return Standing(last.after, "ready to be taken", Effect.NOT_YET)
            return Standing(last.after, "under notice", Effect.NOT_YET, opens)
        case _:
            return Standing(last.after, last.after.value, Effect.NOT_YET)


def _taken(last: Step, on: date) -> Standing:
    if last.closes_on is None:
        return _in_effect(last.after, last.day)
    if on > last.closes_on:
        return _in_effect(last.after, last.closes_on + _DAY)
    return Standing(last.after, "taken, and may be called in", Effect.NOT_YET, last.closes_on)


def _in_effect(stage: Stage, since: date) -> Standing:
    return Standing(stage, "in effect", Effect.IN_EFFECT, since)


def stage_of(steps: Sequence[Step]) -> Stage:
    """What has been done about a decision, after all of its moves."""
    return steps[-1].after if steps else Stage.PROPOSED


def check_can_be_taken(steps: Sequence[Step], *, taken_on: date, key: bool) -> None:
    """Raise Refused where a decision may not yet be taken: a key one needs notice, or urgency.

    SI 2012/2089 regulations 9(1), 10(1) and 11(1); SI 2017/68 articles 11 to 13.
    """
    what = f"The decision cannot be taken on {in_words(taken_on)}"
    stage = stage_of(steps)
    if stage is Stage.PROPOSED and key:
        raise Refused(
            what,
            why="it is a key decision, and no notice of it has been given",
            next_step="Give notice, or use the general exception, or have urgency agreed",
        )
    opens = steps[-1].opens_on if steps else None
    if stage is Stage.UNDER_NOTICE and opens is not None and taken_on < opens:
        raise Refused(
            what,
            why=f"it is under notice, and may be taken from {in_words(opens)}",
            next_step="Wait until that day, or have it agreed that the decision is urgent",
        )
    if steps and taken_on < steps[-1].day:
        raise Refused(
            what,
            why=f"what was done last was done on {in_words(steps[-1].day)}",
            next_step="Give the day on which it was taken",
        )


def check_cannot_wait(steps: Sequence[Step], *, on: date, key: bool) -> None:
    """Raise Refused for shorter notice or urgency where a decision needs none, or needs it no more.

    SI 2012/2089 regulations 10(1) and 11(1): only where compliance is impracticable.
    """
    try:
        check_can_be_taken(steps, taken_on=on, key=key)
    except Refused:
        return
    raise Refused(
        "No shorter notice is needed",
        why="the decision may be taken already" if key else "it is not a key decision",
        next_step="Take the decision",
    )


def check_can_be_called_in(steps: Sequence[Step], *, on: date) -> None:
    """Raise Refused where the window for a call-in is closed, or there is none."""
    last = steps[-1]
    what = "The decision cannot be called in"
    if last.closes_on is None:
        raise Refused(
            what,
            why="it took effect when it was taken: no call-in applies to it",
            next_step="Scrutiny may review it, and recommend that it be changed by a new decision",
        )
    if on > last.closes_on:
        raise Refused(
            what,
            why=f"the window closed at the end of {in_words(last.closes_on)}",
            next_step="Scrutiny may review it, and recommend that it be changed by a new decision",
        )


def waived(steps: Sequence[Step]) -> bool:
    """Whether it was agreed that the decision is too urgent for a call-in."""
    return any(step.verb is Verb.WAIVE_CALL_IN for step in steps)
