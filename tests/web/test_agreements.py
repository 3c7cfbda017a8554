"""Pages of agreements: drafts are for those whose they are; anybody reads and checks the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.agreements.actions import varying
from totalplace.agreements.queries.agreements import agreement, signed_file
from totalplace.agreements.rules.lifecycle import Stage
from totalplace.agreements.signatures import authority, signing
from totalplace.agreements.signatures.paper import Signatory
from totalplace.agreements.wording import text_of
from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and the journey.
from ..agreements.agreement_made import (  # noqa: TID252
    CITED,
    SIGNED,
    Wexshire,
    first_day,
    ten_per_cent_more,
    with_targets,
)
from ..agreements.terms_made import DFE, some_terms  # noqa: TID252

AT = f"/agreements/{CITED}/"
SignedIn = Callable[[Officer], Client]
Appointed = Callable[..., Officer]


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    """A place with adopted targets, old enough for its agreement to be signed today."""
    return with_targets(first_day(local_day(datetime.now(UTC))), tmp_path / "authority")


def words_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == HTTPStatus.OK, path
    return " ".join(answer.content.decode().split())


def test_a_draft_is_read_by_the_place_and_its_departments_and_by_nobody_else(
    here: Wexshire, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.drafted()
    commissioner = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    official = signed_in(an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    stranger = signed_in(an_officer("eve"))
    for mine in (commissioner, official):
        assert "The Wexshire agreement on school" in words_of(mine, "/agreements/")
        assert "Who promises what" in words_of(mine, AT)
    for other in (client, stranger):
        assert "The Wexshire agreement on school" not in words_of(other, "/agreements/")
        for path in (AT, f"{AT}text/", f"{AT}text.txt", f"{AT}versions/", f"{AT}sign/"):
            assert other.get(path).status_code == HTTPStatus.NOT_FOUND
    assert "Change the draft" in words_of(commissioner, AT)
    assert "Change the draft" not in words_of(official, AT)


def test_a_text_in_a_file_is_taken_and_one_that_says_nothing_is_refused_at_its_line(
    here: Wexshire, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.drafted()
    client = signed_in(an_officer("com", Role.COMMISSIONER, place="wexshire"))
    text = here.text().replace("£1,500,000.00", "£1600000").replace("2.1 Every", "Every")
    file = SimpleUploadedFile("agreement.txt", text.encode("utf-8-sig"), "text/plain")
    answer = client.post(f"{AT}change/", {"text": "", "file": file, "reason": "More"})
    assert answer.status_code == HTTPStatus.FOUND
    assert [one.pence for one in agreement(CITED).last.terms.contributions][1] == 1_600_000_00
    wrong = client.post(f"{AT}change/", {"text": "Anything", "reason": "More"})
    assert wrong.status_code == HTTPStatus.CONFLICT
    assert "Line 1 of the text cannot be read" in wrong.content.decode()


def test_a_party_signs_for_itself_alone_and_elsewhere_only_on_the_file_to_sign(
    here: Wexshire, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    row = here.to_sign()
    other = signed_in(an_officer("lee", Role.ELECTED_MEMBER, agency="wex"))
    refused = other.post(f"{AT}sign/", {"read": "on"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "may not sign an agreement" in refused.content.decode()
    assert agreement(CITED).signatures == ()
    board = signed_in(an_officer("bo", Role.CHIEF_FINANCE_OFFICER, agency="icb"))
    before = board.get(f"{AT}sign/file.pdf").content
    at = here.at(SIGNED)
    own = signing.by_test_authority(authority.made(on=at), "Bo", "Wexshire Health Board", on=at)
    said = signing.Said("Bo", "Wexshire Health Board", "Standing Orders", at)
    signed = signing.signed(before, Signatory(1, "Wexshire Health Board"), said, own)
    for content, status in ((before, 409), (signed[:-9], 409), (signed, 302)):
        file = SimpleUploadedFile("signed.pdf", content, "application/pdf")
        answer = board.post(f"{AT}sign/elsewhere/", {"file": file})
        assert answer.status_code == status, answer.content.decode()[-3000:]
    assert [one.by for one in agreement(CITED).signatures] == ["bo"]
    assert signed_file(agreement(CITED), row.last.number) == signed
    receipt = words_of(client, f"{AT}receipt.txt?version={row.last.number}")
    assert row.last.digest in receipt
    assert client.get(f"{AT}signed.pdf?version={row.last.number}").content == signed


def test_a_variation_is_shown_beside_what_is_in_force_until_it_is_signed(
    here: Wexshire, client: Client, signed_in: SignedIn, an_officer: Appointed
) -> None:
    here.in_force()
    on = here.at(SIGNED + 1)
    more = text_of(ten_per_cent_more())
    varying.propose(CITED, more, agency="wex", reason="Costs rose", by=here.by, on=on)
    official = signed_in(an_officer("dee", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    page = words_of(official, AT)
    assert "Consent to the variation" in page
    assert "£4,000,000" in page
    row = agreement(CITED)
    first, second = row.in_force, row.last
    assert first is not None
    compared = words_of(client, f"{AT}versions/{first.number}/{second.number}/")
    assert "It changes money or targets" in compared
    assert "£4,400,000.00" in compared
    said = {"agency": DFE, "reason": "We agree"}
    assert official.post(f"{AT}do/consent/", said).status_code == HTTPStatus.FOUND
    assert agreement(CITED).kept is Stage.VARIATION_AGREED


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 junk"])
def test_anybody_who_gives_junk_to_be_checked_is_told_so_in_words(
    client: Client, db: None, content: bytes
) -> None:
    file = SimpleUploadedFile("copy.pdf", content, "application/pdf")
    answer = client.post("/agreements/verify/", {"file": file})
    said = answer.content.decode()
    assert "The file cannot be checked" in said or "The submitted file is empty" in said
    assert some_terms().title not in said
