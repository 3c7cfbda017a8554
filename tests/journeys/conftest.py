"""Journeys in a real browser, with scripts and without, on a service with records of its own.

`site` is the address of a running service; `page` a browser's page; `entered` signs an officer in;
`faults_of` is what axe finds wrong with a page. Pictures go to TOTALPLACE_PICTURES, if it is named.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from totalplace.doors import records
from totalplace.places.rules.mandates import Officer

BROWSER: Final = os.environ.get("TOTALPLACE_BROWSER") or shutil.which("chromium") or ""
# No network, and no first-run pages that would ask for one.
FLAGS: Final = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-gpu",
]
RULES: Final = [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]  # fmt: skip
# What is sound is not written out: that takes longer than to look.
LOOKED_FOR: Final = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}

# The browser's driver runs a loop beside the test, which waits for it: nothing runs at once.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


_press: Final = Locator.click


def press(self: Locator, **said: Any) -> None:
    """Press what is named; over when the page that it leads to stands whole.

    The library's own is over when the new page has begun, and what is read then may be half of it.
    """
    _press(self, **said)
    self.page.wait_for_load_state()


Locator.click = press  # type: ignore[method-assign]


class Quiet(WSGIRequestHandler):
    """Says nothing of what was asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    if not BROWSER:
        pytest.skip("no Chromium or Chrome was found: name one in TOTALPLACE_BROWSER")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def site(committed_records: records.Address) -> Iterator[str]:
    """The address of a service that runs on records of the test's own."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["scripts on", "scripts off"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page of a fresh browser, at home on the service. An error in a script fails the test."""
    context = browser.new_context(
        base_url=site, java_script_enabled=request.param == "scripts on", locale="en-GB"
    )
    opened = context.new_page()
    opened.set_default_timeout(60_000)  # other tests may keep the computer busy
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    # A refusal is answered with 409, which the browser calls an error too.
    assert [e for e in errors if "the server responded with a status of 4" not in e] == []


@pytest.fixture
def entered(page: Page, site: str, signed_in: Callable[..., Client]) -> Callable[..., Page]:
    """Gives the page to an officer, who has signed in."""

    def enter(officer: Officer, **said: Any) -> Page:
        cookie = signed_in(officer, **said).cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": site}])
        return page

    return enter


@pytest.fixture
def faults_of(browser: Browser) -> Callable[[Page], list[str]]:
    """What axe finds wrong with a page as it stands, which must be nothing."""

    def found(page: Page) -> list[str]:
        page.wait_for_load_state()  # a form may send itself
        if is_known(page):
            return []
        with runs_scripts(browser, page) as looked_at:
            results = Axe().run(
                looked_at,
                options={
                    "runOnly": {"type": "tag", "values": RULES},
                    "resultTypes": ["violations"],
                },
            )
        return [
            f"{fault['id']}: {fault['help']}: {[node['html'] for node in fault['nodes']]}"
            for fault in results.response["violations"]
        ]

    return found


_KNOWN: Final[set[tuple[str, ...]]] = set()


def is_known(page: Page) -> bool:
    """Whether such a page was looked at before; axe takes seconds a page.

    A page is such a page by its address without numbers, its headings and its faults. Where no
    scripts run, what was sent is the same: one page with a form and one without is looked at in
    each room, and one with faults.
    """
    address = re.sub(r"[0-9a-f]{8,}|[0-9]+", "#", page.url.partition("?")[0].split("/", 3)[-1])
    faults = page.locator(".govuk-error-message").count()
    kind: tuple[str, ...] = (address, *page.locator("h1, h2").all_inner_texts(), str(faults))
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        forms = page.locator("main form").count()
        kind = (address.partition("/")[0], str(bool(forms)), str(bool(faults)), "scripts off")
    known = kind in _KNOWN
    _KNOWN.add(kind)
    return known


@contextmanager
def runs_scripts(browser: Browser, page: Page) -> Iterator[Page]:
    """The page as it stands; where it runs no scripts, as axe must, a copy in one that does."""
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        yield page
        return
    whole = page.content()
    context = browser.new_context()
    copy = context.new_page()
    copy.route("**/*.js*", lambda route: route.abort())
    copy.route(page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
    copy.goto(page.url)
    yield copy
    context.close()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Takes a picture of a page, for a person to look at, where a folder for them is named."""

    def take(page: Page, name: str, *, width: int = 1280) -> None:
        folder = os.environ.get("TOTALPLACE_PICTURES")
        if folder:
            page.set_viewport_size({"width": width, "height": 900})
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(
                path=f"{folder}/{re.sub('[^a-z0-9]+', '-', name.lower())}.png", full_page=True
            )

    return take
