"""The page of what is promised, in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from totalplace.doors.web.trust.promises import promises


def test_anybody_reads_what_is_promised_and_which_tests_show_it(
    page: Page, faults_of: Callable[[Page], list[str]], picture: Callable[..., None]
) -> None:
    page.goto("/trust/")
    assert page.locator("h2").count() > len(promises())
    assert faults_of(page) == []
    picture(page, "trust")
    page.locator("summary").first.click()
    page.get_by_text(promises()[0].tests[0]).wait_for()
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
