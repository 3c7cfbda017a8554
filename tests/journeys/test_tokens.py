"""An officer makes a token in a browser, sees it once, and revokes it; the page for programs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator, Role


def test_a_token_is_made_seen_once_and_revoked(
    page: Page, an_officer: Callable[..., Any], entered: Callable[..., Page],
    faults_of: Callable[[Page], list[str]], picture: Callable[..., None], noon: datetime,
) -> None:  # fmt: skip
    places.register_place("wexshire", by=Operator("Ada"), on=noon)
    entered(an_officer("bea", Role.FINANCE_LEAD, place="wexshire"))
    page.goto("/my/")
    page.get_by_role("link", name="Your tokens, for other programs").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="Make the token").click()
    assert "There is a problem" in page.inner_text("main")
    assert faults_of(page) == []
    picture(page, "a token that is not said for what")
    page.get_by_label("What is it for?").fill("Monthly upload")
    page.get_by_label("Give in figures").check()
    page.get_by_role("button", name="Make the token").click()
    token = page.inner_text("#token")
    assert token.startswith("tp_")
    assert faults_of(page) == []
    picture(page, "a token as it is shown once")
    page.get_by_role("link", name="Your tokens", exact=True).click()
    assert token not in page.content()
    assert faults_of(page) == []
    picture(page, "the tokens of an officer")
    page.get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke it").click()
    assert "no longer good: it was revoked" in page.inner_text("main")


def test_the_page_for_other_programs_is_readable(
    page: Page, faults_of: Callable[[Page], list[str]]
) -> None:
    page.goto("/api/v1/")
    assert "/api/v1/count/editions" in page.inner_text("main")
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    labels = page.locator("[aria-label]").evaluate_all("all => all.map(one => one.ariaLabel)")
    titles = page.locator("main h3").all_inner_texts()
    assert len(set(labels)) == len(labels)
    assert len(set(titles)) == len(titles)
    # All are made alike, and axe takes a minute for all.
    page.locator("section").evaluate_all("all => all.slice(12, -12).forEach(one => one.remove())")
    assert faults_of(page) == []
