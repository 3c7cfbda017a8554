"""Pictures in a real browser and its own font: words stay inside, and each screen has one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from totalplace.count.rules.published import State
from totalplace.doors.report.pictures import colours, frames, measure
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.coverage import Covered, coverage
from totalplace.doors.report.pictures.sankey import sankey
from totalplace.doors.report.pictures.streams import Flow
from totalplace.doors.report.pictures.tiles import Branch, Leaf
from totalplace.doors.report.pictures.treemap import treemap

BROWSER: Final = os.environ.get("TOTALPLACE_BROWSER", "")
pytestmark = pytest.mark.skipif(
    not BROWSER, reason="no Chromium or Chrome was found: name one in TOTALPLACE_BROWSER"
)
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS: Final = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-gpu",
]
M: Final = 1_000_000_00
COUNCIL: Final = "Wexbury City Council"
BOARD: Final = "NHS Wex integrated care board"
FORCE: Final = "Police and Crime Commissioner for Wex </title><script>alert(1)</script>"
TREE: Final = [
    Branch(BOARD, (Leaf("NHS care (hospitals, prescribing)", 2480 * M, "modelled"),)),
    Branch(
        COUNCIL,
        (
            Leaf("Education", 1012 * M),
            Leaf("Adult social care", 421 * M),
            Leaf("Planning, economic development and regeneration", 33 * M, "apportioned"),
            Leaf("Council housing", -12 * M),
            *(Leaf(f"Ŵyŵ & 公共 {n}", n * M) for n in range(1, 12)),
        ),
    ),
    Branch(FORCE, (Leaf("Police", 402 * M), Leaf("Courts", None))),
]
FLOWS: Final = [
    Flow("NHS England", BOARD, 2480 * M),
    Flow("Council tax", COUNCIL, 900 * M),
    Flow("Council tax", FORCE, 102 * M),
    Flow("Ministry of Housing, Communities and Local Government", COUNCIL, 260 * M),
    *(Flow(f"公共 grant {n}", COUNCIL, n * M) for n in range(1, 20)),
    *(Flow(b.name, leaf.name, leaf.pence, 1) for b in TREE for leaf in b.leaves),
]
HELD: Final = [
    Covered(COUNCIL, (State.HELD,) * 9 + (State.NO_FILE,) * 3, 281),
    Covered(FORCE, (State.NONE,) * 12, 12_345),
    Covered(BOARD, (State.HELD,) * 12),
]
SURE: Final = [
    Range(BOARD, 2210 * M, 2480 * M, 2890 * M),
    Range("Council housing", -30 * M, -12 * M, 9 * M),
    Range("Courts", None, None, None),
]
MONTHS: Final = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")


def _flows(wide: int) -> str:
    heads = ("Where it comes from", "Who spends it", "On what")
    return sankey("Money", FLOWS, heads=heads, width=wide, height=400)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of pictures, within margins like those of the count's own page."""
    drawn = (
        frames.figure("Areas", lambda wide: treemap("Areas", TREE, width=wide, height=500)),
        frames.figure("Bands", _flows),
        frames.figure("Held", lambda wide: coverage("Held", HELD, months=MONTHS, width=wide)),
        frames.figure("Ranges", lambda wide: ranges("Ranges", SURE, width=wide)),
    )
    page = tmp_path_factory.mktemp("pictures") / "pictures.html"
    page.write_text(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Pictures</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{colours.style()}body{{margin:0 1.3rem}}</style></head>"
        f"<body><main><h1>Pictures</h1>{''.join(drawn)}</main></body></html>",
        encoding="utf-8",
    )
    return page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, written: Path) -> Iterator[Page]:
    """The page, open in the browser."""
    opened = browser.new_page()
    opened.goto(written.as_uri())
    yield opened
    opened.close()


SCREENS: Final = pytest.mark.parametrize(
    ("wide", "shown"), [(320, "n"), (559, "n"), (560, "m"), (800, "m"), (992, "w"), (1400, "w")]
)


