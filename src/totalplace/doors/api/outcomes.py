"""/api/v1/outcomes/: indicators, their readings over time and beside others, and their tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, number, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Line, OptionalLine, Said
from totalplace.doors.report.outcomes import exact
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.showing import now
from totalplace.outcomes import queries
from totalplace.outcomes.actions import readings
from totalplace.outcomes.queries import AsideRow, Beside, VintageRow
from totalplace.outcomes.rules.given import Given
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.outcomes.rules.readings import Reading, Series
from totalplace.places.rules.mandates import Act, Officer

router = Router()


def _of_our_time(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2200:
        raise ValueError("a moment lies between the years 2000 and 2200")
    return moment


AsAt = Annotated[
    AwareDatetime | None,
    AfterValidator(lambda moment: moment and _of_our_time(moment)),
    Field(description="A moment with its zone: what was held then. Left out: now."),
]
Area = Annotated[str, Field(min_length=1, max_length=64)]
ListCode = Annotated[str, Field(max_length=64, description="Which list of areas most alike.")]
Exactly = Annotated[str | None, Field(description="A decimal number as text; null: missing.")]
Value = Annotated[Decimal, Field(max_digits=20, decimal_places=9)]
Count = Annotated[int, Field(ge=0, le=10**15)]


class OutcomeIndicator(Schema):
    """What is watched, why, and who answers for it."""

    code: str
    title: str
    why: str
    numerator: str
    denominator: str
    unit: str
    better: str
    family: str
    level: str
    frequency: str
    source: str
    review_by: date
    owner_local: str
    owner_national: str
    place: str = Field(description="Of the place that defined it itself; or empty.")
    draft: bool
    uncertain: str
    has_readings: bool


class OutcomeReading(Schema):
    """What was read for one period. A value that is missing is null, never nought, and says why."""

    period: str
    first_day: date
    last_day: date
    value: Exactly
    low: Exactly
    high: Exactly
    numerator: int | None
    denominator: int | None
    status: str
    why_missing: str
    note: str
    vintage: int | None = Field(description="Null: nothing was published for the period.")


class OutcomeRevision(Schema):
    """What a later table changed."""

    period: str
    before: Exactly
    after: Exactly
    before_vintage: int
    after_vintage: int


class OutcomeBreak(Schema):
    """A day across which readings may not be compared, and why."""

    on: date
    why: str


class OutcomeSeries(Schema):
    """An indicator in an area over time."""

    indicator: str
    area: str
    area_name: str
    unit: str
    readings: list[OutcomeReading]
    revisions: list[OutcomeRevision]
    breaks: list[OutcomeBreak]
    notes: list[str]
    vintages: list[int]


class OutcomeBeside(Schema):
    """An area beside another, in one period."""

    area: str
    area_name: str
    what: str
    reading: OutcomeReading | None
    against_first: str = Field(description="How the first area stands to this one; or empty.")


class OutcomeComparison(Schema):
    """An area beside those most like it, its region and the country."""

    indicator: str
    said: str = Field(description="By which list of neighbours.")
    areas: list[OutcomeBeside]


class OutcomeTable(Schema):
    """A table of readings that is held, and how its figures are accounted for."""

    vintage: int
    name: str
    sheet: str
    sha256: str
    digest: str
    form: str
    publisher: str
    published_on: date | None
    rows: int
    figures: int
    readings: int
    missing: int
    set_aside: int
    added_up: int
    said: list[str]
    added_at: datetime


class OutcomeAside(Schema):
    """A figure of a table that is no reading: where it stands, and why."""

    row: int
    heading: str
    measure: str
    area_name: str
    period: str
    found: str
    why: str


class GivenReading(Said):
    """A reading that a place gives in: a value, or two whole counts, or why there is none."""

    area: Area
    period: Annotated[str, Field(min_length=1, max_length=64, examples=["2025/26"])]
    value: Value | None = None
    numerator: Count | None = None
    denominator: Count | None = None
    low: Value | None = None
    high: Value | None = None
    why_missing: OptionalLine = ""
    note: OptionalLine = ""


class GivenReadings(Said):
    """Readings of one indicator, taken together or not at all."""

    place: Code
    indicator: Line
    readings: Annotated[list[GivenReading], Field(min_length=1, max_length=1000)]


@reads(router, "/indicators", answers=Listed[OutcomeIndicator])
def indicators(
    _: Asker, *, as_at: AsAt = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every indicator, by code."""
    held = queries.held_measures(as_at=as_at)
    rows = queries.indicators(as_at=as_at)
    return page(rows, lambda one: one.code, lambda one: _indicator(one, held),
                after=after or None, limit=limit)  # fmt: skip


@reads(router, "/indicators/{code}", answers=OutcomeIndicator)
def one_indicator(_: Asker, *, code: Code, as_at: AsAt = None) -> OutcomeIndicator:
    """An indicator: why it is watched, how it is measured, who answers for it."""
    named = there(lambda: queries.indicator(code, as_at=as_at))
    return _indicator(named, queries.held_measures(as_at=as_at))


