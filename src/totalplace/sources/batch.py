"""Files on their way in: each is read whole into a batch, or refused and leaves nothing there."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import yaml
from django.db import InterfaceError, OperationalError

from totalplace.refusal import Refused
from totalplace.sources.erasing import held
from totalplace.sources.home import Home
from totalplace.sources.models import Reading, SourceFile
from totalplace.sources.reading.ahead import copied, hash_of, state_of
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import distinct, shown_name
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.rules.recipes import Recipe, recipe_from
from totalplace.sources.submitting.models import SetAside

# A run commits what it has read from time to time, so that a stop loses little and repeats little.
_COMMIT_SECONDS: Final = 20.0
_COMMIT_FILES: Final = 400
# Full; over what one may use; larger than one file may be.
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is held, and what was read from each of its tables.

    `path` is where it was given; of a file that was read again, it is only its name.
    """

    path: Path
    sha256: str
    tables: tuple[ReadTable, ...]
    notes: tuple[str, ...] = ()  # parts of an archive that were not taken, and why
    size: int = 0  # bytes of the file


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that was not taken, and why."""

    path: Path
    refused: Refused


@dataclass(slots=True)
class Batch:
    """Files read since the last commit."""

    spool: Spool
    files: list[Added] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def is_due(self) -> bool:
        """Whether it is time to commit it."""
        return len(self.files) >= _COMMIT_FILES or time.monotonic() - self.began > _COMMIT_SECONDS


def published(paths: Iterable[Path]) -> list[Path]:
    """The files that some paths name: folders are gone through, hidden files left out.

    Raises Refused where a path is not there, there is no file, or a folder cannot be gone through
    or has a link that leads out of it.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _within(path)
        elif path.is_file():
            found.append(path)
        else:
            raise _not_there(path, "it is no file" if path.exists() else "there is no such file")
    return found


