"""Which agencies are counted, and for which years they were members of the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from totalplace.count.rules.published import Body
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Chosen:
    """The agencies to count, by code, and the days of their membership where a place was said."""

    bodies: Mapping[str, Body]
    members: Mapping[str, Sequence[tuple[date, date]]] = field(default_factory=dict)

    def counts(self, code: str, year: FinancialYear | None) -> bool:
        """Whether an agency was a member in a year, or in part of it; so too if none is known."""
        if year is None or code not in self.members:
            return True
        return any(
            first <= year.last_day and year.first_day <= last for first, last in self.members[code]
        )


def chosen(place: str, agencies: Sequence[str]) -> Chosen:
    """The members of a place or all agencies, or those named among them, by code.

    Raises Refused where there is no such place, it has no members, or an agency is none of them.
    """
    members: dict[str, list[tuple[date, date]]] = defaultdict(list)
    rows: dict[str, AgencyRow] = {}
    if place:
        for member in places.members(place):
            rows[member.agency.code] = member.agency
            days = (member.first_day or date.min, member.last_day or date.max)
            members[member.agency.code].append(days)
        if not rows:
            raise Refused(
                f"{place} cannot be counted",
                why="it has no members yet",
                next_step=f"Add one with: totalplace places join {place} AGENCY",
            )
    else:
        rows = {row.code: row for row in places.agencies()}
    for code in agencies:
        if code not in rows:
            row = places.agency(code)  # refuses a code that nobody has
            raise Refused(
                f"{row.name} was not counted",
                why=f"it is not a member of {place}",
                next_step=f"Make it one with: totalplace places join {place} {code}",
            )
    codes = dict.fromkeys(agencies or rows)
    return Chosen(
        {code: Body(code, rows[code].name, rows[code].kind.value) for code in codes}, members
    )