@reads(router, "/indicators/{code}/series/{area}", answers=OutcomeSeries)
def one_series(_: Asker, *, code: Code, area: Area, as_at: AsAt = None) -> OutcomeSeries:
    """An indicator in an area over time; without readings where none is held."""
    found = there(lambda: queries.series(code, area, home=home(), as_at=as_at))
    return _series(found)


@reads(router, "/indicators/{code}/compare/{area}", answers=OutcomeComparison)
def compare(
    _: Asker, *, code: Code, area: Area, neighbours: ListCode = "", as_at: AsAt = None
) -> OutcomeComparison:
    """An area beside those most like it, its region and the country, in its latest period."""
    named = there(lambda: queries.indicator(code, as_at=as_at))
    found = queries.comparators(area, list_code=neighbours, as_at=as_at)
    what = {area: "this area"} | dict.fromkeys(found.neighbours, "like this area")
    what |= {found.region: "its region"} if found.region else {}
    what |= {found.country: "the country"} if found.country else {}
    every = queries.every_area(code, home=home(), as_at=as_at)
    rows = there(lambda: queries.beside(every, list(what), what=what))
    return OutcomeComparison(
        indicator=named.code, said=found.said, areas=[_beside(row) for row in rows]
    )


@reads(router, "/tables", answers=Listed[OutcomeTable])
def tables(
    _: Asker, *, as_at: AsAt = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The tables of readings that are held, the earliest first."""
    rows = queries.vintages(as_at=as_at)
    begin = number(after) if after else None
    return page(rows, lambda row: row.number, _table, after=begin, limit=limit)


@reads(router, "/tables/{vintage}", answers=OutcomeTable)
def one_table(_: Asker, *, vintage: Number) -> OutcomeTable:
    """A table of readings: where it is from, how it was taken, how it is accounted for."""
    return _table(there(lambda: queries.vintage(vintage)))


@reads(router, "/tables/{vintage}/set-aside", answers=list[OutcomeAside])
def set_aside(_: Asker, *, vintage: Number, limit: Limit = 1000) -> list[OutcomeAside]:
    """The first figures of a table that are no readings: where each stands, and why."""
    rows = there(lambda: queries.set_aside(vintage, home=home(), most=limit))
    return [_aside(row) for row in rows]


@writes(router, "/readings", act=Act.GIVE_READINGS, answers=OutcomeTable, status=201)
def give(by: Officer, *, body: GivenReadings) -> OutcomeTable:
    """Give in a place's own readings of an indicator; they are held as a vintage of their own."""
    given = [Given(**one.dict()) for one in body.readings]
    made = readings.give(body.indicator, given, place=body.place, home=home(), by=by, on=now())
    return _table(queries.vintage(made))


def _indicator(one: Indicator, held: set[tuple[str, str]]) -> OutcomeIndicator:
    return OutcomeIndicator(
        code=one.code, title=one.title, why=one.why, numerator=one.numerator,
        denominator=one.denominator, unit=one.unit, better=one.better.value,
        family=one.family.value, level=one.level, frequency=one.frequency.value,
        source=one.source, review_by=one.review_by, owner_local=one.owner_local,
        owner_national=one.owner_national, place=one.place, draft=one.draft,
        uncertain=one.uncertain,
        has_readings=any((h.form, h.measure) in held for h in one.held_as),
    )  # fmt: skip


def _reading(one: Reading) -> OutcomeReading:
    return OutcomeReading(
        period=one.period.said, first_day=one.period.first_day, last_day=one.period.last_day,
        value=exact(one.value) or None, low=exact(one.low) or None, high=exact(one.high) or None,
        numerator=one.numerator, denominator=one.denominator, status=one.status.value,
        why_missing=one.why_missing, note=one.note, vintage=one.vintage or None,
    )  # fmt: skip


def _series(found: Series) -> OutcomeSeries:
    return OutcomeSeries(
        indicator=found.indicator.code, area=found.area, area_name=found.area_name,
        unit=found.indicator.unit, readings=[_reading(one) for one in found.readings],
        revisions=[
            OutcomeRevision(
                period=r.period.said, before=exact(r.before) or None, after=exact(r.after) or None,
                before_vintage=r.before_vintage, after_vintage=r.after_vintage,
            )
            for r in found.revisions
        ],
        breaks=[OutcomeBreak(on=b.on, why=b.why) for b in found.breaks],
        notes=list(found.notes), vintages=list(found.vintages),
    )  # fmt: skip


def _beside(row: Beside) -> OutcomeBeside:
    return OutcomeBeside(
        area=row.area, area_name=row.name, what=row.what,
        reading=_reading(row.reading) if row.reading else None,
        against_first=row.compared.words if row.compared else "",
    )  # fmt: skip


def _table(row: VintageRow) -> OutcomeTable:
    return OutcomeTable(
        vintage=row.number, name=row.name, sheet=row.sheet, sha256=row.sha256, digest=row.digest,
        form=row.form, publisher=row.publisher, published_on=row.published_on, rows=row.rows,
        figures=row.figures, readings=row.kept, missing=row.missing, set_aside=row.set_aside,
        added_up=row.added_up, said=list(row.said), added_at=row.added_at,
    )  # fmt: skip


def _aside(row: AsideRow) -> OutcomeAside:
    return OutcomeAside(**{name: getattr(row, name) for name in OutcomeAside.model_fields})
