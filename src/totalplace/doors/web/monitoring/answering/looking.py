"""Answers to the findings of a place: who owes what by when, both sides side by side.

Nobody has to sign in to read any of it, and both sides read the same at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.definitions.reading import proclaimed
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now, show, who
from totalplace.monitoring.queries import answering as queries
from totalplace.monitoring.queries.answering import ResponseRow
from totalplace.monitoring.rules.answering import DONE, WORDS, verbs
from totalplace.monitoring.rules.answering_told import (
    SIDES,
    ClockTold,
    clock_told,
    on_time_told,
)
from totalplace.monitoring.rules.clocks import Clock
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words and the address of its form."""

    words: str
    href: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class SideShown:
    """One side of a response: whose it is, and everything it owes or owed."""

    called: str
    owner: str
    agency: str
    clocks: tuple[ClockTold, ...]

    @property
    def late(self) -> bool:
        """Whether anything of it is late or came late."""
        return any(clock.late for clock in self.clocks)


@dataclass(frozen=True, slots=True)
class Shown:
    """A response with its two sides, and what both owe together."""

    row: ResponseRow
    place_side: SideShown
    centre_side: SideShown
    both: tuple[ClockTold, ...]
    href: str


def today() -> date:
    """The day in England."""
    return local_day(now())


@require_safe
def of_place(request: HttpRequest, place: str) -> HttpResponse:
    """Every response of a place, open ones first, and how each side keeps its days."""
    here, on = the_place(place), today()
    rows = queries.worst_first(queries.responses(place), on)
    said = {
        "place": here,
        "open": [shown(row, on, owed_now=True) for row in rows if row.open],
        "closed": [shown(row, on) for row in rows if not row.open],
        "on_time": [
            (SIDES[one.side], on_time_told(one), one) for one in queries.on_time(place, on=on)
        ],
        "may_send_on": places.may(who(request), Act.SET_WATCH, place=place, on=on),
    }
    return show(request, "monitoring/answering/place.html", said)


@require_safe
def one(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One response: its two owners, what each owes, the remedy, and its whole course."""
    row, on, by = the_response(place, number), today(), who(request)
    said = {
        "shown": shown(row, on),
        "row": row,
        "remedy": row.remedy,
        "names": {side: row.owners.name(side) for side in Side},
        "moves": list(reversed(row.moves)),
        "done": DONE,
        "sides": SIDES,
        "choices": choices(row, by, on),
    }
    return show(request, "monitoring/answering/response.html", said)


def shown(row: ResponseRow, on: date, *, owed_now: bool = False) -> Shown:
    """A response side by side; `owed_now` leaves out what was answered."""
    clocks = [one for one in row.clocks if one.runs(on) or not owed_now]
    return Shown(
        row,
        _side(row, Side.PLACE, clocks, on),
        _side(row, Side.CENTRE, clocks, on),
        _told((one for one in clocks if one.side is None), on),
        f"/monitoring/{row.place}/answers/{row.number}/",
    )


def _side(row: ResponseRow, side: Side, clocks: Iterable[Clock], on: date) -> SideShown:
    agency = row.owners.agency(side)
    return SideShown(
        SIDES[side],
        row.owners.name(side),
        places.agency(agency).name if agency else "",
        _told((one for one in clocks if one.side is side), on),
    )


def _told(clocks: Iterable[Clock], on: date) -> tuple[ClockTold, ...]:
    return tuple(clock_told(one, on, proclaimed()) for one in clocks)


def choices(row: ResponseRow, by: Officer | None, on: date) -> list[Choice]:
    """What somebody can do in a response, from the one table of moves."""
    found: list[Choice] = []
    for side in queries.sides_of(row, by, on=on) if by else ():
        for verb in verbs(row.course, side, on=on, proclaimed=proclaimed()):
            href = f"/monitoring/{row.place}/answers/{row.number}/{slug(str(verb))}/"
            found.append(Choice(WORDS[verb], href, main=not found))
    return found


def slug(words: str) -> str:
    """A verb in an address."""
    return words.replace(" ", "-")


def the_place(code: str) -> places.PlaceRow:
    """A place, or a 404."""
    if not code_is_sound(code):
        raise Http404
    try:
        return places.place(code)
    except Refused:
        raise Http404 from None


def the_response(place: str, number: int) -> ResponseRow:
    """A response, or a 404."""
    the_place(place)
    try:
        return queries.response(place, number)
    except Refused:
        raise Http404 from None
