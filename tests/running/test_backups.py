"""Backups: taken while others work, whole or not at all, and the drill of bringing one back."""

from __future__ import annotations

import io
import json
import os
import signal
import stat
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from totalplace.doors import embedded
from totalplace.doors.backups import archive
from totalplace.refusal import Refused

Run = Callable[..., subprocess.CompletedProcess[str]]
Start = Callable[..., subprocess.Popen[str]]
_STEPS: Final = 120.0

# One home, which is made once and backed up as it is: the drill first.


def listed(path: Path) -> dict[str, Any]:
    """What a backup says that it holds."""
    with tarfile.open(path) as tar:
        found = tar.extractfile("manifest.json")
        assert found is not None
        read: dict[str, Any] = json.load(found)
        return read


def test_the_drill_all_that_was_backed_up_comes_back_the_same(
    used: Path,
    kept: Path,
    nowhere: Path,
    run: Run,
    held: Callable[..., Any],
    record_property: Callable[[str, object], None],
) -> None:
    until = listed(kept)["entries"]
    before = held(used, until=until)
    began = time.monotonic()
    restored = run(nowhere, "restore", kept)
    seconds = time.monotonic() - began
    assert restored.returncode == 0, restored.stderr
    after = held(nowhere, until=until)
    assert after.files == before.files
    assert after.tables == before.tables
    assert after.schema == before.schema
    assert len(before.files) > 5
    assert sum("trigger" in line for line in before.schema) > 20
    assert "none missing, none changed; 2 published heads" in restored.stdout
    measured = f"{kept.stat().st_size / 1e6:.1f} MB restored and checked in {seconds:.1f} seconds"
    record_property("measured", measured)
    print(f"\nThe drill: {measured}.")  # noqa: T201  (shown with -s, and where it fails)


def test_after_a_restore_work_goes_on_and_it_is_on_the_record(
    kept: Path, nowhere: Path, run: Run
) -> None:
    assert run(nowhere, "restore", kept).returncode == 0
    assert run(nowhere, "places", "add", "wex", "--name", "Wexshire").returncode == 0
    shown = run(nowhere, "record", "show").stdout
    assert "restored a backup" in shown
    assert "place wex" in shown
    verified = run(nowhere, "record", "verify")
    assert verified.returncode == 0, verified.stderr


def test_only_its_owner_can_read_a_backup_and_the_key_is_left_out(
    used: Path, kept: Path, nowhere: Path, run: Run
) -> None:
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not any("keys/" in name for name in listed(kept)["files"])
    other = kept.with_name("with-keys.tar")
    assert run(used, "backup", "--with-keys", other).returncode == 0
    assert run(nowhere, "restore", other).returncode == 0
    key = nowhere / "keys" / "record.pem"
    assert key.read_bytes() == (used / "keys" / "record.pem").read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_backup_is_never_written_over_another_nor_into_the_home(
    used: Path, kept: Path, run: Run
) -> None:
    for to, why in ((kept, "is there already"), (used / "in-it.tar", "would stand in")):
        done = run(used, "backup", to)
        assert done.returncode == 2
        assert why in done.stderr
    missing = run(used, "backup", used.parent / "no" / "such.tar")
    assert "there is no folder" in missing.stderr


def test_nothing_is_restored_onto_a_home_that_is_not_empty(
    kept: Path, nowhere: Path, run: Run
) -> None:
    nowhere.mkdir()
    (nowhere / "mine.txt").write_text("mine")
    done = run(nowhere, "restore", kept)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in nowhere.iterdir()] == ["mine.txt"]


def changed(kept: Path, to: Path, how: str) -> Path:
    """A copy of a backup with something done to it."""
    whole = bytearray(kept.read_bytes())
    if how == "cut off":
        to.write_bytes(whole[: len(whole) // 2])
    elif how == "cut off between two parts":
        with tarfile.open(kept) as tar:
            last = tar.getmembers()[-2]
        to.write_bytes(whole[: last.offset])
    elif how == "a byte changed":
        with tarfile.open(kept) as tar:
            part = next(p for p in tar.getmembers() if "originals" in p.name)
        whole[part.offset_data + 10] ^= 1
        to.write_bytes(whole)
    elif how == "no archive":
        to.write_bytes(b"no archive at all")
    else:
        _with_another_part(kept, to, how)
    return to


def _with_another_part(kept: Path, to: Path, how: str) -> None:
    with tarfile.open(kept) as old, tarfile.open(to, "w") as new:
        for part in old.getmembers():
            if how == "a file taken out" and "originals" in part.name:
                how = "done"
                continue
            new.addfile(part, old.extractfile(part))
        if how.startswith("a file put in as "):
            added = tarfile.TarInfo(how.removeprefix("a file put in as "))
            added.size = 3
            new.addfile(added, io.BytesIO(b"new"))
        if how == "a link put in":
            added = tarfile.TarInfo("home/link")
            added.type, added.linkname = tarfile.SYMTYPE, "../../elsewhere"
            new.addfile(added)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("cut off", "cannot be read to its end"),
        ("cut off between two parts", "it has no list"),
        ("a byte changed", "was changed"),
        ("no archive", "cannot be read"),
        ("a file taken out", "is missing from it"),
        ("a file put in as home/new", "was put into it"),
        ("a file put in as ../out", "cannot be read"),
        ("a file put in as home/../../out", "cannot be read"),
        ("a link put in", "cannot be read"),
    ],
)
def test_a_backup_that_was_changed_is_refused(
    how: str, why: str, kept: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match=why):
        archive.unpack(changed(kept, tmp_path / "changed.tar", how), tmp_path / "into" / "it")
    assert not list(tmp_path.rglob("out"))


