"""Where a decision stands: one table of moves, from which guards and buttons are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about a decision; what it means on a day is its standing."""

    PROPOSED = "proposed"
    UNDER_NOTICE = "under notice"
    URGENT = "agreed to be urgent"
    TAKEN = "taken"
    CALLED_IN = "called in"
    REFERRED_BACK = "referred back"
    BEFORE_COUNCIL = "before the full council"
    UPHELD = "upheld"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to a decision."""

    GIVE_NOTICE = "give notice"
    USE_EXCEPTION = "use the general exception"
    AGREE_URGENCY = "agree urgency"
    WAIVE_CALL_IN = "waive call-in"
    TAKE = "take"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CALL_IN = "call in"
    UPHOLD = "uphold"
    REFER_BACK = "refer back"
    REFER_TO_COUNCIL = "refer to the full council"
    CONFIRM = "confirm"
    RESCIND = "rescind"


class Mover(StrEnum):
    """Whose move it is."""

    PROPOSER = "whoever proposes it"
    CLERK = "the body's clerk"
    SCRUTINY_CHAIR = "the chair of scrutiny"
    BODY = "the body that decides"
    MEMBERS = "members outside the body"
    SCRUTINY = "scrutiny"
    COUNCIL = "the full council"


_S, _V = Stage, Verb
_OPEN: Final = (_S.PROPOSED, _S.UNDER_NOTICE, _S.URGENT)

MOVES: Final[Mapping[tuple[Stage, Verb], tuple[Stage, Mover]]] = {
    # (stage, verb): (next stage, whose move it is)
    (_S.PROPOSED, _V.GIVE_NOTICE): (_S.UNDER_NOTICE, Mover.CLERK),
    (_S.UNDER_NOTICE, _V.GIVE_NOTICE): (_S.UNDER_NOTICE, Mover.CLERK),  # anew, for another day
    (_S.PROPOSED, _V.USE_EXCEPTION): (_S.UNDER_NOTICE, Mover.CLERK),
    (_S.UNDER_NOTICE, _V.USE_EXCEPTION): (_S.UNDER_NOTICE, Mover.CLERK),
    (_S.PROPOSED, _V.AGREE_URGENCY): (_S.URGENT, Mover.SCRUTINY_CHAIR),
    (_S.UNDER_NOTICE, _V.AGREE_URGENCY): (_S.URGENT, Mover.SCRUTINY_CHAIR),
    **{(stage, _V.WAIVE_CALL_IN): (stage, Mover.SCRUTINY_CHAIR) for stage in _OPEN},
    **{(stage, _V.TAKE): (_S.TAKEN, Mover.BODY) for stage in _OPEN},
    **{(stage, _V.REFUSE): (_S.REFUSED, Mover.BODY) for stage in _OPEN},
    **{(stage, _V.WITHDRAW): (_S.WITHDRAWN, Mover.PROPOSER) for stage in _OPEN},
    (_S.TAKEN, _V.CALL_IN): (_S.CALLED_IN, Mover.MEMBERS),
    (_S.CALLED_IN, _V.UPHOLD): (_S.UPHELD, Mover.SCRUTINY),
    (_S.CALLED_IN, _V.REFER_BACK): (_S.REFERRED_BACK, Mover.SCRUTINY),
    (_S.CALLED_IN, _V.REFER_TO_COUNCIL): (_S.BEFORE_COUNCIL, Mover.SCRUTINY),
    (_S.BEFORE_COUNCIL, _V.UPHOLD): (_S.UPHELD, Mover.COUNCIL),
    (_S.BEFORE_COUNCIL, _V.REFER_BACK): (_S.REFERRED_BACK, Mover.COUNCIL),
    (_S.REFERRED_BACK, _V.CONFIRM): (_S.CONFIRMED, Mover.BODY),  # it is not called in again
    (_S.REFERRED_BACK, _V.RESCIND): (_S.REFUSED, Mover.BODY),
}


# What leads on comes first, and what ends it last: so buttons are drawn.
_ORDER: Final = (
    _V.TAKE, _V.CONFIRM, _V.UPHOLD, _V.CALL_IN, _V.GIVE_NOTICE, _V.REFER_BACK,
    _V.REFER_TO_COUNCIL, _V.USE_EXCEPTION, _V.AGREE_URGENCY, _V.WAIVE_CALL_IN, _V.RESCIND,
    _V.REFUSE, _V.WITHDRAW,
)  # fmt: skip


def verbs(stage: Stage) -> list[Verb]:
    """What can be done to a decision from where it stands, what leads on first."""
    return sorted((verb for before, verb in MOVES if before is stage), key=_ORDER.index)


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a decision stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb}",
            why=f"the decision is {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Propose a new decision",
        )
    return following[0]
