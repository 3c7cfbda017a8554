"""The tables and trees of a file that a form knows, each with the form that knows it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.reading import text, workbooks
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import distinct, printable
from totalplace.sources.reading.returns_json import (
    load,
    records_in,
    refuse_large,
    refuse_many,
    tree_of,
)
from totalplace.sources.rules.returns.cells import Value, text_of
from totalplace.sources.rules.returns.forms import Form, Shape, plain
from totalplace.sources.rules.returns.found import Labelled, Spot, Table, Tree
from totalplace.sources.rules.rows import letter

_HEADER_WITHIN: Final = 60  # rows; above a header stand a title, notes and labelled cells
_NAMES_SHOWN: Final = 12
_LONGEST_NAME: Final = 300
Row = tuple[int, Sequence[Value]]


@dataclass(slots=True)
class Known:
    """What forms know of a file, and what was passed over."""

    by_form: dict[str, list[Table | Tree]] = field(default_factory=dict)  # by the form's code
    contents: dict[str, str] = field(default_factory=dict)  # SHA-256 of each document, by its name
    said: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # columns or keys that no form knows


def known_in(
    path: Path, forms: Sequence[Form], *, name: str, bounds: Bounds, scratch: Path
) -> Known:
    """The tables and trees of a file by the form that knows them.

    Raises Refused where the file cannot be opened, or where two forms know a table equally well.
    """
    out, names = Known(), set[str]()
    for found in documents(
        path, bounds=bounds, scratch=scratch, name=name, said=out.said, json=True
    ):
        document = replace(found, name=distinct(found.name, names))
        out.contents[document.name] = _sha256_of(document.path)
        for form, table in _in_document(document, forms, out, bounds, scratch):
            out.by_form.setdefault(form.code, []).append(table)
    return out


def _in_document(
    document: Document, forms: Sequence[Form], out: Known, bounds: Bounds, scratch: Path
) -> Iterator[tuple[Form, Table | Tree]]:
    if document.kind == "json":
        yield from _in_json(document, forms, out, bounds)
    elif document.kind == "text":
        yield from _in_rows(document.name, "", _text_rows(document, bounds), forms, out)
    else:
        found = workbooks.sheets(
            document.path, bounds=bounds, name=document.name, said=out.said, scratch=scratch
        )
        for sheet, rows in found:
            numbered = _numbered(document.name, rows, bounds)
            yield from _in_rows(document.name, printable(sheet), numbered, forms, out)


def _in_json(
    document: Document, forms: Sequence[Form], out: Known, bounds: Bounds
) -> Iterator[tuple[Form, Table | Tree]]:
    value = load(document.path, document.name, bounds=bounds)
    if isinstance(value, Mapping):
        form = _fitting(forms, Shape.TREE, list(value), document.name)
        if form:
            yield form, tree_of(value, document.name)
            return
    for table in records_in(value, document.name, bounds=bounds):
        form = _fitting(forms, Shape.TABLE, table.columns, document.name)
        if form:
            yield form, table
        else:
            out.names += table.columns
    if isinstance(value, Mapping):
        out.names += [printable(key) for key in value]


def _in_rows(
    name: str, sheet: str, rows: Sequence[Row], forms: Sequence[Form], out: Known
) -> Iterator[tuple[Form, Table]]:
    """The table of a sheet: the first row that has all columns of a form is its header."""
    for at, (_, cells) in enumerate(rows[:_HEADER_WITHIN]):
        columns = tuple(" ".join(text_of(c).split())[:_LONGEST_NAME] for c in cells)
        form = _fitting(forms, Shape.TABLE, columns, name)
        if form:
            labels = _labels(name, sheet, rows[:at])
            yield form, Table(name, sheet, columns, rows[at + 1 :], labels)
            return
    widest = max((cells for _, cells in rows[:_HEADER_WITHIN]), key=_filled, default=())
    out.names += [text_of(cell)[:40] for cell in widest if text_of(cell)]


def _filled(cells: Sequence[Value]) -> int:
    return sum(1 for cell in cells if text_of(cell))


def _fitting(
    forms: Sequence[Form], shape: Shape, names: Iterable[str], document: str
) -> Form | None:
    """The form of a shape whose names are all there; of several, the one with the most."""
    there = {plain(printable(name)) for name in names if name}
    fits = [f for f in forms if f.shape is shape and all(plain(n) in there for n in f.has)]
    most = max((len(f.has) for f in fits), default=0)
    best = [f for f in fits if len(f.has) == most]
    if len(best) > 1:
        raise Refused(
            f"{document} was not read",
            why=f"the forms {', '.join(sorted(f.code for f in best))} fit it equally well",
            next_step="Say which with --form",
        )
    return best[0] if best else None


def _labels(name: str, sheet: str, rows: Iterable[Row]) -> dict[str, Labelled]:
    """Cells above a table that have a label to their left; the first of a label counts."""
    labels: dict[str, Labelled] = {}
    for number, cells in rows:
        filled = [(at, cell) for at, cell in enumerate(cells) if text_of(cell)]
        if len(filled) == 1:
            filled.append((filled[0][0] + 1, None))  # the cell beside its label is blank
        for (_, label), (at, value) in pairwise(filled):
            spot = Spot(name, sheet, number, letter(at), has_letter=True)
            labels.setdefault(plain(text_of(label).rstrip(":")), Labelled(value, spot))
    return labels


def _text_rows(document: Document, bounds: Bounds) -> list[Row]:
    refuse_large(document.path, document.name, bounds)
    form = text.survey(document.path)
    return _numbered(document.name, text.records(document.path, form), bounds)


def _numbered(name: str, rows: Iterable[Sequence[Value]], bounds: Bounds) -> list[Row]:
    """Rows with their numbers, the first is 1. Raises Refused where they hold too much."""
    numbered: list[Row] = []
    cells_in = 0
    for number, cells in enumerate(rows, start=1):
        cells_in += max(1, len(cells))
        refuse_many(cells_in, name, bounds)
        numbered.append((number, [printable(c) if isinstance(c, str) else c for c in cells]))
    return numbered


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unknown(name: str, known: Known) -> Refused:
    """The refusal of a file in which no form knows a table."""
    names = ", ".join(f"“{n}”" for n in dict.fromkeys(known.names[:_NAMES_SHOWN]))
    why = f"no form knows it; it has {names}" if names else "it holds no table"
    return Refused(
        f"{name} was not added",
        why=why,
        next_step="See the forms with: totalplace sources returns forms; "
        "docs/how-to/add-returns.md says how to write one",
    )
