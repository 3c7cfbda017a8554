"""An agreement that was heard and decided is opened, signed by both sides, and a copy checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from totalplace.agreements.queries.agreements import agreement, signed_file
from totalplace.agreements.rules.lifecycle import Stage
from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests and the journey.
from ..agreements.agreement_made import (  # noqa: TID252
    CITED,
    Wexshire,
    first_day,
    with_targets,
)
from ..agreements.terms_made import DFE  # noqa: TID252

Entered = Callable[..., Page]
Appointed = Callable[..., Officer]
Faults = Callable[[Page], list[str]]
Picture = Callable[..., None]
AT = f"/agreements/{CITED}/"


@pytest.fixture
def decided(site: str, tmp_path: Path) -> Wexshire:
    """An agreement that lies open; it was heard, members decided, and readiness is waived."""
    here = with_targets(first_day(local_day(datetime.now(UTC))), tmp_path / "authority")
    here.laid_open()
    here.heard(here.hearing())
    here.decision()
    here.waived()
    return here


def holds(page: Page, faults_of: Faults, picture: Picture, name: str) -> None:
    """A page holds: axe finds no fault, and at 400% nothing has to be scrolled sideways.

    Axe looks once at each kind: without scripts these pages have the same parts.
    """
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        assert faults_of(page) == []
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400%
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 900})
    picture(page, f"agreement {name}")


def prepare(page: Page, faults_of: Faults, picture: Picture) -> None:
    """The commissioner enters the decision, cannot change the text, and opens it for signing."""
    page.goto("/agreements/")
    page.get_by_role("link", name="The Wexshire agreement on school").click()
    holds(page, faults_of, picture, "laid open")
    page.get_by_role("button", name="Revise it").click()
    text = page.locator("#id_text").input_value()
    page.locator("#id_text").fill(text.replace("£4,000,000.00", "4 million pounds"))
    page.get_by_label("Why?").fill("A round sum")
    page.get_by_role("button", name="Keep this text").click()
    page.get_by_text("Line 25 of the text cannot be read").first.wait_for()
    holds(page, faults_of, picture, "text refused")
    page.goto(AT)
    page.get_by_role("button", name="Enter the decision").click()
    page.get_by_label("Why?").fill("As the council decided")
    page.get_by_role("button", name="Enter the decision").click()
    page.get_by_text("The decision is entered.").wait_for()
    page.get_by_role("button", name="Open it for signing").click()
    picture(page, "agreement act")
    page.get_by_label("Why?").fill("Ready to be signed")
    page.get_by_role("button", name="Open it for signing").click()
    page.get_by_text("It is the turn of Wexshire Health Board").wait_for()


def sign(page: Page, faults_of: Faults, picture: Picture) -> None:
    """Whoever's turn it is signs."""
    page.goto(f"{AT}sign/")
    holds(page, faults_of, picture, "sign")
    page.get_by_label("I have read the text and sign it for this party").check()
    page.get_by_role("button", name="Sign it").click()


def check(page: Page, file: bytes, faults_of: Faults, picture: Picture) -> None:
    """Anybody checks a copy, and a copy in which one byte was changed."""
    page.context.clear_cookies()
    page.goto("/agreements/verify/")
    changed = bytearray(file)
    changed[changed.index(b"stream") + 60] ^= 1
    for content, said in ((bytes(changed), "changed after it was signed"), (file, "It is whole")):
        page.get_by_label("The signed PDF").set_input_files(
            {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": content}
        )
        page.get_by_role("button", name="Check it").click()
        page.get_by_text(said).first.wait_for()
    assert page.get_by_text("letter for letter").count() == 1
    holds(page, faults_of, picture, "checked")


def test_an_agreement_is_opened_and_signed_by_both_sides_and_a_copy_is_checked(
    decided: Wexshire, entered: Entered, an_officer: Appointed, faults_of: Faults,
    picture: Picture,
) -> None:  # fmt: skip
    prepare(entered(an_officer("com", Role.COMMISSIONER, place="wexshire")), faults_of, picture)
    board = an_officer("bo", Role.CHIEF_FINANCE_OFFICER, agency="icb")
    official = an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    member = an_officer("lee", Role.ELECTED_MEMBER, agency="wex")
    page = entered(member)
    page.goto(f"{AT}sign/")
    assert page.get_by_role("button", name="Sign it").count() == 0
    for officer in (board, official, member):
        sign(entered(officer), faults_of, picture)
    page.get_by_text("Every party has signed. It is in force.").wait_for()
    row = agreement(CITED)
    assert row.kept is Stage.IN_FORCE
    assert [one.by for one in row.signatures] == ["bo", "dee", "lee"]
    check(page, signed_file(row, row.last.number), faults_of, picture)
    page.goto(AT)
    picture(page, "agreement in force")
    picture(page, "agreement in force phone", width=390)
    page.get_by_role("link", name="Read it whole").click()
    holds(page, faults_of, picture, "text")
    page.goto(f"{AT}versions/")
    page.get_by_text("What changed from version 1").wait_for()
    picture(page, "agreement versions")
