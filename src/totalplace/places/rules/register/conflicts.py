"""What sources say differently: reported with every side, decided by nobody in silence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.bodies import Body, Held
from totalplace.places.rules.register.coverage import lasting
from totalplace.places.rules.register.facts import Conflict, Cover, Source, Value
from totalplace.places.rules.register.land import Land
from totalplace.places.rules.register.measured import Measures
from totalplace.places.rules.register.names import key
from totalplace.places.rules.register.succession import LeftOut

# No land lies under two of one of these kinds.
_ONE_OF_A_KIND: Final = frozenset(
    {AgencyKind.COUNTY, AgencyKind.COMBINED_AUTHORITY, AgencyKind.POLICE, AgencyKind.FIRE}
)
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """All that is looked through for conflicts."""

    sources: Mapping[int, Source]
    bodies: Mapping[str, Body]
    by_code: Mapping[str, tuple[str, ...]]
    land: Land
    covers: Mapping[str, tuple[Cover, ...]]
    history: frozenset[tuple[int, str]]
    measures: Measures
    left_out: LeftOut

    def name(self, code: str) -> str:
        """A body by its name and code."""
        body = self.bodies.get(code)
        bare = code.partition(":")[2]
        return f"{body.name} ({bare})" if body is not None else bare

    def by(self, numbers: Iterable[int]) -> str:
        """Sources by their names, the first of them where they are many."""
        return _some([str(self.sources[n]) for n in numbers if n in self.sources])


def found_in(told: Told) -> tuple[Conflict, ...]:
    """Every conflict, by kind and by what it is about."""
    found = [
        *_codes_of_one_body(told),
        *_bodies_of_one_code(told),
        *_days(told),
        *_changes(told),
        *_land_under_two(told),
        *_coverages(told),
        *_values_twice(told),
        *_values_in_doubt(told),
    ]
    return tuple(sorted(found, key=lambda c: (c.kind, c.about, c.what)))


def _codes_of_one_body(told: Told) -> Iterator[Conflict]:
    for body in told.bodies.values():
        by_scheme: dict[str, list[Held]] = defaultdict(list)
        for held in body.held:
            if not held.former and not held.disputed:
                by_scheme[held.code.partition(":")[0]].append(held)
        for scheme, several in by_scheme.items():
            if len(several) > 1:
                yield Conflict(
                    "codes",
                    body.key,
                    f"{body.name} has {len(several)} codes of {scheme}, and no source says that "
                    "one replaced the other",
                    tuple((h.code.partition(":")[2], told.by(h.sources)) for h in several),
                )


def _bodies_of_one_code(told: Told) -> Iterator[Conflict]:
    for code, keys in told.by_code.items():
        if len(keys) < 2 or ":" not in code:
            continue
        sides = []
        for body in keys:
            held = next(h for h in told.bodies[body].held if h.code.casefold() == code)
            sides.append((told.name(body), told.by(held.sources)))
        bare = code.partition(":")[2].upper()
        what = f"The code {bare} is given to {len(keys)} bodies"
        yield Conflict("codes", code, what, tuple(sides))


def _days(told: Told) -> Iterator[Conflict]:
    for body in told.bodies.values():
        for what, attribute in (("first", "first_day"), ("last", "last_day")):
            said: dict[object, set[int]] = defaultdict(set)
            for entry in body.said:
                if day := getattr(entry, attribute):
                    said[_eve(day) if what == "last" else day].add(entry.source)
            if len(said) > 1:
                sides = tuple(
                    (str(day), told.by(sorted(by))) for day, by in sorted(said.items(), key=str)
                )
                told_what = f"Sources differ about the {what} day of {body.name}"
                yield Conflict("days", body.key, told_what, sides)


def _eve(last_day: date) -> date:
    """A last day as it is meant: councils end with 31 March, which some date by the day after."""
    first_of_april = (last_day.month, last_day.day) == (4, 1)
    return last_day - timedelta(days=1) if first_of_april else last_day


def _changes(told: Told) -> Iterator[Conflict]:
    for step in told.left_out.circling:
        what = (
            f"{told.name(step.old)} cannot become {told.name(step.new)}, which became it before: "
            "left out"
        )
        yield Conflict("changes", step.old, what, ((str(step.day), told.by([step.source])),))
    for old, new, source in told.left_out.undated:
        what = (
            f"No source says on which day {told.name(old)} became {told.name(new)}: left out until "
            "one does"
        )
        yield Conflict("changes", old, what, (("no day", told.by([source])),))
    for one, other in told.left_out.differing:
        became = f"{told.name(one.old)} became {told.name(one.new)}"
        what = f"Sources differ about the day on which {became}"
        sides = tuple((str(step.day), told.by([step.source])) for step in (one, other))
        yield Conflict("days", one.old, what, sides)


def _land_under_two(told: Told) -> Iterator[Conflict]:
    over: dict[tuple[AgencyKind, str, int], set[str]] = defaultdict(set)
    for body, covers in told.covers.items():
        kind = told.bodies[body].kind if body in told.bodies else AgencyKind.UNKNOWN
        for cover in covers:
            if kind in _ONE_OF_A_KIND and not cover.by:
                for parcel in told.land.parcels(cover.area):
                    over[kind, parcel, cover.source].add(body)
    for (kind, area, source), keys in over.items():
        if len(keys) > 1:
            what = f"{told.name(area)} is put under {len(keys)} bodies of the kind {kind}"
            sides = tuple((told.name(body), told.by([source])) for body in sorted(keys))
            yield Conflict("coverage", area, what, sides)


def _coverages(told: Told) -> Iterator[Conflict]:
    """Bodies whose areas two sources list differently, apart from what has merged since."""
    for body, covers in told.covers.items():
        lists: dict[int, set[str]] = defaultdict(set)
        for cover in lasting(covers, told.history, told.bodies, None):
            if not cover.by:
                lists[cover.source].add(cover.area)
        by_land = {source: told.land.parcels_of(areas) for source, areas in lists.items()}
        if len(set(by_land.values())) < 2:
            continue
        everywhere = frozenset.intersection(*by_land.values())
        sides = []
        for source in sorted(by_land):
            more = sorted(told.name(area) for area in by_land[source] - everywhere)
            year = told.sources[source].year if source in told.sources else None
            said = f"{len(lists[source])} areas in {year or 'a year not said'}"
            sides.append(
                (said + (f", among them {_some(more)}" if more else ""), told.by([source]))
            )
        yield Conflict(
            "coverage",
            body,
            f"Sources list the areas of {told.name(body)} differently",
            tuple(sides),
        )


def _values_twice(told: Told) -> Iterator[Conflict]:
    found: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for (area, what), values in told.measures.values.items():
        by_year: dict[int, list[Value]] = defaultdict(list)
        for value in values:
            by_year[value.year].append(value)
        for year, same in by_year.items():
            if len({v.value for v in same}) > 1:
                said = " and ".join(f"{v.value:,}" for v in same)
                who = told.by(sorted({v.source for v in same}))
                found[what, year, who].append(f"{told.name(area)}: {said}")
    for (what, year, who), areas in found.items():
        yield Conflict(
            "measures",
            what,
            f"{len(areas)} areas have more than one value of {_words(what)} for {year}; the newest "
            "source is used",
            ((_some(sorted(areas)), who),),
        )


def _values_in_doubt(told: Told) -> Iterator[Conflict]:
    found: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for value, doubt in told.measures.doubts():
        found[value.what, value.year, value.source].append(f"{told.name(value.area)}: {doubt}")
    for (what, year, source), doubts in found.items():
        rule = told.measures.rules[what]
        of = sum(
            1
            for (_, other), held in told.measures.values.items()
            for v in held
            if other == what and v.year == year and v.source == source
        )
        yield Conflict(
            "measures",
            what,
            f"{rule.title} of {year} can hardly be true for {len(doubts)} of {of} areas; they are "
            "kept as published",
            ((_some(sorted(doubts)), told.by([source])),),
        )


def _words(what: str) -> str:
    return what.replace("_", " ")


def _some(things: Sequence[str]) -> str:
    shown = "; ".join(things[:_SHOWN])
    more = len(things) - _SHOWN
    return f"{shown}; and {more} more" if more > 0 else shown


def misnamed(
    name: str, kind: AgencyKind, gss: str, told: Mapping[str, Body], holders: Sequence[str]
) -> Conflict | None:
    """Where an agency is registered with a GSS code that the register gives to another body."""
    if not holders:
        return None
    mine = key(name)
    if any(mine in _keys(told[holder]) for holder in holders):
        return None
    others = [
        body.name + " has " + body.gss
        for body in told.values()
        if body.gss and mine in _keys(body) and kind in (AgencyKind.UNKNOWN, body.kind)
    ]
    sides = [(f"{told[holder].name} has {gss}", "the register") for holder in holders]
    sides += [(other, "the register") for other in sorted(others)[:_SHOWN]]
    what = f"The agency {name} is registered with {gss}, which the register gives to another body"
    return Conflict("agencies", name, what, tuple(sides))


def _keys(body: Body) -> set[str]:
    return {key(name) for name, _ in body.names}
