"""Pages of indicators: all, one in an area over time, areas beside each other, the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report import outcomes as told
from totalplace.doors.web.front import public
from totalplace.doors.web.outcomes.readings.asked import Asked, asked, named
from totalplace.doors.web.outcomes.readings.drawn import map_of, trend_of
from totalplace.doors.web.outcomes.readings.files import FORMS, Shown, download
from totalplace.doors.web.showing import show
from totalplace.outcomes import queries
from totalplace.outcomes.definitions.reading import regions
from totalplace.outcomes.queries import Beside
from totalplace.outcomes.rules.indicators import Family, Indicator
from totalplace.outcomes.rules.readings import Reading, Series, compare_two
from totalplace.outcomes.rules.steps import alike
from totalplace.places import queries as places
from totalplace.refusal import Refused

_MOST_ASIDE: Final = 500  # figures of a table that are listed one by one on its page
_FOLDER: Final = "outcomes/readings"


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every indicator by family; of an area that is chosen, its latest reading of each."""
    ask = asked(request)
    found = queries.indicators(as_at=ask.as_at)
    held = queries.held_measures(as_at=ask.as_at)
    shown: dict[str, Series] = {}
    if ask.area:
        series = queries.in_area(ask.area, home=ask.home, named=found, as_at=ask.as_at)
        shown = {one.indicator.code: one for one in series}
    rows = [_row(one, held, shown.get(one.code), ask) for one in found]
    if ask.area:  # what is known of it comes first
        rows.sort(key=lambda row: row["latest"] is None)
    said = {
        "ask": ask,
        "families": [(f, [r for r in rows if r["named"].family is f]) for f in Family],
        "areas": _choices(ask),
        "area_name": next((s.area_name for s in shown.values()), queries.name_of(ask.area))
        if ask.area else "",
        "undefined": len(queries.undefined()),
        "tables": len(queries.vintages(as_at=ask.as_at)),
    }  # fmt: skip
    return public(show(request, f"{_FOLDER}/every.html", said))


def _row(
    one: Indicator, held: set[tuple[str, str]], series: Series | None, ask: Asked
) -> dict[str, Any]:
    has = any((h.form, h.measure) in held for h in one.held_as)
    row: dict[str, Any] = {"named": one, "held": has, "latest": None, "stands": None}
    if series is not None and series.latest is not None:
        row |= {"latest": series.latest, "stands": _against_before(series),
                "href": f"/outcomes/{one.code}/{series.area}/{ask.query(area='')}"}  # fmt: skip
    return row


def _against_before(series: Series) -> dict[str, Any] | None:
    """How the latest reading stands to the last before it that may be compared with it."""
    known = [one for one in series.readings if one.value is not None]
    latest = known[-1]
    before = [one for one in known[:-1] if not one.period.overlaps(latest.period)]
    if not before or any(before[-1].period.first_day < b.on <= latest.period.first_day
                         for b in series.breaks):  # fmt: skip
        return None
    stands = compare_two(latest, before[-1], series.indicator.better)
    if stands is None:
        return None
    return {"words": stands.words, "before": before[-1],
            "said": series.indicator.said(before[-1].value)}  # fmt: skip


def _choices(ask: Asked) -> list[tuple[str, str]]:
    """Areas to choose from: those of the places that are registered, the regions, the country."""
    found = {area.gss: area.name for one in places.places() for area in
             places.areas_of_place(one.code)}  # fmt: skip
    found |= {m.agency.gss: m.agency.name for one in places.places()
              for m in places.members(one.code) if m.agency.gss}  # fmt: skip
    listed = sorted(found.items(), key=lambda item: item[1])
    listed += [item for item in sorted(regions().names.items()) if item[0] not in found]
    if ask.area and ask.area not in dict(listed):
        listed.insert(0, (ask.area, queries.name_of(ask.area)))
    return listed


@require_safe
def one_area(request: HttpRequest, code: str, area: str, form: str = "") -> HttpResponse:
    """An indicator in an area over time."""
    ask = asked(request)
    one = named(code, ask)
    series = queries.series(code, area, home=ask.home, as_at=ask.as_at)
    if not series.readings:
        raise Http404
    title = f"{one.title}: {series.area_name}"
    address = f"/outcomes/{code}/{area}/"
    shown = Shown(title, _for_good(request, address, ask), _sources(series.vintages),
                  told.SERIES, told.series_rows(series))  # fmt: skip
    if form:
        return public(download(shown, form))
    country = regions().country
    beside = None
    if area != country:
        beside = queries.series(code, country, home=ask.home, as_at=ask.as_at)
    said = {
        "ask": ask, "one": one, "series": series, "title": title, "address": address,
        "shown": shown, "forms": FORMS, "tables": _tables(series.vintages),
        "rows": [_line(series, reading) for reading in reversed(series.readings)],
        "latest": series.latest, "stands": _against_before(series) if series.latest else None,
        "picture": trend_of(series, beside if beside and beside.readings else None),
        "limits": told.limits(one, series.latest), "obsolete": _obsolete(series),
    }  # fmt: skip
    return public(show(request, f"{_FOLDER}/area.html", said))


def _line(series: Series, one: Reading) -> dict[str, Any]:
    breaks = {b.on: b.why for b in series.breaks}
    revised = [r for r in series.revisions if r.period == one.period]
    return {
        "one": one, "said": series.indicator.said(one.value),
        "limits": told.limits(series.indicator, one),
        "after_break": breaks.get(one.period.first_day, ""),
        "revised": [
            (series.indicator.said(r.before) or "missing", r.before_vintage) for r in revised
        ],
    }  # fmt: skip


def _obsolete(series: Series) -> str:
    return next((note for note in series.notes if note.lower().startswith("obsolete")), "")


