"""Adding files: each is read whole or not at all, held byte for byte, and never taken twice."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import yaml
from django.db import connection, transaction

from totalplace.places import queries as places
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.models import HeldIn, Holding, Reading, SourceFile
from totalplace.sources.reading.archives import documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.rules.recipes import Recipe, recipe_from

# A run commits what it has read from time to time, so that a stop loses little and repeats little.
_COMMIT_SECONDS: Final = 20.0
_COMMIT_FILES: Final = 400
_LOCK: Final = 0x746F7461  # one reading at a time, so that no file is taken twice


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of files when they are given: whose, under what licence, by whom."""

    agency: str
    licence: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A file that is held, and what was read from each of its tables."""

    path: Path
    sha256: str
    tables: tuple[ReadTable, ...]
    notes: tuple[str, ...] = ()  # parts of an archive that were not taken, and why


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that was not taken, and why."""

    path: Path
    refused: Refused


@dataclass(slots=True)
class _Batch:
    """Files read since the last commit."""

    spool: Spool
    files: list[Added] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def is_due(self) -> bool:
        return len(self.files) >= _COMMIT_FILES or time.monotonic() - self.began > _COMMIT_SECONDS


def published(paths: Iterable[Path]) -> list[Path]:
    """The files that some paths name: folders are gone through, hidden files left out.

    Raises Refused where a path is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file())
            found += [p for p in inside if not any(n.startswith(".") for n in p.parts[1:])]
        elif path.exists():
            found.append(path)
        else:
            raise Refused(
                f"{path} was not added",
                why="there is no such file or folder",
                next_step="Check the name; one with spaces needs quotes",
            )
    return found


def add(
    files: Sequence[Path],
    terms: Terms,
    *,
    home: Home,
    by: str,
    on: datetime,
    seen: Callable[[Path], None] = lambda path: None,
    swift: bool | None = None,
) -> Iterator[Added | NotAdded]:
    """Read files and hold their rows; what is yielded is committed and survives a crash.

    `seen` is called as each file is begun. A file that cannot be read is yielded as NotAdded and
    stops no other. Raises Refused where a recipe is not one.
    """
    scratch = home.scratch()
    recipes = _recipes(home)
    reader = Reader(terms.agency, bounds=Bounds(), recipes=recipes, swift=swift)
    try:
        with _one_at_a_time():
            batch, number = _Batch(Spool(scratch / "0")), 0
            for path in files:
                seen(path)
                outcome = _read(path, reader, batch, scratch)
                if isinstance(outcome, NotAdded):
                    yield outcome
                if batch.is_due():
                    yield from _commit(batch, terms, home, by, on)
                    number += 1
                    batch = _Batch(Spool(scratch / str(number)))
            yield from _commit(batch, terms, home, by, on)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait until no other reading is under way; a killed one lets go of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _recipes(home: Home) -> list[Recipe]:
    recipes = []
    for path in sorted(home.recipes.glob("*.y*ml")):
        try:
            written = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise Refused(
                f"The recipe {path.name} was not used",
                why=f"it is not YAML: {error}",
                next_step="Correct it, or take it out of the recipes folder",
            ) from error
        recipes.append(recipe_from(written if isinstance(written, dict) else {}, name=path.name))
    return recipes


def _read(path: Path, reader: Reader, batch: _Batch, scratch: Path) -> Added | NotAdded:
    """Read one file into a batch; refused, it leaves nothing there."""
    inside = scratch / "inside"
    inside.mkdir(exist_ok=True)
    mark = batch.spool.mark()
    try:
        sha256 = sha256_of(path)
        _not_held(path.name, sha256, batch)
        added = _read_documents(path, sha256, reader, batch, inside)
    except Refused as refused:
        batch.spool.back_to(mark)
        return NotAdded(path, refused)
    finally:
        shutil.rmtree(inside, ignore_errors=True)
    batch.files.append(added)
    return added


def _read_documents(path: Path, sha256: str, reader: Reader, batch: _Batch, inside: Path) -> Added:
    tables: list[ReadTable] = []
    notes: list[str] = []
    reader.said = notes
    refused: Refused | None = None
    several = False
    for document in documents(path, bounds=Bounds(), scratch=inside, said=notes):
        content = sha256 if document.path == path else sha256_of(document.path)
        try:
            if content != sha256:
                several = True
                _not_held(document.name, content, batch)
            tables += reader.read(document, sha256, content, batch.spool)
        except Refused as why:
            refused = why
            notes.append(str(why))
    if not tables:
        raise refused or Refused(
            f"{path.name} was not added",
            why="it holds no table",
            next_step="Give the file with the payments as CSV or Excel",
        )
    if refused and not several:
        raise refused
    return Added(path, sha256, tuple(tables), tuple(notes))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _not_held(name: str, sha256: str, batch: _Batch) -> None:
    """Raises Refused where the same content is held, or is earlier in the batch."""
    for added in batch.files:
        if added.sha256 == sha256 or any(t.content_sha256 == sha256 for t in added.tables):
            raise _same(name, added.path.name, "in the same run")
    held = Reading.objects.filter(content_sha256=sha256).select_related("file").first()
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


def _commit(batch: _Batch, terms: Terms, home: Home, by: str, on: datetime) -> Iterator[Added]:
    """Put a batch's files and rows in place, then record them in one transaction."""
    if not batch.files:
        return
    batch.spool.seal()
    for added in batch.files:
        home.keep_original(added.path, added.sha256)
    digest = hashlib.sha256(
        "".join(t.digest for a in batch.files for t in a.tables).encode()
    ).hexdigest()
    parts = [(Holding.Kind.PAYMENTS, p) for p in batch.spool.payments]
    parts += [(Holding.Kind.FAULTS, p) for p in batch.spool.faults]
    placed = [
        (kind, home.keep_part(p.path, f"{kind}/{digest}-{n}.parquet"), p.rows)
        for n, (kind, p) in enumerate(parts)
    ]
    home.settle()
    with transaction.atomic():
        files = _record_files(batch, terms, on)
        for kind, place, rows in placed:
            holding = Holding.objects.create(digest=digest, kind=kind, path=place, rows=rows)
            HeldIn.objects.bulk_create(HeldIn(file=f, holding=holding) for f in files)
        record.write(
            by,
            "added files",
            about=Citation("holding", digest),
            on=on,
            citing=f"{len(files)} files of {terms.agency}",
        )
    yield from batch.files


