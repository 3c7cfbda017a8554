"""A partner's offer of its own money: from what to what, how much, when, on which condition.

An offer stands in the debate. Nothing is moved here: only the agency itself moves its money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer as it is made, in whole pence of a financial year."""

    pence: int
    year: str
    from_what: str
    to_what: str
    condition: str = ""  # empty: none


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer of an agency's own money, and why it was withdrawn, if it was."""

    place: str
    number: int
    agency: str
    agency_name: str
    pence: int
    year: str
    from_what: str
    to_what: str
    condition: str
    by: str
    on: datetime
    withdrawn: str = ""
    withdrawn_on: datetime | None = None

    @property
    def citation(self) -> Citation:
        """As it is cited: offer wexshire/1."""
        return Citation("offer", f"{self.place}/{self.number}")

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_on is None

    @property
    def words(self) -> str:
        """As it is said in a line."""
        when = f" in {self.year}"
        if_ = f", if {self.condition}" if self.condition else ""
        return f"{pounds(self.pence)}{when} from {self.from_what} to {self.to_what}{if_}"


def check_offer(new: NewOffer, *, today: date) -> str:
    """The financial year of an offer. Raises Refused for no sum, no purpose, or a year gone by."""
    what = "The offer cannot be made"
    if new.pence <= 0:
        raise Refused(what, why="it is of no money", next_step="Give a sum above nought, in pounds")
    if not new.from_what.strip() or not new.to_what.strip():
        raise Refused(
            what,
            why="it is not said from what to what the money would go",
            next_step="Name what it is spent on today, and what it would be spent on",
        )
    try:
        year = FinancialYear.parse(new.year)
    except ValueError as error:
        raise Refused(what, why=str(error), next_step="Give a year such as 2027-28") from error
    if year < FinancialYear.of(today):
        raise Refused(
            what, why=f"{year} has gone", next_step="Offer money of this year or of one to come"
        )
    return year.label
