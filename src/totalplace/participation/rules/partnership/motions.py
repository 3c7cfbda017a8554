"""Motions and amendments: what a partnership may say, and how a motion comes to its result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


class Kind(StrEnum):
    """What a motion does. The list is closed: none of these decides anything for anybody else."""

    ADVISE = "advise"  # the accountable body, which has to answer
    ASK = "ask"  # somebody to do, tell or look into something
    OWN_MONEY = "propose own money"  # supports what a partner offers to move of its own
    NOTE = "note"
    PROCEDURAL = "procedural"  # how the partnership itself goes about its work


class Stage(StrEnum):
    """Where a motion or an amendment stands."""

    MOVED = "moved"
    SECONDED = "seconded"
    VOTING = "being voted on"
    CARRIED = "carried"
    AGREED = "agreed without a vote"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Verb(StrEnum):
    """What is done with a motion, in words that follow "can"."""

    SECOND = "second"
    PUT = "put to the vote"
    AGREE = "agree without a vote"
    CARRY = "carry"
    LOSE = "lose"
    WITHDRAW = "withdraw"
    LAPSE = "let lapse"


_S, _V = Stage, Verb
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    (_S.MOVED, _V.SECOND): _S.SECONDED,
    (_S.MOVED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.MOVED, _V.LAPSE): _S.LAPSED,  # nobody seconded it
    (_S.SECONDED, _V.PUT): _S.VOTING,
    (_S.SECONDED, _V.AGREE): _S.AGREED,
    (_S.SECONDED, _V.WITHDRAW): _S.WITHDRAWN,
    (_S.SECONDED, _V.LAPSE): _S.LAPSED,  # the meeting closed before it was put
    (_S.VOTING, _V.CARRY): _S.CARRIED,
    (_S.VOTING, _V.LOSE): _S.LOST,
}
SETTLED: Final = frozenset(_S) - {_S.MOVED, _S.SECONDED, _S.VOTING}
PASSED: Final = frozenset({_S.CARRIED, _S.AGREED})

# What only an executive does. A clause that says it, with no word before it by which a partnership
# speaks to those who decide, is refused here and by the database, which reads the same pattern
# (so: no \b and no flags). Words can be found that slip by; nothing is executed here all the same.
_SPEAKS: Final = (
    "advis|recommend|ask|request|propos|urg|suggest|invit|note|noting|welcom|support|oppos|"
    "endors|consider|regret|call|offer|encourag|thank"
)
_EXECUTIVE: Final = (
    "approv|adopt|allocat|authoris|authoriz|award|sets? (?:the |a )?(?:budget|council tax)"
)
_ITS_OWN: Final = "minutes|agenda|terms of reference|order of business|notes of"
EXECUTIVE: Final = (
    rf"(?:^|[.;\n])(?:(?!(?<![a-z])(?:{_SPEAKS}))[^.;\n])*(?<![a-z])(?:{_EXECUTIVE})"
    rf"(?![a-z]*(?: the| its| these)? (?:{_ITS_OWN}))"
)
_FOUND: Final = re.compile(EXECUTIVE, re.IGNORECASE)


def verbs(stage: Stage) -> list[Verb]:
    """What can be done with a motion from where it stands."""
    return [verb for before, verb in MOVES if before is stage]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a motion stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb}",
            why=f"the motion is {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Move another motion",
        )
    return following


def kind_of(said: str) -> Kind:
    """The kind of a motion. Raises Refused for what a partnership cannot do."""
    if said not in list(Kind):
        raise Refused(
            f"A partnership cannot '{said}'",
            why=f"its motions only {', '.join(Kind)}: it decides nothing for anybody else",
            next_step="Advise the accountable body to do it",
        )
    return Kind(said)


def check_text(text: str) -> None:
    """Raise Refused for a motion of no words, or one by which the partnership itself would decide.

    Local Government and Public Involvement in Health Act 2007 part 5 gives a partnership no
    executive function: it cannot approve a budget, adopt targets or allocate money.
    """
    if not text.strip():
        raise Refused(
            "The motion cannot be moved", why="it has no words", next_step="Say what is moved"
        )
    if _FOUND.search(text):
        raise Refused(
            "A partnership cannot decide this",
            why="it approves no budget, adopts no target and allocates no money: it is no body "
            "in law",
            next_step="Advise the accountable body: begin with 'Advise the council to'",
        )


def check_cites(kind: Kind, cites: Citation | None) -> None:
    """Raise Refused for a motion on a partner's own money that does not name the offer."""
    if kind is Kind.OWN_MONEY and (cites is None or cites.kind != "offer"):
        raise Refused(
            "The motion cannot be moved",
            why="a motion on a partner's own money names what that partner offers",
            next_step="Have the partner put its offer first, and cite it as: offer PLACE/NUMBER",
        )


def check_amendment(before: str, now: str, proposed: str) -> None:
    """Raise Refused for an amendment of other words than the motion's now, or of nothing."""
    if before != now:
        raise Refused(
            "The amendment cannot be moved",
            why="the motion has other words by now",
            next_step="Read it again, and amend the words that it has",
        )
    if before.split() == proposed.split():
        raise Refused(
            "The amendment cannot be moved",
            why="it changes nothing",
            next_step="Write the motion as it should be",
        )