def test_of_a_backup_that_was_changed_nothing_is_left(
    kept: Path, nowhere: Path, run: Run, tmp_path: Path
) -> None:
    done = run(nowhere, "restore", changed(kept, tmp_path / "changed.tar", "a byte changed"))
    assert done.returncode == 2, done.stderr
    assert "nothing was restored" in done.stderr
    assert list(nowhere.iterdir()) == []


def test_a_record_that_was_changed_before_is_not_restored(
    kept: Path, nowhere: Path, reachable: Path, run: Run
) -> None:
    assert run(nowhere, "restore", kept).returncode == 0
    server = embedded.attach(nowhere)
    with psycopg.connect(
        host=server.host, port=server.port, user=embedded.SUPERUSER, dbname="totalplace"
    ) as superuser:
        superuser.execute("ALTER TABLE record_entry DISABLE TRIGGER ALL")
        superuser.execute("UPDATE record_entry SET citing = 'else' WHERE number = 2")
        superuser.execute("ALTER TABLE record_entry ENABLE ALWAYS TRIGGER record_never_changed")
    embedded.leave(nowhere)
    assert run(nowhere, "backup", reachable / "false.tar").returncode == 0
    third = reachable / "third"
    done = run(third, "restore", reachable / "false.tar")
    assert done.returncode == 2
    assert "entry 2 is not as it was written" in done.stderr
    assert list(third.iterdir()) == []


def until(there: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + _STEPS
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_one(
    used: Path, reachable: Path, run: Run, start: Start
) -> None:
    (used / "originals" / ("0" * 64)).write_bytes(os.urandom(200_000_000))
    to = reachable / "killed.tar"
    running = start(used, "backup", to)
    until((reachable / "killed.tar.part").exists)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not to.exists()
    (used / "originals" / ("0" * 64)).unlink()
    again = run(used, "backup", to)
    assert again.returncode == 0, again.stderr
    assert not (reachable / "killed.tar.part").exists()
    assert list((used / "scratch").iterdir()) == []
    done = run(reachable / "home", "restore", to)
    assert done.returncode == 0, done.stderr


def test_a_restore_that_is_killed_is_begun_again(
    kept: Path, nowhere: Path, run: Run, start: Start
) -> None:
    running = start(nowhere, "restore", kept)
    until(lambda: (nowhere / "records" / "postmaster.pid").exists() or running.poll() is not None)
    running.send_signal(signal.SIGKILL)
    running.wait()
    again = run(nowhere, "restore", kept)
    assert again.returncode == 0, again.stderr
    assert "none missing, none changed" in again.stdout


WORKING: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from totalplace.doors import records
home, given = Path(sys.argv[1]), Path(sys.argv[2])
records.ready(home)
from totalplace.places.rules.mandates import Operator
from totalplace.sources import actions as sources
from totalplace.sources.erasing import actions as erasing
from totalplace.sources.home import Home
on, ada = datetime(2026, 6, 1, 12, tzinfo=UTC), Operator("Ada")
grounds = erasing.Grounds("UK GDPR article 17(1)(d)", "published by mistake")
number = 0
while True:
    number += 1
    file = given / f"{number}.csv"
    file.write_text(f"Date,Supplier,Amount\\n01/04/2025,Oak Ltd,{number}.00\\n"
        f"02/04/2025,Jo Bloggs,{number}.01\\n03/04/2025,Elm Ltd,{number}.02\\n")
    (added,) = sources.add(
        sources.published([file]), sources.Terms("council"), home=Home(home), by=ada, on=on)
    erasing.erase(Home(home), added.sha256, "Jo Bloggs", grounds=grounds, by=ada, on=on)
    print(number, flush=True)
"""
CHECK: Final = """
import sys
from pathlib import Path
from totalplace.doors import records
home = Path(sys.argv[1])
records.ready(home)
from totalplace.sources.erasing.held import copy_of, refuse_changed
from totalplace.sources import models, queries
from totalplace.sources.home import Home
files = list(models.SourceFile.objects.all())
for file in files:
    refuse_changed(file, copy_of(Home(home), file.sha256))
parts = queries.holdings(Home(home))["payments"]
assert all(Path(part).exists() for part in parts)
print(len(files), len(parts))
"""


def test_a_backup_taken_while_others_add_and_erase_is_of_one_moment(
    used: Path, reachable: Path, run: Run
) -> None:
    given = reachable / "given"
    given.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    own["PYTHONPATH"] = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", WORKING, str(used), str(given)],
        env=own, stdout=subprocess.PIPE, text=True,
    ) as working:  # fmt: skip
        try:
            assert working.stdout is not None
            assert working.stdout.readline() == "1\n"
            done = run(used, "backup", reachable / "meanwhile.tar")
            assert done.returncode == 0, done.stderr
            assert working.stdout.readline()
            assert working.poll() is None
        finally:
            working.kill()
    home = reachable / "home"
    restored = run(home, "restore", reachable / "meanwhile.tar")
    assert restored.returncode == 0, restored.stderr
    checked = subprocess.run(
        [sys.executable, "-c", CHECK, str(home)], env=own, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr
    assert int(checked.stdout.split()[0]) >= 6
