"""Where a column of sums turns from net to VAT-inclusive, or back, half-way through a series.

Two kinds of evidence. The header changes what it says. And the payees' own sums change: one who
was paid £100 again and again is paid £120 from some month on. There are two controls. Without a
change, about as many payees go down by that fifth as go up; and far more are paid the same sum
before and after, while with one only those stay who charge no VAT.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from math import comb
from typing import Final

# One in so many is how often chance alone would tip so many payees one way.
_BY_SUMS_ALONE: Final = 1_000_000  # every month of every agency is looked at, so this must be rare
_WITH_HEADER: Final = 16  # the header has already named the month: four payees to none are enough
_LEAST_PAYEES: Final = 3
_STEADY: Final = 2  # those who stay are no more than twice those who change
NET, GROSS, UNKNOWN = "net", "gross", "unknown"


class Way(StrEnum):
    """What became of a payee's sum."""

    MORE = "more"
    LESS = "less"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Turn:
    """A payee whose sum rose by exactly a fifth, once, fell back from it, or stayed.

    `last_before` and `first_after` are the months between which it changed; of one that stayed,
    the first and the last month.
    """

    payee: str
    way: Way
    last_before: date
    first_after: date


@dataclass(frozen=True, slots=True)
class Named:
    """What the header of a month's payments says of VAT, and the header itself."""

    month: date
    basis: str
    header: str


@dataclass(frozen=True, slots=True)
class VatChange:
    """From a month on, sums seem to have VAT in them (`into`), or to be without it."""

    month: date
    into: bool
    with_turn: int  # payees whose sums changed with it
    against: int  # and the other way
    steady: int  # payees with a sum that stayed
    before: Named | None  # None where the header does not change
    after: Named | None
    shown_by_sums: bool


def turned(turns: Sequence[Turn], month: date) -> dict[Way, int]:
    """Payees whose sums rose by a fifth between before a month and from it on; fell; stayed."""
    across = [t for t in turns if t.last_before < month <= t.first_after]
    return {way: len({t.payee for t in across if t.way is way}) for way in Way}


def unlikely(ups: int, downs: int, *, one_in: int) -> bool:
    """Whether chance alone would give so many ups, or more, less often than once in `one_in`."""
    tosses = ups + downs
    as_many = sum(comb(tosses, k) for k in range(ups, tosses + 1))
    return ups >= _LEAST_PAYEES and as_many * one_in <= 2**tosses


def header_changes(series: Sequence[Named]) -> list[tuple[Named, Named]]:
    """Neighbouring months whose headers say different things of VAT."""
    ordered = sorted(series, key=lambda n: n.month)
    return [(a, b) for a, b in pairwise(ordered) if a.basis != b.basis]


def changes(turns: Sequence[Turn], series: Sequence[Named]) -> list[VatChange]:
    """Every change that a header says, whether or not the sums bear it out; else by sums alone."""
    found = [_said(turns, before, after) for before, after in header_changes(series)]
    if not any(change.shown_by_sums for change in found):
        months = sorted({t.first_after for t in turns if t.way is not Way.SAME})
        by_sums = [change for month in months for change in _shown(turns, month)]
        if by_sums:
            found.append(max(by_sums, key=lambda c: (c.with_turn - c.against, c.month)))
    return sorted(found, key=lambda c: c.month)


def _said(turns: Sequence[Turn], before: Named, after: Named) -> VatChange:
    into = after.basis == GROSS or before.basis == NET
    return _judged(turns, after.month, into, (before, after))


def _shown(turns: Sequence[Turn], month: date) -> list[VatChange]:
    judged = [_judged(turns, month, into, None) for into in (True, False)]
    return [change for change in judged if change.shown_by_sums]


def _judged(
    turns: Sequence[Turn], month: date, into: bool, headers: tuple[Named, Named] | None
) -> VatChange:
    found = turned(turns, month)
    more, less, same = found[Way.MORE], found[Way.LESS], found[Way.SAME]
    ups, downs = (more, less) if into else (less, more)
    one_in = _WITH_HEADER if headers else _BY_SUMS_ALONE
    shown = unlikely(ups, downs, one_in=one_in) and same <= _STEADY * ups
    before, after = headers or (None, None)
    return VatChange(month, into, ups, downs, same, before, after, shown)
