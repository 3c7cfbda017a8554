"""What holds for every picture: words keep to their place, every mark is told, nothing gets in."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.published import State
from totalplace.doors.report.pictures import frames, measure
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.coverage import Covered, coverage
from totalplace.doors.report.pictures.sankey import sankey
from totalplace.doors.report.pictures.streams import Flow
from totalplace.doors.report.pictures.tiles import Branch, Leaf
from totalplace.doors.report.pictures.treemap import STATUSES, treemap

SVG: Final = "{http://www.w3.org/2000/svg}"
HOSTILE: Final = '</title></svg><script>alert(1)</script> & "x\' onload="y'
MONTHS: Final = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")

names = st.sampled_from(
    ["Police", "Department for Levelling Up, Housing and Communities", "Wex (old)", HOSTILE, "",
     "Planning, economic development and regeneration", "Supercalifragilisticexpialidocious",
     "M" * 90]
) | st.text(max_size=40)  # fmt: skip
sums = st.none() | st.integers(-(10**12), 10**14)
leaves = st.builds(Leaf, names, sums, st.sampled_from(STATUSES))
trees = st.lists(st.builds(Branch, names, st.lists(leaves, max_size=6).map(tuple)), max_size=6)
flows = st.lists(st.builds(Flow, names, names, sums, st.integers(0, 1)), max_size=14)
covers = st.lists(
    st.builds(
        Covered,
        names,
        st.lists(st.sampled_from(State), min_size=12, max_size=12).map(tuple),
        st.none() | st.integers(0, 20_000),
    ),
    max_size=6,
)
spread = st.lists(st.integers(-(10**13), 10**14), min_size=3, max_size=3).map(sorted)
rows = st.lists(st.builds(lambda name, three: Range(name, *three), names, spread), max_size=6)
widths = st.sampled_from(sorted(frames.WIDTHS.values()))


def _sankey(found: list[Flow], width: int) -> str:
    heads = ("Where it comes from", "Who spends it", "On what")
    return sankey("Money", found, heads=heads, width=width, height=300, most=8)


pictures: st.SearchStrategy[str] = st.one_of(
    st.builds(lambda tree, wide: treemap("Areas", tree, width=wide, height=400), trees, widths),
    st.builds(_sankey, flows, widths),
    st.builds(lambda found, w: coverage("Held", found, months=MONTHS, width=w), covers, widths),
    st.builds(lambda found, wide: ranges("Sure", found, width=wide), rows, widths),
)


@dataclass(frozen=True)
class Area:
    """What a mark covers, and what it is."""

    what: str
    left: float
    top: float
    right: float
    bottom: float


def _texts(picture: ET.Element) -> Iterator[Area]:
    """The most that each line of words covers: ink from the top of capitals to below a g."""
    for line in picture.iter(f"{SVG}text"):
        looks, size = line.get("class", "").split(), float(line.get("font-size", 0))
        wide = measure.width(line.text or "", size, bold="b" in looks)
        part = 1.0 if "e" in looks else 0.5 if "m" in looks else 0.0
        left, base = float(line.get("x", 0)) - wide * part, float(line.get("y", 0))
        yield Area(line.text or "", left, base - size * 0.93, left + wide, base + size * 0.24)


def _blocks(picture: ET.Element) -> Iterator[Area]:
    for rect in picture.findall(f"{SVG}rect"):
        x, y, wide, high = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        yield Area(rect.get("class", ""), x, y, x + wide, y + high)


@given(pictures)
def test_nothing_leaves_the_picture(svg: str) -> None:
    picture = ET.fromstring(svg)  # noqa: S314 - our own text
    wide, high = (float(part) for part in picture.get("viewBox", "").split()[2:])
    for area in (*_texts(picture), *_blocks(picture)):
        assert area.left >= -0.02, area
        assert area.top >= -0.02, area
        assert area.right <= wide + 0.02, area
        assert area.bottom <= high + 0.02, area


@given(pictures)
def test_no_words_lie_on_other_words(svg: str) -> None:
    for one, other in combinations(_texts(ET.fromstring(svg)), 2):  # noqa: S314
        across = min(one.right, other.right) - max(one.left, other.left)
        down = min(one.bottom, other.bottom) - max(one.top, other.top)
        assert min(across, down) < 0.02, (one, other)


@given(pictures)
def test_every_mark_is_told_in_words(svg: str) -> None:
    picture = ET.fromstring(svg)  # noqa: S314
    marks = [*picture.findall(f"{SVG}rect"), *picture.findall(f"{SVG}path")]
    for mark in marks:
        if mark.get("class") != "fence":  # the line around a branch
            assert mark.findtext(f"{SVG}title"), mark.attrib


@given(pictures)
def test_a_picture_says_its_title_and_its_figures(svg: str) -> None:
    picture = ET.fromstring(svg)  # noqa: S314
    assert picture.get("role") == "img"
    for told, where in (("title", "aria-labelledby"), ("desc", "aria-describedby")):
        found = picture.find(f"{SVG}{told}")
        assert found is not None
        assert found.text
        assert picture.get(where) == found.get("id")


@given(pictures)
def test_nothing_runs_and_nothing_is_fetched(svg: str) -> None:
    picture = ET.fromstring(svg)  # noqa: S314
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "circle", "line", "rect", "path", "text", "g",
    }  # fmt: skip
    for element in picture.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
        assert "style" not in element.attrib


@given(pictures)
def test_names_within_pictures_are_only_used_where_they_stand(svg: str) -> None:
    own = set(re.findall(r' id="([^"]+)"', svg))
    used = set(re.findall(r'="url\(#([^")]+)\)"', svg))
    assert used <= own


EXAMPLES: Final[dict[str, Callable[[str, int], str]]] = {
    "treemap": lambda name, wide: treemap(
        name, [Branch(name, (Leaf(name, 5_00), Leaf(name, -1)))], width=wide, height=400
    ),
    "sankey": lambda name, wide: sankey(
        name, [Flow(name, name, 5_00)], heads=(name, name), width=wide, height=300
    ),
    "coverage": lambda name, wide: coverage(
        name, [Covered(name, (State.HELD,))], months=(name,), width=wide, explains=name
    ),
    "ranges": lambda name, wide: ranges(name, [Range(name, 1_00, 2_00, 3_00)], width=wide),
}
each = pytest.mark.parametrize("draw", EXAMPLES.values(), ids=EXAMPLES.keys())


@each
@pytest.mark.parametrize("wide", frames.WIDTHS.values())
def test_a_hostile_name_stays_a_name(draw: Callable[[str, int], str], wide: int) -> None:
    svg = draw(HOSTILE, wide)
    assert "<script" not in svg
    assert ET.fromstring(svg).findtext(f"{SVG}title") == HOSTILE  # noqa: S314


@each
def test_the_same_figures_give_the_same_text(draw: Callable[[str, int], str]) -> None:
    assert draw("Wexbury", 620) == draw("Wexbury", 620)


@each
def test_two_pictures_on_a_page_share_no_name(draw: Callable[[str, int], str]) -> None:
    figure = frames.figure("Wexbury", lambda wide: draw("Wexbury", wide))
    ids = re.findall(r' id="([^"]+)"', figure + draw("Another", 620))
    assert len(ids) == len(set(ids))


def test_a_figure_has_its_caption_and_a_picture_for_every_screen() -> None:
    figure = frames.figure(HOSTILE, lambda wide: f"<svg>{wide}</svg>")
    assert "<script" not in figure
    for wide in frames.WIDTHS.values():
        assert f"<svg>{wide}</svg>" in figure
