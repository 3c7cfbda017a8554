"""Which edition an address names, who may read it, and the addresses below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urlencode

from django.http import Http404

from totalplace.count.definitions.whole_place import deflator, natures
from totalplace.count.queries.editions import EditionRow, edition_named, editions
from totalplace.count.queries.opened import Opened, opened
from totalplace.count.rules.standing import Standing
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors import records
from totalplace.doors.report.whole.asked import EditionShown, Report, Titles
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import PlaceRow
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused
from totalplace.sources.home import Home


def home() -> Home:
    """Where files and editions stand."""
    return Home(records.home_folder())


def was_signed_off(row: EditionRow) -> bool:
    """Whether an edition was ever signed off, and so is for everybody to read."""
    return any(move.after is Standing.SIGNED_OFF for move in row.moves)


@dataclass(frozen=True)
class Reading:
    """An edition that is being read."""

    row: EditionRow
    opened: Opened
    later: EditionRow | None = None  # of the same year, that the reader may read too

    @property
    def whole(self) -> WholePlace:
        """The count as it was frozen."""
        return self.opened.whole

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return was_signed_off(self.row)

    @cached_property
    def report(self) -> Report:
        """The count with the titles that were frozen with it, for tables and pictures."""
        titles = Titles(self.opened.services, natures(), deflator())
        said = tuple(
            f"{move.verb}{f' by {move.agency}' if move.agency else ''}: {move.reason}"
            for move in self.row.moves
        )
        shown = EditionShown(
            self.row.citation, self.row.digest, self.row.standing.value, self.row.by,
            self.row.on.date(), said,
        )  # fmt: skip
        return Report(self.whole, titles, edition=shown)

    @property
    def base(self) -> str:
        """The address of the edition."""
        return address(self.row)

    def to(self, *parts: str) -> str:
        """The address of a view below the edition."""
        return self.base + "".join(f"{quote(part, safe='')}/" for part in parts if part)

    def explain(self, **keys: str) -> str:
        """The address at which a number is explained; keys say which lines it adds up."""
        said = {key: value for key, value in keys.items() if value}
        return f"{self.base}explain/?{urlencode(said)}"


def address(row: EditionRow) -> str:
    """The address of an edition."""
    return f"/count/{quote(row.place, safe='')}/{row.year}/{row.number}/"


def place_named(code: str) -> PlaceRow:
    """The place of a code, or a page that says that there is none."""
    try:
        return places.place(code)
    except Refused as refused:
        raise Http404(str(refused)) from refused


def readable(place: str, by: Who | None, on: datetime) -> list[EditionRow]:
    """The editions of a place that somebody may read: by year, the latest of a year last."""
    everything = may_read_all(place, by, on)
    return [row for row in editions(place) if everything or was_signed_off(row)]


def may_read_all(place: str, by: Who | None, on: datetime) -> bool:
    """Whether somebody may read editions of a place that were never signed off."""
    return places.may(by, Act.READ_UNPUBLISHED, place=place, on=on)


def edition_read(place: str, year: str, number: int, by: Who | None, on: datetime) -> Reading:
    """An edition, opened. One that is not to be read is said not to be there: a 404.

    Raises Refused where its files are gone.
    """
    try:
        row = edition_named(f"{place}/{year}/{number}")
    except Refused as refused:
        raise Http404(str(refused)) from refused
    if not was_signed_off(row) and not may_read_all(place, by, on):
        raise Http404("There is no such edition, or it is not published.")
    later = [r for r in readable(place, by, on) if r.year == row.year and r.number > row.number]
    return Reading(row, opened(home(), row), later[-1] if later else None)


def latest(rows: Sequence[EditionRow], year: str = "") -> EditionRow | None:
    """The last edition of a year, or of the last year, among some; one signed off before others."""
    of_year = [row for row in rows if not year or row.year == year]
    if not of_year:
        return None
    signed = [row for row in of_year if was_signed_off(row)]
    return max(signed or of_year, key=lambda r: (FinancialYear.parse(r.year).start, r.number))
