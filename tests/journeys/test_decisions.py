"""A decision under notice is taken, called in and answered, by people with their own accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
from totalplace.decisions.rules.days import Counting, local_day
from totalplace.decisions.rules.moves import Stage
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.record.rules.chain import Citation

ADA = Operator("Ada")
TODAY = local_day(datetime.now(UTC))
HUB = "wex-cabinet/1"
Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


def at(days: int) -> datetime:
    """Noon of so many days from today."""
    return datetime.combine(TODAY + timedelta(days=days), time(12), tzinfo=UTC)


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def propose(title: str, planned: int, on: int, amount_pence: int = 900_000_00) -> str:
    proposal = Proposal(
        title, f"{title}: to spend the sum below on it, from April.", "executive", day(planned),
        amount_pence, 1, contact="democracy@example.org",
        about=Citation("edition", "wexshire/2025-26/1"),
    )  # fmt: skip
    return actions.propose("wex-cabinet", proposal, by=ADA, on=at(on)).citation.id


@pytest.fixture
def decisions(site: str) -> None:
    """A cabinet with one decision that may be taken today, and others at other stages."""
    long_ago = at(-200)
    places.register_place("wexshire", name="Wexshire", by=ADA, on=long_ago)
    places.register_agency("wex", name="Wexshire County Council", kind="county", by=ADA,
                           on=long_ago)  # fmt: skip
    places.join_place("wexshire", "wex", by=ADA, on=long_ago)
    actions.add_body(
        "wex-cabinet", agency="wex", kind="executive", name="Cabinet", by=ADA, on=long_ago
    )
    rules = OwnRules(
        "council-executive", day(-200), "Constitution, part 4 section 6",
        frozenset({"executive"}), 500_000_00, None, CallInWindow(5, Counting.WORKING, 2),
    )  # fmt: skip
    actions.set_rules("wex-cabinet", rules, by=ADA, on=long_ago)
    propose("Family hubs in the north of the county", 0, -40)
    actions.add_paper(HUB, "Report of the director", address="https://example.org/report",
                      by=ADA, on=at(-40))  # fmt: skip
    actions.add_paper(HUB, "The two bids", category="3", by=ADA, on=at(-40),
                      reason="Each bidder would know what the other asks.")  # fmt: skip
    actions.give_notice(HUB, by=ADA, on=at(-40))
    actions.advise(HUB, "We recommend two hubs.", source="the partnership board", by=ADA,
                   on=at(-30))  # fmt: skip
    actions.comment_on_finance(HUB, "Affordable within the reserve set aside for it.", by=ADA,
                               on=at(-29))  # fmt: skip
    actions.give_notice(propose("A shared depot for three districts", 45, -3), by=ADA, on=at(-3))
    propose("Resurfacing of minor roads", 20, -1, amount_pence=80_000_00)
    called = propose("Charges for garden waste", 0, -3, amount_pence=20_000_00)
    taking = Taking("It pays for itself.", ["Cllr Ann Lee"], "To charge nothing: too dear.")
    actions.take(called, taking, by=ADA, on=at(-1))


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def fill(page: Page, button: str, said: dict[str, Any]) -> None:
    """Type into a form by its labels, and send it."""
    for label, text in said.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name=button).click()


def test_a_resident_reads_the_forward_plan_and_a_decision(
    decisions: None, page: Page, faults_of: Faults, picture: Picture
) -> None:
    page.goto("/decisions/")
    holds(page, faults_of)
    picture(page, "decisions plan")
    picture(page, "decisions plan phone", width=390)
    page.get_by_role("link", name="Family hubs in the north of the county").click()
    assert page.get_by_text("schedule 12A, paragraph 3").count() == 1
    assert page.get_by_text("The two bids").count() == 0
    assert page.get_by_role("link", name="Take the decision").count() == 0
    holds(page, faults_of)
    picture(page, "decision public")
    picture(page, "decision public phone", width=390)
    page.get_by_role("link", name="Cabinet").first.click()
    holds(page, faults_of)
    picture(page, "decision body")
    for path in ("/decisions/all/", "/decisions/body/"):
        page.goto(path)
        holds(page, faults_of)
    picture(page, "decision bodies")


def take(page: Page, faults_of: Faults, picture: Picture) -> None:
    """A member takes the decision that is ready, and not the one that is under notice."""
    page.goto("/decisions/wex-cabinet/2/")
    assert page.get_by_text("It cannot be taken before").count() == 1
    assert page.get_by_role("button", name="Take the decision").count() == 0
    page.goto(f"/decisions/{HUB}/")
    picture(page, "decision with buttons")
    page.get_by_role("button", name="Take the decision").click()
    page.get_by_role("button", name="Take the decision").click()  # with nothing typed
    assert page.get_by_role("link", name="Say what was decided, and for which reasons").count() == 1
    holds(page, faults_of)
    picture(page, "decision form with errors")
    fill(page, "Take the decision", {
        "What was decided, and for which reasons?": "Two hubs open in April: they serve most.",
        "What else was considered and rejected?": "One hub: too far for most families.",
        "Who took part?": "Cllr Ann Lee\nCllr Bo Park",
    })  # fmt: skip
    assert page.get_by_text("Members may call it in until the end of").count() == 1
    holds(page, faults_of)
    picture(page, "decision taken")
    assert not queries.in_effect(Citation("decision", HUB), on=TODAY)


def call_in(page: Page, faults_of: Faults, picture: Picture) -> None:
    """A member of scrutiny calls it in: alone they cannot, and what was typed stays."""
    page.goto(f"/decisions/{HUB}/")
    page.get_by_role("button", name="Call it in").click()
    holds(page, faults_of)
    why = "Why should it be looked at again?"
    fill(page, "Call it in", {"Which members call it in?": "Cllr Day", why: "Nobody was asked."})
    assert page.get_by_text("2 members must ask for it, and 1 did").count() == 1
    assert page.get_by_label(why).input_value() == "Nobody was asked."
    picture(page, "decision call in refused")
    holds(page, faults_of)
    fill(page, "Call it in", {"Which members call it in?": "Cllr Day\nCllr Eve"})
    assert page.get_by_text("It has no effect until scrutiny has answered").count() == 1


def test_a_decision_under_notice_is_taken_called_in_and_upheld(
    decisions: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    member = an_officer("lee", Role.ELECTED_MEMBER, agency="wex")
    scrutiny = an_officer("day", Role.SCRUTINY, agency="wex")
    take(entered(member), faults_of, picture)
    page = entered(scrutiny)
    call_in(page, faults_of, picture)
    page.get_by_role("button", name="Uphold it").click()
    fill(page, "Uphold it", {"Why?": "We have heard the director."})
    assert queries.decision(HUB).stage is Stage.UPHELD
    assert queries.in_effect(Citation("decision", HUB), on=TODAY)
    assert page.get_by_text("It has been taken and has been in effect").count() == 1
    holds(page, faults_of)
    picture(page, "decision upheld")


def test_a_commissioner_proposes_and_a_steward_gives_notice(
    decisions: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    commissioner = an_officer("com", Role.COMMISSIONER, agency="wex")
    page = entered(commissioner)
    page.goto("/decisions/body/wex-cabinet/")
    page.get_by_role("button", name="Propose a decision").click()
    holds(page, faults_of)
    picture(page, "decision propose")
    planned = day(60)
    fill(page, "Propose it", {
        "Title": "Night buses", "What is to be decided?": "To run night buses on six routes.",
        "How many pounds does it spend or save?": "£1,200,000",
        "How many wards": "6", "Day": str(planned.day), "Month": str(planned.month),
        "Year": str(planned.year),
    })  # fmt: skip
    assert page.get_by_text("It is a key decision: give notice of it.").count() == 1
    page.get_by_role("button", name="Give notice").click()
    page.get_by_role("button", name="Give notice").click()
    assert page.get_by_text("It is on the forward plan.").count() == 1
    picture(page, "decision under notice")
    holds(page, faults_of)


def test_a_steward_says_who_is_deputy_and_by_which_rules_a_body_decides(
    decisions: None, entered: Entered, an_officer: Appointed, faults_of: Faults, picture: Picture
) -> None:
    page = entered(an_officer("clerk", Role.DATA_STEWARD, agency="wex"))
    page.goto("/decisions/body/wex-cabinet/")
    page.get_by_role("button", name="Say who holds an office").click()
    holds(page, faults_of)
    picture(page, "decision appoint")
    page.get_by_label("Which office?").select_option("Scrutiny chair")
    page.get_by_label("They are a deputy").check()
    until = page.get_by_role("group", name="Until which day?")
    for part, typed in zip(("Day", "Month", "Year"), ("31", "12", "2099"), strict=True):
        until.get_by_label(part).fill(typed)
    fill(page, "Put it on record", {
        "Who holds it?": "Cllr Kay", "By whom or by which minute?": "Standing order 9",
    })  # fmt: skip
    assert page.get_by_text("Cllr Kay").count() == 1
    page.get_by_role("button", name="Change its rules").click()
    holds(page, faults_of)
    picture(page, "decision rules")
    fill(page, "Put it on record", {"Where are these rules written?": "Constitution of 2027"})
    assert page.get_by_text("Constitution of 2027").count() == 1
    holds(page, faults_of)
