"""The made-up country that Wexshire lies in: areas, people, and the files of a register of both.

Every code begins as those of the ONS do and goes on with 99 0001 or more, which it has never
issued. The files have the columns in which anybody may list bodies for `totalplace places load`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.example_place.agencies import AGENCIES, DISTRICTS, PROFILES
from totalplace.example_place.seasons import FIRST_YEAR, YEARS

_GROWTH_PER_MILLE: Final = 8  # a year
_HOUSEHOLD: Final = 24  # tenths of a person


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its people in the middle of 2022."""

    gss: str
    name: str
    people_2022: int

    def people(self, year: int) -> int:
        """Its people in the middle of a year, never fewer than in 2022."""
        return self.people_2022 * (1000 + _GROWTH_PER_MILLE * (year - FIRST_YEAR)) // 1000


_PEOPLE: Final = {
    "EX-DQ": 66_300, "EX-DO": 71_800, "EX-DB": 60_700, "EX-DV": 54_500, "EX-DT": 83_400,
}  # fmt: skip
AREAS: Final = tuple(
    Area(PROFILES[code].agency.gss, PROFILES[code].agency.name.split()[0], _PEOPLE[code])
    for code in DISTRICTS
)
# Without it Wexshire would be all of the country, and its share of national spending the whole.
REST: Final = Area("E06990001", "The rest of the made-up country", 56_753_300)


def write_register(into: Path) -> None:
    """Write the register: bodies, other names, the areas each covers, people and households."""
    into.mkdir(parents=True)
    coded = [agency for agency in AGENCIES if agency.gss]
    _write(
        into / "bodies.csv",
        ("body name", "body kind", "gss code", "registry code"),
        ((a.name, a.kind, a.gss, a.code) for a in coded),
    )
    _write(
        into / "other-names.csv",
        ("la-name", "local-authority-code"),
        ((name, a.code) for a in coded for name in a.also_known_as),
    )
    _write(
        into / "areas-of-bodies.csv",
        ("body gss code", "area gss code", "year"),
        ((a.gss, area.gss, FIRST_YEAR) for a in coded if a.kind != "district" for area in AREAS),
    )
    _write(
        into / "measures.csv",
        ("area gss code", "measure", "year", "value"),
        (
            (area.gss, measure, year, value)
            for year in YEARS
            for area in (*AREAS, REST)
            for measure, value in (
                ("people", area.people(year)),
                ("households", area.people(year) * 10 // _HOUSEHOLD),
            )
        ),
    )


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
