"""Support to civil society: grants, assets lent, assets given, volunteering; four currencies.

They are never added to one another: a pound granted, a pound of rent not asked, a building's worth
and an hour are four different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from totalplace.money.years import FinancialYear
from totalplace.participation.rules.partnership.members import check_short
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

# England and Wales: six or seven digits, linked charities with a hyphen and a number. Scotland:
# SC and six digits. Northern Ireland: NIC and six digits (the three regulators' own registers).
_CHARITY: Final = re.compile(r"\d{6,7}(-\d{1,3})?|SC\d{6}|NIC\d{6}", re.ASCII)


class SupportKind(StrEnum):
    """What is given. Each is a currency of its own."""

    GRANT = "grant"
    LENT = "asset lent"
    GIVEN = "asset given"
    VOLUNTEERING = "volunteering"

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return "hours" if self is SupportKind.VOLUNTEERING else "pence"


def kind_of(said: str) -> SupportKind:
    """The kind of a name. Raises Refused for one that is none of the four."""
    if said not in list(SupportKind):
        raise Refused(
            f"'{said}' is no kind of support",
            why=f"the kinds are {', '.join(SupportKind)}",
            next_step="Choose one of them",
        )
    return SupportKind(said)


@dataclass(frozen=True, slots=True)
class NewSupport:
    """Support as an agency counts it; pence or hours, as its kind has it, never both."""

    kind: SupportKind
    organisation: str
    amount: int
    first_day: date
    last_day: date
    source: str
    charity: str = ""
    basis: str = ""  # of an asset: how it was valued


@dataclass(frozen=True, slots=True)
class Support:
    """One piece of support, and why it was taken back as a mistake, if it was."""

    place: str
    number: int
    agency: str
    agency_name: str
    kind: SupportKind
    organisation: str
    charity: str
    amount: int
    basis: str
    first_day: date
    last_day: date
    source: str
    by: str
    on: datetime
    taken_back: str = ""

    @property
    def citation(self) -> Citation:
        """As it is cited: support wexshire/4."""
        return Citation("support", f"{self.place}/{self.number}")


@dataclass(frozen=True, slots=True)
class Total:
    """All support of a kind in a place in a year: how much, how often, to how many."""

    kind: SupportKind
    year: str
    amount: int  # pence, or hours of volunteering
    times: int
    organisations: int


def check_support(new: NewSupport, bases: Iterable[str]) -> None:
    """Raise Refused for support of nothing, to nobody, or an asset valued nobody knows how."""
    what = "The support cannot be counted"
    if not new.organisation.strip() or not new.source.strip():
        raise Refused(
            what,
            why="it is not said to whom it went, or where that is written",
            next_step="Name the organisation, and the grant letter, lease or list",
        )
    check_short(what, new.organisation)
    if new.amount <= 0:
        raise Refused(
            what, why="it is of nothing", next_step=f"Give its {new.kind.unit} above nought"
        )
    if new.charity and not _CHARITY.fullmatch(new.charity):
        raise Refused(
            what,
            why=f"'{new.charity}' is no charity number",
            next_step="Give six or seven digits, SC or NIC and six digits, or leave it out",
        )
    _check_basis(what, new, list(bases))
    if new.last_day < new.first_day:
        raise Refused(what, why="it ends before it begins", next_step="Give both days in order")
    if FinancialYear.of(new.first_day) != FinancialYear.of(new.last_day):
        raise Refused(
            what,
            why="it runs over more than one financial year",
            next_step="Count the part of each year, 1 April to 31 March, by itself",
        )


def _check_basis(what: str, new: NewSupport, bases: list[str]) -> None:
    is_asset = new.kind in (SupportKind.LENT, SupportKind.GIVEN)
    if is_asset and new.basis not in bases:
        raise Refused(
            what,
            why="it is not said how the asset was valued",
            next_step=f"Say one of: {', '.join(bases)}",
        )
    if not is_asset and new.basis:
        raise Refused(what, why="only an asset is valued", next_step="Leave out how it was valued")


def totals(counted: Iterable[Support], year: str) -> list[Total]:
    """The total of each kind in a year; a kind that nobody counted is left out, and is not nought.

    An organisation is known by its charity number, or else by its name however it is spaced.
    """
    rows = [
        one for one in counted
        if not one.taken_back and FinancialYear.of(one.first_day).label == year
    ]  # fmt: skip
    found = []
    for kind in SupportKind:
        mine = [one for one in rows if one.kind is kind]
        if mine:
            known = {one.charity or " ".join(one.organisation.casefold().split()) for one in mine}
            amount = sum(one.amount for one in mine)
            found.append(Total(kind, year, amount, len(mine), len(known)))
    return found
