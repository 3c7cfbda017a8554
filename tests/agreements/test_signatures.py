"""Signatures hold today, in ten years, and no longer once a single byte is changed."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from totalplace.agreements.signatures import authority, signing
from totalplace.agreements.signatures.checking import checked
from totalplace.agreements.signatures.paper import Signatory, printed
from totalplace.agreements.signatures.verifying import LARGEST, verified
from totalplace.agreements.wording import digest_of, text_of
from totalplace.refusal import Refused

from .terms_made import some_terms

ON: Final = datetime(2026, 11, 26, 12, tzinfo=UTC)
TERMS: Final = some_terms()
TEXT: Final = text_of(TERMS)
SIGNATORIES: Final = [Signatory(turn.number, TERMS.names[turn.party]) for turn in TERMS.signing]
TEN_YEARS: Final = timedelta(days=3653)


@pytest.fixture(scope="module")
def known() -> authority.TestAuthority:
    """An authority for this run."""
    return authority.made(on=ON)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """The printed text with its empty fields."""
    return signing.with_fields(printed(TEXT, digest_of(TEXT), SIGNATORIES), SIGNATORIES)


def sign(before: bytes, who: Signatory, by: authority.TestAuthority, *, on: datetime = ON) -> bytes:
    """A file with one more signature."""
    credentials = signing.by_test_authority(by, "Ann Lee", who.name, on=on)
    said = signing.Said("Ann Lee", who.name, "elected member, mandate 3: Standing Orders", on)
    return signing.signed(before, who, said, credentials)


@pytest.fixture(scope="module")
def signed(paper: bytes, known: authority.TestAuthority) -> list[bytes]:
    """The file after each signature, in order."""
    files = [paper]
    for who in SIGNATORIES:
        files.append(sign(files[-1], who, known))
    return files[1:]


def test_everybody_who_signed_is_named_in_order_with_the_time(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    report = verified(signed[-1], roots=[known.root.certificate_der], on=ON)
    assert report.valid
    assert [one.organisation for one in report.signatures] == [who.name for who in SIGNATORIES]
    assert {one.at for one in report.signatures} == {ON}
    assert all(one.test and "TEST" in one.signer for one in report.signatures)
    assert report.text == TEXT
    assert report.empty == ()


def test_the_same_text_is_printed_as_the_same_bytes_with_itself_attached() -> None:
    first, again = (printed(TEXT, digest_of(TEXT), SIGNATORIES) for _ in range(2))
    assert first == again
    told = PdfFileReader(io.BytesIO(first)).root["/Metadata"].data
    assert b"pdfaid" in told
    assert b"3" in told.split(b"pdfaid:part", 1)[1][:8]


def test_ten_years_on_it_still_holds_though_the_certificates_have_run_out(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    later = ON + TEN_YEARS
    issued = known.issue("Ann Lee", "Wexshire Council", on=ON)
    assert issued.certificate.not_valid_after_utc < later
    lists = [known.revoked(on=later)]
    roots = [known.root.certificate_der]
    assert verified(signed[-1], roots=roots, lists=lists, on=later).valid


def test_once_the_last_time_stamp_has_run_out_it_holds_only_if_it_was_renewed(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    roots, much_later = [known.root.certificate_der], ON + timedelta(days=16 * 365)
    report = verified(signed[-1], roots=roots, on=much_later)
    assert report.intact
    assert not report.valid
    assert "nobody renewed it in time" in report.signatures[0].why_not


def test_a_renewed_file_says_what_it_said(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    on = ON + timedelta(days=3000)
    with_what = signing.by_test_authority(known, "Ann Lee", "", on=on)
    longer = signing.renewed(signed[-1], with_what, on=on)
    report = verified(longer, roots=[known.root.certificate_der], on=on)
    assert report.valid
    assert report.text == TEXT
    assert longer.startswith(signed[-1])


def test_one_changed_byte_anywhere_is_detected(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    roots, chance = [known.root.certificate_der], random.Random(20261126)
    for _ in range(6):
        changed = bytearray(signed[-1])
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(6)
        with contextlib.suppress(Refused):  # it can no longer be read: that is detected, too
            assert not verified(bytes(changed), roots=roots, on=ON).valid


def test_what_is_added_behind_the_last_signature_is_detected(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    report = verified(signed[-1] + b"\n% more\n", roots=[known.root.certificate_der], on=ON)
    assert report.added_since
    assert not report.valid


def test_a_signature_that_was_taken_away_leaves_its_field_empty(
    signed: list[bytes], known: authority.TestAuthority
) -> None:
    report = verified(signed[1], roots=[known.root.certificate_der], on=ON)
    assert report.empty == ("Signature3",)
    assert len(report.signatures) == 2


def test_a_signature_by_another_authority_is_not_believed(
    paper: bytes, known: authority.TestAuthority
) -> None:
    forged = sign(paper, SIGNATORIES[0], authority.made(on=ON))
    report = verified(forged, roots=[known.root.certificate_der], on=ON)
    assert report.intact
    assert not report.valid
    assert "authority that is not known here" in report.signatures[0].why_not


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no PDF"),
        (b"PK\x03\x04", "no PDF"),
        (b"%PDF-1.7\n" + bytes(5000), "broken"),
        (b"%PDF-1.7\n" + b"(" * 200_000, "broken"),
        (b"%PDF-" + bytes(LARGEST), "larger than 20 MB"),
    ],
)
def test_junk_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        verified(content, roots=[], on=ON)


def test_junk_in_a_process_of_its_own_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="broken"):
        checked(b"%PDF-1.7\n1 0 obj <</Length 9>> stream", roots=[], on=ON)


def test_a_test_authority_is_made_once_and_its_keys_are_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "test-authority"
    first, again = authority.kept(folder, on=ON), authority.kept(folder, on=ON)
    assert first.root.certificate_der == again.root.certificate_der
    assert (folder / "root.key").stat().st_mode & 0o077 == 0
    assert "TEST" in first.root.certificate.subject.rfc4514_string()


PDFSIG: Final = shutil.which("pdfsig")


@pytest.mark.skipif(PDFSIG is None, reason="pdfsig (poppler-utils) is not installed here")
def test_an_independent_tool_agrees_today_and_sees_a_changed_byte(
    signed: list[bytes], tmp_path: Path
) -> None:
    def said(content: bytes) -> str:
        file = tmp_path / "signed.pdf"
        file.write_bytes(content)
        told = subprocess.run(
            [str(PDFSIG), "-nocert", str(file)], capture_output=True, text=True, check=False
        )
        return told.stdout

    assert said(signed[-1]).count("Signature is Valid.") == len(SIGNATORIES)
    changed = bytearray(signed[-1])
    changed[changed.index(b"stream") + 60] ^= 1
    assert said(bytes(changed)).count("Digest Mismatch") == len(SIGNATORIES)


def test_the_file_to_sign_is_the_same_whenever_it_is_asked_for(paper: bytes) -> None:
    assert signing.with_fields(printed(TEXT, digest_of(TEXT), SIGNATORIES), SIGNATORIES) == paper
