"""Areas beside each other: the place, those most like it, its region and the country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from totalplace.outcomes import models
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.queries.readings import every_area, name_of
from totalplace.outcomes.rules.periods import Period
from totalplace.outcomes.rules.readings import Compared, Reading, Series, compare_two
from totalplace.refusal import Refused
from totalplace.sources.home import Home


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list of neighbours: what it is called, whose it is and from when."""

    number: int
    code: str
    title: str
    publisher: str
    published_on: date | None
    name: str
    sha256: str
    areas: int
    set_aside: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Comparators:
    """What an area is held against, and by which list; `said` tells that in a sentence."""

    country: str
    region: str  # empty where it is known of none
    neighbours: tuple[str, ...]
    used: ListRow | None
    said: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An area beside another: its reading of the period, and how that stands to the other's."""

    area: str
    name: str
    what: str  # this area, a neighbour, region or country; empty for one that was only asked for
    reading: Reading | None
    compared: Compared | None  # None for the area itself, and where a value is missing


def neighbour_lists(*, as_at: datetime | None = None) -> list[ListRow]:
    """The lists of neighbours that were held at a moment, the newest first."""
    rows = models.NeighbourList.objects.order_by("-pk")
    return [_list(row) for row in (rows.filter(added_at__lte=as_at) if as_at else rows)]


def comparators(area: str, *, list_code: str = "", as_at: datetime | None = None) -> Comparators:
    """What an area is held against: by the list that is named, else by the newest that has it."""
    regions = definitions.regions()
    rows = models.Neighbours.objects.filter(area=area).select_related("list").order_by("-list_id")
    if as_at is not None:
        rows = rows.filter(list__added_at__lte=as_at)
    if list_code:
        rows = rows.filter(list__code=list_code)
    row = rows.first()
    used = _list(row.list) if row else None
    said = "No list of areas most like this one is held"
    said += f" under the name {list_code}." if list_code else "."
    if used is not None:
        dated = f", {used.published_on.year}" if used.published_on else ""
        said = f"The areas most like this one are those of {used.title} ({used.publisher}{dated})."
    return Comparators(
        country="" if area == regions.country else regions.country,
        region=regions.region_of.get(area, ""),
        neighbours=tuple(row.neighbours.split()) if row else (),
        used=used,
        said=said,
    )


def compare(
    indicator: str,
    areas: Sequence[str],
    period: Period | None = None,
    as_at: datetime | None = None,
    *,
    home: Home,
) -> list[Beside]:
    """Areas beside the first of them, in a period, else in the latest in which it has a value.

    Raises Refused where there is no such indicator, no area, or no reading of the first.
    """
    if not areas:
        raise Refused(
            "Nothing can be compared", why="no area is named", next_step="Name one or more"
        )
    every = every_area(indicator, home=home, as_at=as_at)
    return beside(every, areas, period)


def beside(
    every: Mapping[str, Series],
    areas: Sequence[str],
    period: Period | None = None,
    *,
    what: Mapping[str, str] | None = None,
) -> list[Beside]:
    """The same of series that are at hand; `what` says what each area is to the first."""
    first = every.get(areas[0])
    if period is None and first is not None and first.latest is not None:
        period = first.latest.period
    if period is None:
        raise Refused(
            f"{name_of(areas[0])} cannot be compared",
            why="there is no reading of it",
            next_step="Choose an area of which there is one",
        )
    mine = first.of(period) if first else None
    found = []
    for area in areas:
        its = every.get(area)
        reading = its.of(period) if its else None
        stands = None
        if area != areas[0] and mine is not None and reading is not None and its is not None:
            stands = compare_two(mine, reading, its.indicator.better)
        name = its.area_name if its else name_of(area)
        found.append(Beside(area, name, (what or {}).get(area, ""), reading, stands))
    return found


def _list(row: models.NeighbourList) -> ListRow:
    return ListRow(
        row.pk, row.code, row.title, row.publisher, row.published_on, row.name, row.sha256,
        row.areas, row.set_aside, row.added_at,
    )  # fmt: skip
