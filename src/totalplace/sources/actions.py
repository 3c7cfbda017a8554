"""Adding files: each is read whole or not at all, held byte for byte, and never taken twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from django.db import connection, transaction
from django.db.models import Max

from totalplace import engines
from totalplace.places import queries as places
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.batch import (
    Added,
    Batch,
    NotAdded,
    published,
    read,
    read_again,
    recipes_of,
    state_of,
)
from totalplace.sources.home import Home
from totalplace.sources.models import HeldIn, Holding, Reading, SourceFile, Superseded
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.spool import Part, Spool
from totalplace.sources.reading.tables import Reader, ReadTable

__all__ = ["Added", "NotAdded", "Terms", "add", "published", "reread"]

_LOCK: Final = 0x746F7461  # one reading at a time, so that no file is taken twice
_LONGEST_TERM: Final = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of files when they are given: whose, under what licence, by whom."""

    agency: str
    licence: str = ""
    publisher: str = ""


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
    stops no other. Raises Refused where a recipe is not one, or the terms cannot be kept.
    """
    _can_be_kept(terms)
    reader = Reader(terms.agency, bounds=Bounds(), recipes=recipes_of(home), swift=swift)
    with _one_at_a_time(home) as scratch:
        batch, number = Batch(Spool(scratch / "0")), 0
        for path in files:
            seen(path)
            outcome = read(path, reader, batch, scratch)
            if isinstance(outcome, NotAdded):
                yield outcome
            if batch.is_due():
                yield from _commit(batch, terms, home, by, on, scratch)
                number += 1
                batch = Batch(Spool(scratch / str(number)))
        yield from _commit(batch, terms, home, by, on, scratch)


def reread(
    hashes: Sequence[str],
    *,
    home: Home,
    by: str,
    on: datetime,
    seen: Callable[[Path], None] = lambda path: None,
) -> Iterator[Added | NotAdded]:
    """Read held files again, as recipes now say; the new reading counts, and the old one is kept.

    What is yielded as Added is committed. A file that is refused, or reads as before, is yielded
    as NotAdded and stays as it was. Raises Refused where a recipe is not one.
    """
    recipes = recipes_of(home)
    with _one_at_a_time(home) as scratch:
        for number, sha256 in enumerate(hashes):
            file = SourceFile.objects.select_related("agency").get(sha256=sha256)
            seen(home.original(sha256))
            reader = Reader(file.agency.code, bounds=Bounds(), recipes=recipes)
            batch = Batch(Spool(scratch / str(number)))
            outcome = read_again(file, home.original(sha256), reader, batch, scratch)
            if isinstance(outcome, Added):
                outcome = _commit_again(outcome, file, batch, _Act(home, by, on, scratch))
            yield outcome


@dataclass(frozen=True, slots=True)
class _Act:
    """Who reads again, when, and where."""

    home: Home
    by: str
    on: datetime
    scratch: Path


@contextmanager
def _one_at_a_time(home: Home) -> Iterator[Path]:
    """A folder to read in, once no other reading is under way; a killed one lets go of itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        home.tidy(_recorded)
        scratch = home.scratch()
        try:
            yield scratch
        finally:
            home.leave(scratch)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _recorded(paths: Collection[str]) -> set[str]:
    """Which of some originals and holdings, as paths below the home, are recorded."""
    names = [path.partition("/")[2] for path in paths]
    files = SourceFile.objects.filter(sha256__in=names).values_list("sha256", flat=True)
    parts = Holding.objects.filter(path__in=names).values_list("path", flat=True)
    return {f"originals/{name}" for name in files} | {f"holdings/{path}" for path in parts}


def _can_be_kept(terms: Terms) -> None:
    for what, said in (("licence", terms.licence), ("publisher", terms.publisher)):
        if len(said) > _LONGEST_TERM or not said.isprintable():
            raise Refused(
                "No file was added",
                why=f"the {what} is longer than {_LONGEST_TERM} letters, or has more than letters",
                next_step=f"Give the {what} in a few words",
            )


def _commit(
    batch: Batch, terms: Terms, home: Home, by: str, on: datetime, scratch: Path
) -> Iterator[Added]:
    """Put a batch's files and rows in place, then record them in one transaction."""
    if not batch.files:
        return
    batch.spool.seal()
    digest = _digest(batch)
    parts = _parts(batch.spool, digest)
    originals = [f"originals/{dot}{a.sha256}" for a in batch.files for dot in ("", ".")]
    home.placing(scratch, [*originals, *(f"holdings/{part.path}" for part, _ in parts)])
    for added in batch.files:
        home.keep_original(added.path, added.sha256)
        _not_changed(added)
    for part, written in parts:
        home.keep_part(written, part.path)
    home.settle()
    with transaction.atomic():
        files = _record_files(batch, terms, on)
        _record_parts([part for part, _ in parts], files)
        record.write(
            by,
            "added files",
            about=Citation("holding", digest),
            on=on,
            citing=f"{len(files)} files of {terms.agency}",
        )
    home.placed(scratch)
    yield from batch.files


