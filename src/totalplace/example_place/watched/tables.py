"""Made-up attendances in the layout of the published ones: months of quiet, and then a slide."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

FOLDER: Final = "outcomes"
INFIRMARY: Final = "EX-HT"
_MONTHS: Final = 48
SLID_FOR: Final = 7  # months, the last one of the table among them
_LATE: Final = 2  # months between a month and its table
_USUAL, _A_MONTH = 0.905, 0.021  # seen in four hours; lost each month of the slide
_SPREAD: Final = 0.008
_WINTER: Final = {12: -0.012, 1: -0.018, 2: -0.012}
_HEADINGS: Final = ("period", "org_code", "type", "attendances", "breaches", "admissions")


@dataclass(frozen=True, slots=True)
class Slide:
    """What is planted: from which month fewer are seen in time, and which month is the last."""

    since: date
    last: date


def write_attendances(into: Path, *, on: date, seed: int) -> tuple[Path, Slide]:
    """Write the table below a folder, as it would be published on a day; the same from a seed."""
    folder = into / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "attendances-made-up.csv"
    months = [_before(on, _LATE + _MONTHS - 1 - n) for n in range(_MONTHS)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows(_rows(months, random.Random(seed)))
    return path, Slide(months[-SLID_FOR], months[-1])


def _before(on: date, months: int) -> date:
    at = on.year * 12 + on.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _rows(months: list[date], chance: random.Random) -> Iterator[list[object]]:
    for n, month in enumerate(months):
        slid = max(0, n - (_MONTHS - SLID_FOR) + 1)
        seen = _USUAL - _A_MONTH * slid + _WINTER.get(month.month, 0.0) + chance.gauss(0, _SPREAD)
        came = round(9_400 + chance.gauss(0, 260))
        late = round(came * (1 - seen))
        yield [month.isoformat(), INFIRMARY, "1", came, late, round(came * 0.28)]
