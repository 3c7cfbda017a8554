"""Where the copy of a file stands that is held now, and which content may not come back."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from django.db.models import F, Max, Q

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.models import ErasedRow, Holding, Reading, SourceFile, Tombstone


def name_of_copy(sha256: str, turn: int) -> str:
    """The name, among the originals, of a copy that a name was erased from."""
    return f"{sha256}-erased-{turn}" if turn else sha256


def copy_of(home: Home, sha256: str) -> Path:
    """Where the copy of a file is held, as it was published or without what was erased since.

    There is none where it was removed.
    """
    last = Tombstone.objects.filter(file__sha256=sha256).aggregate(last=Max("turn"))["last"]
    return home.original(name_of_copy(sha256, last or 0))


def hash_of_copy(file: SourceFile) -> str:
    """The SHA-256 of the copy that is held; empty where it was removed."""
    last = Tombstone.objects.filter(file=file).order_by("-turn").first()
    return file.sha256 if last is None else last.held_sha256


def refuse_changed(file: SourceFile, copy: Path) -> None:
    """Raise Refused where the copy of a file is not what is recorded of it, or is not there."""
    known = hash_of_copy(file)
    if not known:
        raise Refused(
            f"{file.name} was not read again",
            why="its copy was removed when a name was erased from it; its rows are held",
            next_step="Ask its publisher for the file without the name, and add that",
        )
    try:
        with copy.open("rb") as opened:
            sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        why = f"the copy that is held cannot be opened ({str(error.strerror).lower()})"
    else:
        if sha256 == known:
            return
        why = "the copy that is held was changed on the disk"
    raise Refused(
        f"{file.name} was not read again",
        why=why,
        next_step="Bring it back from a copy of the home folder",
    )


def recorded(paths: Collection[str]) -> set[str]:
    """Which of some originals and holdings, as paths below the home, are recorded and to be kept.

    What a name was erased from is no more: only the copy and the parts without it are kept.
    """
    names = {path.partition("/")[2] for path in paths}
    hashes = {name.partition("-")[0] for name in names}
    files = SourceFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    turns = dict.fromkeys(files, 0)
    for stone in Tombstone.objects.filter(file__sha256__in=list(turns)).order_by("turn"):
        turns[stone.published_sha256] = stone.turn
    parts = Holding.objects.filter(path__in=names, erased=None).values_list("path", flat=True)
    copies = {name_of_copy(sha256, turn) for sha256, turn in turns.items()}
    return {f"originals/{name}" for name in copies & names} | {f"holdings/{p}" for p in parts}


def file_of(sha256: str) -> SourceFile | None:
    """The file of a hash: as it was published, or as it is held without a name."""
    copy = Q(tombstones__held_sha256=sha256)
    return SourceFile.objects.filter(Q(sha256=sha256) | copy).first()


def refuse_return(name: str, sha256: str, of: SourceFile | None) -> None:
    """Raise Refused where a part of an archive is one from which a name was erased.

    The archive would be held as it is, and the name with it. What was erased from the file that is
    read again does not count.
    """
    alone = Q(tombstone__file__sha256=sha256)
    part = Q(
        tombstone__file__readings__content_sha256=sha256,
        tombstone__file__readings__document=F("document"),
    )
    if ErasedRow.objects.filter(alone | part).exclude(tombstone__file=of).exists():
        raise WouldReturn(
            f"{name} was not added",
            why="it is a file from which a name was lawfully erased, and would bring it back",
            next_step="Take it out of the archive and give the rest; its rows are held",
        )


class WouldReturn(Refused):
    """A part of an archive would bring an erased name back: none of the archive is taken."""


def readings_of(file: SourceFile) -> list[Reading]:
    """The readings of a file that are in force: those of its last turn."""
    last = Reading.objects.filter(file=file).aggregate(last=Max("turn"))["last"]
    return list(Reading.objects.filter(file=file, turn=last or 0))
