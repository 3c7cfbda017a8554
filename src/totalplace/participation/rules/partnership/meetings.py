"""Meetings: called with notice, opened, closed, minuted; minutes approved never change again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.decisions.rules.days import Counting, clear_days, first_day_after, in_words
from totalplace.decisions.rules.holidays import Proclaimed
from totalplace.participation.rules.partnership.own_rules import OwnRules
from totalplace.refusal import Refused


class Stage(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CALLED = "called"
    OPEN = "open"
    CLOSED = "closed"
    DRAFTED = "minutes drafted"
    APPROVED = "minutes approved"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What is done with a meeting, in words that follow "can"."""

    CALL = "call"
    OPEN = "open"
    CLOSE = "close"
    DRAFT = "draft minutes"
    APPROVE = "approve minutes"
    CANCEL = "cancel"


_S, _V = Stage, Verb
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    (_S.PLANNED, _V.CALL): _S.CALLED,
    (_S.PLANNED, _V.CANCEL): _S.CANCELLED,
    (_S.CALLED, _V.CANCEL): _S.CANCELLED,
    (_S.CALLED, _V.OPEN): _S.OPEN,
    (_S.OPEN, _V.CLOSE): _S.CLOSED,
    (_S.CLOSED, _V.DRAFT): _S.DRAFTED,
    (_S.DRAFTED, _V.DRAFT): _S.DRAFTED,  # corrected before they are approved
    (_S.DRAFTED, _V.APPROVE): _S.APPROVED,
}


def verbs(stage: Stage) -> list[Verb]:
    """What can be done with a meeting from where it stands."""
    return [verb for before, verb in MOVES if before is stage]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where a meeting stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb}",
            why=f"the meeting is at: {stage}",
            next_step=f"From here one can {' or '.join(can)}" if can else "Plan another meeting",
        )
    return following


def check_notice(
    called: date, meets: date, rules: OwnRules, proclaimed: Proclaimed, *, why_short: str
) -> None:
    """Raise Refused for a meeting called too late, unless it is said why it cannot wait.

    No law gives a partnership days of notice: they are its own rule, in clear days.
    """
    if meets < called:
        raise Refused(
            "The meeting cannot be called",
            why=f"{in_words(meets)} has gone",
            next_step="Plan a meeting on a day to come",
        )
    given = clear_days(called, meets, Counting.CALENDAR, proclaimed)
    if given >= rules.notice_days or why_short.strip():
        return
    first = first_day_after(called, rules.notice_days, Counting.CALENDAR, proclaimed)
    raise Refused(
        "The meeting cannot be called so late",
        why=f"{rules.notice_days} clear days of notice are its own rule, and there are {given}",
        next_step=f"Meet on {in_words(first)} or later, or say why it cannot wait",
    )


def check_approving(number: int, later: int | None, later_stage: Stage | None) -> None:
    """Raise Refused unless minutes are approved by a later meeting that is open."""
    if later is None or later <= number or later_stage is not Stage.OPEN:
        raise Refused(
            f"The minutes of meeting {number} cannot be approved",
            why="minutes are approved by the next meeting, while it sits",
            next_step="Open the next meeting, and approve them there",
        )
