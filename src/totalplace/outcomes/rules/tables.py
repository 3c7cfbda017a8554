"""A table of no known form: what its columns are taken for, by their headings and what they hold.

What is taken is said with its reasons, so that an officer can see it and disagree. Where there is
no area, no period or no figure to be seen, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.forms import Coding, Fit, Form, Layout, Role, plain
from totalplace.outcomes.rules.marks import Marks, known
from totalplace.refusal import Refused

GSS: Final = re.compile(r"[EWSNKJLM][0-9]{8}")
NUMBER: Final = re.compile(
    r"£?[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?"
)
_MOSTLY: Final = 0.9
_SAMPLE: Final = 400  # rows that are enough to tell what a column holds
_AREA: Final = frozenset({
    "area code", "areacd", "gss code", "ons code", "lad code", "la code", "local authority code",
    "code",
})  # fmt: skip
# Columns by which one measure is told apart into several.
_ALSO: Final = frozenset({
    "sex", "gender", "age", "age group", "ethnicity", "ethnic group", "category", "category type",
    "breakdown", "group", "type", "characteristic", "deprivation",
})  # fmt: skip
_YEARS: Final = (1950, 2100)
_WORDS: Final = {
    Role.VALUE: "value|observation|figure|rate|percent|percentage|score|result|count|number",
    Role.MEASURE: "indicator|measure|metric|indicator name|measure name|statistic",
    Role.LOW: "low|lower|lci|lower ci|lower limit|lci 95|lower ci 95 0 limit",
    Role.HIGH: "high|upper|uci|upper ci|upper limit|uci 95|upper ci 95 0 limit",
    Role.AREA_NAME: "area name|areanm|name|area|local authority|place",
    Role.PERIOD: "period|time period|year|date|month|quarter|time",
    Role.UNIT: "unit|units",
    Role.STATUS: "status|flag",
    Role.NOTE: "note|notes|value note",
}


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column is headed and holds: shares of its filled cells."""

    place: int
    heading: str
    words: str
    filled: int
    kinds: int  # how many different cells there are, empty ones too
    gss: float
    period: float
    number: float

    @property
    def named(self) -> str:
        """As it is spoken of."""
        return f"“{self.heading}”" if self.heading else f"column {self.place + 1}"


def guess(rows: Sequence[Sequence[object]], *, name: str, marks: Marks) -> Fit:
    """What a table of no known form is taken for. Raises Refused, kindly, where that is not clear.

    `name` is what the file is called; where no column names the measure, that is its name.
    """
    header = _header(rows)
    if header is None:
        raise _no(name, "it has no row of headings above rows of figures")
    below = rows[header + 1 : header + 1 + _SAMPLE]
    columns = [_column(at, cell, below, marks) for at, cell in enumerate(rows[header])]
    area = _best([c for c in columns if c.gss >= _MOSTLY], _AREA)
    if area is None:
        raise _no(name, "no column holds codes of areas such as E06000001")
    headed = [c for c in columns if _is_headed_by_period(c) and c.number >= _MOSTLY]
    reasons = [f"{area.named} holds codes of areas (such as {_first(below, area.place)})"]
    taken = {Role.AREA: area.place}
    if len(headed) > 1:
        reasons.append(f"{len(headed)} columns are headed by a period, the first {headed[0].named}")
        layout, values = Layout.PERIODS, tuple(c.place for c in headed)
    else:
        layout, values = Layout.LONG, ()
        reasons += _long(columns, taken, below, name)
    _beside(columns, taken, values, reasons)
    also = tuple(
        c.place for c in columns
        if c.words in _ALSO and c.kinds > 1 and c.place not in (*taken.values(), *values)
    )  # fmt: skip
    if also:
        listed = ", ".join(columns[place].named for place in also)
        reasons.append(f"measures are told apart by {listed}, which differ from row to row")
    measure = "" if Role.MEASURE in taken else name
    if measure:
        reasons.append(f"no column names what is measured, so the file’s name does: {name}")
    heads = tuple(" ".join(str(cell or "").split()) for cell in rows[header])
    form = Form(
        "guessed", "A table of no known form", "", layout, Coding.GSS,
        {role: (heads[at],) for role, at in taken.items()}, measure=measure, marks=marks,
    )  # fmt: skip
    return Fit(form, header, heads, taken, values, also, tuple(reasons), guessed=True)


