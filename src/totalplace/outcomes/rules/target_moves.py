"""Where a set of targets stands: one table of moves, from which guards and buttons are read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about a set of targets."""

    DRAFT = "a draft"
    PROPOSED = "proposed"
    HEARD = "heard"  # proposed, and its hearing is concluded: known from the hearing, no act here
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to a set of targets."""

    CHANGE = "change the draft"
    PROPOSE = "propose"
    REVISE = "revise"
    ADOPT = "adopt"
    SUPERSEDE = "supersede"  # done by adopting the set that takes its place
    WITHDRAW = "withdraw"


_S, _V = Stage, Verb
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    # (stage, verb): next stage
    (_S.DRAFT, _V.CHANGE): _S.DRAFT,
    (_S.DRAFT, _V.PROPOSE): _S.PROPOSED,
    (_S.PROPOSED, _V.REVISE): _S.PROPOSED,
    (_S.HEARD, _V.REVISE): _S.HEARD,
    (_S.HEARD, _V.ADOPT): _S.ADOPTED,
    (_S.ADOPTED, _V.SUPERSEDE): _S.SUPERSEDED,
    **{(stage, _V.WITHDRAW): _S.WITHDRAWN for stage in (_S.DRAFT, _S.PROPOSED, _S.HEARD)},
}
# What the table of moves keeps: a version and a hearing each stand in a table of their own.
KEPT: Final = (_V.PROPOSE, _V.ADOPT, _V.SUPERSEDE, _V.WITHDRAW)
_BY_HAND: Final = (_V.CHANGE, _V.PROPOSE, _V.REVISE, _V.ADOPT, _V.WITHDRAW)
WORDS: Final[Mapping[Verb, str]] = {
    _V.CHANGE: "Change the draft",
    _V.PROPOSE: "Propose it",
    _V.REVISE: "Revise it",
    _V.ADOPT: "Adopt it",
    _V.WITHDRAW: "Withdraw it",
}
DONE: Final[Mapping[Verb, str]] = {
    _V.PROPOSE: "It was proposed",
    _V.ADOPT: "It was adopted",
    _V.SUPERSEDE: "Later targets took its place",
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


def verbs(stage: Stage) -> list[Verb]:
    """What a person can do to a set of targets from where it stands, what leads on first."""
    return [verb for verb in _BY_HAND if (stage, verb) in MOVES]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a set of targets stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb} these targets",
            why="they were not heard yet" if _unheard(stage, verb) else f"they are {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Draft new targets",
        )
    return following


def _unheard(stage: Stage, verb: Verb) -> bool:
    return stage is Stage.PROPOSED and verb is Verb.ADOPT


def stands(kept: Stage, *, heard: bool) -> Stage:
    """Where a set stands: as its own moves say, and heard where its hearing is concluded."""
    return Stage.HEARD if kept is Stage.PROPOSED and heard else kept
