"""A place and a department score apart, meet and agree; a formula is tried without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Officer, Role
from totalplace.readiness import queries
from totalplace.readiness.rules.scale import TITLES, Area, Level, Side

# One builder serves the room's own tests, those of its pages, and the journey.
from ..readiness.ready_made import CORE, ONE, ReadyPlace, a_ready_place  # noqa: TID252

Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
AT = f"/readiness/{ONE}/"


@pytest.fixture
def begun(site: str) -> ReadyPlace:
    """An assessment whose facts are stated, with evidence; the centre has scored."""
    here = a_ready_place(local_day(datetime.now(UTC)) - timedelta(days=10))
    here.begun()
    here.facts(best_value_notice=here.day(-200))
    here.evidence()
    here.handed_in(Side.CENTRE, CORE | {Area.FINANCE: Level.DEVELOPING})
    return here


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        assert faults_of(page) == []  # the page is the same without scripts, and axe takes seconds
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def score(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner scores for the place, and cannot read what the centre scored."""
    page.goto(AT)
    assert page.get_by_text("So sees it the centre").count() == 0
    holds(page, faults_of)
    page.get_by_role("button", name="Score it for the place").click()
    for area in Area:
        whole = page.get_by_role("group", name=TITLES[area], exact=True)
        whole.get_by_label("Core").check()
        whole.get_by_label("Why?").fill("As the auditor wrote")
        whole.get_by_label(f"The {area} report").check()
    holds(page, faults_of)
    picture(page, "readiness score")
    page.get_by_role("button", name="Hand in these scores").click()
    page.get_by_text("Your side's scores are in.").wait_for()
    page.get_by_text("The place says 1 level more").wait_for()
    holds(page, faults_of)
    picture(page, "readiness both in")


def meet(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner puts levels to the centre, with what is still seen differently."""
    page.get_by_role("button", name="Put levels to the other side for the place").click()
    for area in Area:
        whole = page.get_by_role("group", name=TITLES[area], exact=True)
        level = "developing" if area is Area.FINANCE else "core"
        whole.get_by_label("Agreed level").select_option(level)
        whole.get_by_label("Why?").fill("We met and looked at the evidence together")
    money = page.get_by_role("group", name=TITLES[Area.FINANCE], exact=True)
    money.get_by_label("What do the two sides still see").fill("How late the forecasts are")
    holds(page, faults_of)
    picture(page, "readiness put")
    page.get_by_role("button", name="Put these levels to the centre").click()
    page.get_by_text("The levels are put to the other side.").wait_for()


def look_at_forms(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The forms that the journey does not fill in; they are the same without scripts."""
    page.goto(f"{AT}facts/")
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        return
    for address, name in (
        (f"{AT}facts/", "facts"),
        ("/readiness/wexshire/evidence/add/", "evidence form"),
        ("/agreements/formula/upload/", "formula upload"),
    ):
        page.goto(address)
        holds(page, faults_of)
        picture(page, f"readiness {name}")


def test_two_sides_score_apart_meet_and_agree_and_a_resident_reads_why(
    begun: ReadyPlace, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    commissioner = an_officer("com", Role.COMMISSIONER, place="wexshire")
    official = an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency="home")
    page = entered(commissioner)
    look_at_forms(page, faults_of, picture)
    score(page, faults_of, picture)
    meet(page, faults_of, picture)
    page = entered(official)
    page.goto(AT)
    page.get_by_role("button", name="Agree to the levels for the centre").click()
    holds(page, faults_of)
    page.get_by_role("button", name="Agree to these levels").click()
    page.get_by_text("Both sides agree. The assessment is finished.").wait_for()
    assert queries.assessment(ONE).levels[Area.FINANCE] is Level.DEVELOPING
    page.context.clear_cookies()
    page.goto("/readiness/wexshire/")
    page.get_by_text("How late the forecasts are").first.wait_for()
    if not page.evaluate("document.body.classList.contains('js-enabled')"):
        return  # these pages have no form, and are the same without scripts
    tour(page, faults_of, picture)


def tour(page: Page, faults_of: Faults, picture: Picture) -> None:
    """What anybody reads, and the formula that anybody tries."""
    for address, words, name in (
        ("/readiness/wexshire/", "What it opens", "readiness of a place"),
        (AT, "What was agreed on", "readiness assessment"),
        ("/readiness/wexshire/evidence/", "The finance report", "readiness evidence"),
        ("/readiness/criteria/", "What each level means", "readiness criteria"),
        ("/readiness/calibration/", "Nothing to judge yet", "readiness calibration"),
        ("/agreements/models/", "Side by side", "models side by side"),
        ("/agreements/models/block-grant/", "Financial and performance management is", "model"),
        ("/agreements/formula/", "so gains pay for the floors", "formula"),
    ):
        page.goto(address)
        page.get_by_text(words).first.wait_for()
        holds(page, faults_of)
        picture(page, name)
    picture(page, "formula phone", width=390)
    page.get_by_label("Floor", exact=False).first.fill("4")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("The floor cannot be paid for").first.wait_for()
    holds(page, faults_of)
