"""Boundaries of any GeoJSON are drawn within their box, or refused with what to do."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.spending.boundaries import Ring, fitted, rings_of, simple
from totalplace.refusal import Refused

SQUARE = [[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]


def feature(code: str, geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"LAD23CD": code, "n": 1}, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_areas_are_known_by_their_code_in_any_property() -> None:
    said = collection(
        feature("E07000001", {"type": "Polygon", "coordinates": [SQUARE]}),
        feature("E07000002", {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}),
        feature("E07000009", {"type": "Polygon", "coordinates": [SQUARE]}),
    )
    found = rings_of(said, {"E07000001", "E07000002"})
    assert {code: len(rings) for code, rings in found.items()} == {"E07000001": 1, "E07000002": 2}


@pytest.mark.parametrize(
    "said",
    [
        [], {"type": "Topology"}, None, "x",
        collection(feature("E07000001", {"type": "Polygon", "coordinates": [[["a", 1]] * 4]})),
        collection(feature("E07000001", {"type": "Polygon", "coordinates": [[5, 6, 7, 8]]})),
        collection(feature("E07000001", {"type": "Polygon", "coordinates": 7})),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_with_what_to_give(said: Any) -> None:
    with pytest.raises(Refused, match="Give boundaries as GeoJSON"):
        rings_of(said, {"E07000001"})


@pytest.mark.parametrize(
    "geometry", [None, {}, {"type": "Point", "coordinates": [0, 0]}, {"type": "Polygon"}]
)
def test_an_area_without_a_shape_is_left_out(geometry: Any) -> None:
    assert rings_of(collection(feature("E07000001", geometry)), {"E07000001"}) == {}


spots = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
a_ring = st.lists(spots, min_size=4, max_size=40).map(tuple)


@given(st.dictionaries(st.sampled_from("abc"), st.lists(a_ring, min_size=1, max_size=3)))
def test_every_ring_lies_in_the_box_with_north_at_the_top(rings: dict[str, list[Ring]]) -> None:
    placed = fitted(rings, 280, 300)
    assert set(placed) == set(rings)
    for listed in placed.values():
        for ring in listed:
            for x, y in ring:
                assert -1e-6 <= x <= 280 + 1e-6
                assert -1e-6 <= y <= 300 + 1e-6
    (north,) = fitted({"a": [((0, 1), (1, 1), (1, 2), (0, 2), (0, 1))]}, 10, 10)["a"]
    assert north[0][1] > north[2][1]


@given(a_ring, st.floats(0, 50))
def test_a_simple_ring_has_its_own_points_in_order_and_none_strays(ring: Ring, most: float) -> None:
    kept = simple(ring, most)
    assert kept[0] == ring[0]
    assert kept[-1] == ring[-1]
    at = 0
    for spot in kept:
        at = ring.index(spot, at) if spot in ring[at:] else len(ring)
    assert at < len(ring)


def test_points_on_a_straight_line_go() -> None:
    ring = (*((float(n), 0.0) for n in range(10)), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0))
    assert len(simple(ring, 0.1)) < len(ring)
    assert math.isclose(max(x for x, _ in simple(ring, 0.1)), 9)