def _within(folder: Path) -> list[Path]:
    """The files in a folder and in its folders, but not in those that a link in it leads to."""
    names: list[Path] = []
    for at, folders, files in os.walk(folder, onerror=_closed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        names += [Path(at, name) for name in files if not name.startswith(".")]
    found = sorted(path for path in names if path.is_file())
    if not found:
        raise _not_there(folder, "there is no file in it")
    for path in found:
        # A folder that was unpacked may lead to what its sender should never see in a fault.
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise Refused(
                f"{shown_name(str(path))} was not added",
                why="it is a link that leads out of the folder that was given",
                next_step="Give the file that it leads to, or take the link out of the folder",
            )
    return found


def _closed(error: OSError) -> None:
    raise _unreadable(Path(error.filename), error) from error


def _not_there(path: Path, why: str) -> Refused:
    return Refused(
        f"{shown_name(str(path))} was not added",
        why=why,
        next_step="Check the name; one with spaces needs quotes",
    )


def recipes_of(home: Home) -> list[Recipe]:
    """What officers have said of their files; one YAML file may hold several recipes.

    Raises Refused where one is not a recipe.
    """
    home.recipes.mkdir(parents=True, exist_ok=True)
    recipes = []
    for path in sorted(home.recipes.glob("*.y*ml")):
        name = shown_name(path.name)
        try:
            written = [r for r in yaml.safe_load_all(path.read_text(encoding="utf-8")) if r]
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise Refused(
                f"The recipe {name} was not used",
                why=f"it is not YAML: {error}",
                next_step="Correct it, or take it out of the recipes folder",
            ) from error
        recipes += [recipe_from(r if isinstance(r, dict) else {}, name=name) for r in written]
    return recipes


@dataclass(frozen=True, slots=True)
class _Given:
    """A file to be read: where it is, what it is called, its hash, and whether it is held."""

    path: Path
    name: str
    sha256: str
    held: SourceFile | None = None


def read(path: Path, reader: Reader, batch: Batch, scratch: Path) -> Added | NotAdded:
    """Read one file into a batch; refused, it leaves nothing there."""

    def once(inside: Path) -> Added:
        state, sha256 = hashed(path)
        given = _Given(path, shown_name(path.name), sha256)
        not_held(given.name, sha256, batch)
        added = _read_documents(given, reader, batch, inside)
        copy = copy_of(scratch, sha256)
        copy_whole(path, copy, name=given.name, sha256=sha256, state=state)
        return replace(added, size=state[0])

    return whole_or_nothing(path, once, batch, scratch)


def read_again(
    file: SourceFile, original: Path, reader: Reader, batch: Batch, scratch: Path
) -> Added | NotAdded:
    """Read a held file into a batch. Refused where it reads as it did before."""

    def once(inside: Path) -> Added:
        _not_set_aside(file)
        held.refuse_changed(file, original)
        given = _Given(original, file.name, file.sha256, file)
        return _read_documents(given, reader, batch, inside)

    return whole_or_nothing(Path(file.name), once, batch, scratch)


def _not_set_aside(file: SourceFile) -> None:
    """Raise Refused where a later file was given in place of this one."""
    aside = SetAside.objects.filter(file=file).select_related("by_file").first()
    if aside is not None:
        raise Refused(
            f"{file.name} was not read again",
            why=f"{aside.by_file.name} was given in its place, and counts",
            next_step=f"Read {aside.by_file.name} again",
        )


def whole_or_nothing(
    path: Path, once: Callable[[Path], Added], batch: Batch, scratch: Path
) -> Added | NotAdded:
    """Keep what is read of a file, or nothing of it; `once` is given a folder to unpack in."""
    inside = scratch / "inside"
    inside.mkdir(exist_ok=True)
    mark = batch.spool.mark()
    try:
        added = once(inside)
    except Refused as refused:
        batch.spool.back_to(mark)
        return NotAdded(path, refused)
    except Exception as error:
        if ends_the_run(error):
            raise
        batch.spool.back_to(mark)
        return NotAdded(path, not_taken(path, error))
    finally:
        shutil.rmtree(inside, ignore_errors=True)
    added = replace(added, path=path)
    batch.files.append(added)
    return added


def ends_the_run(error: Exception) -> bool:
    """Whether what went wrong is the records themselves, and no file that is read."""
    return isinstance(error, OperationalError | InterfaceError)


def is_no_room(error: BaseException | None) -> bool:
    """Whether the disk, or what one may use of it, is full; said by the system or by an engine."""
    if error is None:
        return False
    full = isinstance(error, OSError) and error.errno in _NO_ROOM
    return full or "No space left" in str(error) or is_no_room(error.__cause__)


def not_taken(path: Path, error: Exception) -> Refused:
    """One file that breaks its reader must not keep the others from being read."""
    if is_no_room(error):
        return Refused(
            f"{shown_name(path.name)} was not added",
            why="there is no room on the disk to read and to hold it",
            next_step="Make room and give it again; files that are held are not taken twice",
        )
    if isinstance(error, OSError):
        return _unreadable(path, error, "opened or kept")
    refused = Refused(
        f"{shown_name(path.name)} was not read",
        why=f"reading it came upon a defect of this program ({type(error).__name__}: "
        f"{shown_name(str(error))})",
        next_step="Report it, with the file if you may share it; other files are not affected",
    )
    refused.__cause__ = error
    return refused


def hashed(path: Path) -> tuple[tuple[int, ...], str]:
    """The state and the hash of a file that may not be ours to read, or be gone by now."""
    try:
        return state_of(path), sha256_of(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError, what: str = "opened") -> Refused:
    return Refused(
        f"{shown_name(path.name)} was not read",
        why=f"it cannot be {what} ({str(error.strerror).lower()})",
        next_step="Ask whoever looks after this computer to let you read it",
    )


def copy_of(scratch: Path, sha256: str) -> Path:
    """Where a file that was read is copied until it is committed."""
    return scratch / f"copy-{sha256}"


def copy_whole(path: Path, to: Path, *, name: str, sha256: str, state: tuple[int, ...]) -> None:
    """Copy a file as soon as it is read, so that what is held is what was hashed and read.

    Raises Refused where it is not what it was when it had that hash and `state`.
    """
    try:
        refuse_change(name, is_same=copied(path, to) == sha256 and state_of(path) == state)
    except BaseException:
        to.unlink(missing_ok=True)
        raise


def refuse_change(name: str, *, is_same: bool) -> None:
    """Raise Refused for a file that is not what it was when it was looked at."""
    if is_same:
        return
    raise Refused(
        f"{name} was not added",
        why="it was changed while it was read",
        next_step="Give it again once nothing writes to it",
    )


def _read_documents(given: _Given, reader: Reader, batch: Batch, inside: Path) -> Added:
    tables: list[ReadTable] = []
    notes: list[str] = []
    reader.said = notes
    refused: Refused | None = None
    several, names = False, set[str]()
    for found in documents(
        given.path, bounds=Bounds(), scratch=inside, name=given.name, said=notes
    ):
        document = replace(found, name=distinct(found.name, names))
        content = given.sha256 if document.path == given.path else sha256_of(document.path)
        try:
            if content != given.sha256:
                several = True
                held.refuse_return(document.name, content, given.held)
                not_held(document.name, content, batch, tables, given.held)
            tables += reader.read(document, given.sha256, content, batch.spool)
        except held.WouldReturn:
            raise
        except Refused as why:
            refused = why
            notes.append(str(why))
    if not tables:
        raise refused or Refused(
            f"{given.name} was not added",
            why="it holds no table",
            next_step="Give the file with the payments as CSV or Excel",
        )
    if refused and not several:
        raise refused
    for table in tables:
        refuse_untold_sums(table)
    return Added(given.path, given.sha256, tuple(tables), tuple(notes))


def refuse_untold_sums(table: ReadTable) -> None:
    """Refuse what no body can have spent: counted, it would drown every true sum."""
    tally, most = table.tally, Bounds().pence
    sums = (tally.sum_pence, tally.cards_pence, tally.commitments_pence)
    if max(map(abs, (*sums, tally.faults_pence, tally.totals_pence))) > most:
        amount = table.columns.get("amount", {}).get("header", "")
        raise Refused(
            f"{table.file} was not read",
            why=f"the sums in its column '{amount}' come to more than £{most // 100:,}, which no "
            "body spends",
            next_step="See that no account or card number stands there; if the amounts are in "
            "another column, name it in a recipe",
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    return hash_of(path)


def not_held(
    name: str,
    sha256: str,
    batch: Batch,
    within: Collection[ReadTable] = (),
    of: SourceFile | None = None,
) -> None:
    """Raises Refused where the same content is held, or is earlier in the batch or in its file.

    What is held as a part of the file that is read again does not count.
    """
    for table in within:
        if table.content_sha256 == sha256:
            raise same_content(name, table.file, "in the same run")
    for added in batch.files:
        if added.sha256 == sha256 or any(t.content_sha256 == sha256 for t in added.tables):
            raise same_content(name, shown_name(added.path.name), "in the same run")
    readings = Reading.objects.filter(content_sha256=sha256).exclude(file=of)
    found = readings.select_related("file").first()
    file = found.file if found else held.file_of(sha256)
    if file is not None:
        raise same_content(name, file.name, f"on {file.added_at:%d %B %Y}".replace(" 0", " "))


def same_content(name: str, first: str, when: str) -> Refused:
    """The refusal of a file whose content is held, or was given before in the same run."""
    same_name = "the same file" if name == first else f"the same content as {first}, which"
    return Refused(
        f"{name} was not added again",
        why=f"it is {same_name} {'' if name == first else 'was '}added {when}",
        next_step="Nothing is lost and there is nothing to do",
    )
