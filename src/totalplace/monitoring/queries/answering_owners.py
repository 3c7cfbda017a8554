"""Who owns a finding on each side: as it was named, and the agency that acts for it, if any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from totalplace.agreements.queries.agreements import AgreementRow, agreements
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import HOLDS
from totalplace.agreements.rules.terms import Terms
from totalplace.entitlements.queries.in_force import in_force
from totalplace.monitoring.queries.watched_outcomes import indicator_of
from totalplace.places import queries as places


@dataclass(frozen=True, slots=True)
class Owners:
    """The two owners: codes of agencies, empty where none is registered, and what each is called.

    Of a local owner that is a post, such as a director, the agency is the accountable body of the
    agreement, else the body of the place whose own area the series is of.
    """

    local: str
    local_name: str
    central: str
    central_name: str

    def agency(self, side: Side) -> str:
        """The code of the agency that acts for a side; empty: none is registered."""
        return self.local if side is Side.PLACE else self.central

    def name(self, side: Side) -> str:
        """What the owner of a side is called."""
        return self.local_name if side is Side.PLACE else self.central_name


def owner_named(name: str) -> str:
    """The code of the agency of a code or name; empty where none is registered."""
    wanted = name.strip().casefold()
    if not wanted:
        return ""
    found = (one.code for one in places.agencies() if wanted in (one.code, one.name.casefold()))
    return next(found, "")


def guarantor(place: str, code: str, *, on: date) -> str:
    """The name of the department whose guarantee in force rests on a series; empty: none does."""
    indicator = indicator_of(code)
    rests = (one for one in in_force(place, on) if indicator and one.rule.indicator == indicator)
    return next((one.agency_name for one in rests), "")


def agency_of_area(place: str, area: str, *, on: date) -> str:
    """The member of a place whose own area is one; empty where none is."""
    found = (one.agency.code for one in places.members(place, on=on) if one.agency.gss == area)
    return next(found, "")


def covering(place: str, code: str, central: str, *, on: date) -> Terms | None:
    """The agreement in force on a day under which a department answers a place.

    Rather one that names the outcome or the entitlement of the series, else the latest with the
    department; None where there is none.
    """
    if not central:
        return None
    with_it = [
        terms for row in agreements(place) if (terms := _held(row, on)) is not None
        and terms.side_of(central) is Side.CENTRE
    ]  # fmt: skip
    naming = [terms for terms in with_it if _names(terms, code.partition("/")[2])]
    return next(reversed(naming or with_it), None)


def _held(row: AgreementRow, on: date) -> Terms | None:
    version = row.in_force_on(on)
    return version.terms if version is not None and row.stage(on) in HOLDS else None


def _names(terms: Terms, what: str) -> bool:
    return what in {goal.indicator for goal in terms.goals} | {
        attached.code for attached in terms.entitlements
    }
