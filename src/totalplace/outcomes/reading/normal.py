"""A table of any form in the one shape that figures are judged in: one a row, all as text."""

# ruff: noqa: S608  (columns go by number, words are quoted, paths are our own)
from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from totalplace.outcomes.rules.forms import Fit, Layout, Role

# Of the shape, what is text and may be lacking.
_TEXTS: Final = {
    "area_name": Role.AREA_NAME, "level": Role.LEVEL, "unit": Role.UNIT, "status": Role.STATUS,
    "note": Role.NOTE, "low": Role.LOW, "high": Role.HIGH, "numerator": Role.NUMERATOR,
    "denominator": Role.DENOMINATOR, "less": Role.LESS,
}  # fmt: skip


def select(fit: Fit) -> str:
    """The query that makes the table `published` of `raw`, whose columns are c0, c1 and so on."""
    return " UNION ALL ".join(_parts(fit))


def _parts(fit: Fit) -> Iterator[str]:
    form = fit.form
    if form.layout in (Layout.WIDE, Layout.PERIODS):
        for each in fit.values:
            yield _part(fit, each, fit.headings[each])
        return
    place = fit.columns.get(Role.VALUE)
    figure = place if place is not None else fit.columns[Role.DENOMINATOR]
    yield _part(fit, place, fit.headings[figure])


def _part(fit: Fit, value: int | None, heading: str) -> str:
    form, at = fit.form, fit.columns
    measure = _cell(at[Role.MEASURE]) if Role.MEASURE in at else _words(form.measure)
    whole_of = "CAST(NULL AS VARCHAR)"
    if form.layout is Layout.WIDE:
        named = [_cell(at[r]) for r in (Role.MEASURE, Role.DIMENSION) if r in at]
        named = named or ([_words(form.measure)] if form.measure else [])
        measure = " || ': ' || ".join([*named, _words(heading)])
    elif Role.DIMENSION in at:
        if form.add_up.dimension:
            whole_of = f"{measure} || ': ' || {_words(form.add_up.dimension)}"
        measure = f"{measure} || ': ' || {_cell(at[Role.DIMENSION])}"
    measure += "".join(_told_apart(place) for place in fit.also)
    period = _words(heading) if form.layout is Layout.PERIODS else _cell(at[Role.PERIOD])
    area = _cell(at[Role.AREA]) if Role.AREA in at else _words(form.area)
    said = {
        "row": "row",
        "heading": _words(heading),
        "measure": measure,
        "whole_of": whole_of,
        "area": area,
        "period": period,
        "value": _cell(value) if value is not None else "''",
        "is_share": str(form.layout is Layout.SHARE).lower(),
        "is_less": str(Role.LESS in at and Role.NUMERATOR not in at).lower(),
    }
    said |= {name: _cell(at[role]) if role in at else "''" for name, role in _TEXTS.items()}
    columns = ", ".join(f"{what} AS {name}" for name, what in said.items())
    return f"SELECT {columns} FROM raw"


def _told_apart(place: int) -> str:
    """What a further column adds to a measure's name; nothing where its cell is empty."""
    cell = f"TRIM({_cell(place)})"
    return f" || CASE WHEN {cell} = '' THEN '' ELSE ', ' || {cell} END"


def _cell(place: int) -> str:
    return f"COALESCE(c{place}, '')"


def _words(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
