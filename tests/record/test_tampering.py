"""What somebody does to the record past every guard, as the superuser: each of it is found.

The program finds it, and so does a program that shares no line with it, from a copy and from heads
that were kept elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from totalplace.record import actions, models, queries
from totalplace.record.rules import chain, heads, written_out
from totalplace.record.rules.chain import Citation, Entry, How
from totalplace.record.rules.heads import Head
from totalplace.record.rules.verifying import Published

VERIFIER: Final = Path(__file__).resolve().parents[2] / "docs" / "reference" / "verify_record.py"
Act = Callable[[str], Entry]
Tamper = Callable[..., None]
GRANT: Final = Citation("grant", "7")
SET: Final = "UPDATE record_entry SET "


@pytest.fixture
def published(tamper: Tamper, act: Act, key: Ed25519PrivateKey, noon: datetime) -> Head:
    """The head of a record of a few entries."""
    for citing in ("one", "two", "three", "four", "five"):
        act(citing)
    return actions.publish_head("Ada", key=key, on=noon, power="s.31")


def forged(entry: Entry, **changed: Any) -> Entry:
    """An entry that was changed, with the digest of what it now says."""
    false = replace(entry, **changed)
    return replace(false, digest=chain.digest(false))


def of(number: int) -> Entry:
    found = queries.entry(number)
    assert found is not None
    return found


def independent(tmp_path: Path, *kept: Head, key: str = "") -> str:
    """What the independent program says of a copy of the record; empty where all is whole."""
    copy = tmp_path / "record.jsonl"
    copy.write_text("".join(f"{written_out.line(e)}\n" for e in queries.entries()))
    files = []
    for number, head in enumerate(kept):
        files.append(tmp_path / f"head-{number}.json")
        files[-1].write_text(heads.written(head))
    asked = [sys.executable, "-I", str(VERIFIER), str(copy), *map(str, files)]
    done = subprocess.run(
        [*asked, *(["--key", key] if key else [])], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode in (0, 1)
    return done.stdout if done.returncode else ""


def test_an_honest_record_is_whole_to_both_programs(published: Head, tmp_path: Path) -> None:
    assert published.number == 6  # the sixth says with which key
    found = queries.verify(kept=[Published(published, "a file")])
    assert found.whole
    assert (found.entries, found.heads) == (7, 2)
    assert independent(tmp_path, published) == ""
    assert independent(tmp_path, published, key=published.key) == ""
    assert "unknown key" in independent(tmp_path, published, key="0" * 64)


RENUMBER: Final = """
    DELETE FROM record_entry WHERE number = 3;
    ALTER TABLE record_entry DROP CONSTRAINT record_entry_pkey;
    UPDATE record_entry SET number = number - 1 WHERE number > 3
"""
SWAP: Final = """
    ALTER TABLE record_entry DROP CONSTRAINT record_entry_pkey;
    UPDATE record_entry SET number = 5 - number WHERE number IN (2, 3)
