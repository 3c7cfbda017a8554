"""Published heads: signed by one key, read back as written, and each following from the last."""

from __future__ import annotations

import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from totalplace.record import keys
from totalplace.record.rules import chain, heads, written_out
from totalplace.record.rules.chain import Citation, Entry, How
from totalplace.record.rules.heads import Head
from totalplace.record.rules.verifying import Published, verdict
from totalplace.refusal import Refused

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
BEGAN = (heads.BEGAN, Citation(heads.KEY, heads.public_key(KEY)))


def forged(entry: Entry, **changed: Any) -> Entry:
    """An entry that was changed, with the digest of what it now says."""
    false = replace(entry, **changed)
    return replace(false, digest=chain.digest(false))


def a_record(length: int) -> list[Entry]:
    """A record whose first entry names the key."""
    entries: list[Entry] = []
    for number in range(1, length + 1):
        verb, about = BEGAN if number == 1 else ("signed", Citation("grant", str(number)))
        previous = entries[-1].digest if entries else chain.BEGINNING
        said = Entry(number, NOON, "Ada", verb, about, "", "", previous, "")
        entries.append(forged(said))
    return entries


def head_at(entries: list[Entry], number: int, key: Ed25519PrivateKey = KEY) -> Head:
    return heads.sign(entries[number - 1], key, on=NOON + timedelta(days=number))


def kept(*published: Head) -> list[Published]:
    return [Published(head, "a file") for head in published]


@given(st.integers(1, 10**9), st.binary(min_size=32, max_size=32))
def test_a_head_is_read_as_it_was_written_and_signed(number: int, seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    head = heads.sign(replace(a_record(1)[0], number=number), key, on=NOON)
    assert heads.read(heads.written(head), name="head.json") == [head]
    assert heads.is_signed(head)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 2},
        {"digest": "e" * 64},
        {"on": NOON},
        {"key": heads.public_key(OTHER)},
        {"signature": "0" * 128},
        {"key": "f" * 64},
    ],
)
def test_no_part_of_a_head_can_change_without_its_signature(changed: dict[str, object]) -> None:
    head = head_at(a_record(3), 3)
    assert not heads.is_signed(replace(head, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no json", "not the JSON of a head"),
        ("[7]", "does not say that it is"),
        ('{"format": "totalplace record head 1"}', "and nothing else"),
        (heads.written(head_at(a_record(1), 1)).replace('"number": 1', '"number": 0'), "number"),
        (heads.written(head_at(a_record(1), 1)).replace("+00:00", ""), "time zone"),
        (heads.written(head_at(a_record(1), 1)).replace('"key": "', '"key": "x'), "hexadecimal"),
    ],
)
def test_what_is_no_head_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        heads.read(text, name="head.json")


def test_a_head_is_verified_by_openssl_too(tmp_path: Path) -> None:
    head = head_at(a_record(3), 3)
    files = [tmp_path / name for name in ("key.pem", "text", "signature")]
    files[0].write_text(heads.as_pem(head.key))
    files[1].write_bytes(heads.signed_text(head))
    files[2].write_bytes(bytes.fromhex(head.signature))
    asked: list[str | Path] = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", files[0], "-rawin", "-in", files[1],
        "-sigfile", files[2],
    ]  # fmt: skip
    verified = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert "Signature Verified Successfully" in verified.stdout, verified.stderr
    files[1].write_bytes(heads.signed_text(replace(head, number=2)))
    assert subprocess.run(asked, capture_output=True, check=False).returncode != 0


@given(st.integers(1, 9), st.integers(1, 9))
def test_any_two_heads_of_one_record_are_consistent(one: int, other: int) -> None:
    entries = a_record(9)
    between = entries[min(one, other) : max(one, other)]
    assert heads.consistency(head_at(entries, one), head_at(entries, other), between) is None


