"""Advice: what a partnership says to the accountable body, which has to answer it by a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from totalplace.decisions.rules.days import in_words
from totalplace.participation.rules.partnership.own_rules import OwnRules
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


class Outcome(StrEnum):
    """What the accountable body does with a piece of advice."""

    ACCEPTED = "accepted"
    PART = "accepted in part"
    NOT_ACCEPTED = "not accepted"


@dataclass(frozen=True, slots=True)
class Answer:
    """The accountable body's answer: what changes, or why nothing does."""

    outcome: Outcome
    words: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice, the motion that carried it, and its answer if there is one."""

    place: str
    number: int
    motion: int
    meeting: int
    words: str
    to: str  # the code of the agency that has to answer
    answer_by: date
    about: Citation | None  # a hearing, or what else the motion cites
    point: str  # where it was raised in a hearing, the number of the point there
    offers: tuple[int, ...]  # what partners offer of their own, that it cites
    on: datetime
    answer: Answer | None = None

    @property
    def citation(self) -> Citation:
        """As it is cited: advice wexshire/2."""
        return Citation("advice", f"{self.place}/{self.number}")

    def standing(self, on: date) -> Standing:
        """Whether it was answered, waits, or waits longer than it should."""
        if self.answer is not None:
            return Standing.ANSWERED
        return Standing.OVERDUE if self.answer_by < on else Standing.WAITING


class Standing(StrEnum):
    """Where a piece of advice stands."""

    WAITING = "waits for an answer"
    OVERDUE = "answer overdue"
    ANSWERED = "answered"


def answer_day(wanted: date | None, rules: OwnRules, *, carried: date) -> date:
    """The day by which advice is to be answered: the motion's own, or by the rules.

    Raises Refused for a day that is not after that on which it was carried.
    """
    if wanted is None:
        return carried + timedelta(days=rules.answer_days)
    if wanted <= carried:
        raise Refused(
            "The advice cannot ask for an answer by then",
            why=f"{in_words(wanted)} is not after {in_words(carried)}",
            next_step="Give a later day, or none: then the partnership's rules say it",
        )
    return wanted


def check_answer(advice: Advice, outcome: str, words: str) -> Outcome:
    """The outcome of an answer. Raises Refused for a second one, an unknown one, or no words."""
    what = f"The advice {advice.citation.id} cannot be answered so"
    if advice.answer is not None:
        raise Refused(
            what,
            why="it was answered, and an answer is not changed",
            next_step="Write to the partnership, which may advise anew",
        )
    if advice.point:
        raise Refused(
            what,
            why="it was raised in a hearing",
            next_step="Answer it there, with all that was said in that hearing",
        )
    if outcome not in list(Outcome):
        raise Refused(
            what,
            why=f"'{outcome}' is no answer",
            next_step=f"Answer: {', '.join(Outcome)}",
        )
    if not words.strip():
        raise Refused(
            what,
            why="it is not said what changes, or why nothing does",
            next_step="Say it in a sentence: the partnership and the public read it",
        )
    return Outcome(outcome)
