"""The register: made from all that its sources say, each time anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from totalplace.places.rules.register import conflicts
from totalplace.places.rules.register.bodies import Body, bodies_of
from totalplace.places.rules.register.coverage import (
    SMALL_AREAS,
    Coverage,
    Covered,
    Share,
    chosen,
    counted_share,
    history_of,
    lasting,
    settled,
    share,
)
from totalplace.places.rules.register.facts import AREA_KINDS, Conflict, Cover, Facts, Source
from totalplace.places.rules.register.land import Land, land_of
from totalplace.places.rules.register.measured import (
    Measured,
    MeasureRule,
    Measures,
    values_by_area,
)
from totalplace.places.rules.register.succession import Succession, succession_of


@dataclass(frozen=True, slots=True)
class Register:
    """Areas and bodies, what became what, who covers where, and measures. Keys are codes."""

    sources: Mapping[int, Source]
    bodies: Mapping[str, Body]
    by_code: Mapping[str, tuple[str, ...]]
    succession: Succession
    land: Land
    covers: Mapping[str, tuple[Cover, ...]]
    history: frozenset[tuple[int, str]]
    measures: Measures
    conflicts: tuple[Conflict, ...]

    def find(self, code: str) -> tuple[str, ...]:
        """The bodies of a code, with or without its scheme; those in no dispute first."""
        return self.by_code.get(code.strip().casefold(), ())

    def area(self, code: str) -> str:
        """The key of the area or body of a code; where no source knows it, the code itself."""
        found = self.find(code)
        if found:
            return found[0]
        return code if ":" in code else f"gss:{code}"

    def coverage(self, body: str, *, on: date | None = None, by: str = "") -> Coverage:
        """The areas that a body covers, as on a day; a council that is an area covers itself."""
        rows = lasting(self.covers.get(body, ()), self.history, self.bodies, on)
        found = chosen(body, rows, self.years, on=on, by=by)
        known = self.bodies.get(body)
        if not found.areas and not by and known is not None and known.kind in AREA_KINDS:
            found = Coverage(body, (Covered(body),), None, None)
        return self._as_on(found, on)

    def measured(self, key: str, what: str, year: int) -> Measured | None:
        """A measure of an area, or of a wider body by the areas that it covers whole.

        Of its own value and that of its areas, the one of the later year; its own of the same.
        """
        own = self.measures.of(key, what, year)
        body = self.bodies.get(key)
        if body is None or body.kind in AREA_KINDS:
            return own
        covered = self.coverage(key, on=date(year, 12, 31))
        total = self.measures.over(self.land.parcels_of(c.area for c in covered.areas), what, year)
        if not covered.whole or total.lacking or not total.found:
            return own
        since = min(m.year for m in total.found)
        if own is not None and own.year >= since:
            return own
        sources = {s for m in total.found for s in m.sources}
        areas = {a for m in total.found for a in (m.added_up or (m.area,))}
        doubt = next((m.doubt for m in total.found if m.doubt), "")
        return Measured(
            key, what, total.value, since, year, tuple(sorted(sources)), tuple(sorted(areas)),
            doubt,
        )  # fmt: skip

    def share(
        self, body: str, parcels: frozenset[str], *, what: str, year: int, on: date | None
    ) -> Share | None:
        """How much of a body's `what` in a year lies in some land; None where nobody knows.

        Where a source counts `what` by body and area, that is it. Patients do not say how much land
        a body covers, so a body that is known by its patients alone has no share of people.
        """
        counted = chosen(body, self.covers.get(body, ()), self.years, on=on, by=what)
        if counted.areas:
            return counted_share(counted, parcels, self.land, what=what, year=year)
        covered = self.coverage(body, on=on)
        if any(c.by not in ("", SMALL_AREAS) for c in covered.areas):
            return None
        return share(covered, parcels, self.measures, what=what, year=year)

    @property
    def years(self) -> dict[int, int | None]:
        """The year that each source describes."""
        return {number: source.year for number, source in self.sources.items()}

    def _as_on(self, coverage: Coverage, on: date | None) -> Coverage:
        """The same land in the areas that stand on a day, where all of it was renamed or merged."""
        if on is None:
            return coverage
        areas: dict[str, Covered] = {}
        covered_parcels = self.land.parcels_of(c.area for c in coverage.areas if c.whole)
        for covered in coverage.areas:
            for standing in self._standing(covered.area, on):
                if standing == covered.area:
                    areas[standing] = covered
                elif covered.whole and self.land.parcels(standing) <= covered_parcels:
                    areas[standing] = Covered(standing)
                else:  # a part of the new area, which nobody has counted, is shown under the old
                    areas[covered.area] = covered
        ordered = tuple(areas[area] for area in sorted(areas))
        return replace(coverage, areas=ordered)

    def _standing(self, area: str, on: date) -> tuple[str, ...]:
        keys = self.succession.standing(area, on)
        known = tuple(k for k in keys if k not in self.bodies or self.bodies[k].kind in AREA_KINDS)
        return known or (area,)


def build(facts: Facts, rules: Iterable[MeasureRule]) -> Register:
    """The register from all that was loaded, and every conflict in it."""
    sources = {source.number: source for source in facts.sources}
    years = {number: source.year for number, source in sources.items()}
    found = {body.key: body for body in bodies_of(facts.entries, years, facts.changes)}
    by_code = _by_code(found.values())

    def key_of(code: str) -> str:
        keys = by_code.get(code.casefold(), ())
        return keys[0] if keys else code

    began = {key: body.first_day for key, body in found.items()}
    succession, left_out = succession_of(facts.changes, key_of, began)
    bodies = {key: _ended(body, succession) for key, body in found.items()}
    area_keys = {key_of(v.area) for v in facts.values} | {key_of(c.area) for c in facts.covers}
    areas = {k for k in area_keys if k not in bodies or bodies[k].kind in AREA_KINDS}
    areas |= {k for k, body in bodies.items() if body.kind in AREA_KINDS}
    land = land_of(areas, succession)
    rank = {number: (year or 0, number) for number, year in years.items()}
    keys = {value.area: key_of(value.area) for value in facts.values}
    by_what = {rule.what: rule for rule in rules}
    measures = Measures(values_by_area(facts.values, keys, rank), land, by_what)
    keyed = (replace(c, body=key_of(c.body), area=key_of(c.area)) for c in facts.covers)
    covers = settled(keyed, bodies, years)
    history = history_of((c for rows in covers.values() for c in rows), bodies, years, land)
    told = conflicts.Told(sources, bodies, by_code, land, covers, history, measures, left_out)
    return Register(
        sources, bodies, by_code, succession, land, covers, history, measures,
        conflicts.found_in(told),
    )  # fmt: skip


def _ended(body: Body, succession: Succession) -> Body:
    """A body with its last day from what followed it, where that says so more exactly."""
    days = [step.day for step in succession.after.get(body.key, ())]
    if not days:
        return body
    return replace(body, last_day=min(days) - timedelta(days=1))


def _by_code(bodies: Iterable[Body]) -> dict[str, tuple[str, ...]]:
    """Bodies by every code, with its scheme and without, those that hold it in no dispute first."""
    claims: dict[str, dict[str, tuple[bool, bool, int]]] = defaultdict(dict)
    for body in bodies:
        for held in body.held:
            weight = (held.disputed, held.former, -len(held.sources))
            bare = held.code.partition(":")[2]
            for code in (held.code.casefold(), bare.casefold()):
                claims[code][body.key] = min(weight, claims[code].get(body.key, weight))
    return {code: tuple(sorted(keys, key=lambda k: (keys[k], k))) for code, keys in claims.items()}
