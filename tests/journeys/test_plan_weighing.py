"""A commissioner tries amounts, says the money beside the plan; anybody reads what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from totalplace.commissioning.rules.finance import Cause, Money, Planned, Reserve
from totalplace.doors.report.plan_money import money_workbook
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..commissioning.plans_made import Wexshire, begun  # noqa: TID252

AT = "/commissioning/wexshire/1/"
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
MONEY = Money(
    resources=(Planned("Council tax", (400_00,), source="budget book, page 4"),),
    pressures=(Planned("Pay", (500_00,), cause=Cause.INFLATION),),
    savings=(Planned("Leases ended", (50_00,), owner="A. Director"),),
    reserves=(Reserve("General reserve", 90_00, (10_00,), (0,), 85_00, "five per cent"),),
)


@pytest.fixture
def here(site: str) -> Wexshire:
    """The place, whose plan is proposed."""
    made = begun()
    made.proposed()
    return made


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def tries_amounts(page: Page, faults_of: Faults, picture: Picture) -> None:
    """What is typed is counted: as it is typed where scripts run, else by the button."""
    page.goto(f"{AT}totals/")
    holds(page, faults_of)
    picture(page, "try amounts")
    page.get_by_label("Nursery, 2027-28, in pounds").fill("1,900")
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        page.get_by_role("button", name="Count again").click()
    page.get_by_role("heading", name="Demands that are not met").or_(
        page.locator("caption", has_text="Demands that are not met")
    ).wait_for()
    assert page.get_by_label("Nursery, 2027-28, in pounds").input_value() == "1,900"
    holds(page, faults_of)
    picture(page, "try amounts too much")
    picture(page, "try amounts phone", width=390)


def says_the_money(page: Page, faults_of: Faults, picture: Picture, folder: Path) -> None:
    """The workbook is given back, and all the money stands in one table."""
    page.goto(f"{AT}money/")
    page.get_by_role("link", name="Say it in a workbook").click()
    holds(page, faults_of)
    picture(page, "give the money")
    path = folder / "money.xlsx"
    path.write_bytes(money_workbook(MONEY, first_year=2027, years=1))
    page.get_by_label("The workbook, filled in").set_input_files(path)
    page.get_by_label("Why?").fill("The budget report of February.")
    page.get_by_role("button", name="Give it").click()
    page.get_by_text("Not in balance: 1 budget is short in a year.").wait_for()
    holds(page, faults_of)
    picture(page, "the money year by year")
    picture(page, "the money phone", width=390)


def test_amounts_are_tried_the_money_is_said_and_anybody_reads_what_it_rests_on(
    here: Wexshire, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture,
    tmp_path: Path,
) -> None:  # fmt: skip
    page = entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    tries_amounts(page, faults_of, picture)
    says_the_money(page, faults_of, picture, tmp_path)
    page.context.clear_cookies()
    for at, heading in (
        ("known/", "How much of it is known"),
        ("prices/", "What each demand costs"),
        ("frontier/", "Other plans to walk to"),
        ("pressure/", "If there were less money"),
        ("paper/", "Board paper"),
    ):
        page.goto(f"{AT}{at}")
        page.get_by_role("heading", level=1, name=heading).wait_for()
        holds(page, faults_of)
        picture(page, heading)
    walks_and_asks(page, faults_of, picture)


def walks_and_asks(page: Page, faults_of: Faults, picture: Picture) -> None:
    """A reader walks a step along, then asks why a service was cut."""
    page.goto(f"{AT}frontier/")
    page.get_by_role("link", name="80% of the money").click()
    page.get_by_role("link", name="The next step").click()
    page.get_by_role("heading", level=1, name="85% of the money").wait_for()
    holds(page, faults_of)
    picture(page, "a step to walk to")
    page.goto(f"{AT}why/")
    page.get_by_label("Words of its name").fill("visit")
    page.get_by_role("button", name="Find").click()
    holds(page, faults_of)
    picture(page, "why did my service change")
    page.get_by_role("link", name="Visits", exact=True).click()
    page.get_by_role("heading", level=1, name="Why Visits gets less").wait_for()
    holds(page, faults_of)
    picture(page, "why visits gets less")
