"""Which editions there are, where each stands, and what they say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from totalplace.count import models
from totalplace.count.rules.standing import Standing
from totalplace.count.rules.whole_place.frozen import Plain
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused
from totalplace.sources.home import Home

BESIDE: Final = "beside.json"  # what stands beside an edition's text


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A decision about an edition."""

    verb: str
    after: Standing
    agency: str
    reason: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class EditionRow:
    """A frozen count, and where it stands."""

    id: int
    place: str
    year: str
    number: int
    digest: str
    by: str
    on: datetime
    standing: Standing
    moves: tuple[MoveRow, ...]

    @property
    def citation(self) -> str:
        """Its name on the record: place/year/number."""
        return f"{self.place}/{self.year}/{self.number}"


def edition(edition_id: int) -> EditionRow:
    """The edition of an id. Raises Refused where there is none."""
    row = models.Edition.objects.select_related("place").filter(pk=edition_id).first()
    if row is None:
        raise _no_edition(str(edition_id))
    return _row(row)


def edition_named(citation: str) -> EditionRow:
    """The edition of a name (place/year/number), or of the beginning of a hash. Raises Refused."""
    place, _, rest = citation.partition("/")
    year, _, number = rest.partition("/")
    rows = models.Edition.objects.select_related("place")
    if number.isdecimal():
        try:
            start = FinancialYear.parse(year).start
        except ValueError as error:
            raise _no_edition(citation) from error
        found = list(rows.filter(place__code=place, year_start=start, number=int(number)))
    else:
        found = list(rows.filter(digest__startswith=citation.lower())) if citation else []
    if len(found) != 1:
        raise _no_edition(citation)
    return _row(found[0])


def editions(place: str = "") -> list[EditionRow]:
    """Every edition, or those of a place: by year, the latest edition of a year last."""
    rows = models.Edition.objects.select_related("place")
    if place:
        rows = rows.filter(place__code=place)
    return [_row(row) for row in rows.order_by("place__code", "year_start", "number")]


def standing_of(edition_id: int) -> Standing:
    """Where an edition stands: provisional until something is decided."""
    last = models.Move.objects.filter(edition_id=edition_id).order_by("-turn").first()
    return Standing(last.after) if last else Standing.PROVISIONAL


def folder_of(home: Home, digest: str) -> Path:
    """Where the files of an edition stand."""
    return home.root / "editions" / digest


def frozen(home: Home, row: EditionRow) -> Plain:
    """What an edition says. Raises Refused where its files are gone."""
    return read_frozen(folder_of(home, row.digest) / "edition.json", row.citation)


def read_frozen(path: Path, citation: str) -> Plain:
    """What a file of an edition says. Raises Refused where it is gone or is no longer whole."""
    try:
        said: Plain = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = "its files are not in the home folder"
        if isinstance(error, ValueError):
            why = f"its file {path.name} was damaged"
        raise Refused(
            f"Edition {citation} cannot be read",
            why=why,
            next_step=f"Make it again with: totalplace count again {citation}",
        ) from error
    return said


def _no_edition(said: str) -> Refused:
    return Refused(
        f"There is no edition {said}",
        why="none has that name, and no one edition's hash begins so",
        next_step="See them with: totalplace count editions",
    )


def _row(row: models.Edition) -> EditionRow:
    moves = list(row.moves.select_related("agency").order_by("turn"))
    told = tuple(
        MoveRow(m.verb, Standing(m.after), m.agency.code if m.agency else "", m.reason, m.by, m.on)
        for m in moves
    )
    return EditionRow(
        id=row.pk,
        place=row.place.code,
        year=FinancialYear(row.year_start).label,
        number=row.number,
        digest=row.digest,
        by=row.by,
        on=row.on,
        standing=told[-1].after if told else Standing.PROVISIONAL,
        moves=told,
    )
