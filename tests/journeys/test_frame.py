"""The frame of every page in a browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from totalplace.places.rules.mandates import Officer


def test_the_first_page_holds_no_fault(
    page: Page, faults_of: Callable[[Page], list[str]], picture: Callable[..., None]
) -> None:
    page.goto("/")
    assert page.locator("h1").count() == 1
    assert faults_of(page) == []
    picture(page, "home")


def test_an_officer_who_has_signed_in_is_named_on_every_page(
    entered: Callable[[Officer], Page], an_officer: Callable[..., Officer]
) -> None:
    page = entered(an_officer("bea"))
    page.goto("/")
    assert page.get_by_text("Bea Example").count() == 1
