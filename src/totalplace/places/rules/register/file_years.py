"""The year that a published file describes: in its headings, its name, its days or its total."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from totalplace.places.rules.register.cells import Rows, day_of, lines, number_of, whole
from totalplace.places.rules.register.recipes import Place, Recipe

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)


def year_of(
    recipe: Recipe,
    places: Mapping[str, Place],
    rows: Rows,
    file_name: str,
) -> int | None:
    """The year that a file describes, by its recipe; None where nothing says it."""
    for way in recipe.years:
        match way.way:
            case "column":
                place = places.get(str(way.told))
                found = place.year if place is not None else None
            case "file_name":
                found = _year_in(file_name, str(way.told))
            case "latest_day":
                found = _latest(recipe, places, rows, way.told)
            case _:
                found = _by_total(recipe, places, rows, way.told)
        if found is not None:
            return found
    return None


def _year_in(file_name: str, pattern: str) -> int | None:
    years = re.escape(pattern).replace(r"\{yyyy\}", r"((?:19|20)\d\d)").replace(r"\{yy\}", r"\d\d")
    match = re.search(rf"(?<!\d){years}(?!\d)", file_name, re.ASCII)
    return int(match.group(1)) if match else None


def _latest(
    recipe: Recipe,
    places: Mapping[str, Place],
    rows: Rows,
    columns: Sequence[str],
) -> int | None:
    """The year of the latest day that is written: a list cannot describe an earlier one.

    An end on 31 March is the eve of what is described.
    """
    years = []
    for _, line in lines(recipe, places, rows):
        for column in columns:
            said = line.get(column, "")
            if day := day_of(said):
                years.append((day + timedelta(days=1)).year)
            elif match := _YEAR.fullmatch(said):
                years.append(int(match.group()))
    return max(years, default=None)


def _by_total(
    recipe: Recipe,
    places: Mapping[str, Place],
    rows: Rows,
    told: Mapping[str, object],
) -> int | None:
    """The year of a known total: that of the lines whose code begins as said."""
    total = Decimal()
    for _, line in lines(recipe, places, rows):
        if line.get("code", "").startswith(str(told["begins"])):
            total += number_of(line.get(str(told["column"]), "")) or 0
    totals = told["totals"]
    found = totals.get(whole(total)) if isinstance(totals, Mapping) else None
    return int(found) if found is not None else None
