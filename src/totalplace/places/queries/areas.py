"""Areas of the register: their measures, which a body covers, which a place is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.places import models
from totalplace.places.definitions import register as definitions
from totalplace.places.queries import membership
from totalplace.places.queries.register import register
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register import coverage as covering
from totalplace.places.rules.register.facts import AREA_KINDS, NameForm, gss_of
from totalplace.places.rules.register.measured import MeasureRule
from totalplace.places.rules.register.whole import Register

_NATION: Final = "E"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area: the land of a council (a district, or a council that is both tiers in one)."""

    gss: str
    name: str
    kind: AgencyKind
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """An area that a body covers: whole, or `part` of `of` of it, counted in `by`."""

    gss: str
    name: str
    whole: bool
    by: str
    part: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The areas of a body, by one source that describes a year. No areas: no source says.

    `areas` are their GSS codes, `whole` says whether every one is covered whole, and `parts` gives
    each with how much of it is covered.
    """

    body: str
    areas: tuple[str, ...]
    whole: bool
    parts: tuple[CoveredRow, ...]
    source: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of an area, as a whole number.

    `year` is the year of the value, at most `asked_year`. `added_up` are the areas whose values
    were added, where the area has none of its own. `doubt` says why the value can hardly be true.
    """

    gss: str
    what: str
    value: int
    year: int
    asked_year: int
    source: str
    added_up: tuple[str, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class PlaceMeasured:
    """A measure of a place: the sum over its areas, as a whole number.

    `years` are those of the values. `lacking` are the areas for which nobody knows one: where there
    are any, the sum is of the others alone. `doubts` say why some can hardly be true.
    """

    what: str
    value: int
    asked_year: int
    years: tuple[int, ...]
    source: str
    lacking: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a whole lies in a place: numerator over denominator, in whole numbers.

    `least` and `most` are the same fraction at the ends of what is not known; they equal the share
    where nothing had to be estimated. `years` are those of the values, `lacking` the areas for
    which there is none (left out of both numbers), `doubts` why some can hardly be true.
    """

    what: str
    asked_year: int
    numerator: int
    denominator: int
    least: tuple[int, int]
    most: tuple[int, int]
    years: tuple[int, ...]
    source: str
    lacking: tuple[str, ...]
    doubts: tuple[str, ...]
    is_estimate: bool


def areas(*, on: date | None = None) -> list[AreaRow]:
    """Every area of the register, by code: those that stand on a day, or all that ever did."""
    whole = register()
    found = [
        area_row(whole, body.key)
        for body in whole.bodies.values()
        if body.kind in AREA_KINDS and body.gss and (on is None or body.stands(on))
    ]
    return sorted(found, key=lambda area: area.gss)


def measures() -> tuple[MeasureRule, ...]:
    """What areas are measured in."""
    return definitions.measures()


def areas_of_place(place_code: str) -> tuple[AreaRow, ...]:
    """The areas that a place is made of, by code; none where none were said.

    Refused: there is no such place.
    """
    whole = register()
    return tuple(area_row(whole, whole.area(code)) for code in _said_of(place_code))


def parcels_of_place(place_code: str) -> frozenset[str]:
    """The land of a place, as the least areas that it is made of. Refused: no such place."""
    whole = register()
    return whole.land.parcels_of(whole.area(code) for code in _said_of(place_code))


def areas_covered(body_gss: str, *, on: date | None = None) -> Coverage:
    """The areas that a body covers, by the newest source, or as on a day where one is given.

    A council that is an area covers itself. No areas: no source says, or nobody knows the code.
    """
    whole = register()
    key = whole.area(body_gss)
    found = whole.coverage(key, on=on)
    parts = tuple(
        CoveredRow(gss_of(c.area) or c.area, _name(whole, c.area), c.whole, c.by, c.part, c.of)
        for c in found.areas
    )
    source = _sources(whole, [] if found.source is None else [found.source])
    codes = tuple(part.gss for part in parts)
    return Coverage(
        gss_of(key) or key, codes, bool(parts) and found.whole, parts, source, found.year
    )


def measure(area_gss: str, what: str, year: int) -> Measured | None:
    """A measure of an area in a year, or in the nearest year before, which it then says.

    Where an area has no value of its own, those of the areas that merged into it are added up. A
    county's is that of its areas, where it has none of its own. None: nobody knows, which is not
    nil. `what` is a measure of `measures()`.
    """
    whole = register()
    found = whole.measured(whole.area(area_gss), what, year)
    if found is None:
        return None
    return Measured(
        gss_of(found.area) or found.area, what, found.value, found.year, year,
        _sources(whole, found.sources), tuple(gss_of(a) or a for a in found.added_up),
        found.doubt,
    )  # fmt: skip


def measure_of_place(place_code: str, what: str, year: int) -> PlaceMeasured | None:
    """A measure of a place in a year, or in the nearest year before, which it then says.

    Areas that have merged since are taken as one, where all of them are in the place, so that a
    place of old districts is found under the council that followed them. None where nothing is
    known of any of its areas. Refused: no such place.
    """
    whole = register()
    found = whole.measures.over(parcels_of_place(place_code), what, year)
    if not found.found:
        return None
    numbers = sorted({source for one in found.found for source in one.sources})
    doubts = sorted({(one.area, one.doubt) for one in found.found if one.doubt})
    return PlaceMeasured(
        what, found.value, year, tuple(sorted({one.year for one in found.found})),
        _sources(whole, numbers), tuple(gss_of(a) or a for a in found.lacking),
        tuple(f"{_name(whole, area)}: {doubt}" for area, doubt in doubts),
    )  # fmt: skip


def share_of_place(
    body_gss: str, place_code: str, what: str, year: int, *, on: date | None = None
) -> Share | None:
    """How much of a body's people (or another measure) of a year live in a place.

    The areas of the body are those of the source nearest to `on`, else to the year. None where no
    source says which areas the body covers, or how many there are in them. Refused: no such place.
    """
    whole = register()
    found = whole.share(
        whole.area(body_gss), parcels_of_place(place_code), what=what, year=year,
        on=on or date(year, 12, 31),
    )  # fmt: skip
    return None if found is None else _share(whole, found, what, year)


def share_of_country(
    place_code: str, what: str, year: int, *, nations: str = _NATION
) -> Share | None:
    """How much of a country's people (or another measure) of a year live in a place.

    `nations` are the first letters of the GSS codes of its areas: E, or EW for England and Wales.
    None where nobody knows. Refused: no such place.
    """
    whole = register()
    parcels = parcels_of_place(place_code)
    tops = {
        whole.land.latest(area)
        for area, measured in whole.measures.values
        if measured == what and gss_of(area)[:1] in set(nations) and _is_area(whole, area)
    }
    covered = tuple(covering.Covered(area) for area in sorted(tops))
    country = covering.Coverage("", covered, None, None)
    found = covering.share(country, parcels, whole.measures, what=what, year=year)
    return None if found is None else _share(whole, found, what, year)


def area_row(whole: Register, key: str) -> AreaRow:
    """An area by its key; one that no source knows has its code for a name."""
    body = whole.bodies.get(key)
    if body is None:
        return AreaRow(gss_of(key) or key, gss_of(key) or key, AgencyKind.UNKNOWN, None, None)
    name = next((name for name, form in body.names if form is NameForm.AREA), body.name)
    return AreaRow(body.gss or key, name, body.kind, body.first_day, body.last_day)


def _said_of(place_code: str) -> list[str]:
    place = membership.place(place_code)
    rows = models.PlaceArea.objects.filter(place_id=place.id, replaced_on__isnull=True)
    return list(rows.order_by("area").values_list("area", flat=True))


def _is_area(whole: Register, key: str) -> bool:
    return key not in whole.bodies or whole.bodies[key].kind in AREA_KINDS


def _name(whole: Register, key: str) -> str:
    return area_row(whole, key).name


def _sources(whole: Register, numbers: Iterable[int]) -> str:
    return "; ".join(str(whole.sources[n]) for n in numbers if n in whole.sources)


def _share(whole: Register, found: covering.Share, what: str, year: int) -> Share:
    return Share(
        what, year, found.numerator, found.denominator, found.least, found.most, found.years,
        _sources(whole, found.sources), tuple(gss_of(a) or a for a in found.lacking),
        tuple(f"{_name(whole, area)}: {doubt}" for area, doubt in found.doubts),
        found.is_estimate,
    )  # fmt: skip
