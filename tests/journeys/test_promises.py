"""A department is late: the public sees since when and what hangs on it, until the money is in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from totalplace.agreements.actions import docket
from totalplace.agreements.rules.docket import Change
from totalplace.decisions.rules.days import in_words
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..agreements.keeping_made import ADA, LATE, LONG, TODAY, Wexshire, at, day, in_force  # noqa: TID252
from ..agreements.terms_made import DFE, WEX  # noqa: TID252

FIRST = "/agreements/promises/wexshire/1/1/"
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


RULE = docket.Raised(
    "Attendance is not shared", "Schools may not tell health visitors.", Change.REGULATORY, DFE,
    "The Secretary of State, by regulations", "Schools and health visitors", day(60),
    120_000_00, "The council's estimate of 2026",
)  # fmt: skip


@pytest.fixture
def wexshire(site: str, tmp_path_factory: pytest.TempPathFactory) -> Wexshire:
    """The place, whose first instalment is a few days late."""
    here = in_force(tmp_path_factory.getbasetemp())
    docket.raise_item("wexshire", RULE, agency=WEX, by=ADA, on=at(-10))
    return here


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def late(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Anybody sees who is late, since when, and what stands still; and that it was not before."""
    page.goto("/agreements/promises/")
    assert page.get_by_role("link", name=f"{LONG} days").count() == 1
    holds(page, faults_of)
    picture(page, "promises everywhere")
    page.get_by_role("link", name="Wexshire", exact=True).first.click()
    said = f"Late since {in_words(day(1 - LATE))}, for {LATE} days"
    assert page.get_by_text(said).count() == 1
    assert page.get_by_text("Targets that stand still").count() == 1
    holds(page, faults_of)
    picture(page, "promises of a place")
    picture(page, "promises of a place phone", width=390)
    page.get_by_label("As it stood on").fill(day(-LATE).isoformat())
    page.get_by_role("button", name="Show").first.click()
    page.get_by_text("This is how it stood on").wait_for()
    assert page.get_by_text("Targets that stand still").count() == 0
    assert page.get_by_text("Due today").count() == 1
    page.goto("/outcomes/targets/wexshire/")
    assert page.get_by_text("It stands still since").count() == 1
    picture(page, "target that stands still")


def notice(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The council gives notice of the breach."""
    page.goto(FIRST)
    page.get_by_role("button", name="Give notice of the breach").click()
    holds(page, faults_of)
    page.get_by_label("What do you want the other side to do?").fill("Pay what is due.")
    page.get_by_role("button", name="Give notice of the breach").click()
    page.get_by_text("Notice is given to Department for School.").wait_for()
    holds(page, faults_of)
    picture(page, "dispute")


def answer(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The department answers, and lifts a rule, once it says by which instrument."""
    page.goto("/agreements/promises/wexshire/1/disputes/1/")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_label("What is to be known about it?").fill("It is paid on Monday.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_text("It was answered. It is on the record.").wait_for()
    page.goto("/agreements/docket/wexshire/")
    holds(page, faults_of)
    picture(page, "docket")
    page.get_by_role("link", name="Attendance is not shared").click()
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_label("What was done, and why?").fill("The regulations were changed.")
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_text("it is not said by which instrument").wait_for()
    page.get_by_label("By which instrument, notice or release?").fill("SI 2026/1")
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_text("The rule was lifted. It is on the record.").wait_for()
    holds(page, faults_of)
    picture(page, "docket item")


def kept(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Once the money is in the book, nothing stands still, and the promise was cured."""
    page.goto("/agreements/promises/wexshire/")
    assert page.get_by_text("Targets that stand still").count() == 0
    page.get_by_role("link", name="Pay £2,000,000 for the first instalment").click()
    said = f"Kept on {in_words(TODAY)}, {LATE} days late, within its days of cure."
    assert page.get_by_text(said).count() == 1
    assert page.get_by_text("£2,000,000 on").count() == 1
    holds(page, faults_of)
    picture(page, "promise")


def test_a_department_is_late_from_the_right_day_is_given_notice_answers_and_pays(
    wexshire: Wexshire, page: Page, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    late(page, faults_of, picture)
    council = an_officer("com", Role.COMMISSIONER, agency=WEX)
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    notice(entered(council), faults_of, picture)
    answer(entered(official), faults_of, picture)
    host = an_officer("fin", Role.FINANCE_LEAD, agency=WEX)
    wexshire.pays(2_000_000_00, by=host)
    kept(page, faults_of, picture)