def _long(
    columns: Sequence[_Column], taken: dict[Role, int], below: Sequence[Sequence[object]], name: str
) -> list[str]:
    """Take the period and the figure of a table that has one a row."""
    free = [c for c in columns if c.place not in taken.values()]
    period = _best([c for c in free if c.period >= _MOSTLY], _words(Role.PERIOD))
    if period is None:
        raise _no(name, "no column holds periods such as 2023/24 or 2019")
    taken[Role.PERIOD] = period.place
    limits = _words(Role.LOW) | _words(Role.HIGH)
    numbers = [c for c in free if c.number >= _MOSTLY and c.place != period.place]
    figures = [c for c in numbers if c.words not in limits]
    named = [c for c in figures if c.words in _words(Role.VALUE)]
    if len(named or figures) != 1:
        listed = ", ".join(c.named for c in named or figures) or "none"
        raise _no(name, f"it is not clear which column holds the figure ({listed})")
    value = (named or figures)[0]
    taken[Role.VALUE] = value.place
    why = "is headed so" if named else "is the only other column of numbers"
    return [
        f"{period.named} holds periods (such as {_first(below, period.place)})",
        f"{value.named} holds the figures: it {why}",
    ]


def _beside(
    columns: Sequence[_Column], taken: dict[Role, int], values: Sequence[int], reasons: list[str]
) -> None:
    """Take what stands beside a figure by its heading alone."""
    for role in (Role.MEASURE, Role.LOW, Role.HIGH, Role.AREA_NAME, Role.UNIT, Role.STATUS,
                 Role.NOTE):  # fmt: skip
        for column in columns:
            free = column.place not in taken.values() and column.place not in values
            if free and column.words in _words(role):
                taken[role] = column.place
                reasons.append(
                    f"{column.named} is taken as {role.replace('_', ' ')} by its heading"
                )
                break


def _header(rows: Sequence[Sequence[object]]) -> int | None:
    """The first row of several words, none of them a number, above a row that has one."""
    for at, row in enumerate(rows[:40]):
        cells = [str(cell).strip() for cell in row if str(cell or "").strip()]
        after = rows[at + 1 : at + 4]
        if len(cells) < 2 or len(set(cells)) < len(cells) or _gss_in(row) or not after:
            continue
        if any(_gss_in(line) for line in after):
            return at
    return None


def _gss_in(row: Sequence[object]) -> bool:
    return any(GSS.fullmatch(str(cell).strip()) for cell in row)


def _column(
    place: int, heading: object, below: Sequence[Sequence[object]], marks: Marks
) -> _Column:
    cells = [
        str(row[place]).strip() for row in below if place < len(row) and row[place] is not None
    ]
    filled = [cell for cell in cells if cell]
    many = max(1, len(filled))
    shown = " ".join(str(heading or "").lstrip("\ufeff").split())
    return _Column(
        place, shown, plain(heading), len(filled), len(set(cells)),
        sum(bool(GSS.fullmatch(cell)) for cell in filled) / many,
        sum(_is_period(cell) for cell in filled) / many,
        sum(bool(NUMBER.fullmatch(c)) or known(c, marks) is not None for c in filled) / many,
    )  # fmt: skip


def _is_period(cell: str) -> bool:
    read = periods.read(cell)
    return read is not None and _YEARS[0] <= read.period.first_day.year <= _YEARS[1]


def _is_headed_by_period(column: _Column) -> bool:
    return _is_period(column.heading)


def _best(found: Sequence[_Column], words: frozenset[str]) -> _Column | None:
    """The one whose heading says so, else the first."""
    named = [column for column in found if column.words in words]
    return next(iter(named or found), None)


def _words(role: Role) -> frozenset[str]:
    return frozenset(_WORDS[role].split("|"))


def _first(below: Sequence[Sequence[object]], place: int) -> str:
    return next((str(row[place]) for row in below if place < len(row) and row[place]), "")


def _no(name: str, why: str) -> Refused:
    return Refused(
        f"{name} was not added",
        why=f"no form knows it, and {why}",
        next_step="Ask the publisher for it with one area, period and figure a row, or write a "
        "form for it; docs/how-to/add-readings.md says how",
    )
