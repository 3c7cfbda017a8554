"""Funding lines as a workbook that is filled in and given back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from totalplace.agreements.rules.line_sheet import CONDITIONS, HEADS, LINES, cells_of
from totalplace.agreements.rules.lines import Bound, Line, Mechanism, Where
from totalplace.doors.report.columns import Cell
from totalplace.doors.report.guide import guide
from totalplace.doors.report.sheets import Sheet, book

_NUMBERS: Final = ("Revenue", "Capital", "Pounds")
# What the sheet of instructions says: a heading, a stroke, and how.
_HOW: Final = f"""
Lines | A row for each funding line and year. In later rows of a line only its code, its fund, the
year and the sums are needed.
Code | Small letters, digits and hyphens; left blank, it is made of the fund's name.
Allocation mechanism | {", ".join(Mechanism)}
Revenue, Capital | Pounds; or a word: 'to be confirmed' (TBC), 'included above', 'not published'.
Blank says nothing. A word or a blank is never nought.
Set | {", ".join(Where)}
Reason | Why the line is in its set. The other side reads it.
Spending of the count | agency/service, with * for any; several with commas between. It says which
spending of the place the line is.
Outcomes | Codes of the indicators that the line is to move; commas between.
Conditions | A row for each: the line's code, its kind ({", ".join(Bound)}), and the words.
What is refused | A workbook with a fault in it is not taken at all: you are told each cell, what
was found there, and what to do.
"""


def workbook_of(lines: Iterable[Line]) -> bytes:
    """Funding lines as the bytes of an XLSX file; without any, a template."""
    cells = cells_of(lines)
    sheets = [
        Sheet(name, HEADS[name], [_row(HEADS[name], row) for row in cells[name]], frozen=2)
        for name in (LINES, CONDITIONS)
    ]
    return book([*sheets, Sheet("How to fill it in", ("What", "How"), guide(_HOW))])


def _row(heads: Sequence[str], cells: Sequence[str]) -> list[Cell]:
    return [
        Decimal(cell.replace(",", "").lstrip("£")) if head in _NUMBERS and cell[:1] == "£" else cell
        for head, cell in zip(heads, cells, strict=True)
    ]
