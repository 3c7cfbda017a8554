"""A resident asks on a phone what they are entitled to; an official proposes and enacts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.entitlements import actions, queries
from totalplace.entitlements.definitions.reading import ENGLAND, shipped_text
from totalplace.entitlements.rules.moves import Shorter, Stage
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

ADA = Operator("Ada")
NOW = datetime.now(UTC)
TODAY = local_day(NOW)
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


@pytest.fixture
def guarantees(site: str) -> None:
    """A place, and the guarantees that ship in force."""
    departments = {
        "dhsc": "Department of Health and Social Care",
        "dfe": "Department for Education",
        "mhclg": "Ministry of Housing, Communities and Local Government",
    }
    for code, name in departments.items():
        places.register_agency(code, name=name, kind="department", by=ADA, on=NOW)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOW)
    for code in ENGLAND:
        row = actions.propose(shipped_text(code), reason="It is law", by=ADA, on=NOW)
        actions.enact(
            row.citation.id, first_day=TODAY, shorter=Shorter.ALREADY_LAW, reason="It is law",
            by=ADA, on=NOW,
        )  # fmt: skip
    cost = actions.CostSaid("wexshire", 48_000_000_00, 45_000_000_00, 52_000_000_00, "DfE, 2026")
    actions.add_cost("school-place/1", cost, by=ADA, on=NOW)


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and on a phone nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def test_a_resident_on_a_phone_asks_what_they_are_entitled_to(
    guarantees: None, page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/entitlements/")
    holds(page, faults_of)
    picture(page, "entitlements phone", width=390)
    page.get_by_role("link", name="Ask for Wexshire").click()
    picture(page, "entitlements ask phone", width=390)
    born = page.get_by_role("group", name="When were they born?")
    for part, typed in (("Day", "3"), ("Month", "5"), ("Year", str(TODAY.year - 8))):
        born.get_by_label(part).fill(typed)
    choose(page, "Do they live in England?", "Yes")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("link", name="A free school place from five to sixteen").count() == 1
    assert page.get_by_text("Do they have a GCSE").count() == 0  # a child is not asked it
    holds(page, faults_of)
    picture(page, "entitlements second round phone", width=390)
    choose(page, "Do they go to a state-funded school in England?", "Yes")
    choose(page, "Has a GP, dentist or optician referred them", "No")
    page.get_by_role("button", name="Continue").click()
    choose(page, "Which school year are they in?", "Year 3 or later")
    page.get_by_role("button", name="Continue").click()
    choose(page, "Does the family get universal credit?", "Yes")
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_text("A free lunch on every school day").count() == 1
    page.get_by_text("Why: Free school meals").click()
    assert page.get_by_text("Education Act 1996, section 512ZB(4)").first.is_visible()
    assert page.get_by_text("Tell us: disabled").count() == 1
    holds(page, faults_of)
    picture(page, "entitlements answered phone", width=390)
    page.get_by_role("link", name="Hospital treatment within 18 weeks").first.click()
    holds(page, faults_of)
    picture(page, "entitlement phone", width=390)


def test_an_official_proposes_a_change_and_enacts_it_with_notice(
    guarantees: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    page = entered(an_officer("dot", Role.DEPARTMENT_OFFICIAL, agency="dfe"))
    page.goto("/entitlements/?place=wexshire")
    picture(page, "entitlements")
    page.goto("/entitlements/school-place/")
    picture(page, "entitlement")
    page.get_by_role("button", name="Propose a change").click()
    text = page.get_by_label("The text").input_value()
    page.get_by_label("The text").fill(text.replace("answer: no", "answer: yes", 1))
    page.get_by_label("Why?").fill("Places for every child")
    page.get_by_role("button", name="Propose it").click()
    assert page.get_by_text("tests do not come out").count() == 1  # what was typed stays
    picture(page, "entitlement propose refused")
    page.get_by_label("The text").fill(text.replace("Education is the", "School is the"))
    page.get_by_role("button", name="Propose it").click()
    assert faults_of(page) == []
    picture(page, "entitlement version")
    page.get_by_role("button", name="Enact it").click()
    assert page.get_by_text("84 clear days of notice from today").count() == 1
    assert faults_of(page) == []
    picture(page, "entitlement enact")
    page.get_by_role("button", name="Enact it").click()
    assert queries.guarantee("school-place").latest.stage is Stage.ENACTED
    assert page.get_by_text("The change was enacted").count() == 1
    picture(page, "entitlement enacted")
