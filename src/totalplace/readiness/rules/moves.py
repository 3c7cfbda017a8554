"""Where an assessment stands: one table of moves, from which guards and buttons are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about an assessment."""

    FACTS = "waiting for the facts"
    SCORING = "being scored"
    ONE_IN = "scored by one side"
    MEETING = "scored by both sides"
    AGREED = "agreed"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to an assessment."""

    STATE_FACTS = "state the facts"
    HAND_IN = "hand in scores"
    PROPOSE = "put levels to the other side"
    CONSENT = "agree to the levels"
    WITHDRAW = "withdraw"


_S, _V = Stage, Verb
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    # (stage, verb): next stage
    (_S.FACTS, _V.STATE_FACTS): _S.SCORING,
    (_S.SCORING, _V.STATE_FACTS): _S.SCORING,
    (_S.SCORING, _V.HAND_IN): _S.ONE_IN,
    (_S.ONE_IN, _V.STATE_FACTS): _S.ONE_IN,
    (_S.ONE_IN, _V.HAND_IN): _S.MEETING,
    (_S.MEETING, _V.STATE_FACTS): _S.MEETING,
    (_S.MEETING, _V.PROPOSE): _S.MEETING,
    (_S.MEETING, _V.CONSENT): _S.AGREED,
    **{
        (stage, _V.WITHDRAW): _S.WITHDRAWN
        for stage in (_S.FACTS, _S.SCORING, _S.ONE_IN, _S.MEETING)
    },
}
WORDS: Final[Mapping[Verb, str]] = {
    _V.STATE_FACTS: "State the facts",
    _V.HAND_IN: "Score it",
    _V.PROPOSE: "Put levels to the other side",
    _V.CONSENT: "Agree to the levels",
    _V.WITHDRAW: "Withdraw it",
}
COLOURS: Final[Mapping[Stage, str]] = {
    _S.FACTS: "grey",
    _S.SCORING: "blue",
    _S.ONE_IN: "blue",
    _S.MEETING: "yellow",
    _S.AGREED: "green",
    _S.WITHDRAWN: "grey",
}
FINISHED: Final = frozenset({_S.AGREED, _S.WITHDRAWN})


def verbs(stage: Stage) -> list[Verb]:
    """What can be done to an assessment from where it stands, what leads on first."""
    return [verb for verb in Verb if (stage, verb) in MOVES]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where an assessment stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb}",
            why=f"the assessment is {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Begin a new assessment",
        )
    return following


def stands(*, facts: bool, sides_in: int, agreed: bool, withdrawn: bool) -> Stage:
    """Where an assessment stands, as what was done about it says."""
    if withdrawn:
        return Stage.WITHDRAWN
    if agreed:
        return Stage.AGREED
    if sides_in:
        return Stage.MEETING if sides_in > 1 else Stage.ONE_IN
    return Stage.SCORING if facts else Stage.FACTS
