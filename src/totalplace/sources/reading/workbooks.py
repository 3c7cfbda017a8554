"""The sheets of a workbook, read by a separate program under limits of memory and time.

The reader of workbooks (Calamine) is quick, but it holds a whole sheet and stops the program it
runs in where memory runs out. So it runs apart (`sealed`), writes what it read to a file that has
no name, and this side reads the rows back from there, a block at a time. Whatever a workbook does,
it ends as rows or as a refusal.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from itertools import repeat
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, overload

import totalplace
from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import damaged, shown_name, size
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.unsaved import Unsaved

_ROOT: Final = Path(totalplace.__file__).parents[1]
_START: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from totalplace.sources.reading import sealed; sealed.main(sys.argv[2], sys.argv[3])"
)
# Of the environment, only what a program needs to start on Windows.
_ENVIRONMENT: Final = {k: v for k, v in os.environ.items() if k in ("SYSTEMROOT", "PATH")}


# How the system ends a program: out of time; out of memory (its own doing, or the system's).
_OUT_OF_TIME: Final = int(getattr(signal, "SIGXCPU", 24))
_OUT_OF_MEMORY: Final = (-6, -9, -11)


class _Block(NamedTuple):
    """Rows that stand together: the first one's place, and where they are written."""

    first: int
    start: int
    end: int


class SheetRows(Sequence[list[Cell]]):
    """The rows of one sheet, the first is row 1 of Excel; blank cells are None, blank rows `[]`.

    Only the block being read is in memory, so that a sheet of a million rows costs little.
    """

    def __init__(self, written: mmap.mmap, blocks: list[_Block], height: int) -> None:
        self._written, self._blocks, self._height = written, blocks, height
        self._firsts = [b.first for b in blocks]
        self._last: tuple[int, list[list[Cell]]] = (-1, [])

    def __len__(self) -> int:
        return self._height

    @overload
    def __getitem__(self, index: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Cell]]: ...
    def __getitem__(self, index: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(self._height)
            if step == 1:
                return list(self._from(start, stop))
            return [self[i] for i in range(start, stop, step)]
        place = index + self._height if index < 0 else index
        if not 0 <= place < self._height:
            raise IndexError(index)
        return next(self._from(place, place + 1))

    def __iter__(self) -> Iterator[list[Cell]]:
        return self._from(0, self._height)

    def _from(self, start: int, stop: int) -> Iterator[list[Cell]]:
        number = max(0, bisect_right(self._firsts, start) - 1)
        while start < stop:
            block = self._blocks[number] if number < len(self._blocks) else None
            blank_until = stop if block is None else min(stop, block.first)
            for _ in repeat(None, blank_until - start):
                yield []
            start = max(start, blank_until)
            if block is None or start >= stop:
                return
            rows = self._rows_of(number)[start - block.first : stop - block.first]
            yield from map(list, rows)  # a caller's change to a row is its own
            start, number = start + len(rows), number + 1

    def _rows_of(self, number: int) -> list[list[Cell]]:
        if self._last[0] != number:
            block = self._blocks[number]
            self._last = (
                number,
                json.loads(self._written[block.start : block.end], object_hook=_dated),
            )
        return self._last[1]


_DATES: Final[dict[str, Callable[[Any], Cell]]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "t": time.fromisoformat,
    "f": Unsaved,
    "s": lambda seconds: timedelta(seconds=seconds),
}


def _dated(form: dict[str, Any]) -> Cell:
    """A date, a time or a formula, which JSON has no form for, from under its letter."""
    ((kind, value),) = form.items()
    return _DATES[kind](value)


def sheets(
    path: Path,
    *,
    bounds: Bounds,
    name: str | None = None,
    said: list[str] | None = None,
    scratch: Path | None = None,
    formulas: bool = False,
) -> Generator[tuple[str, SheetRows], None, None]:
    """The name and rows of every sheet that holds anything, hidden ones too, in order.

    Formulas give the result that was saved with them, and one without a result a blank, or itself
    (`Unsaved`) where `formulas` are asked for; errors such as #N/A are kept as text. What
    an officer should know (macros, hidden sheets, formulas without a result) is added to `said`.
    What was read stands in a file without a name, in `scratch` or the system's own place, for as
    long as its rows are used.
    Raises Refused where the workbook is locked, damaged, hostile or larger than the bounds.
    """
    title = shown_name(name or path.name)
    if (given := path.stat().st_size) > bounds.workbook_bytes:
        raise Refused(
            f"{title} was not read",
            why=f"it is a workbook of {size(given)}, and one may be up to "
            f"{size(bounds.workbook_bytes)}",
            next_step="Save each of its sheets as CSV and give those, which have no such limit",
        )
    with tempfile.TemporaryFile(dir=scratch) as written:
        asked = json.dumps(asdict(bounds) | {"title": title, "formulas": formulas})
        code = _read_apart(path, asked, bounds, written)
        if not written.seek(0, 2):
            # No lawful no: nothing was read yet, so the fault is ours and not the workbook's.
            raise RuntimeError("the reader of workbooks did not start")
        pages = mmap.mmap(written.fileno(), 0, access=mmap.ACCESS_READ)
    found, complete = _index(pages, title, said)
    if not complete:
        raise _stopped(code, len(pages), title, bounds)
    yield from found


def _read_apart(path: Path, asked: str, bounds: Bounds, written: IO[bytes]) -> int:
    """Run the reader; its return code, that of a program out of time where the clock ran out."""
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), str(path.absolute()), asked]
    try:
        return subprocess.run(  # noqa: S603 (no shell; a path and numbers)
            command,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            timeout=2 * bounds.workbook_seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return -_OUT_OF_TIME


def _index(
    pages: mmap.mmap, title: str, said: list[str] | None
) -> tuple[list[tuple[str, SheetRows]], bool]:
    """Where the blocks of each sheet are, and whether the reader came to its end."""
    found: list[tuple[str, SheetRows]] = []
    blocks: list[_Block] = []
    start = 0
    while (end := pages.find(b"\n", start)) >= 0:
        head, _, _ = pages[start : min(end, start + 64)].partition(b" ")
        body = start + len(head) + 1
        match head.split(b":"):
            case [b"rows", first]:
                blocks.append(_Block(int(first), body, end))
            case [b"sheet"]:
                sheet = json.loads(pages[body:end])
                found.append((sheet["name"], SheetRows(pages, blocks, sheet["height"])))
                blocks = []
            case [b"said"] if said is not None:
                said.append(f"{title}: {json.loads(pages[body:end])}")
            case [b"refused"]:
                raise Refused(**json.loads(pages[body:end]))
            case [b"end"]:
                return found, True
        start = end + 1
    return found, False


def _stopped(code: int, written: int, title: str, bounds: Bounds) -> Refused:
    """Why the reader stopped before the end of the workbook."""
    if code == -_OUT_OF_TIME:
        why = f"reading it takes more than {bounds.workbook_seconds} seconds, the most that one may"
    elif code in _OUT_OF_MEMORY:
        limit = size(bounds.workbook_memory_bytes)
        why = f"reading it takes more than {limit} of memory, the most that a workbook may"
    elif code == errno.ENOSPC:
        why = "there is no room on the disk for what it holds"
    elif written >= bounds.workbook_text_bytes:
        limit = size(bounds.workbook_text_bytes)
        why = f"it holds more than {limit} of text, the most that a workbook may"
    else:
        return damaged(title)
    next_step = "Save each of its sheets as CSV and give those, which have no such limit"
    return Refused(f"{title} was not read", why=why, next_step=next_step)
