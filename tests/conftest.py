"""Records for tests: the embedded server, and in it a database for each worker.

Tests run as the application's own role, so that grants and triggers are the real ones. A test
marked `django_db` is rolled back; one that must commit asks for `committed_records`.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import hypothesis
import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from totalplace.doors import embedded, records
from totalplace.doors.web.trust import promises
from totalplace.places.rules.mandates import Matter, Officer, Operator, Role

# A developer's own server and home are none of the tests' business.
for name in ("DATABASE_URL", "TOTALPLACE_HOME"):
    os.environ.pop(name, None)

# How long an example takes says more of the computer than of the rule. Each run tries others.
EXAMPLES: Final = 400 if os.environ.get("TOTALPLACE_THOROUGH") else 20
hypothesis.settings.register_profile("house", deadline=None, print_blob=True, max_examples=EXAMPLES)
hypothesis.settings.load_profile("house")

# Where to write what came of the tests that show what is promised; the page /trust shows it.
TRUST: Final = os.environ.pop(promises.RESULTS, None)

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
OPERATOR = Operator("Ada")


def pytest_configure(config: pytest.Config) -> None:
    """Listen to the results where they are to be written; a worker tells its results to us."""
    if TRUST and not hasattr(config, "workerinput"):
        config.pluginmanager.register(TrustResults(Path(TRUST)))


# By these a test uses the server of this run, which may be the system's own.
USE_SERVER: Final = frozenset({"test_server", "db", "committed_records", "records_for_pages"})
OWN_SERVER: Final = "test_own_server.py"  # which starts nothing of the kind itself


# These take longest: they are begun first, so that no worker waits for another at the end.
LONGEST: Final = re.compile(r"killed|/journeys/|/docs/|/running/|test_serve|test_fuzzed|browser")
STARTS_SPARK: Final = re.compile(r"\[spark|/test_spark\.py")


class ByFile(LoadScopeScheduling):
    """Whole files to whichever worker is free: what a file makes for its tests is made once.

    All that starts Spark goes to one worker, for Spark starts once and takes its time. (The groups
    of xdist 3.8 come to nothing with pytest 9: what marks a test there is no longer read.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return "spark" if STARTS_SPARK.search(nodeid) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Distribute tests file by file, in the order in which they stand."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the tests of a server of one's own to `script/test-own-server`, which starts it."""
    if collection_path.name == OWN_SERVER and "TOTALPLACE_TEST_SERVER" not in os.environ:
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest first. On a server of one's own, run only what uses it."""
    items.sort(key=lambda item: not LONGEST.search(item.nodeid))
    if "TOTALPLACE_TEST_SERVER" not in os.environ:
        return
    chosen = [item for item in items if _uses_the_server(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _uses_the_server(item)])
    items[:] = chosen


def _uses_the_server(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return marked or item.path.name == OWN_SERVER or not USE_SERVER.isdisjoint(fixtures)


class TrustResults:
    """What came of each test that a promise names, over all its examples."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.wanted = {test for promise in promises.promises() for test in promise.tests}
        self.tests: dict[str, dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of a result: of the test itself, or of what it needed and did not get."""
        test = report.nodeid.partition("[")[0]
        if test not in self.wanted or (report.when != "call" and report.passed):
            return
        none: dict[str, Any] = {"passed": 0, "failed": 0, "skipped": 0, "measured": []}
        found = self.tests.setdefault(test, none)
        found[report.outcome] += 1
        found["measured"] += [str(v) for name, v in report.user_properties if name == "measured"]

    def pytest_sessionfinish(self) -> None:
        """Write them down, with when and of which version."""
        at = datetime.now(UTC).isoformat(timespec="minutes")
        said = {"at": at, "version": version("totalplace"), "tests": self.tests}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n")


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
    """The server of this run, shared by its workers, and in it a database with every table.

    `script/test-own-server` names another's, by the folder of its socket.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)
    home = Path(tempfile.gettempdir()) / f"totalplace-tests-{run[:12]}"
    own = os.environ.get("TOTALPLACE_TEST_SERVER")
    server = embedded.Server(own, 5432, 0) if own else embedded.attach(home)
    where = {"HOST": server.host, "PORT": str(server.port), "NAME": "every_table"}
    engine = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None}
    address = records.Address(
        application={**engine, **where, "USER": records.APPLICATION},
        owner={**engine, **where, "USER": embedded.SUPERUSER},
        maintenance="postgres",
    )
    if not own:
        _forget_on_power_cut(address)
    yield address
    if not own and embedded.leave(home):
        shutil.rmtree(home)


def _forget_on_power_cut(address: records.Address) -> None:
    """These records end with the run, so nothing waits for a disk. What is killed is elsewhere."""
    with as_superuser(address) as superuser:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            superuser.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        superuser.execute("SELECT pg_reload_conf()")


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
    turns = Path(os.environ.get("TOTALPLACE_TEST_SERVER") or Path(address.owner["HOST"]).parent)
    with (turns / "turn").open("w") as turn:
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


@pytest.fixture
def an_officer() -> Callable[..., Officer]:
    """Appoints an officer, with a mandate where a role is said. Needs records: ask for `db`."""

    def appointed(code: str = "bea", role: Role | None = None, **of: str) -> Officer:
        from totalplace.places import actions as places

        name = of.pop("name", f"{code.capitalize()} Example")
        said = {"name": name, "email": f"{code}@example.org"}
        officer = places.appoint(code, **said, by=OPERATOR, on=NOON)
        if role is not None:
            power = "letter of 1 June 2026"
            places.grant(code, role, Matter(**of), power=power, by=OPERATOR, on=NOON)
        return officer

    return appointed


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Gives a client of an officer who has signed in, past the forms, which have their own tests.

    With a second factor, unless it is said not to.
    """

    def sign_in(officer: Officer, *, second_factor: bool = True) -> Client:
        account = get_user_model().objects.get(code=officer.code)
        client = Client()
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        ways = ["password", "mfa"] if second_factor else ["password"]
        session = client.session
        session["account_authentication_methods"] = [{"method": way, "at": 0} for way in ways]
        session["account_authentication_methods_user"] = str(account.pk)
        session.save()
        return client

    return sign_in
