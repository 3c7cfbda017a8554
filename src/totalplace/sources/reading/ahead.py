"""Several text files read at once, and given over in their turn.

A file is looked at by one process, taken for a table in the turn of its name, as files before it
tell how, and its rows are read by another process. Python runs in one thread of a process at a
time, so that threads, which are used where a process cannot be divided, are half as much use.
"""

from __future__ import annotations

import gc
import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from totalplace.refusal import Refused
from totalplace.sources.reading import loops_loaded
from totalplace.sources.reading.archives import Document
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.crew import Crew
from totalplace.sources.reading.kinds import Form, form_of
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.outcome import Place, ReadTable
from totalplace.sources.reading.slots import Sent, Slots
from totalplace.sources.reading.tables import (
    SWIFT_BYTES,
    Begun,
    Reader,
    Task,
    few_rows,
    read_rows,
)
from totalplace.sources.reading.text import InMemory, TextForm, survey
from totalplace.sources.reading.waiting import Waiting

FILES_AT_ONCE: Final = 6  # that wait for their turn, to bound memory
_LOOKED_AHEAD: Final = 6
_CHUNK: Final = 2**20
_SELDOM: Final = 50_000  # objects made before those that are in rings are looked for

Some = TypeVar("Some")


@dataclass(frozen=True, slots=True)
class Looked:
    """A small text file that was looked at: what its folder says of it, its hash and its form."""

    path: Path
    state: tuple[int, ...]
    sha256: str
    form: TextForm
    few: list[list[str]]


Rows = tuple[ReadTable, Waiting] | None


class Underway:
    """A file whose rows are being read."""

    def __init__(self, looked: Looked, begun: Begun, pool: Pool, copy: Path | None) -> None:
        self._begun = begun
        self._answer = pool.read(begun.task())
        self._copied = pool.do(_copied, looked.path, copy) if copy else None

    def finish(self, place: Place) -> ReadTable:
        """Give its rows over when they are read."""
        return self._begun.finish(self._answer(), place)

    def copied(self) -> tuple[str, tuple[int, ...]]:
        """The hash of the copy that was made of it, and its own state when it was made."""
        if self._copied is None:
            raise ValueError("no copy of it was asked for")
        return self._copied()


def state_of(path: Path) -> tuple[int, ...]:
    """What changes when a file is written to."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns, now.st_ino


def copied(path: Path, to: Path) -> str:
    """Copy a file; the hash of what was copied."""
    seen = hashlib.sha256()
    with path.open("rb") as file, to.open("wb") as copy:
        while chunk := file.read(_CHUNK):
            seen.update(chunk)
            copy.write(chunk)
    return seen.hexdigest()


def _copied(path: Path, to: Path) -> tuple[str, tuple[int, ...]]:
    return copied(path, to), state_of(path)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def can_read_ahead() -> bool:
    """Whether what compiles the loops is installed."""
    try:
        from totalplace.sources.reading import holding, swift  # noqa: F401
    except ImportError:
        return False
    return True


class Pool:
    """Whoever looks at files and reads their rows beside this thread."""

    def __init__(self) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._crew: Crew | None = None
        self._usual = gc.get_threshold()
        self._free = list(range(FILES_AT_ONCE + 2))
        if sys.platform != "linux" or threading.active_count() > 1:
            self._threads = ThreadPoolExecutor(max_workers=2)
            return
        loops_loaded.load()
        gc.freeze()  # what is there now is looked through no more, here or in the parts
        gc.set_threshold(_SELDOM)
        _shared[:] = [Slots(len(self._free))]
        self._crew = Crew((os.cpu_count() or 1) + 1)  # so that none waits for work

    def do(self, function: Callable[..., Some], *given: object) -> Callable[[], Some]:
        """Have a function called; what is given back waits for what it comes to."""
        if self._crew is not None:
            return self._crew.ask(function, *given)
        if self._threads is not None:
            return self._threads.submit(function, *given).result
        raise ValueError("it is closed")

    def read(self, task: Task) -> Callable[[], Rows]:
        """Have a table's rows read; what is given back waits for them."""
        if self._crew is None or not self._free:
            return self.do(read_rows, task)
        slot = self._free.pop()
        sent = self.do(_read_into, slot, task)

        def taken() -> Rows:
            rows: Rows = _shared[0].take(slot, sent())
            self._free.append(slot)
            return rows

        return taken

    def close(self) -> None:
        """End whoever is at work."""
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        if self._crew is not None:
            self._crew.close()
            gc.unfreeze()
            gc.set_threshold(*self._usual)
            _shared.clear()
        self._threads = self._crew = None


class Ahead:
    """Looks at files before their turn, and reads their rows while others are begun."""

    def __init__(self, paths: Sequence[Path], pool: Pool) -> None:
        self._coming, self._pool = list(reversed(paths)), pool
        self._looked: dict[Path, Callable[[], Looked | None]] = {}

    def look(self, path: Path) -> Looked | None:
        """A small text file; None where it is another kind of file, or cannot be read."""
        while self._coming and len(self._looked) <= _LOOKED_AHEAD:
            following = self._coming.pop()
            if following not in self._looked:
                self._looked[following] = self._pool.do(_look, following)
        ahead = self._looked.pop(path, None)
        return _look(path) if ahead is None else ahead()

    def begin(self, looked: Looked, reader: Reader, copy: Path | None = None) -> Underway:
        """Begin to read a file in its turn, and to copy it. Raises Refused as reading it does."""
        document = Document(shown_name(looked.path.name), looked.path, "text")
        hashes = (looked.sha256, looked.sha256)
        begun = reader.begin(document, hashes, looked.form, looked.few)
        return Underway(looked, begun, self._pool, copy)


@contextmanager
def reading_ahead(paths: Sequence[Path]) -> Iterator[Ahead]:
    """Files read ahead; `paths` are those that will be asked for, in their order."""
    pool = Pool()
    try:
        yield Ahead(paths, pool)
    finally:
        pool.close()


# What a process shares with those divided off it: they have what it had when it was divided.
_shared: Final[list[Slots]] = []


def _read_into(slot: int, task: Task) -> Sent:
    """Read a table's rows into a slot that is shared."""
    return _shared[0].put(slot, read_rows(task))


def _look(path: Path) -> Looked | None:
    """Read a file whole and hash it; None where it is too large for that, or no text."""
    try:
        state = state_of(path)
        if state[0] >= SWIFT_BYTES:
            return None
        content = path.read_bytes()
        form = form_of(path, path.name, bounds=Bounds(), content=content)
        if form is not Form.TEXT:
            return None
        source = InMemory(path.name, content)
        found = survey(source)
        few = few_rows(source, found)
    except (OSError, Refused):
        return None  # whoever reads it alone says why
    return Looked(path, state, hashlib.sha256(content).hexdigest(), found, few)
