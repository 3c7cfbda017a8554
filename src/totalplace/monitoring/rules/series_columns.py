"""Any table of series: which column holds the periods, which the figures, which names a series.

Three ways to lie are known: a figure a row; periods down and series across; series down and periods
across. Where there is no period or no figure to be seen, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from totalplace.monitoring.rules import series_periods
from totalplace.monitoring.rules.series_cells import plain_number, plainly
from totalplace.monitoring.rules.series_periods import Manner
from totalplace.outcomes.rules.forms import Fit, plain
from totalplace.outcomes.rules.forms import Role as FormRole
from totalplace.outcomes.rules.marks import Marks, known
from totalplace.outcomes.rules.periods import AS_WRITTEN, Years
from totalplace.outcomes.rules.tables import NUMBER
from totalplace.refusal import Refused
from totalplace.sources.rules.rows import letter

_HEADER_WITHIN: Final = 60  # rows; above a heading stand a title and notes
_SAMPLE: Final = 400  # rows that are enough to tell what a column holds
_MOSTLY: Final = 0.9
_SOME: Final = 0.5
_ACROSS: Final = 3  # headings that are periods: fewer may be years in a heading's words
_EARLIEST, _LATEST = 1900, 2150


class Role(StrEnum):
    """What a column is."""

    SERIES = "series"
    AREA = "area"
    AREA_NAME = "area name"
    PERIOD = "period"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    LESS = "less"  # what the denominator is lessened by to give the numerator
    LOW = "low"
    HIGH = "high"
    UNIT = "unit"
    BETTER = "better"
    TARGET = "target"
    MATTERS = "matters"
    STATUS = "status"


_WORDS: Final = {
    Role.SERIES: "series|indicator|measure|metric|indicator name|measure name|statistic|kpi",
    Role.AREA: "area code|areacd|area|gss code|ons code|org code|organisation code|provider code"
    "|trust code|code|place",
    Role.AREA_NAME: "area name|areanm|organisation name|org name|provider name|trust name"
    "|local authority|name|organisation|provider|trust",
    Role.PERIOD: "period|time period|month|date|year|quarter|week|week ending|time|period start"
    "|month ending|reporting period|financial year|day|effective snapshot date",
    Role.VALUE: "value|observation|figure|rate|percent|percentage|%|score|result|count|number",
    Role.NUMERATOR: "numerator|events|cases",
    Role.DENOMINATOR: "denominator|population|total|base",
    Role.LOW: "low|lower|lci|lci 95|lower limit|lower ci|lower ci 95 0 limit"
    "|lower confidence limit",
    Role.HIGH: "high|upper|uci|uci 95|upper limit|upper ci|upper ci 95 0 limit"
    "|upper confidence limit",
    Role.UNIT: "unit|units|unit of measure",
    Role.BETTER: "better|polarity|direction|improvement direction",
    Role.TARGET: "target|goal|standard",
    Role.MATTERS: "matters|smallest change that matters",
    Role.STATUS: "status|flag|obs status",
}  # fmt: skip
_ROLE_OF: Final = {word: role for role, words in _WORDS.items() for word in words.split("|")}
# Columns by which one series is told apart into several, numbers or not.
_KEYS: Final = frozenset({
    "type", "sex", "gender", "age", "age group", "group", "category", "breakdown", "dimension",
    "ethnicity", "ethnic group", "level", "characteristic", "department", "site", "service",
    "measure type",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything stands in a table; places from 0.

    `across` are columns headed by a period. `values` are columns of figures, each a series of its
    own where there are several. `keys` tell series apart. `also` are of those, after a comma.
    """

    header: int
    headings: tuple[str, ...]
    roles: Mapping[Role, int]
    values: tuple[int, ...] = ()
    across: tuple[int, ...] = ()
    keys: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    form: str = ""
    measure: str = ""
    years: Years = AS_WRITTEN
    months: bool = False  # its days are months, written by their first day
    passed: tuple[str, ...] = field(default_factory=tuple)  # headings of columns that are not read


