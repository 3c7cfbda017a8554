"""Erasing a payee's name from a held file: wholly or not at all, and the pounds stay."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Max

from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.batch import ends_the_run, is_no_room
from totalplace.sources.erasing import queries
from totalplace.sources.erasing.held import copy_of, name_of_copy, readings_of, refuse_changed
from totalplace.sources.erasing.originals import rewritten
from totalplace.sources.erasing.parts import NewPart, Own, Wanted, new_parts, own_rows, payees_with
from totalplace.sources.erasing.scan import Changed, Only, Search, changed_rows, letters_of
from totalplace.sources.erasing.unsafe import Unsafe
from totalplace.sources.home import Home
from totalplace.sources.made import without_copies
from totalplace.sources.models import (
    ErasedHolding,
    ErasedRow,
    HeldIn,
    Reading,
    SourceFile,
    Superseded,
    Tombstone,
)
from totalplace.sources.rules.erasure import Eraser, columns_of, name_of, names_within
from totalplace.sources.turns import one_at_a_time, recorded

_NOTHING: Final = "Nothing was erased"


@dataclass(frozen=True, slots=True)
class Grounds:
    """Under which power a name is erased, and why; neither may name the person.

    `stays` says where else the name stands and cannot be erased from, such as "ruling 3".
    """

    power: str
    reason: str
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of a file: rows and pence of the payee, and what is held now."""

    file: str
    sha256: str
    turn: int
    rows: int
    pence: int
    held_sha256: str  # empty where the copy was removed
    removed_why: str
    left_out: int
    stays: tuple[str, ...]  # where the name stands still, in full sentences
    firms: int  # other payees of the file with the name within theirs, which were left


def erase(
    home: Home,
    file: str,
    payee: str,
    *,
    grounds: Grounds,
    rows: Sequence[tuple[str, int]] | None = None,
    by: Who,
    on: datetime,
) -> Erased:
    """Erase a payee's name from everything that is held of a file; its pounds and rows stay.

    `file` is the SHA-256 of the file as it was published; `payee` is as published, in any case.
    `rows`, by sheet and number, limits it to those, where two payees have one name. What is
    returned survives a crash; a run that is killed has erased nothing, or all once the next run
    begins. Raises Refused, with everything as it was, where the name stands nowhere in the file, no
    ground is given or it names the person, the file is a return, its copy was changed on the disk,
    or the rows would not come to the same pence. No message names the person.
    """
    power = places.power(by, Act.ERASE, agency=_file(file).agency.code, on=on)
    name = name_of(payee)
    _check(grounds, Eraser(name))
    only = None if rows is None else Only(frozenset(rows))
    with one_at_a_time(home) as scratch, without_copies(home):
        act = _Act(home, by, power, on, scratch, grounds)
        try:
            return _erase(act, _wanted(home, _file(file), payee, only))
        except Refused:
            raise
        except Exception as error:  # noqa: BLE001  (any may quote the name in its message)
            if ends_the_run(error):
                raise _cut_off() from None
            room = "there is no room on the disk for the rows without the name"
            defect = f"a defect of this program was met ({type(error).__name__})"
            why = room if is_no_room(error) else defect
        raise Refused(_NOTHING, why=why, next_step="Put that right, or report it; all is as it was")


def tidy(home: Home) -> None:
    """Take away what a killed run left: what it had not recorded, or what its erasure replaced."""
    with one_at_a_time(home):
        pass


@dataclass(frozen=True, slots=True)
class _Act:
    """Who erases, when, where and why."""

    home: Home
    by: Who
    mandate: str
    on: datetime
    scratch: Path
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows of the copy that change, the copy without the name, and the parts without it."""

    rows: list[Changed]
    copy: Path | None
    removed_why: str
    left_out: int
    parts: list[NewPart] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The rows of the payee, and the rows and pence of the file, before anything is erased."""

    own: Own
    of_file: tuple[int, int]


def _cut_off() -> Refused:
    return Refused(
        "It is not known whether the name was erased",
        why="the server that keeps the records was cut off",
        next_step="Erase it again: if it was erased, you are told that no row has that payee",
    )


