"""One objection followed to a changed target, and members adopting the targets of their place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page

from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.outcomes.queries.sets import target_set, targets
from totalplace.outcomes.rules.targets import Baseline, Step
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..outcomes.place_made import ABOUT, ADA, ADOPTED, ONE, WexshirePlace, begun  # noqa: TID252
from ..outcomes.targets_made import a_wanted  # noqa: TID252

Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
AT = f"/outcomes/targets/{ONE}/"
DECISION = "wex-council/1"


@pytest.fixture
def heard(site: str) -> WexshirePlace:
    """Targets to which the health board objected; it was answered, and the hearing concluded.

    A decision about them is planned, and notice of it was given.
    """
    here = begun(local_day(datetime.now(UTC)) - timedelta(days=ADOPTED))
    ready = a_wanted(
        indicator="ready-for-school", why="A good start lasts for life.", pence={},
        baseline=Baseline(Decimal("66.1"), "2023/24", "DfE, Early years foundation stage"),
        steps=(Step(here.years[1].last_day, Decimal(75)),),
    )  # fmt: skip
    here.proposed([a_wanted(), ready])
    number = here.opened()
    here.objected(number)
    here.answered(number, changed=True)
    here.concluded(number)
    proposal = Proposal(
        "Adopt the targets for school", "To adopt the targets of the place.", "policy-framework",
        here.day(ADOPTED), 0, 0, about=ABOUT,
    )  # fmt: skip
    decisions.propose("wex-council", proposal, by=ADA, on=here.at(ADOPTED - 20))
    decisions.give_notice(DECISION, by=ADA, on=here.at(ADOPTED - 20))
    return here


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def revise(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner changes what the answer says, and nothing without an answer."""
    page.goto(AT)
    assert page.get_by_text("We cannot move thirty per cent of it").count() == 1
    assert page.get_by_text("No version of the targets names this answer yet").count() == 1
    holds(page, faults_of)
    picture(page, "targets set heard")
    page.get_by_role("link", name="Change Pupils who miss a tenth of school").click()
    holds(page, faults_of)
    picture(page, "targets form")
    page.get_by_label("Wexshire Health Board: per cent").fill("20")
    page.get_by_label("What led to this change?").fill(
        "The board's share is lowered, as we answered."
    )
    page.get_by_role("button", name="Keep this target").click()
    page.get_by_role("link", name="Choose the answer that led to this change").wait_for()
    page.get_by_label("Which answer led to this change?").select_option("1")
    page.get_by_role("button", name="Keep this target").click()
    page.get_by_text("The target is kept.").wait_for()
    assert page.get_by_role("link", name="answer 1").count() == 1
    assert page.get_by_text("What Wexshire Health Board can move").count() == 2
    holds(page, faults_of)
    picture(page, "targets said and done")
    picture(page, "targets said and done phone", width=390)


def adopt(page: Page, faults_of: Faults, picture: Picture) -> None:
    """A member sees nothing lacking, adopts, and reads them as any resident does."""
    page.goto(AT)
    page.get_by_role("button", name="Adopt it").click()
    holds(page, faults_of)
    picture(page, "targets adopt")
    page.get_by_label("What is to be known about it?").fill("As the full council decided today.")
    page.get_by_role("button", name="Adopt it").click()
    page.get_by_text("They are the targets of the place now.").wait_for()
    page.get_by_role("link", name="Wexshire", exact=True).click()
    page.get_by_text("No more than 9 in 100 by 31 March 2030").wait_for()
    holds(page, faults_of)
    picture(page, "targets of a place")
    picture(page, "targets of a place phone", width=390)


def test_an_objection_is_followed_to_a_changed_target_and_members_adopt_it(
    heard: WexshirePlace, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    commissioner = an_officer("com", Role.COMMISSIONER, place="wexshire")
    member = an_officer("lee", Role.ELECTED_MEMBER, place="wexshire")
    places.grant("lee", Role.ELECTED_MEMBER, Matter("wex"), power="elected in May", by=ADA,
                 on=heard.at(ADOPTED))  # fmt: skip
    revise(entered(commissioner), faults_of, picture)
    assert [part.share for part in target_set(ONE).targets[0].parts] == [20, 50, 30]
    page = entered(member)
    page.goto(AT)
    page.get_by_text("Before they can be adopted").wait_for()
    assert page.get_by_role("button", name="Adopt it").is_disabled()
    holds(page, faults_of)
    picture(page, "targets lacking a decision")
    taking = Taking("They are the right targets.", ["Cllr Lee"])
    decisions.take(DECISION, taking, by=member, on=datetime.now(UTC))
    adopt(page, faults_of, picture)
    found = targets("wexshire")
    assert found is not None
    assert found.adoption.version == 2
    page.context.clear_cookies()
    page.goto(AT)
    assert page.get_by_text("You said, we did").count() == 1
    assert page.get_by_text("What you can do").count() == 0
