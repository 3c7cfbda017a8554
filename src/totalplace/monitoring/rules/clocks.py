"""Clocks of a response: who owes an answer by which day, when it came, and how late silence is.

Each side has its own clocks, and both see both. Days are working days of England; where an
agreement in force says in how many days one side answers the other, those are used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import median
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.terms import Rung
from totalplace.decisions.rules.days import Counting, counts, last_day_of
from totalplace.decisions.rules.holidays import Proclaimed

_DAY: Final = timedelta(days=1)


class Owed(StrEnum):
    """What is owed by a day, in words that follow "to"."""

    REPLY = "say that it has seen the finding"
    CAUSE = "say the cause as it sees it"
    REMEDY = "propose a remedy"
    AGAIN = "propose what else to do"
    ANSWER = "agree to the remedy, or decline it"
    REVIEW = "review what the remedy did"
    CLOSING = "agree to closing, or decline it"


class Kept(StrEnum):
    """How a clock stands on a day."""

    RUNNING = "not due yet"
    IN_TIME = "in time"
    LATE = "late"
    SILENT = "no answer"
    DROPPED = "no longer needed"  # the response moved on, or closed, before it was due


@dataclass(frozen=True, slots=True)
class Days:
    """In how many days each thing is owed; `answer_calendar` is an agreement's own, if it has any.

    `points` is how many points a series must have had at its level before a response can close.
    """

    reply: int
    cause: int
    remedy: int
    again: int
    answer: int
    review: int
    points: int
    answer_calendar: int | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """What holds where no agreement says otherwise: days, and who is asked at each step."""

    days: Days
    ladder: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """One thing owed. `side` None is both sides together; `met` None: nothing came.

    `ended` is the day on which the response moved on without it, so that it is owed no more.
    """

    owed: Owed
    side: Side | None
    since: date
    due: date
    met: date | None = None
    ended: date | None = None

    def kept(self, on: date) -> Kept:
        """How it stands on a day."""
        if self.met is not None:
            return Kept.IN_TIME if self.met <= self.due else Kept.LATE
        if self.ended is not None:
            return Kept.DROPPED if self.ended <= self.due else Kept.SILENT
        return Kept.RUNNING if on <= self.due else Kept.SILENT

    def runs(self, on: date) -> bool:
        """Whether something is still owed, late or not."""
        return self.met is None and self.ended is None and self.since <= on

    def late(self, on: date) -> bool:
        """Whether it is owed, and its day has passed."""
        return self.runs(on) and on > self.due


def due(since: date, days: int, proclaimed: Proclaimed) -> date:
    """The last of so many working days after a day."""
    return last_day_of(since, days, Counting.WORKING, proclaimed)


def answer_due(since: date, days: Days, proclaimed: Proclaimed) -> date:
    """The last day on which one side answers the other: as the agreement says, else as is usual."""
    if days.answer_calendar is not None:
        return since + timedelta(days=days.answer_calendar)
    return due(since, days.answer, proclaimed)


def working_days_between(first: date, last: date, proclaimed: Proclaimed) -> int:
    """How many working days come after a first day, up to a last; none where that is not later."""
    return sum(
        counts(first + n * _DAY, Counting.WORKING, proclaimed)
        for n in range(1, (last - first).days + 1)
    )


def days_late(clock: Clock, on: date, proclaimed: Proclaimed) -> int:
    """How many working days late an answer was, or its silence is on a day."""
    until = clock.met or clock.ended or on
    return working_days_between(clock.due, until, proclaimed)


@dataclass(frozen=True, slots=True)
class OnTime:
    """How one side keeps its clocks. `due` leaves out what is not due yet and what was dropped.

    `median_days` is of those that were answered, in working days from when each was asked; None
    where none was.
    """

    side: Side
    due: int
    in_time: int
    late: int
    unanswered: int
    median_days: float | None


def on_time(clocks: Iterable[Clock], on: date, proclaimed: Proclaimed) -> tuple[OnTime, ...]:
    """How each side keeps its own clocks. What both owe together is counted to neither."""
    mine: dict[Side, list[Clock]] = {side: [] for side in Side}
    for clock in clocks:
        if clock.side is not None:
            mine[clock.side].append(clock)
    return tuple(_on_time(side, own, on, proclaimed) for side, own in mine.items())


def _on_time(side: Side, own: list[Clock], on: date, proclaimed: Proclaimed) -> OnTime:
    stands = [clock.kept(on) for clock in own]
    took = [
        working_days_between(clock.since, clock.met, proclaimed)
        for clock in own
        if clock.met is not None
    ]
    in_time, late, silent = (
        sum(one is kept for one in stands) for kept in (Kept.IN_TIME, Kept.LATE, Kept.SILENT)
    )
    return OnTime(
        side, in_time + late + silent, in_time, late, silent, float(median(took)) if took else None
    )
