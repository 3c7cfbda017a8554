"""A partnership of a made-up place, and what its secretary does on which day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewItem, NewMotion
from totalplace.participation.definitions.partnership import usual_rules
from totalplace.participation.queries import partnership as queries
from totalplace.participation.rules.partnership.members import (
    NewSeat,
    NewSitting,
    Sector,
    Standing,
)
from totalplace.participation.rules.partnership.motions import Kind
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator, Who

ADA: Final = Operator("Ada")
PLACE: Final = "wexshire"
SET_UP: Final = date(2026, 6, 1)
MEETS: Final = date(2026, 6, 15)
COUNCIL, HEALTH, VCS, RESIDENT, OBSERVER = range(1, 6)
_SEATS: Final = (
    NewSeat("Wexshire Council", Sector.AGENCY, "wex"),
    NewSeat("Wexshire health board", Sector.AGENCY, "icb"),
    NewSeat("Wexshire Volunteers", Sector.VOLUNTARY),
    NewSeat("Residents of the north", Sector.RESIDENTS),
    NewSeat("Chamber of trade", Sector.BUSINESS, standing=Standing.OBSERVER),
)
_PEOPLE: Final = ("Ann Lee", "", "Vi Cole", "Rae North", "Bo Trade")


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


@dataclass(frozen=True)
class Partners:
    """A partnership; without another secretary Ada, who runs the computer, keeps its minutes."""

    def seated(
        self, seat: int, name: str, *, officer: str = "", deputy: bool = False, by: Who = ADA
    ) -> None:
        """Somebody sits in a seat."""
        new = NewSitting(name, "Letter of its board", officer, deputy)
        actions.seat(PLACE, seat, new, by=by, on=at(SET_UP))

    def planned(self, day: date = MEETS, *, by: Who = ADA) -> int:
        """A meeting with two items on its agenda."""
        on = at(SET_UP)
        row = actions.plan_meeting(
            PLACE, title="Board", starts_at=at(day), where="Town Hall", by=by, on=on
        )
        for title in ("Family hubs", "What else we heard"):
            actions.add_item(PLACE, row.number, NewItem(title, "To advise"), by=by, on=on)
        return row.number

    def sits(self, day: date = MEETS, *, by: Who = ADA, without: Collection[int] = ()) -> int:
        """A meeting that sits, with everybody there who has somebody to sit."""
        number = self.planned(day, by=by)
        actions.call_meeting(PLACE, number, by=by, on=at(day - timedelta(days=10)))
        actions.open_meeting(PLACE, number, chair=COUNCIL, by=by, on=at(day))
        for seat in queries.partnership(PLACE).seats:
            people = seat.people(day)
            if people and seat.number not in without:
                actions.attend(
                    PLACE, number, seat=seat.number, sitting=people[0].number, by=by, on=at(day)
                )
        return number

    def moved(self, text: str, *, kind: Kind = Kind.ADVISE, seat: int = VCS, by: Who = ADA) -> int:
        """A motion that the volunteers moved."""
        new = NewMotion(kind, text)
        return actions.move(PLACE, 1, 1, new, seat=seat, by=by, on=at(MEETS)).number

    def put_to_the_vote(self, text: str, *, by: Who = ADA) -> int:
        """A motion that is being voted on."""
        number = self.moved(text, by=by)
        actions.second(PLACE, number, seat=RESIDENT, by=by, on=at(MEETS))
        actions.put(PLACE, number, by=by, on=at(MEETS))
        return number


def a_partnership(*, health: str = "Hal Ward") -> Partners:
    """A partnership of a council, a health board, volunteers and residents; traders look on."""
    day = at(date(2026, 1, 1))
    places.register_place(PLACE, name="Wexshire", by=ADA, on=day)
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"), ("icb", "Wexshire health board", "nhs-board"),
    ):  # fmt: skip
        places.register_agency(code, name=name, kind=kind, by=ADA, on=day)
        places.join_place(PLACE, code, by=ADA, on=day)
    actions.set_up(
        PLACE, name="Wexshire Together", purpose="To see all that is spent here",
        accountable="wex", by=ADA, on=at(SET_UP),
    )  # fmt: skip
    terms = replace(usual_rules(SET_UP, "Terms of reference, part 3"), quorum_seats=3)
    actions.set_rules(PLACE, terms, by=ADA, on=at(SET_UP))
    for new, person in zip(_SEATS, _PEOPLE, strict=True):
        seat = actions.add_seat(PLACE, new, by=ADA, on=at(SET_UP))
        if person or health:
            sitting = NewSitting(person or health, "Annual meeting")
            actions.seat(PLACE, seat.number, sitting, by=ADA, on=at(SET_UP))
    return Partners()
