"""Migrations may run while the service of the release before goes on serving.

So they add and do not take away: nothing is dropped, renamed or made narrower, and a column that
is added to a table that is there has a default or may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.db import connection
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.models import NOT_PROVIDED, Field

_TAKES_AWAY: Final = (
    operations.DeleteModel, operations.RenameModel, operations.RemoveField, operations.RenameField,
    operations.AlterModelTable,
)  # fmt: skip
# A constraint or a trigger may be replaced by another; a column, a table or its rows may not go.
_SQL: Final = re.compile(
    r"\bDROP\s+(TABLE|COLUMN|DATABASE|SCHEMA)\b|\bRENAME\b|\bTRUNCATE\s+TABLE\b|\bDELETE\s+FROM\b"
    r"|\bALTER\s+COLUMN\b(?!\s+\S+\s+(SET\s+DEFAULT|DROP\s+NOT\s+NULL))",
    re.IGNORECASE,
)
_TEXT: Final = re.compile(r"\$\$.*?\$\$|--[^\n]*", re.DOTALL)  # bodies of functions, comments

# When these were added nothing served yet: there was a command line, which runs migrations first.
BEFORE_THERE_WAS_A_SERVICE: Final = ("sources 0003_read_again: reading.turn",)


def ours() -> list[Migration]:
    """Every migration of this project, in the order in which they run."""
    loader = MigrationLoader(None)
    return [
        migration
        for (app, _), migration in sorted(loader.disk_migrations.items())
        if type(migration).__module__.startswith("totalplace.")
    ]


def at(migration: Migration) -> str:
    return f"{migration.app_label} {migration.name}"


def steps(migration: Migration) -> Iterator[Any]:
    """Each operation of a migration, those on the database within others too."""
    for step in migration.operations:
        yield step
        yield from getattr(step, "database_operations", ())


def needs_a_value(field: Field[Any, Any]) -> bool:
    """Whether the release before, which does not know a column, could not add a row any more.

    A default of Django's is none of the database's: what knows no column gives it no default.
    """
    return not (field.null or field.db_default is not NOT_PROVIDED)


def test_there_are_migrations_of_ours() -> None:
    assert len(ours()) > 15


def test_nothing_is_dropped_or_renamed() -> None:
    taking = [
        f"{at(migration)}: {step.describe()}"
        for migration in ours()
        for step in steps(migration)
        if isinstance(step, _TAKES_AWAY)
    ]
    assert taking == []


def test_no_sql_drops_or_renames_either() -> None:
    taking = [
        f"{at(migration)}: {found.group()}"
        for migration in ours()
        for step in steps(migration)
        if isinstance(step, operations.RunSQL)
        for found in _SQL.finditer(_TEXT.sub("", str(step.sql)))
    ]
    assert taking == []


def test_a_column_added_to_a_table_that_is_there_may_be_empty_or_has_a_default() -> None:
    narrow = [
        f"{at(migration)}: {step.model_name}.{step.name}"
        for migration in ours()
        for step in steps(migration)
        if isinstance(step, operations.AddField)
        and not step.field.many_to_many
        and needs_a_value(step.field)
        and not made_here(migration, step.model_name)
    ]
    assert set(narrow) == set(BEFORE_THERE_WAS_A_SERVICE)


def test_no_column_is_made_to_need_a_value() -> None:
    loader = MigrationLoader(None)
    narrow = []
    for migration in ours():
        before = loader.project_state((migration.app_label, migration.name), at_end=False).models
        for step in steps(migration):
            if isinstance(step, operations.AlterField) and not step.field.null:
                table = before.get((migration.app_label, step.model_name_lower))
                if table is not None and table.fields[step.name].null:
                    narrow.append(f"{at(migration)}: {step.model_name}.{step.name}")
    assert narrow == []


def made_here(migration: Migration, model: str) -> bool:
    """Whether a migration makes a table itself, so that nobody uses it yet."""
    return any(
        isinstance(step, operations.CreateModel) and step.name_lower == model.lower()
        for step in migration.operations
    )


@pytest.mark.parametrize(
    ("sql", "takes"),
    [
        ("DROP TABLE a", True),
        ("ALTER TABLE a DROP COLUMN b", True),
        ("ALTER TABLE a RENAME TO b", True),
        ("ALTER TABLE a ALTER COLUMN b SET NOT NULL", True),
        ("ALTER TABLE a ALTER COLUMN b TYPE text", True),
        ("ALTER TABLE a ALTER COLUMN b SET DEFAULT 1", False),
        ("ALTER TABLE a ALTER COLUMN b DROP NOT NULL", False),
        ("DROP TRIGGER a ON b", False),
        ("CREATE FUNCTION f() AS $$ DELETE FROM a $$", False),
        ("REVOKE UPDATE, DELETE, TRUNCATE ON a FROM b", False),
    ],
)
def test_what_takes_away_is_told_from_what_does_not(sql: str, takes: bool) -> None:
    assert bool(_SQL.search(_TEXT.sub("", sql))) == takes


# What the first release asked of the record and of agencies: it goes on while a later one migrates.
OF_THE_FIRST_RELEASE: Final = (
    """INSERT INTO record_entry (number, "on", by, verb, about_kind, about_id, power, citing,
        previous, digest) SELECT coalesce(max(number), 0) + 1, now(), 'ada', 'signed', 'grant',
        '7', '', '', coalesce((SELECT digest FROM record_entry ORDER BY number DESC LIMIT 1),
        repeat('0', 64)), md5(random()::text) || md5(random()::text) FROM record_entry""",
    "SELECT number, digest FROM record_entry ORDER BY number DESC LIMIT 1",
    "INSERT INTO places_place (code, name) VALUES ('wex', 'Wexshire')",
    "INSERT INTO places_agency (code, name, kind, gss) VALUES ('c', 'The Council', 'county', '')",
    "SELECT id, code, name, kind FROM places_agency ORDER BY code",
    """INSERT INTO places_member (agency_id, place_id, first_day) SELECT a.id, p.id, '2026-04-01'
        FROM places_agency a, places_place p""",
    "SELECT id, sha256, name, agency_id FROM sources_sourcefile",
    "SELECT id, path, kind FROM sources_holding",
    "SELECT id, turn, edition_id, before, after FROM count_move",
)


@pytest.mark.django_db
def test_what_the_first_release_asks_is_answered_by_todays_tables() -> None:
    with connection.cursor() as cursor:
        for statement in OF_THE_FIRST_RELEASE:
            cursor.execute(statement)
