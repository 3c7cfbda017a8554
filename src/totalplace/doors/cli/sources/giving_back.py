"""Faults as files that a publisher can open: words stay words, and are never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import xlsxwriter

from totalplace.sources.queries import FaultKind, FaultRow
from totalplace.sources.reading.names import printable
from totalplace.sources.rules.outward import safe_text
from totalplace.sources.rules.rows import letter

_KINDS: Final = (
    "Agency", "File", "Sheet", "Column", "What is there", "What to do", "What became of the row",
    "Faults", "Pounds, where known",
)  # fmt: skip
_HEADS: Final = (
    "Agency", "File", "Sheet", "Row", "Column", "What was found", "Why it is a fault",
    "What to do", "What became of the row", "Pounds, where known",
)  # fmt: skip
_ROWS_OF_A_SHEET: Final = 1_000_000  # Excel has room for 1,048,576
_COLUMNS_AGAIN: Final = 50
_WIDTHS: Final = (12, 40, 16, 8, 24, 24, 40, 40, 16, 14)
Value = str | int | Decimal | None


def write_workbook(path: Path, kinds: Sequence[FaultKind], faults: Iterable[FaultRow]) -> None:
    """A summary by table and reason, then every fault beside its row as it was published.

    Rows are written as they come, so that many cost little memory. Raises OSError where the file
    cannot be written.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with whole(path) as file, xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0.00"})
        summary = _sheet(book, "Summary", _KINDS, bold, (12, 40, 16, 24, 40, 40, 16, 10, 14))
        for number, kind in enumerate(kinds, start=1):
            _write(summary, number, _kind(kind), money)
        again = [letter(n) for n in range(_COLUMNS_AGAIN)]
        heads = [*_HEADS, *(f"{name} as published" for name in again)]
        rows, part = iter(faults), 1
        while some := list(islice(rows, 1)):
            name = "Faults" if part == 1 else f"Faults {part}"
            sheet = _sheet(book, name, heads, bold, _WIDTHS)
            for number, fault in enumerate(_chain(some, rows), start=1):
                _write(sheet, number, [*_fault(fault), *fault.cells[:_COLUMNS_AGAIN]], money)
            part += 1


def write_csv(path: Path, faults: Iterable[FaultRow]) -> None:
    """Every fault on a row, its row as published in the last cells; safe to open in Excel.

    Raises OSError where the file cannot be written.
    """
    # A byte-order mark, so that Excel reads the pound sign as one.
    with whole(path) as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([*_HEADS, "The row as published"])
        for fault in faults:
            values = [*_fault(fault), *fault.cells]
            writer.writerow(safe_text(printable(v)) if isinstance(v, str) else v for v in values)


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its name only when it is whole."""
    partial = path.with_name(f".{path.name[:200]}.part")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _chain(first: Iterable[FaultRow], rest: Iterator[FaultRow]) -> Iterator[FaultRow]:
    yield from first
    yield from islice(rest, _ROWS_OF_A_SHEET - 1)


def _kind(kind: FaultKind) -> list[Value]:
    return [
        kind.agency, kind.document, kind.sheet, kind.column, kind.why, kind.next_step,
        _became(refused=kind.refused), kind.faults, _pounds(kind.pence or None),
    ]  # fmt: skip


def _fault(fault: FaultRow) -> list[Value]:
    return [
        fault.agency, fault.document, fault.sheet, fault.row, fault.column, fault.found,
        fault.why, fault.next_step, _became(refused=fault.refused), _pounds(fault.amount_pence),
    ]  # fmt: skip


def _became(*, refused: bool) -> str:
    return "refused" if refused else "kept without the cell"


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence).scaleb(-2)


def _sheet(book: Any, name: str, heads: Sequence[str], bold: Any, widths: Sequence[int]) -> Any:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write(sheet: Any, number: int, values: Sequence[Value], money: Any) -> None:
    for column, value in enumerate(values):
        if isinstance(value, Decimal):
            sheet.write_number(number, column, value, money)
        elif isinstance(value, int):
            sheet.write_number(number, column, value)
        elif value:
            sheet.write_string(number, column, printable(value))