def _record_files(batch: _Batch, terms: Terms, on: datetime) -> list[SourceFile]:
    agency = places.agency(terms.agency).id
    files = SourceFile.objects.bulk_create(
        SourceFile(
            sha256=added.sha256,
            name=added.path.name,
            agency_id=agency,
            size=added.path.stat().st_size,
            licence=terms.licence,
            publisher=terms.publisher,
            taken_on=on.date(),
            added_at=on,
        )
        for added in batch.files
    )
    Reading.objects.bulk_create(
        _reading(file, table)
        for file, added in zip(files, batch.files, strict=True)
        for table in added.tables
    )
    return files


def _reading(file: SourceFile, table: ReadTable) -> Reading:
    tally = asdict(table.tally)
    for name in ("first_day", "last_day"):
        tally.pop(name)
    return Reading(
        file=file,
        document=table.file,
        sheet=table.sheet,
        content_sha256=table.content_sha256,
        encoding=table.encoding,
        digest=table.digest,
        vat_basis=table.layout.vat_basis.value,
        period_first=table.period.first if table.period else None,
        period_last=table.period.last if table.period else None,
        first_date=table.first_date,
        last_date=table.last_date,
        columns=table.columns,
        unsure=list(table.unsure),
        notices=list(table.notices),
        **tally,
    )
