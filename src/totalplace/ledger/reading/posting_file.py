"""A file of postings, a workbook or CSV, opened by the guarded reader of every other workbook."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from totalplace.ledger.rules.posting_sheet import MOST_ROWS, SHEET, CellFault, Given, read
from totalplace.refusal import Refused
from totalplace.sources.reading import workbooks
from totalplace.sources.reading.bounds import Bounds

_MB: Final = 2**20
MOST_BYTES: Final = 20 * _MB
_BOUNDS: Final = Bounds(
    workbook_bytes=MOST_BYTES, workbook_unpacked_bytes=200 * _MB, workbook_seconds=60, sheets=20,
    cells=3_000_000,
)  # fmt: skip
_ZIP: Final = b"PK\x03\x04"


def read_postings(
    path: Path, *, name: str, payers: Mapping[str, str], host: str, agencies: Collection[str]
) -> tuple[list[Given], list[CellFault]]:
    """The postings of a file, and every fault in it, each with its cell.

    Raises Refused where it is neither a workbook nor CSV, or is locked, damaged or too large.
    """
    with path.open("rb") as file:
        is_workbook = file.read(4) == _ZIP
    rows = _of_workbook(path, name) if is_workbook else _of_csv(path, name)
    return read(rows, payers=payers, host=host, agencies=agencies)


def _of_workbook(path: Path, name: str) -> list[list[object]]:
    first: list[list[object]] | None = None
    for sheet, rows in workbooks.sheets(path, bounds=_BOUNDS, name=name):
        found: list[list[object]] = [list(row) for row in rows[: MOST_ROWS + 1]]
        if sheet.strip().casefold() == SHEET.casefold():
            return found
        first = found if first is None else first
    return first or []


def _of_csv(path: Path, name: str) -> list[list[object]]:
    content = path.read_bytes()
    if len(content) > MOST_BYTES or b"\0" in content:
        raise Refused(
            f"{name} cannot be read",
            why="it is too large" if len(content) > MOST_BYTES else "it is neither XLSX nor CSV",
            next_step="Give it as CSV or XLSX, of at most 20 MB",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel writes CSV in English
    try:
        rows = csv.reader(text.splitlines(keepends=True))
        return [list[object](row) for row in rows][: MOST_ROWS + 2]
    except csv.Error as error:
        raise Refused(
            f"{name} cannot be read as CSV", why=str(error), next_step="Save it as CSV or XLSX"
        ) from error
