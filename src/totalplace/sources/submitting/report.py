"""What a trial reading found, in full: kept beside the bytes, and gone with them.

Sample rows and faults may name people. So they stand in a file that can be removed, and only sums
stand in the records, which never forget.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from totalplace.engines.files import to_disk
from totalplace.sources.home import Home
from totalplace.sources.submitting.bytes_held import folder

MOST_FAULTS: Final = 500  # that are shown one by one; all are counted


@dataclass(frozen=True, slots=True)
class Column:
    """A column that was found: its letter, its name, and what some of its cells hold."""

    letter: str
    header: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table as it was read on trial. Of a return, `form` says by which form."""

    document: str
    sheet: str
    counts: Mapping[str, int]  # rows and pence by what they came out as
    form: str = ""
    columns: tuple[Column, ...] = ()
    taken: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # by role, with why
    header_row: int = 0
    sample: tuple[tuple[int, tuple[str, ...]], ...] = ()
    unsure: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    vat_basis: str = ""
    month_first: bool = False
    kind: str = ""
    first_date: date | None = None
    last_date: date | None = None
    period_first: date | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A cell or row that could not be read, and what to do."""

    document: str
    sheet: str
    row: int
    column: str  # its letter and its name
    found: str
    why: str
    next_step: str
    refused: bool
    pence: int | None = None

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it, such as D17; the row where it is of no cell."""
        at, _, _ = self.column.partition(" ")
        return f"{at}{self.row}" if at.isascii() and at.isalpha() and at.isupper() else ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file on trial. `refused` is what, why and what next, where nothing was."""

    tables: tuple[TableFound, ...] = ()
    faults: tuple[FaultFound, ...] = ()
    notes: tuple[str, ...] = ()
    refused: tuple[str, str, str] | None = None
    digest: str = ""
    agrees: tuple[str, ...] = ()  # control totals of a return, in sentences

    def sum_of(self, what: str) -> int:
        """The sum of a count or of money over its tables."""
        return sum(table.counts.get(what, 0) for table in self.tables)


def path_of(home: Home, submission: int, turn: int) -> Path:
    """Where the report of a trial stands."""
    return folder(home) / "trials" / f"{submission}-{turn}.json"


def write(home: Home, submission: int, turn: int, report: Report) -> None:
    """Keep a report, whole and on the disk."""
    to = path_of(home, submission, turn)
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = to.with_name(f".{to.name}.{os.getpid()}")
    part.write_text(json.dumps(asdict(report), default=str), encoding="utf-8")
    to_disk(part)
    part.replace(to)


def read(home: Home, submission: int, turn: int) -> Report | None:
    """The report of a trial; None where it is gone with the bytes."""
    try:
        said = json.loads(path_of(home, submission, turn).read_text(encoding="utf-8"))
    except OSError:
        return None
    return Report(
        tables=tuple(_table(t) for t in said["tables"]),
        faults=tuple(FaultFound(**f) for f in said["faults"]),
        notes=tuple(said["notes"]),
        refused=tuple(said["refused"]) if said["refused"] else None,
        digest=said["digest"],
        agrees=tuple(said["agrees"]),
    )


def forget(home: Home, submission: int) -> None:
    """Remove every report of a submission."""
    for path in (folder(home) / "trials").glob(f"{submission}-*.json"):
        path.unlink(missing_ok=True)


def _table(said: dict[str, Any]) -> TableFound:
    days = ("first_date", "last_date", "period_first")
    return TableFound(
        **{
            **said,
            "columns": tuple(Column(c["letter"], c["header"], tuple(c["cells"]))
                             for c in said["columns"]),
            "sample": tuple((row, tuple(cells)) for row, cells in said["sample"]),
            "unsure": tuple(said["unsure"]),
            "notices": tuple(said["notices"]),
            **{day: date.fromisoformat(said[day]) if said[day] else None for day in days},
        }
    )  # fmt: skip


def sums(tables: Sequence[TableFound], names: Sequence[str]) -> dict[str, int]:
    """The sums of some counts over tables."""
    return {name: sum(t.counts.get(name, 0) for t in tables) for name in names}
