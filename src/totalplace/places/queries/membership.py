"""Which agencies and places there are, and who is a member of which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from totalplace.places import models
from totalplace.places.rules.kinds import AgencyKind
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """A public body that spends."""

    id: int
    code: str
    name: str
    kind: AgencyKind
    gss: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A locality whose public spending is looked at as a whole."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """An agency as a member of a place: from a day (None: always), until a day (None: still)."""

    agency: AgencyRow
    first_day: date | None
    last_day: date | None


def agency(code: str) -> AgencyRow:
    """The agency of a code. Raises Refused where there is none."""
    row = models.Agency.objects.filter(code=code).first()
    if row is None:
        raise Refused(
            f"There is no agency {code}",
            why="none has been registered under that code",
            next_step=f"Register it with: totalplace places add-agency {code}",
        )
    return _agency(row)


def agencies() -> list[AgencyRow]:
    """Every agency, by code."""
    return [_agency(row) for row in models.Agency.objects.order_by("code")]


def place(code: str) -> PlaceRow:
    """The place of a code. Raises Refused where there is none."""
    row = models.Place.objects.filter(code=code).first()
    if row is None:
        raise Refused(
            f"There is no place {code}",
            why="none has been registered under that code",
            next_step=f"Register it with: totalplace places add {code}",
        )
    return _place(row)


def places() -> list[PlaceRow]:
    """Every place, by code."""
    return [_place(row) for row in models.Place.objects.order_by("code")]


def members(place_code: str, *, on: date | None = None) -> list[MemberRow]:
    """The agencies of a place, by code: on a day, or all that ever were. Refused: no such place."""
    rows = models.Member.objects.filter(place_id=place(place_code).id)
    if on is not None:
        rows = rows.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=on),
            Q(last_day__isnull=True) | Q(last_day__gte=on),
        )
    rows = rows.select_related("agency").order_by("agency__code", "first_day")
    return [MemberRow(_agency(row.agency), row.first_day, row.last_day) for row in rows]


def _agency(row: models.Agency) -> AgencyRow:
    return AgencyRow(row.pk, row.code, row.name, AgencyKind(row.kind), row.gss)


def _place(row: models.Place) -> PlaceRow:
    return PlaceRow(row.pk, row.code, row.name)
