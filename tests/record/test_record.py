"""Writing on the record, and what the database refuses whoever asks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.doors.records import Address
from totalplace.record import actions, queries
from totalplace.record.rules.chain import BEGINNING, Citation
from totalplace.refusal import Refused

GRANT = Citation("grant", "7")
WRITERS, ENTRIES_EACH = 4, 15


@pytest.mark.django_db
def test_the_first_entry_follows_the_beginning(noon: datetime) -> None:
    entry = actions.write("Ada", "signed", about=GRANT, on=noon, power="s.31", citing="minute 4")
    assert (entry.number, entry.previous) == (1, BEGINNING)
    assert queries.latest(5) == [entry]
    assert queries.first_fault() is None


@pytest.mark.django_db
def test_each_entry_carries_the_digest_of_the_one_before(noon: datetime) -> None:
    first = actions.write("Ada", "drafted", about=GRANT, on=noon)
    second = actions.write("Ben", "signed", about=GRANT, on=noon)
    assert second.previous == first.digest
    assert queries.about(GRANT) == [first, second]
    assert list(queries.entries(after=1)) == [second]
    assert queries.holds(first.digest)
    assert not queries.holds(BEGINNING)


@pytest.mark.django_db
def test_a_time_is_kept_to_the_microsecond_whatever_its_zone() -> None:
    on = datetime(2026, 6, 1, 23, 59, 59, 999_999, tzinfo=UTC)
    actions.write("Ada", "signed", about=GRANT, on=on)
    assert queries.latest(1)[0].on == on
    assert queries.first_fault() is None


@pytest.mark.django_db
def test_an_act_that_fails_leaves_no_entry(noon: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.write("Ada", "signed", about=GRANT, on=noon)
        _ = 1 // 0
    assert queries.last_entry() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("by", "verb", "about"),
    [("", "signed", GRANT), ("Ada", " ", GRANT), ("Ada", "signed", Citation("", "7"))],
)
def test_an_entry_must_say_who_did_what_and_to_what(
    by: str, verb: str, about: Citation, noon: datetime
) -> None:
    with pytest.raises(Refused, match="who did what"):
        actions.write(by, verb, about=about, on=noon)


@pytest.mark.django_db
def test_a_time_without_a_zone_is_refused(noon: datetime) -> None:
    with pytest.raises(Refused, match="time zone"):
        actions.write("Ada", "signed", about=GRANT, on=noon.replace(tzinfo=None))


CHANGES = [
    "UPDATE record_entry SET citing = 'something else'",
    "DELETE FROM record_entry",
    "TRUNCATE record_entry",
    "ALTER TABLE record_entry DISABLE TRIGGER ALL",
    "DROP TABLE record_entry",
    "DROP FUNCTION record_refuse_change() CASCADE",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "CREATE TABLE mine (id int)",
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_the_record(change: str, noon: datetime) -> None:
    actions.write("Ada", "signed", about=GRANT, on=noon)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert len(queries.latest(5)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("citing", ["signed", "signed, but not so"])
def test_an_entry_out_of_turn_is_refused(citing: str, noon: datetime) -> None:
    entry = actions.write("Ada", "signed", about=GRANT, on=noon)
    copied = "on", "by", "verb", "about_kind", "about_id", "power"
    for number, previous in ((entry.number + 2, entry.digest), (entry.number + 1, "f" * 64)):
        with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
            insert(copied, number, previous, citing)


def insert(copied: tuple[str, ...], number: int, previous: str, citing: str) -> None:
    """Put an entry in as SQL, past the action."""
    columns = ", ".join(f'"{name}"' for name in copied)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO record_entry ({columns}, number, previous, digest, citing)"  # noqa: S608
            f" SELECT {columns}, %s, %s, %s, %s FROM record_entry LIMIT 1",
            [number, previous, "e" * 64, citing],
        )


@pytest.mark.parametrize("change", CHANGES[:3])
def test_the_triggers_refuse_the_owner_too(
    change: str, committed_records: Address, noon: datetime
) -> None:
    actions.write("Ada", "signed", about=GRANT, on=noon)
    with as_owner(committed_records) as owner, pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute("SET session_replication_role = replica")
        owner.execute(change)
    assert len(queries.latest(5)) == 1


def test_a_change_past_the_triggers_is_seen(committed_records: Address, noon: datetime) -> None:
    for citing in ("one", "two", "three"):
        actions.write("Ada", "signed", about=GRANT, on=noon, citing=citing)
    with as_owner(committed_records) as owner:
        owner.execute("ALTER TABLE record_entry DISABLE TRIGGER ALL")
        owner.execute("UPDATE record_entry SET citing = '2' WHERE number = 2")
    fault = queries.first_fault()
    assert fault is not None
    assert fault.number == 2


def test_writers_at_the_same_time_leave_no_gap_and_no_fork(
    committed_records: Address, noon: datetime
) -> None:
    together = threading.Barrier(WRITERS)
    failed: list[Exception] = []

    def writer(name: str) -> None:
        together.wait()
        try:
            for act in range(ENTRIES_EACH):
                actions.write(name, "signed", about=Citation("grant", str(act)), on=noon)
        except Exception as error:  # noqa: BLE001  (told to the thread that asserts)
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(f"writer {n}",)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    entries = list(queries.entries())
    assert [entry.number for entry in entries] == list(range(1, WRITERS * ENTRIES_EACH + 1))
    assert queries.first_fault() is None


def as_owner(address: Address) -> psycopg.Connection[Any]:
    """A connection as the owner of the tables, as migrations have it."""
    owner = address.owner
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"],
        user=owner["USER"],
        dbname=owner["NAME"],
        autocommit=True,
    )
