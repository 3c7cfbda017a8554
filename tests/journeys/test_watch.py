"""A finance officer sees a place from a distance, on a phone, and follows a fall to its finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from totalplace.doors import records
from totalplace.monitoring.actions.watching import look_at
from totalplace.places.rules.mandates import Officer, Role
from totalplace.sources.home import Home

# One builder serves the room's own tests, those of its pages, and the journey.
from ..monitoring.watch_made import ADA, a_watched_place  # noqa: TID252

THEN = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]


@pytest.fixture
def looked(site: str, tmp_path: Path) -> None:
    """A place of which one outcome jumped, after the watch looked once."""
    home = Home(records.home_folder())
    a_watched_place(tmp_path, home, on=THEN)
    look_at("wexshire", home=home, by=ADA, on=THEN + timedelta(days=1))


def holds(page: Page, faults_of: Faults) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways."""
    assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def seen(page: Page, faults_of: Faults, picture: Picture, name: str) -> None:
    """A page holds; pictures of it on a desk and on a phone."""
    holds(page, faults_of)
    picture(page, name)
    picture(page, f"{name} phone", width=390)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_fall_is_followed_from_a_distance_to_its_finding_and_an_officer_sets_the_watch(
    looked: None, page: Page, entered: Callable[..., Page], an_officer: Callable[..., Officer],
    faults_of: Faults, picture: Picture,
) -> None:  # fmt: skip
    page.goto("/monitoring/")
    seen(page, faults_of, picture, "watch places")
    page.get_by_role("row", name="Wexshire").get_by_role("link", name="Wexshire").first.click()
    assert page.get_by_text("may cry wolf").count() == 1
    seen(page, faults_of, picture, "watch place")
    page.get_by_role("link", name="Pupils who miss a tenth of school or more").click()
    assert page.get_by_text("Where the limit comes from").count() == 1
    seen(page, faults_of, picture, "watch series")
    page.get_by_role("link", name="Finding 1").click()
    assert page.get_by_role("heading", name="What was known then").count() == 1
    seen(page, faults_of, picture, "watch finding")
    page.goto("/monitoring/wexshire/findings/")
    seen(page, faults_of, picture, "watch findings")
    page.goto("/monitoring/units/adult-obesity/")
    page.get_by_label("My area").select_option(label="Wexshire")
    page.get_by_role("button", name="Show").click()
    seen(page, faults_of, picture, "watch areas")
    page.goto("/monitoring/scorecard/")
    seen(page, faults_of, picture, "watch scorecard")
    entered(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    page.goto("/monitoring/wexshire/")
    page.get_by_role("button", name="Say what is watched").click()
    page.get_by_label("At most how many false alarms").fill("2")
    page.get_by_role("button", name="Set the watch").click()
    assert page.get_by_role("heading", name="There is a problem").count() == 1
    seen(page, faults_of, picture, "watch set")
    page.get_by_label("Why?").fill("Two a year is what we can look into with care.")
    page.get_by_role("button", name="Set the watch").click()
    assert page.get_by_text("The watch is set.").count() == 1
