"""The register of capacity, as other rooms and doors read it; what is held is never a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from totalplace.decisions.rules.days import local_day
from totalplace.monitoring import models
from totalplace.monitoring.definitions.capacity import asked
from totalplace.monitoring.rules.capacity import Given, roles_of
from totalplace.monitoring.rules.capacity_watched import Body, watched
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.periods import Period, lasting
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.kinds import AgencyKind
from totalplace.record.rules.chain import Citation


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A version of a return: what it says, why, by whom and when."""

    id: int
    place: str
    agency: str
    agency_name: str
    given: Given
    digest: str
    reason: str
    by: str
    on: datetime

    @property
    def citation(self) -> Citation:
        """As the record names it: place, body and the first day of the period."""
        return capacity_citation(self.place, self.agency, self.given.period)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that gives in its capacity in a place, or could; the last version of each return."""

    agency: AgencyRow
    is_member: bool
    returns: tuple[ReturnRow, ...]

    @property
    def is_central(self) -> bool:
        """Whether it is a department, whose return is of those who work for the place."""
        return self.agency.kind is AgencyKind.DEPARTMENT

    @property
    def history(self) -> tuple[Given, ...]:
        """What it gave in, in order."""
        return tuple(one.given for one in self.returns)


def capacity_citation(place: str, agency: str, period: Period) -> Citation:
    """How the record names a return of a body, place and period."""
    return Citation("capacity", f"{place}/{agency}/{period.first_day}")


def bodies(place: str, *, on: date | None = None) -> list[BodyRow]:
    """The bodies of a place by code: members on a day, and whoever else gave in its capacity.

    `on` leaves out what was given in later; None: all of it. Raises Refused: no such place.
    """
    found = _returns(place, on=on)
    members = {one.agency.code: one.agency for one in places.members(place, on=on)}
    codes = sorted({*members, *(one.agency for one in found)})
    return [
        BodyRow(
            members.get(code) or places.agency(code),
            code in members,
            tuple(one for one in found if one.agency == code),
        )
        for code in codes
    ]


def body(place: str, agency: str, *, on: date | None = None) -> BodyRow:
    """One body of a place, also where it gave nothing in yet. Raises Refused: no such body."""
    row = places.agency(agency)
    members = {one.agency.code for one in places.members(place, on=on)}
    return BodyRow(row, agency in members, tuple(_returns(place, agency=agency, on=on)))


def versions(place: str, agency: str, first_day: date) -> list[ReturnRow]:
    """Every version of one return, the first one first."""
    return _rows(_kept(place, agency).filter(first_day=first_day))


def capacity_series(place: str, *, on: date) -> list[Watched]:
    """What is watched of the capacity of every body of a place, as it was known on a day.

    Roles of fewer than five posts are missing from it, with the reason. Raises Refused: no such
    place.
    """
    skills = asked().skills
    found: list[Watched] = []
    for one in bodies(place, on=on):
        code, name = one.agency.code, one.agency.name
        found += watched(Body(place, code, name, one.is_central), one.history, skills, on=on)
    return found


def _returns(place: str, *, agency: str = "", on: date | None = None) -> list[ReturnRow]:
    """The last version of each return, as known on a day."""
    last: dict[tuple[str, date], ReturnRow] = {}
    for row in _rows(_kept(place, agency)):
        if on is None or local_day(row.on) <= on:
            last[row.agency, row.given.period.first_day] = row
    return list(last.values())


def _kept(place: str, agency: str = "") -> QuerySet[models.CapacityReturn]:
    rows = models.CapacityReturn.objects.filter(place__code=places.place(place).code)
    if agency:
        rows = rows.filter(agency__code=agency)
    return rows.select_related("place", "agency").order_by("agency__code", "first_day", "turn")


def _rows(kept: Iterable[models.CapacityReturn]) -> list[ReturnRow]:
    return [_row(one) for one in kept]


def _row(one: models.CapacityReturn) -> ReturnRow:
    months = (one.last_day.year - one.first_day.year) * 12
    months += one.last_day.month - one.first_day.month + 1
    period = lasting(one.first_day, months)
    given = Given(period, roles_of(one.text), one.turn, one.anew)
    return ReturnRow(
        one.pk, one.place.code, one.agency.code, one.agency.name, given, one.digest, one.reason,
        one.by, one.on,
    )  # fmt: skip
