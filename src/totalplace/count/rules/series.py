"""Years and months of one agency beside each other: what would be read as a trend and is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

_FEW: Final = 30
_PAYEES_NAMED: Final = 5
_REGULAR_MONTHS: Final = 3  # a payee paid in so many months of a year is paid by rule, not once
_HARDLY: Final = 10  # a tenth of the other year's sum, or less, is hardly anything


@dataclass(frozen=True, slots=True)
class Paid:
    """What a payee was paid in a year: pence, months with a payment, the greatest month's pence."""

    pence: int
    months: int
    greatest_pence: int = 0

    @property
    def is_regular(self) -> bool:
        """Whether it was paid by rule: in several months, and no one of them most of it."""
        return self.months >= _REGULAR_MONTHS and self.greatest_pence * 2 <= self.pence


@dataclass(frozen=True, slots=True)
class Moved:
    """A payee that explains part of a change between two years, with its sums in pence."""

    payee: str
    before_pence: int
    after_pence: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Payments of a year that are half as much again as in the other, for payees come or gone.

    `payees` are those of the largest sums, out of `number` that were paid by rule in one year and
    hardly at all in the other; `explained_pence` is what all of them make of the change.
    """

    before_pence: int
    after_pence: int
    number: int
    explained_pence: int
    payees: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """A month's payments, and how many of their payees are written in small letters only."""

    month: date
    rows: int
    small: int


def jump(before: Mapping[str, Paid], after: Mapping[str, Paid]) -> Jump | None:
    """A rise or fall between two whole years that regular payees, come or gone, explain by half.

    The greater year must be half as much again as the lesser, or more. A payee counts who was paid
    by rule in the greater year and hardly anything in the lesser.
    """
    was, now = (sum(p.pence for p in year.values()) for year in (before, after))
    if min(was, now) <= 0 or max(was, now) * 2 < min(was, now) * 3:
        return None
    more, less = (after, before) if now > was else (before, after)
    moved = [
        Moved(payee, _pence(before, payee), _pence(after, payee))
        for payee, paid in more.items()
        if paid.is_regular and paid.pence >= _HARDLY * max(0, _pence(less, payee))
    ]
    moved.sort(key=lambda m: (-abs(m.after_pence - m.before_pence), m.payee))
    explained = abs(sum(m.after_pence - m.before_pence for m in moved))
    if explained * 2 < abs(now - was):
        return None
    return Jump(was, now, len(moved), explained, tuple(moved[:_PAYEES_NAMED]))


def _pence(year: Mapping[str, Paid], payee: str) -> int:
    return year[payee].pence if payee in year else 0


def loses_capitals(months: Sequence[Letters]) -> date | None:
    """The month from which nearly all payees are in small letters, and before which few were."""
    ordered = sorted(months, key=lambda m: m.month)
    for at in range(1, len(ordered)):
        before, after = ordered[:at], ordered[at:]
        if _share(before, least=_FEW) < 0.1 and _share(after, least=_FEW) > 0.9:
            return after[0].month
    return None


def _share(months: Sequence[Letters], *, least: int) -> float:
    """The share in small letters; a half, which decides nothing, where there are too few."""
    rows = sum(m.rows for m in months)
    return sum(m.small for m in months) / rows if rows >= least else 0.5
