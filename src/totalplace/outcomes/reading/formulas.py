"""Formulas without a result in a workbook that an officer filled in: each a fault at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.sources.rules.unsaved import NEXT_STEP, WHY, unsaved_in


def with_formulas(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    names: Iterable[str],
    faults: Sequence[SheetFault],
) -> list[SheetFault]:
    """The faults of a workbook with those of its formulas, in the sheets that are read.

    A cell that holds one is told that and no more.
    """
    known = {name.casefold(): name for name in names}
    read = {
        known[said.strip().casefold()]: rows
        for said, rows in sheets.items()
        if said.strip().casefold() in known
    }
    found = [SheetFault(*at, WHY, NEXT_STEP) for at in unsaved_in(read)]
    at = {(one.sheet, one.cell) for one in found}
    return [*found, *(one for one in faults if (one.sheet, one.cell) not in at)]
