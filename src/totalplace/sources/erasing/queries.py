"""What was erased and what stays of it; whether what is held is what it should be."""

from __future__ import annotations

import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from totalplace import engines
from totalplace.record import queries as record
from totalplace.refusal import Refused
from totalplace.sources.erasing.held import readings_of
from totalplace.sources.erasing.parts import holdings_of, is_counted, rows_of
from totalplace.sources.erasing.scan import tables
from totalplace.sources.home import Home
from totalplace.sources.models import ErasedRow, Holding, SourceFile, Tombstone
from totalplace.sources.reading.names import shown_name
from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.erasure import (
    Eraser,
    Name,
    columns_of,
    name_of,
    names_within,
    position_of,
    row_digest,
)
from totalplace.sources.rules.layout import Cell

# What of a reading is words from its file, and may be changed by an erasure.
WORDS: Final = ("document", "sheet", "columns", "unsure", "notices")


@dataclass(frozen=True, slots=True)
class RowRow:
    """A row from which a name was erased. Pence are None where it has no amount."""

    document: str
    sheet: str
    row: int
    pence: int | None
    columns: str
    digest: str


@dataclass(frozen=True, slots=True)
class TombstoneRow:
    """What stays of a name that was erased; it names nobody. Money is in pence."""

    agency: str
    file: str
    turn: int
    published_sha256: str
    held_sha256: str
    removed_why: str
    left_out: int
    payee_rows: int
    payee_pence: int
    file_rows: int
    file_pence: int
    power: str
    reason: str
    by: str
    on: datetime
    rows: tuple[RowRow, ...]


def tombstones(sha256: str = "") -> list[TombstoneRow]:
    """Every tombstone, or those of a file, by file and turn."""
    found = Tombstone.objects.select_related("file__agency").order_by("file__name", "turn")
    if sha256:
        found = found.filter(file__sha256=sha256)
    return [_tombstone(stone) for stone in found]