"""
TAMPERINGS: Final = {
    "changed": (SET + "citing = 'half' WHERE number = 3", 3, How.CHANGED),
    "a change of who": (SET + "by = 'Eve' WHERE number = 2", 2, How.CHANGED),
    "a change of when": (SET + '"on" = now() WHERE number = 1', 1, How.CHANGED),
    "removed": ("DELETE FROM record_entry WHERE number IN (3, 4)", 3, How.REMOVED),
    "the first removed": ("DELETE FROM record_entry WHERE number = 1", 1, How.REMOVED),
    "removed and renumbered": (RENUMBER, 3, How.REMOVED),
    "swapped": (SWAP, 2, How.MOVED),
}


@pytest.mark.parametrize(("what", "number", "how"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_it_is_found_where_it_is(
    what: str, number: int, how: How, published: Head, tamper: Tamper, tmp_path: Path
) -> None:
    tamper(*what.split(";"))
    first = queries.verify().faults[0]
    assert (first.number, first.how) == (number, how)
    assert independent(tmp_path)


def test_an_inserted_entry_is_found(published: Head, tamper: Tamper, tmp_path: Path) -> None:
    false = forged(of(3), citing="a better reason")
    tamper(
        "ALTER TABLE record_entry DROP CONSTRAINT record_entry_pkey",
        SET + "number = number + 1 WHERE number >= 3",
        "ALTER TABLE record_entry DROP CONSTRAINT record_entry_previous_key",
        """INSERT INTO record_entry SELECT 3, "on", by, verb, about_kind, about_id, power,
            %(citing)s, %(previous)s, %(digest)s FROM record_entry WHERE number = 4""",
        citing=false.citing,
        previous=false.previous,
        digest=false.digest,
    )
    first = queries.verify().faults[0]
    assert (first.number, first.how) == (3, How.INSERTED)
    assert independent(tmp_path)


def test_an_end_that_was_cut_off_is_found_by_a_published_head(
    published: Head, tamper: Tamper, tmp_path: Path
) -> None:
    tamper("DELETE FROM record_entry WHERE number > 4")
    assert queries.first_fault() is None  # which the chain alone cannot tell
    assert independent(tmp_path) == ""
    (fault,) = queries.verify().faults
    assert (fault.number, fault.how) == (5, How.CUT_OFF)
    assert "entries 5 to 6 were cut off" in fault.why
    tamper("DELETE FROM record_head")
    assert queries.verify().whole  # nor can a record whose heads are gone too
    (fault,) = queries.verify(kept=[Published(published, "a newspaper")]).faults
    assert fault.how is How.CUT_OFF
    assert "cut off after 4" in independent(tmp_path, published)


def test_a_tail_written_anew_with_right_digests_is_found_by_a_published_head(
    published: Head, tamper: Tamper, tmp_path: Path
) -> None:
    before = of(4).digest
    for number in (5, 6, 7):
        anew = forged(of(number), previous=before, by="Eve")
        before = anew.digest
        tamper(
            SET + "by = 'Eve', previous = %(previous)s, digest = %(digest)s WHERE number = %(n)s",
            previous=anew.previous,
            digest=anew.digest,
            n=number,
        )
    assert queries.first_fault() is None
    (fault,) = queries.verify().faults
    assert (fault.number, fault.how) == (6, How.REPLACED)
    assert "written anew" in independent(tmp_path, published)


def test_a_head_removed_from_its_table_is_missed(published: Head, tamper: Tamper) -> None:
    tamper("DELETE FROM record_head")
    (fault,) = queries.verify().faults
    assert (fault.number, fault.how) == (7, How.REMOVED)


def test_a_head_changed_in_its_table_is_not_signed(published: Head, tamper: Tamper) -> None:
    tamper('UPDATE record_head SET "on" = "on" - interval \'1 year\'')
    (fault,) = queries.verify().faults
    assert fault.how is How.UNSIGNED


def test_a_key_is_put_on_the_record_once_and_every_head_after_it(
    published: Head, act: Act, key: Ed25519PrivateKey, noon: datetime
) -> None:
    named, told = of(6), of(7)
    assert (named.verb, named.about.id) == (heads.BEGAN, published.key)
    assert (told.about.id, told.citing, told.power) == ("6", published.digest, "s.31")
    assert actions.publish_head("Ada", key=key, on=noon + timedelta(days=1)) == published
    act("six")
    later = actions.publish_head("Ada", key=key, on=noon + timedelta(days=1))
    assert later.number == 8
    between = queries.entries(after=published.number, until=later.number)
    assert heads.consistency(published, later, between) is None
    assert queries.heads() == [published, later]
    assert queries.last_head() == queries.head(8) == later


def test_a_new_key_is_put_on_the_record_before_it_signs(published: Head, noon: datetime) -> None:
    later = actions.publish_head("Ada", key=Ed25519PrivateKey.generate(), on=noon)
    assert of(later.number).about.id == later.key
    assert queries.verify().keys == (published.key, later.key)
    assert queries.verify().whole


@pytest.mark.django_db
def test_a_record_with_nothing_on_it_can_be_published_too(
    key: Ed25519PrivateKey, noon: datetime
) -> None:
    assert actions.publish_head("Ada", key=key, on=noon).number == 1
    assert queries.verify().whole


@pytest.mark.django_db
def test_the_database_refuses_a_head_that_is_of_no_entry(act: Act, noon: datetime) -> None:
    entry = act("one")
    for number, digest in ((2, entry.digest), (1, "e" * 64)):
        with pytest.raises(DatabaseError, match="number and the digest"), transaction.atomic():
            models.Head.objects.create(number=number, digest=digest, on=noon, key="", signature="")


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE {} SET digest = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_may_not_change_a_head(
    change: str, act: Act, key: Ed25519PrivateKey, noon: datetime
) -> None:
    head = actions.publish_head("Ada", key=key, on=noon)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format("record_head"))
    assert queries.heads() == [head]


@pytest.mark.django_db
def test_a_record_is_verified_while_others_write(act: Act, key: Ed25519PrivateKey) -> None:
    act("one")
    passed = []

    def meanwhile(number: int) -> None:
        passed.append(number)
        if number == 1:
            actions.publish_head("Ben", key=key, on=of(1).on)

    assert queries.verify(seen=meanwhile).whole
    assert passed == [1]
    assert chain.verify(queries.entries()) is None
    assert queries.about(GRANT)
