"""Bytes of a submission: to disk as they come, counted, hashed, and safe before that is said."""

from __future__ import annotations

import hashlib
import os
import time
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.reading.names import printable, size

_LONGEST_NAME: Final = 180  # bytes, so that a name fits every disk's 255 with what is put before it
_STALE_SECONDS: Final = 24 * 3600  # an upload that stands still for a day is over
_UNNAMED: Final = "file"


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are held, and survive a loss of power."""

    name: str  # as it is shown; it decides nothing
    sha256: str
    size: int


class Incoming:
    """One file on its way in; nobody can see it until it is kept."""

    def __init__(self, home: Home, *, name: str, most_bytes: int) -> None:
        self.name = own_name(name)
        self._folder, self._most = folder(home), most_bytes
        coming = self._folder / "incoming"
        coming.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = coming / f"{os.getpid()}-{uuid.uuid4().hex}"
        self._file = self._path.open("xb")
        self._seen, self.size = hashlib.sha256(), 0

    def write(self, chunk: bytes) -> None:
        """Take the next bytes. Raises Refused past the limit or where the disk is full."""
        self.size += len(chunk)
        if self.size > self._most:
            self.drop()
            raise Refused(
                f"{self.name} was not taken",
                why=f"it is larger than {size(self._most)}, the most that one file may be here",
                next_step="Zip it, split it by month, or ask whoever runs this service to add it",
            )
        try:
            self._file.write(chunk)
        except OSError as error:
            self.drop()
            raise _no_room(self.name, error) from error
        self._seen.update(chunk)

    def keep(self) -> Held:
        """Hold the bytes under their hash, on the disk. Raises Refused where there are none."""
        if not self.size:
            self.drop()
            raise Refused(
                f"{self.name} was not taken",
                why="it is empty",
                next_step="Choose the file again; if it stays empty, save it anew first",
            )
        sha256 = self._seen.hexdigest()
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._path.chmod(0o440)
            self._path.replace(self._folder / sha256)
            _to_disk(self._folder)
        except OSError as error:
            self.drop()
            raise _no_room(self.name, error) from error
        return Held(self.name, sha256, self.size)

    def drop(self) -> None:
        """Forget what has come."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def own_name(said: str) -> str:
    """A name to show and to make a file of: no folder, nothing hidden, nothing that cannot be seen.

    Whoever sends a file chooses its name, so nothing is decided by it but the month it may say.
    """
    last = said.replace("\\", "/").rpartition("/")[2]
    safe = printable(" ".join(last.split())).lstrip(".") or _UNNAMED
    stem, dot, ending = safe.rpartition(".")
    if len(safe.encode()) <= _LONGEST_NAME:
        return safe
    if not dot or len(ending) > 10:
        stem, dot, ending = safe, "", ""
    room = _LONGEST_NAME - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending


def folder(home: Home) -> Path:
    """Where the bytes of submissions stand, by hash."""
    return home.root / "submissions"


def bytes_of(home: Home, sha256: str) -> Path:
    """Where the bytes of a hash stand."""
    return folder(home) / sha256


def forget(home: Home, sha256: str) -> None:
    """Hold the bytes of a hash no more: they are held as an original, or were withdrawn."""
    bytes_of(home, sha256).unlink(missing_ok=True)


def tidy(home: Home, wanted: Collection[str]) -> list[Path]:
    """Remove bytes that came and were never acknowledged; returns what was removed.

    `wanted` are the hashes of submissions that are not over. What is younger than a day stays: it
    may be about to be acknowledged.
    """
    now, gone = time.time(), []
    for path in [*folder(home).glob("incoming/*"), *folder(home).glob("*")]:
        known = path.name in wanted or not path.is_file()
        if not known and now - path.stat().st_mtime > _STALE_SECONDS:
            path.unlink(missing_ok=True)
            gone.append(path)
    return gone


def _to_disk(path: Path) -> None:
    at = os.open(path, os.O_RDONLY)
    try:
        os.fsync(at)
    finally:
        os.close(at)


def _no_room(name: str, error: OSError) -> Refused:
    return Refused(
        f"{name} was not taken",
        why=f"it cannot be kept on the disk ({str(error.strerror).lower()})",
        next_step="Ask whoever runs this service to make room, then send it again",
    )
