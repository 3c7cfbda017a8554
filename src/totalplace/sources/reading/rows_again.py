"""Some rows of a held file as they were published, to give back to whoever can correct them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import distinct, printable
from totalplace.sources.reading.text import records, survey
from totalplace.sources.reading.workbooks import sheets
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.rows import shown

_LONGEST_CELL: Final = 500
_MOST_CELLS: Final = 50

Place = tuple[str, str]  # the names of a document and of a sheet in it


def rows_again(
    path: Path, name: str, wanted: Mapping[Place, set[int]], *, scratch: Path
) -> dict[Place, dict[int, list[str]]]:
    """The cells of some rows of a file by place and number; text that is safe to print, cut short.

    A file that cannot be opened any more gives none.
    """
    found: dict[Place, dict[int, list[str]]] = {}
    names: set[str] = set()
    try:
        for document in documents(path, bounds=Bounds(), scratch=scratch, name=name):
            title = distinct(document.name, names)
            if any(place[0] == title for place in wanted):
                for sheet, rows in _tables(document):
                    numbers = wanted.get((title, sheet))
                    if numbers:
                        found[title, sheet] = _picked(rows, numbers)
                    if isinstance(rows, Generator):
                        rows.close()  # it is left in the middle, with its file open
    except Refused:
        return found
    return found


def _tables(document: Document) -> Iterator[tuple[str, Iterable[Sequence[Cell]]]]:
    if document.kind == "text":
        yield "", records(document.path, survey(document.path))
        return
    taken: set[str] = set()
    for name, rows in sheets(document.path, bounds=Bounds(), name=document.name):
        yield distinct(name, taken), rows


def _picked(rows: Iterable[Sequence[Cell]], numbers: set[int]) -> dict[int, list[str]]:
    last = max(numbers)
    picked = {}
    try:
        for number, cells in enumerate(rows, start=1):
            if number in numbers:
                picked[number] = [printable(shown(c))[:_LONGEST_CELL] for c in cells[:_MOST_CELLS]]
            if number >= last:
                break
    finally:
        if isinstance(rows, Generator):
            rows.close()  # and with it the file, which is not read to its end
    return picked
