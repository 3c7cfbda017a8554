"""Records for tests: the embedded server, and in it a database for each worker.

Tests run as the application's own role, so that grants and triggers are the real ones. A test
marked `django_db` is rolled back; one that must commit asks for `committed_records`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import psycopg
import pytest
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from totalplace.doors import embedded, records

# A developer's own server and home are none of the tests' business.
for name in ("DATABASE_URL", "TOTALPLACE_HOME"):
    os.environ.pop(name, None)

# How long an example takes says more of the computer than of the rule.
hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the user's own files and records."""
    monkeypatch.setenv("TOTALPLACE_HOME", str(tmp_path / "home"))


@pytest.fixture
def noon() -> datetime:
    """A moment at which acts are done."""
    return NOON


@pytest.fixture
def reachable(tmp_path: Path) -> Iterator[Path]:
    """A folder for a server's records.

    Under root the server runs as another account, and pytest closes the folder above its own to
    others whenever it starts; so a second run would cut this one's server off from its files.
    """
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def test_server() -> Iterator[records.Address]:
    """The server of this run, shared by its workers, and in it a database with every table."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    home = Path(tempfile.gettempdir()) / f"totalplace-tests-{run[:12]}"
    server = embedded.attach(home)
    where = {"HOST": server.host, "PORT": str(server.port), "NAME": "every_table"}
    engine = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None}
    address = records.Address(
        application={**engine, **where, "USER": records.APPLICATION},
        owner={**engine, **where, "USER": embedded.SUPERUSER},
        maintenance="postgres",
    )
    yield address
    if embedded.leave(home):
        shutil.rmtree(home)


@pytest.fixture(scope="session")
def django_db_setup(
    test_server: records.Address, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this worker a database, in place of the one that pytest-django would make."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with django_db_blocker.unblock(), one_at_a_time(test_server):
        records.prepare(test_server)
    with copy_of(test_server, f"test_{worker}") as mine:
        records.use(mine)
        yield
        records.use(test_server)


@pytest.fixture
def committed_records(
    test_server: records.Address, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[records.Address]:
    """A database of the test's own, for what is only true once it is committed."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    before = replace(test_server, application=records.as_application())
    with copy_of(test_server, f"committed_{worker}") as mine, django_db_blocker.unblock():
        records.use(mine)
        yield mine
        records.use(before)


@contextmanager
def one_at_a_time(address: records.Address) -> Iterator[None]:
    """A database can be copied only while nobody uses it, so workers take turns."""
    with (Path(address.owner["HOST"]).parent / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@contextmanager
def copy_of(address: records.Address, name: str) -> Iterator[records.Address]:
    """A copy of the database with every table, for as long as it is needed."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    make = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
        sql.Identifier(name), sql.Identifier(address.owner["NAME"])
    )
    with one_at_a_time(address), as_superuser(address) as superuser:
        superuser.execute(drop)
        superuser.execute(make)
    yield replace(
        address,
        application={**address.application, "NAME": name},
        owner={**address.owner, "NAME": name},
    )
    with as_superuser(address) as superuser:
        superuser.execute(drop)


def as_superuser(
    address: records.Address, database: str = "postgres"
) -> psycopg.Connection[tuple[object, ...]]:
    """A connection past every grant, as only the tests' own set-up has it."""
    owner = address.owner
    return psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=database, autocommit=True
    )