def _tombstone(stone: Tombstone) -> TombstoneRow:
    rows = stone.rows.order_by("document", "sheet", "row", "pk")
    same = (
        "turn", "published_sha256", "held_sha256", "removed_why", "left_out", "payee_rows",
        "payee_pence", "file_rows", "file_pence", "power", "reason", "by", "on",
    )  # fmt: skip
    return TombstoneRow(
        agency=stone.file.agency.code,
        file=stone.file.name,
        rows=tuple(RowRow(r.document, r.sheet, r.row, r.pence, r.columns, r.digest) for r in rows),
        **{name: getattr(stone, name) for name in same},
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure would touch: rows by sheet and number with their pence; it names nobody."""

    file: str
    rows: tuple[tuple[str, int, int], ...]
    others: int  # rows of other payees in whose words the name stands
    firms: int  # other payees of the file with the name within theirs
    elsewhere: tuple[str, ...]  # other files in which the payee stands
    stays: tuple[str, ...]

    @property
    def pence(self) -> int:
        """What the rows come to."""
        return sum(pence for _, _, pence in self.rows)


def preview(home: Home, sha256: str, payee: str) -> Preview:
    """What erasing a payee from a file would touch. Raises Refused where it is no name."""
    name = name_of(payee)
    file = SourceFile.objects.get(sha256=sha256)
    eraser = Eraser(name)
    rows, payees, others = list[tuple[str, int, int]](), set[str](), list[Mapping[str, Any]]()
    for row in _counted(home, file, name):
        payees.add(row["payee"])
        if eraser.is_name(row["payee"]) and name.number in ("", row["payee_number"]):
            rows.append((row["sheet"], row["row"], row["amount_pence"]))
        elif not eraser.is_name(row["payee"]):
            others.append(row)
    within = Eraser(name, names_within(payees, name))
    return Preview(
        file=file.name,
        rows=tuple(sorted(rows)),
        others=sum(_is_named(row, within) for row in others),
        firms=len(within.kept),
        elsewhere=_elsewhere(home, file, eraser),
        stays=tuple(stays(home, eraser)),
    )


def _is_named(row: Mapping[str, Any], eraser: Eraser) -> bool:
    """Whether the name would be taken out of a row of another payee."""
    words = (row[name] for name in ("payee", "unit", "purpose", "detail", "reference"))
    return any(eraser.without(text) != text for text in words)


def payee_at(home: Home, sha256: str, rows: Sequence[int], sheet: str = "") -> str:
    """The payee of some rows of a file, as it is held; to be erased, and never to be shown.

    Raises Refused where a row is no payment, or they are of several payees or sheets.
    """
    file = SourceFile.objects.get(sha256=sha256)
    wanted, parts = set(rows), _parts(home, file)
    asked = {"payments": parts}
    of_file: dict[str, Any] = {"file": sha256, "rows": sorted(wanted)}
    answer = engines.ask("sources/payees_at", asked, **of_file) if parts else []
    found = [row for row in answer if not sheet or row["sheet"] == sheet]
    eraser = Eraser(name_of(found[0]["payee"])) if found else None
    if eraser is None or {row["row"] for row in found} != wanted:
        why, next_step = "a row that was given is no payment of that file and sheet", "See it with"
    elif not sheet and len({row["sheet"] for row in found}) > 1:
        why, next_step = "several sheets have such a row", "Say which with --sheet; see them with"
    elif not all(eraser.is_name(row["payee"]) for row in found):
        why, next_step = "the rows are of several payees", "Give those of one at a time; see"
    else:
        return str(found[0]["payee"])
    raise Refused(
        "Nothing was erased", why=why, next_step=f"{next_step}: totalplace sources show FILE"
    )


def _counted(home: Home, file: SourceFile, name: Name) -> Iterator[dict[str, Any]]:
    """The rows of a file that are counted, at least all those with a name."""
    for holding in holdings_of(file, Holding.Kind.PAYMENTS):
        if is_counted(holding):
            yield from rows_of(home, holding, file, name)


def rows_with_number(home: Home, file: SourceFile, eraser: Eraser) -> frozenset[tuple[str, int]]:
    """The rows of a payee that have the supplier number that was given with the name."""
    return frozenset(
        (row["sheet"], row["row"])
        for row in _counted(home, file, eraser.name)
        if eraser.is_name(row["payee"]) and row["payee_number"] == eraser.name.number
    )


def _elsewhere(home: Home, file: SourceFile, eraser: Eraser) -> tuple[str, ...]:
    """The names of other files in which a payee stands."""
    parts = [
        home.holdings / path
        for path in Holding.objects.filter(superseded=None, kind=Holding.Kind.PAYMENTS).values_list(
            "path", flat=True
        )
    ]
    rows = engines.ask("sources/files_of_payees", {"payments": parts}) if parts else []
    hashes = {row["file"] for row in rows if eraser.is_name(row["payee"])} - {file.sha256}
    names = SourceFile.objects.filter(sha256__in=hashes).order_by("name")
    return tuple(f"{n} of {a}" for n, a in names.values_list("name", "agency__code"))


def _parts(home: Home, file: SourceFile) -> list[Path]:
    """The parts of payments that have rows of a file and are counted."""
    return [
        home.holdings / holding.path
        for holding in holdings_of(file, Holding.Kind.PAYMENTS)
        if is_counted(holding)
    ]


def sums(home: Home, file: SourceFile) -> tuple[int, int]:
    """The rows of a file that are counted, and their pence."""
    parts = _parts(home, file)
    asked = engines.ask("sources/file_sums", {"payments": parts}) if parts else []
    own = [row for row in asked if row["file"] == file.sha256]
    return sum(row["row_count"] for row in own), sum(row["pence"] for row in own)


def columns_erased(file: SourceFile) -> dict[tuple[str, str, int], set[int]]:
    """The columns that were erased before from each row of a file, counted from 0."""
    found: dict[tuple[str, str, int], set[int]] = defaultdict(set)
    for row in ErasedRow.objects.filter(tombstone__file=file):
        letters = row.columns.split(", ") if row.columns else []
        found[row.document, row.sheet, row.row].update(map(position_of, letters))
    return found


def stays(home: Home, eraser: Eraser) -> Iterator[str]:
    """Where the name stands that an erasure does not reach: the record, recipes and forms."""
    for entry in record.entries():
        said = (entry.by, entry.verb, entry.about.id, entry.power, entry.citing)
        if any(eraser.stands_in(text) for text in said):
            yield f"entry {entry.number} on the record, which is never changed"
    for folder in (home.recipes, home.forms):
        for path in sorted(folder.glob("*.y*ml")):
            text = path.read_text(encoding="utf-8", errors="replace")
            if eraser.stands_in(text) or eraser.stands_in(path.name):
                yield f"a file of the folder {folder.name}, which is yours to correct"


def without(value: Any, eraser: Eraser) -> Any:
    """Words of a reading, or lists and mappings of them, without the name."""
    if isinstance(value, str):
        return eraser.without_in(value)
    if isinstance(value, list):
        return [without(one, eraser) for one in value]
    if isinstance(value, Mapping):
        return {key: without(one, eraser) for key, one in value.items()}
    return value


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Proof:
    """How many rows of a tombstone a file that was published is shown to have, with their pence."""

    stone: TombstoneRow
    shown: int

    @property
    def holds(self) -> bool:
        """Whether every row is there."""
        return self.shown == len(self.stone.rows)


def proved(path: Path) -> list[Proof]:
    """What a file as it was published proves of the tombstones of its hash; nothing of it is kept.

    Raises Refused where no tombstone has its hash.
    """
    file = SourceFile.objects.filter(sha256=sha256_of(path)).first()
    stones = tombstones(file.sha256) if file else []
    if file is None or not stones:
        raise Refused(
            f"{shown_name(path.name)} proves nothing",
            why="no tombstone has its hash: it is not, byte for byte, a file that was erased from",
            next_step="See the tombstones with: totalplace sources tombstones",
        )
    amounts = {columns_of(r.columns).amount for r in readings_of(file)}
    numbers = {row.row for stone in stones for row in stone.rows}
    met: dict[int, list[Sequence[Cell]]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="totalplace-") as scratch:
        for table in tables(path, file.name, Path(scratch)):
            for number, cells in enumerate(table.rows, start=1):
                if number in numbers:
                    met[number].append(cells)
    return [
        Proof(stone, sum(_is_shown(row, met[row.row], amounts) for row in stone.rows))
        for stone in stones
    ]


def _is_shown(row: RowRow, met: Sequence[Sequence[Cell]], amounts: set[int | None]) -> bool:
    """Whether one of some rows is the one that was erased from, with the same pence."""
    erased = {position_of(letters) for letters in row.columns.split(", ") if letters}
    return any(
        row_digest(cells, erased) == row.digest
        and (
            row.pence is None
            or any(at is not None and at < len(cells) and pence_of(cells[at]) == row.pence
                   for at in amounts)
        )
        for cells in met
    )  # fmt: skip
