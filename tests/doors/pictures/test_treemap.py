"""What money is spent on, as areas."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.doors.report.pictures import measure
from totalplace.doors.report.pictures.drawing import Box
from totalplace.doors.report.pictures.tiles import Branch, Leaf
from totalplace.doors.report.pictures.treemap import SMALLEST, STATUSES, laid_out, treemap

SVG: Final = "{http://www.w3.org/2000/svg}"
M = 1_000_000_00
COUNCIL = Branch(
    "Wexbury Council",
    (Leaf("Education", 500 * M), Leaf("Highways", 100 * M), Leaf("Council housing", -12 * M)),
)
BOARD = Branch("NHS board", (Leaf("NHS care", 900 * M, "modelled"), Leaf("Prescribing", None)))

leaves = st.builds(
    Leaf,
    st.sampled_from(["Education", "Police", "Fire and rescue", "Housing (all kinds)", ""]),
    st.none() | st.integers(-(10**9), 10**12),
    st.sampled_from(STATUSES),
)
trees = st.lists(
    st.builds(
        Branch,
        st.sampled_from(["Council", "NHS board", "A very long name of a joint authority"]),
        st.lists(leaves, max_size=8).map(tuple),
    ),
    max_size=6,
)


@given(trees)
def test_every_area_is_as_its_sum_and_no_pound_is_lost(tree: list[Branch]) -> None:
    fields = laid_out(tree, Box(0, 0, 900, 600))
    above = [leaf.pence for branch in tree for leaf in branch.leaves if leaf.pence]
    whole = sum(pence for pence in above if pence > 0)
    assert sum(field.pence for field in fields) == whole
    for field in fields:
        assert sum(tile.pence for tile in field.tiles) == field.pence
        for tile in field.tiles:
            area = 900 * 600 * tile.pence / whole
            assert tile.box.wide * tile.box.high == pytest.approx(area)


@given(trees)
def test_tiles_lie_within_their_branch(tree: list[Branch]) -> None:
    for field in laid_out(tree, Box(0, 0, 900, 600)):
        for tile in field.tiles:
            assert tile.box.x >= field.box.x - 1e-6
            assert tile.box.y >= field.box.y - 1e-6
            assert tile.box.right <= field.box.right + 1e-6
            assert tile.box.bottom <= field.box.bottom + 1e-6


def test_the_greatest_branch_and_its_greatest_leaf_come_first() -> None:
    board, council = laid_out([COUNCIL, BOARD], Box(0, 0, 900, 600))
    assert (board.name, board.pence) == ("NHS board", 900 * M)
    assert [tile.leaf.name for tile in council.tiles] == ["Education", "Highways"]


def test_what_has_no_area_is_listed_with_its_sum() -> None:
    svg = treemap("Spending", [COUNCIL, BOARD], width=900, height=600)
    assert "Council housing (Wexbury Council), -£12m" in svg
    assert "Prescribing (NHS board), not known" in svg


def test_a_sum_of_nothing_is_listed_too() -> None:
    svg = treemap("Spending", [Branch("Council", (Leaf("Flood", 0),))], width=900, height=600)
    assert "There is no sum to draw" not in re.sub("<desc.*</desc>", "", svg)
    assert "Flood (Council), £0" in svg


def test_sums_too_small_to_be_seen_are_put_together_and_none_is_lost() -> None:
    small = tuple(Leaf(f"Small {n}", 10_00 + n, "measured") for n in range(30))
    branch = Branch("Council", (Leaf("Education", 500 * M), *small, Leaf("Odd", 1, "modelled")))
    (field,) = laid_out([branch], Box(0, 0, 900, 600))
    assert [tile.leaf.name for tile in field.tiles] == ["Education", "31 smaller sums"]
    assert field.tiles[1].pence == sum(leaf.pence or 0 for leaf in (*small, Leaf("Odd", 1)))
    assert field.tiles[1].leaf.status == "modelled"  # never surer than its least sure part
    assert SMALLEST > 0


def test_how_well_a_sum_is_known_is_a_pattern_with_a_key() -> None:
    svg = treemap("Spending", [COUNCIL, BOARD], width=900, height=600)
    assert re.search(r'fill="url\(#p[0-9a-f]{10}-modelled\)"', svg)
    assert "stripes: modelled, an estimate" in svg
    assert "dots:" not in svg
    measured = treemap("Spending", [COUNCIL], width=900, height=600)
    assert "url(#" not in measured
    assert "plain: measured" not in measured  # no key where there is nothing to tell apart


def test_a_status_that_has_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="measured, apportioned, modelled"):
        treemap("Spending", [Branch("A", (Leaf("B", 1, "missing"),))], width=900, height=600)


def test_the_description_says_the_whole_and_the_greatest_parts() -> None:
    svg = treemap("Spending", [COUNCIL, BOARD], width=900, height=600)
    assert "£1.5 billion in all" in svg
    assert "NHS board: £900 million, 60%: NHS care £900 million." in svg


def test_a_branch_too_small_for_its_name_has_a_number_and_stands_below() -> None:
    tiny = Branch("Wex Fire and Rescue Authority", (Leaf("Fire and rescue", 2 * M),))
    svg = treemap("Spending", [COUNCIL, BOARD, tiny], width=900, height=600)
    assert "Too small to name above: 3 Wex Fire and Rescue Authority £2.0m." in svg


def test_every_name_can_be_read_where_there_is_room() -> None:
    svg = treemap("Spending", [COUNCIL, BOARD], width=900, height=600)
    shown = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    for words in ("Wexbury Council", "£600m", "Education", "Highways", "NHS board", "NHS care"):
        assert words in shown, shown


@given(trees, st.sampled_from([280, 620, 1120]))
def test_words_keep_to_their_tile(tree: list[Branch], wide: int) -> None:
    picture = ET.fromstring(treemap("Spending", tree, width=wide, height=500))  # noqa: S314
    rects = [r for r in picture.findall(f"{SVG}rect") if r.get("class") != "fence"]
    tiles = [[float(r.get(name, 0)) for name in ("x", "y", "width", "height")] for r in rects]
    for line in picture.findall(f"{SVG}text[@class]"):
        looks, size = line.get("class", "").split(), float(line.get("font-size", 0))
        left, base = float(line.get("x", 0)), float(line.get("y", 0))
        right = left + measure.width(line.text or "", size, bold="b" in looks)
        if "on" in looks:
            assert any(
                x <= left and right <= x + wide and y <= base - size * 0.9 and base <= y + high
                for x, y, wide, high in tiles
            ), line.text


def test_a_name_wider_than_its_first_tile_stands_across_the_tiles_of_its_branch() -> None:
    parts = tuple(Leaf(f"Borough {n}", 40 * M + n) for n in range(12))
    svg = treemap("Spending", [Branch("Adult social care", parts)], width=280, height=200)
    assert "<title>Adult social care: £480m</title>" in svg
    assert "Too small to name" not in svg
