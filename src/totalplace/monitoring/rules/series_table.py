"""The series of a table of figures, each figure accounted for: read, missing with why, or a fault.

A fault is told at its cell, and its figure is set aside: it is never charted as news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

from totalplace.monitoring.rules import series_periods
from totalplace.monitoring.rules.series_columns import Columns, Role, scale_of
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.forms import plain
from totalplace.outcomes.rules.indicators import Better, Indicator
from totalplace.outcomes.rules.marks import Marks, known, status_of
from totalplace.outcomes.rules.periods import Period, following
from totalplace.outcomes.rules.readings import Status
from totalplace.outcomes.rules.tables import NUMBER
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.refusal import Refused
from totalplace.sources.rules.rows import letter

MOST_SERIES: Final = 200_000
_MOST_GAPS: Final = 60
_LONG: Final = (1, 3, 12)  # months that one period commonly is long
_RHYTHMS: Final = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120)
_MOSTLY: Final = 0.8
_MOST_DECIMALS: Final = 3
_FIGURE: Final = re.compile(rf"({NUMBER.pattern})\s*[\[(]?\s*([A-Za-z*~†]{{0,12}})\s*[\])]?")
_DECIMALS: Final = re.compile(r"\.(\d+?)0*%?$")
_PROVISIONAL: Final = {Status.PROVISIONAL, Status.ESTIMATED, Status.UNRELIABLE}
_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_BETTER: Final = {
    "higher": Better.HIGHER, "up": Better.HIGHER, "high": Better.HIGHER, "increase": Better.HIGHER,
    "lower": Better.LOWER, "down": Better.LOWER, "low": Better.LOWER, "decrease": Better.LOWER,
    "neither": Better.NEITHER, "": Better.NEITHER,
}  # fmt: skip


@dataclass(slots=True)
class _Made:
    """A series while its rows are read."""

    title: str
    area: str
    area_name: str
    named: Indicator | None
    points: list[Point] = field(default_factory=list)
    unit: str = ""
    better: Better | None = None
    target: str = ""
    matters: float | None = None
    decimals: Counter[int] = field(default_factory=Counter)
    only_counts: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """A table: its sheet, what a mark means, which indicators are known, which way is better."""

    sheet: str
    name: str
    marks: Marks
    named: Mapping[tuple[str, str], Indicator] = field(default_factory=dict)
    better: Better | None = None


def series_of(
    rows: Sequence[Sequence[str]], columns: Columns, about: About
) -> tuple[list[Watched], list[SheetFault]]:
    """Every series of a table, in the order in which they first stand there, and every fault.

    Raises Refused where there are more than two hundred thousand series: then a column that tells
    rows apart was taken for one that tells series apart.
    """
    reader = _Reader(columns, about)
    for number, row in enumerate(rows[columns.header + 1 :], start=columns.header + 2):
        if any(cell.strip() for cell in row):
            reader.row(number, row)
    made = [_watched(one, about) for one in reader.made.values()]
    return made, reader.faults


class _Reader:
    """Reads rows into series, and notes every fault with its cell."""

    def __init__(self, columns: Columns, about: About) -> None:
        self.columns, self.about = columns, about
        self.made: dict[tuple[str, str], _Made] = {}
        self.faults: list[SheetFault] = []
        self._heads = {
            place: series_periods.read(columns.headings[place], columns.years)
            for place in columns.across
        }

    def row(self, number: int, row: Sequence[str]) -> None:
        """Read one row: a figure, several beside each other, or a period a column."""
        columns = self.columns
        if columns.across:
            for place, read in self._heads.items():
                if read is not None:
                    self._figure(number, row, place, self._month(read.period), across=True)
            return
        at = columns.roles[Role.PERIOD]
        text = self._cell(row, at)
        read = series_periods.read(text, columns.years)
        if read is None:
            self._fault(number, at, text, "is no period", "Write it such as 2023/24 or Apr 2024")
            return
        places: Sequence[int | None] = columns.values or (None,)
        for each in places:
            self._figure(number, row, each, self._month(read.period))

    def _month(self, period: Period) -> Period:
        return periods.month_of(period) if self.columns.months else period

    def _figure(
        self, number: int, row: Sequence[str], place: int | None, period: Period,
        *, across: bool = False,
    ) -> None:  # fmt: skip
        made = self._series(row, None if across else place)
        self._beside(number, row, made)
        several = len(self.columns.values) > 1 or across
        counts = () if several else self._counts(number, row)
        point = self._point(number, row, place, period, made)
        if counts:
            point = _with_counts(point, *counts, scale=self._scale(made))
        if not several:
            low, high = (self._number(number, row, role) for role in (Role.LOW, Role.HIGH))
            point = _limited(point, low, high)
        made.points.append(point)

    def _series(self, row: Sequence[str], place: int | None) -> _Made:
        columns = self.columns
        said = [self._said(row, Role.SERIES)]
        several = len(columns.values) > 1
        said += [columns.headings[place]] if several and place is not None else []
        measure = ": ".join(filter(None, said)) or columns.measure
        if not measure:
            head = columns.headings[place] if place is not None else ""
            measure = head if head and plain(head) not in _PLAIN else self.about.name
        measure += "".join(f": {self._cell(row, at)}" for at in columns.keys if self._cell(row, at))
        measure += "".join(f", {self._cell(row, at)}" for at in columns.also if self._cell(row, at))
        area = self._said(row, Role.AREA)
        name = self._said(row, Role.AREA_NAME)
        found = self.made.get((measure, area or name))
        if found is None:
            if len(self.made) >= MOST_SERIES:
                raise _too_many(self.about.name)
            named = self.about.named.get((columns.form, measure))
            found = self.made[measure, area or name] = _Made(measure, area, name, named)
        return found

    def _beside(self, number: int, row: Sequence[str], made: _Made) -> None:
        """What stands beside a figure and is of its series: the first that is said holds."""
        made.unit = made.unit or self._said(row, Role.UNIT)
        made.target = made.target or self._said(row, Role.TARGET)
        if made.matters is None and Role.MATTERS in self.columns.roles:
            made.matters = self._number(number, row, Role.MATTERS)
        said = self._said(row, Role.BETTER).lower()
        if made.better is None and said:
            made.better = _BETTER.get(said)
            if made.better is None:
                self._fault(
                    number, self.columns.roles[Role.BETTER], said, "is no direction",
                    "Write higher, lower or neither",
                )  # fmt: skip

    def _point(
        self, number: int, row: Sequence[str], place: int | None, period: Period, made: _Made
    ) -> Point:
        if place is None:
            return Point(period, None, Standing.MISSING, "no figure is given")
        text = self._cell(row, place)
        if not text:
            return Point(period, None, Standing.MISSING, "the cell is empty")
        match = _FIGURE.fullmatch(text)
        if match is None:
            mark = known(text, self.about.marks)
            if mark is not None:
                return Point(period, None, Standing.MISSING, mark.why)
            self._fault(number, place, text, "is no number", "Write the figure, or leave it empty")
            return Point(period, None, Standing.SET_ASIDE, f"“{text[:40]}” is no number")
        number_said = match.group(1)
        made.decimals[_decimals(number_said)] += 1
        made.only_counts &= "." not in number_said or float(_bare(number_said)).is_integer()
        if number_said.endswith("%"):
            made.unit = made.unit or "%"
        status, _ = status_of(match.group(2), self.about.marks)
        said, _ = status_of(self._said(row, Role.STATUS), self.about.marks)
        odd = next((one for one in (status, said) if one in _PROVISIONAL), None)
        standing = Standing.FIRM if odd is None else Standing.PROVISIONAL
        return Point(period, float(_bare(number_said)), standing, odd.value if odd else "")

    def _counts(self, number: int, row: Sequence[str]) -> tuple[float | None, float | None] | None:
        whole = self._number(number, row, Role.DENOMINATOR)
        part = self._number(number, row, Role.NUMERATOR)
        less = self._number(number, row, Role.LESS)
        if part is None and whole is not None and less is not None:
            part = whole - less
        return None if part is None and whole is None else (part, whole)

    def _scale(self, made: _Made) -> int:
        if made.named is not None:
            return made.named.scale
        if not made.unit:
            made.unit = "%"  # a part of a whole, where nobody says another unit
        return scale_of(made.unit)

    def _number(self, number: int, row: Sequence[str], role: Role) -> float | None:
        at = self.columns.roles.get(role)
        text = "" if at is None else self._cell(row, at)
        if at is None or not text or known(text, self.about.marks) is not None:
            return None
        if NUMBER.fullmatch(text):
            return float(_bare(text))
        self._fault(number, at, text, "is no number", "Write the figure, or leave it empty")
        return None

    def _said(self, row: Sequence[str], role: Role) -> str:
        at = self.columns.roles.get(role)
        return "" if at is None else self._cell(row, at)

    @staticmethod
    def _cell(row: Sequence[str], at: int) -> str:
        return row[at].strip() if at < len(row) else ""

    def _fault(self, number: int, at: int, found: str, why: str, step: str) -> None:
        cell = f"{letter(at)}{number}"
        self.faults.append(SheetFault(self.about.sheet, cell, found[:40], why, step))


_PLAIN: Final = frozenset({"value", "observation", "figure", "result", "count", "number", "score"})


def _bare(number: str) -> str:
    return number.replace(",", "").replace("£", "").replace("%", "")


def _decimals(number: str) -> int:
    match = _DECIMALS.search(number)
    return len(match.group(1)) if match else 0


def _with_counts(point: Point, part: float | None, whole: float | None, *, scale: int) -> Point:
    value, standing, why = point.value, point.standing, point.why
    if value is None and standing is Standing.MISSING and part is not None and whole:
        value, standing, why = scale * part / whole, Standing.FIRM, ""
    return Point(point.period, value, standing, why, part, whole)


def _limited(point: Point, low: float | None, high: float | None) -> Point:
    return Point(
        point.period, point.value, point.standing, point.why, point.numerator, point.denominator,
        low, high,
    )  # fmt: skip


def _watched(made: _Made, about: About) -> Watched:
    named = made.named
    points = _as_months(sorted(made.points, key=lambda point: point.period))
    months = named.frequency.months if named else rhythm([point.period for point in points])
    unit = named.unit if named else made.unit
    notes = [f"Its target is {made.target}."] if made.target else []
    better = made.better or about.better or (named.better if named else Better.NEITHER)
    if better is Better.NEITHER:
        notes.append("Nobody said which way is better, so a change is told and not judged.")
    return Watched(
        code=f"file/{_slug(made.title)}",
        title=named.title if named else made.title,
        subject=Subject.OUTCOME,
        place="",
        area=made.area or made.area_name,
        area_name=made.area_name or made.area,
        unit=unit,
        better=better,
        months=months,
        points=tuple(_with_gaps(points, months)),
        kind=_kind(points, unit or made.title, only_counts=made.only_counts),
        decimals=named.decimals if named else _shown(made),
        scale=named.scale if named else scale_of(unit),
        breaks=named.breaks if named else (),
        matters=made.matters,
        owners=(named.owner_local, named.owner_national) if named else ("", ""),
        notes=tuple(notes),
    )


def _shown(made: _Made) -> int:
    """As many decimals as its figures commonly have; one where they follow from counts."""
    if not made.decimals:
        return 1
    return min(_MOST_DECIMALS, made.decimals.most_common(1)[0][0])


def _kind(points: Iterable[Point], unit: str, *, only_counts: bool) -> Kind:
    known_ones = [point for point in points if point.value is not None]
    if known_ones and all(p.numerator is not None and p.denominator for p in known_ones):
        return Kind.SHARE if scale_of(unit) in (1, 100) else Kind.COUNT
    counted = scale_of(unit) == 1 and bool(set(plain(unit).split()) & _COUNTED)
    if only_counts and known_ones and counted:
        return Kind.COUNT
    return Kind.MEASURE


_COUNTED: Final = frozenset({
    "count", "counts", "number", "cases", "people", "persons", "deaths", "incidents", "events",
    "crimes", "attendances", "admissions", "children", "households", "offences",
})  # fmt: skip


def _as_months(points: list[Point]) -> list[Point]:
    """Days that are all the first or all the last of a month are months, as many programs write."""
    days = sorted({point.period.first_day for point in points})
    single = all(point.period.first_day == point.period.last_day for point in points)
    if len(days) < 2 or not single or not series_periods.are_months(days):
        return points
    months = [day.replace(day=1) for day in days]
    step = min(_steps(months))
    long = step if step in _LONG and months[0] == days[0] else 1
    return [
        replace(point, period=periods.lasting(point.period.first_day.replace(day=1), long))
        for point in points
    ]


def _steps(days: Sequence[date]) -> Iterator[int]:
    for one, other in pairwise(days):
        yield (other.year - one.year) * 12 + other.month - one.month


def rhythm(found: Sequence[Period]) -> int | None:
    """The months from one period to the next; None where there is no steady step of months."""
    days = sorted({period.first_day for period in found})
    if len(days) < 2 or len({day.day for day in days}) > 1:
        return None
    steps = list(_steps(days))
    step = min(steps)
    whole = sum(one % step == 0 for one in steps) if step else 0
    return step if step in _RHYTHMS and whole >= _MOSTLY * len(steps) else None


def _with_gaps(points: Sequence[Point], months: int | None) -> Iterator[Point]:
    """The points, and each period between them of which nothing is there, as missing."""
    before: Point | None = None
    for point in points:
        if months is not None and before is not None:
            yield from _between(before.period, point.period.first_day, months)
        yield point
        before = point


def _between(before: Period, until: date, months: int) -> Iterator[Point]:
    found: list[Point] = []
    expected = following(before, months)
    while expected.first_day < until and len(found) < _MOST_GAPS:
        found.append(Point(expected, None, Standing.MISSING, "no figure is in the table"))
        expected = following(expected, months)
    if expected.first_day == until:
        yield from found


def _slug(text: str) -> str:
    return _NOT_ALNUM.sub("-", text.lower()).strip("-")[:100] or "series"


def _too_many(name: str) -> Refused:
    return Refused(
        f"{name} cannot be watched",
        why=f"it would be more than {MOST_SERIES:,} series, so a column that differs in each row "
        "was taken for one that names a series",
        next_step="Leave that column out, or head it with another word",
    )
