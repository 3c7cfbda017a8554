"""The areas of a place with what their own councils spend, and boundaries that somebody gave."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Final

from totalplace.count.rules.spending.boundaries import Ring, rings_of
from totalplace.count.rules.spending.by_area import AreaSum
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_MOST_BYTES: Final = 60 * 2**20
_ENDINGS: Final = ("*.geojson", "*.json")


def by_area(whole: WholePlace) -> list[AreaSum]:
    """Each area of the place of a count, with what the bodies of exactly that land spend."""
    year = FinancialYear.parse(whole.year)
    lands: dict[str, list[str]] = defaultdict(list)
    for member in places.members(whole.place):
        if member.agency.gss:
            lands[member.agency.gss].append(member.agency.code)
    found = []
    for area in places.areas_of_place(whole.place):
        bodies = tuple(dict.fromkeys(lands.get(area.gss, ())))
        sums = [x.pence for x in whole.lines if x.agency in bodies and x.pence is not None]
        people = places.measure(area.gss, "people", year.start)
        found.append(
            AreaSum(
                area.gss, area.name, bodies, sum(sums) if sums else None,
                people.value if people else None,
            )
        )  # fmt: skip
    return found


def boundaries_file(home: Home) -> Path | None:
    """The file of boundaries that was put into the folder `boundaries` of the home, if any."""
    folder = home.root / "boundaries"
    return next((path for ending in _ENDINGS for path in sorted(folder.glob(ending))), None)


def boundaries(path: Path, wanted: Collection[str]) -> dict[str, list[Ring]]:
    """The rings of some areas in a file of boundaries. Raises Refused where it is none."""
    stat = path.stat()
    if stat.st_size > _MOST_BYTES:
        raise Refused(
            "The boundaries were not drawn",
            why=f"{path.name} is larger than {_MOST_BYTES // 2**20} MB",
            next_step="Give generalised boundaries, which are far smaller",
        )
    return _read(path, stat.st_mtime_ns, frozenset(wanted))


@lru_cache(maxsize=8)
def _read(path: Path, _: int, wanted: frozenset[str]) -> dict[str, list[Ring]]:
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refused(
            "The boundaries were not drawn",
            why=f"{path.name} is no JSON",
            next_step="Give boundaries as GeoJSON",
        ) from error
    return rings_of(said, wanted)
