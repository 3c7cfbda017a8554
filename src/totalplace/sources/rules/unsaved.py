"""Formulas that a workbook holds without a result, as programs write them that do not reckon.

Read as blanks they would be numbers lost in silence: whoever reads what an officer filled in
refuses each at its cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from totalplace.sources.rules.rows import letter

WHY: Final = "holds a formula without a result"
NEXT_STEP: Final = "Open it in a spreadsheet program and save it, or type the number"


class Unsaved(str):
    """A formula without a result, with its equals sign: =1+1. It is no text of the cell."""

    __slots__ = ()


def unsaved_in(
    sheets: Mapping[str, Sequence[Sequence[object]]],
) -> Iterator[tuple[str, str, str]]:
    """The sheet, the cell and the formula of each that has no result, in their order."""
    for name, rows in sheets.items():
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, Unsaved):
                    yield name, f"{letter(column)}{number}", str(cell)
