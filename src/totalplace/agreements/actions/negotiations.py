"""Opening a negotiation, accepting an offer, ending it, and agreeing to publish what was made."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.stepping import (
    keep,
    next_step,
    one_at_a_time,
    opened,
    said_reason,
    write,
)
from totalplace.agreements.definitions.reading import model as model_of
from totalplace.agreements.queries.negotiations import NegotiationRow, negotiation
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.queries.weighing import signed_off
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.moves import Verb
from totalplace.agreements.rules.offers import (
    Opening,
    centre_may_set_targets,
    check_text,
    digest_of,
    text_of,
)
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

_LONGEST: Final = 300  # letters of a title
_MOST_YEARS: Final = 20
_DEPARTMENT: Final = "department"  # the kind of agency that stands for the centre


@transaction.atomic
def open_negotiation(opening: Opening, *, by: Who, on: datetime) -> NegotiationRow:
    """Open a negotiation of a place with departments, about some years, under a model.

    The day of opening is put in here. Raises Refused where the host does not belong to the place,
    where the edition of the count was not signed off, and where a department is none.
    """
    named = opening.departments
    power = power_of(Side.PLACE, place=opening.place, departments=named, by=by, on=on)
    day = local_day(on)
    if opening.edition and signed_off(opening.edition).place != opening.place:
        raise _cannot(f"edition {opening.edition} is of another place", "Choose one of this place")
    if opening.host not in {one.agency.code for one in places.members(opening.place, on=day)}:
        raise _cannot(
            f"{places.agency(opening.host).name} does not belong to the place",
            "Choose an agency that does",
        )
    row = kept(replace(opening, opened=day.isoformat()), by=by, on=on)
    record.write(
        by.name, "opened", about=row.citation, on=on, power=power,
        citing=f"{row.title}, {row.years}; model {opening.model}; with {', '.join(named)}",
    )  # fmt: skip
    return row


def kept(opening: Opening, *, by: Who, on: datetime) -> NegotiationRow:
    """Keep an opening, within its act's transaction. Raises Refused for one that cannot stand."""
    held = model_of(opening.model)
    _check(opening)
    one_at_a_time()
    text = text_of(opening)
    check_text(text)
    if models.Negotiation.objects.filter(digest=digest_of(text)).exists():
        raise _cannot("it is open already", "Go on with that one, or give it another title")
    row = models.Negotiation.objects.create(
        number=models.Negotiation.objects.count() + 1,
        place_id=places.place(opening.place).id,
        host_id=places.agency(opening.host).id,
        model=held.code,
        title=opening.title,
        centre_may_set_targets=centre_may_set_targets(held),
        text=text,
        digest=digest_of(text),
        by=by.name,
        on=on,
    )
    for code in opening.departments:
        agency = places.agency(code)
        if agency.kind != _DEPARTMENT:
            raise _cannot(f"{agency.name} is no department", "Name departments of government")
        models.NegotiationDepartment.objects.create(negotiation=row, agency_id=agency.id)
    return negotiation(row.number)


@transaction.atomic
def accept(number: int, side: Side, *, reason: str, by: Who, on: datetime) -> NegotiationRow:
    """Accept the other side's last offer as it stands. Nobody accepts their own."""
    this = opened(number, side, by=by, on=on)
    step = next_step(this, Verb.ACCEPT, reason=said_reason(reason))
    keep(this, step)
    write(this, "accepted", citing=f"offer {step.number}, for the {side}; {reason.strip()}")
    return negotiation(number)


@transaction.atomic
def end(number: int, side: Side, *, reason: str, by: Who, on: datetime) -> NegotiationRow:
    """End a negotiation without agreement. Either side may, and says why."""
    this = opened(number, side, by=by, on=on)
    keep(this, next_step(this, Verb.END, reason=said_reason(reason)))
    write(this, "ended", citing=f"for the {side}; {reason.strip()}")
    return negotiation(number)


@transaction.atomic
def agree_to_publish(number: int, side: Side, *, by: Who, on: datetime) -> NegotiationRow:
    """Agree, for a side, that anybody may read the offers made so far, once the other agrees too.

    Raises Refused where none was made, or the side has agreed to all of them already.
    """
    this = opened(number, side, by=by, on=on)
    turn = len(this.row.steps)
    mine = models.PublishConsent.objects.filter(negotiation_id=this.row.id, side=side.value)
    if not turn or mine.filter(turn=turn).exists():
        raise Refused(
            "There is nothing more to publish",
            why="no offer was made" if not turn else f"the {side} has agreed to that already",
            next_step="Wait for an offer" if not turn else "Ask the other side to agree too",
        )
    models.PublishConsent.objects.create(
        negotiation_id=this.row.id, side=side.value, turn=turn, by=by.name, on=on
    )
    write(this, "agreed to publish", citing=f"every step up to {turn}, for the {side}")
    return negotiation(number)


def _check(opening: Opening) -> None:
    if not opening.title.strip() or len(opening.title) > _LONGEST:
        raise _cannot(
            "it has no title, or one of more than 300 letters", "Give a title in a few words"
        )
    if not 1 <= opening.last_year - opening.first_year + 1 <= _MOST_YEARS:
        raise _cannot(
            f"its last year is before its first, or it is for more than {_MOST_YEARS} years",
            "Give the first year and the last, such as 2027-28 and 2029-30",
        )
    if not opening.departments or len(set(opening.departments)) != len(opening.departments):
        raise _cannot("no department is named, or one is named twice", "Name each one once")


def _cannot(why: str, next_step: str) -> Refused:
    return Refused("The negotiation cannot be opened", why=why, next_step=next_step)
