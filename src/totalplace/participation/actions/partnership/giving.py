"""What agencies give: offers of their own money, and support to civil society."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.participation import models
from totalplace.participation.actions.partnership.opening import one_at_a_time
from totalplace.participation.definitions.partnership import bases
from totalplace.participation.queries.partnership.said import offer as offer_of
from totalplace.participation.queries.partnership.support import one_support
from totalplace.participation.queries.partnership.who import partnership
from totalplace.participation.rules.partnership.offers import NewOffer, Offer, check_offer
from totalplace.participation.rules.partnership.support import (
    NewSupport,
    Support,
    SupportKind,
    check_support,
)
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused


@transaction.atomic
def offer(place: str, agency: str, new: NewOffer, *, by: Who, on: datetime) -> Offer:
    """Offer money of one's own agency in a partnership. It moves nothing: the agency itself does.

    Raises Refused for another agency's money, for an agency that is no member of the place, and
    for no sum, no purpose or a year gone by.
    """
    one_at_a_time()
    row, body = partnership(place), places.agency(agency)
    power = places.power(by, Act.OFFER_OWN_MONEY, agency=agency, on=on)
    _check_member(place, body.code, "The offer cannot be made", on)
    year = check_offer(new, today=local_day(on))
    number = models.MoneyOffer.objects.filter(partnership_id=row.id).count() + 1
    models.MoneyOffer.objects.create(
        partnership_id=row.id, number=number, agency_id=body.id, pence=new.pence, year=year,
        from_what=new.from_what.strip(), to_what=new.to_what.strip(),
        condition=new.condition.strip(), by=by.name, on=on,
    )  # fmt: skip
    found = offer_of(f"{place}/{number}")
    record.write(
        by.name, "offered own money", about=found.citation, on=on, power=power,
        citing=f"{agency}: {found.words}",
    )  # fmt: skip
    return found


@transaction.atomic
def withdraw_offer(place: str, number: int, *, reason: str, by: Who, on: datetime) -> Offer:
    """Take back one's own agency's offer. Raises Refused without a reason, or a second time."""
    one_at_a_time()
    found = offer_of(f"{place}/{number}")
    power = places.power(by, Act.OFFER_OWN_MONEY, agency=found.agency, on=on)
    if not found.stands or not reason.strip():
        raise Refused(
            "The offer cannot be withdrawn",
            why="it was withdrawn" if not found.stands else "it is not said why",
            next_step="Make a new offer" if not found.stands else "Say it in a sentence",
        )
    models.MoneyOfferEnd.objects.create(
        offer=models.MoneyOffer.objects.get(partnership__place__code=place, number=number),
        reason=reason.strip(), by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "withdrew an offer", about=found.citation, on=on, power=power,
        citing=reason.strip(),
    )  # fmt: skip
    return offer_of(f"{place}/{number}")


@transaction.atomic
def count_support(place: str, agency: str, new: NewSupport, *, by: Who, on: datetime) -> Support:
    """Count a piece of an agency's support to civil society in a place, in its own currency.

    Raises Refused for an agency that is no member of the place, and for support that is of
    nothing, to nobody, over two financial years, or valued nobody knows how.
    """
    one_at_a_time()
    where, body = places.place(place), places.agency(agency)
    power = places.power(by, Act.COUNT_SUPPORT, agency=agency, place=place, on=on)
    _check_member(place, body.code, "The support cannot be counted", on)
    check_support(new, bases())
    number = models.SupportGiven.objects.filter(place_id=where.id).count() + 1
    hours = new.kind is SupportKind.VOLUNTEERING
    models.SupportGiven.objects.create(
        place_id=where.id, number=number, agency_id=body.id, kind=new.kind.value,
        organisation=new.organisation.strip(), charity=new.charity,
        pence=None if hours else new.amount, hours=new.amount if hours else None,
        basis=new.basis, first_day=new.first_day, last_day=new.last_day,
        source=new.source.strip(), by=by.name, on=on,
    )  # fmt: skip
    found = one_support(f"{place}/{number}")
    record.write(
        by.name, "counted support", about=found.citation, on=on, power=power,
        citing=f"{agency}, {new.kind}: {new.amount} {new.kind.unit} to {found.organisation}",
    )  # fmt: skip
    return found


@transaction.atomic
def take_back_support(place: str, number: int, *, reason: str, by: Who, on: datetime) -> Support:
    """Say that a piece of support was counted by mistake: it counts no more, and stays to be read.

    Raises Refused without a reason, or a second time.
    """
    one_at_a_time()
    found = one_support(f"{place}/{number}")
    power = places.power(by, Act.COUNT_SUPPORT, agency=found.agency, place=place, on=on)
    if found.taken_back or not reason.strip():
        raise Refused(
            "The support cannot be taken back",
            why="it was" if found.taken_back else "it is not said why",
            next_step="Count it anew" if found.taken_back else "Say it in a sentence",
        )
    models.SupportEnd.objects.create(
        support=models.SupportGiven.objects.get(place__code=place, number=number),
        reason=reason.strip(), by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, "took back support", about=found.citation, on=on, power=power,
        citing=reason.strip(),
    )  # fmt: skip
    return one_support(f"{place}/{number}")


def _check_member(place: str, agency: str, what: str, on: datetime) -> None:
    if agency not in {m.agency.code for m in places.members(place, on=local_day(on))}:
        raise Refused(
            what,
            why=f"{agency} is no member of {place}",
            next_step="Have it registered as a member of the place first",
        )
