"""A pound is promised, given out, refused where there is none left, and followed to its posting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from totalplace.ledger import actions, queries
from totalplace.ledger.actions import NewBook, NewLine
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind, Nature
from totalplace.ledger.rules.limits import Bound, Limit
from totalplace.money.years import FinancialYear
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
YEAR = FinancialYear(2025)
LETTER = Citation("letter", "BCF 2025-26")
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


@pytest.fixture
def book(site: str) -> None:
    """A pool to which an NHS board and a department promised money, some of it given out."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOW)
    for code, name, kind in (
        ("wex", "Wexshire County Council", "county"), ("icb", "Wexshire ICB", "nhs-board"),
        ("dept", "Department of Care", "department"),
    ):  # fmt: skip
        places.register_agency(code, name=name, kind=kind, by=ADA, on=NOW)
        places.join_place("wexshire", code, by=ADA, on=NOW)
    new = NewBook("Better Care Fund", "wexshire", "wex", YEAR.start, YEAR.start + 2)
    actions.open_book("better-care", new, by=ADA, on=NOW)
    for code, title, payer, nature in (
        ("nhs", "NHS minimum contribution", "icb", Nature.REVENUE),
        ("dfg", "Disabled facilities grant", "dept", Nature.CAPITAL),
    ):
        line = NewLine(title, payer, nature, LETTER, YEAR.first_day, YEAR.last_day,
                       "Only for care at home.")  # fmt: skip
        actions.add_line("better-care", code, line, by=ADA, on=NOW)
        of = verbs.Colour(code, YEAR.start, payer, "wex")
        for legs, kind in (
            (verbs.promised(of, 4_500_000_00), Kind.PROMISED),
            (verbs.due(of, 1_500_000_00), Kind.DUE),
            (verbs.received(of, 1_500_000_00), Kind.RECEIVED),
            (verbs.allocated(of, "wex", 2_000_000_00), Kind.ALLOCATED),
            (verbs.committed(of, "wex", 800_000_00), Kind.COMMITTED),
            (verbs.spent(of, "wex", 350_000_00), Kind.SPENT),
        ):
            actions.post("better-care", legs, day=YEAR.first_day, kind=kind, citation=LETTER,
                         by=ADA, on=NOW)  # fmt: skip
    limit = Limit("board's share", Bound.AT_MOST, 900_000_00, YEAR.first_day, LETTER,
                  lines=("nhs",), agency="icb")  # fmt: skip
    actions.set_limit("better-care", limit, by=ADA, on=NOW)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def fill(page: Page, pounds: str) -> None:
    """The form of a posting, filled in."""
    page.get_by_label("What happened?").select_option("allocated")
    page.get_by_label("To money of which line?").select_option("nhs")
    page.get_by_label("By which agency?").select_option("icb")
    page.get_by_label("How many pounds?").fill(pounds)
    for part, value in (("Day", "3"), ("Month", "6"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("What does it rest on?").fill("decision")
    page.get_by_label("Its number").fill("HWB/4")
    page.get_by_role("button", name="Post it").click()


def test_money_is_given_out_within_its_limit_and_followed_to_its_posting(
    book: None, page: Page, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    page.goto("/ledger/better-care/")  # as anybody, who sees no posting
    assert page.get_by_text("Nothing is closed yet").is_visible()
    assert page.locator("a[href*='/postings/']").count() == 0
    page = entered(an_officer("bea", Role.FINANCE_LEAD, agency="wex"))
    page.goto("/ledger/")
    page.get_by_role("link", name="Better Care Fund").click()
    holds(page, faults_of)
    picture(page, "book")
    picture(page, "book phone", width=390)
    page.get_by_role("button", name="Post what happened").click()
    fill(page, "900,000.01")
    told = page.locator("#id_pence-error").inner_text()
    assert "beyond the limit" in told
    assert "£900,000.00 is left" in told
    assert "Give £900,000.00 or less" in told
    holds(page, faults_of)
    picture(page, "posting-refused")
    fill(page, "900,000")
    assert page.get_by_role("heading", name="Allocated, 3 June 2025").is_visible()
    page.goto("/ledger/better-care/")
    page.get_by_role("link", name="NHS minimum contribution").click()
    holds(page, faults_of)
    picture(page, "line")
    page.get_by_role("link", name="£900,000", exact=True).click()
    assert page.get_by_role("cell", name="decision HWB/4").count() == 1
    holds(page, faults_of)
    picture(page, "postings")
    page.goto("/ledger/better-care/")
    page.get_by_role("link", name="Seal what was posted").click()
    page.get_by_role("button", name="Seal it").click()
    assert page.get_by_text("0 postings are not sealed yet").is_visible()
    found = queries.verify("better-care")
    assert (found.faults, found.unsealed) == ((), 0)
