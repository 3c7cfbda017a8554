"""Made-up readings, in the layout in which the real ones of the same name are published."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = "outcomes"
PUBLISHER: Final = "Made up by Total Place"
COUNTY: Final = ("E10990001", "Wexshire (made up)", "County")
# People of the county by age, as a made-up office would publish them.
LIVES_HERE: Final = {
    "Under 16": 96_400, "16 to 24": 51_200, "25 to 34": 64_900, "35 to 44": 68_300,
    "45 to 54": 71_100, "55 to 64": 70_500, "65 to 74": 58_800, "75 to 84": 36_700,
    "85 or over": 14_100,
}  # fmt: skip
_AREAS: Final = (
    ("E92000001", "England (made up)", "Nation"),
    COUNTY,
    ("E07990001", "Quennaby (made up)", "Local authority district"),
    ("E07990002", "Oxtremere (made up)", "Local authority district"),
    ("E07990003", "Ostrenby (made up)", "Local authority district"),
    ("E07990004", "Vellingmarsh (made up)", "Local authority district"),
    ("E07990005", "Tharrowick (made up)", "Local authority district"),
)
_HEADINGS: Final = (
    "areacd", "areanm", "geography", "indicator", "period", "observation", "measure", "unit",
    "lci_95", "uci_95", "status", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one indicator: what it is called there, and how it went in the county."""

    name: str
    measure: str
    unit: str
    first_day: str  # of the first period, without its year: 08-01
    years: tuple[int, ...]
    county: tuple[float, ...]
    spread: float  # how far districts and England stand from the county
    limits: float | None = None  # half of a confidence interval


# Schools were closed in spring 2020, and no share was published of that year: it is not there.
TABLES: Final = (
    Table(
        "persistent-absences-for-all-pupils", "Persistent absences for all pupils", "%", "08-01",
        (2015, 2016, 2017, 2018, 2020, 2021, 2022, 2023, 2024),
        (10.4, 10.6, 11.1, 10.9, 12.0, 21.9, 21.4, 20.3, 19.6), 2.0,
    ),
    Table(
        "claimant-count", "Claimant Count", "%", "01-01", tuple(range(2016, 2026)),
        (2.1, 2.0, 2.2, 2.7, 5.9, 4.8, 3.6, 3.5, 3.9, 4.0), 0.9,
    ),
    Table(
        "personal-wellbeing-estimates", "Satisfaction", "Score out of 10", "04-01",
        tuple(range(2015, 2024)), (7.62, 7.66, 7.7, 7.71, 7.55, 7.31, 7.46, 7.41, 7.38), 0.15, 0.09,
    ),
)  # fmt: skip


def write_tables(into: Path, *, seed: int) -> list[Path]:
    """Write the tables below a folder, the same from the same seed; returns their paths."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    paths = []
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_HEADINGS)
            writer.writerows(_rows(table, chance))
        paths.append(path)
    return paths


def _rows(table: Table, chance: random.Random) -> Iterator[list[object]]:
    for code, name, level in _AREAS:
        away = 0.0 if code == COUNTY[0] else chance.uniform(-table.spread, table.spread)
        for year, value in zip(table.years, table.county, strict=True):
            own = round(value + away * value / table.county[-1], 2)
            limits: tuple[object, object] = ("", "")
            if table.limits:
                limits = (round(own - table.limits, 2), round(own + table.limits, 2))
            period = f"{year}-{table.first_day}/P1Y"
            yield [code, name, level, table.measure, period, own, "", table.unit, *limits, "", ""]
