"""What the database refuses of what was read, to the application's own role and to the owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from totalplace.doors.records import Address
from totalplace.sources.models import Holding, Superseded

TABLES = ("sourcefile", "reading", "holding", "heldin", "superseded")
CHANGES = [
    change.format(f"sources_{table}")
    for table in TABLES
    for change in (
        "UPDATE {} SET id = id + 1",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
    )
]
Add = Callable[..., object]
AFile = Callable[..., Path]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_what_was_read(
    change: str, given: Path, add: Add, a_file: AFile
) -> None:
    add(a_file(given / "april.csv", "10.00"))
    Superseded.objects.create(holding=Holding.objects.get())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_nor_may_the_owner_with_triggers_put_off(
    committed_records: Address, given: Path, add: Add, a_file: AFile
) -> None:
    add(a_file(given / "april.csv", "10.00"))
    Superseded.objects.create(holding=Holding.objects.get())
    owner = committed_records.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
        autocommit=True,
    ) as past_grants:  # fmt: skip
        past_grants.execute("SET session_replication_role = replica")
        for change in (c for c in CHANGES if "ALTER" not in c):
            with pytest.raises(psycopg.errors.RestrictViolation):
                past_grants.execute(change)


@pytest.mark.django_db
def test_a_reading_that_does_not_account_for_its_rows_is_refused(
    given: Path, add: Add, a_file: AFile
) -> None:
    add(a_file(given / "april.csv", "10.00"))
    copied = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
    with connection.cursor() as cursor:
        cursor.execute(copied, ["sources_reading"])
        names = [f'"{name}"' for (name,) in cursor.fetchall() if name != "id"]
        values = ", ".join({'"rows_in"': "rows_in + 1", '"turn"': "2"}.get(n, n) for n in names)
        insert = f"INSERT INTO sources_reading ({', '.join(names)}) SELECT {values}"
        with pytest.raises(IntegrityError, match="every_row_accounted_for"):
            cursor.execute(f"{insert} FROM sources_reading")


@pytest.mark.django_db
def test_a_holding_is_superseded_once(given: Path, add: Add, a_file: AFile) -> None:
    add(a_file(given / "april.csv", "10.00"))
    Superseded.objects.create(holding=Holding.objects.get())
    with pytest.raises(IntegrityError), transaction.atomic():
        Superseded.objects.create(holding=Holding.objects.get())
