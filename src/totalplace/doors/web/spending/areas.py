"""The map: what each area's own council spends, as a table and as tiles or within boundaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from markupsafe import Markup

from totalplace.count.queries.spending.by_area import boundaries, boundaries_file, by_area
from totalplace.count.rules.spending.boundaries import Ring, fitted
from totalplace.count.rules.spending.by_area import AreaSum, ends, known, steps
from totalplace.count.rules.words import listed, plural, whole_pounds
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.maps import Area, drawn, tiles
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit
from totalplace.doors.report.whole.tables import Row, money, plain, table
from totalplace.doors.web.count.opening import Reading, home
from totalplace.doors.web.count.page import Link, Page, Part, exact, linked
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.ready import of_edition, paged
from totalplace.refusal import Refused

_HEADS: Final = (
    "area", "area_name", "bodies", "people", "pence", "pence_per_person", "income_rule",
)  # fmt: skip
_HIGHS: Final = {280: 300, 620: 480}  # of a map, by width; 620 on a desk


@of_edition
def areas(request: HttpRequest, reading: Reading, form: str = "") -> HttpResponseBase:
    """The areas of the place, per person or in all."""
    in_all = request.GET.get("show") == "all"
    return paged(request, reading, _page(reading, by_area(reading.whole), in_all=in_all), form)


def _page(reading: Reading, found: Sequence[AreaSum], *, in_all: bool) -> Page:
    rule = str(reading.whole.income)
    return Page(
        title=VIEWS["map"],
        lead=_lead(reading, found),
        at=("map",),
        parts=tuple(_parts(reading, found, in_all=in_all)),
        exact=exact(reading, _HEADS, (_row(a, rule) for a in found)),
        query="show=all" if in_all else "",
    )


def _lead(reading: Reading, found: Sequence[AreaSum]) -> str:
    if not found:
        return "The areas of this place are not said, so there is no map."
    with_sum = len(known(found))
    return (
        f"{reading.whole.place_name} is made of {plural(len(found), 'area')}; of {with_sum} of "
        "them it is known what their own council spends."
    )


def _row(area: AreaSum, rule: str) -> tuple[Exactly, ...]:
    return (
        area.gss, area.name, " ".join(area.bodies), _or_empty(area.people), _or_empty(area.pence),
        _or_empty(area.per_person_pence), rule,
    )  # fmt: skip


def _or_empty(value: int | None) -> Exactly:
    return "" if value is None else value


def _parts(reading: Reading, found: Sequence[AreaSum], *, in_all: bool) -> Iterator[Part]:
    if not found:
        yield Part("Why there is nothing to show", says=(_NO_AREAS,))
        return
    values = [a.pence if in_all else a.per_person_pence for a in found]
    if not in_all and not any(v is not None for v in values):
        in_all, values = True, [a.pence for a in found]
    what = "in all" if in_all else "for each person"
    other = (
        Link("Show sums for each person", reading.to("map"))
        if in_all
        else Link("Show sums in all", f"{reading.to('map')}?show=all")
    )
    lies = _lies(found)
    unit = Unit.for_sums(a.pence or 0 for a in found)
    rows = [
        Row(
            a.name,
            (
                money(unit, a.pence),
                plain(f"{a.people:,}" if a.people is not None else NOT_KNOWN),
                money(Unit(is_millions=False), a.per_person_pence),
            ),
            "" if a.bodies else "no body of exactly this land is a member",
        )
        for a in found
    ]
    hrefs = [reading.to("agencies", a.bodies[0]) if a.bodies else "" for a in found]
    made = table("Table of areas", _WHAT, ["Area", unit.name, "People", "£ a person"], rows)
    yield Part(
        "Area by area",
        says=(_TWO_TIERS,),
        table=linked(made, hrefs),
        picture=_picture(reading, found, values, (what, lies.rings)),
        links=(other,),
    )
    yield Part("How it is drawn", says=(lies.said,))


_NO_AREAS: Final = (
    "Say of which areas the place is made (totalplace places within), and load the register with "
    "their people."
)
_WHAT: Final = (
    "What the council of each area spends by itself, net where returns are held, else by its "
    "payments."
)
_TWO_TIERS: Final = (
    "Only the area’s own council stands here. A county, the police, fire and the NHS spend across "
    "areas, and nobody publishes where: where there are two tiers, a district is the smaller part."
)


_TILES: Final = (
    "Each area is a tile of one size, in order of name: where a tile stands says nothing of where "
    "the area lies."
)

_HOW: Final = (
    "Whoever runs this service may put boundaries as GeoJSON into the folder boundaries of its "
    "home."
)


@dataclass(frozen=True, slots=True)
class _Lies:
    """Where areas lie, as far as somebody gave boundaries, and how that is said."""

    rings: Mapping[str, list[Ring]]
    said: str


def _lies(found: Sequence[AreaSum]) -> _Lies:
    path = boundaries_file(home())
    if path is None:
        return _Lies({}, f"No boundaries are loaded. {_TILES} {_HOW}")
    try:
        rings = boundaries(path, {a.gss for a in found})
    except Refused as refused:
        return _Lies({}, f"{path.name} holds no boundaries that can be drawn: {refused.why}. "
                     f"{_TILES}")  # fmt: skip
    if not rings:
        return _Lies({}, f"{path.name} has none of these areas by its GSS code. {_TILES}")
    lacking = [a.name for a in found if a.gss not in rings]
    without = f" It lacks {listed(lacking)}." if lacking else ""
    return _Lies(rings, f"Boundaries are those of {path.name}, drawn simply: no survey.{without}")


def _picture(
    reading: Reading,
    found: Sequence[AreaSum],
    values: Sequence[int | None],
    how: tuple[str, Mapping[str, list[Ring]]],
) -> Markup:
    what, rings = how
    if not any(value is not None for value in values):
        return Markup("")
    shown = [
        Area(a.gss, a.name, NOT_KNOWN if value is None else whole_pounds(value), step)
        for a, value, step in zip(found, values, steps(values), strict=True)
    ]
    means = [
        "" if pair is None else f"{whole_pounds(pair[0])} to {whole_pounds(pair[1])}"
        if pair[0] != pair[1] else whole_pounds(pair[0])
        for pair in ends(values)
    ]  # fmt: skip
    title = f"Spending {what}, {reading.whole.place_name}, {reading.row.year}"

    def draw(width: int) -> str:
        if not rings:
            return tiles(title, shown, means, width=width)
        high = _HIGHS.get(width, 620)
        placed = fitted(rings, width, high)
        return drawn(title, shown, placed, means, size=(width, high))

    return Markup(figure(title, draw))  # noqa: S704 - every word is made safe where it is drawn
