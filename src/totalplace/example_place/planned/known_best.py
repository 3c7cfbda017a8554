"""The best plan of the example, worked out by hand: no solver has a part in it.

In each year the money falls apart in two: what may be spent on attendance, and what must stay with
public health. In each part one service is bought in part; the next pound reaches as much wherever
it goes, and that is what a pound reaches there. So every other service is at its least where its
first pound reaches less, at its most where its last reaches more, and otherwise at the sum where
its next pound reaches the same: scale * ln(first / price).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import Final

from totalplace.commissioning.rules.case import Option
from totalplace.example_place.planned.services import ATTENDANCE, KEEPING_WELL, UNTOLD, WANTED

# The services that are bought in part, by the money that is left.
_IN_PART: Final = {"school-buses", "balance-classes"}


def best(attendance_pence: int, health_pence: int, least: Mapping[str, int]) -> dict[str, int]:
    """Option -> pence a year; the two sums of money are for attendance and for keeping well.

    `least` are the pence that a guarantee, a condition or a fair share keeps for a service.
    """
    found = _part(ATTENDANCE, attendance_pence, least)
    found |= _part(KEEPING_WELL, health_pence, least)
    return found | {one.code: one.now_pence for one in UNTOLD}


def _part(options: Sequence[Option], pence: int, least: Mapping[str, int]) -> dict[str, int]:
    marginal = next(one for one in options if one.code in _IN_PART)
    price = first_penny(marginal)
    found = {
        one.code: _at(one, price, least.get(one.code, 0)) for one in options if one is not marginal
    }
    found[marginal.code] = pence - sum(found.values())
    return found


def _at(option: Option, price: float, least: int) -> int:
    if not option.movable or option.unit_pence is None:
        return option.now_pence
    least = max(least, option.now_pence if option.protected else 0)
    first = first_penny(option)
    if option.saturates_units is None:
        capacity = (option.capacity_units or 0) * option.unit_pence
        return capacity if first > price else least
    scale = option.saturates_units * option.unit_pence
    return max(least, round(scale * log(first / price))) if first > price else least


def first_penny(option: Option) -> float:
    """Points of the first penny in the first year."""
    weights = {one.key: one.weight / float(one.gap) for one in WANTED}
    if option.unit_pence is None:
        return 0.0
    return sum(
        weights[one.indicator, one.area] * float(one.mid) / option.unit_pence
        for one in option.effects
        if one.drives
    )
