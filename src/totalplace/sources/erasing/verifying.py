"""Whether each file that is held is what it should be: as published, or as its tombstone says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace import engines
from totalplace.sources import queries as sources
from totalplace.sources.erasing.held import copy_of
from totalplace.sources.erasing.queries import sha256_of
from totalplace.sources.home import Home
from totalplace.sources.models import Holding, SourceFile, Tombstone

_AS_PUBLISHED: Final = "as published"
Sums = Mapping[str, tuple[int, int]]  # by the hash of the file: rows and pence


@dataclass(frozen=True, slots=True)
class Verified:
    """A held file, what it was found to be in plain words, and whether that is as it should be."""

    agency: str
    file: str
    sha256: str
    said: str
    sound: bool


def verified(home: Home, hashes: Sequence[str] = ()) -> Iterator[Verified]:
    """Every held file or some of them: its copy against its hash, its rows against its reading.

    A file from which a name was erased is held against the hash in its last tombstone.
    """
    files = SourceFile.objects.select_related("agency").order_by("agency__code", "name")
    if hashes:
        files = files.filter(sha256__in=list(hashes))
    read, held, missing = _read(), _held(home), _missing(home)
    for file in files:
        said, sound = _copy(home, file)
        wanted = read.get(file.sha256)
        if file.sha256 in missing:
            said, sound = f"{said}; a part of its rows is gone", False
        elif wanted is not None and held.get(file.sha256, (0, 0)) != wanted:
            said, sound = f"{said}; its rows are not those that were read", False
        yield Verified(file.agency.code, file.name, file.sha256, said, sound)


def _copy(home: Home, file: SourceFile) -> tuple[str, bool]:
    """What the copy of a file is found to be."""
    stone = Tombstone.objects.filter(file=file).order_by("-turn").first()
    path = copy_of(home, file.sha256)
    if stone is not None and set(_copies(home, file)) - {path.name}:
        return "a copy from before a name was erased is still there", False
    if stone is not None and stone.removed_why:
        return f"removed under tombstone {stone.turn}, because {stone.removed_why}", True
    if not path.is_file():
        return "its copy is gone", False
    if stone is None:
        whole = sha256_of(path) == file.sha256
        return (_AS_PUBLISHED, True) if whole else ("its copy was changed", False)
    if sha256_of(path) != stone.held_sha256:
        return f"its copy is not the one of tombstone {stone.turn}", False
    return f"as published but for a name, tombstone {stone.turn}", True


def _copies(home: Home, file: SourceFile) -> list[str]:
    return [path.name for path in home.originals.glob(f"{file.sha256}*")]


def _read() -> Sums:
    """What the readings in force say of each file; of returns they say nothing."""
    rows = ("payments", "cards", "commitments")
    pence = ("sum_pence", "cards_pence", "commitments_pence")
    return {
        file.sha256: (sum(map(file.sum_of, rows)), sum(map(file.sum_of, pence)))
        for file in sources.files()
    }


def _held(home: Home) -> Sums:
    """What the rows in force of each file come to."""
    parts = [path for path in sources.holdings(home)["payments"] if path.is_file()]
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in engines.ask("sources/file_sums", {"payments": parts}) if parts else []:
        rows, pence = found[row["file"]]
        found[row["file"]] = rows + row["row_count"], pence + row["pence"]
    return found


def _missing(home: Home) -> set[str]:
    """Files with rows in a part that is not on disk, and that no erasure took away."""
    parts = Holding.objects.filter(erased=None).prefetch_related("files__file")
    gone = [part for part in parts if not _stands(home, part)]
    return {held.file.sha256 for part in gone for held in part.files.all()}


def _stands(home: Home, part: Holding) -> bool:
    return Path(home.holdings / part.path).is_file()
