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
from ..agreements.keeping_made import ADA, LATE, TODAY, Wexshire, at, day, in_force  # noqa: TID252
from ..agreements.terms_made import DFE, WEX  # noqa: TID252

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
def wexshire(site: str, monkeypatch: pytest.MonkeyPatch) -> Wexshire:
    """The place, whose first instalment is a few days late."""
    return in_force(monkeypatch)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_late_payment_is_seen_by_all_from_the_right_day_until_the_money_is_in(
    wexshire: Wexshire, page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto("/agreements/promises/")
    assert page.get_by_role("link", name=f"{LATE} days").count() == 1
    holds(page, faults_of)
    picture(page, "promises everywhere")
    page.get_by_role("link", name="Wexshire", exact=True).first.click()
    late = f"Late since {in_words(day(1 - LATE))}, for {LATE} days"
    assert page.get_by_text(late).count() == 1
    assert page.get_by_text("Targets that stand still").count() == 1
    holds(page, faults_of)
    picture(page, "promises of a place")
    picture(page, "promises of a place phone", width=390)
    page.get_by_label("As it stood on").fill(day(-LATE).isoformat())
    page.get_by_role("button", name="Show").first.click()
    page.get_by_text("This is how it stood on").wait_for()
    assert page.get_by_text("Targets that stand still").count() == 0
    assert page.get_by_text("Due today").count() == 1
    wexshire.pays(2_000_000_00)
    page.goto("/agreements/promises/wexshire/")
    assert page.get_by_text("Targets that stand still").count() == 0
    page.get_by_role("link", name="Pay £2,000,000 for the first instalment").click()
    kept = f"Kept on {in_words(TODAY)}, {LATE} days late, within its days of cure."
    assert page.get_by_text(kept).count() == 1
    assert page.get_by_text("£2,000,000 on").count() == 1
    holds(page, faults_of)
    picture(page, "promise")


def test_a_council_gives_notice_and_the_department_answers_and_lifts_a_rule(
    wexshire: Wexshire, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    docket.raise_item("wexshire", RULE, agency=WEX, by=ADA, on=at(-10))
    council = an_officer("com", Role.COMMISSIONER, agency=WEX)
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    page = entered(council)
    page.goto("/agreements/promises/wexshire/1/1/")
    page.get_by_role("button", name="Give notice of the breach").click()
    holds(page, faults_of)
    page.get_by_label("What do you want the other side to do?").fill("Pay what is due.")
    page.get_by_role("button", name="Give notice of the breach").click()
    page.get_by_text("Notice is given to Department for School.").wait_for()
    holds(page, faults_of)
    picture(page, "dispute")
    page = entered(official)
    page.goto("/agreements/promises/wexshire/1/disputes/1/")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_label("What is to be known about it?").fill("It is paid on Monday.")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_text("It was answered. It is on the record.").wait_for()
    page.goto("/agreements/docket/wexshire/1/")
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_label("What was done, and why?").fill("The regulations were changed.")
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_text("it is not said by which instrument").wait_for()
    page.get_by_label("By which instrument, notice or release?").fill("SI 2026/1")
    page.get_by_role("button", name="Say that it is lifted").click()
    page.get_by_text("The rule was lifted. It is on the record.").wait_for()
    holds(page, faults_of)
    picture(page, "docket item")
