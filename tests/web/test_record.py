"""The record's pages: read by those who may, searched, kept as files, verified and published."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.doors.web.record import acting, jobs
from totalplace.doors.web.work.telling import Telling
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record import actions, queries
from totalplace.record.rules import heads
from totalplace.record.rules.chain import Citation

AnOfficer = Callable[..., Officer]
SignedIn = Callable[..., Client]
READERS: Final = {
    Role.AUDITOR, Role.SCRUTINY, Role.CHIEF_FINANCE_OFFICER, Role.DATA_STEWARD, Role.ADMINISTRATOR,
}  # fmt: skip


@pytest.fixture
def acts(noon: datetime) -> None:
    """A hundred and twenty acts, one a day, by two people."""
    for number in range(1, 121):
        actions.write(
            "ada" if number % 2 else "ben",
            "signed" if number % 3 else "drafted",
            about=Citation("grant", str(number)),
            on=noon + timedelta(days=number),
            power="s.31" if number % 5 else "=cmd|' /C calc'!A0",
            citing=f"minute {number}",
        )


@pytest.fixture
def auditor(an_officer: AnOfficer, signed_in: SignedIn) -> Client:
    """An auditor, signed in."""
    return signed_in(an_officer("audrey", Role.AUDITOR))


def page(client: Client, at: str, status: int = 200, /, **said: Any) -> str:
    """The text of a page."""
    answer = client.get(at, said)
    assert answer.status_code == status
    return answer.content.decode()


def test_anybody_is_told_how_to_check_the_record_and_reads_no_entry(
    acts: None, client: Client
) -> None:
    shown = page(client, "/record/")
    assert "The record has 120 entries" in shown
    assert "minute 120" not in shown
    assert "published heads" in shown
    for at in ("1/", "1.json", "verify/", "download.csv", "heads/publish/"):
        answer = client.get(f"/record/{at}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("role", Role)
def test_only_those_read_it_who_have_a_mandate_for_that(
    role: Role, an_officer: AnOfficer, signed_in: SignedIn, acts: None
) -> None:
    client = signed_in(an_officer("bea", role))
    expected = 200 if role in READERS else 409
    for at in ("1/", "1.json", "verify/", "download.jsonl"):
        assert client.get(f"/record/{at}").status_code == expected, at
    assert ("minute 120" in page(client, "/record/")) == (role in READERS)


def test_entries_are_read_in_pages_the_latest_first(acts: None, auditor: Client) -> None:
    first = page(auditor, "/record/")
    assert "minute 120" in first
    assert "minute 60" not in first
    assert "Page 1 of 3" in first
    assert "Earlier entries" in first
    assert "Later entries" not in first
    last = page(auditor, "/record/", page="3")
    assert 'href="/record/1/"' in last
    assert "Page 3 of 3" in page(auditor, "/record/", page="99")
    assert "Page 1 of 3" in page(auditor, "/record/", page="none")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "ada"}, 60),
        ({"by": "ada", "verb": "drafted"}, 20),
        ({"kind": "grant", "id": "7"}, 1),
        ({"words": "MINUTE 11"}, 11),
        ({"words": "s.31"}, 96),
        ({"first_day_day": "1", "first_day_month": "9", "first_day_year": "2026"}, 29),
        ({"last_day_day": "3", "last_day_month": "6", "last_day_year": "2026", "by": "ben"}, 1),
    ],
)
def test_entries_are_found_by_who_what_which_words_and_days(
    asked: dict[str, str], found: int, acts: None, auditor: Client
) -> None:
    shown = page(auditor, "/record/", **asked)
    assert f"{found} {'entry' if found == 1 else 'entries'} found" in shown
    lines = b"".join(auditor.get("/record/download.jsonl", asked)).decode().splitlines()
    assert len(lines) == found


def test_a_search_stays_in_the_address_of_every_page_and_file(acts: None, auditor: Client) -> None:
    shown = page(auditor, "/record/", by="ada", kind="grant")
    assert 'href="/record/?by=ada&amp;kind=grant&amp;page=2"' in shown
    assert 'href="/record/download.csv?by=ada&amp;kind=grant"' in shown


def test_what_cannot_be_searched_for_is_explained(acts: None, auditor: Client) -> None:
    wrong = {"first_day_day": "31", "first_day_month": "2", "first_day_year": "2026"}
    assert "From must be a real date" in page(auditor, "/record/", **wrong)
    turned = {
        "first_day_day": "2", "first_day_month": "9", "first_day_year": "2026",
        "last_day_day": "1", "last_day_month": "9", "last_day_year": "2026",
    }  # fmt: skip
    assert "is before" in page(auditor, "/record/", 409, **turned)
    assert "No entry fits that" in page(auditor, "/record/", by="nobody")


def test_a_file_holds_exactly_what_was_asked_for_and_no_formula(
    acts: None, auditor: Client
) -> None:
    asked = {"by": "ben"}
    text = b"".join(auditor.get("/record/download.csv", asked)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Entry"] for row in rows] == [str(n) for n in range(2, 121, 2)]
    assert {row["Power"] for row in rows} == {"s.31", "'=cmd|' /C calc'!A0"}
    book = b"".join(auditor.get("/record/download.xlsx", asked))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    assert sheet.max_row == 61
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"n", "s"}
    assert auditor.get("/record/download.pdf").status_code == 404


def test_an_entry_has_a_page_with_its_digest_and_the_text_that_is_digested(
    acts: None, auditor: Client
) -> None:
    entry = queries.entry(7)
    assert entry is not None
    shown = page(auditor, "/record/7/")
    assert entry.digest in shown
    assert "and is the same" in shown
    assert "minute 7" in shown
    assert 'href="/record/6/"' in shown
    assert json.loads(page(auditor, "/record/7.json"))["digest"] == entry.digest
    assert "this is the first" in page(auditor, "/record/1/")
    assert auditor.get("/record/9999/").status_code == 404


def test_an_auditor_verifies_it_with_heads_that_they_kept(
    acts: None, auditor: Client, an_officer: AnOfficer, signed_in: SignedIn
) -> None:
    shown = auditor.post("/record/verify/").content.decode()
    assert "The record is whole" in shown
    assert "No head was published" in shown
    auditor.post("/record/heads/publish/")
    (head,) = queries.heads()
    kept = SimpleUploadedFile("mine.json", heads.written(head).encode())
    shown = auditor.post("/record/verify/", {"heads": [kept], "key": head.key}).content.decode()
    assert "2 heads were held against it, 1 of them yours" in shown
    shown = auditor.post("/record/verify/", {"key": "0" * 64}).content.decode()
    assert "The record is not whole" in shown
    assert "signed with an unknown key" in shown
    wrong = auditor.post("/record/verify/", {"key": "short"}).content.decode()
    assert "must be 64 of the digits" in wrong
    no_head = SimpleUploadedFile("mine.txt", b"no head")
    refused = auditor.post("/record/verify/", {"heads": [no_head]})
    assert refused.status_code == 409
    assert "not the JSON of a head" in refused.content.decode()


def test_a_long_record_is_verified_as_work(
    acts: None, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "AT_ONCE", 10)
    answer = auditor.post("/record/verify/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/work/")


def test_the_work_of_verifying_says_what_came_of_it(acts: None, auditor: Client) -> None:
    auditor.post("/record/heads/publish/")
    (head,) = queries.heads()
    telling = Telling(1, lambda *said: False)
    both = heads.written(head) + "\n" + heads.written(head)
    said = jobs.verify(telling, heads=both, key=head.key)
    assert said.startswith("The record is whole: ")
    assert "3 heads" in said
    assert "as far as entry" in jobs.publish(telling)


def test_publishing_is_on_the_record_and_its_files_are_for_anybody(
    acts: None, auditor: Client, client: Client
) -> None:
    assert client.get("/record/key.pem").status_code == 404
    done = auditor.post("/record/heads/publish/", follow=True)
    assert "Published: the record as far as entry" in done.content.decode()
    (head,) = queries.heads()
    assert page(client, f"/record/heads/{head.number}.json") == heads.written(head)
    assert heads.read(page(client, "/record/heads/all.json"), name="all") == [head]
    assert page(client, "/record/key.pem") == heads.as_pem(head.key)
    shown = page(client, "/record/heads/")
    assert head.digest in shown
    assert "Publish a head now" not in shown
    told = queries.last_entry()
    assert told is not None
    assert (told.by, told.verb) == ("audrey", heads.PUBLISHED)
    assert "auditor" in told.power


@pytest.mark.parametrize("role", [Role.FINANCE_LEAD, Role.SCRUTINY])
def test_whoever_may_not_publish_has_no_button_and_is_refused(
    role: Role, an_officer: AnOfficer, signed_in: SignedIn
) -> None:
    client = signed_in(an_officer("bea", role))
    assert "Publish a head now" not in page(client, "/record/heads/")
    assert client.post("/record/heads/publish/").status_code == 409
    assert queries.heads() == []


def test_what_is_taken_from_the_pages_is_checked_by_another_program(
    acts: None, auditor: Client, client: Client, tmp_path: Path
) -> None:
    auditor.post("/record/heads/publish/")
    (head,) = queries.heads()
    files = {
        "record.jsonl": b"".join(auditor.get("/record/download.jsonl")),
        "head.json": client.get(f"/record/heads/{head.number}.json").content,
        "verify.py": client.get("/record/verify_record.py").content,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "record.jsonl", "head.json", "--key", head.key],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "and 1 heads: all whole" in done.stdout
