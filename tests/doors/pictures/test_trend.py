"""A trend: gaps as gaps, breaks with their words, limits as a band, and no style of its own."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.doors.report.pictures.trend import Break, Missing, Spot, Trend, trend


def a_trend(*, with_limits: bool = False, scale: float = 1.0) -> Trend:
    def spot(place: int, value: float) -> Spot:
        low, high = (value - 1, value + 1) if with_limits else (None, None)
        return Spot(place, f"year {place}: {value}", value * scale, low, high)

    return Trend(
        title="Absence", name="Wexshire",
        periods=tuple(f"20{n}/{n + 1}" for n in range(16, 22)),
        runs=((spot(0, 10), spot(1, 11)), (spot(3, 11),), (spot(4, 21), spot(5, 20))),
        missing=(Missing(2, "2018/19: no reading, as nobody asked"),),
        breaks=(Break(4, "counted anew"),),
        beside=((spot(0, 12), spot(1, 12)),), beside_name="England",
    )  # fmt: skip


def test_no_line_is_drawn_across_a_gap_or_a_break() -> None:
    svg = trend(a_trend(), width=620)
    assert len(re.findall(r'<line [^>]*class="k0" stroke-width="2.5" stroke-linecap', svg)) == 2
    assert "The line stops: counted anew." in svg
    assert "1. counted anew." in svg
    assert "nobody asked" in svg


def test_a_band_is_drawn_only_where_there_are_limits() -> None:
    assert 'class="t0"' not in trend(a_trend(), width=620)
    drawn = trend(a_trend(with_limits=True), width=620)
    assert drawn.count('<path d="M') == 2  # a reading alone has an upright line
    assert "within its limits" in drawn


def test_a_scale_that_does_not_begin_at_nothing_says_so() -> None:
    high = Trend("t", "n", ("a", "b"), ((Spot(0, "a", 61.0), Spot(1, "b", 62.0)),))
    assert "not at nothing." in trend(high, width=620)
    assert "not at nothing." not in trend(a_trend(), width=620)


@pytest.mark.parametrize("width", [280, 620, 1120])
def test_a_picture_is_sound_and_has_no_style_and_no_script(width: int) -> None:
    what = a_trend(with_limits=True)
    svg = trend(Trend("<script>", "a & b", what.periods, what.runs), width=width)
    ET.fromstring(svg)  # noqa: S314 - our own
    assert "style=" not in svg
    assert "<script" not in svg


numbers = st.floats(-1e6, 1e6, allow_nan=False)


@settings(max_examples=40)
@given(st.lists(numbers, min_size=1, max_size=12))
def test_every_number_finds_its_place_within_the_picture(values: list[float]) -> None:
    spots = tuple(Spot(n, str(n), value) for n, value in enumerate(values))
    svg = trend(Trend("t", "n", tuple(map(str, range(len(values)))), (spots,)), width=620)
    heights = [float(y) for y in re.findall(r'<circle cx="[^"]*" cy="([^"]*)"', svg)]
    assert len(heights) == len(values)
    assert all(7.9 <= y <= 250.1 for y in heights)
