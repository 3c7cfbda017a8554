"""The count's page in a real browser: for keyboards, screen readers, small screens and paper."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from totalplace.example_place.naming import PLACE

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


TAKE_IN: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
from totalplace.example_place import write_example
into, home = Path(sys.argv[1]), Path(sys.argv[2])
records.start_django()
records.ready(home)
from totalplace.example_place.taking_in import take_in, take_in_returns
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home
write_example(into, scale=0.05)
said = dict(home=Home(home), by=Operator("Ada"), on=datetime.now(UTC), seen=lambda path: None)
list(take_in(into, **said)), list(take_in_returns(into, **said))
"""


@pytest.fixture(scope="module")
def written() -> Iterator[Path]:
    """The page of the example place, as `totalplace demo` has it written."""
    with TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as folder:
        home, page = Path(folder) / "home", Path(folder) / "count.html"
        count = ["-m", "totalplace", "--home", str(home), "count", "--place", PLACE]
        for words in (
            ["-c", TAKE_IN, str(Path(folder) / "place"), str(home)],
            [*count, "--html", str(page)],
        ):
            subprocess.run([sys.executable, *words], check=True, capture_output=True)
        yield page


@pytest.fixture(params=["scripts on", "scripts off"])
def page(request: pytest.FixtureRequest, browser: Browser, written: Path) -> Iterator[Page]:
    """The page, open in the browser."""
    context = browser.new_context(java_script_enabled=request.param == "scripts on")
    opened = context.new_page()
    opened.goto(written.as_uri())
    yield opened
    context.close()


def test_the_page_reads_the_same_with_scripts_and_without(page: Page) -> None:
    assert page.locator("script").count() == 0
    assert page.locator("h1").inner_text() == "Wexshire (made up)"
    assert "What this count does not know" in page.locator("main").inner_text()


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    for link in page.locator("a[href^='#']").all():
        target = link.get_attribute("href")
        assert target is not None
        assert page.locator(target).count() == 1, target


def test_nothing_is_loaded_from_elsewhere(browser: Browser, written: Path) -> None:
    asked: list[str] = []
    opened = browser.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(written.as_uri())
    assert asked == [written.as_uri()]
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser: Browser, written: Path, scheme: Any) -> None:
    opened = browser.new_page(color_scheme=scheme)
    opened.goto(written.as_uri())
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    opened.add_script_tag(content=axe)
    # In the dark only colours are other: what the light page passed need not be asked again.
    dark = {"type": "rule", "values": ["color-contrast"]}
    options = {"runOnly": dark if scheme == "dark" else {"type": "tag", "values": RULES}}
    found = opened.evaluate("options => axe.run(document, options)", options)
    assert found["passes"]
    assert [(v["id"], len(v["nodes"]), v["help"]) for v in found["violations"]] == []
    opened.close()


def test_on_a_small_screen_only_tables_scroll_sideways(browser: Browser, written: Path) -> None:
    opened = browser.new_page(viewport={"width": 320, "height": 640})
    opened.goto(written.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320  # WCAG 2.2, 1.4.10
    opened.close()


def test_on_paper_nothing_is_cut_off_at_the_side(browser: Browser, written: Path) -> None:
    opened = browser.new_page(viewport={"width": 1031, "height": 703})  # A4 within its margins
    opened.emulate_media(media="print")
    opened.goto(written.as_uri())
    wide = """() => [...document.querySelectorAll('table')]
        .map(t => t.getBoundingClientRect().right).filter(right => right > innerWidth)"""
    assert opened.evaluate(wide) == []
    opened.close()
