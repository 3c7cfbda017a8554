"""Freezing a count as an edition, and decisions about it, each on the record."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from totalplace.count import models
from totalplace.count.queries.editions import (
    BESIDE,
    EditionRow,
    edition,
    folder_of,
    standing_of,
)
from totalplace.count.rules.standing import Standing, after
from totalplace.count.rules.whole_place.frozen import Freezing, canonical, sha256_of
from totalplace.engines.files import to_disk
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_ACTS: Final = {
    "dispute": Act.DISPUTE,
    "settle": Act.SETTLE,
    "sign off": Act.SIGN_OFF,
    "supersede": Act.FREEZE,
}


def freeze(home: Home, freezing: Freezing, *, by: Who, on: datetime) -> EditionRow:
    """Freeze a count as the next edition of its place and year; the one before is superseded.

    A count that says exactly what the last edition says is that edition: it is returned. Files
    are moved into place whole and then recorded, so that a killed run leaves the old edition.
    """
    place = places.place(freezing.place)
    power = places.power(by, Act.FREEZE, place=place.code, on=on)
    _keep(home, freezing)
    with transaction.atomic():
        _one_at_a_time()
        same_year = models.Edition.objects.filter(
            place_id=place.id, year_start=freezing.year_start
        ).order_by("number")
        made = list(same_year)
        for row in made:
            if row.digest == freezing.digest:
                return edition(row.pk)
        number = made[-1].number + 1 if made else 1
        row = models.Edition.objects.create(
            place_id=place.id, year_start=freezing.year_start, number=number,
            digest=freezing.digest, by=by.name, on=on,
        )  # fmt: skip
        about = Citation("edition", f"{freezing.place}/{freezing.year}/{number}")
        record.write(
            by.name, "froze an edition", about=about, on=on, power=power, citing=_cited(freezing)
        )
        if made and standing_of(made[-1].pk) is not Standing.SUPERSEDED:
            why = f"edition {number} takes its place"
            decide(made[-1].pk, "supersede", reason=why, by=by, on=on)
    return edition(row.pk)


@transaction.atomic
def decide(
    edition_id: int, verb: str, *, reason: str, agency: str = "", by: Who, on: datetime
) -> Standing:
    """Dispute, settle, sign off or supersede an edition; returns where it then stands.

    Raises Refused for a move that there is not from where it stands, for one without a reason,
    and for a dispute that no agency of the place makes.
    """
    _one_at_a_time()
    named = edition(edition_id)
    row = models.Edition.objects.get(pk=edition_id)
    before = standing_of(edition_id)
    following = after(before, verb)
    whose = agency if verb == "dispute" else ""
    power = places.power(by, _ACTS[verb], agency=whose, place=named.place, on=on)
    if not reason.strip():
        raise Refused(
            f"The edition cannot be moved by '{verb}'",
            why="no reason is given",
            next_step="Give the reason in a sentence",
        )
    models.Move.objects.create(
        edition=row,
        turn=row.moves.count() + 1,
        verb=verb,
        before=before.value,
        after=following.value,
        agency_id=_disputing(row, verb, agency),
        reason=reason.strip(),
        by=by.name,
        on=on,
    )
    about = Citation("edition", named.citation)
    citing = f"{agency} {reason}".strip()
    record.write(by.name, f"moved: {verb}", about=about, on=on, power=power, citing=citing)
    return following


def _one_at_a_time() -> None:
    """Wait for other writers of editions, until this transaction ends."""
    take_turn("totalplace.count")


def _disputing(row: models.Edition, verb: str, agency: str) -> int | None:
    if verb != "dispute":
        return places.agency(agency).id if agency else None
    if not agency:
        raise Refused(
            "The edition cannot be disputed",
            why="it is not said which agency disputes its figures",
            next_step="Name the agency",
        )
    disputing = places.agency(agency)
    place = edition(row.pk).place
    if agency not in {m.agency.code for m in places.members(place)}:
        raise Refused(
            f"{disputing.name} cannot dispute this edition",
            why=f"it is no member of {place}",
            next_step="An agency disputes its own figures in a place that it belongs to",
        )
    return disputing.id


def _cited(freezing: Freezing) -> str:
    """The hash of an edition, and of what stands beside it: so neither is changed in silence."""
    if freezing.beside is None:
        return freezing.digest
    return f"{freezing.digest}; beside it {sha256_of(freezing.beside)}"


def _keep(home: Home, freezing: Freezing) -> None:
    """Put the files of an edition into place, whole, unless they are there."""
    folder = folder_of(home, freezing.digest)
    if folder.exists():
        if freezing.beside is not None and not (folder / BESIDE).exists():
            _add(folder / BESIDE, canonical(freezing.beside))
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".{freezing.digest}.{os.getpid()}-{uuid.uuid4().hex[:8]}")
    partial.mkdir(mode=0o700)
    try:
        _write(partial / "edition.json", canonical(freezing.plain))
        if freezing.beside is not None:
            _write(partial / BESIDE, canonical(freezing.beside))
        for path in freezing.files:
            shutil.copyfile(path, partial / path.name)
            to_disk(partial / path.name)
        to_disk(partial)
        try:
            partial.rename(folder)
        except OSError:  # another run put the same edition there meanwhile
            if not folder.exists():
                raise
        to_disk(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _add(path: Path, text: str) -> None:
    """Add a file to an edition that was made before such files were, whole or not at all."""
    partial = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}")
    _write(partial, text)
    partial.replace(path)
    to_disk(path.parent)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    to_disk(path)


def tidy(home: Home) -> Sequence[Any]:
    """Remove what killed runs left half-written among the editions; returns what was removed."""
    gone = list((home.root / "editions").glob(".*"))
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return gone
