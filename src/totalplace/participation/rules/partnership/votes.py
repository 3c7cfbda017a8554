"""Votes: open, of seats, weighed where the partnership's rules say so; the result is a rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from totalplace.participation.rules.partnership.own_rules import Majority, Tie
from totalplace.refusal import Refused


class Side(StrEnum):
    """How a seat votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Ballot:
    """The open vote of a seat, with its weight, and by whom it was cast."""

    seat: int
    side: Side
    weight: int
    name: str  # of the person who cast it


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by weight. Those who abstain are counted beside, and are not votes cast."""

    for_: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def tied(self) -> bool:
        """Whether as many are for as against, of any at all."""
        return self.for_ == self.against > 0


def tally(ballots: Iterable[Ballot]) -> Tally:
    """The sum of the weights on each side."""
    sums = dict.fromkeys(Side, 0)
    for one in ballots:
        sums[one.side] += one.weight
    return Tally(sums[Side.FOR], sums[Side.AGAINST], sums[Side.ABSTAIN])


def carried(counted: Tally, majority: Majority, tie: Tie, *, casting: Side | None = None) -> bool:
    """Whether a motion is carried.

    Whole numbers only: for more than half, twice the votes for is above the votes cast; for the
    others, it is the fraction or more. A casting vote is the chair's, where there is a tie that
    more than half would have settled and the rules give one. Raises Refused for a casting vote
    that is nobody's, and for a tie that waits for the chair.
    """
    wanted = majority is Majority.SIMPLE and tie is Tie.CASTING and counted.tied
    if casting is not None and not wanted:
        raise Refused(
            "There is no casting vote here",
            why="there is no tie, or the partnership's rules give the chair none",
            next_step="Count the votes as they are",
        )
    if wanted and casting not in (Side.FOR, Side.AGAINST):
        raise Refused(
            "The vote cannot be closed yet",
            why=f"{counted.for_} are for and {counted.against} against: the chair has the "
            "casting vote",
            next_step="Say how the chair casts it",
        )
    if casting is not None:
        return casting is Side.FOR
    over, under = majority.fraction
    cast = counted.for_ + counted.against
    if majority is Majority.SIMPLE:
        return counted.for_ * under > cast * over
    return counted.for_ > 0 and counted.for_ * under >= cast * over