def _commit_again(added: Added, file: SourceFile, batch: Batch, act: _Act) -> Added | NotAdded:
    """Put a new reading beside the old one, and the holdings without the old one in force."""
    before = Reading.objects.filter(file=file)
    turn = before.aggregate(last=Max("turn"))["last"]
    readings = [_reading(file, table, turn + 1) for table in added.tables]
    if _said_by(readings) == _said_by(before.filter(turn=turn)):
        return NotAdded(added.path, _as_before(file))
    batch.spool.seal()
    digest = _digest(batch, turn + 1)
    parts = _parts(batch.spool, digest)
    rests = _rests(file, digest, act.scratch)
    new = [*parts, *((rest, written) for _, rest, written in rests if rest.rows)]
    act.home.placing(act.scratch, [f"holdings/{part.path}" for part, _ in new])
    for part, written in new:
        act.home.keep_part(written, part.path)
    act.home.settle()
    with transaction.atomic():
        Reading.objects.bulk_create(readings)
        _record_parts([part for part, _ in parts], [file])
        for held, rest, _ in rests:
            Superseded.objects.create(holding=held)
            if rest.rows:
                others = SourceFile.objects.filter(held_in__holding=held).exclude(pk=file.pk)
                _record_parts([rest], others)
        about = Citation("holding", digest)
        citing = f"{file.name} of {file.agency.code}"
        record.write(act.by, "read a file again", about=about, on=act.on, citing=citing)
    act.home.placed(act.scratch)
    return added


def _rests(file: SourceFile, digest: str, scratch: Path) -> list[tuple[Holding, Holding, Path]]:
    """The holdings in force that have rows of a file, and each as it is without them."""
    rests = []
    select = engines.question("sources/hold_others")
    gone = {"gone": {"file": np.array([file.sha256], dtype=object)}}
    for held in Holding.objects.filter(superseded=None, files__file=file):
        written = scratch / f"rest-{held.pk}.parquet"
        at = scratch.parents[1] / "holdings" / held.path
        rows = engines.write(written, select, gone, {}, held={"held": [at]})
        if rows < held.rows:
            own = hashlib.sha256(f"{held.digest} {digest}".encode()).hexdigest()
            path = f"{held.kind}/{own}-{held.pk}.parquet"
            rests.append((held, Holding(digest=own, kind=held.kind, path=path, rows=rows), written))
    return rests


def _said_by(readings: Collection[Reading]) -> list[tuple[object, ...]]:
    """What readings say, to tell whether anything is new."""
    names = [f.attname for f in Reading._meta.concrete_fields if f.name not in ("id", "turn")]  # noqa: SLF001
    return sorted((tuple(getattr(r, n) for n in names) for r in readings), key=str)


def _as_before(file: SourceFile) -> Refused:
    return Refused(
        f"{file.name} was not read again",
        why="it reads as it did before",
        next_step="If you wrote a recipe for it, see that its agency, files and days fit",
    )


def _parts(spool: Spool, digest: str) -> list[tuple[Holding, Path]]:
    """The parts of a sealed spool as they will be recorded, and where each is until then."""
    written: list[tuple[str, Part]] = [(Holding.Kind.PAYMENTS, part) for part in spool.payments]
    written += [(Holding.Kind.FAULTS, part) for part in spool.faults]
    return [
        (
            Holding(digest=digest, kind=kind, path=f"{kind}/{digest}-{n}.parquet", rows=part.rows),
            part.path,
        )
        for n, (kind, part) in enumerate(written)
    ]


def _digest(batch: Batch, turn: int = 1) -> str:
    """Of which files, and of the canonical rows of their tables: two files may hold the same."""
    canonical = "".join(a.sha256 + "".join(t.digest for t in a.tables) for a in batch.files)
    again = f" {turn}" if turn > 1 else ""
    return hashlib.sha256(f"{canonical}{again}".encode()).hexdigest()


def _not_changed(added: Added) -> None:
    if state_of(added.path) != added.given:
        raise Refused(
            f"{shown_name(added.path.name)} and the files read with it were not added",
            why="it was changed while it was read",
            next_step="Give them again once nothing writes to them",
        )


def _record_parts(parts: Sequence[Holding], files: Collection[SourceFile]) -> None:
    for part in parts:
        part.save(force_insert=True)
        HeldIn.objects.bulk_create(HeldIn(file=file, holding=part) for file in files)


def _record_files(batch: Batch, terms: Terms, on: datetime) -> list[SourceFile]:
    agency = places.agency(terms.agency).id
    files = SourceFile.objects.bulk_create(
        SourceFile(
            sha256=added.sha256,
            name=shown_name(added.path.name),
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


def _reading(file: SourceFile, table: ReadTable, turn: int = 1) -> Reading:
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
        turn=turn,
        **tally,
    )
