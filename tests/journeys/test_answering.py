"""A resident answers on a phone; an officer makes themes of what people said and finishes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.participation.public import sending
from totalplace.participation import actions, queries
from totalplace.participation.actions import answering, asking
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.definitions.public import question_about
from totalplace.participation.queries import responses
from totalplace.participation.rules import drafts
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.public.questions import AGREEMENT, Kind, Question
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
QUESTIONS = (
    Question(0, Kind.SCALE, "Should buses run until eleven at night?", choices=AGREEMENT,
             required=True),
    Question(0, Kind.SEVERAL, "What would you use them for?",
             choices=("Work", "Study", "Seeing people")),
    Question(0, Kind.FREE, "What should we know?", "Please do not name other people."),
    question_about("age"),
)  # fmt: skip
SAID = (
    "The last bus goes at six and nurses cannot get home from the hospital.",
    "Nurses and carers finish late and the hospital has no bus home.",
    "A taxi from the hospital costs me an hour of my wage.",
    "Evening buses would let students stay for lessons at the college.",
    "The college library closes to us because the bus stops at six.",
    "Students at the college have to leave their lessons for the bus.",
)


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)


def a_hearing(first: int, last: int) -> None:
    """A hearing from a day to a day, counted from today."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(-400))
    places.register_agency("wex", name="Wexshire Council", kind="council", by=ADA, on=at(-400))
    places.join_place("wexshire", "wex", by=ADA, on=at(-400))
    draft = drafts.Draft(
        question=drafts.Question(
            "Evening buses", "Should buses run until eleven at night from April?", "how often",
            "Nothing",
        ),
        alternatives=drafts.Alternatives(
            (drafts.Alternative("Taxi vouchers", "They cost more"),), "It serves most"
        ),
        reasons=drafts.Reasons(
            "People cannot get home", (drafts.Effect("those who work late", "a bus home"),)
        ),
        equality=drafts.Equality(dict.fromkeys(characteristics(), "none, because all may ride")),
        when=drafts.When(
            TODAY + timedelta(days=first), TODAY + timedelta(days=last), "It concerns one route"
        ),
    )  # fmt: skip
    on = at(first)
    about = Citation("targets", "wexshire/1")
    actions.begin(about, place="wexshire", agency="wex", draft=draft, by=ADA, on=on)
    actions.add_paper(1, "Report", file_name="r.pdf", content=b"report", by=ADA, on=on)
    asking.set_questions(1, QUESTIONS, by=ADA, on=on)
    actions.open_hearing(1, affected=(Affected("wex", 1),), by=ADA, on=on)


@pytest.fixture
def nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser is as quick as a machine: what it sends is not held apart for that."""
    form_of = sending.form_of
    monkeypatch.setattr(
        "totalplace.doors.web.participation.public.answering.form_of",
        lambda signed: (form_of(signed)[0], 60.0),
    )


def holds(page: Page, faults_of: Faults) -> None:
    """axe finds no fault, and on a phone and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 390, "height": 844})


def test_a_resident_on_a_phone_answers_looks_it_over_sends_and_changes_it(
    site: str, page: Page, faults_of: Faults, picture: Picture, nobody_waits: None
) -> None:
    a_hearing(-10, 60)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/participation/1/answer/")
    holds(page, faults_of)
    picture(page, "answer phone", width=390)
    page.get_by_label("What should we know?").fill("=1+1 The last bus goes at six.")
    page.get_by_role("button", name="Look it over").click()
    assert page.get_by_role("link", name="Choose an answer to question 1").count() == 1
    holds(page, faults_of)
    page.get_by_label("Strongly agree").check()
    page.get_by_label("Work").check()
    page.get_by_role("button", name="Look it over").click()
    assert page.get_by_text("not sent yet").count() == 1
    holds(page, faults_of)
    picture(page, "answer look phone", width=390)
    page.get_by_role("button", name="Send my answer").click()
    receipt = page.locator(".tp-receipt").inner_text()
    holds(page, faults_of)
    picture(page, "answer sent phone", width=390)
    page.get_by_role("link", name="read your answer back and change it").click()
    page.get_by_label("Your receipt").fill(receipt.lower())
    holds(page, faults_of)
    page.get_by_role("button", name="Show my answer").click()
    assert page.get_by_text("=1+1 The last bus goes at six.").count() == 1
    page.get_by_role("button", name="Change my answer").click()
    page.get_by_label("Disagree", exact=True).check()
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("button", name="Send my answer").click()
    assert page.get_by_text("Your answer is changed").count() == 1
    (row,) = responses.every_response(1, by=ADA, on=datetime.now(UTC))
    assert (row.answers[1], row.turn, row.apart) == (("Disagree",), 2, "")


def test_an_officer_finishes_themes_of_what_people_said(
    site: str, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    a_hearing(-100, -10)
    for number in range(26):
        said = {"q1": [AGREEMENT[number % 3]], "q3": [SAID[number % 6]],
                "q4": ["25 to 34"]}  # fmt: skip
        sent = answering.Sent(f"f{number}", 60.0)
        answering.respond(1, said, sent, keys=(b"k",), on=at(-20))
    page = entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    page.goto("/participation/1/themes/")
    page.get_by_role("button", name="Propose themes").click()
    holds(page, faults_of)
    picture(page, "themes")
    names = iter(f"Evening buses, view {number}" for number in range(1, 99))
    while page.get_by_role("row").filter(has_text="proposed").count():
        page.get_by_role("row").filter(has_text="proposed").get_by_role("link").first.click()
        page.get_by_label("Name of the theme").fill(next(names))
        page.get_by_role("button", name="Name it").click()
        page.get_by_role("link", name="Themes", exact=True).click()
    page.get_by_role("row").get_by_role("link").first.click()
    holds(page, faults_of)
    picture(page, "theme")
    page.goto("/participation/1/themes/unplaced/")
    if page.get_by_role("checkbox").count():
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_label("A new theme of them, called").fill("Other things about buses")
        holds(page, faults_of)
        picture(page, "themes unplaced")
        page.get_by_role("button", name="Make a theme").click()
    page.goto("/participation/1/themes/")
    page.get_by_role("button", name="Finish the themes").click()
    assert page.get_by_text("The themes are finished: each must be answered now.").count() == 1
    assert {point.kind.value for point in queries.hearing(1).points} == {"theme"}
    for name in ("results", "responses", "codes", "paper", "questions"):
        page.goto(f"/participation/1/{name}/")
        holds(page, faults_of)
        picture(page, f"public {name}")
