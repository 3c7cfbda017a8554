"""Reads one workbook in a program of its own, under limits that the system enforces.

It is started by `workbooks`, writes to its standard output and nowhere else, and is let die:
whatever is wrong with a workbook stays here. Each line it writes begins with what the line is:
`rows:FIRST:COUNT`, `sheet`, `said`, `refused` or `end`, and goes on as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
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
from totalplace.sources.reading.names import damaged, locked, shown_name, size
from totalplace.sources.reading.sheet_xml import Survey, survey

OUT_OF_MEMORY: Final = 81
OUT_OF_ROOM: Final = 82
_BLOCK_CELLS: Final = 20_000
_BLOCK_CHARS: Final = 2_000_000


def main(path: str, limits: str) -> NoReturn:
    """Read one workbook onto standard output; never returns."""
    wanted = json.loads(limits)
    title = wanted.pop("title")
    bounds = Bounds(**wanted)
    _limit(bounds)
    code = 0
    try:
        _read(Path(path), title, bounds)
        _write("end", None)
    except Refused as refused:
        _write("refused", {"what": refused.what, "why": refused.why, "next_step": refused.next_step})
    except MemoryError:
        code = OUT_OF_MEMORY
    except OSError:
        code = OUT_OF_ROOM
    except BaseException:  # a panic of the reader is not an Exception
        code = 1
    sys.stdout.buffer.flush()
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
        try:
            resource.setrlimit(getattr(resource, what), (most, most))
        except (AttributeError, ValueError, OSError):
            continue  # macOS does not know every limit


def _write(kind: str, content: Any) -> None:
    line = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(f"{kind} {line}\n".encode("utf-8", "replace"))


def _read(path: Path, title: str, bounds: Bounds) -> None:
    seen = survey(path, title, bounds)
    for note in seen.notes:
        _write("said", note)
    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise locked(title) from error
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(title) from error
    if len(book.sheets_metadata) > bounds.sheets:
        raise Refused(
            f"{title} was not read",
            why=f"it has {len(book.sheets_metadata):,} sheets, and a workbook may have up to "
            f"{bounds.sheets:,}",
            next_step="Save the sheets that hold spending as a workbook of their own",
        )
    left = bounds.cells
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue  # a chart, a dialogue or macros: no table
        left -= _sheet(book, number, seen, title, bounds, left)
        if sheet.visible is not SheetVisibleEnum.Visible:
            _write("said", f"the sheet {shown_name(sheet.name)} is hidden and was read.")


def _sheet(
    book: CalamineWorkbook, number: int, seen: Survey, title: str, bounds: Bounds, left: int
) -> int:
    """Write the rows of one sheet; how many cells its used rectangle has."""
    name = book.sheets_metadata[number].name
    look = seen.sheets.get(name)
    try:
        sheet = book.get_sheet_by_index(number)
        end = sheet.end
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(title) from error
    errors = look.errors if look else {}
    height = max(end[0] + 1 if end else 0, look.last_row if look and end else 0)
    if not end or not height:
        return 0
    area = (end[0] + 1) * (end[1] + 1)
    if area > left:
        raise too_many_cells(title, name, bounds)
    at = 0
    for at, rows, cells in _blocks(_tidied(sheet, errors, title, bounds)):
        dates = _take_dates(rows)
        _write(f"rows:{at}:{len(rows)}", {"rows": rows, "dates": dates})
    _write("sheet", {"name": name, "height": height})
    return area


def too_many_cells(title: str, sheet: str, bounds: Bounds) -> Refused:
    return Refused(
        f"{title} was not read",
        why=f"its sheet {shown_name(sheet)} reaches over more than {bounds.cells:,} cells",
        next_step="Delete what stands far from the table, or save the sheet as CSV and give that",
    )


def _tidied(
    sheet: CalamineSheet, errors: dict[tuple[int, int], str], title: str, bounds: Bounds
) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold anything, with their place; blank cells None, none at the end of a row."""
    start = sheet.start or (0, 0)
    lead = [None] * start[1]
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), word in errors.items():
        by_row.setdefault(row, []).append((column, word))
    for at, found in enumerate(sheet.iter_rows()):
        row: list[Any] = lead + [None if c == "" else c for c in found]
        for column, word in by_row.get(at, ()):
            row.extend([None] * (column + 1 - len(row)))
            if row[column] is None:
                row[column] = word
        while row and row[-1] is None:
            row.pop()
        if row:
            if any(type(c) is str and len(c) > bounds.cell_chars for c in row):
                raise _too_long(title, sheet.name, at + 1, bounds)
            yield at, row


def _too_long(title: str, sheet: str, row: int, bounds: Bounds) -> Refused:
    return Refused(
        f"{title} was not read",
        why=f"a cell in row {row:,} of its sheet {shown_name(sheet)} is longer than "
        f"{bounds.cell_chars:,} characters, the most that Excel itself can hold",
        next_step="Ask its publisher for the table as CSV or Excel",
    )


def _blocks(
    rows: Iterator[tuple[int, list[Any]]],
) -> Iterator[tuple[int, list[list[Any]], int]]:
    """Rows that follow one another, together up to a size, with the place of the first."""
    block: list[list[Any]] = []
    first = cells = chars = 0
    for at, row in rows:
        if block and (at != first + len(block) or cells > _BLOCK_CELLS or chars > _BLOCK_CHARS):
            yield first, block, cells
            block, cells, chars = [], 0, 0
        if not block:
            first = at
        block.append(row)
        cells += len(row)
        chars += sum(len(c) for c in row if type(c) is str)
    if block:
        yield first, block, cells


def _take_dates(rows: list[list[Any]]) -> list[tuple[int, int, str, Any]]:
    """Take dates and times out of rows; JSON has none, so that they travel apart."""
    taken: list[tuple[int, int, str, Any]] = []
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, (str, float, int, type(None))):
                continue
            row[column] = None
            if isinstance(cell, datetime):
                taken.append((number, column, "m", cell.isoformat()))
            elif isinstance(cell, date):
                taken.append((number, column, "d", cell.isoformat()))
            elif isinstance(cell, time):
                taken.append((number, column, "t", cell.isoformat()))
            elif isinstance(cell, timedelta):
                taken.append((number, column, "s", cell.total_seconds()))
    return taken
