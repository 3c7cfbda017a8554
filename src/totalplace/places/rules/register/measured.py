"""Measures of areas, and of land: found under the area's own code or added up from what it was.

A value of an earlier year stands in where there is none for the year asked, and says so. A later
year never does. What cannot be found is missing, never nil.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.places.rules.register.facts import Value
from totalplace.places.rules.register.land import Land

PEOPLE: Final = "people"


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """What a measure is, and between which numbers per thousand people it can be true.

    The bounds find files that are damaged or misread; they are wide, and no value is changed.
    """

    what: str
    title: str
    unit: str
    least_per_thousand: int | None = None
    most_per_thousand: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of an area: its value, the year of the value, and where it comes from.

    `added_up` are the areas whose values were added, where the area has none of its own. `doubt`
    says in a sentence why the value may be wrong.
    """

    area: str
    what: str
    value: int
    year: int
    asked_year: int
    sources: tuple[int, ...]
    added_up: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A measure of some land: the sum of what is known, and the areas for which nothing is."""

    value: int
    found: tuple[Measured, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All values by area (its key in the register) and measure, each year's best said first."""

    values: Mapping[tuple[str, str], Sequence[Value]]
    land: Land
    rules: Mapping[str, MeasureRule]

    def of(self, area: str, what: str, year: int) -> Measured | None:
        """A measure of an area in a year, or in the nearest year before; None where there is none.

        Where what it was made of is known for a later year than itself, that is added up.
        """
        own = self._own(area, what, year)
        parts = self.land.made_of.get(area, ())
        found = [self.of(part, what, year) for part in parts]
        if not parts or not all(found):
            return own
        known = [part for part in found if part is not None]
        if own is not None and own.year >= min(part.year for part in known):
            return own
        return self._added(area, known)

    def over(self, parcels: frozenset[str], what: str, year: int) -> Sum:
        """A measure of some land, from the widest areas that lie in it whole."""
        tops = sorted({self.land.latest(parcel) for parcel in parcels})
        found: list[Measured] = []
        lacking: list[str] = []
        while tops:
            area = tops.pop()
            within = self.land.parcels(area)
            measured = self.of(area, what, year) if within <= parcels else None
            if measured is not None:
                found.append(measured)
            elif parts := self.land.made_of.get(area):
                tops += [p for p in parts if not self.land.parcels(p).isdisjoint(parcels)]
            else:
                lacking.append(area)
        return Sum(sum(m.value for m in found), tuple(found), tuple(sorted(lacking)))

    def doubts(self) -> Iterable[tuple[Value, str]]:
        """Every value that cannot well be true, and why not."""
        for held in self.values.values():
            for value in held:
                if doubt := self._doubt(value):
                    yield value, doubt

    def _own(self, area: str, what: str, year: int) -> Measured | None:
        held = [v for v in self.values.get((area, what), ()) if v.year <= year]
        if not held:
            return None
        best = max(held, key=lambda v: v.year)  # the first of its year, where several are
        sources = (best.source,)
        return Measured(area, what, best.value, best.year, year, sources, (), self._doubt(best))

    def _added(self, area: str, parts: Sequence[Measured]) -> Measured:
        first = parts[0]
        areas = [a for part in parts for a in (part.added_up or (part.area,))]
        return Measured(
            area,
            first.what,
            sum(part.value for part in parts),
            min(part.year for part in parts),
            first.asked_year,
            tuple(sorted({source for part in parts for source in part.sources})),
            tuple(sorted(areas)),
            next((part.doubt for part in parts if part.doubt), ""),
        )

    def _doubt(self, value: Value) -> str:
        rule = self.rules.get(value.what)
        if rule is None or rule.least_per_thousand is None or rule.most_per_thousand is None:
            return ""
        people = self._people_near(value)
        if not people:
            return ""
        a_thousand = value.value * 1000 // people
        if rule.least_per_thousand <= a_thousand <= rule.most_per_thousand:
            return ""
        return (
            f"{value.value:,} {rule.unit} for {people:,} people is {a_thousand:,} per thousand, "
            f"where {rule.least_per_thousand:,} to {rule.most_per_thousand:,} can be expected"
        )

    def _people_near(self, value: Value) -> int | None:
        held = self.values.get((value.area, PEOPLE), ())
        if held:
            return min(held, key=lambda v: (abs(v.year - value.year), v.year)).value
        parts = [self.values.get((p, PEOPLE)) for p in self.land.made_of.get(value.area, ())]
        if not parts or not all(parts):
            return None
        return sum(max(held, key=lambda v: v.year).value for held in parts if held)


def values_by_area(
    values: Iterable[Value], key_of: Mapping[str, str], rank: Mapping[int, tuple[int, int]]
) -> dict[tuple[str, str], list[Value]]:
    """Values under the keys of their areas, in order of year, the newest source of a year first."""
    held: dict[tuple[str, str], list[Value]] = defaultdict(list)
    for value in values:
        area = key_of.get(value.area, value.area)
        kept = Value(value.source, value.line, area, value.what, value.year, value.value)
        held[area, value.what].append(kept)
    for same in held.values():
        same.sort(key=lambda v: (v.year, [-n for n in rank.get(v.source, (0, 0))], v.line))
    return held
