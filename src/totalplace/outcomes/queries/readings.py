"""Readings as they stand, or stood at a moment: series, vintages, and areas beside each other.

What is asked `as_at` a moment is answered from the vintages that were held then, so that an old
page says what it said. `home` is where holdings stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from pathlib import Path
from typing import Any, Final

from django.db.models import QuerySet

from totalplace import engines
from totalplace.outcomes import models
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.queries.indicators import indicator
from totalplace.outcomes.reading.judging import source_of
from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.forms import Form
from totalplace.outcomes.rules.indicators import Indicator, share
from totalplace.outcomes.rules.readings import (
    Reading,
    Series,
    Status,
    breaks_of,
    in_order,
    with_gaps,
)
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.home import Home

FORMS: Final = "reading-forms"  # the folder of the home with forms that officers wrote
# A publisher's program may write 20.4 as 20.399999999999999: no more digits are meant than this.
_MEANT: Final = Context(prec=12)


@dataclass(frozen=True, slots=True)
class VintageRow:
    """A table of readings that is held: where it is from, and how its figures are accounted for."""

    number: int
    name: str
    sheet: str
    sha256: str
    digest: str
    form: str
    publisher: str
    published_on: date | None
    place: str
    rows: int
    figures: int
    kept: int
    missing: int
    set_aside: int
    added_up: int
    said: tuple[str, ...]
    added_at: datetime
    by: str

    @property
    def newer_than(self) -> tuple[bool, date, int]:
        """What later vintages have more of: the day that it was published, or else added.

        A table for all places counts before one that a single place added.
        """
        return not self.place, self.published_on or self.added_at.date(), self.number


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of which there are readings: its code, its name and what kind of area it is."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A figure of a table that is no reading: where it stands, what was found, and why."""

    row: int
    heading: str
    measure: str
    area_name: str
    period: str
    found: str
    why: str


def forms(home: Home) -> list[Form]:
    """The forms of published tables that are known, an officer's own too."""
    return list(definitions.forms_in(home.root / FORMS).values())


def vintages(*, as_at: datetime | None = None) -> list[VintageRow]:
    """Every table that was held at a moment, the newest first."""
    rows = models.Vintage.objects.order_by("-pk")
    return [_row(row) for row in (rows.filter(added_at__lte=as_at) if as_at else rows)]


def vintage(number: int) -> VintageRow:
    """The table of a number. Raises Refused where there is none."""
    row = models.Vintage.objects.filter(pk=number).first() if number < 2**63 else None
    if row is None:
        raise Refused(
            f"There is no vintage {number}",
            why="no table was added under that number",
            next_step="See them all with: totalplace outcomes vintages",
        )
    return _row(row)


def set_aside(number: int, *, home: Home, most: int = 1_000) -> list[AsideRow]:
    """The figures of a table that are no readings, in the order of its rows."""
    path = models.Vintage.objects.get(pk=vintage(number).number).aside_path
    if not path:
        return []
    found = engines.ask("outcomes/set_aside", {"aside": [home.holdings / path]}, most=most)
    return [AsideRow(**row) for row in found]


def set_aside_kinds(number: int, *, home: Home) -> list[tuple[str, int, int]]:
    """Why figures of a table are no readings: the reason, how many, and the first one's row."""
    path = models.Vintage.objects.get(pk=vintage(number).number).aside_path
    if not path:
        return []
    found = engines.ask("outcomes/set_aside_kinds", {"aside": [home.holdings / path]})
    return [(row["why"], row["figures"], row["first_row"]) for row in found]


def series(indicator_code: str, area: str, *, home: Home, as_at: datetime | None = None) -> Series:
    """An indicator in an area over time; without readings where none is held.

    Raises Refused where there is no such indicator.
    """
    named = indicator(indicator_code, as_at=as_at)
    held = _held(named, home, as_at)
    rows = _ask("outcomes/series", held, named, area=area)
    return _series(named, area, rows, held)


def every_area(
    indicator_code: str, *, home: Home, as_at: datetime | None = None
) -> dict[str, Series]:
    """An indicator in every area of which there is a reading, by the area's code."""
    named = indicator(indicator_code, as_at=as_at)
    held = _held(named, home, as_at)
    by_area: dict[str, list[dict[str, Any]]] = {}
    for row in _ask("outcomes/every_area", held, named):
        by_area.setdefault(row["area"], []).append(row)
    return {area: _series(named, area, rows, held) for area, rows in by_area.items()}


def in_area(
    area: str, *, home: Home, named: Sequence[Indicator], as_at: datetime | None = None
) -> list[Series]:
    """Some indicators in one area, those of which there is a reading, in the order given."""
    held = {one.code: _held(one, home, as_at) for one in named}
    files = sorted({file for one in held.values() for file in one.files})
    measures = sorted({h.measure for one in named for h in one.held_as})
    if not files:
        return []
    asked: dict[str, Any] = {"measures": measures, "area": area}
    by_measure: dict[str, list[dict[str, Any]]] = {}
    for row in engines.ask("outcomes/series", {"readings": files}, **asked):
        by_measure.setdefault(row["measure"], []).append(row)
    found = []
    for one in named:
        rows = [row for h in one.held_as for row in by_measure.get(h.measure, [])]
        series = _series(one, area, rows, held[one.code])
        found += [series] if series.readings else []
    return found


