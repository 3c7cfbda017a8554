"""Something protected got worse: both sides answer, agree who pays, close on the figures alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from totalplace.doors.web.sources.seeing import home
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Role

# Builders that serve the rooms' own tests, those of their pages, and the journey.
from ..agreements.keeping_made import ADA, at, day, in_force  # noqa: TID252
from ..agreements.terms_made import DFE, WEX  # noqa: TID252
from ..monitoring.answers_made import (  # noqa: TID252
    AREA,
    FALLEN,
    FIRST,
    STEADY,
    begun,
    given,
    opened,
)

AT = "/monitoring/wexshire/answers/1/"
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


@pytest.fixture
def signed(
    request: pytest.FixtureRequest, site: str, tmp_path_factory: pytest.TempPathFactory
) -> bool:
    """A response that was opened a week ago, with or without an agreement in force."""
    signed = "scripts on" in request.node.name  # once is enough: it takes its time to be signed
    if signed:
        in_force(tmp_path_factory.getbasetemp())
        places.register_agency("edu", name="Wexshire Schools", kind="council", gss=AREA, by=ADA,
                               on=at(-30))  # fmt: skip
        places.join_place("wexshire", "edu", by=ADA, on=at(-30))
    else:
        begun(code=DFE)
    opened(days=-7)
    given(home(), [*STEADY, *FALLEN])
    return signed


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def said(page: Page, button: str, **typed: str) -> None:
    """Do one thing: by its button, what is typed under each label, and the button again."""
    page.goto(AT)
    page.get_by_role("button", name=button, exact=True).click()
    for label, words in typed.items():
        page.locator(f"[name={label}]").fill(words)
    page.get_by_role("button", name=button, exact=True).click()


def on(page: Page, name: str, when: date) -> None:
    """Type a day in its three boxes."""
    for part, number in (("day", when.day), ("month", when.month), ("year", when.year)):
        page.locator(f"[name={name}_{part}]").fill(str(number))


def propose(page: Page, *, signed: bool) -> None:
    """The council proposes a remedy that a promise of the department pays for, if it made any."""
    page.get_by_label("What should be done?").fill("One officer follows each matter.")
    page.get_by_label("Who does it?").fill("Wexshire Council")
    on(page, "due_on", day(20))
    page.get_by_label("Who pays?").fill("The department, by the first instalment")
    if signed:
        page.get_by_label("the first instalment", exact=False).first.check()
    on(page, "review_on", day(90))
    page.get_by_role("button", name="Propose a remedy").click()
    page.get_by_text("A remedy was proposed. It is on the record.").wait_for()


def others(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Having findings sent to another system, and to oneself by e-mail."""
    page.goto("/monitoring/wexshire/hooks/")
    page.get_by_label("To which address?").fill("https://findings.example.org/in")
    page.get_by_role("button", name="Send findings there").click()
    page.get_by_role("heading", name="Keep this secret now").wait_for()
    holds(page, faults_of)
    picture(page, "answers hooks")
    page.goto("/digests/findings/")
    holds(page, faults_of)
    picture(page, "answers digest")


def test_both_sides_answer_and_it_closes_on_the_figures_alone(
    signed: bool, page: Page, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    page.goto("/monitoring/wexshire/answers/")
    holds(page, faults_of)
    picture(page, "answers of a place")
    council = an_officer("com", Role.COMMISSIONER, agency=WEX)
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    entered(official)
    said(page, "Say that you have seen it", words="We look at the form.")
    entered(council)
    said(page, "Say that you have seen it", words="We look at the calls.")
    said(page, "Say the cause as you see it", words="Calls were moved.", evidence="Our counts")
    page.goto(AT)
    page.get_by_role("button", name="Propose a remedy").click()
    holds(page, faults_of)
    picture(page, "answers propose")
    propose(page, signed=signed)
    entered(official)
    said(page, "Agree to the remedy", words="We pay it in May.")
    page.get_by_text("The remedy was agreed. It is on the record.").wait_for()
    holds(page, faults_of)
    picture(page, "answer")
    said(page, "Ask to close it", words="It seems to be done.")
    page.get_by_text("3 figures are needed since it began to settle").wait_for()
    given(home(), [70.2, 69.8, 70.4, 70.1, 69.9], first=FIRST + len(STEADY) + len(FALLEN))
    page.get_by_role("button", name="Ask to close it").click()
    page.get_by_text("One side asked to close it").first.wait_for()
    entered(council)
    said(page, "Agree to close it", words="The figures are back.")
    page.get_by_text("It was closed. It is on the record.").wait_for()
    assert page.get_by_text("it is back at the level from which it moved").count() == 2
    picture(page, "answer closed", width=390)
    if signed:
        others(entered(an_officer("ste", Role.DATA_STEWARD, place="wexshire")), faults_of, picture)
        page.goto(AT)
        page.get_by_role("link", name="Promise wexshire/1/1").click()
        page.get_by_role("heading", name="Pay £2,000,000 for the first instalment").wait_for()
