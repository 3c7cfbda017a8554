"""Copies of what is held, made to be searched: no records, made again at any time.

They hold payees' names, so all of them are gone before a name is erased, and none that was begun
before is put into place while one is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection

from totalplace.sources.home import Home

_LOCK: Final = 0x746F7462  # an erasure, or a copy that is put into place


def made(home: Home) -> Path:
    """The folder of everything that can be made again."""
    return home.root / "made"


@contextmanager
def nothing_is_erased() -> Iterator[None]:
    """Let no name be erased meanwhile: to be held while a copy is put into place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@contextmanager
def without_copies(home: Home) -> Iterator[None]:
    """Remove every copy, and let none be put into place meanwhile: to be held while erasing."""
    with nothing_is_erased():
        shutil.rmtree(made(home), ignore_errors=True)
        if made(home).exists():  # a file of it is not ours to remove
            raise OSError(f"{made(home)} cannot be removed")
        yield
