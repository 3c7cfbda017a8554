"""Bars, lines and maps are sound SVG, say their sums in words, and never join across a stop."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.doors.report.pictures.frames import WIDTHS
from totalplace.doors.report.pictures.lines import At, Mark, lines
from totalplace.doors.report.pictures.maps import Area, drawn, tiles
from totalplace.doors.report.pictures.series import Bar, bars

HOSTILE = '<script>alert("£")</script> & \u202e more'
STEPS = ["£1 to £2", "", "£3", "", "£4 to £9"]
widths = pytest.mark.parametrize("width", WIDTHS.values())


def sound(svg: str) -> ET.Element:
    """The picture as XML; nothing of it is a style, a script or an address."""
    assert "<script" not in svg
    assert " style=" not in svg
    return ET.fromstring(svg)  # noqa: S314 - it is our own


@widths
def test_months_are_bars_from_nothing_up_and_down(width: int) -> None:
    rows = [Bar("Apr", "April 2024", 5_000_00), Bar("May", HOSTILE, -2_000_00)]
    picture = sound(bars("Months", rows, width=width))
    desc = picture.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "April 2024: £5 thousand." in desc
    assert "minus £2 thousand" in desc


@given(st.lists(st.integers(-(10**13), 10**13), max_size=30))
@settings(max_examples=40)
def test_any_sums_can_be_drawn(pence: list[int]) -> None:
    rows = [Bar(f"m{n}", f"month {n}", p) for n, p in enumerate(pence)]
    sound(bars("Months", rows, width=620))
    sound(lines("Months", [r.name for r in rows], [
        [At(n, r.spoken, r.pence)] for n, r in enumerate(rows)
    ], [], width=620))  # fmt: skip


@widths
def test_a_line_is_drawn_within_its_runs_alone_and_each_change_is_numbered(width: int) -> None:
    runs = [
        [At(0, "April", 1_00), At(1, "May", 2_00)],
        [At(3, "July", 9_00), At(4, "August", 8_00)],
    ]
    marks = [Mark(3, f"{HOSTILE}: VAT comes in")]
    svg = lines("Months", ["a", "b", "c", "d", "e"], runs, marks, width=width)
    sound(svg)
    joins = re.findall(r'<line x1="([\d.]+)" y1="[\d.]+" x2="([\d.]+)"[^>]*class="k0"', svg)
    assert len(joins) == 2
    dots = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', svg)]
    assert [(float(a), float(b)) for a, b in joins] == [(dots[0], dots[1]), (dots[2], dots[3])]
    assert "The line stops:" in svg
    assert "1. " in svg


@widths
def test_tiles_have_names_and_sums_and_say_which_is_not_known(width: int) -> None:
    areas = [Area(f"E0700000{n}", f"Area {n}", f"£{n}", n if n < 5 else None) for n in range(7)]
    svg = tiles("Spending", [*areas, Area("x", HOSTILE, "£5", 0)], STEPS, width=width)
    sound(svg)
    assert "not known" in svg
    assert "Area 3: £3" in svg


@widths
def test_areas_with_boundaries_are_numbered_and_listed(width: int) -> None:
    areas = [Area("a", "North", "£1", 0), Area("b", HOSTILE, "£2", 4), Area("c", "South", "£3", 2)]
    ring = ((0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 0.0))
    svg = drawn("Spending", areas, {"a": [ring], "b": [ring]}, STEPS, size=(width, 300))
    sound(svg)
    assert "1. North: £1" in svg
    assert "South" not in svg.partition("</desc>")[2]
