"""A PostgreSQL server of one's own, whose owner of the database is no superuser.

`script/test-own-server` starts one, the oldest that is installed, and names it here.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
from psycopg import sql

from totalplace.doors.records import APPLICATION

Run = Callable[..., subprocess.CompletedProcess[str]]
SERVER: Final = os.environ.get("TOTALPLACE_TEST_SERVER", "")


@pytest.fixture
def database() -> Iterator[Callable[[], str]]:
    """Makes databases, each of an owner who may make roles and nothing more; tells an address."""
    made: list[str] = []
    with psycopg.connect(host=SERVER, user="postgres", autocommit=True) as superuser:

        def make() -> str:
            name = f"own_{uuid.uuid4().hex[:8]}"
            made.append(name)
            named = sql.Identifier(name)
            superuser.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(named))
            superuser.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(named, named))
            return f"postgresql://{name}@/{name}?host={SERVER}"

        yield make
        for name in made:
            named = sql.Identifier(name)
            superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))
            superuser.execute(sql.SQL("DROP OWNED BY {}").format(named))
            superuser.execute(sql.SQL("DROP ROLE {}").format(named))


def test_records_are_kept_on_it_and_the_application_may_not_change_the_record(
    database: Callable[[], str], nowhere: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database())
    for words in (
        ("places", "add", "wex", "--name", "Wexshire"),
        ("record", "publish-head"),
        ("record", "verify"),
    ):
        done = run(nowhere, *words)
        assert done.returncode == 0, done.stderr
    assert "3 entries, none missing" in done.stdout
    assert not (nowhere / "records").exists()
    with psycopg.connect(os.environ["DATABASE_URL"]) as owner:
        owner.execute(f"SET ROLE {APPLICATION}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("DELETE FROM record_entry")


def test_a_backup_moves_a_place_from_its_laptop_to_the_server_and_back(
    database: Callable[[], str],
    kept: Path,
    nowhere: Path,
    reachable: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database())
    there = run(nowhere, "restore", kept)
    assert there.returncode == 0, there.stderr
    assert "none missing, none changed; 2 published heads" in there.stdout
    assert run(nowhere, "places", "add", "wex", "--name", "Wexshire").returncode == 0
    back = reachable / "back.tar"
    taken = run(nowhere, "backup", back)
    assert taken.returncode == 0, taken.stderr
    again = run(reachable / "a third", "restore", back)
    assert again.returncode == 2
    assert "the database is not empty" in again.stderr
    monkeypatch.delenv("DATABASE_URL")
    laptop = reachable / "a laptop"
    done = run(laptop, "restore", back)
    assert done.returncode == 0, done.stderr
    assert "place wex" in run(laptop, "record", "show").stdout


def test_a_backup_that_does_not_fit_leaves_the_database_as_empty_as_it_was(
    database: Callable[[], str],
    kept: Path,
    nowhere: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database())
    false = tmp_path / "false.tar"
    with tarfile.open(kept) as old, tarfile.open(false, "w") as new:
        for part in old.getmembers():
            content = old.extractfile(part)
            assert content is not None
            if part.name == "manifest.json":
                said = json.dumps(json.load(content) | {"entries": 99}).encode()
                part.size, content = len(said), io.BytesIO(said)
            new.addfile(part, content)
    refused = run(nowhere, "restore", false)
    assert "it does not end where it was backed up" in refused.stderr
    done = run(nowhere, "restore", kept)
    assert done.returncode == 0, done.stderr
