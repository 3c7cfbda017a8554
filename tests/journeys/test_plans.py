"""A plan from a workbook to the book: proposed, contested, answered, adopted, posted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from totalplace.commissioning.queries.allocations import allocation
from totalplace.commissioning.queries.plans import plan
from totalplace.decisions.rules.days import local_day
from totalplace.doors.report.case_book import case_book
from totalplace.doors.web.commissioning.plans import acting, answering, looking
from totalplace.ledger import queries as ledger
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..commissioning.plans_made import (  # noqa: TID252
    ADA,
    ADOPTED,
    DRAFTED,
    ONE,
    OPENED,
    PROPOSED,
    STATED,
    Wexshire,
    a_case,
    begun,
)

Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
Turn = Callable[[int], None]
AT = f"/commissioning/{ONE}/"


@pytest.fixture
def here(site: str) -> Wexshire:
    """The place so long ago that its plan can be adopted today."""
    return begun(local_day(datetime.now(UTC)) - timedelta(days=ADOPTED))


@pytest.fixture
def turn(here: Wexshire, monkeypatch: pytest.MonkeyPatch) -> Turn:
    """Turns to a day of the place: a hearing takes months, and a journey does not."""

    def to(days: int) -> None:
        for module in (acting, answering, looking):
            monkeypatch.setattr(module, "now", lambda: here.at(days, 13))

    return to


@pytest.fixture
def commissioner(here: Wexshire, an_officer: Appointed) -> Officer:
    """Who may draft and adopt, from the first day of the place."""
    officer = an_officer("com")
    places.grant("com", Role.COMMISSIONER, Matter(place="wexshire"), power="her post", by=ADA,
                 on=here.at(1))  # fmt: skip
    return officer


@pytest.fixture
def others(here: Wexshire, commissioner: Officer, an_officer: Appointed) -> Wexshire:
    """The place, where a clerk does all that has its own journey: hearing, decision, book."""
    clerk = an_officer("clerk")
    for role, of in (
        (Role.COMMISSIONER, Matter(place="wexshire")),
        (Role.COMMISSIONER, Matter("wex")),
        (Role.ELECTED_MEMBER, Matter("wex")),
        (Role.FINANCE_LEAD, Matter("wex")),
    ):
        places.grant("clerk", role, of, power="the constitution", by=ADA, on=here.at(1))
    return replace(here, by=clerk)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def draft(page: Page, tmp_path: Path, faults_of: Faults, picture: Picture) -> None:
    """A workbook with a fault is told with its cell; put right, three plans are found from it."""
    right, wrong = tmp_path / "case.xlsx", tmp_path / "wrong.xlsx"
    right.write_bytes(case_book(a_case()))
    book = openpyxl.load_workbook(BytesIO(right.read_bytes()))
    book["Options"]["D2"] = "a lot"
    book.save(wrong)
    page.goto("/commissioning/")
    page.get_by_role("link", name="Wexshire").click()
    page.get_by_role("link", name="Draft a plan").or_(
        page.get_by_role("button", name="Draft a plan")
    ).click()
    for path in (wrong, right):
        page.get_by_label("Title").fill("The grant of 2027-28")
        page.get_by_label("Why is the plan made?").fill("So that more children are ready.")
        page.get_by_label("Which agency is accountable for it?").select_option("wex")
        page.get_by_label("The workbook of the case, filled in").set_input_files(path)
        page.get_by_role("button", name="Draft it").click()
        if path is wrong:
            page.get_by_role("cell", name="D2").wait_for()
            holds(page, faults_of)
            picture(page, "plans faults")
    page.get_by_text("The plan is drafted.").wait_for()


def propose(page: Page, picture: Picture) -> None:
    """An officer names the fairest of the three, and says why."""
    page.get_by_role("button", name="Propose it").click()
    picture(page, "plans propose")
    page.get_by_label("Fairest").check()
    page.get_by_label("Why this one, and not the others?").fill("The south has least.")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("Now people can be heard on it.").wait_for()
    page.get_by_role("heading", name="What is proposed: fairest").wait_for()
    assert page.get_by_text("Has not answered").count() == 2


def answer(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The health board contests its part, and says what it would commission with it."""
    page.goto(AT)
    page.get_by_role("button", name="Answer for Wexshire Health Board").click()
    holds(page, faults_of)
    picture(page, "plans answer")
    page.get_by_label("We contest it").check()
    page.get_by_label("Why, or what is to be known about it?").fill("It is more than we can use.")
    page.get_by_label("Classes: what will you commission?").fill("Thirty more classes")
    page.get_by_label("Classes: for which outcome?").select_option(index=2)
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Your answer is on the record").wait_for()


def reply(page: Page) -> None:
    """The commissioner answers what is contested."""
    page.goto(AT)
    page.get_by_role("link", name="Answer Wexshire Health Board").click()
    page.get_by_label("No: nothing changes").check()
    page.get_by_label("What changed, or why nothing did").fill("Its own figures show it can.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("Why nothing changed:").wait_for()


def adopt(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Members have decided: it is adopted, and posted to the book."""
    page.goto(AT)
    holds(page, faults_of)
    picture(page, "plans heard")
    picture(page, "plans heard phone", width=390)
    page.get_by_role("button", name="Adopt it").click()
    page.get_by_label("What is to be known about it?").fill("As the full council decided.")
    page.get_by_role("button", name="Adopt it").click()
    page.get_by_text("Its lines are the allocation of the place now.").wait_for()
    page.get_by_role("button", name="Post it to the book").click()
    page.get_by_role("button", name="Post it").click()
    page.get_by_text("It is posted to the book wexshire-1").wait_for()
    picture(page, "plans adopted")


def test_a_plan_goes_from_a_workbook_to_the_book(
    others: Wexshire, turn: Turn, commissioner: Officer, entered: Entered, an_officer: Appointed,
    faults_of: Faults, picture: Picture, tmp_path: Path,
) -> None:  # fmt: skip
    board = an_officer("jo", Role.FINANCE_LEAD, agency="icb")
    chief = an_officer("cfo", Role.CHIEF_FINANCE_OFFICER, agency="wex")
    turn(DRAFTED)
    page = entered(commissioner)
    draft(page, tmp_path, faults_of, picture)
    turn(PROPOSED)
    propose(page, picture)
    number = others.opened()
    turn(OPENED + 5)
    answer(entered(board), faults_of, picture)
    turn(OPENED + 6)
    reply(entered(commissioner))
    others.concluded(number)
    turn(STATED)
    entered(chief).goto(AT)
    page.get_by_role("button", name="State that it is robust").click()
    page.get_by_label("Are the estimates robust?").fill("They are robust.")
    page.get_by_label("Are the reserves adequate?").fill("They are adequate.")
    page.get_by_role("button", name="State it").click()
    page.get_by_text("The statement is on the record.").wait_for()
    others.decided()
    others.booked()
    turn(ADOPTED)
    adopt(entered(commissioner), faults_of, picture)
    made = allocation(ONE)
    assert made.pence == plan(ONE).last.stands.whole_pence
    assert len(list(ledger.postings("wexshire-1"))) > len(made.lines) - 2
    page.context.clear_cookies()
    page.goto("/commissioning/wexshire/")
    page.get_by_role("link", name="The grant of 2027-28").first.click()
    assert page.get_by_text("What you can do").count() == 0
