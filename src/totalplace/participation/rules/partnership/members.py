"""Who sits in a partnership: seats of organisations or persons, and who sits in them when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused

LONGEST: Final = 300  # letters of a name or a title


class Sector(StrEnum):
    """From which part of the place a seat is filled."""

    AGENCY = "agency"
    BUSINESS = "business"
    VOLUNTARY = "voluntary and community"
    RESIDENTS = "residents"


def sector_of(said: str) -> Sector:
    """The sector of a name. Raises Refused for one that is none of the four."""
    if said not in list(Sector):
        raise Refused(
            f"'{said}' is no sector",
            why=f"the sectors are {', '.join(Sector)}",
            next_step="Choose one of them",
        )
    return Sector(said)


class Standing(StrEnum):
    """Whether a seat votes, or looks on and speaks."""

    VOTING = "voting"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person in a seat, from a day and perhaps to a day; an empty officer: without an account."""

    number: int
    name: str
    officer: str
    deputy: bool
    first_day: date
    last_day: date | None
    source: str  # by whom or by which minute they were appointed

    def holds(self, on: date) -> bool:
        """Whether they sit on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat: of an agency, of another organisation, or of a person for a group of residents."""

    number: int
    name: str
    sector: Sector
    agency: str  # the code of the agency, where it is one's
    standing: Standing
    weight: int  # of its vote; 1 unless the partnership weighs votes
    first_day: date
    last_day: date | None
    sittings: tuple[Sitting, ...] = ()

    @property
    def votes(self) -> bool:
        """Whether it votes."""
        return self.standing is Standing.VOTING

    def holds(self, on: date) -> bool:
        """Whether there is such a seat on a day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)

    def people(self, on: date) -> list[Sitting]:
        """Who may sit in it on a day: its member, the last said first, and then deputies."""
        here = [one for one in self.sittings if one.holds(on)] if self.holds(on) else []
        members = [one for one in reversed(here) if not one.deputy][:1]
        return members + [one for one in here if one.deputy]

    def sitting_of(self, officer: str, on: date) -> Sitting | None:
        """As what somebody with an account sits in it on a day, if they do."""
        mine = [one for one in self.people(on) if officer and one.officer == officer]
        return mine[0] if mine else None


@dataclass(frozen=True, slots=True)
class NewSeat:
    """A seat as it is asked for."""

    name: str
    sector: Sector
    agency: str = ""
    standing: Standing = Standing.VOTING
    weight: int = 1
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class NewSitting:
    """A person in a seat as it is asked for."""

    name: str
    source: str
    officer: str = ""
    deputy: bool = False
    first_day: date | None = None
    last_day: date | None = None


def check_seat(new: NewSeat, *, weighted: bool) -> None:
    """Raise Refused for a seat without a name, or whose agency, vote or term cannot be.

    An agency's seat names its agency and no other seat does. Weights are of voting seats, and only
    where the partnership's own rules weigh votes.
    """
    what = f"The seat {new.name.strip()[:40]!r} cannot be made"
    if not new.name.strip():
        raise Refused(what, why="it has no name", next_step="Name the organisation or the post")
    check_short(what, new.name)
    if (new.sector is Sector.AGENCY) != bool(new.agency):
        raise Refused(
            what,
            why="a seat of the sector 'agency' is of an agency, and no other seat is",
            next_step="Name the agency, or choose another sector",
        )
    if not 1 <= new.weight <= 1000 or (new.weight != 1 and not weighted):
        raise Refused(
            what,
            why="this partnership counts each voting seat as one"
            if not weighted
            else "a weight is a whole number from 1 to 1,000",
            next_step="Give the weight 1, or change the partnership's rules first",
        )
    if new.standing is Standing.OBSERVER and new.weight != 1:
        raise Refused(what, why="an observer has no vote to weigh", next_step="Leave the weight 1")
    _check_term(what, new.first_day, new.last_day)


def check_sitting(new: NewSitting, seat: Seat, *, on: date) -> None:
    """Raise Refused for nobody, for a deputy or member without a source, and for a lost seat."""
    what = f"Nobody can be put in the seat of {seat.name} so"
    if not new.name.strip():
        raise Refused(what, why="it is not said who it is", next_step="Give their name")
    check_short(what, new.name)
    if not new.source.strip():
        raise Refused(
            what,
            why="it is not said by whom they were appointed",
            next_step="Name the minute, the letter or the election",
        )
    if not seat.holds(new.first_day or on):
        raise Refused(
            what,
            why=f"there is no such seat on {in_words(new.first_day or on)}",
            next_step="Give a day within the seat's term",
        )
    _check_term(what, new.first_day, new.last_day)


def _check_term(what: str, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        why = f"{in_words(last)} is before {in_words(first)}"
        raise Refused(what, why=why, next_step="Give the first day and then the last")


def check_short(what: str, *names: str) -> None:
    """Raise Refused for a name or a title that is longer than a line."""
    if any(len(name.strip()) > LONGEST for name in names):
        raise Refused(
            what,
            why=f"a name or a title has at most {LONGEST} letters",
            next_step="Say it shorter, and the rest in the words below it",
        )


def seat_of(number: int, seats: Sequence[Seat]) -> Seat:
    """The seat of a number. Raises Refused where there is none."""
    for seat in seats:
        if seat.number == number:
            return seat
    raise Refused(
        f"There is no seat {number}",
        why="the partnership has none of that number",
        next_step="See who sits on the partnership's page",
    )


def seats_of(officer: str, seats: Sequence[Seat], *, on: date) -> list[Seat]:
    """The seats in which somebody with an account may sit on a day."""
    return [seat for seat in seats if seat.sitting_of(officer, on)]
