"""The life of a submission: given, corrected, submitted, certified, added; or sent back.

Whoever gave, corrected or submitted a file cannot certify it (four eyes). That figures are prepared
and approved by different people is what the internal control of every authority rests on: Accounts
and Audit Regulations 2015 (SI 2015/234), regulation 4(4): the duties of officers who deal with
financial transactions are identified, and their responsibilities divided.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a submission stands."""

    NONE = ""
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent back"
    CERTIFIED = "certified"
    ADDED = "added"
    NOT_ADDED = "not added"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


# (stage, verb): next stage. The database holds the same table (sources/migrations/0006).
MOVES: Final[Mapping[tuple[Stage, str], Stage]] = {
    (Stage.NONE, "give"): Stage.DRAFT,
    (Stage.DRAFT, "correct"): Stage.DRAFT,
    (Stage.DRAFT, "submit"): Stage.SUBMITTED,
    (Stage.DRAFT, "withdraw"): Stage.WITHDRAWN,
    (Stage.DRAFT, "replace"): Stage.REPLACED,
    (Stage.SUBMITTED, "certify"): Stage.CERTIFIED,
    (Stage.SUBMITTED, "send back"): Stage.SENT_BACK,
    (Stage.SUBMITTED, "withdraw"): Stage.WITHDRAWN,
    (Stage.SUBMITTED, "replace"): Stage.REPLACED,
    (Stage.SENT_BACK, "correct"): Stage.DRAFT,
    (Stage.SENT_BACK, "submit"): Stage.SUBMITTED,
    (Stage.SENT_BACK, "withdraw"): Stage.WITHDRAWN,
    (Stage.SENT_BACK, "replace"): Stage.REPLACED,
    (Stage.CERTIFIED, "add"): Stage.ADDED,
    (Stage.CERTIFIED, "fail"): Stage.NOT_ADDED,
    (Stage.NOT_ADDED, "correct"): Stage.DRAFT,
    (Stage.NOT_ADDED, "submit"): Stage.SUBMITTED,
    (Stage.NOT_ADDED, "withdraw"): Stage.WITHDRAWN,
    (Stage.NOT_ADDED, "replace"): Stage.REPLACED,
    (Stage.ADDED, "replace"): Stage.REPLACED,
}
# Which act each move is; who may do it stands in the one table of acts and roles.
ACTS: Final[Mapping[str, Act]] = {
    "give": Act.GIVE_FIGURES,
    "correct": Act.TEACH,
    "submit": Act.GIVE_FIGURES,
    "withdraw": Act.GIVE_FIGURES,
    "replace": Act.GIVE_FIGURES,
    "certify": Act.CERTIFY,
    "send back": Act.CERTIFY,
}
WITH_REASON: Final = frozenset({"send back", "withdraw", "fail"})
# Who did one of these had a hand in the figures.
PREPARED: Final = frozenset({"give", "correct", "submit"})
OTHER_EYES: Final = frozenset({"certify"})
# From here nothing more happens to it, or nothing but being replaced.
ENDED: Final = frozenset({Stage.ADDED, Stage.WITHDRAWN, Stage.REPLACED})
# What may be replaced by a later file.
REPLACEABLE: Final = frozenset(s for s, verb in MOVES if verb == "replace")
SAID: Final[Mapping[str, str]] = {
    "give": "given",
    "correct": "corrected",
    "submit": "submitted",
    "withdraw": "withdrawn",
    "replace": "replaced",
    "certify": "certified",
    "send back": "sent back",
    "add": "added to what is held",
    "fail": "not added",
}


@dataclass(frozen=True, slots=True)
class Hand:
    """Who did what to a submission. `who` tells people apart; it is not what is shown."""

    verb: str
    who: str


def verbs(stage: Stage) -> list[str]:
    """What people can do from a stage."""
    return [verb for before, verb in MOVES if before is stage and verb in ACTS]


def after(stage: Stage, verb: str, *, about: str, reason: str = "") -> Stage:
    """The stage after a move. Raises Refused where it cannot be made, or has no reason."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"{about} cannot be {SAID.get(verb, verb)}",
            why=f"it is {_STANDS.get(stage, stage)}",
            next_step=f"From here one can {' or '.join(can)} it" if can else "Give a new file",
        )
    if verb in WITH_REASON and not reason.strip():
        raise Refused(
            f"{about} was not {SAID[verb]}",
            why="no reason was given",
            next_step="Give the reason in a sentence that whoever gave the file can act on",
        )
    return following


_STANDS: Final = {Stage.DRAFT: "a draft", Stage.NONE: "not there"}


def has_had_a_hand(who: str, hands: Collection[Hand]) -> bool:
    """Whether a person gave, corrected or submitted the figures."""
    return any(hand.who == who and hand.verb in PREPARED for hand in hands)


def check_other_eyes(verb: str, who: str, hands: Collection[Hand], *, about: str) -> None:
    """Raise Refused where a person would certify what they had a hand in."""
    if verb in OTHER_EYES and has_had_a_hand(who, hands):
        raise Refused(
            f"{about} cannot be certified by you",
            why="you gave, corrected or submitted it, and figures are certified by another person",
            next_step="Ask another officer of the agency who may certify figures",
        )