def _check(grounds: Grounds, eraser: Eraser) -> None:
    for what, said in (("power", grounds.power), ("reason", grounds.reason)):
        if not said.strip():
            raise Refused(
                _NOTHING,
                why=f"no {what} is given",
                next_step="Say under which power and why, such as 'UK GDPR article 17(1)(d)' and "
                "'published by mistake'",
            )
        if eraser.stands_in(said):
            raise Refused(
                _NOTHING,
                why=f"the {what} names the person, and it goes on the record, which stays",
                next_step="Say it without the name",
            )


def _file(sha256: str) -> SourceFile:
    file = SourceFile.objects.select_related("agency").filter(sha256=sha256).first()
    if file is None:
        why = "no file of that hash is held"
        raise Refused(_NOTHING, why=why, next_step="See the files with: totalplace sources list")
    if not file.readings.exists():
        raise Refused(
            _NOTHING,
            why="the file is a return, whose figures are of bodies and have no payees",
            next_step="Withdraw it where it names a person, and ask for one that does not",
        )
    return file


def _wanted(home: Home, file: SourceFile, payee: str, only: Only | None) -> Wanted:
    """What is to be taken out. A supplier number that was given limits it to rows with it."""
    name = name_of(payee)
    last = file.tombstones.aggregate(last=Max("turn"))["last"] or 0
    eraser = Eraser(name, names_within(payees_with(home, file, name), name))
    if name.number:
        numbered = queries.rows_with_number(home, file, eraser)
        only = Only(numbered if only is None else numbered & only.rows)
    return Wanted(file, eraser, last + 1, only)


def _erase(act: _Act, wanted: Wanted) -> Erased:
    own = own_rows(act.home, wanted)
    before = queries.sums(act.home, wanted.file)
    found = _in_copy(act, wanted, own)
    rows = frozenset((r.document, r.sheet, r.row) for r in found.rows if r.own)
    parts = new_parts(act.home, replace(wanted, own=rows), act.scratch)
    if not (found.rows or parts):
        raise Refused(
            _NOTHING,
            why="no row of the file has that payee, and the name stands nowhere else in it",
            next_step="Give the payee as it is published, or a row in which it stands",
        )
    found = replace(found, parts=parts)
    _place(act, wanted, found)
    stone = _record(act, wanted, found, _Counted(own, before))
    act.home.unplace(act.scratch, recorded)
    act.home.settle()
    return Erased(
        file=wanted.file.name,
        sha256=wanted.file.sha256,
        turn=stone.turn,
        rows=stone.payee_rows,
        pence=stone.payee_pence,
        held_sha256=stone.held_sha256,
        removed_why=stone.removed_why,
        left_out=stone.left_out,
        stays=(*queries.stays(act.home, wanted.eraser), *act.grounds.stays),
        firms=len(wanted.eraser.kept),
    )


def _in_copy(act: _Act, wanted: Wanted, own: Own) -> _Found:
    """Find the name in the copy that is held, and write it without, or say why it has to go.

    Raises Refused where the copy and the rows that are held do not have the same rows of the payee.
    """
    file = wanted.file
    last = file.tombstones.order_by("-turn").first()
    if last is not None and last.removed_why:
        rows = [
            Changed("", sheet, row, pence, (), "", own=True)
            for (sheet, row, pence), times in sorted(own.items())
            for _ in range(times)
        ]
        return _Found(rows, None, last.removed_why, 0)
    copy = copy_of(act.home, file.sha256)
    refuse_changed(file, copy)
    columns = {(r.document, r.sheet): columns_of(r.columns) for r in readings_of(file)}
    search = Search(wanted.eraser, columns, wanted.only)
    inside = act.scratch / "inside"
    inside.mkdir()
    try:
        earlier = queries.columns_erased(file)
        rows = list(changed_rows(copy, file.name, search, earlier, inside))
        met = Counter((r.sheet, r.row, r.pence or 0) for r in rows if r.own)
        if own - met:
            raise Refused(
                _NOTHING,
                why="the copy that is held and its rows do not agree on where the payee stands",
                next_step="Read it again with: totalplace sources reread",
            )
        new = rewritten(copy, file.name, search, inside)
        kept = act.scratch / "copy"
        new.path.replace(kept)
        return _Found(rows, kept, "", new.left_out)
    except Unsafe as unsafe:
        return _Found(rows, None, str(unsafe), 0)
    finally:
        shutil.rmtree(inside, ignore_errors=True)


