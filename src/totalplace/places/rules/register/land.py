"""Areas as land: which areas others were made of, so that figures of different years can be added.

The least pieces of land that any source knows are *parcels*: an area that others merged into is the
parcels of those others. Counties are no parcels (they lie over districts), and an area that was
split between several stays a parcel of its own, as no source says how it was split.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from totalplace.places.rules.register.succession import Succession


@dataclass(frozen=True, slots=True)
class Land:
    """How areas nest by succession. `made_of` holds, of each area, those that merged into it."""

    made_of: Mapping[str, tuple[str, ...]]
    merged_into: Mapping[str, str]

    def parcels(self, area: str) -> frozenset[str]:
        """The least areas that an area is made of; itself, where nothing merged into it."""
        parts = self.made_of.get(area)
        if not parts:
            return frozenset({area})
        return frozenset().union(*(self.parcels(part) for part in parts))

    def parcels_of(self, areas: Iterable[str]) -> frozenset[str]:
        """The parcels of several areas together."""
        return frozenset().union(*(self.parcels(area) for area in areas))

    def latest(self, area: str) -> str:
        """The area that an area has merged into in the end; itself, where it has not."""
        while area in self.merged_into:
            area = self.merged_into[area]
        return area


def land_of(areas: Iterable[str], succession: Succession) -> Land:
    """The land, from the areas (no counties) and what became what."""
    known = set(areas)
    made_of: dict[str, list[str]] = {}
    merged_into: dict[str, str] = {}
    for area in sorted(known):
        steps = succession.after.get(area, ())
        if len(steps) == 1 and steps[0].new in known:
            merged_into[area] = steps[0].new
            made_of.setdefault(steps[0].new, []).append(area)
    return Land({area: tuple(parts) for area, parts in made_of.items()}, merged_into)
