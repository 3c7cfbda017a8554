"""The life of a return: asked for, returned, queried, accepted; withdrawn, or replaced.

A return is what one body says of one year in one form. A later file of the same takes the place of
the one before and must be accepted anew; a published file that nobody acts on is simply returned.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a return stands."""

    NONE = ""  # nobody asked for it, and none is held
    REQUESTED = "requested"
    RETURNED = "returned"
    QUERIED = "queried"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


# Of a file whose figures a later file of the same return gives anew.
SUPERSEDED: Final = "superseded"

# (stage, verb): next stage. The database holds the same table (sources/migrations/0004).
MOVES: Final[Mapping[tuple[Stage, str], Stage]] = {
    (Stage.NONE, "request"): Stage.REQUESTED,
    (Stage.NONE, "return"): Stage.RETURNED,
    (Stage.REQUESTED, "return"): Stage.RETURNED,
    (Stage.REQUESTED, "withdraw"): Stage.WITHDRAWN,
    (Stage.RETURNED, "return"): Stage.RETURNED,
    (Stage.RETURNED, "query"): Stage.QUERIED,
    (Stage.RETURNED, "accept"): Stage.ACCEPTED,
    (Stage.RETURNED, "withdraw"): Stage.WITHDRAWN,
    (Stage.QUERIED, "return"): Stage.RETURNED,
    (Stage.QUERIED, "answer"): Stage.RETURNED,  # the figures stand, and the reason says why
    (Stage.QUERIED, "withdraw"): Stage.WITHDRAWN,
    (Stage.ACCEPTED, "return"): Stage.RETURNED,
    (Stage.ACCEPTED, "query"): Stage.QUERIED,
    (Stage.ACCEPTED, "withdraw"): Stage.WITHDRAWN,
    (Stage.WITHDRAWN, "request"): Stage.REQUESTED,
    (Stage.WITHDRAWN, "return"): Stage.RETURNED,
}
# What is done for a reason that others must be able to read.
WITH_REASON: Final = frozenset({"query", "answer", "withdraw"})
_SAID: Final = {
    "request": "requested",
    "return": "returned",
    "query": "queried",
    "answer": "answered",
    "accept": "accepted",
    "withdraw": "withdrawn",
}


def after(stage: Stage, verb: str, *, about: str, reason: str = "") -> Stage:
    """The stage after a move. Raises Refused where it cannot be made, or has no reason."""
    following = MOVES.get((stage, verb))
    if following is None:
        now = f"it is {stage}" if stage else "none is held and none was asked for"
        can = [v for s, v in MOVES if s is stage and v != "return"]
        raise Refused(
            f"The return of {about} cannot be {_SAID.get(verb, verb)}",
            why=now,
            next_step=f"From here you can {' or '.join(can)} it, or add a file of it"
            if can
            else "Add a file of it",
        )
    if verb in WITH_REASON and not reason.strip():
        raise Refused(
            f"The return of {about} was not {_SAID[verb]}",
            why="it was not said for what reason",
            next_step="Say it in a sentence that whoever made the return can act on",
        )
    return following


def said(verb: str) -> str:
    """A verb as it stands on the record: queried a return."""
    return _SAID[verb]
