"""Whose move it is in a negotiation: one table, read by guards, buttons and the database's guard.

The place makes the first offer. Nobody accepts their own. A day that has passed unanswered is shown
as lapsed, and ends nothing by itself: the other side may still answer, or either may end it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a negotiation stands."""

    DRAFTING = "the place is drafting"
    WITH_CENTRE = "with the centre"
    WITH_PLACE = "with the place"
    AGREED = "agreed"
    ENDED = "ended without agreement"


class Verb(StrEnum):
    """What a side does."""

    OFFER = "offer"
    ACCEPT = "accept"
    END = "end"


_S, _V = Stage, Verb
_OPEN: Final = (_S.DRAFTING, _S.WITH_CENTRE, _S.WITH_PLACE)
MOVES: Final[Mapping[tuple[Stage, Verb, Side], Stage]] = {
    # (stage, verb, side): next stage
    (_S.DRAFTING, _V.OFFER, Side.PLACE): _S.WITH_CENTRE,
    (_S.WITH_CENTRE, _V.OFFER, Side.CENTRE): _S.WITH_PLACE,
    (_S.WITH_CENTRE, _V.ACCEPT, Side.CENTRE): _S.AGREED,
    (_S.WITH_PLACE, _V.OFFER, Side.PLACE): _S.WITH_CENTRE,
    (_S.WITH_PLACE, _V.ACCEPT, Side.PLACE): _S.AGREED,
    **{(stage, _V.END, side): _S.ENDED for stage in _OPEN for side in Side},
}
NEXT: Final[Mapping[Stage, Side | None]] = {
    _S.DRAFTING: Side.PLACE,
    _S.WITH_CENTRE: Side.CENTRE,
    _S.WITH_PLACE: Side.PLACE,
    _S.AGREED: None,
    _S.ENDED: None,
}
WORDS: Final[Mapping[Verb, str]] = {
    _V.OFFER: "Make an offer",
    _V.ACCEPT: "Accept the last offer as it stands",
    _V.END: "End the negotiation",
}
COLOURS: Final[Mapping[Stage, str]] = {
    _S.DRAFTING: "grey",
    _S.WITH_CENTRE: "blue",
    _S.WITH_PLACE: "purple",
    _S.AGREED: "green",
    _S.ENDED: "grey",
}


def after(stage: Stage, verb: Verb, *, side: Side) -> Stage:
    """Where a negotiation stands after a move. Raises Refused for one out of turn."""
    following = MOVES.get((stage, verb, side))
    if following is None:
        can = verbs(stage, side)
        raise Refused(
            f"The {side} cannot {verb} now",
            why=_why(stage, verb),
            next_step=f"From here the {side} can {' or '.join(can)}" if can else
            "Open another negotiation",
        )  # fmt: skip
    return following


def _why(stage: Stage, verb: Verb) -> str:
    if stage in (Stage.AGREED, Stage.ENDED):
        return f"the negotiation is {stage}"
    if stage is Stage.DRAFTING:
        return "the place makes the first offer, and has made none"
    if verb is Verb.ACCEPT:
        return "the last offer is its own"
    return f"the last offer is its own, and it is {stage} to answer"


def verbs(stage: Stage, side: Side) -> list[Verb]:
    """What a side can do from where a negotiation stands, what leads on first."""
    return [verb for verb in Verb if (stage, verb, side) in MOVES]


def has_lapsed(stage: Stage, answer_by: date | None, *, on: date) -> bool:
    """Whether an answer was asked for by a day that has passed, and none was given."""
    return (
        stage in (Stage.WITH_CENTRE, Stage.WITH_PLACE) and answer_by is not None and on > answer_by
    )


def check_answer_by(answer_by: date, *, on: date) -> None:
    """Raise Refused for a day of answer that has passed, or is today."""
    if answer_by <= on:
        raise Refused(
            "The offer cannot be made",
            why="the day by which an answer is asked for is not after today",
            next_step="Leave the other side some days",
        )