_OF_FORM: Final = {
    FormRole.MEASURE: Role.SERIES, FormRole.AREA: Role.AREA, FormRole.AREA_NAME: Role.AREA_NAME,
    FormRole.PERIOD: Role.PERIOD, FormRole.VALUE: Role.VALUE,
    FormRole.NUMERATOR: Role.NUMERATOR, FormRole.DENOMINATOR: Role.DENOMINATOR,
    FormRole.LESS: Role.LESS, FormRole.LOW: Role.LOW, FormRole.HIGH: Role.HIGH,
    FormRole.UNIT: Role.UNIT, FormRole.STATUS: Role.STATUS,
}  # fmt: skip


def by_form(fit: Fit) -> Columns:
    """The columns of a table of a published form that is known."""
    form = fit.form
    roles = {_OF_FORM[role]: at for role, at in fit.columns.items() if role in _OF_FORM}
    dimension = fit.columns.get(FormRole.DIMENSION)
    across = bool(fit.values) and form.layout == "periods"
    return Columns(
        header=fit.header,
        headings=fit.headings,
        roles=roles,
        values=() if across else fit.values or _value(roles),
        across=fit.values if across else (),
        keys=() if dimension is None else (dimension,),
        also=fit.also,
        form=form.code,
        measure=form.measure,
        years=form.years,
        months=form.period_is_month,
    )


def _value(roles: Mapping[Role, int]) -> tuple[int, ...]:
    return (roles[Role.VALUE],) if Role.VALUE in roles else ()


