"""Boundaries as somebody's GeoJSON has them: rings of some areas, made simple and fitted to a box.

Only what a small map needs: polygons with a GSS code among their properties, in degrees or in
metres of the National Grid. Holes are drawn over; nothing is clipped, dissolved or reprojected.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from totalplace.refusal import Refused

Spot = tuple[float, float]
Ring = tuple[Spot, ...]
_FINEST: Final = 600  # parts of the width of the whole; what is finer is not seen
_LEAST: Final = 4  # points of a ring: three corners and the first again
_MOST_POINTS: Final = 2_000_000


def rings_of(said: Any, wanted: Collection[str]) -> dict[str, list[Ring]]:
    """The rings of the areas that are wanted, by code. Raises Refused for what is no GeoJSON."""
    if not isinstance(said, Mapping) or said.get("type") != "FeatureCollection":
        raise _no_map("it is no FeatureCollection of GeoJSON (TopoJSON is not read)")
    found: dict[str, list[Ring]] = {}
    points = 0
    for feature in said.get("features") or ():
        code = _code(feature, wanted)
        if code:
            for ring in _rings(feature.get("geometry") or {}):
                points += len(ring)
                if points > _MOST_POINTS:
                    raise _no_map("it has more than two million points")
                found.setdefault(code, []).append(ring)
    return found


def _code(feature: Any, wanted: Collection[str]) -> str:
    if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
        return ""
    values = feature["properties"].values()
    return next((v for v in values if isinstance(v, str) and v in wanted), "")


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    kind, listed = geometry.get("type"), geometry.get("coordinates")
    if listed is None:
        return
    polygons: Any = {"Polygon": [listed], "MultiPolygon": listed}.get(str(kind)) or ()
    try:
        for polygon in polygons:
            for ring in polygon:
                spots = tuple((float(spot[0]), float(spot[1])) for spot in ring)
                if len(spots) >= _LEAST and _is_somewhere(spots):
                    yield spots
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise _no_map("a place in it is no pair of numbers") from error


def _is_somewhere(spots: Ring) -> bool:
    return all(math.isfinite(number) for spot in spots for number in spot)


def _no_map(why: str) -> Refused:
    return Refused(
        "The boundaries were not drawn",
        why=why,
        next_step="Give boundaries as GeoJSON, such as the ONS's ultra generalised ones, or take "
        "the file out of the folder boundaries to see tiles",
    )


def fitted(rings: Mapping[str, Sequence[Ring]], wide: float, high: float) -> dict[str, list[Ring]]:
    """Rings in a box, north at the top, simple enough for its size; the smallest islands go."""
    every = [spot for listed in rings.values() for ring in listed for spot in ring]
    if not every:
        return {}
    in_degrees = all(abs(x) <= 180 and abs(y) <= 90 for x, y in every)
    middle = math.radians(sum(y for _, y in every) / len(every))
    narrow = math.cos(middle) if in_degrees else 1.0
    xs, ys = [x * narrow for x, _ in every], [y for _, y in every]
    left, low = min(xs), min(ys)
    size = max((max(xs) - left) / wide, (max(ys) - low) / high) or 1.0
    shift = (wide - (max(xs) - left) / size) / 2
    top = max(ys)
    found = {}
    for code, listed in rings.items():
        placed: list[Ring] = [
            tuple(((x * narrow - left) / size + shift, (top - y) / size) for x, y in ring)
            for ring in listed
        ]
        drawn = [simple(ring, max(wide, high) / _FINEST) for ring in placed]
        kept = [ring for ring in drawn if len(ring) >= _LEAST]
        found[code] = kept or [max(placed, key=len)]
    return found


def simple(ring: Ring, most: float) -> Ring:
    """A ring without the points that stray no further than `most` from a straight line.

    Ramer, Douglas and Peucker, without recursion, on the two halves of the ring.
    """
    if len(ring) < _LEAST:
        return ring
    far = max(range(len(ring)), key=lambda n: math.dist(ring[0], ring[n]))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        at = max(range(first + 1, last), key=lambda n: _stray(ring[n], ring[first], ring[last]))
        if _stray(ring[at], ring[first], ring[last]) > most:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return tuple(ring[n] for n in sorted(kept))


def _stray(spot: Spot, first: Spot, last: Spot) -> float:
    """How far a spot lies from the line between two others; from the first where they are one."""
    (x, y), (ax, ay), (bx, by) = spot, first, last
    long = math.hypot(bx - ax, by - ay)
    if long == 0:
        return math.hypot(x - ax, y - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / long
