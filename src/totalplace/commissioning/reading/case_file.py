"""The file of a case: a workbook (XLSX, ODS, XLS), its text, or a folder of CSV files.

The text is that by which a case is kept and known again; a folder has a file for each sheet.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_sheet import HEADS, MOST_ROWS, NOT_READ
from totalplace.commissioning.rules.case_tables import CaseFaults, case_of
from totalplace.commissioning.rules.case_text import HEAD, MOST_LETTERS, tables_of_text
from totalplace.refusal import Refused
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name, size

_MB: Final = 2**20
# Twenty thousand options with five outcomes each are two million cells.
_BOUNDS: Final = Bounds(
    workbook_bytes=30 * _MB, workbook_unpacked_bytes=500 * _MB, workbook_seconds=60, sheets=30,
    cells=4_000_000, workbook_text_bytes=200 * _MB,
)  # fmt: skip
_NOTES_ABOVE: Final = 21  # rows above the first of a sheet: notes, then the headings
_TEXT: Final = HEAD.encode()
_MOST_TEXT: Final = 2 * MOST_LETTERS  # bytes: few letters of a case take more than one
Sheets = dict[str, Sequence[Sequence[object]]]


def read_case(given: Path | bytes, *, name: str = "") -> Case | CaseFaults:
    """The case that a file says, or every fault in it with its cell.

    `name` is what the file is called, where its path does not say. Raises Refused where it is no
    such file, locked, damaged, hostile or too large.
    """
    return case_of(read_tables(given, name=name))


def read_tables(given: Path | bytes, *, name: str = "") -> Sheets:
    """The cells of a file by sheet, headings too. Raises Refused as `read_case` does."""
    if isinstance(given, bytes):
        if given.startswith(_TEXT):
            return _text(given, name or "The text of the case")
        with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
            file.write(given)
            file.flush()
            return _workbook(Path(file.name), name or "The workbook")
    if given.is_dir():
        return _folder(given)
    if not given.is_file():
        raise Refused(
            f"{shown_name(name or given.name)} was not read",
            why="there is no such file",
            next_step="Write one to begin with: totalplace plan template case.xlsx",
        )
    with given.open("rb") as file:
        if file.read(len(_TEXT)) == _TEXT:
            file.seek(0)
            return _text(file.read(_MOST_TEXT + 1), name or given.name)
    return _workbook(given, name or given.name)


def _text(content: bytes, name: str) -> Sheets:
    if len(content) > _MOST_TEXT:
        raise Refused(
            f"{shown_name(name)} was not read",
            why=f"it has more than {size(_MOST_TEXT)}",
            next_step="Put options together until it has less",
        )
    try:
        said = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(
            f"{shown_name(name)} was not read",
            why="it is no text in UTF-8",
            next_step="Give it as it was written",
        ) from None
    return dict(tables_of_text(said.replace("\r\n", "\n")))


def _workbook(path: Path, name: str) -> Sheets:
    most = {said.casefold(): rows for said, rows in MOST_ROWS.items()}
    found: Sheets = {}
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name, formulas=True):
        if sheet.strip().casefold() in {said.casefold() for said in NOT_READ}:
            continue
        kept = most.get(sheet.strip().casefold(), 0) + _NOTES_ABOVE + 1
        found.setdefault(sheet, rows[:kept])
    return found


def _folder(path: Path) -> Sheets:
    """Each CSV file of a folder as the sheet of its name."""
    known = {name.casefold(): name for name in HEADS}
    files = sorted(one for one in path.iterdir() if one.suffix.casefold() == ".csv")
    if len(files) > _BOUNDS.sheets:
        raise _not_read(path, f"it has {len(files):,} files", f"Leave {', '.join(HEADS)} in it")
    found: Sheets = {}
    for file in files:
        sheet = known.get(file.stem.strip().casefold(), file.stem)
        if sheet in found:
            raise _not_read(path, f"it has two files of {sheet}", "Put the two together")
        if sheet not in NOT_READ:
            found[sheet] = _csv(file, MOST_ROWS.get(sheet, 0) + _NOTES_ABOVE + 1)
    if not found:
        raise _not_read(path, "it has no CSV files", f"Give one for each of {', '.join(HEADS)}")
    return found


def _csv(path: Path, most: int) -> list[list[str]]:
    if path.stat().st_size > _BOUNDS.workbook_bytes:
        why = f"it has more than {size(_BOUNDS.workbook_bytes)}"
        raise _not_read(path, why, "Put options together until it has less")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_read(path, "it is no text in UTF-8", "Save it as CSV UTF-8") from None
    found: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), strict=True):
            if len(found) >= most:
                break
            found.append(row[: _BOUNDS.columns])
    except csv.Error as error:
        raise _not_read(path, f"row {len(found) + 1} is no CSV ({error})", "Mend it") from None
    return found


def _not_read(path: Path, why: str, next_step: str) -> Refused:
    return Refused(f"{shown_name(path.name)} was not read", why=why, next_step=next_step)