@require_safe
def one_indicator(request: HttpRequest, code: str, form: str = "") -> HttpResponse:
    """Areas beside each other: the one that is chosen, those like it, its region, the country."""
    ask = asked(request)
    one = named(code, ask)
    every_series = queries.every_area(code, home=ask.home, as_at=ask.as_at)
    area = ask.area or _first(every_series)
    if every_series and area not in every_series:
        raise Http404
    rows, mapped, found = _compared(every_series, area, ask)
    title = f"{one.title}: {every_series[area].area_name} beside others" if rows else one.title
    address = f"/outcomes/{code}/"
    shown = Shown(title, _for_good(request, address, ask), _sources(_numbers(rows)),
                  told.BESIDE, told.beside_rows(one, [*rows, *mapped]))  # fmt: skip
    if form:
        return public(download(shown, form))
    said = {
        "ask": ask, "one": one, "rows": rows, "mapped": mapped, "title": title,
        "address": address, "shown": shown, "forms": FORMS, "area": area, "comparators": found,
        "lists": queries.neighbour_lists(as_at=ask.as_at), "limits": told.limits,
        "tables": _tables(_numbers(rows)),
        "choices": sorted(((s.area_name, c) for c, s in every_series.items())),
        "picture": map_of(one, mapped, f"{one.title}, area by area", ask.home) if mapped else "",
        "period": next((r.reading.period for r in rows if r.reading), None),
    }  # fmt: skip
    return public(show(request, f"{_FOLDER}/indicator.html", said))


def _first(every_series: dict[str, Series]) -> str:
    """The area that is shown where none is chosen: a place's own, else the country, else any."""
    own = [area.gss for one in places.places() for area in places.areas_of_place(one.code)]
    own += [m.agency.gss for one in places.places() for m in places.members(one.code)]
    wanted = [*own, regions().country, *every_series]
    return next((area for area in wanted if area in every_series
                 and every_series[area].latest is not None), "")  # fmt: skip


def _compared(
    every_series: dict[str, Series], area: str, ask: Asked
) -> tuple[list[Beside], list[Beside], queries.Comparators]:
    """The rows of the table, the rows of the map, and what the area is held against."""
    found = queries.comparators(area, list_code=ask.list_code, as_at=ask.as_at)
    if not every_series or every_series[area].latest is None:
        return [], [], found
    what = {area: "this area"} | dict.fromkeys(found.neighbours, "like this area")
    what |= {found.region: "its region"} if found.region else {}
    what |= {found.country: "the country"} if found.country else {}
    rows = queries.beside(every_series, list(what), what=what)
    others = _around(area, found.region, every_series)
    mapped = queries.beside(every_series, [area, *(c for c in others if c != area)])
    mapped = [row for row in mapped if row.reading is not None]
    if area in regions().names:  # it is not one of those that it is made of
        mapped = [row for row in mapped if row.area != area]
    mapped.sort(key=lambda row: row.name)
    return rows, mapped if len(mapped) > 1 else [], found


def _around(area: str, region: str, every_series: Mapping[str, Series]) -> list[str]:
    """The areas that stand on the map with one: of its region; of the country, the regions."""
    lie = regions()
    if area == lie.country:
        return [code for code in lie.names if code != lie.country and code in every_series]
    if area in lie.names:
        inside = [code for code in every_series if lie.region_of.get(code) == area]
        return alike("E10", inside)
    return alike(area, [c for c in every_series if region and lie.region_of.get(c) == region])


def _numbers(rows: Sequence[Beside]) -> tuple[int, ...]:
    numbers = {row.reading.vintage for row in rows if row.reading and row.reading.vintage}
    return tuple(sorted(numbers))


@require_safe
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """What an indicator is: why, how it is measured, who answers for it, what is uncertain."""
    ask = asked(request)
    one = named(code, ask)
    held = [row for row in queries.vintages(as_at=ask.as_at)
            if row.form in {h.form for h in one.held_as}]  # fmt: skip
    return public(show(request, f"{_FOLDER}/definition.html", {"ask": ask, "one": one,
                                                               "tables": held[:20]}))  # fmt: skip


@require_safe
def tables(request: HttpRequest) -> HttpResponse:
    """The tables that are held, and how every figure of each is accounted for."""
    ask = asked(request)
    rows = queries.vintages(as_at=ask.as_at)
    return public(show(request, f"{_FOLDER}/tables.html", {"ask": ask, "rows": rows}))


@require_safe
def table(request: HttpRequest, number: int) -> HttpResponse:
    """One table: where it is from, how it was taken, and what was set aside and why."""
    ask = asked(request)
    try:
        row = queries.vintage(number)
    except Refused as refused:
        raise Http404 from refused
    said = {
        "ask": ask, "row": row, "kinds": queries.set_aside_kinds(number, home=ask.home),
        "aside": queries.set_aside(number, home=ask.home, most=_MOST_ASIDE),
    }  # fmt: skip
    return public(show(request, f"{_FOLDER}/table.html", said))


@require_safe
def undefined(request: HttpRequest) -> HttpResponse:
    """The measures that are held and that no definition names yet."""
    said = {"ask": asked(request), "rows": queries.undefined()}
    return public(show(request, f"{_FOLDER}/undefined.html", said))


def _tables(numbers: Sequence[int]) -> list[queries.VintageRow]:
    return [queries.vintage(number) for number in numbers]


def _sources(numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        f"{row.publisher or 'given in by the place'}, {row.name}, vintage {row.number}, "
        f"sha256 {row.sha256}"
        for row in _tables(numbers)
    )


def _for_good(request: HttpRequest, address: str, ask: Asked) -> str:
    return request.build_absolute_uri(f"{address}{ask.for_good}")
