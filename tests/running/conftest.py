"""Homes with something in them, the command as a user runs it, and all that a home holds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
import pytest
from psycopg import sql

from totalplace.doors import embedded

# What a place has after some use: files read, a recipe, a form, an act or two, a head, an erasure.
_FILL: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
home = Path(sys.argv[1])
records.ready(home)
from totalplace.doors import heads
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.erasing import actions as erasing
from totalplace.sources.home import Home
on, ada = datetime(2026, 6, 1, 12, tzinfo=UTC), Operator("Ada")
places.register_agency("council", by=ada, on=on)
given = home.parent / "given"
given.mkdir()
for month in range(1, 6):
    rows = [f"{day:02d}/{month:02d}/2025,Oak {day} Ltd,Highways,{day}.50" for day in range(1, 29)]
    rows.append(f"01/{month:02d}/2025,Jo Bloggs,Care,12.34")
    text = "Date,Supplier,Directorate,Amount\\n" + "\\n".join(rows) + "\\n"
    (given / f"{month}.csv").write_text(text)
added = list(sources.add(
    sources.published([given]), sources.Terms("council"), home=Home(home), by=ada, on=on))
(home / "forms").mkdir(exist_ok=True)
(home / "forms" / "own.yaml").write_text("a form: of our own\\n")
heads.publish(home, by=ada, on=on)
grounds = erasing.Grounds("UK GDPR article 17(1)(d)", "published by mistake")
erasing.erase(Home(home), added[0].sha256, "Jo Bloggs", grounds=grounds, by=ada, on=on)
heads.publish(home, by=ada, on=on)
"""
_SCHEMA: Final = """
    SELECT 'table ' || relname || ' ' || coalesce(relacl::text, '') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger ' || tgrelid::regclass || tgname || tgenabled::text || tgtype
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'constraint ' || conname  -- read again, it has other brackets and casts
            || regexp_replace(pg_get_constraintdef(oid), '::[a-z ]+(\\[\\])?|[()]', '', 'g')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'function ' || proname || md5(prosrc) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'default ' || defaclobjtype::text || defaclacl::text FROM pg_default_acl
    UNION ALL SELECT 'sequence ' || sequencename || coalesce(last_value, 0) FROM pg_sequences
    ORDER BY 1
"""


def environment() -> dict[str, str]:
    """Of a program of its own: ours, less what would lead it to other settings."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    return own | {"PYTHONPATH": os.pathsep.join(sys.path)}


def command(home: Path, *words: str | Path) -> list[str]:
    """The words of a command on a home."""
    return [sys.executable, "-m", "totalplace", "--home", str(home), *map(str, words)]


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a command as a user does, in a program of its own."""

    def running(home: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(home, *words), env=environment(), capture_output=True, text=True, check=False
        )

    return running


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command, and ends with the test what has not ended."""
    started: list[subprocess.Popen[str]] = []

    def starting(home: Path, *words: str | Path) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                command(home, *words), env=environment(), text=True,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
        )  # fmt: skip
        return started[-1]

    yield starting
    for each in started:
        with each:
            each.kill()


@dataclass(slots=True)
class Held:
    """All that a home holds, by hash: its files, its tables, and how the database guards them."""

    files: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    schema: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def held() -> Callable[..., Held]:
    """Tells all that a home holds; of the record, up to an entry."""

    def holding(home: Path, *, until: int) -> Held:
        server = embedded.attach(home)
        found = Held()
        try:
            with psycopg.connect(
                host=server.host, port=server.port, user=embedded.SUPERUSER, dbname="totalplace"
            ) as owner:
                found.schema = [str(line) for (line,) in owner.execute(_SCHEMA)]
                tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
                for (name,) in owner.execute(tables).fetchall():
                    some = f" WHERE number <= {until}" if name == "record_entry" else ""
                    rows = sql.SQL("SELECT t::text FROM {} t{} ORDER BY 1").format(
                        sql.Identifier(name), sql.SQL(some)
                    )
                    found.tables[name] = _hash("\n".join(str(r) for (r,) in owner.execute(rows)))
        finally:
            embedded.leave(home)
        for path in sorted(home.rglob("*")):
            top = path.relative_to(home).parts[0]
            if path.is_file() and top not in ("records", "scratch", "keys") and top[0] != ".":
                found.files[str(path.relative_to(home))] = _hash(path.read_bytes())
        return found

    return holding


def _hash(content: str | bytes) -> str:
    whole = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(whole).hexdigest()


@pytest.fixture(scope="session")
def used() -> Iterator[Path]:
    """A home with something in it, as a place has after some use."""
    with tempfile.TemporaryDirectory(prefix="totalplace-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        filled = subprocess.run(
            [sys.executable, "-c", _FILL, str(home)],
            env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert filled.returncode == 0, filled.stderr
        yield home


@pytest.fixture(scope="session")
def kept(used: Path, run: Run) -> Path:
    """A backup of it."""
    to = used.parent / "kept.tar"
    done = run(used, "backup", to)
    assert done.returncode == 0, done.stderr
    return to


@pytest.fixture
def nowhere(reachable: Path) -> Path:
    """A home that is not there yet."""
    return reachable / "another home"
