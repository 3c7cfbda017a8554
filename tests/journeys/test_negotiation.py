"""A place drafts and offers; an official counters, is refused a target, and the place accepts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from totalplace.agreements.queries.negotiations import agreed_offer
from totalplace.agreements.rules.devolution import Side
from totalplace.entitlements import actions as entitlements
from totalplace.entitlements.actions.shipped import put_shipped
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..agreements.negotiating import ADA, FIRST, UNSAID, Bargain, begun  # noqa: TID252

Entered = Callable[..., Page]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
AT = "/agreements/negotiations/1/"
NOW = datetime.now(UTC)


@pytest.fixture
def bargain(site: str, an_officer: Callable[..., Officer]) -> Bargain:
    """A negotiation that is open, with a line in the place's draft, and a guarantee in force."""
    made = begun(an_officer)
    made.drafted(Side.PLACE, FIRST)
    # Whoever runs the computer acts for no department once there are mandates.
    named = "Department for Education"
    places.register_agency("dfe", name=named, kind="department", by=ADA, on=NOW)
    official = an_officer("edu", Role.DEPARTMENT_OFFICIAL, agency="dfe")
    put_shipped("adult-skills", by=official, on=NOW)
    cost = entitlements.CostSaid("wexshire", 2_000_000_00, 1_500_000_00, 2_500_000_00, "DfE, 2026")
    entitlements.add_cost("adult-skills/1", cost, by=official, on=NOW)
    return made


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways.

    Axe needs scripts, and takes seconds a page: it looks at the same page once, where they run.
    """
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def offer(page: Page, why: str) -> None:
    page.get_by_role("button", name="Offer it").click()
    page.get_by_label("Why?").fill(why)
    for part, typed in (("Day", "1"), ("Month", "2"), ("Year", "2099")):
        page.get_by_label(part).fill(typed)
    page.get_by_role("button", name="Make an offer").click()
    page.get_by_text("From here on nobody changes it.").wait_for()


def place_offers(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The place adds a line to its draft, sees its savings there, and offers without them."""
    page.goto(AT)
    page.get_by_role("button", name="Work on your draft").click()
    assert page.get_by_text(UNSAID).count() == 1
    holds(page, faults_of)
    picture(page, "negotiation draft")
    page.get_by_role("button", name="Add a line").click()
    page.get_by_label("Which fund is it?").fill("Roads Fund")
    page.get_by_label("In the block").check()
    page.get_by_label("Why is it in that set?").fill("Roads are planned here.")
    page.get_by_label("2027-28: revenue").fill("a lot")
    page.get_by_role("button", name="Keep this line").click()
    page.get_by_role("link", name="This is no sum of money").wait_for()
    holds(page, faults_of)
    picture(page, "negotiation line form")
    page.get_by_label("2027-28: revenue").fill("TBC")
    page.get_by_role("button", name="Keep this line").click()
    page.get_by_text("The other side does not see it.").wait_for()
    offer(page, "What we can do better here")


def centre_counters(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The official may ask for no target; a guarantee and a promise go into the counter-offer."""
    page.goto(AT)
    assert page.get_by_text("It is your move.").count() == 1
    page.get_by_role("link", name="Offer 1").click()
    assert page.get_by_text(UNSAID).count() == 0
    holds(page, faults_of)
    picture(page, "negotiation offer")
    page.goto(f"{AT}draft/")
    page.get_by_role("link", name="Add to: targets asked for").click()
    page.get_by_label("Code of the indicator").fill("persistent-absence")
    page.get_by_label("What is to be reached?").fill("No more than 5 in 100")
    page.get_by_role("button", name="Keep it in your draft").click()
    page.get_by_text("targets are set by the place").wait_for()
    picture(page, "negotiation target refused")
    page.goto(f"{AT}draft/")
    page.get_by_role("link", name="Add to: national guarantees").click()
    page.get_by_label("Which guarantee?").select_option("adult-skills")
    page.get_by_label("Why is it attached?").fill("It holds everywhere.")
    page.get_by_role("button", name="Keep it in your draft").click()
    page.get_by_role("link", name="Add to: promises").click()
    page.get_by_label("Who owes it?").select_option("mhclg")
    page.get_by_label("To whom?").select_option("wex")
    page.get_by_label("What is promised?").fill("pays the first quarter")
    page.get_by_label("How much?").fill("1000000")
    for part, typed in (("Day", "15"), ("Month", "4"), ("Year", "2027")):
        page.get_by_label(part, exact=True).fill(typed)
    page.get_by_role("button", name="Keep it in your draft").click()
    offer(page, "With one guarantee")


def place_accepts(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The place sees first what differs and what it costs, and accepts it as it stands."""
    page.goto(AT)
    page.get_by_text("What offer 2 of the centre differs by from offer 1").wait_for()
    assert page.get_by_text("£2,000,000 more").count() > 0
    holds(page, faults_of)
    picture(page, "negotiation place sees")
    picture(page, "negotiation place sees phone", width=390)
    page.get_by_role("button", name="Accept the last offer as it stands").click()
    page.get_by_label("Why?").fill("We can keep this.")
    page.get_by_role("button", name="Accept the last offer as it stands").click()
    page.get_by_text("Offer 2 was accepted as it stood.").wait_for()


def test_a_place_offers_the_centre_counters_and_the_place_accepts(
    bargain: Bargain, entered: Entered, faults_of: Faults, picture: Picture
) -> None:
    place_offers(entered(bargain.place), faults_of, picture)
    centre_counters(entered(bargain.centre), faults_of, picture)
    page = entered(bargain.place)
    place_accepts(page, faults_of, picture)
    agreed = agreed_offer(1)
    assert [one.code for one in agreed.entitlements] == ["adult-skills"]
    assert agreed.promises[0].pence == 1_000_000_00
    page.context.clear_cookies()
    page.goto(AT)
    page.get_by_text("2 offers are read by the two sides alone").wait_for()
    assert page.get_by_text("Offer 2 was accepted as it stood.").count() == 1
    assert page.get_by_text("Roads Fund").count() == 0
    picture(page, "negotiation public")
    page.goto("/agreements/negotiations/published/gmca-2025-26/")
    holds(page, faults_of)
    picture(page, "negotiation published lines")
