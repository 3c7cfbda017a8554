"""Every table that is never changed, of every room, found by asking the database itself.

A new table of ours is either guarded, or stands below with the reason why its rows may change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import psycopg
import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from totalplace.doors.records import Address

# BEFORE, UPDATE, DELETE and TRUNCATE, once a statement: bits of pg_trigger.tgtype.
_REFUSES_ALL: Final = 2 | 8 | 16 | 32
_ALWAYS: Final = "A"  # also where replication would switch triggers off

MAY_CHANGE: Final = {
    "places_agency": "its name is corrected; the record says by whom",
    "places_place": "its name is corrected; the record says by whom",
    "places_member": "the last day of a membership is said later",
    "places_registersource": "a source that was loaded again says so",
    "places_placearea": "the last day of an area in a place is said later",
    "ledger_total": "the sum of what was posted; the database alone puts to it, with each posting",
    "places_officer": "a person's name, address and password change; their code does not",
    "sources_sourcefile": "a name within its words may be erased, and nothing else",
    "sources_reading": "a name within its words may be erased, and nothing else",
    "work_work": "how far a piece of work is changes as it is done",
    "api_token": "a token is ended",
    "digests_digest": "an officer chooses anew",
    "digests_follower": "an address is confirmed, told of, and emptied on leaving",
    "participation_responsecode": "a code that was used says so, once, and nothing else of it",
    "participation_codesalt": "it is emptied once the hearing is over, and never changed",
    "participation_keptanswer": "it is emptied once the answer is sent, and never changed",
    "participation_sittingcontact": "how to reach a member is theirs: it is changed, and erased",
}
_GUARDS: Final = """
    SELECT tgrelid::regclass::text, tgtype, tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgname LIKE '%never_changed'
"""


def own_tables() -> dict[str, str]:
    """Every table of ours, with what its model says of it."""
    return {
        model._meta.db_table: model.__doc__ or ""  # noqa: SLF001  (Django's own name for it)
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("totalplace.")
    }


def guarded() -> dict[str, tuple[int, str]]:
    """Every table that a trigger guards from change: on what, and whether always."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS)
        return {table: (on, always) for table, on, always in cursor.fetchall()}


@pytest.mark.django_db
def test_every_table_is_guarded_or_has_a_reason_why_it_may_change() -> None:
    unguarded = set(own_tables()) - set(guarded())
    assert unguarded == set(MAY_CHANGE) & set(own_tables())


@pytest.mark.django_db
def test_what_says_that_it_is_never_changed_is_guarded() -> None:
    claiming = {table for table, says in own_tables().items() if "never changed" in says.lower()}
    assert len(claiming) > 3
    assert claiming - set(guarded()) == set()


@pytest.mark.django_db
def test_every_guard_refuses_all_three_and_cannot_be_put_off() -> None:
    weak = {t: how for t, how in guarded().items() if how != (_REFUSES_ALL, _ALWAYS)}
    assert weak == {}
    assert len(guarded()) > 30


def changes(table: str) -> Iterator[str]:
    """What would change what is in a table, or take its guard away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s LIMIT 1",
            [table],
        )
        (column,) = cursor.fetchone()
    yield f'UPDATE {table} SET "{column}" = "{column}"'  # noqa: S608  (names from the database)
    yield f"DELETE FROM {table}"  # noqa: S608
    yield f"TRUNCATE {table} CASCADE"
    yield f"ALTER TABLE {table} DISABLE TRIGGER ALL"
    yield f"DROP TABLE {table} CASCADE"


@pytest.mark.django_db
def test_the_application_may_do_none_of_it() -> None:
    done = []
    for change in [change for table in guarded() for change in changes(table)]:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        except ProgrammingError:  # it has no permission, or is not the owner
            continue
        done.append(change)
    assert done == []


def test_nor_may_the_owner_of_the_tables_as_if_it_were_a_replica(
    committed_records: Address,
) -> None:
    tried = [change for table in guarded() for change in list(changes(table))[:3]]
    done = []
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as past_grants:  # fmt: skip
        past_grants.execute("SET session_replication_role = replica")
        for change in tried:
            try:
                past_grants.execute(change)
            except psycopg.errors.RestrictViolation:
                continue
            done.append(change)
    assert done == []


@pytest.mark.django_db
def test_the_application_may_remove_nothing_of_a_room() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.role_table_grants WHERE grantee = "
            "current_user AND privilege_type IN ('DELETE', 'TRUNCATE')"
        )
        removable = {table for (table,) in cursor.fetchall()}
    assert removable & set(own_tables()) == set()
