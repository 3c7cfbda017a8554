"""Opening the partnership or a meeting to act on it: what every verb here shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace.decisions.rules.days import local_day
from totalplace.participation.queries.partnership.meetings import meeting_of
from totalplace.participation.queries.partnership.who import PartnershipRow, partnership
from totalplace.participation.rules.partnership.members import Seat, Sitting, seat_of, seats_of
from totalplace.participation.rules.partnership.seen import Meeting
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Opened:
    """A partnership on which nobody else acts meanwhile, and under which power it is acted on."""

    row: PartnershipRow
    by: Who
    on: datetime
    power: str

    @property
    def day(self) -> date:
        """The day of the act, in England."""
        return local_day(self.on)

    def write(self, verb: str, *, about: Citation, citing: str = "") -> None:
        """Put an act on the record."""
        record.write(self.by.name, verb, about=about, on=self.on, power=self.power, citing=citing)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for which seat, and under which power."""

    seat: Seat
    sitting: Sitting
    power: str

    @property
    def name(self) -> str:
        """The person."""
        return self.sitting.name


def one_at_a_time() -> None:
    """Wait for other writers of the partnership, until this transaction ends."""
    take_turn("totalplace.participation")


def as_secretary(place: str, *, by: Who, on: datetime) -> Opened:
    """The partnership for whoever sets it up and keeps its minutes. Raises Refused for others."""
    one_at_a_time()
    row = partnership(place)
    power = places.power(by, Act.SET_UP_PARTNERSHIP, place=place, on=on)
    return Opened(row, by, on, power)


def speaking(
    place: str, number: int, seat: int | None, *, by: Who, on: datetime
) -> tuple[Opened, Meeting, Speaker]:
    """A meeting, and who speaks in it for which seat. Raises Refused where they may not.

    A member with an account speaks for their own seat and nobody speaks for them. For a seat whose
    member has no account the secretary enters what was said in the room.
    """
    one_at_a_time()
    row = partnership(place)
    this = meeting_of(row, number)
    said = speaker(row, this, seat, by=by, on=on)
    return Opened(row, by, on, said.power), this, said


def speaker(
    row: PartnershipRow, this: Meeting, seat: int | None, *, by: Who, on: datetime
) -> Speaker:
    """Who speaks for which seat in a meeting; with no seat said, for their own."""
    mine = seats_of(by.code, row.seats, on=this.day) if isinstance(by, Officer) else []
    if seat is None:
        if not mine:
            raise Refused(
                f"{by.name} cannot speak in this meeting",
                why="no seat of the partnership is theirs on its day",
                next_step="Ask the secretary, who says who sits in which seat",
            )
        there = [one for one in mine if one.number in this.present]
        seat = (there or mine)[0].number
    chosen = seat_of(seat, row.seats)
    sitting = chosen.sitting_of(by.name, this.day) if isinstance(by, Officer) else None
    if sitting is not None:
        power = places.power(by, Act.MOVE_MOTION, place=row.place, on=on)
        return Speaker(chosen, _there(this, chosen, sitting), power)
    return _entered(row, this, chosen, by=by, on=on)


def _there(this: Meeting, seat: Seat, sitting: Sitting) -> Sitting:
    """The sitting, or Refused where another of the same seat is there for it."""
    found = this.present.get(seat.number)
    if found is not None and found.sitting != sitting.number:
        raise Refused(
            f"{sitting.name} cannot speak for {seat.name} now",
            why=f"{found.name} is there for it",
            next_step="Have the secretary mark who is there",
        )
    return sitting


def _entered(row: PartnershipRow, this: Meeting, seat: Seat, *, by: Who, on: datetime) -> Speaker:
    """Who is there for a seat, for whom the secretary enters what they say."""
    power = places.power(by, Act.SET_UP_PARTNERSHIP, place=row.place, on=on)
    found = this.present.get(seat.number)
    people = seat.people(this.day)
    if found is not None:
        people = [one for one in people if one.number == found.sitting]
    if not people:
        raise Refused(
            f"Nobody can speak for {seat.name}",
            why="nobody sits in it on the day of the meeting",
            next_step="Say who sits in it first",
        )
    if people[0].officer and isinstance(by, Officer):
        raise Refused(
            f"{by.name} cannot speak for {seat.name}",
            why=f"{people[0].name} has an account, and speaks with it",
            next_step=f"Ask {people[0].name} to sign in",
        )
    return Speaker(seat, people[0], power)
