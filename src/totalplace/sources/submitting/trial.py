"""A trial reading: exactly as a file would be added, with nothing held and nothing counted."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from totalplace import engines
from totalplace.refusal import Refused
from totalplace.sources.batch import Added, Batch, NotAdded, read, recipes_of
from totalplace.sources.home import Home
from totalplace.sources.reading.block import Block
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import size
from totalplace.sources.reading.rows_again import rows_again
from totalplace.sources.reading.spool import Spool
from totalplace.sources.reading.tables import Reader, ReadTable
from totalplace.sources.rules.recipes import Recipe, recipe_from
from totalplace.sources.rules.rows import Fault, letter
from totalplace.sources.submitting.bytes_held import bytes_of
from totalplace.sources.submitting.report import (
    MOST_FAULTS,
    Column,
    FaultFound,
    Report,
    TableFound,
)
from totalplace.sources.submitting.returns_trial import read_returns

# Told what is being done, rows so far, rows in all where that can be told, and the unit; it may
# raise to end the reading.
Far = Callable[[str, int, int | None, str], None]

_SAMPLE: Final = 8  # rows under the header that are shown
_CELLS: Final = 3  # of each column, to choose by
_PEEKED: Final = 256 * 2**10  # bytes at a file's start by which its rows are estimated


@dataclass(frozen=True, slots=True)
class Given:
    """A submission to be read: whose, its name and hash, as what, and by which own recipes."""

    agency: str
    name: str
    sha256: str
    kind: str
    form: str = ""
    recipe: str = ""


@dataclass(slots=True)
class _Progress:
    far: Far
    name: str
    total: int | None
    rows: int = 0

    def add(self, count: int) -> None:
        self.rows += count
        total = None if self.total is None else max(self.total, self.rows)
        self.far(f"Reading {self.name}", self.rows, total, "rows")


class _Counting(Spool):
    """A spool that says how many rows came."""

    def __init__(self, folder: Path, progress: _Progress) -> None:
        super().__init__(folder)
        self._progress = progress

    def add(self, block: Block | None, faults: list[Fault]) -> None:
        """Add rows, and say so."""
        super().add(block, faults)
        self._progress.add((0 if block is None else len(block)) + len(faults))


@contextmanager
def laid_out(home: Home, given: Given) -> Iterator[Path]:
    """The file under its own name, in a folder that is gone afterwards, killed or not.

    Raises Refused where its bytes are not held.
    """
    scratch = home.scratch()
    try:
        path = scratch / "given" / given.name
        path.parent.mkdir()
        try:
            os.link(bytes_of(home, given.sha256), path)
        except OSError as error:
            raise Refused(
                f"{given.name} cannot be read",
                why="its bytes are no longer held",
                next_step="Give the file again",
            ) from error
        yield path
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def try_out(home: Home, given: Given, far: Far) -> Report:
    """Read a submission and hold nothing: what it would come to, with faults and reasons.

    What `far` raises ends the reading and leaves nothing behind.
    """
    with laid_out(home, given) as path:
        scratch = path.parents[1]
        if given.kind == "return":
            far(f"Reading {given.name}", 0, None, "")
            return read_returns(home, path, scratch, agency=given.agency, form=given.form)
        return _payments(home, given, path, scratch, far)


def _payments(home: Home, given: Given, path: Path, scratch: Path, far: Far) -> Report:
    named = f"{given.name}, {size(path.stat().st_size)}"
    progress = _Progress(far, named, _rows_about(path))
    progress.add(0)
    try:
        recipes = [*recipes_in(given.recipe), *recipes_of(home)]
    except Refused as refused:
        return Report(refused=(refused.what, refused.why, refused.next_step))
    spool = _Counting(scratch / "rows", progress)
    beginning = spool.mark()
    reader = Reader(given.agency, bounds=Bounds(), recipes=recipes)
    try:
        read_so = read(path, reader, Batch(spool), scratch)
    except BaseException:
        spool.back_to(beginning)  # what was not kept need not be written
        raise
    finally:
        spool.seal()
    if isinstance(read_so, NotAdded):
        why = read_so.refused
        return Report(refused=(why.what, why.why, why.next_step))
    far(f"Looking at {given.name}", progress.rows, progress.rows, "rows")
    return _report(read_so, spool, path, given.name, scratch)


def _report(added: Added, spool: Spool, path: Path, name: str, scratch: Path) -> Report:
    wanted = {(t.file, t.sheet): _rows_shown(t) for t in added.tables}
    shown = rows_again(path, name, wanted, scratch=scratch / "again")
    tables = tuple(_table(t, shown.get((t.file, t.sheet), {})) for t in added.tables)
    parts = [part.path for part in spool.faults]
    asked: dict[str, Any] = {"file": added.sha256, "most": MOST_FAULTS}
    rows = engines.ask("sources/faults", {"faults": parts}, **asked) if parts else []
    faults = tuple(
        FaultFound(
            r["name"], r["sheet"], r["row"], r["column"], r["found"], r["why"], r["next_step"],
            bool(r["refused"]), r["amount_pence"],
        )
        for r in rows
    )  # fmt: skip
    return Report(tables, faults, tuple(added.notes), digest=digest_of(added.tables))


def digest_of(tables: Sequence[ReadTable]) -> str:
    """Of the canonical rows of tables, in order: two readings that agree have the same."""
    return hashlib.sha256("".join(t.digest for t in tables).encode()).hexdigest()


def recipes_in(written: str) -> list[Recipe]:
    """The recipes of a text of YAML. Raises Refused where one is not a recipe."""
    found = [r for r in yaml.safe_load_all(written) if r] if written else []
    return [recipe_from(r, name="of this submission") for r in found]


def _rows_shown(table: ReadTable) -> set[int]:
    header = table.layout.header_rows
    first = table.layout.first_row
    return {*header, *range(first, first + _SAMPLE)}


def _table(table: ReadTable, shown: dict[int, list[str]]) -> TableFound:
    layout = table.layout
    header_row = layout.header_rows[-1] if layout.header_rows else 0
    below = [(n, tuple(c)) for n, c in sorted(shown.items()) if n not in layout.header_rows]
    counts = {k: v for k, v in asdict(table.tally).items() if isinstance(v, int)}
    return TableFound(
        document=table.file,
        sheet=table.sheet,
        counts={k: v for k, v in counts.items() if not k.endswith("_day")},
        columns=_columns(shown.get(header_row, []), [cells for _, cells in below]),
        taken=table.columns,
        header_row=header_row,
        sample=tuple(below[:_SAMPLE]),
        unsure=table.unsure,
        notices=table.notices,
        vat_basis=layout.vat_basis.value,
        month_first=layout.month_first,
        kind=layout.kind.value,
        first_date=table.first_date,
        last_date=table.last_date,
        period_first=table.period.first if table.period else None,
        encoding=table.encoding,
    )


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Every column that has a name or a cell, whether or not it was taken for anything."""
    width = max((len(header), *(len(cells) for cells in rows)), default=0)
    found = []
    for at in range(width):
        name = header[at] if at < len(header) else ""
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        if name or cells:
            found.append(Column(letter(at), name, tuple(dict.fromkeys(cells))[:_CELLS]))
    return tuple(found)


def _rows_about(path: Path) -> int | None:
    """About how many rows a text file has, by its first part; None of a workbook or archive."""
    whole = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_PEEKED)
    lines = head.count(b"\n") or head.count(b"\r")
    if b"\x00" in head or head.startswith(b"PK") or not lines:
        return None
    return max(1, whole * lines // len(head))
