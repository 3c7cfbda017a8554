"""The whole-place page in a real browser: for keyboards, screen readers, small screens, paper."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole import Titles, whole_page

BROWSER: Final = os.environ.get("TOTALPLACE_BROWSER", "")
pytestmark = [
    pytest.mark.skipif(
        not BROWSER, reason="no Chromium or Chrome was found: name one in TOTALPLACE_BROWSER"
    ),
]
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# No network, and no first-run pages that would ask for one.
FLAGS: Final = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-gpu",
]
KINDS: Final = ("returns and payments", "payments alone", "nearly nothing", "hostile names")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def written(
    places: dict[str, WholePlace], titles: Titles, hostile_word: str,
    shown_beside: Callable[[str], dict[str, Any]], tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:  # fmt: skip
    """The page of every made-up place; the full one and the hostile one with all beside them."""
    folder = tmp_path_factory.mktemp("pages")
    beside = {KINDS[0]: shown_beside(""), KINDS[3]: shown_beside(hostile_word)}
    found = {}
    for number, kind in enumerate(KINDS):
        found[kind] = folder / f"{number}.html"
        found[kind].write_text(whole_page(places[kind], titles=titles, **beside.get(kind, {})))
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_no_barrier(
    browser: Browser, written: dict[str, Path], kind: str, scheme: Any, width: int
) -> None:
    opened = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    opened.goto(written[kind].as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    opened.add_script_tag(content=axe)
    # In the dark only colours are other: what the light page passed need not be asked again.
    dark = {"type": "rule", "values": ["color-contrast"]}
    options = {"runOnly": dark if scheme == "dark" else {"type": "tag", "values": RULES}}
    found = opened.evaluate("options => axe.run(document, options)", options)
    assert found["passes"]
    assert [(v["id"], v["nodes"][0]["html"], v["help"]) for v in found["violations"]] == []
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_small_screen_only_tables_scroll_sideways(
    browser: Browser, written: dict[str, Path], kind: str
) -> None:
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    opened.goto(written[kind].as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320  # WCAG 2.2, 1.4.10
    opened.close()


@pytest.mark.parametrize("kind", KINDS)
def test_on_paper_nothing_is_cut_off_at_the_side(
    browser: Browser, written: dict[str, Path], kind: str
) -> None:
    opened = browser.new_page(viewport={"width": 1031, "height": 703})  # A4 within its margins
    opened.emulate_media(media="print")
    opened.goto(written[kind].as_uri())
    wide = """() => [...document.querySelectorAll('table, svg')]
        .map(t => t.getBoundingClientRect().right).filter(right => right > innerWidth)"""
    assert opened.evaluate(wide) == []
    opened.close()


def test_the_page_says_the_same_with_scripts_off_and_loads_nothing(
    browser: Browser, written: dict[str, Path]
) -> None:
    asked: list[str] = []
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written[KINDS[0]].as_uri())
    assert opened.locator("h1").inner_text() == "Wexshire"
    assert "£8.2bn" in opened.locator("h2").first.inner_text()
    opened.locator("summary").first.click()
    assert opened.get_by_role("region", name="Table by COFOG division").is_visible()
    assert asked == [written[KINDS[0]].as_uri()]
    context.close()


def test_the_keyboard_reaches_the_figures_first(browser: Browser, written: dict[str, Path]) -> None:
    opened = browser.new_page()
    opened.goto(written[KINDS[0]].as_uri())
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the figures"
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#headline")
    opened.close()
