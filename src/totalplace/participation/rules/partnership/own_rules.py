"""The rules that a partnership gave itself, from a day on: quorum, notice, majority, ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from totalplace.participation.rules.partnership.members import Seat
from totalplace.refusal import Refused


class Majority(StrEnum):
    """How much of the votes cast carries a motion. Abstentions are counted, and are no votes."""

    SIMPLE = "more than half"
    TWO_THIRDS = "two thirds or more"
    THREE_QUARTERS = "three quarters or more"

    @property
    def fraction(self) -> tuple[int, int]:
        """The part of the votes cast: above it for more than half, from it on for the others."""
        return {"more than half": (1, 2), "two thirds or more": (2, 3)}.get(self.value, (3, 4))


class Tie(StrEnum):
    """What happens where as many vote for as against."""

    CASTING = "the chair has a casting vote"
    FALLS = "the motion falls"


@dataclass(frozen=True, slots=True)
class OwnRules:
    """What a partnership's terms of reference say, from a day on."""

    first_day: date
    source: str  # where they are written
    quorum_seats: int
    quorum_sectors: int = 1
    notice_days: int = 5  # clear days between the call and the meeting
    majority: Majority = Majority.SIMPLE
    tie: Tie = Tie.CASTING
    weighted: bool = False
    members_public: bool = True
    answer_days: int = 42  # how long the accountable body has to answer advice


def check_own_rules(rules: OwnRules) -> None:
    """Raise Refused for rules that could not be kept, or that are written nowhere."""
    what = "These rules cannot be set"
    if not rules.source.strip():
        raise Refused(
            what,
            why="it is not said where they are written",
            next_step="Name the section of the terms of reference",
        )
    if not 1 <= rules.quorum_seats <= 500 or not 1 <= rules.quorum_sectors <= 4:
        raise Refused(
            what,
            why="a quorum is of at least one voting seat, and of one to four sectors",
            next_step="Give both as the terms of reference have them",
        )
    if not 0 <= rules.notice_days <= 90 or not 1 <= rules.answer_days <= 365:
        raise Refused(
            what,
            why="notice is of 0 to 90 clear days, and advice is answered within 1 to 365 days",
            next_step="Give both as the terms of reference have them",
        )


def in_force(rules: Iterable[OwnRules], *, on: date) -> OwnRules | None:
    """The rules of a partnership on a day: the last said of the latest day that has come."""
    found = None
    for one in rules:
        if one.first_day <= on and (found is None or one.first_day >= found.first_day):
            found = one
    return found


def short_of_quorum(present: Iterable[Seat], rules: OwnRules) -> str:
    """What is lacking of a quorum, in words; empty where it is met. Observers count for nothing."""
    voting = [seat for seat in present if seat.votes]
    sectors = {seat.sector for seat in voting}
    if len(voting) < rules.quorum_seats:
        return f"{rules.quorum_seats} voting seats make a quorum, and {len(voting)} are filled"
    if len(sectors) < rules.quorum_sectors:
        return f"a quorum is of {rules.quorum_sectors} sectors, and there are {len(sectors)}"
    return ""
