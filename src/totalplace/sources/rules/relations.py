"""How columns of money hang together: net and VAT make gross, a running total adds up another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import Final

from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.dates import when_of
from totalplace.sources.rules.evidence import Column
from totalplace.sources.rules.layout import VatBasis

_ROWS: Final = 60
_NEARLY_ALL: Final = 0.9
_LEAST_ROWS: Final = 4
_COLUMNS_COMPARED: Final = 7  # published lists have five columns of money at most
_LONGEST_WAIT: Final = 250  # days from an invoice to its payment; a contract runs for longer
# VAT on a purchase is 0, 5, 17.5 or 20 per cent of the net sum in the years of these lists.
_RATES: Final = (0.05, 0.125, 0.15, 0.175, 0.2)

Sums = list[int | None]


def relate(columns: Sequence[Column]) -> None:
    """Mark the columns of money that are the parts, the sum or the running total of others."""
    money = [c for c in columns if c.marks.get("money", 0.0) >= 0.5 and _may_be_sums(c)]
    sums = {c.position: _sums(c) for c in money[:_COLUMNS_COMPARED]}
    by_position = {c.position: c for c in money[:_COLUMNS_COMPARED]}
    for one, other in permutations(sums, 2):
        if _runs(sums[one], sums[other]):
            by_position[other].marks["running"] = 1.0
    for net, vat, gross in permutations(sums, 3):
        if _adds_up(sums[net], sums[vat], sums[gross]):
            by_position[net].marks["part_of_others"] = 1.0
            by_position[vat].marks["vat_share"] = 1.0
            by_position[gross].marks["sum_of_others"] = 1.0
    for position, column in by_position.items():
        nought = [s for s in sums[position] if s is not None]
        if nought and sum(s == 0 for s in nought) >= 0.5 * len(nought):
            column.marks["mostly_nought"] = 1.0


def relate_dates(columns: Sequence[Column]) -> None:
    """Mark the later of several dates: a payment follows its invoice and its order."""
    dates = [c for c in columns if c.marks.get("date", 0.0) >= 0.5][:_COLUMNS_COMPARED]
    days = {c.position: [when_of(cell) for cell in c.cells[:_ROWS]] for c in dates}
    for one, other in permutations(dates, 2):
        pairs = [
            (a.day, b.day)
            for a, b in zip(days[one.position], days[other.position], strict=True)
            if a and b
        ]
        if len(pairs) < _LEAST_ROWS:
            continue
        gaps = sorted((a - b).days for a, b in pairs)
        after = sum(gap >= 0 for gap in gaps) >= 0.85 * len(gaps)
        if after and 0 < gaps[len(gaps) * 3 // 4] <= _LONGEST_WAIT:
            one.marks["later"] = 1.0


def basis_beside(amount: Column, vat: Column) -> VatBasis:
    """Whether sums have VAT in them, by the VAT published beside: 20% on net is 1/6 of gross."""
    pairs = [(abs(a), abs(v)) for a, v in zip(_sums(amount), _sums(vat), strict=False) if a and v]
    if len(pairs) < 3:
        return VatBasis.UNKNOWN
    on_net = sum(any(abs(v - a * r) <= 2 for r in _RATES) for a, v in pairs)
    in_gross = sum(any(abs(v - a * r / (1 + r)) <= 2 for r in _RATES) for a, v in pairs)
    if max(on_net, in_gross) < 0.6 * len(pairs) or on_net == in_gross:
        return VatBasis.UNKNOWN
    return VatBasis.NET if on_net > in_gross else VatBasis.GROSS


def _may_be_sums(column: Column) -> bool:
    marks = column.marks
    return marks.get("pence", 0.0) > 0.0 or marks.get("same_length", 0.0) < _NEARLY_ALL


def _sums(column: Column) -> Sums:
    return [pence_of(cell) for cell in column.cells[:_ROWS]]


def _adds_up(net: Sums, vat: Sums, gross: Sums) -> bool:
    rows = [
        (n, v, g)
        for n, v, g in zip(net, vat, gross, strict=True)
        if n is not None and v is not None and g is not None
    ]
    if len(rows) < _LEAST_ROWS or sum(v != 0 for _, v, _ in rows) < 2:
        return False
    right = sum(abs(n + v - g) <= 1 and abs(v) <= abs(n) / 4 + 1 for n, v, g in rows)
    return right >= _NEARLY_ALL * len(rows)


def _runs(sums: Sums, running: Sums) -> bool:
    steps = [
        (after - before, step)
        for before, after, step in zip(running, running[1:], sums[1:], strict=False)
        if before is not None and after is not None and step is not None
    ]
    if len(steps) < _LEAST_ROWS or all(s == 0 for _, s in steps):
        return False
    return sum(abs(d - s) <= 1 for d, s in steps) >= _NEARLY_ALL * len(steps)
