"""A response in words that a councillor would use: what is owed, by when, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.holidays import Proclaimed
from totalplace.monitoring.rules.clocks import Clock, Kept, OnTime, Owed, days_late

SIDES: Final = {Side.PLACE: "the place", Side.CENTRE: "the centre"}
_SHORT: Final = {
    Owed.REPLY: "say that it has seen the finding",
    Owed.CAUSE: "say the cause as it sees it",
    Owed.REMEDY: "propose a remedy",
    Owed.AGAIN: "propose what else to do",
    Owed.ANSWER: "answer the remedy that is proposed",
    Owed.REVIEW: "review what the remedy did",
    Owed.CLOSING: "answer the wish to close it",
}


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock in words: what is owed, when, and how it stands. `late` marks what is wrong."""

    what: str
    stands: str
    due: date
    late: bool
    together: bool


def clock_told(clock: Clock, on: date, proclaimed: Proclaimed) -> ClockTold:
    """A clock as it stands on a day."""
    kept = clock.kept(on)
    return ClockTold(
        _SHORT[clock.owed],
        _stands(clock, kept, on, proclaimed),
        clock.due,
        kept in (Kept.SILENT, Kept.LATE),
        clock.side is None,
    )


def _stands(clock: Clock, kept: Kept, on: date, proclaimed: Proclaimed) -> str:
    last = in_words(clock.due)
    late = days_late(clock, on, proclaimed)
    working = f"{late} working day{'' if late == 1 else 's'}"
    match kept:
        case Kept.IN_TIME:
            return f"done on {in_words(clock.met or clock.due)}, in time"
        case Kept.LATE:
            return f"done on {in_words(clock.met or clock.due)}, {working} late"
        case Kept.DROPPED:
            return "no longer needed"
        case Kept.RUNNING:
            return f"by {last}"
        case Kept.SILENT:
            if clock.ended is not None:
                return f"never done; it was due by {last}"
            return f"silent: it was due by {last}, {working} ago"


def on_time_told(one: OnTime) -> str:
    """How a side keeps its days, in a sentence."""
    if not one.due:
        return "Nothing was due yet."
    said = f"{one.in_time} of {one.due} answers came in time"
    parts = [f"{one.late} came late"] if one.late else []
    parts += [f"{one.unanswered} never came"] if one.unanswered else []
    said += f"; {' and '.join(parts)}" if parts else ""
    if one.median_days is None:
        return f"{said}."
    days = f"{one.median_days:g} working day{'' if one.median_days == 1 else 's'}"
    return f"{said}. Half of those that came took {days} or less."
