"""From the file that was given to the documents inside it, without trusting a word of it.

Nothing is unpacked under a name that an archive chose, every byte is counted as it is unpacked,
and an unpacked document is deleted when the next one is asked for.
"""

from __future__ import annotations

import errno
import gzip
import os
import stat
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final, Literal

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.directory import BROKEN, members_of
from totalplace.sources.reading.kinds import Form, form_of
from totalplace.sources.reading.names import NotATable, damaged, shown_name, size

_CHUNK: Final = 2**20
_DEEPEST: Final = 2  # an archive, and one level of archives within it


@dataclass(frozen=True, slots=True)
class Document:
    """One text file, workbook or JSON file, on disk until the next one is asked for."""

    name: str  # as an officer knows it, "spend.zip/2024/April.csv"; safe to print
    path: Path
    kind: Literal["text", "workbook", "json"]


_TABLES: Final[dict[Form, Literal["text", "workbook", "json"]]] = {
    Form.TEXT: "text",
    Form.WORKBOOK: "workbook",
    Form.JSON: "json",
}


class _Budget:
    """How much has been unpacked from the file that was given, against what it may."""

    def __init__(self, path: Path, name: str, bounds: Bounds) -> None:
        self._name, self._bounds = name, bounds
        self._packed = path.stat().st_size
        self._unpacked = 0

    def spend(self, count: int) -> None:
        """Count bytes unpacked. Raises Refused past the bounds."""
        self._unpacked += count
        limit = self._bounds.unpacked_bytes
        if self._unpacked > limit:
            raise Refused(
                f"{self._name} was not read",
                why=f"it unpacks to more than {size(limit)}, the most that one file may",
                next_step="Split it into smaller files, or raise the limit if it is genuine",
            )
        fair = max(self._bounds.ratio_free_bytes, self._packed * self._bounds.unpack_ratio)
        if self._unpacked > fair:
            raise Refused(
                f"{self._name} was not read",
                why=f"it unpacks to more than {self._bounds.unpack_ratio} times its own size, "
                "which no table does and a file made to fill the disk does",
                next_step="Ask its publisher for the files unpacked",
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where unpacking stands: in which folder, how deep, within which budget, and what to say."""

    folder: Path
    depth: int
    budget: _Budget
    bounds: Bounds
    said: list[str]
    json: bool = False

    def deeper(self) -> _Place:
        return replace(self, depth=self.depth + 1)


def documents(
    path: Path,
    *,
    bounds: Bounds,
    scratch: Path,
    name: str | None = None,
    said: list[str] | None = None,
    json: bool = False,
) -> Generator[Document, None, None]:
    """The text files and workbooks in a file, each readable until the next one is asked for.

    `name` is how the officer knows the file, where its path does not say. What was passed over
    (hidden files, a PDF beside the tables) is added to `said` in full sentences. JSON is no table
    and is passed over unless `json` asks for it. Raises Refused
    where the file is no table, locked, damaged, hostile, or larger than the bounds.
    """
    title = shown_name(name or path.name)
    if (given := path.stat().st_size) > bounds.file_bytes:
        raise Refused(
            f"{title} was not read",
            why=f"it is {size(given)}, and a file may be up to {size(bounds.file_bytes)}",
            next_step="Split it into smaller files",
        )
    form = form_of(path, title, bounds=bounds, json=json)
    if form in _TABLES:
        yield Document(title, path, _TABLES[form])
        return
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="unpacked-") as folder:
        budget = _Budget(path, title, bounds)
        place = _Place(Path(folder), 0, budget, bounds, [] if said is None else said, json)
        yield from _open(path, title, place)


def _open(path: Path, name: str, place: _Place) -> Iterator[Document]:
    form = form_of(path, name, bounds=place.bounds, json=place.json)
    if form in _TABLES:
        yield Document(name, path, _TABLES[form])
    elif place.depth >= _DEEPEST:
        raise Refused(
            f"{name} was not read",
            why="it is an archive in an archive in an archive, and only one level is opened",
            next_step="Unpack it and give the files inside",
        )
    elif form is Form.GZIP:
        yield from _open_gzip(path, name, place)
    else:
        yield from _open_zip(path, name, place)


def _open_gzip(path: Path, name: str, place: _Place) -> Iterator[Document]:
    inner = place.folder / f"{place.depth}"
    try:
        with gzip.open(path, "rb") as packed:
            _unpack(packed, inner, name, place.budget)
        yield from _open(inner, name, place.deeper())
    finally:
        inner.unlink(missing_ok=True)


def _open_zip(path: Path, name: str, place: _Place) -> Iterator[Document]:
    found, passed = 0, len(place.said)
    members = members_of(path, name, bounds=place.bounds, said=place.said)
    for member in members:
        title = shown_name(f"{name}/{shown_name(member.filename)}")
        inner = place.folder / f"{place.depth}"
        try:
            _unpack_member(path, member, inner, title, place.budget)
            for document in _open(inner, title, place.deeper()):
                found += 1
                yield document
        except NotATable as refused:
            place.said.append(f"{refused.what}: {refused.why}.")
        finally:
            inner.unlink(missing_ok=True)
    if not found:
        passed_over = " ".join(place.said[passed:]) or "it is empty"
        raise NotATable(
            f"{name} was not read",
            why=f"it holds no text file or workbook ({passed_over.rstrip('.')})",
            next_step="Ask its publisher for the table as CSV or Excel",
        )


def _unpack_member(
    path: Path, member: zipfile.ZipInfo, into: Path, name: str, budget: _Budget
) -> None:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as packed:
            count = _unpack(packed, into, name, budget)
    except BROKEN as error:
        raise damaged(name) from error
    if count != member.file_size:  # a member shorter than it says; longer fails its checksum
        raise damaged(name)


def _unpack(packed: IO[bytes] | gzip.GzipFile, into: Path, name: str, budget: _Budget) -> int:
    """Write what a stream unpacks to, counting every byte before it is written; how many."""
    count = 0
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(into, flags, stat.S_IRUSR | stat.S_IWUSR), "wb") as file:
            while chunk := packed.read(_CHUNK):
                budget.spend(len(chunk))
                file.write(chunk)
                count += len(chunk)
    except BROKEN as error:
        if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise damaged(name) from error
        raise Refused(
            f"{name} was not read",
            why="there is no room on the disk to unpack it",
            next_step="Ask whoever runs this computer for more room, then give the file again",
        ) from error
    return count
