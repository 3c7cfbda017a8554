"""What a workbook says of itself before it is opened, that its reader would not tell.

The reader gives an error such as #N/A as a blank (or, in a workbook of LibreOffice, as 0) and does
not count formatted blank rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

MOST_FORMULAS: Final = 100_000  # without a result, of which the place is kept; in one sheet
# The codes of errors in binary workbooks: [MS-XLS] 2.5.10, the same in [MS-XLSB].
ERROR_WORDS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


class DeclaresEntities(ValueError):
    """The XML has a document type, which no workbook has and which can make it swell."""


@dataclass(slots=True)
class SheetLook:
    """What one sheet says of itself."""

    last_row: int = 0  # counted from 1; in Excel's XML, formatted blank rows count
    formatted_row: int = 0  # the last formatted row, where it is told apart
    last_column: int = 0  # counted from 1
    errors: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) from 0
    unsaved: int = 0  # formulas without a result
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)  # those, by place, from 0
    unplaced: bool = False  # whether there are more of them, of which no place is known


@dataclass(slots=True)
class Survey:
    """What the sheets of a workbook say, by name, and sentences for the officer."""

    sheets: dict[str, SheetLook] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
