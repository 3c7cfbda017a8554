"""Readings as rows of exact values: the same for a page's downloads, the API and the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from totalplace.outcomes.queries import Beside
from totalplace.outcomes.rules.indicators import Indicator, rounded
from totalplace.outcomes.rules.readings import Reading, Series, Status

SERIES: Final = (
    "indicator", "area", "area_name", "period", "first_day", "last_day", "value", "low", "high",
    "unit", "numerator", "denominator", "status", "why_missing", "break_before", "note", "vintage",
    "row",
)  # fmt: skip
BESIDE: Final = (
    "indicator", "area", "area_name", "what", "period", "first_day", "last_day", "value", "low",
    "high", "unit", "status", "why_missing", "against_first", "vintage",
)  # fmt: skip
_PLAIN: Final = 20  # digits after the point, past which a share of two counts is cut


def series_rows(series: Series) -> list[tuple[str | int, ...]]:
    """The readings of a series under the heads SERIES; what is not known is empty, never zero."""
    breaks = {one.on: one.why for one in series.breaks}
    return [
        (
            series.indicator.code, series.area, series.area_name, one.period.said,
            one.period.first_day.isoformat(), one.period.last_day.isoformat(), exact(one.value),
            exact(one.low), exact(one.high), series.indicator.unit, _or_empty(one.numerator),
            _or_empty(one.denominator), one.status.value, one.why_missing,
            breaks.get(one.period.first_day, ""), one.note, one.vintage or "", one.row or "",
        )
        for one in series.readings
    ]  # fmt: skip


def beside_rows(named: Indicator, rows: Iterable[Beside]) -> list[tuple[str | int, ...]]:
    """Areas beside each other under the heads BESIDE."""
    found: list[tuple[str | int, ...]] = []
    for row in rows:
        one = row.reading
        period = ("", "", "") if one is None else (
            one.period.said, one.period.first_day.isoformat(), one.period.last_day.isoformat()
        )  # fmt: skip
        values = ("", "", "") if one is None else (
            exact(one.value), exact(one.low), exact(one.high)
        )  # fmt: skip
        found.append((
            named.code, row.area, row.name, row.what, *period, *values, named.unit,
            one.status.value if one else Status.NO_READING.value,
            one.why_missing if one else "there is no reading of this period",
            row.compared.words if row.compared else "", (one.vintage or "") if one else "",
        ))  # fmt: skip
    return found


def exact(value: Decimal | None) -> str:
    """A value with all its digits, in plain notation; empty where it is missing."""
    if value is None:
        return ""
    text = f"{value:.{_PLAIN}f}" if -value.as_tuple().exponent > _PLAIN else f"{value:f}"  # type: ignore[operator]
    return text.rstrip("0").rstrip(".") if "." in text else text


def limits(named: Indicator, one: Reading | None) -> str:
    """The limits of a reading as a page shows them: 57.3 to 61.4; empty where there are none."""
    if one is None or one.low is None or one.high is None:
        return ""
    return f"{rounded(one.low, named.decimals)} to {rounded(one.high, named.decimals)}"


def as_json(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[dict[str, object]]:
    """Rows by name; what is not known is null."""
    return [
        {h: None if cell == "" else cell for h, cell in zip(heads, row, strict=True)}
        for row in rows
    ]


def _or_empty(count: int | None) -> str | int:
    return "" if count is None else count
