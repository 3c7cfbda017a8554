"""An indicator in every area at once: a table and a funnel, never a league table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.pictures.funnels import funnel_picture
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.watch_told import exactly, said
from totalplace.doors.web.count.opening import home
from totalplace.doors.web.front import public
from totalplace.doors.web.monitoring.watching.opening import drawn, file, today
from totalplace.monitoring.queries.units import (
    UnitRow,
    UnitsRow,
    became_worse,
    indicators_held,
    units,
)
from totalplace.monitoring.rules.charts.funnel import Shown
from totalplace.refusal import Refused

_MOST_ROWS: Final = 25  # shown; those that stand out first, and the files have them all
_LONGEST: Final = 64
HEADS: Final = (
    "area", "area_name", "period", "value", "unit", "numerator", "denominator", "low", "high",
    "beside_all_together", "stands_out", "became_worse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shown:
    """An area in the table: its figure, its counts, and how it stands beside all together."""

    code: str
    name: str
    figure: str
    counts: str
    says: str
    out: bool


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The indicators of which all areas can be held beside each other."""
    return public(drawn(request, "units", {"rows": indicators_held()}))


@require_safe
def one(request: HttpRequest, indicator: str) -> HttpResponse:
    """The areas of a kind in a period, those that stand out first, and the funnel."""
    row = _asked(request, indicator)
    mine, search = _word(request, "area"), _word(request, "search")
    rows = _table(row)
    chosen = [one for one in rows if search.lower() in one.name.lower()]
    chosen.sort(key=lambda one: (one.code != mine, not one.out, one.name))
    funnel = row.funnel
    worse = became_worse(row, home=home(), on=today())
    plain = row.series[0] if row.series else None
    context = {
        "one": row.indicator, "period": row.period, "periods": row.periods,
        "level": row.kind_of_area, "levels": row.kinds, "mine": mine, "search": search,
        "rows": chosen[:_MOST_ROWS], "hidden": max(0, len(chosen) - _MOST_ROWS),
        "choices": sorted(((one.area, one.area_name) for one in row.series), key=lambda x: x[1]),
        "summary": _summary(row), "kind_said": row.kind_of_area, "notes": _notes(row),
        "picture": funnel_picture(
            funnel, title=f"{row.indicator.title}, {row.period.said}", unit=row.indicator.unit,
            decimals=row.indicator.decimals, size_name=_size_name(row), own=mine,
        ) if funnel and row.period else "",
        "query": _query(row, mine), "moved_said": worse.words,
        "moved": [(one, said(plain, one.before), said(plain, one.after))
                  for one in worse.moved[:_MOST_ROWS]] if plain else [],
        "moved_hidden": max(0, len(worse.moved) - _MOST_ROWS),
    }  # fmt: skip
    return public(drawn(request, "unit", context))


@require_safe
def download(request: HttpRequest, indicator: str, form: str) -> HttpResponse:
    """The same areas as a file, all of them."""
    row = _asked(request, indicator)
    worse = became_worse(row, home=home(), on=today())
    moved = {one.area for one in worse.moved}
    rows = [
        (*_cells(one, told), ("yes" if told.code in moved else "no") if worse.judged else "")
        for one, told in zip(row.rows, _table(row), strict=True)
    ]
    if form == "csv":
        made = csv_text(HEADS, rows).encode("utf-8-sig")
    else:
        made = book([Sheet("Areas", HEADS, rows, frozen=2)])
    return public(file(made, form, f"areas-{indicator}"))


def _asked(request: HttpRequest, indicator: str) -> UnitsRow:
    try:
        return units(
            indicator, home=home(), on=today(), kind_of_area=_word(request, "level"),
            area=_word(request, "area"), first_day=_day(_word(request, "period")),
        )  # fmt: skip
    except Refused as refused:
        raise Http404 from refused


def _word(request: HttpRequest, name: str) -> str:
    said = request.GET.get(name, "").strip()
    return said if len(said) <= _LONGEST and said.isprintable() else ""


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _query(row: UnitsRow, mine: str) -> str:
    said = {"level": row.kind_of_area, "area": mine,
            "period": row.period.first_day.isoformat() if row.period else ""}  # fmt: skip
    kept = {key: value for key, value in said.items() if value}
    return f"?{urlencode(kept)}" if kept else ""


def _table(row: UnitsRow) -> list[_Shown]:
    """Every area with how it stands beside all together, or why it cannot be placed."""
    placed = {one.code: one for one in row.funnel.units} if row.funnel else {}
    left = {one.code: one.why for one in row.funnel.left} if row.funnel else {}
    return [_shown(one, placed.get(one.watched.area), left, some=bool(placed)) for one in row.rows]


def _shown(one: UnitRow, placed: Shown | None, left: Mapping[str, str], *, some: bool) -> _Shown:
    why = left.get(one.watched.area, "there is nothing to compare it with")
    counts = ""
    if one.point.numerator is not None and one.point.denominator is not None:
        counts = f"{one.point.numerator:,.0f} of {one.point.denominator:,.0f}"
    return _Shown(
        one.watched.area,
        one.watched.area_name,
        said(one.watched, one.point.value),
        counts,
        placed.says if placed else f"Not placed: {why}." if some else "",
        placed is not None and placed.stands_out,
    )


def _cells(one: UnitRow, told: _Shown) -> Sequence[str | int | Decimal]:
    point = one.point
    return (
        told.code, told.name, point.period.said, exactly(point.value), one.watched.unit,
        exactly(point.numerator), exactly(point.denominator), exactly(point.low),
        exactly(point.high), told.says, "yes" if told.out else "no",
    )  # fmt: skip


def _summary(row: UnitsRow) -> str:
    if row.funnel is None or row.funnel.centre is None:
        why = row.funnel.left[0].why if row.funnel and row.funnel.left else "there are too few"
        return f"Nothing can be said of which stand out: {why}."
    out = row.funnel.standing_out
    worse = sum(one.worse is True for one in out)
    better = sum(one.worse is False for one in out)
    neither = len(out) - worse - better
    told = [f"{worse} worse" if worse else "", f"{better} better" if better else "",
            f"{neither} either way" if neither else ""]  # fmt: skip
    which = ", ".join(filter(None, told)) or "none"
    share = round(100 * row.funnel.share_false)
    return (
        f"Of {len(row.funnel.units):,} areas these stand out by more than chance: {which}. At most "
        f"{share} per cent of those told are expected to be there by chance."
    )


def _notes(row: UnitsRow) -> tuple[str, ...]:
    return row.funnel.notes if row.funnel and row.funnel.units else ()


def _size_name(row: UnitsRow) -> str:
    if row.kind.value == "a measure":
        return "how exactly it is known"
    return row.indicator.denominator or "how many it is of"
