"""A resident searches, narrows, and follows a payee and a line; every page fits any screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page

from totalplace.count.actions.editions import decide
from totalplace.count.queries.editions import EditionRow
from totalplace.doors import records
from totalplace.doors.web import spending
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Operator
from totalplace.sources.home import Home

BY = Operator("Ada")
FIRST = f"/count/{CORNER}/2023-24/1/"
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


@pytest.fixture
def signed(site: str, noon: datetime) -> EditionRow:
    """The corner's first edition, signed off."""
    home = Home(records.home_folder())
    take_in_corner(home, by=BY, on=noon)
    row = freeze_corner(home, by=BY, on=noon)
    decide(row.id, "sign off", reason="Agreed by all.", by=BY, on=noon)
    return row


@pytest.mark.usefixtures("signed")
def test_a_resident_searches_narrows_and_reads_a_line_as_it_was_published(
    page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto(FIRST)
    page.get_by_role("link", name="Find a payment").click()
    page.get_by_label("Name or words").fill("council")
    page.get_by_role("button", name="Search").click()
    assert "text=council" in page.url
    page.get_by_text("More ways to narrow it").click()
    page.get_by_label("Least sum").fill("1,900")
    page.get_by_label("Order").select_option("Earliest first")
    page.get_by_role("button", name="Narrow the search").click()
    assert page.locator("#found").inner_text().startswith("4 lines, £8,000.58")
    assert faults_of(page) == []
    picture(page, "search narrowed")
    page.get_by_role("link", name="Take away the filter £1,900 or more").click()
    assert page.locator("#found").inner_text().startswith("16 lines")
    page.get_by_role("link", name="Nook District Council").first.click()
    assert page.locator("h1").inner_text() == "Nook District Council"
    assert "It is taken for a public body" in page.locator("main").inner_text()
    assert faults_of(page) == []
    picture(page, "payee")
    page.get_by_role("link", name="Every line of this payee").click()
    page.get_by_role("link", name=re.compile("^Row ")).first.click()
    said = page.locator("main").inner_text()
    assert "this line is taken out of the payer’s spending" in said
    assert "corner-county-payments.csv" in said
    assert faults_of(page) == []
    picture(page, "line")


@pytest.mark.usefixtures("signed")
def test_what_is_typed_wrongly_is_said_and_led_to(
    page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto(f"{FIRST}payments/?least=lots&text=care")
    page.get_by_role("link", name="Write a sum in pounds").click()
    assert page.locator("#least").evaluate("box => box === document.activeElement")
    assert page.get_by_label("Name or words").input_value() == "care"
    assert faults_of(page) == []
    picture(page, "typed wrongly")


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("at", [*spending.VIEWS, "trend/?body=corner-county", "payments/?text=xyz"])
def test_a_page_of_payments_holds_no_fault_and_fits_a_phone_and_four_times_zoom(
    page: Page, faults_of: Faults, picture: Picture, at: str
) -> None:
    page.goto(f"{FIRST}{at}" if "/" in at else f"{FIRST}{at}/")
    assert faults_of(page) == []
    picture(page, f"spending {at}")
    # WCAG 2.2, 1.4.10: 1280 pixels at four times zoom are 320, and nothing scrolls both ways.
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    picture(page, f"spending {at} phone", width=320)
