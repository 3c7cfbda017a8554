"""An auditor publishes a head, keeps it, and later verifies the record with it; in a browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg
import pytest
from playwright.sync_api import Page

from totalplace.doors.records import Address
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record import actions
from totalplace.record.rules.chain import Citation

Entered = Callable[..., Page]
Faults = Callable[[Page], list[str]]
ON: Final = datetime(2026, 6, 1, 12, tzinfo=UTC)
PHONE: Final = {"width": 320, "height": 700}


@pytest.fixture
def auditor(
    entered: Entered, an_officer: Callable[..., Officer], committed_records: Address
) -> Page:
    """The page of an auditor who has signed in, on a record of some length."""
    for number in range(1, 61):
        actions.write(
            "ada", "signed", about=Citation("grant", str(number)), on=ON,
            power="section 31 of the Local Government Act 2003", citing=f"minute {number}",
        )  # fmt: skip
    return entered(an_officer("audrey", Role.AUDITOR))


def test_an_auditor_verifies_the_record(
    auditor: Page,
    committed_records: Address,
    faults_of: Faults,
    picture: Callable[..., None],
    tmp_path: Path,
) -> None:
    auditor.goto("/record/")
    assert faults_of(auditor) == []
    picture(auditor, "record")
    kept = publish(auditor, faults_of, tmp_path / "head.json")
    picture(auditor, "record heads")
    verify(auditor, kept)
    auditor.get_by_role("heading", name="The record is whole").wait_for()
    assert "2 heads were held against it, 1 of them yours" in auditor.content()
    assert faults_of(auditor) == []
    picture(auditor, "record whole")

    past_every_guard(committed_records, "UPDATE record_entry SET by = 'eve' WHERE number = 7")
    verify(auditor, kept)
    auditor.get_by_role("heading", name="The record is not whole").wait_for()
    assert "Entry 7 is not as it was written" in auditor.content()
    assert faults_of(auditor) == []
    picture(auditor, "record not whole")
    auditor.get_by_role("link", name="7", exact=True).click()
    assert "another digest than the one it carries" in auditor.content()
    assert faults_of(auditor) == []

    number = json.loads(kept.read_text())["number"]
    past_every_guard(
        committed_records,
        "UPDATE record_entry SET by = 'ada' WHERE number = 7",
        f"DELETE FROM record_entry WHERE number >= {number - 1}",  # noqa: S608  (a number of ours)
        "DELETE FROM record_head",
    )
    verify(auditor, kept)
    assert "were cut off" in auditor.content()


def test_an_auditor_finds_an_entry_and_checks_its_digest(
    auditor: Page, faults_of: Faults, picture: Callable[..., None]
) -> None:
    auditor.goto("/record/")
    auditor.get_by_text("Search the record").click()
    auditor.get_by_label("Words").fill("minute 42")
    auditor.get_by_role("button", name="Search").click()
    auditor.get_by_role("heading", name="1 entry found").wait_for()
    assert "words=minute" in auditor.url
    assert faults_of(auditor) == []
    auditor.locator("table a").first.click()
    assert "It was computed again for this page, and is the same." in auditor.content()
    assert faults_of(auditor) == []
    picture(auditor, "record entry")


def test_it_is_read_on_a_small_screen_without_scrolling_sideways(auditor: Page) -> None:
    auditor.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for at in ("/record/", "/record/42/", "/record/heads/", "/record/verify/"):
        auditor.goto(at)
        assert auditor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], at


def test_anybody_is_told_how_to_check_it(page: Page, faults_of: Faults) -> None:
    page.goto("/record/")
    page.get_by_role("heading", name="How anybody can check it").wait_for()
    assert faults_of(page) == []
    page.get_by_role("link", name="published heads").click()
    page.get_by_role("heading", name="Published heads of the record").wait_for()
    assert faults_of(page) == []


def publish(page: Page, faults_of: Faults, kept: Path) -> Path:
    """Publish a head, and keep its file."""
    page.get_by_role("link", name="Publish a head").click()
    assert faults_of(page) == []
    page.get_by_role("button", name="Publish a head").click()
    page.get_by_text("Published: the record as far as entry").wait_for()
    assert faults_of(page) == []
    with page.expect_download() as head:
        page.get_by_role("link", name="JSON of the head").click()
    head.value.save_as(kept)
    return kept


def verify(page: Page, kept: Path) -> None:
    """Bring a head that was kept, and press the button."""
    page.goto("/record/verify/")
    page.get_by_label("Heads that you kept").set_input_files(kept)
    page.get_by_role("button", name="Verify now").click()


def past_every_guard(address: Address, *statements: str) -> None:
    """Change the records as the superuser of the database, with every trigger off."""
    owner = address.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as superuser:  # fmt: skip
        superuser.execute("ALTER TABLE record_entry DISABLE TRIGGER ALL")
        superuser.execute("ALTER TABLE record_head DISABLE TRIGGER ALL")
        for statement in statements:
            superuser.execute(statement)
