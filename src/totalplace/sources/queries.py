"""What is held of the files that agencies published; the only way other rooms read it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from totalplace import engines
from totalplace.refusal import Refused
from totalplace.sources.erasing.held import copy_of
from totalplace.sources.home import Home
from totalplace.sources.models import HeldIn, Holding, Reading, SourceFile
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.rows_again import Place, rows_again
from totalplace.sources.rules.recipe_text import Understood, recipe_text

MOST_FAULTS: Final = 100_000  # of one file that are listed one by one; nobody corrects more by hand
_MOST_AGAIN: Final = 200 * 2**20  # bytes of a file that is opened again to show its rows
_SHORTEST_HASH: Final = 6


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One table of a file, and how every row of it is accounted for. Money is in pence."""

    agency: str
    agency_name: str
    file: str
    sha256: str
    document: str
    sheet: str
    licence: str
    publisher: str
    taken_on: date
    rows_in: int
    preamble_rows: int
    header_rows: int
    blank_rows: int
    total_rows: int
    payments: int
    cards: int
    commitments: int
    faults: int
    sum_pence: int
    cards_pence: int
    commitments_pence: int
    faults_pence: int
    totals_pence: int
    negative_payments: int
    duplicates_flagged: int
    redacted: int
    cells_not_read: int
    undated: int
    trailing_minus: int
    serial_dates: int
    vat_basis: str
    period_first: date | None
    period_last: date | None
    first_date: date | None
    last_date: date | None
    amount_header: str
    unsure: tuple[str, ...]
    notices: tuple[str, ...]
    columns: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    encoding: str = ""
    turn: int = 1


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that is held, and what its tables come to. Money is in pence."""

    agency: str
    file: str
    sha256: str
    size: int
    licence: str
    publisher: str
    taken_on: date
    tables: tuple[ReadingRow, ...]

    def sum_of(self, what: str) -> int:
        """The sum of a count or of money over its tables, such as `payments` or `sum_pence`."""
        return sum(int(getattr(table, what)) for table in self.tables)

    @property
    def first_date(self) -> date | None:
        """The earliest day of payment."""
        return min((t.first_date for t in self.tables if t.first_date), default=None)

    @property
    def last_date(self) -> date | None:
        """The latest day of payment."""
        return max((t.last_date for t in self.tables if t.last_date), default=None)


@dataclass(frozen=True, slots=True)
class FaultRow:
    """A fault where it stands: what was found, why it is refused, what to do; and its row.

    `refused` says that the whole row is no payment; otherwise it is kept without the cell.
    """

    agency: str
    file: str
    document: str
    sheet: str
    row: int
    column: str
    found: str
    why: str
    next_step: str
    refused: bool
    amount_pence: int | None
    cells: tuple[str, ...]  # the row as published, where it can still be opened


@dataclass(frozen=True, slots=True)
class FaultKind:
    """Faults of one table, column and reason: how many, and what they come to where known."""

    agency: str
    document: str
    sheet: str
    column: str
    why: str
    next_step: str
    refused: bool
    faults: int
    pence: int


_SAME = (
    "document", "sheet", "rows_in", "preamble_rows", "header_rows", "blank_rows", "total_rows",
    "payments", "cards", "commitments", "faults", "sum_pence", "cards_pence",
    "commitments_pence", "faults_pence", "totals_pence", "negative_payments",
    "duplicates_flagged", "redacted", "cells_not_read", "undated", "trailing_minus",
    "serial_dates", "vat_basis", "period_first", "period_last", "first_date", "last_date",
    "columns", "encoding", "turn",
)  # fmt: skip


def readings(
    *, agencies: Sequence[str] | None = None, sha256s: Collection[str] | None = None
) -> list[ReadingRow]:
    """Every table that is held, by agency and date; of some agencies or files, or of all.

    Where a file was read again, its latest reading counts.
    """
    latest = Reading.objects.filter(file=OuterRef("file")).order_by("-turn").values("turn")[:1]
    found = (
        Reading.objects.select_related("file__agency")
        .filter(turn=Subquery(latest))
        .order_by("file__agency__code", "first_date", "document", "sheet")
    )
    if agencies is not None:
        found = found.filter(file__agency__code__in=agencies)
    if sha256s is not None:
        found = found.filter(file__sha256__in=sha256s)
    return [_row(r) for r in found]


def _row(reading: Reading) -> ReadingRow:
    file = reading.file
    return ReadingRow(
        agency=file.agency.code,
        agency_name=file.agency.name,
        file=file.name,
        sha256=file.sha256,
        licence=file.licence,
        publisher=file.publisher,
        taken_on=file.taken_on,
        amount_header=str(reading.columns.get("amount", {}).get("header", "")),
        unsure=tuple(reading.unsure),
        notices=tuple(reading.notices),
        **{name: getattr(reading, name) for name in _SAME},
    )


def holdings(home: Home) -> dict[str, list[Path]]:
    """The Parquet files of each kind that are recorded, and so whole, and that are in force."""
    kept: dict[str, list[Path]] = {kind.value: [] for kind in Holding.Kind}
    in_force = Holding.objects.filter(superseded=None).order_by("id")
    for kind, path in in_force.values_list("kind", "path"):
        kept[kind].append(home.holdings / path)
    return kept


@dataclass(frozen=True, slots=True)
class Parts:
    """The Parquet files with the payments of some files, and whether others' stand in them too."""

    paths: tuple[Path, ...]
    with_others: bool


