"""Adding files: each is read whole or not at all, held byte for byte, and never taken twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np
from django.db import transaction
from django.db.models import Max

from totalplace import engines
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.batch import (
    Added,
    Batch,
    NotAdded,
    copy_of,
    ends_the_run,
    not_taken,
    published,
    read,
    read_again,
    recipes_of,
)
from totalplace.sources.erasing.held import copy_of as held_copy
from totalplace.sources.home import Home
from totalplace.sources.models import HeldIn, Holding, Reading, SourceFile, Superseded
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.spool import Part, Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.several import Several, several
from totalplace.sources.turns import one_at_a_time, recorded

__all__ = ["Added", "NotAdded", "Terms", "add", "published", "reread"]

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
    by: Who,
    on: datetime,
    seen: Callable[[Path], None] = lambda path: None,
    swift: bool | None = None,
) -> Iterator[Added | NotAdded]:
    """Read files and hold their rows; what is yielded is committed and survives a crash.

    `seen` is called as each file is begun. A file that cannot be read is yielded as NotAdded and
    stops no other. Raises Refused where a recipe is not one, or the terms cannot be kept.
    """
    power = places.power(by, Act.GIVE_FIGURES, agency=terms.agency, on=on)
    _can_be_kept(terms)
    reader = Reader(terms.agency, bounds=Bounds(), recipes=recipes_of(home), swift=swift)
    with (
        one_at_a_time(home) as scratch,
        several(files, reader, scratch, swift=swift) as coming,
    ):
        run = _Run(coming, terms, _Act(home, by, power, on, scratch))
        for path in files:
            seen(path)
            yield from run.take(path)
        yield from run.finish()
        yield from run.commit()


def reread(
    hashes: Sequence[str],
    *,
    home: Home,
    by: Who,
    on: datetime,
    seen: Callable[[Path], None] = lambda path: None,
) -> Iterator[Added | NotAdded]:
    """Read held files again, as recipes now say; the new reading counts, and the old one is kept.

    What is yielded as Added is committed. A file that is refused, or reads as before, is yielded
    as NotAdded and stays as it was. Raises Refused where a recipe is not one.
    """
    recipes = recipes_of(home)
    with one_at_a_time(home) as scratch:
        for number, sha256 in enumerate(hashes):
            file = SourceFile.objects.select_related("agency").get(sha256=sha256)
            power = places.power(by, Act.TEACH, agency=file.agency.code, on=on)
            original = held_copy(home, sha256)
            if original.exists():
                seen(original)
            reader = Reader(file.agency.code, bounds=Bounds(), recipes=recipes)
            batch = Batch(Spool(scratch / str(number)))
            outcome = read_again(file, original, reader, batch, scratch)
            if isinstance(outcome, Added):
                outcome = _commit_again(outcome, file, batch, _Act(home, by, power, on, scratch))
            yield outcome


@dataclass(frozen=True, slots=True)
class _Act:
    """Who reads, when, and where."""

    home: Home
    by: Who
    power: str
    on: datetime
    scratch: Path


class _Run:
    """Files on their way in, committed from time to time."""

    def __init__(self, coming: Several, terms: Terms, act: _Act) -> None:
        self._several, self._terms, self._act = coming, terms, act
        self._number = 0
        self._begin()

    def _begin(self) -> None:
        self._number += 1
        self._batch = Batch(Spool(self._act.scratch / str(self._number)))

    def take(self, path: Path) -> Iterator[Added | NotAdded]:
        """Begin a file; what is yielded is refused, or committed."""
        looked = self._several.look(path)
        if self._several.must_wait(looked):
            yield from self.finish()
        self._several.begin(path, looked, self._batch)
        while self._several.is_over():
            yield from self._finish_first()

    def finish(self) -> Iterator[Added | NotAdded]:
        """Finish all files that are begun."""
        while self._several.coming:
            yield from self._finish_first()

    def _finish_first(self) -> Iterator[Added | NotAdded]:
        coming = self._several.coming.pop(0)
        try:
            outcome = coming.finish(self._several.reader, self._batch, self._act.scratch)
        except Exception as error:
            if ends_the_run(error):
                raise
            yield from self._each_alone([*self._paths(), coming.path], error)
            return
        if isinstance(outcome, NotAdded):
            yield outcome
        if self._batch.is_due():
            yield from self.commit()

    def commit(self) -> Iterator[Added | NotAdded]:
        """Hold what was read since the last commit."""
        try:
            _commit(self._batch, self._terms, self._act)
        except Exception as error:
            if ends_the_run(error):
                raise
            yield from self._each_alone(self._paths(), error)
        else:
            yield from self._batch.files
            self._begin()

    def _paths(self) -> list[Path]:
        return [added.path for added in self._batch.files]

    def _each_alone(self, paths: Sequence[Path], error: Exception) -> Iterator[Added | NotAdded]:
        """Take files one by one: one that cannot be written or recorded must stop no other."""
        for path in paths:
            self._act.home.unplace(self._act.scratch, recorded)
            self._begin()
            outcome: Added | NotAdded = NotAdded(path, not_taken(path, error))
            try:
                if len(paths) > 1:  # else it is known what came of it
                    outcome = read(path, self._several.reader, self._batch, self._act.scratch)
                    _commit(self._batch, self._terms, self._act)
            except Exception as again:
                if ends_the_run(again):
                    raise
                outcome = NotAdded(path, not_taken(path, again))
            yield outcome
        self._act.home.unplace(self._act.scratch, recorded)
        self._begin()


def _can_be_kept(terms: Terms) -> None:
    for what, said in (("licence", terms.licence), ("publisher", terms.publisher)):
        if len(said) > _LONGEST_TERM or not said.isprintable():
            raise Refused(
                "No file was added",
                why=f"the {what} is longer than {_LONGEST_TERM} letters, or has more than letters",
                next_step=f"Give the {what} in a few words",
            )


def _commit(batch: Batch, terms: Terms, act: _Act) -> None:
    """Put a batch's files and rows in place, then record them in one transaction."""
    if not batch.files:
        return
    home = act.home
    batch.spool.seal()
    digest = _digest(batch)
    parts = _parts(batch.spool, digest)
    originals = [f"originals/{added.sha256}" for added in batch.files]
    home.placing(act.scratch, [*originals, *(f"holdings/{part.path}" for part, _ in parts)])
    for added in batch.files:
        home.keep_original(copy_of(act.scratch, added.sha256), added.sha256)
    for part, written in parts:
        home.keep_part(written, part.path)
    home.settle()
    with transaction.atomic():
        files = _record_files(batch, terms, act.on)
        record_parts([part for part, _ in parts], files)
        record.write(
            act.by.name,
            "added files",
            about=Citation("holding", digest),
            on=act.on,
            power=act.power,
            citing=f"{len(files)} files of {terms.agency}",
        )
    home.placed(act.scratch)


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
    rests = rests_without(file, digest, act.scratch)
    new = [*parts, *((rest, written) for _, rest, written in rests if rest.rows)]
    act.home.placing(act.scratch, [f"holdings/{part.path}" for part, _ in new])
    for part, written in new:
        act.home.keep_part(written, part.path)
    act.home.settle()
    with transaction.atomic():
        Reading.objects.bulk_create(readings)
        record_parts([part for part, _ in parts], [file])
        for held, rest, _ in rests:
            Superseded.objects.create(holding=held)
            if rest.rows:
                others = SourceFile.objects.filter(held_in__holding=held).exclude(pk=file.pk)
                record_parts([rest], others)
        about = Citation("holding", digest)
        citing = f"{file.name} of {file.agency.code}"
        record.write(
            act.by.name, "read a file again", about=about, on=act.on, power=act.power, citing=citing
        )
    act.home.placed(act.scratch)
    return added


def rests_without(
    file: SourceFile, digest: str, scratch: Path
) -> list[tuple[Holding, Holding, Path]]:
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


def record_parts(parts: Sequence[Holding], files: Collection[SourceFile]) -> None:
    """Record holdings and which files their rows are of; in the transaction of the act."""
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
            size=added.size,
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