def last_change(*, as_at: datetime | None = None) -> datetime | None:
    """When a table, a definition or a list of neighbours was last added: until then pages stand."""
    times = []
    for model, field in (
        (models.Vintage, "added_at"), (models.OwnDefinition, "on"),
        (models.NeighbourList, "added_at"),
    ):  # fmt: skip
        rows = model.objects.all()
        if as_at is not None:
            rows = rows.filter(**{f"{field}__lte": as_at})
        times += list(rows.order_by(f"-{field}").values_list(field, flat=True)[:1])
    return max(times, default=None)


def areas(indicator_code: str, *, home: Home, as_at: datetime | None = None) -> list[AreaRow]:
    """The areas of which there is any reading of an indicator, by code."""
    named = indicator(indicator_code, as_at=as_at)
    rows = _ask("outcomes/areas_measured", _held(named, home, as_at), named)
    return [
        AreaRow(row["area"], row["area_name"] or name_of(row["area"]), row["level"]) for row in rows
    ]


def held_measures(*, as_at: datetime | None = None) -> set[tuple[str, str]]:
    """Which measures of which forms are held at all, so that a page can say what has readings."""
    rows = models.Measured.objects.all()
    if as_at is not None:
        rows = rows.filter(vintage__added_at__lte=as_at)
    return set(rows.values_list("vintage__form", "measure").distinct())


def name_of(area: str) -> str:
    """What an area is called where its readings do not say: by its region, or by the register."""
    named = definitions.regions().names.get(area)
    if named:
        return named
    body = places.body_by_code(area)
    return body.name if body else area


@dataclass(frozen=True, slots=True)
class _Held:
    """The holdings of an indicator: their files, their vintages by hash, and how each is ranked."""

    files: tuple[Path, ...]
    by_source: Mapping[str, VintageRow]
    rank: Mapping[int, int]
    forms: Mapping[str, Form]


def _held(named: Indicator, home: Home, as_at: datetime | None) -> _Held:
    rows: QuerySet[models.Vintage] = models.Vintage.objects.filter(
        form__in={held.form for held in named.held_as},
        measures__measure__in=[held.measure for held in named.held_as],
    ).distinct()
    if as_at is not None:
        rows = rows.filter(added_at__lte=as_at)
    found = [(row, _row(row)) for row in rows]
    newest = sorted((told for _, told in found), key=lambda one: one.newer_than, reverse=True)
    return _Held(
        files=tuple(sorted({home.holdings / row.path for row, _ in found})),
        by_source={source_of(row.sha256, row.sheet, row.form): told for row, told in found},
        rank={told.number: rank for rank, told in enumerate(newest)},
        forms=definitions.forms_in(home.root / FORMS),
    )


def _ask(question: str, held: _Held, named: Indicator, **more: Any) -> list[dict[str, Any]]:
    if not held.files:
        return []
    measures = [one.measure for one in named.held_as]
    return engines.ask(question, {"readings": held.files}, measures=measures, **more)


def _series(named: Indicator, area: str, rows: Sequence[Mapping[str, Any]], held: _Held) -> Series:
    read, notes, doubts = [], [], []
    for row in rows:
        told = held.by_source.get(row["source"])
        if told is None:
            continue
        made = _reading(named, row, told, held.forms)
        if made is None:
            continue
        one, doubt = made
        read.append(one)
        notes += [one.note] if one.note else []
        doubts += [doubt] if doubt else []
    kept, revisions = in_order(read, newest_first=held.rank)
    filled = with_gaps(kept, months=named.frequency.months, gaps=named.gaps)
    names = [row["area_name"] for row in rows if row["area_name"]]
    return Series(
        indicator=named,
        area=area,
        area_name=names[-1] if names else name_of(area),
        readings=filled,
        revisions=revisions,
        breaks=breaks_of(named, [one for one in filled if one.vintage]),
        vintages=tuple(sorted({one.vintage for one in kept})),
        notes=tuple(dict.fromkeys([*notes, *doubts[:1]])),
    )


def _reading(
    named: Indicator, row: Mapping[str, Any], told: VintageRow, forms: Mapping[str, Form]
) -> tuple[Reading, str] | None:
    form = forms.get(told.form)
    years = form.years if form is not None and named.years.month is None else named.years
    read = periods.read(row["period"], years)
    if read is None:
        return None
    is_month = form is not None and form.period_is_month
    value = None if row["value"] is None else _MEANT.create_decimal(row["value"])
    if row["numerator"] is not None and row["status"] not in _WITHOUT:
        value = share(row["numerator"], row["denominator"], named.scale)
    why = row["why_missing"]
    known = [gap.why for gap in named.gaps if gap.first_day == read.period.first_day]
    if value is None and known:
        why = known[0]
    return Reading(
        period=periods.month_of(read.period) if is_month else read.period,
        value=value,
        low=_decimal(row["low"]),
        high=_decimal(row["high"]),
        status=Status(row["status"]),
        why_missing=why,
        vintage=told.number,
        note=row["note"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        row=row["row"],
        measure=row["measure"],
    ), read.doubt


_WITHOUT: Final = (Status.MISSING, Status.NOT_APPLICABLE, Status.NOT_AVAILABLE, Status.SUPPRESSED)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else _MEANT.create_decimal(text)


def _row(row: models.Vintage) -> VintageRow:
    return VintageRow(
        number=row.pk,
        said=tuple(row.said),
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME: Final = (
    "name", "sheet", "sha256", "digest", "form", "publisher", "published_on", "place", "rows",
    "figures", "kept", "missing", "set_aside", "added_up", "added_at", "by",
)  # fmt: skip


def numbers_of(every: Iterable[Series]) -> tuple[int, ...]:
    """The vintages that some series were read from."""
    return tuple(sorted({number for one in every for number in one.vintages}))
