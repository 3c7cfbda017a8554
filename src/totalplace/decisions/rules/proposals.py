"""What is said when a decision is proposed, taken, or a body's rules are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_SUM: Final = re.compile(r"(\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)


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


def said_pence(said: str) -> int | None:
    """A sum in pounds as it is typed, in whole pence: '£900,000' or '12.50'; nothing: not known.

    Raises Refused for what is no sum of money.
    """
    text = said.strip().replace(",", "").replace("£", "").strip()
    if not text:
        return None
    found = _SUM.fullmatch(text)
    if found is None:
        raise Refused(
            f"'{said.strip()}' is no sum of money",
            why="a sum is pounds, and pence after a point",
            next_step="Give it such as 250000 or £1,250.50, or nothing where it is not known",
        )
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