@given(st.integers(1, 8), st.data())
def test_heads_of_two_records_are_not(one: int, chosen: st.DataObject) -> None:
    entries = a_record(9)
    other = chosen.draw(st.integers(one + 1, 9))
    earlier, later = head_at(entries, one), head_at(entries, other)
    elsewhere = replace(later, digest="d" * 64)
    fault = heads.consistency(earlier, elsewhere, entries[one:other])
    assert fault is not None
    assert fault.how is How.REPLACED
    fault = heads.consistency(earlier, later, entries[one : other - 1])
    assert fault is not None
    assert (fault.number, fault.how) == (other, How.REMOVED)


def test_a_record_with_its_heads_is_whole() -> None:
    entries = a_record(6)
    found = verdict(entries, own=kept(head_at(entries, 2)), kept=kept(head_at(entries, 6)))
    assert found.whole
    assert (found.entries, found.heads, found.last) == (6, 2, entries[-1])
    assert found.keys == (heads.public_key(KEY),)


@given(st.integers(0, 8))
def test_an_end_that_was_cut_off_is_told_by_a_head(left: int) -> None:
    entries = a_record(9)
    (fault,) = verdict(entries[:left], own=[], kept=kept(head_at(entries, 9))).faults
    assert (fault.number, fault.how) == (left + 1, How.CUT_OFF)
    assert "a file" in fault.why


def test_a_record_that_was_all_written_anew_is_told_by_a_head_with_where_it_began() -> None:
    entries = a_record(9)
    anew = entries[:4]
    for entry in entries[4:]:
        anew.append(forged(entry, previous=anew[-1].digest, citing="something else"))
    assert chain.verify(anew) is None
    heads_of = kept(head_at(entries, 3), head_at(entries, 8))
    (fault,) = verdict(anew, own=[], kept=heads_of).faults
    assert (fault.number, fault.how) == (8, How.REPLACED)
    assert "an entry from 4 to 8 was written anew" in fault.why


def test_a_head_of_another_key_is_told_unless_that_key_is_trusted() -> None:
    entries = a_record(4)
    foreign = head_at(entries, 4, OTHER)
    (fault,) = verdict(entries, own=kept(foreign)).faults
    assert fault.how is How.UNKNOWN_KEY
    assert verdict(entries, own=kept(foreign), trusted=[foreign.key]).whole
    own = head_at(entries, 4)
    (fault,) = verdict(entries, own=kept(own), trusted=[foreign.key]).faults
    assert fault.how is How.UNKNOWN_KEY


def test_a_head_with_a_false_signature_is_told() -> None:
    entries = a_record(4)
    false = replace(head_at(entries, 4), digest=entries[2].digest)
    (fault,) = verdict(entries, own=kept(false)).faults
    assert fault.how is How.UNSIGNED


@given(st.integers(1, 30))
def test_an_entry_written_out_is_the_same_when_it_is_read(length: int) -> None:
    for entry in a_record(length)[-1:]:
        assert written_out.of_line(written_out.line(entry)) == entry


def test_a_line_that_is_no_entry_is_refused() -> None:
    with pytest.raises(Refused, match="no entry"):
        written_out.of_line('{"number": 1}')


def test_a_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "record.pem"
    assert keys.found(path) is None
    first = keys.kept(path)
    assert heads.public_key(keys.kept(path)) == heads.public_key(first)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["record.pem"]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "record.pem"
    keys.kept(path)
    path.chmod(0o640)
    with pytest.raises(Refused, match="others on this computer can read it"):
        keys.kept(path)


def test_a_key_made_by_openssl_is_taken_and_anything_else_is_refused_unrepeated() -> None:
    made = ["openssl", "genpkey", "-algorithm"]
    pem = subprocess.run([*made, "ed25519"], capture_output=True, text=True, check=True).stdout
    assert heads.is_signed(heads.sign(a_record(1)[0], keys.given(pem, name="here"), on=NOON))
    on_a_line = keys.given(pem.replace("\n", "\\n"), name="here")  # as settings have it
    assert heads.public_key(on_a_line) == heads.public_key(keys.given(pem, name="here"))
    other = subprocess.run([*made, "x25519"], capture_output=True, text=True, check=True).stdout
    for text in (other, "a secret that is none"):
        with pytest.raises(Refused, match="not an Ed25519 private key") as refused:
            keys.given(text, name="TOTALPLACE_RECORD_KEY")
        assert text not in str(refused.value)