def parts_of(home: Home, sha256s: Collection[str]) -> Parts:
    """Where the payments of some files stand that are in force."""
    in_force = HeldIn.objects.filter(holding__kind=Holding.Kind.PAYMENTS, holding__superseded=None)
    own = in_force.filter(file__sha256__in=sha256s).values_list("holding_id", "holding__path")
    found = dict(own)
    others = in_force.filter(holding_id__in=found).exclude(file__sha256__in=sha256s)
    paths = tuple(home.holdings / found[holding] for holding in sorted(found))
    return Parts(paths, others.exists())


def files(*, agencies: Sequence[str] | None = None) -> list[FileRow]:
    """Every file that is held, by agency and date; of some agencies, or of all."""
    tables: dict[str, list[ReadingRow]] = defaultdict(list)
    for reading in readings(agencies=agencies):
        tables[reading.sha256].append(reading)
    sizes = dict(SourceFile.objects.values_list("sha256", "size"))
    return [
        FileRow(
            agency=same[0].agency,
            file=same[0].file,
            sha256=sha256,
            size=sizes[sha256],
            licence=same[0].licence,
            publisher=same[0].publisher,
            taken_on=same[0].taken_on,
            tables=tuple(same),
        )
        for sha256, same in tables.items()
    ]


def file_named(said: str) -> FileRow:
    """The one file of a name, of a path that ends in it, or of the beginning of a hash.

    Raises Refused where there is none, or more than one.
    """
    held = files()
    names = {said, shown_name(Path(said).name)}
    found = [f for f in held if f.file in names]
    if not found and len(said) >= _SHORTEST_HASH:
        found = [f for f in held if f.sha256.startswith(said.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            f"There is no file {shown_name(said)}",
            why="none of that name or hash is held",
            next_step="See what is held with: totalplace sources list",
        )
    hashes = ", ".join(f"{f.sha256[:12]} of {f.agency}" for f in found[:5])
    raise Refused(
        f"It is not clear which {shown_name(said)} is meant",
        why=f"{len(found)} files have that name ({hashes})",
        next_step="Give the beginning of its hash in place of its name",
    )


def recipes_for(file: FileRow) -> list[str]:
    """Recipes that say how a file was read, one for each document or sheet read in its own way."""
    by_document: dict[str, list[ReadingRow]] = defaultdict(list)
    for table in file.tables:
        if table.columns:
            by_document[table.document].append(table)
    found = []
    for tables in by_document.values():
        told = [_understood(table, table.sheet) for table in tables]
        alike = {recipe_text(_understood(table, "")) for table in tables}
        found += sorted(alike) if len(alike) == 1 else [recipe_text(u) for u in told]
    return found


def _understood(table: ReadingRow, sheet: str) -> Understood:
    from_day = table.period_first or table.first_date or table.taken_on
    return Understood(table.agency, table.document, sheet, from_day, table.columns, table.vat_basis)


def fault_kinds(home: Home, held: Sequence[FileRow]) -> list[FaultKind]:
    """The faults of some files, counted by table, column and reason."""
    parts = holdings(home)["faults"]
    if not parts:
        return []
    wanted = [f.sha256 for f in held]
    rows = engines.ask("sources/fault_kinds", {"faults": parts}, files=wanted)
    return [
        FaultKind(
            r["agency"], r["name"], r["sheet"], r["column"], r["why"], r["next_step"],
            r["refused"], r["faults"], int(r["pence"] or 0),
        )
        for r in rows
    ]  # fmt: skip


def faults(home: Home, held: Sequence[FileRow]) -> Iterator[FaultRow]:
    """The faults of some files one by one, each with its row as it was published.

    No more than `MOST_FAULTS` of one file; `fault_kinds` counts them all.
    """
    parts = holdings(home)["faults"]
    for file in held:
        if not parts:
            return
        asked: dict[str, Any] = {"file": file.sha256, "most": MOST_FAULTS}
        rows = engines.ask("sources/faults", {"faults": parts}, **asked)
        published = _published(home, file, rows)
        for r in rows:
            cells = published.get((r["name"], r["sheet"]), {}).get(r["row"], [])
            yield FaultRow(
                file.agency, file.file, r["name"], r["sheet"], r["row"], r["column"], r["found"],
                r["why"], r["next_step"], r["refused"], r["amount_pence"], tuple(cells),
            )  # fmt: skip


def _published(
    home: Home, file: FileRow, rows: Sequence[Mapping[str, Any]]
) -> dict[Place, dict[int, list[str]]]:
    wanted: dict[Place, set[int]] = defaultdict(set)
    for r in rows:
        wanted[r["name"], r["sheet"]].add(r["row"])
    original = copy_of(home, file.sha256)
    if not wanted or file.size > _MOST_AGAIN or not original.exists():
        return {}
    with tempfile.TemporaryDirectory(prefix="totalplace-") as scratch:
        return rows_again(original, file.file, wanted, scratch=Path(scratch))


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A row of a file as it is held: the name of its document and sheet, and its cells."""

    document: str
    sheet: str
    cells: tuple[str, ...]


def published_rows(
    home: Home, sha256: str, row: int, *, most_bytes: int = _MOST_AGAIN
) -> list[PublishedRow]:
    """The cells of a row of a file, once for each table that has such a row.

    None where the file is larger than `most_bytes`, or no copy of it is held any more. A name that
    was erased is erased there too.
    """
    tables = readings(sha256s=[sha256])
    original = copy_of(home, sha256)
    if not tables or not original.exists() or original.stat().st_size > most_bytes:
        return []
    wanted: dict[Place, set[int]] = {(t.document, t.sheet): {row} for t in tables}
    with tempfile.TemporaryDirectory(prefix="totalplace-") as scratch:
        found = rows_again(original, tables[0].file, wanted, scratch=Path(scratch))
    return [
        PublishedRow(document, sheet, tuple(rows[row]))
        for (document, sheet), rows in found.items()
        if row in rows
    ]


def held_copy(home: Home, sha256: str) -> Path | None:
    """The copy of a file that is held, without any name that was erased; None where it is gone."""
    path = copy_of(home, sha256)
    return path if path.exists() else None