# Boxes of words come rounded out to whole pixels, so their lengths are taken for what is exact.
MISPLACED: Final = """() => [...document.querySelectorAll('figure svg')]
  .filter(svg => svg.checkVisibility()).flatMap(svg => {
    const whole = svg.viewBox.baseVal, texts = [...svg.querySelectorAll('text')].map(text => {
      const long = text.getComputedTextLength(), box = text.getBBox();
      const part = {start: 0, middle: .5, end: 1}[getComputedStyle(text).textAnchor];
      const left = text.x.baseVal[0].value - long * part;
      return {words: text.textContent, left, right: left + long,
              top: box.y, bottom: box.y + box.height};
    });
    const out = texts.filter(t => t.left < -.05 || t.top < -.5
      || t.right > whole.width + .05 || t.bottom > whole.height + .5);
    const over = texts.flatMap((a, i) => texts.slice(i + 1).filter(b =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > .05 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1.5)
      .map(b => ({words: a.words + ' / ' + b.words})));
    return [...out, ...over].map(t => t.words);
  })"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [320, 1280])
def test_axe_finds_no_barrier(browser: Browser, written: Path, scheme: Any, wide: int) -> None:
    opened = browser.new_page(color_scheme=scheme, viewport={"width": wide, "height": 800})
    opened.goto(written.as_uri())
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    opened.add_script_tag(content=axe)
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = opened.evaluate("options => axe.run(document, options)", options)
    assert "svg-img-alt" in {rule["id"] for rule in found["passes"]}
    assert [(v["id"], len(v["nodes"]), v["help"]) for v in found["violations"]] == []
    opened.close()


@SCREENS
def test_each_screen_is_shown_one_drawing_of_each_picture(
    page: Page, wide: int, shown: str
) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    for figure in page.locator("figure").all():
        seen = [svg for svg in figure.locator("svg").all() if svg.is_visible()]
        assert len(seen) == 1
        assert seen[0].evaluate("svg => svg.parentNode.className") == f"pic-{shown}"
    assert page.evaluate("document.documentElement.scrollWidth") <= wide  # WCAG 2.2, 1.4.10


@SCREENS
def test_words_in_the_readers_own_font_stay_inside_and_apart(
    page: Page, wide: int, shown: str
) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    found = page.evaluate(MISPLACED)
    assert found == []


@SCREENS
def test_no_words_are_longer_than_was_measured(page: Page, wide: int, shown: str) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    found = page.evaluate(
        """() => [...document.querySelectorAll('figure svg text')].filter(t => t.checkVisibility())
        .map(t => [t.textContent, +t.getAttribute('font-size'), t.classList.contains('b'),
                   t.getComputedTextLength()])"""
    )
    assert found
    longer = [
        (text, long, measure.width(text, size, bold=bold))
        for text, size, bold, long in found
        if long > measure.width(text, size, bold=bold) + 0.05
    ]
    assert longer == []


@SCREENS
def test_no_words_are_smaller_than_nine_pixels(page: Page, wide: int, shown: str) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('figure svg')].filter(s => s.checkVisibility())
        .flatMap(svg => [...svg.querySelectorAll('text')].map(t =>
          t.getAttribute('font-size') * svg.clientWidth / svg.viewBox.baseVal.width))"""
    )
    assert min(sizes) >= 9


def test_a_screen_reader_is_told_the_title_and_the_figures(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    areas = page.get_by_role("img", name="Areas")
    assert areas.count() == 1
    told = areas.evaluate("svg => document.getElementById(svg.ariaDescribedBy ?? "
                          "svg.getAttribute('aria-describedby')).textContent")  # fmt: skip
    assert "NHS Wex integrated care board: £2.48 billion" in told


def test_on_paper_the_colours_are_the_light_ones(browser: Browser, written: Path) -> None:
    opened = browser.new_page(color_scheme="dark", viewport={"width": 1031, "height": 703})
    opened.goto(written.as_uri())
    ground = "getComputedStyle(document.querySelector('.pic-w svg')).backgroundColor"
    dark = opened.evaluate(ground)
    opened.emulate_media(media="print")
    assert opened.evaluate(ground) == "rgb(255, 255, 255)" != dark
    opened.close()


def test_a_hostile_name_runs_nothing(page: Page) -> None:
    assert page.locator("script").count() == 0
    assert "<script>alert(1)</script>" in page.locator("figure desc").all_text_contents()[0]
