"""Taking a backup while others go on working: all of it as it was at one moment."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql

from totalplace.doors import records
from totalplace.doors.backups import archive, tools
from totalplace.doors.backups.archive import Manifest
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.turns import one_at_a_time

# What stands in a home and is no part of a backup: the records, which PostgreSQL writes out itself,
# what a run that is under way leaves about, and what is made of the rest, and can be again.
_NOT_KEPT: Final = frozenset({"records", "scratch", "made", "cache"})
_KEYS: Final = "keys"
_COMING_IN: Final = "incoming"  # of submissions: bytes that nobody has acknowledged yet
# What is only ever added and never written anew: a second name for it is enough, and costs no room
# and next to no time. All else, as what an officer edits, is copied.
_NEVER_WRITTEN_ANEW: Final = frozenset({"originals", "holdings", "editions", "submissions"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that is whole and on the disk."""

    path: Path
    manifest: Manifest
    bytes: int  # of the file itself


def take(
    home: Path,
    to: Path,
    *,
    by: Who,
    on: datetime,
    with_keys: bool = False,
    doing: Callable[[str], None] = lambda what: None,
) -> Taken:
    """Back up the records and every file of a home into one file, which only its owner can read.

    The key that signs heads is left out unless it is asked for: whoever has it can sign. `doing`
    is told what is being done, three times. Raises Refused where `by` may not, the file is there
    already or would stand in the home itself, or PostgreSQL's tools refuse.
    """
    power = places.power(by, Act.BACK_UP, on=on)
    _check(home, to)
    moment = on.astimezone(UTC).isoformat(timespec="seconds")
    record.write(by.name, "began a backup", about=Citation("backup", moment), on=on, power=power)
    scratch = Home(home).scratch()
    try:
        doing("the records")
        with _moment(home, scratch, with_keys=with_keys) as (snapshot, owner):
            server = owner.info.server_version
            dumped = scratch / archive.RECORDS
            tools.dump(records.address().owner, dumped, snapshot=snapshot, server_version=server)
            manifest = _manifest(owner, moment, with_keys=with_keys)
        doing("files")
        archive.write(to, manifest, dumped, _files(scratch / "home"))
        doing("done")
    except OSError as error:
        raise Refused(
            "The backup was not taken",
            why=str(error.strerror or error).lower(),
            next_step="Put that right, or choose another place for it; nothing was changed",
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Taken(to, manifest, to.stat().st_size)


def _check(home: Path, to: Path) -> None:
    what, home, to = "The backup was not taken", home.resolve(), to.absolute()
    if to.exists():
        raise Refused(
            what, why=f"{to} is there already", next_step="Choose another name; none is overwritten"
        )
    if not to.parent.is_dir():
        raise Refused(
            what, why=f"there is no folder {to.parent}", next_step="Make it, or choose another"
        )
    if home in to.resolve().parents:
        raise Refused(
            what,
            why=f"it would stand in {home} itself, and be lost with it",
            next_step="Choose another folder, best on another disk",
        )


@contextmanager
def _moment(
    home: Path, scratch: Path, *, with_keys: bool
) -> Iterator[tuple[str, psycopg.Connection[Any]]]:
    """One moment of records and files: a snapshot of the database, and second names for files.

    Files are only added, and those that an erasure replaces are taken away only after it is on
    record: so whoever reads or erases waits for as long as the names take, and no longer.
    """
    with records.as_owner(records.address()) as owner:
        with one_at_a_time(Home(home)):
            owner.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = owner.execute("SELECT pg_export_snapshot()").fetchone()
            assert row is not None  # noqa: S101  (a function without a row is none)
            _name_again(home, scratch / "home", with_keys=with_keys)
        yield str(row[0]), owner
        owner.execute("COMMIT")


def _name_again(home: Path, into: Path, *, with_keys: bool) -> None:
    """Give every file that is to be kept a second name in a folder of our own."""
    into.mkdir()
    for top in sorted(home.iterdir()):
        if top.name in _NOT_KEPT or top.name.startswith("."):
            continue
        if top.name == _KEYS and not with_keys:
            continue
        for path in [top] if top.is_file() else _below(top):
            to = into / path.relative_to(home)
            to.parent.mkdir(parents=True, exist_ok=True)
            # What is withdrawn at this moment is gone from the next one on.
            with suppress(FileNotFoundError):
                _kept_as(path, to, linked=top.name in _NEVER_WRITTEN_ANEW)


def _kept_as(path: Path, to: Path, *, linked: bool) -> None:
    if linked:
        try:
            os.link(path, to)
            return
        except FileNotFoundError:
            raise
        except OSError:  # this disk has no second names
            pass
    shutil.copy2(path, to)


def _below(folder: Path) -> Iterator[Path]:
    """Every plain file below a folder, less what is only now coming in."""
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder).parts
        coming = any(part.startswith(".") or part == _COMING_IN for part in within)
        if path.is_file() and not path.is_symlink() and not coming:
            yield path


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _manifest(owner: psycopg.Connection[Any], moment: str, *, with_keys: bool) -> Manifest:
    """How the records stand at the moment of the snapshot."""
    last = owner.execute(
        "SELECT number, digest FROM record_entry ORDER BY number DESC LIMIT 1"
    ).fetchone()
    number, digest = last or (0, "")
    return Manifest(
        taken=moment,
        version=version("totalplace"),
        server_version=owner.info.server_version,
        entries=number,
        digest=digest,
        tables=rows_of_tables(owner),
        with_keys=with_keys,
    )


def rows_of_tables(owner: psycopg.Connection[Any]) -> dict[str, int]:
    """How many rows each table of the records has."""
    names = owner.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    found = {}
    for (name,) in names:
        counted = owner.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        found[str(name)] = int((counted.fetchone() or (0,))[0])
    return found
