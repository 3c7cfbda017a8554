"""What stands on pages of a partnership: names as they may be shown, tags, whole-place tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404

from totalplace.doors.report.whole import grouping
from totalplace.doors.web.count.opening import edition_read
from totalplace.participation.queries.partnership import PartnershipRow
from totalplace.participation.rules.partnership import advice, meetings, motions
from totalplace.participation.rules.partnership.members import Seat
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

STAGES: Final[Mapping[meetings.Stage, tuple[str, str]]] = {  # words and the colour of a tag
    meetings.Stage.PLANNED: ("planned", "grey"),
    meetings.Stage.CALLED: ("called", "blue"),
    meetings.Stage.OPEN: ("sitting now", "green"),
    meetings.Stage.CLOSED: ("held", "yellow"),
    meetings.Stage.DRAFTED: ("minutes drafted", "yellow"),
    meetings.Stage.APPROVED: ("minutes approved", "green"),
    meetings.Stage.CANCELLED: ("cancelled", "grey"),
}
RESULTS: Final[Mapping[motions.Stage, str]] = {
    motions.Stage.MOVED: "blue",
    motions.Stage.SECONDED: "blue",
    motions.Stage.VOTING: "purple",
    motions.Stage.CARRIED: "green",
    motions.Stage.AGREED: "green",
    motions.Stage.LOST: "red",
    motions.Stage.WITHDRAWN: "grey",
    motions.Stage.LAPSED: "grey",
}
WAITS: Final[Mapping[advice.Standing, str]] = {
    advice.Standing.WAITING: "blue",
    advice.Standing.OVERDUE: "red",
    advice.Standing.ANSWERED: "green",
}
_PAGES: Final = {
    "edition": "/count/{}/",
    "decision": "/decisions/{}/",
    "hearing": "/participation/{}/",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Seats and people as a reader may know them.

    Where a partnership keeps its membership private, a reader sees sectors and sums, and neither
    seats nor names; what it said and how the votes came out stays public.
    """

    seats: Mapping[int, Seat]
    shown: bool

    def seat(self, number: int | None) -> str:
        """A seat by its name, or as a member of its sector."""
        found = self.seats.get(number or 0)
        if found is None:
            return ""
        return found.name if self.shown else f"a member ({found.sector})"

    def person(self, name: str) -> str:
        """Somebody by their name, or nothing."""
        return name if self.shown else ""


def names_for(row: PartnershipRow, *, members_public: bool, inside: bool) -> Names:
    """The names for a reader; whoever sits in the partnership or keeps its minutes sees all."""
    return Names({seat.number: seat for seat in row.seats}, members_public or inside)


def address_of(cites: Citation | None) -> str:
    """Where what is cited can be read; empty where there is no page for it."""
    if cites is None:
        return ""
    if cites.kind == "offer":
        place, _, number = cites.id.rpartition("/")
        return f"/participation/partnership/{place}/#offer-{number}"
    return _PAGES.get(cites.kind, "").format(cites.id)


@dataclass(frozen=True, slots=True)
class OfAgency:
    """What an agency spends for the place, in pence; None: not known."""

    name: str
    pence: int | None
    href: str


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """All public spending in a place by an edition of the count, agency by agency."""

    title: str
    href: str
    agencies: tuple[OfAgency, ...]
    total_pence: int
    not_known: int  # agencies of which no sum is known, left out of the total


def on_the_table(cites: Citation | None, *, by: Who | None, on: datetime) -> OnTheTable | None:
    """The whole-place table of the edition that is cited; None where it is not to be read."""
    if cites is None or cites.kind != "edition":
        return None
    parts = cites.id.split("/")
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 9:
        return None
    try:
        reading = edition_read(parts[0], parts[1], int(parts[2]), by, on)
    except (Http404, Refused):
        return None
    rows = tuple(
        OfAgency(one.lines[0].agency_name, one.pence, reading.to("agencies", one.name))
        for one in grouping.by_agency(reading.whole.lines)
    )
    return OnTheTable(
        title=f"{reading.whole.place_name}, {reading.whole.year}",
        href=reading.base,
        agencies=rows,
        total_pence=sum(one.pence or 0 for one in rows),
        not_known=sum(one.pence is None for one in rows),
    )
