"""Month by month: what a body paid, or all of them, with no line across a change that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponseBase

from totalplace.count.queries.spending.months import Months, months
from totalplace.count.queries.spending.searching import Summed
from totalplace.count.rules.spending.trend import Point, Stop, points, stops, together
from totalplace.count.rules.words import month_name, plural
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.columns import in_pounds
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit
from totalplace.doors.report.whole.tables import Row, money, plain, table, words
from totalplace.doors.web.count.opening import Reading, home
from totalplace.doors.web.count.page import Link, Page, Part, exact, linked
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.pictures import trend_drawn
from totalplace.doors.web.spending.ready import of_edition, paged
from totalplace.money.years import FinancialYear

_HEADS: Final = (
    "agency", "agency_name", "month", "financial_year", "held", "lines", "pence", "pounds",
    "changes_from_this_month",
)  # fmt: skip
_ALL: Final = "All bodies together"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: one body, or all of them in the months that all have."""

    agency: str  # "" for all
    name: str
    agencies: tuple[str, ...]
    points: tuple[Point, ...]
    stops: tuple[Stop, ...]

    @property
    def stop_at(self) -> frozenset[date]:
        """The months before which a line stops."""
        return frozenset(m for stop in self.stops for m in stop.months)


@of_edition
def trend(request: HttpRequest, reading: Reading, form: str = "") -> HttpResponseBase:
    """The months of a body, or of all together."""
    held = months(home(), reading.row)
    asked = str(request.GET.get("body", ""))
    if held is None:
        return paged(request, reading, _nothing(reading), form)
    agency = asked if asked in held.by_month else ""
    return paged(request, reading, _page(reading, held, _shown(reading, held, agency)), form)


def _nothing(reading: Reading) -> Page:
    return Page(
        title=VIEWS["trend"],
        lead="This edition was made from returns of whole years alone, so no month is known.",
        at=("trend",),
        parts=(),
        exact=exact(reading, _HEADS, ()),
    )


def _shown(reading: Reading, held: Months, agency: str) -> Shown:
    chosen = (agency,) if agency else tuple(sorted(held.by_month))
    series = [_pence(held.by_month[code]) for code in chosen]
    shown = points(together(series) if len(series) > 1 else series[0] if series else {})
    name = reading.report.name_of(agency) if agency else _ALL
    return Shown(agency, name, chosen, shown, tuple(stops(reading.whole.breaks, chosen)))


def _pence(of_months: Mapping[date, Summed]) -> dict[date, int]:
    return {month: summed.pence for month, summed in of_months.items()}


def _page(reading: Reading, held: Months, shown: Shown) -> Page:
    place = reading.whole.place_name
    whose = shown.name if shown.agency else f"All bodies of {place} together"
    lead = f"{whose}: payments month by month, as far as files are held."
    return Page(
        title=f"{VIEWS['trend']}: {shown.name}" if shown.agency else VIEWS["trend"],
        lead=lead,
        at=("trend",),
        parts=tuple(_parts(reading, held, shown)),
        exact=exact(reading, _HEADS, _rows(held, shown)),
        query=f"body={shown.agency}" if shown.agency else "",
    )


def _parts(reading: Reading, held: Months, shown: Shown) -> Iterator[Part]:
    yield _choose(reading, held, shown)
    if shown.points:
        title = f"{shown.name}, month by month"
        yield Part(
            "Months",
            says=_says(shown),
            table=linked(table(
                "Table of months", _caption(shown),
                ["Month", "£", "<What to mind"], _month_rows(shown))),
            picture=trend_drawn(title, shown.points, shown.stops),
        )  # fmt: skip
    else:
        yield Part("Months", says=(_NO_MONTHS,))
    yield _changes(shown)
    yield Part("Financial years", says=(_YEARS_SAID,), table=linked(table(
        "Table of financial years", "In pounds, with the months that are held.",
        ["Year", "Months held", "£", "<Compares with the year before"],
        _year_rows(held, shown))))  # fmt: skip


_NO_MONTHS: Final = (
    "There is no month of which the files of every body are held, so all together cannot be shown. "
    "Choose one body."
)
_YEARS_SAID: Final = (
    "A year of which months are missing is less than a year. Lines whose year is known and whose "
    "month is not are in the year alone."
)


