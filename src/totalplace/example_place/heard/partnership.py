"""The made-up partnership debates the targets and advises; it decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from totalplace.example_place.naming import PLACE
from totalplace.money.years import FinancialYear
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem, NewMotion
from totalplace.participation.definitions.partnership import usual_rules
from totalplace.participation.queries.partnership import partnership
from totalplace.participation.rules.partnership.members import (
    NewSeat,
    NewSitting,
    Sector,
    Standing,
)
from totalplace.participation.rules.partnership.motions import Kind
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.participation.rules.partnership.support import NewSupport, SupportKind
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation

ADVICE: Final = "That safe walking and cycling to school be paid for beside the buses"
_SEATS: Final = (
    (NewSeat("Wexshire County Council", Sector.AGENCY, "EX-CC"), "Ann Lee"),
    (NewSeat("NHS Wexshire Integrated Care Board", Sector.AGENCY, "EX-IB"), "Hal Ward"),
    (NewSeat("Wexshire Volunteers", Sector.VOLUNTARY), "Vi Cole"),
    (NewSeat("Residents of the north", Sector.RESIDENTS), "Rae North"),
    (NewSeat("Wexshire Chamber of Trade", Sector.BUSINESS, standing=Standing.OBSERVER), "Bo Trade"),
)
_COUNCIL, _HEALTH, _VOLUNTEERS, _RESIDENTS = range(1, 5)


def set_up(*, by: Who, on: datetime) -> None:
    """Seats and people of the partnership, and by which rules it meets."""
    actions.set_up(
        PLACE, name="Wexshire Together", accountable="EX-CC", by=by, on=on,
        purpose="To see all that is spent in Wexshire, and to advise those who decide",
    )  # fmt: skip
    terms = replace(usual_rules(on.date(), "Terms of reference (made up)"), quorum_seats=3)
    actions.set_rules(PLACE, terms, by=by, on=on)
    for new, person in _SEATS:
        seat = actions.add_seat(PLACE, new, by=by, on=on)
        sitting = NewSitting(person, "Annual meeting (made up)")
        actions.seat(PLACE, seat.number, sitting, by=by, on=on)


def advise(about: Citation, *, by: Who, called_on: datetime, starts_at: datetime) -> None:
    """One meeting: a motion is moved and voted on with one against, and becomes advice."""
    later = starts_at + timedelta(minutes=20)
    meeting = actions.plan_meeting(
        PLACE, title="Summer meeting", starts_at=starts_at, where="County Hall", by=by, on=called_on
    ).number
    item = NewItem("Targets for attendance", "To advise the county council", cites=about)
    actions.add_item(PLACE, meeting, item, by=by, on=called_on)
    actions.call_meeting(PLACE, meeting, by=by, on=called_on)
    actions.open_meeting(PLACE, meeting, chair=_COUNCIL, by=by, on=starts_at)
    for row in partnership(PLACE).seats:
        (sits,) = row.people(starts_at.date())
        actions.attend(PLACE, meeting, seat=row.number, sitting=sits.number, by=by, on=starts_at)
    new = NewMotion(Kind.ADVISE, ADVICE, cites=about, answer_by=_answer_by(starts_at))
    motion = actions.move(PLACE, meeting, 1, new, seat=_VOLUNTEERS, by=by, on=starts_at).number
    actions.second(PLACE, motion, seat=_RESIDENTS, by=by, on=starts_at)
    actions.put(PLACE, motion, by=by, on=later)
    for seat, side in {
        _COUNCIL: "abstain", _HEALTH: "against", _VOLUNTEERS: "for", _RESIDENTS: "for",
    }.items():  # fmt: skip
        actions.vote(PLACE, motion, side, seat=seat, by=by, on=later)
    actions.close_vote(PLACE, motion, by=by, on=later)
    words = "It takes money from those who wait for help."
    actions.dissent(PLACE, motion, words, seat=_HEALTH, by=by, on=later)
    actions.close_meeting(PLACE, meeting, by=by, on=later)
    offer = NewOffer(
        120_000_00, FinancialYear(starts_at.year + 1).label, "patrols outside schools",
        "buses to school", "The county pays for the rest",
    )  # fmt: skip
    actions.offer(PLACE, "EX-PC", offer, by=by, on=later)
    grant = NewSupport(
        SupportKind.GRANT, "Wexshire Young Carers (made up)", 45_000_00,
        date(starts_at.year - 1, 4, 1), date(starts_at.year, 3, 31), "Grants register (made up)",
    )  # fmt: skip
    actions.count_support(PLACE, "EX-CC", grant, by=by, on=later)


def _answer_by(starts_at: datetime) -> date:
    return starts_at.date() + timedelta(days=90)
