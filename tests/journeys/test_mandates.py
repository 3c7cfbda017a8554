"""Granting a mandate and ending it, as an administrator does, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import pytest
from playwright.sync_api import Page

from totalplace.places import actions, queries
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record import queries as record

Faults = Callable[[Page], list[str]]
PAGES: Final = (
    "/", "/my/", "/places/", "/places/officers/", "/places/of/wexshire/", "/places/who-may/",
    "/places/officers/bea/", "/places/officers/appoint/", "/places/officers/bea/grant/",
    "/places/officers/bea/invite/", "/places/officers/bea/retire/", "/places/mandates/1/end/",
    "/account/sessions/", "/account/2fa/", "/account/logout/", "/accessibility/", "/privacy/",
    "/components/", "/nowhere/",
)  # fmt: skip


@pytest.fixture
def administrator(
    entered: Callable[[Officer], Page], an_officer: Callable[..., Officer], noon: datetime
) -> Page:
    """An administrator of a place, who has signed in; and another officer, of no mandate."""
    actions.register_place("wexshire", name="Wexshire", by=Operator("Ada"), on=noon)
    an_officer("bea")
    return entered(an_officer("cas", Role.ADMINISTRATOR, place="wexshire"))


def test_a_mandate_is_granted_and_ended(
    administrator: Page, faults_of: Faults, picture: Callable[..., None]
) -> None:
    page = administrator
    page.goto("/places/")
    page.get_by_role("link", name="officers and their mandates").click()
    picture(page, "officers")
    page.get_by_role("link", name="Bea Example").click()
    page.get_by_role("button", name="Grant a mandate").click()
    page.get_by_role("button", name="Grant").click()
    assert "Enter the power" in page.locator(".govuk-error-summary").inner_text()
    assert faults_of(page) == []
    picture(page, "grant with errors")
    page.get_by_label("Role").select_option("finance lead")
    page.get_by_label("Power that it rests on").fill("scheme of delegation of May 2026")
    page.get_by_role("button", name="Grant").click()

    assert "scheme of delegation of May 2026" in page.inner_text("main")
    assert faults_of(page) == []
    picture(page, "officer")
    page.get_by_role("link", name="End").click()
    page.get_by_label("Reason").fill("has moved on")
    picture(page, "end a mandate")
    page.get_by_role("button", name="End the mandate").click()
    assert "Mandates that have ended" in page.inner_text("main")
    assert [m.officer for m in queries.mandates(officer="bea")] == ["bea"]
    assert [entry.verb for entry in record.latest(2)] == ["granted a mandate", "ended a mandate"]


def test_what_is_refused_is_said_above_what_was_typed(
    administrator: Page, faults_of: Faults, picture: Callable[..., None]
) -> None:
    page = administrator
    page.goto("/places/officers/cas/grant/")
    page.get_by_label("Role").select_option("auditor")
    page.get_by_label("Power that it rests on").fill("my own idea")
    page.get_by_role("button", name="Grant").click()
    said = page.locator(".govuk-error-summary").inner_text()
    assert "A mandate cannot be granted to oneself" in said
    assert "Ask another administrator" in said
    assert page.get_by_label("Power that it rests on").input_value() == "my own idea"
    assert faults_of(page) == []
    picture(page, "refused")


def test_axe_finds_nothing_on_any_page(
    administrator: Page, faults_of: Faults, picture: Callable[..., None]
) -> None:
    found = {}
    for path in PAGES:
        administrator.goto(path)
        found[path] = faults_of(administrator)
        picture(administrator, f"page {path}")
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_pages_hold_on_a_narrow_screen_and_at_400_percent(
    administrator: Page, picture: Callable[..., None], width: int
) -> None:
    """At 400 percent, 1280 points are 320 (WCAG 2.2, 1.4.10)."""
    administrator.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        administrator.goto(path)
        wide = administrator.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} wide"
        picture(administrator, f"{width} {path}", width=width)
