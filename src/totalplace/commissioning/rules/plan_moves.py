"""Where a plan stands: one table of moves, from which guards, buttons and the docs are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about a plan."""

    DRAFT = "a draft"
    PROPOSED = "proposed"
    HEARD = "heard"  # proposed, and its hearing is concluded: known from the hearing, no act here
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to a plan."""

    CHANGE = "change the draft"
    PROPOSE = "propose"
    REVISE = "revise"
    ANSWER = "answer"  # done by each agency, for its own part
    STATE = "state on"  # done by the chief finance officer
    ADOPT = "adopt"
    SUPERSEDE = "supersede"  # done by adopting the plan that takes its place
    WITHDRAW = "withdraw"


_S, _V = Stage, Verb
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    # (stage, verb): next stage
    (_S.DRAFT, _V.CHANGE): _S.DRAFT,
    (_S.DRAFT, _V.PROPOSE): _S.PROPOSED,
    **{
        (stage, verb): stage
        for stage in (_S.PROPOSED, _S.HEARD)
        for verb in (_V.REVISE, _V.ANSWER, _V.STATE)
    },
    (_S.HEARD, _V.ADOPT): _S.ADOPTED,
    (_S.ADOPTED, _V.SUPERSEDE): _S.SUPERSEDED,
    **{(stage, _V.WITHDRAW): _S.WITHDRAWN for stage in (_S.DRAFT, _S.PROPOSED, _S.HEARD)},
}
# What the table of moves keeps: versions, answers, statements and hearings have their own tables.
KEPT: Final = (_V.PROPOSE, _V.ADOPT, _V.SUPERSEDE, _V.WITHDRAW)
_BY_HAND: Final = (
    _V.CHANGE, _V.PROPOSE, _V.ANSWER, _V.STATE, _V.REVISE, _V.ADOPT, _V.WITHDRAW,
)  # fmt: skip
WORDS: Final[Mapping[Verb, str]] = {
    _V.CHANGE: "Change the draft",
    _V.PROPOSE: "Propose it",
    _V.REVISE: "Revise it",
    _V.ANSWER: "Answer for your agency",
    _V.STATE: "State that it is robust",
    _V.ADOPT: "Adopt it",
    _V.WITHDRAW: "Withdraw it",
}
DONE: Final[Mapping[Verb, str]] = {
    _V.PROPOSE: "It was proposed",
    _V.ADOPT: "It was adopted",
    _V.SUPERSEDE: "A later plan took its place",
    _V.WITHDRAW: "It was withdrawn",
}
COLOURS: Final[Mapping[Stage, str]] = {
    _S.DRAFT: "grey",
    _S.PROPOSED: "blue",
    _S.HEARD: "teal",
    _S.ADOPTED: "green",
    _S.SUPERSEDED: "grey",
    _S.WITHDRAWN: "grey",
}
NEXT: Final[Mapping[Stage, str]] = {
    _S.DRAFT: "It is proposed once an officer names which of the three plans is put to the people "
    "concerned, and why.",
    _S.PROPOSED: "Every agency with money in it is asked, and so are the partnership and the "
    "public. Each agency accepts or contests its part. Then the hearing is concluded.",
    _S.HEARD: "The chief finance officer states on its estimates and reserves. Then the body that "
    "sets the budget decides, and the plan is adopted as it was heard.",
    _S.ADOPTED: "It holds until a later plan is adopted. Its allocation is posted to the book of "
    "the agreement, once.",
    _S.SUPERSEDED: "Nothing more: a later plan took its place.",
    _S.WITHDRAWN: "Nothing more: it was withdrawn.",
}


def verbs(stage: Stage) -> list[Verb]:
    """What a person can do to a plan from where it stands, what leads on first."""
    return [verb for verb in _BY_HAND if (stage, verb) in MOVES]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a plan stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb} this plan",
            why="it was not heard yet" if _unheard(stage, verb) else f"it is {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Draft a new plan",
        )
    return following


def _unheard(stage: Stage, verb: Verb) -> bool:
    return stage is Stage.PROPOSED and verb is Verb.ADOPT


def stands(kept: Stage, *, heard: bool) -> Stage:
    """Where a plan stands: as its own moves say, and heard where its hearing is concluded."""
    return Stage.HEARD if kept is Stage.PROPOSED and heard else kept
