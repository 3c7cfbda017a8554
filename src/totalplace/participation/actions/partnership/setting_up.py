"""Setting up a partnership: its rules, its seats, and who sits in them from when to when."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.participation import models
from totalplace.participation.actions.partnership.opening import as_secretary, one_at_a_time
from totalplace.participation.definitions.partnership import usual_rules
from totalplace.participation.queries.partnership.who import (
    PartnershipRow,
    partnership,
    partnership_if_any,
)
from totalplace.participation.rules.partnership.meetings import Verb
from totalplace.participation.rules.partnership.members import (
    NewSeat,
    NewSitting,
    Seat,
    check_seat,
    check_short,
    check_sitting,
    seat_of,
)
from totalplace.participation.rules.partnership.own_rules import OwnRules, check_own_rules
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

_USUAL = "The usual rules, until it sets its own"


@transaction.atomic
def set_up(
    place: str, *, name: str, purpose: str, accountable: str, by: Who, on: datetime
) -> PartnershipRow:
    """Set up the partnership of a place; it starts with the usual rules, until it sets its own.

    Raises Refused where there is one, and for an accountable body that is no member of the place:
    a partnership is no body in law, so one that is has to answer its advice.
    """
    where, body = places.place(place), places.agency(accountable)
    power = places.power(by, Act.SET_UP_PARTNERSHIP, place=place, on=on)
    one_at_a_time()
    what = f"The partnership of {where.name} cannot be set up"
    if partnership_if_any(place) is not None:
        raise Refused(what, why="it has one", next_step="Set its rules and its seats")
    if not name.strip() or not purpose.strip():
        raise Refused(
            what,
            why="it has no name, or it is not said what it is for",
            next_step="Give both in a line",
        )
    check_short(what, name)
    if body.code not in {m.agency.code for m in places.members(place, on=local_day(on))}:
        raise Refused(
            what,
            why=f"{body.name} is no member of {where.name}",
            next_step="Name the body that answers for the money there",
        )
    made = models.Partnership.objects.create(
        place_id=where.id, name=name.strip(), purpose=purpose.strip(), accountable_id=body.id,
        by=by.name, on=on,
    )  # fmt: skip
    _keep_rules(made.pk, usual_rules(local_day(on), _USUAL), by, on)
    row = partnership(place)
    record.write(
        by.name, "set up a partnership", about=row.citation, on=on, power=power,
        citing=f"{row.name}; advises {body.code}",
    )  # fmt: skip
    return row


@transaction.atomic
def set_rules(place: str, rules: OwnRules, *, by: Who, on: datetime) -> PartnershipRow:
    """Say by which rules a partnership goes from a day on; earlier ones stay for the days before.

    Raises Refused for rules that could not be kept, and for a day on or before one on which a
    meeting was opened: they would change what its votes meant.
    """
    this = as_secretary(place, by=by, on=on)
    check_own_rules(rules)
    opened = models.MeetingMove.objects.filter(
        meeting__partnership_id=this.row.id, verb=Verb.OPEN.value
    )
    last = opened.order_by("-meeting__starts_at").select_related("meeting").first()
    if last is not None and local_day(last.meeting.starts_at) >= rules.first_day:
        raise Refused(
            f"These rules cannot begin on {in_words(rules.first_day)}",
            why=f"a meeting went by others on {in_words(local_day(last.meeting.starts_at))}",
            next_step="Let them begin on a later day",
        )
    _keep_rules(this.row.id, rules, by, on)
    this.write(
        "set rules",
        about=this.row.citation,
        citing=f"from {rules.first_day}: {rules.source.strip()}",
    )
    return partnership(place)


def _keep_rules(partnership_id: int, rules: OwnRules, by: Who, on: datetime) -> None:
    said = {**asdict(rules), "source": rules.source.strip()}
    said |= {"majority": rules.majority.value, "tie": rules.tie.value}
    models.PartnershipRules.objects.create(partnership_id=partnership_id, by=by.name, on=on, **said)


@transaction.atomic
def add_seat(place: str, new: NewSeat, *, by: Who, on: datetime) -> Seat:
    """Make a seat in a partnership. Raises Refused for one that cannot be, or that there is."""
    this = as_secretary(place, by=by, on=on)
    first = new.first_day or this.day
    check_seat(new, weighted=this.row.rules_on(max(first, this.day)).weighted)
    agency = places.agency(new.agency) if new.agency else None
    for seat in this.row.seats_on(first):
        if seat.name.casefold() == new.name.strip().casefold():
            raise Refused(
                f"The seat {new.name.strip()!r} cannot be made",
                why=f"seat {seat.number} has that name",
                next_step="Say in its name whose it is",
            )
    made = models.Seat.objects.create(
        partnership_id=this.row.id, number=len(this.row.seats) + 1, name=new.name.strip(),
        sector=new.sector.value, agency_id=agency.id if agency else None,
        standing=new.standing.value, weight=new.weight, first_day=first, last_day=new.last_day,
        by=by.name, on=on,
    )  # fmt: skip
    said = f"seat {made.number}: {made.name}, {made.sector}, {made.standing}"
    this.write("made a seat", about=this.row.citation, citing=said)
    return seat_of(made.number, partnership(place).seats)


@transaction.atomic
def seat(
    place: str, number: int, new: NewSitting, *, contact: str = "", by: Who, on: datetime
) -> Seat:
    """Say who sits in a seat from a day on, as its member or a deputy.

    Who sits is public; how to reach them is kept apart, can be erased, and is never on the record.
    Raises Refused for nobody, without a source, and for an officer that there is not.
    """
    this = as_secretary(place, by=by, on=on)
    found = seat_of(number, this.row.seats)
    check_sitting(new, found, on=this.day)
    officer = places.officer(new.officer).code if new.officer else ""
    made = models.Sitting.objects.create(
        seat=models.Seat.objects.get(partnership_id=this.row.id, number=number),
        name=new.name.strip(), officer=officer, deputy=new.deputy,
        first_day=new.first_day or this.day, last_day=new.last_day, source=new.source.strip(),
        by=by.name, on=on,
    )  # fmt: skip
    if contact.strip():
        models.SittingContact.objects.create(sitting=made, words=contact.strip())
    how = "deputy in" if new.deputy else "member in"
    said = f"{how} seat {number}, {found.name}, from {made.first_day}: {made.source}"
    this.write("seated", about=this.row.citation, citing=said)
    return seat_of(number, partnership(place).seats)


@transaction.atomic
def set_contact(place: str, sitting: int, words: str, *, by: Who, on: datetime) -> None:
    """Keep how to reach somebody who sits, or erase it (no words). Refused: a stranger."""
    this = as_secretary(place, by=by, on=on)
    if not any(one.number == sitting for seat in this.row.seats for one in seat.sittings):
        raise Refused(
            "There is nobody to reach",
            why="nobody of that number sits in this partnership",
            next_step="See who sits on the partnership's page",
        )
    models.SittingContact.objects.filter(sitting_id=sitting).delete()
    if words.strip():
        models.SittingContact.objects.create(sitting_id=sitting, words=words.strip())
    verb = "kept how to reach a member" if words.strip() else "erased how to reach a member"
    this.write(verb, about=this.row.citation)


@transaction.atomic
def end_seat(
    place: str, number: int, *, last_day: date, reason: str, sitting: int | None = None, by: Who,
    on: datetime,
) -> Seat:  # fmt: skip
    """End a seat, or only somebody's sitting in it, on a day; what it did before stands.

    Raises Refused without a reason, for a day before the act, and for one after it ends anyway.
    """
    this = as_secretary(place, by=by, on=on)
    found = seat_of(number, this.row.seats)
    one = next((s for s in found.sittings if s.number == sitting), None)
    what = f"The seat {found.name} cannot be ended so"
    ends = one.last_day if one else found.last_day
    if not reason.strip() or (sitting is not None and one is None):
        raise Refused(what, why="it is not said why, or of whom", next_step="Say both in a line")
    if last_day < this.day or (ends is not None and last_day >= ends):
        raise Refused(
            what,
            why=f"{in_words(last_day)} has gone, or it ends by then anyway",
            next_step="Give today or a later day within its term",
        )
    models.SeatEnd.objects.create(
        seat=models.Seat.objects.get(partnership_id=this.row.id, number=number),
        sitting_id=sitting, last_day=last_day, reason=reason.strip(), by=by.name, on=on,
    )  # fmt: skip
    whose = f"{one.name} in seat {number}" if one else f"seat {number}"
    said = f"{whose}, after {last_day}: {reason.strip()}"
    this.write("ended a term", about=this.row.citation, citing=said)
    return seat_of(number, partnership(place).seats)
