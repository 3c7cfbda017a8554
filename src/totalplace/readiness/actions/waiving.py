"""Waiving what is lacking, by both sides and for a time; and saying what followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.readiness import models
from totalplace.readiness.actions.opened import (
    AGREE,
    one_at_a_time,
    opened_for,
    power_for,
    said_reason,
)
from totalplace.readiness.queries.evidence import waiver, waivers
from totalplace.readiness.queries.rows import WaiverRow
from totalplace.readiness.rules.agreeing import check_waiver
from totalplace.readiness.rules.gate import needs_text
from totalplace.readiness.rules.scale import Area, Side
from totalplace.record import actions as record
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class WaiverSaid:
    """What would be done without: an area and the level needed, or a fact and 'met'; until when."""

    need: str
    level: str
    centre: str  # the department of the other side
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class FollowedSaid:
    """What followed in an area: whether it went as the level let one expect, and who says so."""

    area: Area
    went_well: bool
    what: str
    source: str


@transaction.atomic
def offer_waiver(place: str, said: WaiverSaid, *, side: Side, by: Who, on: datetime) -> WaiverRow:
    """Offer to do without a score or a fact until a day; it holds once the other side agrees.

    Raises Refused without a reason, and for an end that is too far off.
    """
    power = power_for(side, AGREE, place=place, centre=said.centre, by=by, on=on)
    here, department = places.place(place), places.agency(said.centre)
    if department.kind != AgencyKind.DEPARTMENT:
        raise Refused(
            "The waiver cannot be kept",
            why=f"{department.name} is no department of the centre",
            next_step="Name the department that is to agree",
        )
    needs_text({said.need: said.level})
    check_waiver(said.reason, until=said.until, on=local_day(on))
    one_at_a_time()
    number = len(waivers(place)) + 1
    models.Waiver.objects.create(
        place_id=here.id, number=number, centre_id=department.id, side=side.value, need=said.need,
        level=said.level, reason=said.reason.strip(), until=said.until, by=by.name, on=on,
        day=local_day(on),
    )  # fmt: skip
    found = waiver(f"{place}/{number}")
    record.write(
        by.name, f"offered for the {side}", about=found.citation, on=on, power=power,
        citing=f"{said.need}: {said.level}; until {said.until}; {said.reason.strip()}",
    )  # fmt: skip
    return found


@transaction.atomic
def agree_waiver(citation: str, *, side: Side, reason: str, by: Who, on: datetime) -> WaiverRow:
    """Agree for the other side to do without. Raises Refused for one's own offer or no reason."""
    one_at_a_time()
    row = waiver(citation)
    power = power_for(side, AGREE, place=row.place, centre=row.centre, by=by, on=on)
    what = "The waiver cannot be agreed"
    why = said_reason(reason, what)
    day = local_day(on)
    own = row.side is side or (isinstance(by, Officer) and row.by == by.name)
    if own or row.agreed_on is not None or day > row.until:
        raise Refused(
            what,
            why="it is agreed already" if row.agreed_on else
            "whoever offered it cannot agree to it" if own else "its last day has passed",
            next_step="Let the other side agree, or offer another",
        )  # fmt: skip
    models.WaiverConsent.objects.create(
        waiver_id=row.id, side=side.value, reason=why, by=by.name, on=on, day=day
    )
    record.write(
        by.name, f"agreed for the {side}", about=row.citation, on=on, power=power, citing=why
    )
    return waiver(citation)


@transaction.atomic
def say_followed(citation: str, said: FollowedSaid, *, side: Side, by: Who, on: datetime) -> None:
    """Say what followed an agreed level, with its source. Raises Refused before one is agreed."""
    acts = {Side.PLACE: Act.GIVE_EVIDENCE, Side.CENTRE: Act.SCORE_FOR_CENTRE}
    this = opened_for(citation, side, acts, by=by, on=on)
    what = "What followed cannot be kept"
    if said.area not in this.row.levels:
        raise Refused(
            what,
            why="no level of that area is agreed in this assessment",
            next_step="Name an area whose level is agreed",
        )
    told = said_reason(said.what, what)
    source = said_reason(said.source, what)
    models.Followed.objects.create(
        assessment_id=this.row.id, side=side.value, area=said.area.value,
        went_well=said.went_well, what=told, source=source, **this.said,
    )  # fmt: skip
    word = "as was to be expected" if said.went_well else "worse than was to be expected"
    this.write("said what followed", citing=f"{said.area}: {word}; {told}; {source}")
