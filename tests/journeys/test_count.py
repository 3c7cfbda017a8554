"""A resident follows a pound to its row in a file; an officer compares two editions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from totalplace.count.actions.editions import decide
from totalplace.count.actions.rulings import Lines, rule
from totalplace.count.queries.editions import EditionRow
from totalplace.count.rules.rulings import Subject
from totalplace.doors import records
from totalplace.doors.web.count.views import VIEWS
from totalplace.example_place.corner import CORNER, freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Officer, Operator, Role
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
def test_a_resident_follows_a_pound_to_its_row_in_a_file(
    page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto("/")
    page.get_by_label("Find a place").fill("corner")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Corner (made up)").click()
    assert "Where a pound of public money goes" in page.locator("h1").inner_text()
    picture(page, "resident")
    page.get_by_role("link", name="Adult social care", exact=True).click()
    assert page.locator("h1").inner_text() == "Adult social care"
    page.get_by_role("link", name="See the single payments, each with its file and row").click()
    assert faults_of(page) == []
    page.locator("main tbody a[href*='/1/payments/']").first.click()
    said = page.locator("main").inner_text()
    assert "corner-county-payments.csv" in said
    assert "Old Lodge Care Ltd" in said
    assert faults_of(page) == []
    picture(page, "payment line")


@pytest.mark.usefixtures("signed")
def test_every_number_leads_to_why_it_is_what_it_is(page: Page, faults_of: Faults) -> None:
    page.goto(f"{FIRST}agencies/corner-county/")
    page.get_by_role("link", name="Explain, Education: 600,000").click()
    said = page.locator("main").inner_text()
    assert "£600,000.00" in said
    assert "corner-county-return.csv" in said
    assert faults_of(page) == []


def test_an_officer_compares_two_editions(
    signed: EditionRow, noon: datetime, an_officer: Any, entered: Any, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    reason = "They build houses."
    lines = Lines(payee="Roadworks Ltd")
    rule("corner-county", Subject.PURPOSE, lines, said="housing", reason=reason, by=BY, on=noon)
    freeze_corner(Home(records.home_folder()), by=BY, on=noon)
    officer: Officer = an_officer("bea", Role.FINANCE_LEAD, place=CORNER)
    page: Page = entered(officer)
    page.goto(f"/count/{CORNER}/2023-24/2/")
    assert "provisional" in page.locator("main").inner_text()
    page.get_by_role("link", name="Edition 1, superseded").click()
    said = page.locator("main").inner_text()
    assert "What changed from edition 1 to edition 2" in said
    assert "the purpose of Roadworks Ltd is housing" in said
    assert faults_of(page) == []
    picture(page, "two editions")


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("at", [f"/count/{CORNER}/", *VIEWS])
def test_a_view_holds_no_fault_and_fits_a_phone_and_four_times_zoom(
    page: Page, faults_of: Faults, picture: Picture, at: str
) -> None:
    page.goto(at if at.startswith("/") else f"{FIRST}{at}/" if at else FIRST)
    assert faults_of(page) == []
    # WCAG 2.2, 1.4.10: 1280 pixels at four times zoom are 320, and nothing scrolls both ways.
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    picture(page, f"{at.strip('/').replace('/', ' ') or 'whole'} phone", width=320)


@pytest.mark.usefixtures("signed")
def test_on_paper_there_are_the_figures_and_no_way_round_the_site(page: Page) -> None:
    page.goto(FIRST)
    page.emulate_media(media="print")
    for gone in (".tp-header", ".tp-views", ".govuk-breadcrumbs", ".tp-downloads"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.get_by_text("Cite as").is_visible()
    assert page.locator(".tp-claim__sum").is_visible()
