"""What the database refuses of tombstones, and the one change that it lets an erasure make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from totalplace.doors.records import Address
from totalplace.sources.erasing.actions import Erased
from totalplace.sources.models import Tombstone

NAME: Final = "Jane Q Carer"
CHANGES: Final = [
    change.format(f"sources_{table}")
    for table in ("tombstone", "erasedrow", "erasedholding")
    for change in (
        "UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    )
]  # fmt: skip
# Of what was read from a file that has a tombstone.
FIGURES: Final = [
    "UPDATE sources_reading SET sum_pence = 1",
    "UPDATE sources_reading SET document = '(erased)', payments = payments",
    "UPDATE sources_sourcefile SET sha256 = '(erased)'",
    "DELETE FROM sources_reading",
    "TRUNCATE sources_sourcefile CASCADE",
]
Erase = Callable[..., Erased]


@pytest.fixture
def once(given: Path, add: Callable[..., object], erased: Erase) -> Erased:
    """A name that was erased, and another file from which none was."""
    rows = f"Date,Supplier,Amount\n01/04/2024,{NAME},5.00\n"
    (given / "a.csv").write_text(rows)
    (given / "b.csv").write_text(rows.replace(NAME, "Oak Ltd"))
    add(given)
    return erased("a.csv", NAME)


def refused(change: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [*CHANGES, *FIGURES])
def test_the_application_may_not_change_a_tombstone_or_a_figure(change: str, once: Erased) -> None:
    refused(change)


@pytest.mark.django_db
def test_words_of_a_reading_are_erased_after_a_tombstone_and_never_written_anew(
    once: Erased,
) -> None:
    of = "UPDATE sources_reading SET document = '{}' WHERE document = '{}'"
    refused(of.format("(erased).csv", "b.csv"))
    refused(of.format("another.csv", "a.csv"))
    refused("UPDATE sources_sourcefile SET name = '(erased)' WHERE name = 'b.csv'")
    with connection.cursor() as cursor:
        cursor.execute(of.format("(erased).csv", "a.csv"))
        assert cursor.rowcount == 1


@pytest.mark.django_db
def test_a_tombstone_says_why_and_what_is_held(once: Erased) -> None:
    said: dict[str, Any] = dict(Tombstone.objects.values().get())
    del said["id"]
    for wrong in ({"power": ""}, {"reason": ""}, {"held_sha256": ""}, {"removed_why": "x"}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tombstone.objects.create(**{**said, "turn": 2 if wrong else 1, **wrong})


def test_nor_may_the_owner_with_triggers_put_off(committed_records: Address, once: Erased) -> None:
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as past_grants:  # fmt: skip
        past_grants.execute("SET session_replication_role = replica")
        for change in (c for c in [*CHANGES, *FIGURES] if "ALTER" not in c and "payments" not in c):
            with pytest.raises(psycopg.errors.RestrictViolation):
                past_grants.execute(change)
