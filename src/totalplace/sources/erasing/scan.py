"""The tables of a held copy, row by row as they were read, and which cells of them must change."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import distinct
from totalplace.sources.reading.text import records, survey
from totalplace.sources.reading.workbooks import sheets
from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.erasure import Columns, Eraser, as_read, changes, row_digest
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.rows import letter, shown

NOWHERE: Final = Columns()
Key = tuple[str, str]  # a document's name and a sheet's, as a reading has them


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a copy: its names as its reading has them, and its rows from the first."""

    document: str
    sheet: str
    written: str  # the sheet's name as the workbook has it
    rows: Iterable[Sequence[Cell]]

    @property
    def key(self) -> Key:
        """By which its reading is known."""
        return self.document, self.sheet


@dataclass(frozen=True, slots=True)
class Only:
    """Rows to which an erasure is limited, by sheet and number; of a file with one sheet, any."""

    rows: frozenset[tuple[str, int]]

    def has(self, sheet: str, row: int) -> bool:
        """Whether a row is one of them."""
        return (sheet, row) in self.rows


@dataclass(frozen=True, slots=True)
class Changed:
    """A row with cells that must change: where it stands, its pounds, its digest without them."""

    document: str
    sheet: str
    row: int
    pence: int | None  # None where the row has no amount
    columns: tuple[int, ...]
    digest: str
    own: bool  # whether a cell is the name and no more


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and in which columns and rows."""

    eraser: Eraser
    columns: Mapping[Key, Columns]
    only: Only | None = None

    def changes(self, table: Key, row: int, cells: Sequence[Cell]) -> dict[int, str]:
        """The new text of each cell of a row that must change."""
        if self.only is not None and not self.only.has(table[1], row):
            return {}
        return changes(cells, self.eraser, self.columns.get(table, NOWHERE))


def tables(path: Path, name: str, scratch: Path) -> Iterator[Table]:
    """Every table of a held file, in its order; each is to be gone through before the next."""
    names = set[str]()
    for document in documents(path, bounds=Bounds(), scratch=scratch, name=name):
        title = distinct(document.name, names)
        yield from _tables(document, title, scratch)


def _tables(document: Document, title: str, scratch: Path) -> Iterator[Table]:
    found: list[tuple[str, Iterable[Sequence[Cell]]]]
    try:
        if document.kind == "text":
            found = [("", records(document.path, survey(document.path)))]
        else:
            found = list(sheets(document.path, bounds=Bounds(), name=title, scratch=scratch))
    except Refused:
        return  # a part of an archive that was refused when it was added, and never read
    taken = set[str]()
    for written, rows in found:
        sheet = distinct(written, taken) if document.kind == "workbook" else ""
        yield Table(title, sheet, written, rows)


def changed_rows(
    path: Path,
    name: str,
    search: Search,
    before: Mapping[tuple[str, str, int], Collection[int]],
    scratch: Path,
) -> Iterator[Changed]:
    """Rows of a copy with cells that must change.

    `before` names the columns of rows that were erased earlier: they are no part of a row's digest
    either, so that it can be computed from the file as it was published.
    """
    for table in tables(path, name, scratch):
        columns = search.columns.get(table.key, NOWHERE)
        for row, cells in enumerate(table.rows, start=1):
            if found := search.changes(table.key, row, cells):
                erased = {*found, *before.get((*table.key, row), ())}
                at = columns.amount
                yield Changed(
                    document=table.document,
                    sheet=table.sheet,
                    row=row,
                    pence=None if at is None or at >= len(cells) else pence_of(cells[at]),
                    columns=tuple(sorted(erased)),
                    digest=row_digest(cells, erased),
                    own=any(search.eraser.is_name(cell) for cell in cells),
                )


def same_but_for(before: Iterator[Table], after: Iterator[Table], search: Search) -> bool:
    """Whether one copy is another with its cells changed as they must, and with all else alike."""
    for old, new in itertools.zip_longest(before, after):
        if old is None or new is None or (old.key, old.written) != (new.key, new.written):
            return False
        rows = itertools.zip_longest(old.rows, new.rows, fillvalue=())
        for row, (was, now) in enumerate(rows, start=1):
            changed = search.changes(old.key, row, was)
            if not changed and was == now:
                continue
            if _texts((dict(enumerate(was)) | changed).values()) != _texts(now):
                return False
    return True


def _texts(cells: Iterable[Cell]) -> list[str]:
    texts = [as_read(shown(cell)) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def letters_of(columns: Iterable[int]) -> str:
    """Columns as a person names them, such as "B, F"."""
    return ", ".join(letter(at) for at in columns)
