"""The lines of a published file as facts, by its recipe. What cannot be read becomes a fault."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.places.rules.kinds import AgencyKind, gss_is_sound
from totalplace.places.rules.register.cells import Line, Rows, day_of, lines, number_of, whole
from totalplace.places.rules.register.facts import (
    GSS,
    Change,
    Cover,
    Entry,
    Facts,
    NameForm,
    Value,
    gss_of,
)
from totalplace.places.rules.register.names import plain
from totalplace.places.rules.register.recipes import (
    BY_GSS,
    BodyLine,
    Codes,
    CoverLine,
    MeasureLine,
    Place,
    Recipe,
)

# As the ONS puts the telling word first: `Bristol, City of`.
_TURNED: Final = re.compile(r"^(.+), (City|County) of$")
_LONGEST: Final = 90
_LONGEST_NAME: Final = 300
_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that could not be read whole, with what was found and why it was not taken."""

    line: int
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a file is read: kinds of body by the start of a GSS code, measures."""

    kinds: Mapping[str, AgencyKind]
    measures: frozenset[str]


@dataclass(slots=True)
class Read:
    """What was read of a file: facts, faults, and the years in its headings."""

    source: int
    year: int | None
    places: Mapping[str, Place]
    measures: frozenset[str]
    faults: list[Fault] = field(default_factory=list)
    entries: dict[tuple[object, ...], Entry] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    sums: dict[tuple[int, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    parts: dict[tuple[int, str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    first_line: dict[tuple[int, str], int] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)

    def facts(self) -> Facts:
        """All facts that were read."""
        entries, changes = tuple(self.entries.values()), tuple(self.changes)
        return Facts((), entries, changes, tuple(self.covers), tuple(self.values))


def read(
    recipe: Recipe,
    places: Mapping[str, Place],
    rows: Rows,
    *,
    source: int,
    year: int | None,
    known: Known,
    leads: Mapping[str, str] | None = None,
) -> Read:
    """The facts of a file's rows.

    `leads` is, for a recipe that joins another file, what that file's column leads to.
    """
    found = Read(source, year, places, known.measures)
    kinds = known.kinds
    bodies = [(body, body.columns) for body in recipe.bodies]
    for number, line in lines(recipe, places, rows, leads):
        for index, (body, columns) in enumerate(bodies):
            # A lookup says the same of a body on each line of its areas; once is enough.
            same = (index, *(line.get(column, "") for column in columns))
            if same not in found.seen:
                found.seen.add(same)
                _body(found, body, number, line, kinds)
        _changes(found, recipe, number, line)
        for index, cover in enumerate(recipe.coverage):
            _cover(found, index, cover, number, line)
        for index, measure in enumerate(recipe.measures):
            _measure(found, index, measure, number, line)
    _add_up(found, recipe, Counter((leads or {}).values()))
    found.faults = list(dict.fromkeys(found.faults))
    return found


def _code(found: Read, number: int, line: Line, codes: Codes) -> str:
    """The first code of a line, with its scheme; empty where there is none that is sound."""
    return next(iter(_codes(found, number, line, codes)), "")


def _codes(found: Read, number: int, line: Line, codes: Codes) -> tuple[str, ...]:
    told = []
    for scheme, named in codes:
        column, _, part = named.partition(":")
        for said in line.get(column, "").split(","):
            code = _after(said.strip(), part)
            if not code:
                continue
            if scheme == GSS and not gss_is_sound(code):
                found.faults.append(Fault(number, code[:_LONGEST], "is no GSS code"))
            elif len(code) > _LONGEST:
                found.faults.append(Fault(number, code[:_LONGEST], "is too long for a code"))
            else:
                told.append(f"{scheme}:{code}")
    return tuple(told)


def _after(said: str, start: str) -> str:
    """What of a text follows a start, where one is wanted; nothing where it starts otherwise."""
    if said.startswith(start):
        return said.removeprefix(start)
    return ""


def _body(
    found: Read, body: BodyLine, number: int, line: Line, kinds: Mapping[str, AgencyKind]
) -> None:
    codes = _codes(found, number, line, body.codes)
    if not codes:
        return
    former = tuple(c for c in _codes(found, number, line, body.former) if c not in codes)
    names = tuple(_names(found, body, number, line))
    kind = _kind(found, body, number, line, codes, kinds)
    first, last_day = (
        _day(found, number, line.get(told, "")) if isinstance(told, str) else told
        for told in (body.first_day, body.last_day)
    )
    if first and last_day and last_day < first:
        found.faults.append(Fault(number, str(last_day), f"is before the first day, {first}"))
        first = last_day = None
    same = (codes, former, names, kind, first, last_day)
    found.entries.setdefault(
        same, Entry(found.source, number, kind, codes, names, former, first, last_day)
    )


def _names(found: Read, body: BodyLine, number: int, line: Line) -> Iterator[tuple[str, NameForm]]:
    """The names in a line; where the recipe says what such a body is called, that in full too."""
    for form, column in body.names:
        said = line.get(column, "")
        several = said.split(",") if form is NameForm.ALIAS else [said]
        for name in (_TURNED.sub(r"\2 of \1", " ".join(part.split())) for part in several):
            if len(name) > _LONGEST_NAME:
                found.faults.append(Fault(number, name[:_LONGEST], "is too long for a name"))
                continue
            if not name:
                continue
            if body.called:
                words = set(plain(body.called).split())
                full = (
                    name if words & set(plain(name).split()) - {"and"} else f"{name} {body.called}"
                )
                yield full, NameForm.OFFICIAL
            yield name, NameForm.AREA if body.called else form


def _kind(
    found: Read,
    body: BodyLine,
    number: int,
    line: Line,
    codes: Sequence[str],
    kinds: Mapping[str, AgencyKind],
) -> AgencyKind:
    if body.kind == BY_GSS:
        starts = (gss_of(code)[:3] for code in codes)
        return next((kinds[start] for start in starts if start in kinds), AgencyKind.UNKNOWN)
    if isinstance(body.kind, str):
        return AgencyKind(body.kind)
    column, of = body.kind
    said = line.get(column, "")
    told = of.get(said, said)
    if told in list(AgencyKind):
        return AgencyKind(told)
    if said:
        found.faults.append(Fault(number, said, "is no kind of body that is known"))
    return AgencyKind.UNKNOWN


def _changes(found: Read, recipe: Recipe, number: int, line: Line) -> None:
    for change in recipe.changes:
        news = _codes(found, number, line, change.new)
        old = _code(found, number, line, change.old)
        day = _day(found, number, line.get(change.day, ""))
        end = _day(found, number, line.get(change.end, ""))
        if change.takes_effect and found.year is not None:
            month, of_month = map(int, change.takes_effect.split("-"))
            day = date(found.year, month, of_month)
        found.changes += [
            Change(found.source, number, old, new, day, end) for new in news if old and old != new
        ]


def _cover(found: Read, index: int, cover: CoverLine, number: int, line: Line) -> None:
    body = _code(found, number, line, cover.body)
    area = _code(found, number, line, cover.area)
    if not area or (not body and not cover.by):
        return
    if not cover.by:
        if body != area:
            found.covers.append(Cover(found.source, number, body, area))
        return
    counted = Decimal(1)
    if cover.sum:
        told = _number(found, number, line.get(cover.sum, ""))
        if told is None:
            return
        counted = told
    found.sums[index, area] += counted
    found.parts[index, body, area] += counted
    found.first_line.setdefault((index, area), number)


def _measure(found: Read, index: int, measure: MeasureLine, number: int, line: Line) -> None:
    area = _code(found, number, line, measure.area)
    if not area:
        return
    value = _banded(found, measure, number, line) if measure.ninths else (
        _number(found, number, line.get(measure.value, ""))
    )  # fmt: skip
    if value is None:
        return
    what = (
        plain(line.get(measure.named_in, "")).replace(" ", "_")
        if measure.named_in
        else measure.what
    )
    if measure.sum:
        key = (-1 - index, area)  # apart from the sums of coverage
        found.sums[key] += value
        found.first_line.setdefault(key, number)
        return
    year = _year_of_value(found, measure, line)
    if year is None:
        found.faults.append(Fault(number, line.get(measure.year, ""), "does not say when"))
        return
    if what not in found.measures:
        why = f"is no measure that is known: {', '.join(sorted(found.measures))}"
        found.faults.append(Fault(number, what[:_LONGEST], why))
        return
    found.values.append(Value(found.source, number, area, what, year, whole(value)))


def _year_of_value(found: Read, measure: MeasureLine, line: Line) -> int | None:
    """The year in the heading of a column, or in its cell; else that of the file."""
    if not measure.year:
        place = found.places.get(measure.value)
        return found.year or (place.year if place is not None else None)
    place = found.places.get(measure.year)
    if place is not None and place.year is not None:
        return place.year
    match = _YEAR.search(line.get(measure.year, ""))
    return int(match.group()) if match else None


def _banded(found: Read, measure: MeasureLine, number: int, line: Line) -> Decimal | None:
    """Dwellings of band D that dwellings by band come to, halves of one kept to be rounded once.

    None where a band is missing and the others do not come to the total, each rounded to tens.
    """
    counts = {c: _number(found, number, line.get(c, "")) for c, _ in measure.ninths}
    known = {column: count for column, count in counts.items() if count is not None}
    if not known:
        return None
    if len(known) < len(counts):
        total = _number(found, number, line.get(measure.total, ""))
        printed = sum(known.values())
        if total is None or abs(total - printed) > 5 * len(known):
            why = "is the total, to which the bands that are printed do not come"
            found.faults.append(Fault(number, line.get(measure.total, ""), why))
            return None
    ninths = sum((known[c] * n for c, n in measure.ninths if c in known), Decimal())
    return ninths / 9


def _add_up(found: Read, recipe: Recipe, led_to: Mapping[str, int]) -> None:
    """Sum up what was counted. `led_to` is how often the file joined leads to each area: all of it.

    So a list of one board alone does not make the areas at its edge seem whole.
    """
    for (index, body, area), part in found.parts.items():
        if body:
            by = recipe.coverage[index].by
            of = max(whole(found.sums[index, area]), led_to.get(gss_of(area), 0))
            line = found.first_line[index, area]
            found.covers.append(Cover(found.source, line, body, area, by, whole(part), of))
    for (index, area), total in found.sums.items():
        if index < 0 and found.year is not None:
            what, line = recipe.measures[-1 - index].what, found.first_line[index, area]
            found.values.append(Value(found.source, line, area, what, found.year, whole(total)))


def _number(found: Read, line: int, text: str) -> Decimal | None:
    if not text:
        return None
    number = number_of(text)
    if number is None:
        found.faults.append(Fault(line, text, "is no number of nought or more"))
    return number


def _day(found: Read, line: int, text: str) -> date | None:
    if not text:
        return None
    day = day_of(text)
    if day is None:
        found.faults.append(Fault(line, text, "is no day"))
    return day


def leads_of(recipe: Recipe, places: Mapping[str, Place], rows: Rows) -> dict[str, str]:
    """Of a file that gives what others join: what each value of its column leads to."""
    if recipe.gives is None:
        return {}
    column, to = recipe.gives
    return {line[column]: line[to] for _, line in lines(recipe, places, rows) if line[column]}