def _place(act: _Act, wanted: Wanted, found: _Found) -> None:
    """Put what is new beside what is old; which of them stays is for the records to say."""
    home, sha256 = act.home, wanted.file.sha256
    copy = name_of_copy(sha256, wanted.turn)
    old = [f"originals/{name_of_copy(sha256, wanted.turn - 1)}"]
    old += [f"holdings/{part.old.path}" for part in found.parts]
    new = [f"originals/{copy}", *(f"holdings/{part.new.path}" for part in found.parts)]
    home.placing(act.scratch, [*old, *new])
    if found.copy is not None:
        home.keep_original(found.copy, copy)
    for part in found.parts:
        home.keep_part(part.written, part.new.path)
    home.settle()


@transaction.atomic
def _record(act: _Act, wanted: Wanted, found: _Found, counted: _Counted) -> Tombstone:
    """Set the tombstone. From here on the new copy and parts are what is held."""
    stone = _set_tombstone(act, wanted, found, counted)
    _record_parts(stone, found.parts)
    if wanted.only is None:
        _erase_words(wanted)
    ErasedRow.objects.bulk_create(_rows(stone, wanted, found))
    before, after = counted.of_file, queries.sums(act.home, wanted.file)
    if after != before:
        raise Refused(
            _NOTHING,
            why=f"the file would have {after[0]:,} rows and not {before[0]:,}, or other pence",
            next_step="Report it; everything is as it was",
        )
    stays = "; ".join(act.grounds.stays)
    record.write(
        act.by.name,
        "erased a payee's name",
        about=Citation("file", wanted.file.sha256),
        on=act.on,
        power=f"{stone.power}; {act.mandate}",
        citing=f"tombstone {stone.turn}, {stone.payee_rows} rows: {stone.reason}"
        + (f" (it stands still in {stays})" if stays else ""),
    )
    return stone


def _set_tombstone(act: _Act, wanted: Wanted, found: _Found, counted: _Counted) -> Tombstone:
    held = act.home.original(name_of_copy(wanted.file.sha256, wanted.turn))
    return Tombstone.objects.create(
        file=wanted.file,
        turn=wanted.turn,
        published_sha256=wanted.file.sha256,
        held_sha256=queries.sha256_of(held) if found.copy is not None else "",
        removed_why=found.removed_why,
        left_out=found.left_out,
        payee_rows=counted.own.total(),
        payee_pence=sum(pence * times for (_, _, pence), times in counted.own.items()),
        file_rows=counted.of_file[0],
        file_pence=counted.of_file[1],
        power=act.grounds.power.strip(),
        reason=act.grounds.reason.strip(),
        by=act.by.name,
        on=act.on,
    )


def _rows(stone: Tombstone, wanted: Wanted, found: _Found) -> Iterator[ErasedRow]:
    def named(text: str) -> str:
        return text if wanted.only else wanted.eraser.without(text)

    for row in found.rows:
        yield ErasedRow(
            tombstone=stone,
            document=named(row.document),
            sheet=named(row.sheet),
            row=row.row,
            pence=row.pence,
            columns=letters_of(row.columns),
            digest=row.digest,
        )


def _record_parts(stone: Tombstone, parts: Sequence[NewPart]) -> None:
    for part in parts:
        part.new.save(force_insert=True)
        files = HeldIn.objects.filter(holding=part.old).values_list("file_id", flat=True)
        HeldIn.objects.bulk_create(HeldIn(file_id=f, holding=part.new) for f in files)
        if part.in_force:
            Superseded.objects.create(holding=part.old)
        else:
            Superseded.objects.create(holding=part.new)
        ErasedHolding.objects.create(holding=part.old, tombstone=stone)


def _erase_words(wanted: Wanted) -> None:
    """Take the name out of what readings quote of the file: titles, headers, names of sheets.

    It is looked for here and not by the database, in whose log it might be kept.
    """
    for reading in Reading.objects.filter(file=wanted.file):
        old = {name: getattr(reading, name) for name in queries.WORDS}
        new = {name: queries.without(value, wanted.eraser) for name, value in old.items()}
        if new != old:
            Reading.objects.filter(pk=reading.pk).update(**new)
    name = wanted.eraser.without(wanted.file.name)
    if name != wanted.file.name:
        SourceFile.objects.filter(pk=wanted.file.pk).update(name=name)
        wanted.file.name = name
