"""One reading at a time, and what a killed one left behind tidied away before the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.db import DatabaseError, connection

from totalplace.refusal import Refused
from totalplace.sources.batch import ends_the_run, is_no_room
from totalplace.sources.erasing.held import recorded
from totalplace.sources.home import Home

__all__ = ["one_at_a_time", "recorded"]

_LOCK: Final = 0x746F7461  # one reading at a time, so that no file is taken twice


@contextmanager
def one_at_a_time(home: Home) -> Iterator[Path]:
    """A folder to read in, once no other reading is under way; a killed one lets go of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    session = _session()
    try:
        home.tidy(recorded)
        scratch = home.scratch()
        try:
            yield scratch
        except Exception as error:
            if is_no_room(error):
                raise _stopped(f"there is no room left on the disk of {home.root}") from error
            if ends_the_run(error):
                raise _stopped("the server that keeps the records was cut off") from error
            raise
        finally:
            with suppress(DatabaseError):  # the records are gone: the next run tidies up
                if _session() == session:  # still holding the lock, which ends with its session
                    home.take_back(scratch, recorded)
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _session() -> int:
    """The number of the session with the records; it changes where a lost one is begun again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
        return int(number)


def _stopped(why: str) -> Refused:
    return Refused(
        "The files read last were not added",
        why=why,
        next_step="Put that right and give them all again; those that are held are not taken twice",
    )
