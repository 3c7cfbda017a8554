"""A rectangle shared out by size: areas are right, they fill it, and they do not overlap."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.report.pictures.drawing import Box
from totalplace.doors.report.pictures.squares import squarified

weights = st.lists(st.integers(1, 10**13), min_size=1, max_size=25).map(
    lambda found: sorted(found, reverse=True)
)
boxes = st.builds(Box, st.just(0.0), st.just(0.0), st.floats(100, 1200), st.floats(100, 900))


def test_the_example_of_the_paper_comes_out_as_printed() -> None:
    """Bruls, Huizing and van Wijk (2000), figure 4: 6, 6, 4, 3, 2, 2 and 1 in 6 by 4."""
    found = squarified([6, 6, 4, 3, 2, 2, 1], Box(0, 0, 6, 4))
    assert [(round(b.wide, 2), round(b.high, 2)) for b in found] == [
        (3, 2),
        (3, 2),
        (1.71, 2.33),
        (1.29, 2.33),
        (1.2, 1.67),
        (1.2, 1.67),
        (0.6, 1.67),
    ]


@given(weights, boxes)
def test_areas_are_as_sums(sums: list[int], box: Box) -> None:
    whole = sum(sums)
    for pence, found in zip(sums, squarified(sums, box), strict=True):
        assert found.wide * found.high == pytest.approx(box.wide * box.high * pence / whole)


@given(weights, boxes)
def test_rectangles_fill_the_box_and_do_not_overlap(sums: list[int], box: Box) -> None:
    found = squarified(sums, box)
    assert sum(b.wide * b.high for b in found) == pytest.approx(box.wide * box.high)
    assert all(b.x >= -1e-6 and b.right <= box.right + 1e-6 for b in found)
    assert all(b.y >= -1e-6 and b.bottom <= box.bottom + 1e-6 for b in found)
    for one, other in combinations(found, 2):
        across = min(one.right, other.right) - max(one.x, other.x)
        down = min(one.bottom, other.bottom) - max(one.y, other.y)
        assert min(across, down) < 1e-6


@pytest.mark.parametrize("sums", [[10**18, 1], [10**17, 10**17, 3, 2, 1], [5] * 400])
def test_a_penny_beside_a_fortune_has_its_place(sums: list[int]) -> None:
    found = squarified(sums, Box(0, 0, 300, 200))
    assert len(found) == len(sums)
    assert all(b.wide > 0 and b.high > 0 for b in found)


def test_equal_sums_are_near_to_squares() -> None:
    shapes = [max(b.wide / b.high, b.high / b.wide) for b in squarified([1] * 12, Box(0, 0, 4, 3))]
    assert max(shapes) < 1.5


def test_nothing_has_no_area() -> None:
    assert squarified([], Box(0, 0, 10, 10)) == []


@pytest.mark.parametrize("sums", [[1, 2], [2, 0], [-1]])
def test_sums_out_of_order_or_without_an_area_are_refused(sums: list[int]) -> None:
    with pytest.raises(ValueError, match="area"):
        squarified(sums, Box(0, 0, 10, 10))
