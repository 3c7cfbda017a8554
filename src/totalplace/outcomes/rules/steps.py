"""Values in steps for a map: as equal a number of areas in each as can be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

STEPS: Final = 5


def steps(values: Sequence[Decimal | None]) -> list[int | None]:
    """The step of each value, from 0 for the lowest to 4 for the highest; None for none.

    Equal values are in one step.
    """
    known = sorted(v for v in values if v is not None)
    if not known:
        return [None] * len(values)
    return [None if v is None else STEPS * known.index(v) // len(known) for v in values]


def ends(values: Sequence[Decimal | None]) -> list[tuple[Decimal, Decimal] | None]:
    """The least and the most value in each step; None of a step without any."""
    listed: list[list[Decimal]] = [[] for _ in range(STEPS)]
    for value, step in zip(values, steps(values), strict=True):
        if value is not None and step is not None:
            listed[step].append(value)
    return [(min(some), max(some)) if some else None for some in listed]


def alike(area: str, others: Sequence[str]) -> list[str]:
    """Those of some areas that are of the same kind: districts beside districts, and so on.

    A unitary authority stands beside counties, as it does what a county does. GSS entity codes:
    E06 unitary, E07 district, E08 metropolitan, E09 London borough, E10 county (ONS, Register of
    Geographic Codes).
    """
    upper = ("E06", "E08", "E09", "E10")
    kind = area[:3]
    kinds = ("E06", "E07", "E08", "E09") if kind == "E07" else upper if kind in upper else (kind,)
    return [other for other in others if other[:3] in kinds]
