"""Several text files read at once, and given over in their turn.

A file is looked at by one process, taken for a table in the turn of its name, as files before it
tell how, and its rows are read by another process. Python runs in one thread of a process at a
time, so that threads, which are used where a process cannot be divided, are half as much use.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.reading import loops_loaded
from totalplace.sources.reading.archives import Document
from totalplace.sources.reading.bounds import Bounds
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
_DIES_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


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
        self._path, self._copy, self._begun = looked.path, copy, begun
        self._task = begun.task()
        self._answer = pool.read(self._task)
        self._copied = pool.executor.submit(_copied, looked.path, copy) if copy else None

    def finish(self, place: Place) -> ReadTable:
        """Give its rows over when they are read."""
        try:
            read = self._answer()
        except BrokenExecutor:  # a process of ours was ended by others: for want of memory?
            read = read_rows(self._task)
        return self._begun.finish(read, place)

    def copied(self) -> tuple[str, tuple[int, ...]]:
        """The hash of the copy that was made of it, and its own state when it was made."""
        if self._copy is None or self._copied is None:
            raise ValueError("no copy of it was asked for")
        try:
            return self._copied.result()
        except BrokenExecutor:
            return _copied(self._path, self._copy)


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
        self._divided = sys.platform == "linux" and threading.active_count() == 1
        self._usual = gc.get_threshold()
        self._free = list(range(FILES_AT_ONCE + 2))
        if not self._divided:
            self.executor: Executor = ThreadPoolExecutor(max_workers=2)
            return
        loops_loaded.load()
        gc.freeze()  # what is there now is looked through no more, here or in the parts
        gc.set_threshold(_SELDOM)
        _shared[:] = [Slots(len(self._free))]
        self.executor = ProcessPoolExecutor(
            max_workers=(os.cpu_count() or 1) + 1,  # so that none waits for work to be handed out
            mp_context=multiprocessing.get_context("fork"),
            initializer=_divided_off,
        )
        with warnings.catch_warnings():  # of threads that wait inside libraries, and hold nothing
            warnings.simplefilter("ignore", DeprecationWarning)
            self.executor.submit(os.getpid)  # divided now, before any thread is begun

    def read(self, task: Task) -> Callable[[], Rows]:
        """Have a table's rows read; what is given back waits for them."""
        if not self._divided or not self._free:
            return self.executor.submit(read_rows, task).result
        slot = self._free.pop()
        sent = self.executor.submit(_read_into, slot, task)

        def taken() -> Rows:
            rows: Rows = _shared[0].take(slot, sent.result())
            self._free.append(slot)
            return rows

        return taken

    def close(self) -> None:
        """Wait for what is under way."""
        self.executor.shutdown(cancel_futures=True)
        if self._divided:
            gc.unfreeze()
            gc.set_threshold(*self._usual)
            _shared.clear()


class Ahead:
    """Looks at files before their turn, and reads their rows while others are begun."""

    def __init__(self, paths: Sequence[Path], pool: Pool) -> None:
        self._coming, self._pool = list(reversed(paths)), pool
        self._looked: dict[Path, Future[Looked | None]] = {}

    def look(self, path: Path) -> Looked | None:
        """A small text file; None where it is another kind of file, or cannot be read."""
        while self._coming and len(self._looked) <= _LOOKED_AHEAD:
            following = self._coming.pop()
            if following not in self._looked:
                self._looked[following] = self._pool.executor.submit(_look, following)
        ahead = self._looked.pop(path, None)
        try:
            return _look(path) if ahead is None else ahead.result()
        except BrokenExecutor:
            return None

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


def _divided_off() -> None:
    """End with the process that divided this one off, and leave interrupts to it."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # it reads a table and forgets it: no rings of objects are made


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
