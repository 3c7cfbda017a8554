"""A corner of a made-up county: three bodies and a year, counted in a second.

For pages, and for tests of them; the place of `write_example` is the one to judge a count by.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from totalplace.count.actions.editions import freeze
from totalplace.count.definitions.services import services
from totalplace.count.queries.editions import EditionRow
from totalplace.count.queries.frozen import ready_to_freeze
from totalplace.count.queries.rulings import rulings_in_force
from totalplace.count.queries.whole_place import Wanted, whole_place
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Who
from totalplace.sources import actions as sources
from totalplace.sources.home import Home
from totalplace.sources.returns import actions as returns

CORNER: Final = "corner"
YEAR: Final = FinancialYear(2023)
_LICENCE: Final = "Made up by Total Place; do with it what you like"
_BODIES: Final = (
    ("corner-county", "Corner County Council", "county"),
    ("corner-district", "Nook District Council", "district"),
    ("corner-police", "Corner Police and Crime Commissioner", "police"),
)
# By body: service, and its gross spending, income and building in pounds.
_RETURNED: Final[Mapping[str, Sequence[tuple[str, int, int, int]]]] = {
    "corner-county": (
        ("adult_social_care", 410_000, 90_000, 0),
        ("education", 620_000, 20_000, 150_000),
        ("highways_transport", 95_000, 5_000, 80_000),
        ("planning", 10_000, 12_500, 0),
    ),
    "corner-district": (
        ("housing", 70_000, 30_000, 0),
        ("environment", 120_000, 15_000, 0),
        ("housing_benefit", 240_000, 0, 0),
    ),
}
_PAID: Final = (  # body, payee, what for, pounds, times in the year
    ("corner-county", "Old Lodge Care Ltd", "Residential care for older people", 9_500, 12),
    ("corner-county", "Nook District Council", "Grant for waste collection", 2_000, 4),
    ("corner-county", "Roadworks Ltd", "Highway maintenance", 3_250, 12),
    ("corner-district", "Corner County Council", "Waste disposal charge", 1_500, 12),
    ("corner-district", "Bins and Carts Ltd", "Refuse collection", 4_100, 12),
    ("corner-police", "Blue Light Garage Ltd", "Police vehicle repairs", 2_750, 12),
)


def take_in_corner(home: Home, *, by: Who, on: datetime) -> None:
    """Register the corner and its bodies and take in what they published and returned."""
    places.register_place(CORNER, name="Corner (made up)", by=by, on=on)
    for code, name, kind in _BODIES:
        places.register_agency(code, name=name, kind=kind, by=by, on=on)
        places.join_place(CORNER, code, by=by, on=on)
    with tempfile.TemporaryDirectory() as folder:
        for code, _, _ in _BODIES:
            _take_in(home, Path(folder), code, by=by, on=on)


def _take_in(home: Home, folder: Path, code: str, *, by: Who, on: datetime) -> None:
    paid = _written(folder / f"{code}-payments.csv", _payments(code))
    terms = sources.Terms(code, licence=_LICENCE)
    list(sources.add([paid], terms, home=home, by=by, on=on))
    if code in _RETURNED:
        returned = _written(folder / f"{code}-return.csv", _return(code))
        list(returns.add([returned], home=home, by=by, on=on))


def _written(path: Path, rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows(rows)
    return path


def _payments(code: str) -> Iterator[Sequence[object]]:
    yield "Date", "Supplier", "Service", "Purpose", "Amount", "Reference"
    number = 0
    for body, payee, purpose, pounds, times in _PAID:
        for month in YEAR.months[:times]:
            number += 1
            if body == code:
                day = f"{1 + number % 27:02d}/{month:%m/%Y}"
                yield day, payee, "", purpose, f"{pounds}.{number % 100:02d}", f"C{number:05d}"


def _return(code: str) -> Iterator[Sequence[object]]:
    names = {body: name for body, name, _ in _BODIES}
    yield from (
        ("Agency code", code),
        ("Agency", names[code]),
        ("Financial year", YEAR.label),
        (),
        ("Service code", "Service", "Gross expenditure", "Income", "Net", "Capital", "Basis",
         "Status", "Note"),
    )  # fmt: skip
    said = {service: sums for service, *sums in _RETURNED[code]}
    for service, listed in services().items():
        gross, income, built = said.get(service, ("", "", ""))
        net = int(gross) - int(income) if service in said else ""
        yield service, listed.title, gross, income, net, built or "", "", "", ""


def freeze_corner(home: Home, *, by: Who, on: datetime) -> EditionRow:
    """Count the corner as it is held, with the rulings in force, and freeze it."""
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Wanted(home, CORNER, YEAR, rulings_in_force(), Path(scratch))
        return freeze(home, ready_to_freeze(whole_place(wanted)), by=by, on=on)
