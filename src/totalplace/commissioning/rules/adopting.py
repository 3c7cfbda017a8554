"""What is lacking before a plan may be adopted, beside what its hearing lacks itself.

What is adopted is what was heard, changed only as answers say; every part that an agency contests
was answered; the chief finance officer stated on this very version before the body decided, which
has to have regard to it (Local Government Act 2003, section 25); and the body that sets the budget
decided about this very plan, once those concerned were heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from totalplace.participation.rules import adopting
from totalplace.participation.rules.adopting import Called, Decided, Made, is_later
from totalplace.participation.rules.gate import Lack

CALLED: Final = Called(
    this="this plan", the="the plan", they_were="it was", they_are="it is", them="it",
    their="its", stand="it stands", wrong_body="sets no budget",
    right_body="the body that sets the budget",
)  # fmt: skip

not_as_heard: Final = partial(adopting.not_as_heard, CALLED)
check_revision: Final = partial(adopting.check_revision, CALLED)
decision_lacks: Final = partial(adopting.decision_lacks, CALLED)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of the chief finance officer: on which version, and when."""

    version: int
    on: datetime


@dataclass(frozen=True, slots=True)
class Contested:
    """The last word of an agency that contests its part, and whether it was answered."""

    agency: str  # its name
    number: int
    answered: bool


def unanswered(contested: Sequence[Contested]) -> list[Lack]:
    """The contested parts that the proposer has not answered yet."""
    return [
        Lack(
            f"{one.agency} contests its part, and has no answer",
            "a part that is contested is answered before the plan is adopted",
            "Say what changed, or why nothing did",
        )
        for one in contested
        if not one.answered
    ]


def statement_lacks(
    statement: Stated | None, *, last: Made, decision: Decided | None
) -> list[Lack]:
    """Where the chief finance officer's statement is not one on this version, before deciding."""
    law = "Local Government Act 2003, section 25"
    if statement is None or statement.version != last.number:
        on = (
            f"version {last.number}"
            if statement is None
            else (f"version {last.number}; the last one is on version {statement.version}")
        )
        return [
            Lack(
                "The chief finance officer has made no statement on the plan as it stands",
                f"there is none on {on} ({law})",
                "Have it stated whether its estimates are robust and its reserves adequate",
            )
        ]
    if decision is None or decision.taken_on is None or not is_later(statement.on, decision):
        return []
    return [
        Lack(
            "The chief finance officer's statement came after the decision",
            f"whoever decides has to have regard to it ({law})",
            "Have it decided anew, with the statement before those who decide",
        )
    ]


__all__ = [
    "CALLED", "Contested", "Decided", "Made", "Stated", "check_revision", "decision_lacks",
    "not_as_heard", "statement_lacks", "unanswered",
]  # fmt: skip
