"""An agency objects; once all were heard an officer answers and concludes; anybody reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.participation import actions, queries
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
    Who,
)
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.hearings import Stage
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
OPEN, CLOSED = 2, 1


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    return min(datetime.combine(day(days), time(9), tzinfo=UTC), datetime.now(UTC))


def draft(title: str, first: int, last: int) -> Draft:
    why = "Schools asked for an answer before the budget is set."
    return Draft(
        Question(
            title, "Should more children be ready for school by 2029, and how should it be paid?",
            "How much is spent on it, by whom, and from when.",
            "That every child is seen at two: the law says so.",
        ),
        Alternatives(
            (Alternative("Leave it as it is", "One child in three is not ready at five."),
             Alternative("Wait a year", "Another 2,000 children would begin school unready.")),
            "It helps most children for each pound.",
        ),
        Reasons(
            "Falls here come before falls in attendance, health and offending.",
            (Effect("families with children under five", "one more visit a year", 300_000_00),
             Effect("general practices", "fewer appointments", -40_000_00)),
        ),
        Equality(dict.fromkeys(characteristics(), "None, because every family is visited.")),
        Who(), When(day(first), day(last), why),
    )  # fmt: skip


def hold(title: str, about: str, first: int, last: int) -> int:
    """A hearing opened so many days ago and open until a day; its number."""
    row = actions.begin(
        Citation("allocation", about), place="wexshire", agency="wex",
        draft=draft(title, first, last), by=ADA, on=at(first),
    )  # fmt: skip
    actions.add_paper(
        row.number, "What we propose, and why", file_name="report.pdf", content=b"%PDF report",
        by=ADA, on=at(first),
    )  # fmt: skip
    affected = [Affected("wex", 260_000_00, "pays for it"), Affected("nhs", 40_000_00, "1 target")]
    affected.append(Affected("pol", None, "1 target"))
    actions.open_hearing(row.number, affected=affected, by=ADA, on=at(first))
    return row.number


@pytest.fixture
def hearings(site: str) -> None:
    """A hearing whose last day is over, with an objection, and one that is open."""
    long_ago = at(-200)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=long_ago)
    named = {
        "wex": ("Wexshire County Council", "county"),
        "nhs": ("Wexshire Integrated Care Board", "nhs-board"),
        "pol": ("Wexshire Police", "police"),
    }
    for code, (name, kind) in named.items():
        places.register_agency(code, name=name, kind=kind, by=ADA, on=long_ago)
        places.join_place("wexshire", code, by=ADA, on=long_ago)
    closed = hold("Ready for school", "wexshire/1", -60, -3)
    actions.reply(
        closed, "nhs", "object", "It takes two nurses from the north of the county.",
        pence=40_000_00, by=ADA, on=at(-20),
    )  # fmt: skip
    hold("Family hubs in the north", "wexshire/2", -30, 20)


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_agency_objects_on_its_own_page(
    hearings: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    page = entered(an_officer("nora", Role.FINANCE_LEAD, agency="nhs"))
    page.goto("/participation/")
    holds(page, faults_of)
    picture(page, "hearings")
    page.get_by_role("link", name="Family hubs in the north").first.click()
    page.get_by_role("button", name="Reply for Wexshire Integrated Care Board").click()
    holds(page, faults_of)
    picture(page, "hearing reply")
    page.get_by_label("We object").check()
    page.get_by_role("button", name="Send the reply").click()
    assert page.get_by_text("needs its reasons").count() == 1
    page.get_by_label("Why, and what would have to change?").fill("It needs two nurses.")
    page.get_by_label("What would it cost your agency").fill("40,000")
    page.get_by_role("button", name="Send the reply").click()
    assert page.get_by_text("It needs two nurses.").count() == 2
    assert page.get_by_text("It will be answered once everybody has been heard.").count() == 1
    holds(page, faults_of)
    picture(page, "hearing open")
    picture(page, "hearing open phone", width=390)


def test_an_officer_answers_the_objection_and_concludes(
    hearings: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    steward = an_officer("ste", Role.DATA_STEWARD, place="wexshire")
    page = entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    actions.finish_part(CLOSED, "public", "212 people answered, in 4 themes.", by=steward, on=at(0))
    page.goto(f"/participation/{CLOSED}/conclude/")
    assert page.get_by_text("Point 1 (objection) has no answer").count() == 1
    assert page.get_by_role("button", name="Conclude it").count() == 0
    holds(page, faults_of)
    picture(page, "hearing conclude lacking")
    page.goto(f"/participation/{CLOSED}/")
    page.get_by_role("link", name="Answer it").click()
    page.get_by_label("Yes, the proposal changes").check()
    said = page.get_by_label("What changes, or why does nothing?")
    said.fill("Noted.")
    page.get_by_role("button", name="Answer it").click()
    assert page.get_by_text("This is no answer").count() == 1
    said.fill("The north keeps both nurses: visits there begin a year later.")
    page.get_by_label("By how many pounds does it change?").fill("-40,000")
    picture(page, "hearing answer")
    page.get_by_role("button", name="Answer it").click()
    page.get_by_role("button", name="Finish the partnership’s part").click()
    page.get_by_label("How many took part").fill("The partnership was silent.")
    page.get_by_role("button", name="Finish it").click()
    page.get_by_role("button", name="Conclude it").click()
    page.get_by_label("What was made of all that was said?").fill("One objection, met in full.")
    page.get_by_role("button", name="Conclude it").click()
    assert page.get_by_text("Silence is not consent").count() == 2  # the council and the police
    assert queries.hearing(CLOSED).held is Stage.CONCLUDED
    holds(page, faults_of)
    picture(page, "hearing concluded")
    picture(page, "hearing concluded phone", width=390)


def test_an_officer_prepares_a_hearing_a_section_a_page(
    hearings: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    page = entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    page.goto("/participation/begin/?place=wexshire&agency=wex&about=allocation+wexshire/3")
    page.get_by_role("button", name="Begin it").click()
    page.get_by_role("link", name="What is asked").click()
    page.get_by_label("Title").fill("Night buses")
    page.get_by_role("button", name="Save it").click()
    assert page.get_by_role("heading", name="Night buses").count() == 1
    assert page.get_by_role("button", name="Open the hearing").count() == 0
    holds(page, faults_of)
    picture(page, "hearing prepare")
    for section in ("Alternatives", "Reasons and effects", "How long it is open"):
        page.get_by_role("link", name=section).click()
        picture(page, f"hearing section {section}")
        page.get_by_role("button", name="Save it").click()
    row = queries.hearing(3)
    assert (row.title, row.held) == ("Night buses", Stage.DRAFT)
