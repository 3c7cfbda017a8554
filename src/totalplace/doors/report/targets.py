"""A set of targets as a workbook that is filled in and given back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from totalplace.doors.report.columns import Cell
from totalplace.doors.report.guide import guide
from totalplace.doors.report.sheets import Sheet, book
from totalplace.outcomes.rules.indicators import Indicator
from totalplace.outcomes.rules.target_sheet import HEADS, MOVERS, NOBODY_HERE, TARGETS, cells_of
from totalplace.outcomes.rules.targets import Target

_NUMBERS: Final = ("Baseline", "Value", "Share in per cent", "Pounds")
# What the sheet of instructions says: a heading, a stroke, and how.
_HOW: Final = f"""
Targets | A row for each target and step: the outcome's code, the area's code, the day, and what is
to be reached by then, in the outcome's own unit.
Baseline | Where the outcome stands now, its period, and who published it; in the first row of each
target. What is not known is left blank, and it is said why: blank is not nought.
Why it matters | In the first row of each target.
Why it goes that way | Only where the outcome is to get worse: why.
Who can move it | A row for each target and agency: its code, its share in whole per cent, and the
pounds that it puts beside it, if known.
Nobody here | What no agency of the place can move is written '{NOBODY_HERE}', or left out: the
shares of a target then come to less than 100.
Outcome, Unit, Name | Are there to be read. They are not taken from here.
What is refused | A workbook with a fault in it is not taken at all: you are told each cell, what
was found there, and what to do.
"""


def workbook_of(
    targets: Sequence[Target], *, agencies: Mapping[str, str], known: Iterable[Indicator]
) -> bytes:
    """Targets as the bytes of an XLSX file; without any, a template.

    `agencies` are the names of those of the place by code, `known` the outcomes that there are.
    """
    cells = cells_of(targets, agencies)
    sheets = [
        Sheet(name, HEADS[name], [_row(HEADS[name], row) for row in cells[name]], frozen=2)
        for name in (TARGETS, MOVERS)
    ]
    outcomes = [(one.code, one.title, one.unit, one.better.value) for one in known]
    sheets += [
        Sheet("How to fill it in", ("What", "How"), guide(_HOW)),
        Sheet("Outcomes", ("Code", "Outcome", "Unit", "Which way is better"), outcomes),
        Sheet("Agencies", ("Code", "Agency"), sorted(agencies.items())),
    ]
    return book(sheets)


def _row(heads: Sequence[str], cells: Sequence[str]) -> list[Cell]:
    return [
        Decimal(cell.replace(",", "").lstrip("£")) if head in _NUMBERS and cell else cell
        for head, cell in zip(heads, cells, strict=True)
    ]
