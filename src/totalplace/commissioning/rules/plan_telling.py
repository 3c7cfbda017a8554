"""A plan in plain tables: what each agency and each service gets beside now, and who pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.candidates import said_points
from totalplace.commissioning.rules.case import Case
from totalplace.money.years import FinancialYear

__all__ = ["HEADS", "Given", "by_agency", "by_option", "rows_of", "said_points"]

HEADS: Final = (
    "Service", "Title", "Agency", "Name", "Year", "Now", "Proposed", "Change", "Fund", "Paid from",
    "Pays",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What an agency or a service gets over all years of a plan, beside now, in pence.

    `why_still`: why its money stays where it is, where it does; empty: the plan may move it.
    """

    agency: str
    agency_name: str
    title: str
    now: int
    pence: int
    why_still: str = ""

    @property
    def change(self) -> int:
        """How much more than now, in pence."""
        return self.pence - self.now

    @property
    def per_cent(self) -> str:
        """How much that is of what it has now: +3.2%; empty where it has nothing now."""
        return f"{self.change / self.now:+.1%}" if self.now else ""


class Paid(Protocol):
    """A line of a plan: an option in a year, and which funds pay for it, in pence."""

    @property
    def option(self) -> str:
        """Its code."""

    @property
    def year(self) -> int:
        """In which the financial year begins."""

    @property
    def pence(self) -> int:
        """What it gets."""

    @property
    def now(self) -> int:
        """What it has now."""

    @property
    def paid(self) -> tuple[tuple[str, int], ...]:
        """Each fund that pays, and how much."""


def by_agency(case: Case, pence: Sequence[int], names: Mapping[str, str]) -> list[Given]:
    """What each agency gets over all years, the most money first."""
    now: dict[str, int] = {}
    gets: dict[str, int] = {}
    for one in by_option(case, pence, names):
        now[one.agency] = now.get(one.agency, 0) + one.now
        gets[one.agency] = gets.get(one.agency, 0) + one.pence
    found = [
        Given(code, names.get(code, code), names.get(code, code), now[code], gets[code])
        for code in now
    ]
    return sorted(found, key=lambda one: (-one.pence, one.agency))


def by_option(case: Case, pence: Sequence[int], names: Mapping[str, str]) -> list[Given]:
    """What each service gets over all years, in the order of the case."""
    return [
        Given(
            option.agency,
            names.get(option.agency, option.agency),
            option.title,
            option.now_pence * case.years,
            sum(pence[line_number(case, place, year)] for year in range(case.years)),
            "" if option.movable else "no effect that may move money is known",
        )
        for place, option in enumerate(case.options)
    ]


def rows_of(
    case: Case, lines: Iterable[Paid], names: Mapping[str, str]
) -> list[tuple[str | int, ...]]:
    """The lines of a plan as rows of HEADS, one for each fund that pays; sums in pence."""
    options = {option.code: option for option in case.options}
    funds = {fund.code: fund.title for fund in case.funds}
    found: list[tuple[str | int, ...]] = []
    for line in lines:
        option = options[line.option]
        year = FinancialYear(line.year).label
        for place, (fund, pays) in enumerate(line.paid or (("", 0),)):
            # What a service gets stands once, so that a column can be added up.
            sums = ("", "", "") if place else (line.now, line.pence, line.pence - line.now)
            found.append(
                (option.code, option.title, option.agency,
                 names.get(option.agency, option.agency), year, *sums, fund,
                 funds.get(fund, fund), pays)
            )  # fmt: skip
    return found
