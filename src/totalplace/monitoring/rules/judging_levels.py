"""What only shows to be wrong beside the others: another unit or length, noughts, too few counted.

Each gets numbers in order and gives places in that order. They are cautious: a real fall or rise,
however large, is news, and only what hardly any service can do is set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log10
from typing import Final

from totalplace.monitoring.rules.watched import Kind

# Pounds as thousands or millions, shares as per cent: the units that tables are mixed up in.
_FACTORS: Final = {2: 100, 3: 1_000, 6: 1_000_000}  # by their power of ten
_ABOUT: Final = log10(2)  # as a level is kept when only its unit changes
_WITHIN: Final = 1.0  # powers of ten that figures of one unit lie within; wider series are let be
_NEW_NORMAL: Final = 5  # figures in another unit from which on they are watched for themselves
_SMALL: Final = 5  # events: a count that small may well be a hundred times as many next time
_FEW: Final = 3  # figures: with fewer, nothing is said of noughts or units
# A count of 12 on average is nought once in 160,000 times (Poisson, e to the power of -12).
_NEVER_NOUGHT: Final = 12
_FAR: Final = 6.0  # spreads
_SPREAD: Final = 1.4826  # of a median deviation from the median, for a normal spread
_AWAY: Final = 0.5  # of the least denominator of the year before: fewer were not all of it
_BEFORE: Final = 12  # denominators that are looked back on
_LEAST_BEFORE: Final = 4
_OTHER_LENGTH: Final = 1.5  # times as long
_LAST: Final = 2  # figures at the end that may still be coming in


@dataclass(frozen=True, slots=True)
class Units:
    """Which figures are perhaps in another unit, or from which on all are; and in words how."""

    aside: tuple[int, ...] = ()
    since: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Which periods are of another length, or from which on all are."""

    aside: tuple[int, ...] = ()
    since: int | None = None


def other_lengths(days: Sequence[int]) -> Lengths:
    """Of periods in order, by their days: those that are no such periods as the others are."""
    shortest: list[int] = []  # of each length that there is: a month has 28 to 31 days
    for length in sorted(set(days)):
        if not shortest or length > _OTHER_LENGTH * shortest[-1]:
            shortest.append(length)
    kinds = [max(one for one in shortest if one <= length) for length in days]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    if len(runs) == 2 and min(many for _, many in runs) >= _FEW:
        return Lengths(since=runs[0][1])
    counted = Counter(kinds)
    usual = max(counted, key=lambda kind: (counted[kind], kind == kinds[-1]))
    return Lengths(tuple(place for place, kind in enumerate(kinds) if kind != usual))


def all_nought(values: Sequence[float]) -> bool:
    """Whether a series of some length has no other figure than nought."""
    return len(values) >= _FEW and not any(values)


def noughts(values: Sequence[float], kind: Kind) -> list[int]:
    """The noughts of a series that otherwise never comes near nought."""
    if 0.0 not in values or min(values) < 0:
        return []
    others = sorted(value for value in values if value)
    if len(others) < _FEW + 1:
        return []
    middle, least = others[len(others) // 2], others[0]
    if least < middle / 4 or (kind is Kind.COUNT and middle < _NEVER_NOUGHT):
        return []
    spread = _SPREAD * sorted(abs(value - middle) for value in others)[len(others) // 2]
    if middle < _FAR * spread:
        return []
    return [place for place, value in enumerate(values) if not value]


def units(values: Sequence[float], kind: Kind) -> Units:
    """Figures about a hundred, a thousand or a million times the others, or as small a part.

    A run of five or more up to the last is a series in a new unit, and begins anew; what comes
    and goes is set aside. Noughts are passed over.
    """
    sizes = [(abs(value), place) for place, value in enumerate(values) if value]
    if len(sizes) < _FEW + 1 or min(values) < 0 < max(values):  # a unit changes no sign
        return Units()
    if max(sizes)[0] < 10 * min(sizes)[0]:  # the common case: nothing to see
        return Units()
    logs = sorted((log10(size), place) for size, place in sizes)
    gap, cut = max((b[0] - a[0], at) for at, (a, b) in enumerate(pairwise(logs), start=1))
    low, high = logs[:cut], logs[cut:]
    if gap < _WITHIN or _width(low) > _WITHIN or _width(high) > _WITHIN:
        return Units()
    between = high[len(high) // 2][0] - low[len(low) // 2][0]
    power = next((p for p in _FACTORS if abs(between - p) <= _ABOUT), None)
    if power is None or (kind is Kind.COUNT and 10 ** low[-1][0] <= _SMALL):
        return Units()
    return _told_apart({place for _, place in low}, {place for _, place in high}, power)


def _told_apart(low: set[int], high: set[int], power: int) -> Units:
    times = f"{_FACTORS[power]:,} times"
    last_low = max(low) > max(high)
    late, early = (low, high) if last_low else (high, low)
    if min(late) > max(early) and len(late) >= _NEW_NORMAL:
        return Units((), min(late), f"about {times} {'smaller' if last_low else 'larger'}")
    # What is set aside is the fewer of the two; of as many, the later, which is what changed.
    odd = min((late, early), key=lambda some: (len(some), some is early))
    return Units(
        tuple(sorted(odd)), None, f"about {times} {'smaller' if odd is low else 'larger'} than "
        "the others",
    )  # fmt: skip


def _width(logs: Sequence[tuple[float, int]]) -> float:
    return logs[-1][0] - logs[0][0]


def falling_away(denominators: Sequence[float | None]) -> list[int]:
    """Of the last figures, those whose denominator is below half of the least of those before.

    So few were counted that not all of it can have been in. None is not known. Once more figures
    than the last two are as low, it is how it is now.
    """
    known = [(place, value) for place, value in enumerate(denominators) if value is not None]
    if len(known) < _LEAST_BEFORE + 1:
        return []
    found = []
    for back in range(min(_LAST, len(known) - _LEAST_BEFORE), 0, -1):
        before = [value for _, value in known[: len(known) - back]][-_BEFORE:]
        ends = known[len(known) - back :]
        if all(value < _AWAY * min(before) for _, value in ends):
            found = [place for place, _ in ends]
            break
    return found
