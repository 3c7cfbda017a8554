"""A count made ready to be frozen, and made again from the files of an edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from totalplace import engines
from totalplace.count.definitions.whole_place import hashes
from totalplace.count.queries.whole_place import Built
from totalplace.count.rules.whole_place.frozen import Freezing, digest, plain
from totalplace.money.years import FinancialYear


def ready_to_freeze(built: Built) -> Freezing:
    """A count as an edition would hold it."""
    said = plain(built.whole, built.rulings, hashes())
    year = FinancialYear.parse(built.whole.year)
    return Freezing(
        place=built.whole.place,
        year_start=year.start,
        plain=said,
        digest=digest(said, _rows(built.cube, year)),
        files=(built.cube,) if built.cube else (),
    )


def _rows(cube: Path | None, year: FinancialYear) -> Iterator[list[Any]]:
    """The cube's rows of a year, in an order that does not hang on the engine's."""
    if cube is None:
        return
    rows = engines.ask("count/cube_of_year", {"cube": [cube]}, year_start=year.start)
    yield from sorted(([row[name] for name in sorted(row)] for row in rows), key=str)
