"""Taking the example place in, through the same actions as a user, and holding it to its truth."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.country import AREAS
from totalplace.example_place.naming import PLACE, PLACE_NAME
from totalplace.example_place.returned import FOLDER, FORM
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Who
from totalplace.sources import actions as sources
from totalplace.sources import queries
from totalplace.sources.home import Home
from totalplace.sources.queries import ReadingRow
from totalplace.sources.returns import actions as returns
from totalplace.sources.returns.taking import ReturnAdded

LICENCE: Final = "Made up by Total Place; do with it what you like"
_RECEIVED: Final = "received_from"  # the form in which a body says what others paid it
# What is read of each table, and where its truth stands in truth.csv.
_COMPARED: Final = (
    ("rows_in", "rows_in"), ("preamble_rows", "preamble"), ("header_rows", "header"),
    ("blank_rows", "blank"), ("total_rows", "total"), ("payments", "payments"),
    ("cards", "cards"), ("commitments", "commitments"), ("faults", "faults"),
    ("sum_pence", "sum_pence"), ("cards_pence", "cards_pence"),
    ("commitments_pence", "commitments_pence"), ("negative_payments", "negatives"),
    ("duplicates_flagged", "copies"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Where what was read is not what is true."""

    table: str
    what: str
    read: int | None  # None where the table was not read at all
    true: int


def is_written(folder: Path) -> bool:
    """Whether a folder holds the whole example place: its truth is written last."""
    return (folder / "truth" / "README.txt").exists()


def take_in(
    folder: Path, *, home: Home, by: Who, on: datetime, seen: Callable[[Path], None]
) -> Iterator[sources.Added | sources.NotAdded]:
    """Register the place, its areas and its agencies and add every file that is not held yet."""
    places.load_register(sorted((folder / "register").glob("*.csv")), by=by, on=on)
    places.register_place(PLACE, name=PLACE_NAME, by=by, on=on)
    places.set_areas(PLACE, [area.gss for area in AREAS], by=by, on=on)
    for agency in AGENCIES:
        places.register_agency(
            agency.code, name=agency.name, kind=agency.kind, gss=agency.gss, by=by, on=on
        )
        places.join_place(PLACE, agency.code, by=by, on=on)
        files = sources.published([folder / "published" / agency.code])
        terms = sources.Terms(agency.code, licence=LICENCE)
        yield from sources.add(files, terms, home=home, by=by, on=on, seen=seen)


def take_in_returns(
    folder: Path, *, home: Home, by: Who, on: datetime, seen: Callable[[Path], None]
) -> Iterator[ReturnAdded | sources.NotAdded]:
    """Add every return that was sent, after `take_in`; the department's form goes into the home."""
    home.forms.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / FOLDER / "forms" / f"{FORM}.yaml", home.forms)
    files = sorted(path for path in (folder / FOLDER).glob("EX-*/*") if path.is_file())
    yield from returns.add(files, home=home, by=by, on=on, seen=seen)
    for path in sorted((folder / "received").glob("*.csv")):
        yield from returns.add(
            [path], home=home, by=by, on=on, form=_RECEIVED, agency=path.stem, seen=seen
        )


def received(folder: Path, year: str) -> dict[tuple[str, str, int | None], int]:
    """What receivers say that they got in a year such as 2023-24: payer, receiver, year to pence.

    The keys are those of `whole_place.flows.matrix`, so that payer and receiver can be compared.
    """
    start = FinancialYear.parse(year).start
    told: dict[tuple[str, str, int | None], int] = {}
    for path in sorted((folder / "received").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                if row["Financial year"] == year:
                    pence = int(Decimal(row["Received (£)"]) * 100)
                    told[row["Received from"], path.stem, start] = pence
    return told


def differences(folder: Path) -> Iterator[Difference]:
    """Every count and sum of the files that was not read as it is."""
    read = {table_of(row): row for row in queries.readings(agencies=[a.code for a in AGENCIES])}
    with (folder / "truth" / "truth.csv").open(encoding="utf-8", newline="") as table:
        for true in csv.DictReader(table):
            name = Path(true["file"]).name
            key = (true["agency"], name, true["sheet"])
            row = read.get(key)
            for what, truth in _COMPARED:
                found = getattr(row, what) if row else None
                if found != int(true[truth]):
                    shown = " · ".join(filter(None, (true["file"], true["sheet"])))
                    yield Difference(shown, what, found, int(true[truth]))


def table_of(row: ReadingRow) -> tuple[str, str, str]:
    """A table as its truth names it: agency, file, and the sheet or the member of an archive."""
    inside = row.document.removeprefix(row.file).lstrip("/") if row.document != row.file else ""
    return row.agency, row.file, row.sheet or inside