def found(rows: Sequence[Sequence[str]], *, name: str, marks: Marks) -> Columns:
    """The columns of a table of any form. Raises Refused, kindly, where they are not clear."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        heads = _heads(row)
        if at:
            heads = _below_years(_heads(rows[at - 1]), heads)
        if sum(bool(head) for head in heads) < 2:
            continue
        below = rows[at + 1 : at + 1 + _SAMPLE]
        columns = _of(at, heads, below, marks)
        if columns is not None:
            return _without_heading(columns, rows[at:], marks) or columns
    raise Refused(
        f"{name} cannot be watched",
        why="no column of periods (such as 2023/24, Apr 2024 or 2024-04-01) with figures beside it "
        "was found",
        next_step="Give a table with a period and a figure a row, or a column for each series; "
        "totalplace monitoring template writes an empty one",
    )


def _heads(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.lstrip("\ufeff").split()) for cell in row)


def _below_years(above: Sequence[str], heads: tuple[str, ...]) -> tuple[str, ...]:
    """Headings with what stands above several of them: Q1 below 2023/24 is 2023/24 Q1."""
    joined, over = list(heads), ""
    for place, head in enumerate(heads):
        over = (above[place] if place < len(above) else "") or over
        both = f"{over} {head}"
        if head and over and not is_period(head) and is_period(both):
            joined[place] = both
    many = sum(one != head for one, head in zip(joined, heads, strict=True))
    return tuple(joined) if many >= _ACROSS else heads


def _without_heading(
    columns: Columns, rows: Sequence[Sequence[str]], marks: Marks
) -> Columns | None:
    """The columns of a table that has no heading: its first row is a period with its figure."""
    heads, at = columns.headings, columns.header
    period = columns.roles.get(Role.PERIOD)
    if period is None or not is_period(heads[period]):
        return None
    if not any(plain_number(heads[place]) is not None for place in columns.values):
        return None
    found = _of(at - 1, tuple("" for _ in heads), rows, marks)
    if found is None or len(found.values) < 2:
        return found
    return replace(found, headings=tuple(f"column {letter(each)}" for each in range(len(heads))))


def _of(
    at: int, heads: tuple[str, ...], below: Sequence[Sequence[str]], marks: Marks
) -> Columns | None:
    cells = [_cells(below, place) for place in range(len(heads))]
    across = tuple(place for place, head in enumerate(heads) if head and is_period(head))
    period = _period(heads, cells, across)
    numbers = [place for place in range(len(heads)) if _numbers(cells[place], marks)]
    if period is None:
        read = tuple(place for place in across if place in numbers)
        if len(read) < _ACROSS:
            return None
        # Figures behind the first period are a total or a rank; before it they may be a code.
        behind = {n for n in numbers if n > read[0] and plain(heads[n]) not in _KEYS}
        return _across(at, heads, read, cells, {*across, *behind} - set(read))
    if not set(numbers) - {period}:
        return None
    return _down(at, heads, period, numbers, cells)


def _period(
    heads: Sequence[str], cells: Sequence[Sequence[str]], across: Sequence[int]
) -> int | None:
    """The column of periods: by its heading, else the first whose cells are nearly all periods."""
    if len(across) >= _ACROSS:
        return None
    shares = {
        place: sum(map(is_period, some)) / len(some) for place, some in enumerate(cells) if some
    }
    named = [
        place for place, share in shares.items()
        if _ROLE_OF.get(plain(heads[place])) is Role.PERIOD and share >= _SOME
    ]  # fmt: skip
    if named:
        return named[0]
    return next((place for place, share in shares.items() if share >= _MOSTLY), None)


def _across(
    at: int,
    heads: tuple[str, ...],
    across: tuple[int, ...],
    cells: Sequence[Sequence[str]],
    others: set[int],
) -> Columns:
    """Periods across; `others` are columns that name no series, such as a total."""
    roles, keys = _roles(heads, set(across))
    wordy = tuple(place for place in keys if any(cells[place]) and place not in others)
    passed = tuple(heads[place] for place in keys if any(cells[place]) and place in others)
    if Role.SERIES not in roles and wordy and Role.AREA not in roles:
        roles[Role.SERIES] = wordy[0]
    return Columns(
        at, heads, roles, across=across,
        keys=tuple(place for place in wordy if place not in roles.values()), passed=passed,
    )  # fmt: skip


def _down(
    at: int,
    heads: tuple[str, ...],
    period: int,
    numbers: Sequence[int],
    cells: Sequence[Sequence[str]],
) -> Columns:
    roles, others = _roles(heads, {period})
    roles[Role.PERIOD] = period
    free = [place for place in others if any(cells[place])]
    keys = [
        place for place in free
        if place not in numbers or plain(heads[place]) in _KEYS
    ]  # fmt: skip
    figures = [place for place in free if place in numbers and place not in keys]
    counts = Role.DENOMINATOR in roles and {Role.NUMERATOR, Role.LESS} & set(roles)
    if Role.VALUE in roles and roles[Role.VALUE] in numbers:
        return Columns(
            at, heads, roles, (roles[Role.VALUE],), keys=tuple(keys),
            passed=tuple(heads[place] for place in figures),
        )  # fmt: skip
    if counts and not figures:
        return Columns(at, heads, roles, keys=tuple(keys))
    # Counts without their whole, a target without its value: each is a series like the others.
    odd = [Role.VALUE] if counts else [Role.NUMERATOR, Role.DENOMINATOR, Role.VALUE]
    figures += [roles.pop(role) for role in odd if role in roles]
    return Columns(at, heads, roles, tuple(sorted(figures)), keys=tuple(keys))


def _roles(heads: Sequence[str], taken: set[int]) -> tuple[dict[Role, int], list[int]]:
    """The columns that headings name, and those that none does."""
    roles: dict[Role, int] = {}
    free = []
    for place, head in enumerate(heads):
        if place in taken:
            continue
        role = _ROLE_OF.get(plain(head))
        if role is None or role in roles or role is Role.PERIOD:
            free.append(place)
        else:
            roles[role] = place
    return roles, free


def _cells(below: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in below if place < len(row) and row[place].strip()]


def _numbers(cells: Sequence[str], marks: Marks) -> bool:
    """Whether a column holds figures: most are numbers, and hardly any is another word."""
    if not cells:
        return False
    figures = sum(bool(NUMBER.match(plainly(cell))) for cell in cells)
    marked = sum(known(cell, marks) is not None for cell in cells)
    return figures > 0 and (figures + marked) / len(cells) >= _SOME


def is_period(cell: str) -> bool:
    """Whether a cell is a period of our times."""
    text = cell.strip()
    read = series_periods.read(text) or series_periods.read(text, manner=Manner.MONTH_FIRST)
    return read is not None and _EARLIEST <= read.period.first_day.year <= _LATEST


_PER: Final = re.compile(r"per ([\d,]+)")


def scale_of(unit: str) -> int:
    """What a share or a rate in a unit is multiplied by: 100 for %, 1,000 for per 1,000."""
    if "%" in unit or "per cent" in unit.lower():
        return 100
    said = _PER.search(unit.lower())
    return int(said.group(1).replace(",", "")) if said and said.group(1).strip(",") else 1
