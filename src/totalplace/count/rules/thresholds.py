"""The least sum that is published: which one seems to be in force, and where it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

# The sums above which bodies publish: £250 and £500 (Local Government Transparency Code 2015, and
# its recommendation), £25,000 (HM Treasury's guidance to departments, followed in the NHS), and
# round ones that bodies choose of themselves.
SUMS_PENCE: Final = (100_00, 250_00, 500_00, 1000_00, 5000_00, 10_000_00, 25_000_00)

_SLIPS: Final = 100  # a threshold is kept where no more than one payment in so many is under it
_OFTEN: Final = 20  # and not kept where more than one in so many is
_FEW: Final = 30  # payments that are too few to tell by
_EXPECTED: Final = 10  # payments that must be missing, by the share before, for a change to be said


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many payments of a month are under each of some sums, in pence."""

    month: date
    rows: int
    under: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ThresholdChange:
    """From a month on, payments between two sums come or go; 0 stands for no threshold seen."""

    month: date
    before_pence: int
    after_pence: int
    judged_at_pence: int
    under_before: int
    rows_before: int
    under_after: int
    rows_after: int


def in_force(sizes: Sequence[Sizes]) -> int:
    """The greatest of the usual sums that all but one payment in a hundred reach; 0 for none."""
    rows = sum(s.rows for s in sizes)
    if rows < _FEW:
        return 0
    kept = [t for t in SUMS_PENCE if sum(s.under[t] for s in sizes) * _SLIPS <= rows]
    return max(kept, default=0)


def change(sizes: Sequence[Sizes]) -> ThresholdChange | None:
    """Where small payments stop, or begin, to be published: the clearest such month, or None.

    On one side no more than 1% of payments are under a sum, on the other 5% or more; and had
    nothing changed, ten payments or more under it would be expected where there are none.
    """
    ordered = sorted(sizes, key=lambda s: s.month)
    for threshold in reversed(SUMS_PENCE):
        splits = [_split(ordered, at, threshold) for at in range(1, len(ordered))]
        found = [split for split in splits if split is not None]
        if found:
            # Of neighbouring months, the one that leaves the most on the side of the threshold.
            return max(found, key=_kept_rows)
    return None


def _split(ordered: Sequence[Sizes], at: int, threshold: int) -> ThresholdChange | None:
    before, after = ordered[:at], ordered[at:]
    rows = sum(s.rows for s in before), sum(s.rows for s in after)
    under = sum(s.under[threshold] for s in before), sum(s.under[threshold] for s in after)
    low = 0 if under[0] * rows[1] <= under[1] * rows[0] else 1
    high = 1 - low
    nearest = after[0] if low == 0 else before[-1]
    abrupt = nearest.rows < _FEW or nearest.under[threshold] * _SLIPS > nearest.rows
    if (
        min(rows) < _FEW
        or under[low] * _SLIPS > rows[low]
        or under[high] * _OFTEN < rows[high]
        or under[high] * rows[low] < _EXPECTED * rows[high]
        or not abrupt
    ):
        return None
    return ThresholdChange(
        after[0].month, in_force(before), in_force(after), threshold, under[0], rows[0], under[1],
        rows[1],
    )  # fmt: skip


def _kept_rows(change: ThresholdChange) -> int:
    rises = change.under_after * change.rows_before < change.under_before * change.rows_after
    return change.rows_after if rises else change.rows_before