def _says(shown: Shown) -> tuple[str, ...]:
    said = ["Published payments leave out pay, benefits and small sums, and are gross."]
    if not shown.agency and len(shown.agencies) > 1:
        said.append(
            "A month is shown where every body’s files are held of it. Money that one of them paid "
            "another is in both, so this is no sum of what was spent."
        )
    if shown.stops:
        said.append(
            "The line stops where something changed that is no growth and no saving. Nothing may "
            "be read across such a place."
        )
    return tuple(said)


def _caption(shown: Shown) -> str:
    gaps = sum(p.pence is None for p in shown.points)
    if not gaps:
        return "In pounds, as published."
    missing = plural(gaps, "month")
    return f"In pounds, as published. {missing} between are not held: not known, not nothing."


def _choose(reading: Reading, held: Months, shown: Shown) -> Part:
    """A link for each body: the choice is in the address."""
    links = [] if not shown.agency else [Link(_ALL, reading.to("trend"))]
    links += [
        Link(reading.report.name_of(code), f"{reading.to('trend')}?body={code}")
        for code in sorted(held.by_month, key=reading.report.name_of)
        if code != shown.agency
    ]
    return Part("Whose payments", says=(f"Shown: {shown.name}.",), links=tuple(links))


def _month_rows(shown: Shown) -> Iterator[Row]:
    unit = Unit(is_millions=False)
    for point in shown.points:
        changes = _told_at(shown, point.month)
        gap = "No file is held of it." if point.pence is None else ""
        yield Row(
            month_name(point.month),
            (money(unit, point.pence), words(" ".join((gap, *changes)).strip() or "–")),
        )


def _told_at(shown: Shown, month: date) -> list[str]:
    """What changes from a month on, in words."""
    return [
        f"{s.agency_name}: {s.what.partition('. ')[0]}." if not shown.agency
        else f"{s.what.partition('. ')[0]}."
        for s in shown.stops
        if month in s.months[:1]
    ]  # fmt: skip


def _changes(shown: Shown) -> Part:
    notes = tuple((f"{s.agency_name}, {s.when}", s.what) for s in shown.stops)
    none = "No change of publishing or of boundary was found. That is no proof of none."
    return Part("Changes that are no growth", says=() if notes else (none,), notes=notes)


def _year_rows(held: Months, shown: Shown) -> Iterator[Row]:
    years = sorted({y for code in shown.agencies for y in held.by_year[code] if y is not None})
    unit = Unit(is_millions=False)
    for year in years:
        named = FinancialYear(year)
        lacking = [code for code in shown.agencies if not held.by_year[code].get(year)]
        whole = sum(held.by_year[c][year].pence for c in shown.agencies if c not in lacking)
        months_held = min(_held(held, code, named) for code in shown.agencies)
        pence = None if lacking else whole
        yield Row(
            named.label,
            (
                plain(f"{months_held} of 12"),
                money(unit, pence),
                words(_compares(held, shown, named, months_held)),
            ),
        )


def _held(held: Months, code: str, year: FinancialYear) -> int:
    return sum(month in held.by_month[code] for month in year.months)


def _compares(held: Months, shown: Shown, year: FinancialYear, months_held: int) -> str:
    before = FinancialYear(year.start - 1)
    if not all(held.by_year[code].get(before.start) for code in shown.agencies):
        return f"{before.label} is not held."
    least = min(_held(held, code, before) for code in shown.agencies)
    if min(months_held, least) < len(year.months):
        return "No: months are missing."
    between = {*before.months[1:], *year.months}
    broken = [s for s in shown.stops if between & set(s.months)]
    if broken:
        return f"No: {broken[0].what.partition('. ')[0].lower()}, {broken[0].when}."
    return "Yes, as far as is known."


def _rows(held: Months, shown: Shown) -> Iterator[tuple[Exactly, ...]]:
    for point in shown.points:
        lines = sum(
            held.by_month[code][point.month].rows
            for code in shown.agencies
            if point.pence is not None and point.month in held.by_month[code]
        )
        is_held = point.pence is not None
        yield (
            shown.agency, shown.name, f"{point.month:%Y-%m}",
            FinancialYear.of(point.month).label, "yes" if is_held else NOT_KNOWN,
            lines if is_held else "", point.pence if point.pence is not None else "",
            in_pounds(point.pence) if point.pence is not None else "",
            "; ".join(_told_at(shown, point.month)),
        )  # fmt: skip
