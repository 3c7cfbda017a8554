"""Of which areas a place is made, and making members of the bodies that are over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from totalplace.places import models, queries
from totalplace.places.actions.membership import join_place, register_agency
from totalplace.places.queries import who_may
from totalplace.places.queries.areas import AreaRow, area_row
from totalplace.places.queries.bodies import BodyRow
from totalplace.places.queries.register import register
from totalplace.places.rules.mandates import Act, Who
from totalplace.places.rules.register.facts import AREA_KINDS, gss_of
from totalplace.places.rules.register.names import slug
from totalplace.places.rules.register.whole import Register
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Joined:
    """A body over a place: the agency it is registered as, and whether it joined by this act.

    `within` names the body in whose accounts its money stands; then it is no agency of its own.
    """

    body: BodyRow
    agency: str
    is_new: bool
    within: str
    why: str


@transaction.atomic
def set_areas(place: str, codes: Sequence[str], *, by: Who, on: datetime) -> tuple[AreaRow, ...]:
    """Say of which areas a place is made, in place of what was said before.

    A code may be that of an area, or of a wider body, which stands for the areas that it covers.
    Raises Refused where there is no such place, where a code is not known or leads to several
    bodies, where a body covers an area only in part, or where two areas are the same land.
    """
    power = who_may.power(by, Act.REGISTER, place=place, on=on)
    row = models.Place.objects.select_for_update().get(pk=queries.place(place).id)
    whole = register()
    areas = sorted({area for code in codes for area in _areas_of(whole, code, place, on.date())})
    if not areas:
        raise Refused(
            f"{place} cannot be without areas",
            why="no code of an area was given",
            next_step="Give at least one; find them with: totalplace places areas --find NAME",
        )
    _refuse_same_land(whole, areas, place)
    held = models.PlaceArea.objects.filter(place=row, replaced_on__isnull=True)
    before = set(held.values_list("area", flat=True))
    if before != set(areas):
        held.exclude(area__in=areas).update(replaced_on=on)
        models.PlaceArea.objects.bulk_create(
            models.PlaceArea(place=row, area=area, said_on=on)
            for area in areas
            if area not in before
        )
        citing = ", ".join(gss_of(area) or area for area in areas)
        about = Citation("place", place)
        record.write(by.name, "said the areas", about=about, on=on, power=power, citing=citing)
    return tuple(area_row(whole, area) for area in areas)


@transaction.atomic
def register_bodies(place: str, *, day: date, by: Who, on: datetime) -> list[Joined]:
    """Make members of a place of all bodies of the register that are over it on a day.

    A body that is an agency already, by any of its GSS codes, is that agency. One whose money
    stands in another's accounts is told and not made an agency. Doing it again changes nothing.
    Raises Refused where no areas were said of the place.
    """
    if not queries.areas_of_place(place):
        raise Refused(
            f"The bodies over {place} are not known",
            why="no areas were said of it",
            next_step=f"Say them with: totalplace places set-areas {place} CODE",
        )
    by_gss = {agency.gss: agency.code for agency in queries.agencies() if agency.gss}
    taken = {agency.code for agency in queries.agencies()}
    joined = []
    for over in queries.bodies_over(place, on=day):
        body = over.body
        if over.within:
            joined.append(Joined(body, "", False, over.within_name, over.why))
            continue
        known = (by_gss.get(code.code) for code in body.codes if code.scheme == "gss")
        agency = next((code for code in known if code), None)
        if agency is None:
            agency = _agency_code(body, taken)
            taken.add(agency)
            register_agency(
                agency, name=body.name, kind=body.kind.value, gss=body.gss, by=by, on=on
            )
        joined.append(Joined(body, agency, _join(place, agency, body, by=by, on=on), "", ""))
    return joined


def _join(place: str, agency: str, body: BodyRow, *, by: Who, on: datetime) -> bool:
    """Make an agency a member for the days of its body, unless it is or was one."""
    if any(m.agency.code == agency for m in queries.members(place)):
        return False
    join_place(
        place, agency, first_day=body.first_day, last_day=body.last_day, by=by, on=on
    )  # fmt: skip
    return True


def _agency_code(body: BodyRow, taken: Iterable[str]) -> str:
    """A readable code from the name in full; else, or where it is taken, the GSS code."""
    readable = slug(body.name)
    if body.in_full and readable and readable not in set(taken):
        return readable
    return body.gss.lower()


def _areas_of(whole: Register, code: str, place: str, on: date) -> list[str]:
    keys = whole.find(code)
    if not keys:
        raise Refused(
            f"{code} cannot be an area of {place}",
            why="no source of the register knows the code",
            next_step="Find codes with: totalplace places areas --find NAME",
        )
    if len(keys) > 1:
        names = " and ".join(f"{whole.bodies[k].name} ({gss_of(k) or k})" for k in keys)
        raise Refused(
            f"{code} cannot be an area of {place}",
            why=f"sources give the code to {names}",
            next_step="Give another code of the one that is meant; see totalplace places conflicts",
        )
    if whole.bodies[keys[0]].kind in AREA_KINDS:
        return [keys[0]]
    return _covered_by(whole, keys[0], place, on)


def _covered_by(whole: Register, body: str, place: str, on: date) -> list[str]:
    covered = whole.coverage(body, on=on)
    name = whole.bodies[body].name
    in_part = [c.area for c in covered.areas if not c.whole]
    if not covered.areas or in_part:
        part = ", ".join(area_row(whole, area).name for area in in_part)
        why = f"it covers only a part of {part}" if in_part else "no source says what it covers"
        raise Refused(
            f"{name} cannot stand for areas of {place}",
            why=why,
            next_step="Give the codes of the areas themselves",
        )
    return [c.area for c in covered.areas]


def _refuse_same_land(whole: Register, areas: Sequence[str], place: str) -> None:
    owner: dict[str, str] = {}
    for area in areas:
        for parcel in whole.land.parcels(area):
            other = owner.setdefault(parcel, area)
            if other != area:
                one, two = area_row(whole, other), area_row(whole, area)
                raise Refused(
                    f"{place} cannot be made of both {one.name} ({one.gss}) and {two.name} "
                    f"({two.gss})",
                    why="one became part of the other, so the same land would be counted twice",
                    next_step="Give one of them",
                )
