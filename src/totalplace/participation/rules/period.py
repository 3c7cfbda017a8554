"""For how long people can be heard: what is usual, the floor, and how late papers move the end.

No statute gives a length. Twelve weeks was the convention of the government's code of 2008; its
principles of 2018 ask for a proportionate time, and so do the courts. So a shorter time needs a
reason, below the floor an urgent one, and below the least nothing helps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from totalplace.decisions.rules.days import in_words
from totalplace.participation.rules.drafts import When
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many days are usual, fewest without urgency, fewest at all, and for a late paper."""

    usual_days: int
    floor_days: int
    least_days: int
    late_paper_days: int


def check_period(when: When, lengths: Lengths, *, today: date) -> None:
    """Raise Refused for a time that began before today, is too short, or short for no reason."""
    what = "The hearing cannot be opened"
    if when.first_day is None or when.last_day is None:
        raise Refused(what, why="its first or last day is not said", next_step="Give both days")
    if when.first_day < today:
        raise Refused(
            what,
            why=f"its first day, {in_words(when.first_day)}, has gone",
            next_step="Give today or a later day: nobody could have read it before",
        )
    if when.days < lengths.least_days:
        raise Refused(
            what,
            why=f"{when.days} days are too few for anybody to answer, however urgent it is",
            next_step=f"Give at least {lengths.least_days} days",
        )
    if when.days >= lengths.usual_days:
        return
    if not when.why_shorter.strip():
        raise Refused(
            what,
            why=f"{when.days} days are fewer than the usual {lengths.usual_days} (twelve weeks), "
            "and it is not said why that is enough",
            next_step="Give a later last day, or say why a shorter time is proportionate",
        )
    if when.days < lengths.floor_days and not when.urgent:
        raise Refused(
            what,
            why=f"{when.days} days are fewer than {lengths.floor_days}, and it is not urgent",
            next_step=f"Give {lengths.floor_days} days, or say that it is urgent and why",
        )


def last_day_with_late_paper(closing_day: date, lengths: Lengths) -> date:
    """The earliest last day of a hearing to which a paper is added while it is open."""
    return closing_day + timedelta(days=lengths.late_paper_days)


def check_extension(closing_day: date, new: date, *, earliest: date) -> None:
    """Raise Refused for a last day that is nearer, or not late enough to read what was added."""
    if new <= closing_day or new < earliest:
        raise Refused(
            f"The last day cannot be {in_words(new)}",
            why=f"it is {in_words(closing_day)} now, and never moves nearer",
            next_step=f"Give {in_words(max(earliest, closing_day + timedelta(days=1)))} or later",
        )
