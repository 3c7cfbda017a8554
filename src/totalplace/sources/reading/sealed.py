"""Reads one workbook in a program of its own, under limits that the system enforces.

It is started by `workbooks`, writes to its standard output and nowhere else, and is let die:
whatever is wrong with a workbook stays here. Each line it writes begins with what the line is:
`begun`, `rows:FIRST`, `sheet`, `said`, `refused` or `end`, and goes on as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from typing import Any, Final, NoReturn

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from totalplace.refusal import Refused
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.look import SheetLook, Survey
from totalplace.sources.reading.names import damaged, locked, shown_name, size
from totalplace.sources.reading.survey import survey, too_far

_BLOCK_CELLS: Final = 20_000
_BLOCK_CHARS: Final = 8_000_000
_GAP: Final = 20  # blank rows in a row that are written out; more begin a new block


def main(path: str, limits: str) -> NoReturn:
    """Read one workbook onto standard output; never returns."""
    wanted = json.loads(limits)
    title, formulas = wanted.pop("title"), wanted.pop("formulas")
    bounds = Bounds(**wanted)
    _limit(bounds)
    code = 0
    try:
        _say("begun", None)
        _read(Path(path), title, bounds, formulas=formulas)
        _say("end", None)
    except Refused as no:
        _say("refused", {"what": no.what, "why": no.why, "next_step": no.next_step})
    except MemoryError:
        os.abort()  # as the reader itself does
    except OSError as error:
        code = error.errno or 1  # no room to write to
    except BaseException:  # noqa: BLE001 (a panic of the reader is not an Exception)
        code = 1
    os._exit(code)


def _limit(bounds: Bounds) -> None:
    """Ask the system to stop this program at its bounds; Windows has no such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        ("RLIMIT_AS", bounds.workbook_memory_bytes),
        ("RLIMIT_CPU", bounds.workbook_seconds),
        ("RLIMIT_FSIZE", bounds.workbook_text_bytes),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NPROC", 0),
    ):
        # A second over the limit of time, so that it is told apart from other ends.
        hard = most + 1 if what == "RLIMIT_CPU" else most
        try:
            resource.setrlimit(getattr(resource, what), (most, hard))
        except (AttributeError, ValueError, OSError):
            continue  # macOS does not know every limit


def _write(kind: str, content: Any) -> None:
    _write_line(kind, _json(content))


def _say(kind: str, content: Any) -> None:
    """Write a line that must arrive, whatever comes after it."""
    _write(kind, content)
    sys.stdout.buffer.flush()


def _write_line(kind: str, line: str) -> None:
    sys.stdout.buffer.write(f"{kind} {line}\n".encode("utf-8", "replace"))


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_dated)


def _dated(cell: object) -> dict[str, str | float]:
    """Dates and times, which JSON has no form for, each under a letter of its own."""
    match cell:
        case datetime():
            return {"m": cell.isoformat()}
        case date():
            return {"d": cell.isoformat()}
        case time():
            return {"t": cell.isoformat()}
        case timedelta():
            return {"s": cell.total_seconds()}
    raise TypeError(cell)


def _read(path: Path, title: str, bounds: Bounds, *, formulas: bool) -> None:
    seen = survey(path, title, bounds)
    for name, look in seen.sheets.items():
        if not formulas:
            look.formulas.clear()
        elif look.unplaced:
            raise _unsaved(title, name)
    for note in seen.notes:
        _write("said", note)
    # Given a path, the reader would go by the ending of the name; given a file, by its content.
    with path.open("rb") as file, _damage(title):
        book = CalamineWorkbook.from_filelike(file)
    if len(book.sheets_metadata) > bounds.sheets:
        raise Refused(
            f"{title} was not read",
            why=f"it has {len(book.sheets_metadata):,} sheets, and a workbook may have up to "
            f"{bounds.sheets:,}",
            next_step="Save the sheets that hold spending as a workbook of their own",
        )
    reader = _Reader(book, seen, title, bounds)
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue  # a chart, a dialogue or macros: no table
        if reader.read(number) and sheet.visible is not SheetVisibleEnum.Visible:
            _write("said", f"its sheet {shown_name(sheet.name)} is hidden, and was read.")


def _unsaved(title: str, sheet: str) -> Refused:
    return Refused(
        f"{title} was not read",
        why=f"its sheet {shown_name(sheet)} holds formulas without a result, so that nobody can "
        "tell what they come to",
        next_step="Open it in a spreadsheet program and save it, or type the numbers",
    )


