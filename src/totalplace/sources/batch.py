"""Files on their way in: each is read whole into a batch, or refused and leaves nothing there."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import yaml

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.models import Reading, SourceFile
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import distinct, shown_name
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.rules.recipes import Recipe, recipe_from

# A run commits what it has read from time to time, so that a stop loses little and repeats little.
_COMMIT_SECONDS: Final = 20.0
_COMMIT_FILES: Final = 400


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is held, and what was read from each of its tables.

    `path` is where it was given; of a file that was read again, it is only its name.
    """

    path: Path
    sha256: str
    tables: tuple[ReadTable, ...]
    notes: tuple[str, ...] = ()  # parts of an archive that were not taken, and why
    given: tuple[int, ...] = ()  # how the file stood when it was hashed


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

    Raises Refused where a path is not there, or there is no file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file())
            visible = [p for p in inside if not _hidden(p.relative_to(path))]
            if not visible:
                raise _not_there(path, "there is no file in it")
            found += visible
        elif path.is_file():
            found.append(path)
        else:
            raise _not_there(path, "it is no file" if path.exists() else "there is no such file")
    return found


def _hidden(path: Path) -> bool:
    return any(name.startswith(".") for name in path.parts)


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
        state, sha256 = _hashed(path)
        given = _Given(path, shown_name(path.name), sha256)
        _not_held(given.name, sha256, batch)
        return replace(_read_documents(given, reader, batch, inside), given=state)

    return _whole(path, once, batch, scratch)


def read_again(
    file: SourceFile, original: Path, reader: Reader, batch: Batch, scratch: Path
) -> Added | NotAdded:
    """Read a held file into a batch. Refused where it reads as it did before."""

    def once(inside: Path) -> Added:
        _, sha256 = _hashed(original)
        if sha256 != file.sha256:
            raise Refused(
                f"{file.name} was not read again",
                why="the copy that is held was changed on the disk",
                next_step="Bring it back from a copy of the home folder",
            )
        return _read_documents(_Given(original, file.name, sha256, file), reader, batch, inside)

    return _whole(Path(file.name), once, batch, scratch)


def _whole(
    path: Path, once: Callable[[Path], Added], batch: Batch, scratch: Path
) -> Added | NotAdded:
    """Keep what is read of a file, or nothing of it."""
    inside = scratch / "inside"
    inside.mkdir(exist_ok=True)
    mark = batch.spool.mark()
    try:
        added = once(inside)
    except Refused as refused:
        batch.spool.back_to(mark)
        return NotAdded(path, refused)
    finally:
        shutil.rmtree(inside, ignore_errors=True)
    added = replace(added, path=path)
    batch.files.append(added)
    return added


def _hashed(path: Path) -> tuple[tuple[int, ...], str]:
    """The state and the hash of a file that may not be ours to read, or be gone by now."""
    try:
        return state_of(path), sha256_of(path)
    except OSError as error:
        raise Refused(
            f"{shown_name(path.name)} was not read",
            why=f"it cannot be opened ({str(error.strerror).lower()})",
            next_step="Ask whoever looks after this computer to let you read it",
        ) from error


def state_of(path: Path) -> tuple[int, ...]:
    """What changes when a file is written to."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns, now.st_ino


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
                _not_held(document.name, content, batch, tables, given.held)
            tables += reader.read(document, given.sha256, content, batch.spool)
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
    return Added(given.path, given.sha256, tuple(tables), tuple(notes))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_held(
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
            raise _same(name, table.file, "in the same run")
    for added in batch.files:
        if added.sha256 == sha256 or any(t.content_sha256 == sha256 for t in added.tables):
            raise _same(name, shown_name(added.path.name), "in the same run")
    readings = Reading.objects.filter(content_sha256=sha256).exclude(file=of)
    held = readings.select_related("file").first()
    file = held.file if held else SourceFile.objects.filter(sha256=sha256).first()
    if file is not None:
        raise _same(name, file.name, f"on {file.added_at:%d %B %Y}".replace(" 0", " "))


def _same(name: str, first: str, when: str) -> Refused:
    same_name = "the same file" if name == first else f"the same content as {first}, which"
    return Refused(
        f"{name} was not added again",
        why=f"it is {same_name} {'' if name == first else 'was '}added {when}",
        next_step="Nothing is lost and there is nothing to do",
    )
