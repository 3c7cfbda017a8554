"""Restoring a backup onto a home that has nothing: all of it and checked, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from totalplace.doors import records
from totalplace.doors.backups import archive, tools
from totalplace.doors.backups.archive import Manifest
from totalplace.doors.backups.taking import rows_of_tables
from totalplace.doors.records import Address
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused

# A home with this in it is half restored: it is cleared when a restore is begun again.
_MARK: Final = ".restoring"
_WHAT: Final = "Nothing was restored"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and checked."""

    manifest: Manifest
    entries: int  # of the record, each computed again
    heads: int  # that were published, each signed and true of the record


def restore(
    path: Path,
    home: Path,
    *,
    by: Who,
    on: datetime,
    doing: Callable[[str], None] = lambda what: None,
) -> Restored:
    """Bring a backup back into a home that has nothing in it, and a database that has nothing.

    Every file is held against its hash before anything is put in place; afterwards the rows of
    every table are counted again, and the whole record is verified, with every head. That it was
    restored goes on the record. `doing` is told what is being done, four times. Raises Refused,
    with the home as empty as it was, where anything is not as it was backed up.
    """
    _clear_half(home)
    _check(home)
    mark, address = home / _MARK, None
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.mkdir(mode=0o700)
    try:
        doing("files")
        manifest = archive.unpack(path, mark)
        doing("the records")
        address = _empty_database(home)
        _bring_back(address, mark, manifest)
        records.ready(home)
        doing("the record")
        restored = _verified(manifest)
        _put_in_place(mark, home)
        _note(manifest, by=by, on=on)
        doing("done")
    except BaseException:
        if address is not None:
            _take_back(address)
            records.close(home)
        _clear(home)
        raise
    shutil.rmtree(mark)
    return restored


def _check(home: Path) -> None:
    if home.exists() and any(home.iterdir()):
        raise Refused(
            _WHAT,
            why=f"{home} is not empty, and a backup is never mixed with what is there",
            next_step="Name a new folder with --home, or move the old one away",
        )


def _empty_database(home: Path) -> Address:
    """A database with nothing in it. Raises Refused where there is something."""
    address = records.without_tables(home)
    with records.as_owner(address) as owner:
        there = owner.execute(_ANYTHING).fetchone()
    if there is not None:
        raise Refused(
            _WHAT,
            why=f"the database is not empty: it has {there[0]}",
            next_step="Name an empty database in DATABASE_URL",
        )
    return address


_ANYTHING: Final = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace LIMIT 1
"""


def _take_back(address: Address) -> None:
    """Empty the database, in which there was nothing."""
    from django.db import connections

    connections["default"].close()
    with records.as_owner(address) as owner:
        owner.execute("DROP SCHEMA public CASCADE")
        owner.execute("CREATE SCHEMA public")


def _bring_back(address: Address, mark: Path, manifest: Manifest) -> None:
    """Read the records into the database, then bring its tables up to this program's."""
    with records.as_owner(address) as owner:
        server = owner.info.server_version
        tools.load(address.owner, mark / archive.RECORDS, server_version=server)
        found = rows_of_tables(owner)
    if found != dict(manifest.tables):
        wrong = sorted(
            name
            for name in found.keys() | manifest.tables.keys()
            if found.get(name) != manifest.tables.get(name)
        )
        raise Refused(
            _WHAT,
            why=f"the table {wrong[0]} has not the rows that were backed up",
            next_step="Take an earlier backup, and report this",
        )
    records.prepare(address)


def _verified(manifest: Manifest) -> Restored:
    from totalplace.record import queries

    verdict = queries.verify()
    last = (verdict.last.number, verdict.last.digest) if verdict.last else (0, "")
    if not verdict.whole or last != (manifest.entries, manifest.digest):
        why = verdict.faults[0].why if verdict.faults else "it does not end where it was backed up"
        raise Refused(
            _WHAT,
            why=f"the record in the backup is not whole: {why}",
            next_step="Compare with published heads and an earlier backup",
        )
    return Restored(manifest, verdict.entries, verdict.heads)


def _put_in_place(mark: Path, home: Path) -> None:
    (mark / archive.RECORDS).unlink()
    unpacked = mark / "home"
    for top in sorted(unpacked.iterdir()) if unpacked.exists() else []:
        top.rename(home / top.name)


def _note(manifest: Manifest, *, by: Who, on: datetime) -> None:
    """Put the restore on the record: what was done after the backup is no more."""
    from totalplace.places import queries as places
    from totalplace.record import actions
    from totalplace.record.rules.chain import Citation

    actions.write(
        by.name,
        "restored a backup",
        about=Citation("backup", manifest.taken),
        on=on,
        power=places.power(by, Act.BACK_UP, on=on),
        citing=f"{len(manifest.files):,} files, {manifest.entries:,} entries",
    )


def _clear_half(home: Path) -> None:
    """Clear what a restore that was killed left behind."""
    if (home / _MARK).is_dir():
        _clear(home)


def _clear(home: Path) -> None:
    """Empty a home in which there was nothing; the mark goes last."""
    for top in sorted(home.iterdir(), key=lambda path: path.name == _MARK):
        if top.is_dir() and not top.is_symlink():
            shutil.rmtree(top)
        else:
            top.unlink(missing_ok=True)
