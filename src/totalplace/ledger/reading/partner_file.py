"""A partner's own ledger as a file: CSV in any encoding and with any separator, or a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from totalplace.ledger.rules.partner_ledger import LedgerFile, read_ledger, together
from totalplace.refusal import Refused
from totalplace.sources.reading import text, workbooks
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.kinds import Form, form_of
from totalplace.sources.rules.layout import Cell

_MB: Final = 2**20
# A partner's extract for one pool has some thousands of rows; a whole ledger is not asked for.
MOST_BYTES: Final = 20 * _MB
MOST_ROWS: Final = 50_000
_BOUNDS: Final = Bounds(
    file_bytes=MOST_BYTES, workbook_bytes=MOST_BYTES, workbook_unpacked_bytes=400 * _MB,
    workbook_seconds=60, sheets=50, cells=5_000_000,
)  # fmt: skip


def read_partner_file(path: Path, *, name: str, only: str = "") -> tuple[LedgerFile, str]:
    """The lines of a partner's ledger, and the SHA-256 of its file.

    Of a workbook all sheets with the same heads are one ledger. `only` keeps the rows in which a
    cell is that code, such as a cost centre. Raises Refused where it is no table, hostile or too
    large, and where no column of days or of sums is found.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            f"{name} was not read",
            why=f"it is larger than {MOST_BYTES // _MB} MB",
            next_step="Give only the rows of this pool",
        )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if form_of(path, name, bounds=_BOUNDS) is Form.TEXT:
        rows: Sequence[Sequence[Cell]] = list(text.records(path, text.survey(path)))
        return _read(rows, name, only), digest
    found: list[tuple[str, LedgerFile]] = []
    refused: Refused | None = None
    for sheet, cells in workbooks.sheets(path, bounds=_BOUNDS, name=name):
        try:
            found.append((sheet, _read(cells[: MOST_ROWS + 1], name, only)))
        except Refused as error:  # a sheet of notes; the first reason stands where no sheet is read
            refused = refused or error
    if not found:
        raise refused or Refused(
            f"{name} was not read", why="it is empty", next_step="Give the rows of this pool"
        )
    return together(found), digest


def _read(rows: Sequence[Sequence[Cell]], name: str, only: str) -> LedgerFile:
    if len(rows) > MOST_ROWS:
        raise Refused(
            f"{name} was not read",
            why=f"it has more than {MOST_ROWS:,} rows",
            next_step="Give only the rows of this pool",
        )
    return read_ledger(rows, name=name, only=only)
