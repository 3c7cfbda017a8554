"""Which areas a body covers, by which source, and what share of it lies in a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from totalplace.places.rules.register.bodies import Body
from totalplace.places.rules.register.facts import AREA_KINDS, Cover
from totalplace.places.rules.register.land import Land
from totalplace.places.rules.register.measured import Measured, Measures

SMALL_AREAS: Final = "small_areas"
# A lower layer super output area holds 1,000 to 3,000 residents (ONS, Census 2021 geographies), so
# one may weigh three times another; counts of them give a share within these limits.
_SMALL_AREA_PEOPLE: Final = (1000, 3000)
# Practices, above all those that work by telephone, have patients far from their board. A body that
# is known only by its patients is over an area where it has one in fifty of them: our own rule.
_ONE_IN: Final = 50


@dataclass(frozen=True, slots=True)
class Covered:
    """An area that a body covers: whole, or `part` of `of` of it, counted in `by`."""

    area: str
    by: str = ""
    part: int | None = None
    of: int | None = None

    @property
    def whole(self) -> bool:
        """Whether all of the area is covered."""
        return self.part is None or self.part == self.of

    @property
    def is_land(self) -> bool:
        """Whether a body that covers this is over land of the area, and not only met there."""
        if self.by in ("", SMALL_AREAS):
            return True
        return (self.part or 0) * _ONE_IN >= (self.of or 1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The areas of a body by one source, which describes a year. Empty: nobody says."""

    body: str
    areas: tuple[Covered, ...]
    source: int | None
    year: int | None

    @property
    def whole(self) -> bool:
        """Whether the body covers every one of its areas whole."""
        return all(covered.whole for covered in self.areas)


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a body lies in a place: numerator over denominator, in whole numbers.

    `least` and `most` are the same fraction at the ends of what is not known (where an area is
    covered in part); they equal the share where all is known. `lacking` are areas without a value.
    """

    what: str
    year: int
    numerator: int
    denominator: int
    least: tuple[int, int]
    most: tuple[int, int]
    years: tuple[int, ...]
    sources: tuple[int, ...]
    lacking: tuple[str, ...]
    doubts: tuple[tuple[str, str], ...]  # the area, and why

    @property
    def is_estimate(self) -> bool:
        """Whether something had to be estimated."""
        numerator, denominator = self.numerator, self.denominator
        ends = (self.least, self.most)
        return any(n * denominator != numerator * d for n, d in ends)


def settled(
    covers: Iterable[Cover], bodies: Mapping[str, Body], years: Mapping[int, int | None]
) -> dict[str, tuple[Cover, ...]]:
    """What each body covers, with the areas of a county in place of the county."""
    by_body: dict[str, list[Cover]] = defaultdict(list)
    for cover in covers:
        by_body[cover.body].append(cover)

    def areas_of(cover: Cover) -> list[Cover]:
        body = bodies.get(cover.area)
        if body is None or body.kind in AREA_KINDS or cover.by:
            return [cover]
        within = [c for c in by_body.get(cover.area, ()) if not c.by]
        same = [c for c in within if c.source == cover.source]
        newest = max((years.get(c.source) or 0 for c in within), default=0)
        below = same or [c for c in within if (years.get(c.source) or 0) == newest]
        return [replace(cover, area=c.area) for c in below if c.area != cover.body]

    return {
        body: tuple(dict.fromkeys(area for cover in rows for area in areas_of(cover)))
        for body, rows in by_body.items()
    }


def history_of(
    covers: Iterable[Cover], bodies: Mapping[str, Body], years: Mapping[int, int | None], land: Land
) -> frozenset[tuple[int, str]]:
    """Sources with the areas that they list as history, beside the area that followed.

    That is an area that had ended before the year that the source describes. A source that goes by
    the areas of an older year throughout, as counts of patients do, lists no history.
    """
    listed = {(cover.source, cover.area) for cover in covers}
    return frozenset(
        (source, area)
        for source, area in listed
        if (body := bodies.get(area)) is not None
        and body.last_day is not None
        and body.last_day.year < (years.get(source) or 0)
        and land.latest(area) != area
        and (source, land.latest(area)) in listed
    )


def lasting(
    covers: Iterable[Cover],
    history: frozenset[tuple[int, str]],
    bodies: Mapping[str, Body],
    on: date | None,
) -> list[Cover]:
    """What is covered, without what is history by the day (None: by the year of the source)."""
    return [
        cover
        for cover in covers
        if (cover.source, cover.area) not in history
        or (on is not None and bodies[cover.area].stands(on))
    ]


def chosen(
    body: str,
    covers: Iterable[Cover],
    years: Mapping[int, int | None],
    *,
    on: date | None,
    by: str = "",
) -> Coverage:
    """The coverage of a body by the source that describes the day best.

    That is the newest that is not of a later year, else the oldest of later years; of one year, a
    list of whole areas before counts of small areas, and those before counts of patients. With
    `by`, only what is counted in that.
    """
    by_source: dict[tuple[int, str], list[Cover]] = defaultdict(list)
    for cover in covers:
        if not by or cover.by == by:
            by_source[cover.source, cover.by].append(cover)
    if not by_source:
        return Coverage(body, (), None, None)

    def fitness(said: tuple[int, str]) -> tuple[bool, int, int, int]:
        source, counted = said
        year = years.get(source) or 0
        later = on is not None and year > on.year
        manner = ("", SMALL_AREAS).index(counted) if counted in ("", SMALL_AREAS) else 2
        return (not later, -year if later else year, -manner, source)

    source, counted = max(by_source, key=fitness)
    found = {c.area: Covered(c.area, c.by, c.part, c.of) for c in by_source[source, counted]}
    areas = tuple(found[area] for area in sorted(found))
    return Coverage(body, areas, source, years.get(source))


@dataclass(slots=True)
class _Adding:
    """Sums on the way to a share: as estimated, and at both ends."""

    numerator: int = 0
    denominator: int = 0
    ends: tuple[list[int], list[int]] = field(default_factory=lambda: ([0, 0], [0, 0]))

    def add(self, within: int, whole: int) -> None:
        """Add what is known."""
        self.numerator += within
        self.denominator += whole
        for end in self.ends:
            end[0] += within
            end[1] += whole

    def add_part(self, within: int, whole: int, covered: Covered) -> None:
        """Add an area that is covered in part, of which some lies in the place."""
        assert covered.part is not None  # noqa: S101  (asked only of areas in part)
        assert covered.of is not None  # noqa: S101
        self.numerator += _rounded(within * covered.part, covered.of)
        self.denominator += _rounded(whole * covered.part, covered.of)
        fewest, most = _between(covered)
        # Least: what lies in the place is at its fewest, and what lies outside at its most.
        for end, inside, outside in ((self.ends[0], fewest, most), (self.ends[1], most, fewest)):
            inner, outer = _rounded(within * inside[0], inside[1]), whole - within
            end[0] += inner
            end[1] += inner + _rounded(outer * outside[0], outside[1])


def share(
    coverage: Coverage, parcels: frozenset[str], measures: Measures, *, what: str, year: int
) -> Share | None:
    """How much of a body's `what` lies in some land; None where there is nothing to divide.

    Areas that are covered whole are taken together, so that areas that merged in between are found.
    """
    land, adding = measures.land, _Adding()
    all_of = land.parcels_of(c.area for c in coverage.areas if c.whole)
    whole, within = measures.over(all_of, what, year), measures.over(all_of & parcels, what, year)
    adding.add(within.value, whole.value)
    found: list[Measured] = [*whole.found, *within.found]
    lacking = {*whole.lacking, *within.lacking}
    inside_known = bool(within.found) or not (all_of & parcels)
    for covered in coverage.areas:
        if covered.whole:
            continue
        of_it = land.parcels(covered.area)
        its, ours = measures.over(of_it, what, year), measures.over(of_it & parcels, what, year)
        adding.add_part(ours.value, its.value, covered)
        found += [*its.found, *ours.found]
        lacking |= {*its.lacking, *ours.lacking}
        inside_known = inside_known or bool(ours.found)
    if not inside_known or adding.denominator == 0:
        return None
    return _share(adding, found, lacking, coverage, what=what, year=year)


def counted_share(
    coverage: Coverage, parcels: frozenset[str], land: Land, *, what: str, year: int
) -> Share | None:
    """The share where the source counts `what` itself for each body and area, as for patients."""
    whole = within = 0
    lacking = set()
    for covered in coverage.areas:
        part = covered.part or 0
        whole += part
        of_it = land.parcels(covered.area)
        if of_it <= parcels:
            within += part
        elif not of_it.isdisjoint(parcels):
            lacking.add(covered.area)
    if whole == 0 or coverage.year is None or coverage.source is None:
        return None
    ends = (within, whole)
    return Share(
        what, year, within, whole, ends, ends, (coverage.year,), (coverage.source,),
        tuple(sorted(lacking)), (),
    )  # fmt: skip


def _share(
    adding: _Adding,
    found: Sequence[Measured],
    lacking: Iterable[str],
    coverage: Coverage,
    *,
    what: str,
    year: int,
) -> Share:
    sources = {s for m in found for s in m.sources}
    if coverage.source is not None:
        sources.add(coverage.source)
    least, most = adding.ends
    return Share(
        what,
        year,
        adding.numerator,
        adding.denominator,
        (least[0], least[1]),
        (most[0], most[1]),
        tuple(sorted({m.year for m in found})),
        tuple(sorted(sources)),
        tuple(sorted(lacking)),
        tuple(sorted({(m.area, m.doubt) for m in found if m.doubt})),
    )


def _rounded(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _between(covered: Covered) -> tuple[tuple[int, int], tuple[int, int]]:
    """The fewest and the most of an area that a count of its pieces can stand for, as fractions."""
    part, of = covered.part or 0, covered.of or 1
    if covered.by != SMALL_AREAS:
        return (part, of), (part, of)
    small, large = _SMALL_AREA_PEOPLE
    rest = of - part
    fewest = (part * small, part * small + rest * large)
    most = (part * large, part * large + rest * small)
    return fewest, most
