"""A round of questions: a quarter that is judged, who is asked, and from when to when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from totalplace.monitoring.rules.partnership import Asked
from totalplace.monitoring.rules.questions import CANNOT_SAY, LOCAL, STEPS, Questions
from totalplace.outcomes.rules.periods import Period
from totalplace.readiness.rules.scale import Side
from totalplace.refusal import Refused

LONGEST: Final = timedelta(days=92)  # a round that runs into the next quarter judges both
NOT_OPENED: Final = "The round was not opened"
NOT_KEPT: Final = "Your answers were not kept"


def check_round(quarter: Period, asked: Sequence[Asked], closes_on: date, *, day: date) -> None:
    """Raise Refused for a quarter to come, a closing day that cannot be, or nobody to ask."""
    if quarter.first_day > day:
        raise Refused(
            NOT_OPENED, why=f"{quarter.said} has not begun", next_step="Ask about an earlier one"
        )
    if not day <= closes_on <= day + LONGEST:
        raise Refused(
            NOT_OPENED,
            why="it closes before it opens, or more than a quarter later",
            next_step=f"Name a day from {day} to {day + LONGEST}",
        )
    if not any(one.side is Side.PLACE for one in asked):
        raise Refused(
            NOT_OPENED, why="no local body is asked", next_step="Name members of the place"
        )
    codes = [one.agency for one in asked]
    if len(set(codes)) < len(codes):
        raise Refused(NOT_OPENED, why="a body is named twice", next_step="Name each body once")


def check_answers(
    questions: Questions, side: Side, about: str, steps: Mapping[str, int], *,
    asked: Sequence[Asked], agency: str,
) -> None:  # fmt: skip
    """Raise Refused for an answer to what was not asked, or that is no step."""
    of = next((one for one in asked if one.agency == agency), None)
    if of is None or of.side is not side:
        raise Refused(
            NOT_KEPT, why="that body was not asked", next_step="Answer for a body that was asked"
        )
    central = {one.agency for one in asked if one.side is Side.CENTRE}
    mine = {agency} if side is Side.CENTRE else {LOCAL, *central}
    if about not in mine:
        raise Refused(
            NOT_KEPT,
            why="you were not asked about that",
            next_step="Answer about the place, or about a department that was asked",
        )
    strange = [code for code in steps if code not in questions.codes]
    if strange or any(step not in (CANNOT_SAY, *STEPS) for step in steps.values()):
        raise Refused(
            NOT_KEPT,
            why="an answer is to no statement that was put, or is no step",
            next_step="Go back to the page of the statements and choose again",
        )
