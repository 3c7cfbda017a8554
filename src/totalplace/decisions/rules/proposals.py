"""What is said when a decision is proposed, taken, or a body's rules are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.decisions.rules.days import in_words
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be decided. A sum or a number of wards that is not known is None, never nought."""

    title: str
    summary: str
    matter: str
    planned_on: date
    amount_pence: int | None = None  # spent or saved
    wards: int | None = None  # affected significantly
    significant: str = ""  # why it is a key decision all the same
    about: Citation | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """What was decided and why, by whom, and on which day if not on that of the act.

    SI 2012/2089 regulation 12(2): the decision and its date, its reasons, the options rejected.
    """

    reason: str
    took_part: Sequence[str] = ()
    options: str = ""
    taken_on: date | None = None


def check_proposal(proposal: Proposal, *, today: date) -> None:
    """Raise Refused for a proposal that does not say what it is, or is for a day that has gone."""
    what = "The decision cannot be proposed"
    if not proposal.title.strip() or not proposal.summary.strip():
        raise Refused(
            what,
            why="it has no title, or it is not said what is to be decided",
            next_step="Give a title, and what is to be decided in a sentence",
        )
    if proposal.planned_on < today:
        raise Refused(
            what,
            why=f"{in_words(proposal.planned_on)} has gone",
            next_step="Give the day on which it is to be taken",
        )
    if proposal.amount_pence is not None and proposal.amount_pence < 0:
        raise Refused(
            what,
            why="its sum is below nought",
            next_step="Give what it spends or saves as a sum above nought",
        )
