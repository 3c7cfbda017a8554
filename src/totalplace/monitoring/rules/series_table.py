"""The series of a table of figures, each figure accounted for: read, missing with why, or a fault.

A fault is told at its cell, and its figure is set aside: it is never charted as news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from totalplace.monitoring.rules import series_periods
from totalplace.monitoring.rules.series_cells import Figure, decimal_comma, figure, plain_number
from totalplace.monitoring.rules.series_columns import Columns, Role, scale_of
from totalplace.monitoring.rules.series_periods import Manner
from totalplace.monitoring.rules.series_rhythm import as_months, rhythm, with_gaps
from totalplace.monitoring.rules.series_units import one_unit
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules import periods
from totalplace.outcomes.rules.forms import plain
from totalplace.outcomes.rules.indicators import Better, Indicator
from totalplace.outcomes.rules.marks import Marks, known
from totalplace.outcomes.rules.periods import Period, Read
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.refusal import Refused
from totalplace.sources.rules.rows import letter

MOST_SERIES: Final = 200_000
_MOST_DECIMALS: Final = 3
_NOT_ALNUM: Final = re.compile(r"[^a-z0-9]+")
_WAYS: Final = {
    Better.HIGHER: "higher|up|high|increase|bigger|larger|more",
    Better.LOWER: "lower|down|low|decrease|smaller|less|fewer",
    Better.NEITHER: "neither|neutral|none|no polarity|not applicable|n a|bob blue orange blue",
}  # fmt: skip
# As analysts and publishers write them: low, Lower is better, RAG - Low is good.
_BETTER: Final = {
    f"{before}{word}{behind}": way
    for way, words in _WAYS.items()
    for word in words.split("|")
    for before in ("", "rag ")
    for behind in ("", " is better", " is good", " better", " good")
}
_SAYS_HOW: Final = {
    Manner.MONTHS: "its periods, such as {cell}, are read as a year and a month",
    Manner.MONTH_FIRST: "its days, such as {cell}, are read with the month first",
}


@dataclass(slots=True)
class _Made:
    """A series while its rows are read."""

    title: str
    area: str
    area_name: str
    named: Indicator | None
    points: list[Point] = field(default_factory=list)
    units: list[str] = field(default_factory=list)  # of each point, as the table says it
    anew: list[bool] = field(default_factory=list)  # of each point: its publisher put it right
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
) -> tuple[list[Watched], list[SheetFault], list[str]]:
    """Every series of a table, in the order in which they first stand there, and every fault.

    Last come sentences of how it was read where that could be doubted.

    Raises Refused where there are more than two hundred thousand series: then a column that tells
    rows apart was taken for one that tells series apart.
    """
    reader = _Reader(columns, about, rows[columns.header + 1 :])
    for number, row in enumerate(rows[columns.header + 1 :], start=columns.header + 2):
        if any(cell.strip() for cell in row):
            reader.row(number, row)
    made = [_watched(one, about) for one in reader.made.values()]
    return made, reader.faults, [f"In {about.sheet} {said}." for said in reader.said]


class _Reader:
    """Reads rows into series, and notes every fault with its cell."""

    def __init__(self, columns: Columns, about: About, rows: Sequence[Sequence[str]]) -> None:
        self.columns, self.about = columns, about
        self.made: dict[tuple[str, str], _Made] = {}
        self.faults: list[SheetFault] = []
        self.said: dict[str, None] = {}
        self.doubted = False
        self.manner = self._manner(rows)
        self.comma = self._comma(rows)
        self._heads = {place: self._period(columns.headings[place]) for place in columns.across}

    def _manner(self, rows: Sequence[Sequence[str]]) -> Manner:
        """How the column of periods is written; a published form says it itself."""
        columns = self.columns
        if columns.form:
            return Manner.AS_EACH
        if columns.across:
            cells = [columns.headings[place] for place in columns.across]
        else:
            cells = list({self._cell(row, columns.roles[Role.PERIOD]) for row in rows})
        found = series_periods.manner(cells)
        odd = [one for one in cells if one and series_periods.read(one) != self._as(one, found)]
        if found is not Manner.AS_EACH and odd:
            self.said[_SAYS_HOW[found].format(cell=min(odd))] = None
        return found

    def _as(self, text: str, manner: Manner) -> Read | None:
        return series_periods.read(text, self.columns.years, manner)

    def _comma(self, rows: Sequence[Sequence[str]]) -> bool:
        """Whether its figures are written with a decimal comma."""
        columns = self.columns
        places = [*columns.values, *columns.across, *(
            columns.roles[role] for role in (Role.LOW, Role.HIGH) if role in columns.roles
        )]  # fmt: skip
        found = decimal_comma(self._cell(row, at) for row in rows for at in places)
        if found:
            self.said["its figures are read with a comma before their decimals"] = None
        return found

    def _period(self, text: str) -> Read | None:
        read = self._as(text, self.manner)
        told = read is not None and read.doubt.startswith("the table")  # its cells told the rest
        if read is not None and told and not self.doubted:
            self.doubted = True  # of the first; a table of years would say it of each
            self.said[read.doubt] = None
        return read

    def row(self, number: int, row: Sequence[str]) -> None:
        """Read one row: a figure, several beside each other, or a period a column."""
        columns = self.columns
        if columns.across:
            for place, read in self._heads.items():
                if read is not None:
                    self._figure(number, row, place, read, across=True)
            return
        at = columns.roles[Role.PERIOD]
        text = self._cell(row, at)
        read = self._period(text)
        if read is None:
            self._fault(number, at, text, "is no period", "Write it such as 2023/24 or Apr 2024")
            return
        places: Sequence[int | None] = columns.values or (None,)
        for each in places:
            self._figure(number, row, each, read)

    def _month(self, period: Period) -> Period:
        return periods.month_of(period) if self.columns.months else period

    def _figure(
        self, number: int, row: Sequence[str], place: int | None, read: Read,
        *, across: bool = False,
    ) -> None:  # fmt: skip
        made = self._series(row, None if across else place)
        said = self._beside(number, row, made)
        several = len(self.columns.values) > 1 or across
        counts = () if several else self._counts(number, row)
        found = self._found(number, row, place, read.mark)
        point = Point(self._month(read.period), found.value, found.standing, found.why)
        if found.value is not None:
            made.decimals[found.decimals] += 1
            made.only_counts &= found.whole
        if counts:
            point = _with_counts(point, *counts, scale=self._scale(made))
        if not several:
            low, high = (self._number(number, row, role) for role in (Role.LOW, Role.HIGH))
            point = replace(point, low=low, high=high)
        made.points.append(point)
        made.units.append(said or found.unit)
        made.anew.append(found.anew)

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

    def _beside(self, number: int, row: Sequence[str], made: _Made) -> str:
        """What stands beside a figure and is of its series: the first said holds.

        Gives the unit that this row says.
        """
        unit = self._said(row, Role.UNIT)
        made.unit = made.unit or unit
        made.target = made.target or self._said(row, Role.TARGET)
        if made.matters is None and Role.MATTERS in self.columns.roles:
            made.matters = self._number(number, row, Role.MATTERS)
        said = self._said(row, Role.BETTER)
        if made.better is None and said:
            made.better = _BETTER.get(plain(said))
            if made.better is None:
                made.better = self.about.better or Better.NEITHER  # one fault a series is enough
                self._fault(
                    number, self.columns.roles[Role.BETTER], said, "is no direction",
                    "Write higher, lower or neither",
                )  # fmt: skip
        return unit

    def _found(self, number: int, row: Sequence[str], place: int | None, mark: str) -> Figure:
        if place is None:
            return Figure(None, Standing.MISSING, "no figure is given")
        text = self._cell(row, place)
        beside = (mark, self._said(row, Role.STATUS))
        found = figure(text, self.about.marks, beside=beside, comma=self.comma)
        if found.fault:
            self._fault(number, place, text, "is no number", "Write the figure, or leave it empty")
        return found

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
        found = plain_number(text, comma=self.comma)
        if found is not None:
            return found
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


def _with_counts(point: Point, part: float | None, whole: float | None, *, scale: int) -> Point:
    value, standing, why = point.value, point.standing, point.why
    if value is None and standing is Standing.MISSING and part is not None and whole:
        value, standing, why = scale * part / whole, Standing.FIRM, ""
    return Point(point.period, value, standing, why, part, whole)


def _watched(made: _Made, about: About) -> Watched:
    named = made.named
    notes = [f"Its target is {made.target}."] if made.target else []
    kept = _put_right(made, notes)
    points, said, breaks = one_unit(
        as_months([made.points[place] for place in kept]), [made.units[place] for place in kept]
    )
    months = named.frequency.months if named else rhythm([point.period for point in points])
    unit = named.unit if named else said or made.unit
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
        points=tuple(with_gaps(points, months)),
        kind=_kind(points, unit or made.title, only_counts=made.only_counts),
        decimals=named.decimals if named else _shown(made),
        scale=named.scale if named else scale_of(unit),
        breaks=(*(named.breaks if named else ()), *breaks),
        matters=made.matters,
        owners=(named.owner_local, named.owner_national) if named else ("", ""),
        notes=tuple(notes),
    )


def _put_right(made: _Made, notes: list[str]) -> list[int]:
    """The places of the points that count, in order: of a figure and its revision, the latter."""
    places = sorted(range(len(made.points)), key=lambda place: made.points[place].period)
    right = {_days(made.points[place]) for place in places if made.anew[place]}
    kept = [p for p in places if made.anew[p] or _days(made.points[p]) not in right]
    if len(kept) < len(places):
        notes.append("Where the table gives a figure and its revision, the revision counts.")
    return kept


def _days(point: Point) -> tuple[date, date]:
    return point.period.first_day, point.period.last_day


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


def _slug(text: str) -> str:
    return _NOT_ALNUM.sub("-", text.lower()).strip("-")[:100] or "series"


def _too_many(name: str) -> Refused:
    return Refused(
        f"{name} cannot be watched",
        why=f"it would be more than {MOST_SERIES:,} series, so a column that differs in each row "
        "was taken for one that names a series",
        next_step="Leave that column out, or head it with another word",
    )
