"""The tables of a new database are the same, made at once or by every migration in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

import psycopg
import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from totalplace.doors import records, tables

made_new = tables.make_new  # itself, while the other way is tried
# What a database is made of, as PostgreSQL itself writes it out.
CATALOGUES: Final = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity,
               character_maximum_length, collation_name
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2""",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
        ORDER BY 1, 2""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public' ORDER BY 1, 2",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled::text, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2""",
    "functions": """
        SELECT proname, pg_get_function_identity_arguments(oid), pg_get_functiondef(oid)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' ORDER BY 1, 2""",
    "grants": """
        SELECT relname, relkind::text, (SELECT array_agg(acl::text ORDER BY acl::text)
                                        FROM unnest(relacl) acl)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')
        ORDER BY 1""",
    "migrations": "SELECT app, name FROM django_migrations ORDER BY 1, 2",
    "kinds of content": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
    "permissions": "SELECT codename, name FROM auth_permission ORDER BY 1, 2",
}


@contextmanager
def a_database(server: records.Address, name: str) -> Iterator[records.Address]:
    """A database of a name on the server of this run, dropped at the end."""
    mine = replace(
        server,
        application={**server.application, "NAME": name},
        owner={**server.owner, "NAME": name},
    )
    yield mine
    owner = server.owner
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname="postgres",
        autocommit=True,
    ) as superuser:  # fmt: skip
        superuser.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def catalogue(address: records.Address) -> dict[str, list[tuple[Any, ...]]]:
    """All that a database is made of."""
    with records.as_owner(address) as owner:
        return {what: owner.execute(sql.encode()).fetchall() for what, sql in CATALOGUES.items()}


@pytest.fixture
def made_at_once(
    test_server: records.Address, django_db_blocker: DjangoDbBlocker
) -> Iterator[records.Address]:
    """A new database."""
    with a_database(test_server, "at_once") as mine, django_db_blocker.unblock():
        records.prepare(mine)
        yield mine


@pytest.fixture
def made_step_by_step(
    test_server: records.Address,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[records.Address]:
    """Another, made by every migration in turn."""
    monkeypatch.setattr(tables, "make_new", lambda alias: frozenset())
    with a_database(test_server, "step_by_step") as mine, django_db_blocker.unblock():
        records.prepare(mine)
        yield mine


def test_a_database_made_at_once_is_the_one_that_the_migrations_make(
    made_at_once: records.Address, made_step_by_step: records.Address
) -> None:
    at_once, in_turn = catalogue(made_at_once), catalogue(made_step_by_step)
    assert min(len(rows) for rows in at_once.values()) > 0
    for what, rows in in_turn.items():
        assert at_once[what] == rows, what
    # Of a database that has tables, nothing is made anew.
    connections.databases["owner"] = {**connections.databases["default"], **made_at_once.owner}
    try:
        assert made_new("owner") == frozenset()
    finally:
        connections["owner"].close()
        del connections["owner"]
        del connections.databases["owner"]
    assert catalogue(made_at_once) == at_once