@contextmanager
def _damage(title: str) -> Iterator[None]:
    """What the reader of workbooks raises, as a refusal."""
    try:
        yield
    except (MemoryError, Refused):
        raise
    except PasswordError as error:
        raise locked(title) from error
    except Exception as error:
        raise damaged(title) from error


class _Reader:
    """Reads the sheets of a workbook in turn, within what is left of its cells."""

    def __init__(self, book: CalamineWorkbook, seen: Survey, title: str, bounds: Bounds) -> None:
        self._book, self._seen, self._title, self._bounds = book, seen, title, bounds
        self._left = bounds.cells

    def read(self, number: int) -> bool:
        """Write the rows of a sheet; whether it holds any."""
        name = self._book.sheets_metadata[number].name
        with _damage(self._title):
            sheet = self._book.get_sheet_by_index(number)
        look = self._seen.sheets.get(name, SheetLook())
        end = _end(sheet, look)
        if end is None:
            return False
        if end[0] >= self._bounds.rows_per_sheet or end[1] >= self._bounds.columns:
            raise damaged(self._title)
        self._left -= (end[0] + 1) * (end[1] + 1)
        if self._left < 0:
            raise too_far(self._title, name, (end[0] + 1, end[1] + 1), self._bounds)
        for at, rows in _blocks(self._rows(sheet, look)):
            self._write_rows(name, at, rows)
        height = max(end[0] + 1, look.last_row, look.formatted_row)
        _write("sheet", {"name": name, "height": height})
        return True

    def _rows(self, sheet: CalamineSheet, look: SheetLook) -> Iterator[tuple[int, list[Any]]]:
        """Rows that hold anything, with their place; blank cells None, none at a row's end."""
        lead: list[Any] = [None] * (sheet.start or (0, 0))[1]
        errors: dict[int, list[tuple[int, Any]]] = {}
        for (place, column), word in look.errors.items():
            errors.setdefault(place, []).append((column, word))
        for (place, column), formula in look.formulas.items():
            errors.setdefault(place, []).append((column, {"f": formula}))
        held = (sheet.end[0] + 1) if sheet.end else 0
        beyond = max(errors, default=-1) + 1 - held if look.formulas else 0
        rows = sheet.iter_rows() if held else ()
        for at, found in enumerate(chain(rows, ([] for _ in range(beyond)))):
            row: list[Any] = found
            if "" in found:
                row = [None if c == "" else c for c in found]
            if lead and found:
                row = lead + row
            for column, word in errors.get(at, ()):
                row.extend([None] * (column + 1 - len(row)))
                row[column] = word  # LibreOffice saves 0 beside an error
            while row and row[-1] is None:
                row.pop()
            if row:
                yield at, row

    def _write_rows(self, sheet: str, at: int, rows: list[list[Any]]) -> None:
        """Write rows together, in halves where they are too long to be held at once."""
        line = _json(rows)
        if len(line) > _BLOCK_CHARS and len(rows) > 1:
            half = len(rows) // 2
            self._write_rows(sheet, at, rows[:half])
            self._write_rows(sheet, at + half, rows[half:])
            return
        most = self._bounds.cell_chars
        for number, row in enumerate(rows if len(line) > most else (), start=at + 1):
            if any(type(c) is str and len(c) > most for c in row):
                raise self._too_long(sheet, number)
        if len(line) > self._bounds.record_bytes:
            raise self._too_long(sheet, at + 1)
        _write_line(f"rows:{at}", line)

    def _too_long(self, sheet: str, row: int) -> Refused:
        return Refused(
            f"{self._title} was not read",
            why=f"row {row:,} of its sheet {shown_name(sheet)} is longer than "
            f"{size(self._bounds.record_bytes)}, or a cell of it than "
            f"{self._bounds.cell_chars:,} characters, the most that Excel itself can hold",
            next_step="Ask its publisher for the table as CSV or Excel",
        )


def _end(sheet: CalamineSheet, look: SheetLook) -> tuple[int, int] | None:
    """The last row and column, from 0, that hold a value or a formula; None where none does."""
    ends = [*look.formulas, *([sheet.end] if sheet.end else [])]
    return (max(row for row, _ in ends), max(column for _, column in ends)) if ends else None


def _blocks(rows: Iterator[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[list[Any]]]]:
    """Rows that stand together, up to a size, with the place of the first."""
    block: list[list[Any]] = []
    first = cells = 0
    for at, row in rows:
        gap = at - first - len(block)
        if block and (gap > _GAP or cells > _BLOCK_CELLS):
            yield first, block
            block, cells = [], 0
        if block:
            block += [[] for _ in range(gap)]
        else:
            first = at
        block.append(row)
        cells += len(row) + gap
    if block:
        yield first, block
