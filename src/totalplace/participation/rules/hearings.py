"""Where a hearing stands: one table of moves, and a day that passes.

Nobody closes a hearing: it is closed once its last day is over, and not before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a hearing stands on a day."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"  # open, and its last day is over
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to a hearing."""

    OPEN = "open"
    EXTEND = "extend"
    CONCLUDE = "conclude"
    WITHDRAW = "withdraw"


class Part(StrEnum):
    """A part of a hearing that somebody finishes, once its last day is over."""

    AGENCIES = "agencies"
    PARTNERSHIP = "partnership"
    PUBLIC = "public"


_S, _V = Stage, Verb

# (stage, verb): the next stage. A closed hearing stands as open in the records: a day closed it.
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    (_S.DRAFT, _V.OPEN): _S.OPEN,
    (_S.DRAFT, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.OPEN, _V.EXTEND): _S.OPEN,  # its last day moves on, never nearer
    (_S.OPEN, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.CLOSED, _V.CONCLUDE): _S.CONCLUDED,
    (_S.CLOSED, _V.WITHDRAW): _S.WITHDRAWN,
}


def stage_on(held: Stage, closing_day: date | None, *, on: date) -> Stage:
    """Where a hearing stands on a day, from what was done and from its last day."""
    over = closing_day is not None and on > closing_day
    return Stage.CLOSED if held is Stage.OPEN and over else held


def verbs(stage: Stage) -> list[Verb]:
    """What can be done to a hearing from where it stands."""
    return [verb for before, verb in MOVES if before is stage]


def after(stage: Stage, verb: Verb, *, closing_day: date | None = None) -> Stage:
    """Where a hearing stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        why = f"it is {_stands(stage, closing_day)}"
        raise Refused(f"The hearing cannot be {_DONE[verb]}", why=why, next_step=_next(stage, verb))
    return following


def check_taking_replies(stage: Stage, what: str) -> None:
    """Raise Refused unless a hearing takes replies: from its opening until it is concluded."""
    if stage not in (Stage.OPEN, Stage.CLOSED):
        raise Refused(
            what,
            why=f"the hearing is {'not open yet' if stage is Stage.DRAFT else stage.value}",
            next_step="Wait until it is opened" if stage is Stage.DRAFT else "Ask for a new one",
        )


def _stands(stage: Stage, closing_day: date | None) -> str:
    if stage is Stage.OPEN and closing_day is not None:
        return f"open until the end of {in_words(closing_day)}, and nobody can close it early"
    return "a draft" if stage is Stage.DRAFT else stage.value


def _next(stage: Stage, verb: Verb) -> str:
    if stage is Stage.OPEN and verb is Verb.CONCLUDE:
        return "Wait until that day is over, then answer what was said"
    can = verbs(stage)
    if not can:
        return "Begin a new hearing"
    return f"From here it can be {' or '.join(_DONE[one] for one in can)}"


_DONE: Final = {
    Verb.OPEN: "opened",
    Verb.EXTEND: "extended",
    Verb.CONCLUDE: "concluded",
    Verb.WITHDRAW: "withdrawn",
}
