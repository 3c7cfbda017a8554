"""An officer appraises an option in a form, publishes it, and lets an ungraded effect count."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from totalplace.commissioning.queries.appraisals import accepted, appraisal
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Officer, Operator, Role

# One builder serves the room's own tests and those of its pages.
from ..web.test_appraisals import typed  # noqa: TID252

Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
HERE = "/commissioning/appraisals/wexshire/"
CHOSEN = ("met", "cost_grade", "grade", "kind_1", "kind_2", "kind_3")


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def fill(page: Page, **said: str) -> None:
    """Fill the form in, as an officer would."""
    for name, value in typed(**said).items():
        box = page.locator(f"#id_{name}")
        if name in CHOSEN:
            box.select_option(value)
        else:
            box.fill(value)


def appraise(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The form keeps what is sound, and says at its box what is not."""
    page.goto(HERE)
    page.get_by_role("button", name="Appraise an option").click()
    holds(page, faults_of)
    picture(page, "appraisal form")
    fill(page, n_take_up="150%", n_success="30% 50% 60%")
    page.get_by_role("button", name="Keep the appraisal").click()
    assert page.get_by_text("is no share").count() == 2
    page.locator("#id_n_take_up").fill("40% 50% 60%")
    page.get_by_role("button", name="Keep the appraisal").click()
    assert page.get_by_role("heading", name="Home sooner").count() == 1
    assert appraisal("wexshire/1").published == ()


def publish(page: Page, faults_of: Faults, picture: Picture) -> None:
    """What it comes to stands in words, then who pays and who gains; then it is published."""
    page.goto(f"{HERE}1/")
    holds(page, faults_of)
    picture(page, "appraisal one")
    page.get_by_role("button", name="Publish it").click()
    holds(page, faults_of)
    page.get_by_label("Why?").fill("For the hearing")
    page.get_by_role("button", name="Publish it").click()
    assert appraisal("wexshire/1").last.published_on is not None


def accept(page: Page, faults_of: Faults, picture: Picture) -> None:
    """An effect that nobody graded counts from now on, with a reason that everybody reads."""
    page.goto(HERE)
    holds(page, faults_of)
    page.get_by_role("button", name="Let an ungraded effect drive money").click()
    page.get_by_label("Option").fill("reablement")
    page.get_by_label("Outcome").fill("own/at-home")
    page.get_by_label("Area").fill("E10000017")
    page.get_by_label("Why may it drive money?").fill("Three wards tried it for a year.")
    page.get_by_role("button", name="Accept it, on the record").click()
    assert page.get_by_text("accepted-effect wexshire/1").count() >= 1
    assert accepted("wexshire")[0].holds
    picture(page, "appraisals of a place")


def test_an_option_is_appraised_and_anybody_reads_who_pays_and_who_gains(
    entered: Callable[..., Page],
    an_officer: Callable[..., Officer],
    faults_of: Faults,
    picture: Picture,
) -> None:
    before = datetime.now(UTC) - timedelta(days=30)
    places.register_place("wexshire", name="Wexshire", by=Operator("Ada"), on=before)
    page = entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    appraise(page, faults_of, picture)
    publish(page, faults_of, picture)
    accept(page, faults_of, picture)
    page.goto("/commissioning/appraisals/")
    assert page.get_by_role("link", name="Wexshire").count() == 1
