"""The records open by themselves, for many programs at once, and after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from totalplace.doors import embedded, records

WRITE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
records.ready(Path(sys.argv[1]))
from totalplace.record import actions
from totalplace.record.rules.chain import Citation
print(actions.write("Ada", "signed", about=Citation("grant", "7"), on=datetime.now(UTC)).number)
"""
WRITE_AND_WAIT = WRITE + "\nsys.stdout.flush(); sys.stdin.read()\n"
STEPS = 60.0


class Programs:
    """Python programs of their own that use the records of a home."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[str]] = []

    def __call__(self, code: str, home: Path, **settings: str) -> subprocess.Popen[str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        started = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**own, "PYTHONPATH": os.pathsep.join(sys.path), **settings},
        )
        self.started.append(started)
        return started

    def end(self) -> None:
        for each in self.started:
            with each:
                each.kill()


@pytest.fixture
def program() -> Iterator[Programs]:
    """Starts programs, and ends with the test those that have not ended."""
    programs = Programs()
    yield programs
    programs.end()


def said_by(program: subprocess.Popen[str]) -> str:
    """What a program printed, once it has ended well."""
    out, err = program.communicate(timeout=STEPS)
    assert program.returncode == 0, err
    assert err == ""
    return out.strip()


def server_of(home: Path) -> int | None:
    """The number of the server that runs for a home, or None."""
    try:
        pid = int((home / "records" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, IndexError, ValueError):
        return None
    return pid


@pytest.fixture
def home(reachable: Path) -> Iterator[Path]:
    """A home with nothing in it; no server is left behind."""
    folder = reachable / "a home's folder"
    yield folder
    if (pid := server_of(folder)) is not None:
        os.kill(pid, signal.SIGINT)


def test_the_first_program_makes_the_records_and_the_last_stops_the_server(
    program: Programs, home: Path
) -> None:
    assert said_by(program(WRITE, home)) == "1"
    assert server_of(home) is None
    elsewhere = {"PGPORT": "9", "PGHOST": "nowhere", "PGDATABASE": "none", "PGUSER": "nobody"}
    assert said_by(program(WRITE, home, **elsewhere)) == "2"  # which is another server's business
    assert server_of(home) is None


def test_programs_that_start_at_once_share_one_server(program: Programs, home: Path) -> None:
    together = [program(WRITE, home) for _ in range(2)]
    assert sorted(said_by(each) for each in together) == ["1", "2"]
    assert server_of(home) is None


def test_a_program_that_ends_leaves_the_server_to_the_others(program: Programs, home: Path) -> None:
    stays = program(WRITE_AND_WAIT, home)
    assert stays.stdout is not None
    assert stays.stdout.readline().strip() == "1"
    assert said_by(program(WRITE, home)) == "2"
    assert server_of(home) is not None
    said_by(stays)
    assert server_of(home) is None


def test_after_a_program_was_killed_the_next_just_works(program: Programs, home: Path) -> None:
    with killed(program(WRITE_AND_WAIT, home)):
        left = server_of(home)
    assert left is not None
    assert said_by(program(WRITE, home)) == "2"
    assert server_of(home) is None


def test_after_the_server_was_killed_too_nothing_written_is_lost(
    program: Programs, home: Path
) -> None:
    with killed(program(WRITE_AND_WAIT, home)):
        pid = server_of(home)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    assert said_by(program(WRITE, home)) == "2"
    assert server_of(home) is None


def test_a_note_of_a_dead_server_whose_number_is_anothers_is_seen_through(
    program: Programs, home: Path
) -> None:
    said_by(program(WRITE, home))
    note = home / "records" / "postmaster.pid"
    lines = [str(os.getpid()), str(home / "records"), "0", "5432", str(home / "records"), "", "0 0"]
    note.write_text("\n".join([*lines, "ready   "]) + "\n")
    note.chmod(0o644)
    assert said_by(program(WRITE, home)) == "2"


def test_a_program_killed_while_it_made_the_records_is_no_harm(
    program: Programs, home: Path
) -> None:
    half_made = home / ".records.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18\n")
    assert said_by(program(WRITE, home)) == "1"
    assert not half_made.exists()


@pytest.mark.parametrize("name", ["long " * 40, "a \"$(touch 'here')\", â ŵ"])
def test_records_open_in_a_folder_of_any_name(
    program: Programs, reachable: Path, name: str
) -> None:
    home = reachable / name.strip()
    assert said_by(program(WRITE, home)) == "1"
    assert server_of(home) is None


def test_one_program_has_one_home(program: Programs, home: Path) -> None:
    code = WRITE + "records.ready(Path(sys.argv[1] + '-2'))"
    told = program(code, home).communicate(timeout=STEPS)[1]
    assert "Use one home in one program" in told


def test_records_of_a_newer_version_are_not_touched(program: Programs, home: Path) -> None:
    said_by(program(WRITE, home))
    newer = (
        "\nfrom totalplace.doors.records import _opened, as_owner\n"
        'with as_owner(_opened.address) as owner:\n    owner.execute("INSERT INTO'
        " django_migrations (app, name, applied) VALUES ('record', '9999_later', now())\")\n"
    )
    said_by(program(WRITE.replace("print(", "str(") + newer, home))
    told = program(WRITE, home).communicate(timeout=STEPS)[1]
    assert "written by a newer version of totalplace (record 9999_later)" in told


def test_a_home_that_cannot_be_made_is_refused(program: Programs, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = program(WRITE, tmp_path / "file" / "home").communicate(timeout=STEPS)[1]
    assert "Choose another folder with --home" in told


def test_a_server_of_ones_own_is_used_with_an_owner_who_is_no_superuser(
    program: Programs, test_server: records.Address, tmp_path: Path
) -> None:
    with a_database_with_an_owner(test_server) as url:
        assert said_by(program(WRITE, tmp_path / "home", DATABASE_URL=url)) == "1"
        assert said_by(program(WRITE, tmp_path / "home", DATABASE_URL=url)) == "2"
        erase = WRITE + "\nfrom django.db import connection\n"
        erase += 'connection.cursor().execute("DELETE FROM record_entry")'
        told = program(erase, tmp_path / "home", DATABASE_URL=url).communicate(timeout=STEPS)[1]
        assert "permission denied for table record_entry" in told
    assert not (tmp_path / "home" / "records").exists()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "DATABASE_URL cannot be read"),
        ("postgresql://nobody@127.0.0.1:9/none", "could not be made ready"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    program: Programs, url: str, told: str, tmp_path: Path
) -> None:
    _, err = program(WRITE, tmp_path / "home", DATABASE_URL=url).communicate(timeout=STEPS)
    assert told in err.splitlines()[-1]


def test_nobody_else_can_reach_the_server(home: Path) -> None:
    server = embedded.attach(home)
    try:
        sock = Path(server.host) / f".s.PGSQL.{server.port}"
        assert sock.stat().st_mode & 0o077 == 0
        assert (home / "records").stat().st_mode & 0o077 == 0
    finally:
        embedded.leave(home)
    assert server_of(home) is None


@contextmanager
def killed(waiting: subprocess.Popen[str]) -> Iterator[None]:
    """A program that has written, and was then killed without a chance to clean up."""
    assert waiting.stdout is not None
    assert waiting.stdout.readline().strip() == "1"
    waiting.kill()
    waiting.wait(STEPS)
    yield


@contextmanager
def a_database_with_an_owner(server: records.Address) -> Iterator[str]:
    """An empty database, as an administrator would give it, and its address."""
    import psycopg

    where = {"host": server.owner["HOST"], "port": server.owner["PORT"]}
    name = f"ours_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(**where, user="postgres", dbname="postgres", autocommit=True) as admin:
        admin.execute(f"CREATE ROLE {name} LOGIN CREATEROLE")
        admin.execute(f"CREATE DATABASE {name} OWNER {name}")
        if admin.execute("SELECT 1 FROM pg_roles WHERE rolname = 'totalplace_app'").fetchone():
            admin.execute(f"GRANT totalplace_app TO {name} WITH ADMIN OPTION")
        try:
            yield f"postgresql://{name}@/{name}?host={where['host']}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
            admin.execute(f"DROP OWNED BY {name}")
            admin.execute(f"DROP ROLE {name}")
