"""What waits for an officer in the watch: answers to findings that their side owes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.waiting import Wait
from totalplace.monitoring.queries.answering import waiting_for
from totalplace.monitoring.rules.clocks import Owed
from totalplace.places.rules.mandates import Officer

_ASKED = {
    Owed.REPLY: "Say that you have seen",
    Owed.CAUSE: "Say the cause of",
    Owed.REMEDY: "Propose a remedy of",
    Owed.AGAIN: "Propose what else to do about",
    Owed.ANSWER: "Agree to the remedy, or decline it, of",
    Owed.REVIEW: "Review what the remedy did about",
    Owed.CLOSING: "Agree to closing, or decline it, of",
}


def waits(officer: Officer, on: datetime) -> Iterator[Wait]:
    """What an officer's side owes, each by its day; late days are shown as they are."""
    for row, clock in waiting_for(officer, on=local_day(on)):
        about = f"finding {row.citation.id}, {row.about.title}"
        href = f"/monitoring/{row.place}/answers/{row.number}/"
        yield Wait(f"{_ASKED[clock.owed]} {about}", href, clock.due)
