"""How sure an appraisal is: switching values, one number at a time, and all of them drawn at once.

Draws are independent of each other, with a stated seed. Optimism is taken off as its grade says and
is not drawn. A share is kept between nought and one, any other number at nought or above where its
low is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from totalplace.commissioning.rules.appraisal.flows import (
    Floats,
    Sums,
    Values,
    flows,
    middles,
    sums,
)
from totalplace.commissioning.rules.appraisal.rates import Method
from totalplace.commissioning.rules.appraisal.terms import (
    Appraisal,
    Named,
    Number,
    Shape,
    numbers_of,
)

Sum = Callable[[Floats], Floats]
DRAWS: Final = 10_000
SEED: Final = 20_261_126
_AT_ONCE: Final = 2_000_000  # numbers of an array held at once
_95_IN_100: Final = 1.959964  # standard deviations
_GRID: Final = 201
_ZOOMS: Final = 6  # each 200 times finer than the one before: finer than a float can tell
_MOST_TIMES: Final = 1_000  # of its middle, that a number which is no share is looked for


@dataclass(frozen=True, slots=True)
class Switch:
    """At which value of a number a sum crosses nought, others at their middle; None: at none."""

    named: Named
    net: float | None
    fiscal: float | None


@dataclass(frozen=True, slots=True)
class Swing:
    """Net value, in pence, with one number at its low and at its high, others at their middle."""

    named: Named
    at_low: int
    at_high: int

    @property
    def width(self) -> int:
        """How far apart the two are."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Spread:
    """A sum over all draws, in pence: its mean, and where 95 in 100 of the draws lie."""

    mean: int
    low: int
    high: int
    above: float  # chance that it is above nought, as a fraction
    give_or_take: float  # of that chance, from the number of draws alone: 95 in 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """All numbers drawn at once."""

    draws: int
    seed: int
    net: Spread
    fiscal: Spread
    cash: Spread


def switches(appraisal: Appraisal, method: Method) -> tuple[Switch, ...]:
    """For every number: at which value the net, and the fiscal net, crosses nought."""
    return tuple(
        Switch(named, _crossing(net, named), _crossing(fiscal, named))
        for named, net, fiscal in _each(appraisal, method)
    )


def swings(appraisal: Appraisal, method: Method) -> tuple[Swing, ...]:
    """Every uncertain number at its low and its high, the widest swing first."""
    found = []
    for named, net, _ in _each(appraisal, method):
        if not named.number.certain:
            ends = np.array([float(named.number.low), float(named.number.high)])
            low, high = (round(float(one)) for one in net(ends))
            found.append(Swing(named, low, high))
    return tuple(sorted(found, key=lambda one: (-one.width, one.named.key)))


def _each(appraisal: Appraisal, method: Method) -> Iterator[tuple[Named, Sum, Sum]]:
    """Every number, with the net and the fiscal net as they follow from it alone.

    Only the cost or the outcome that the number is of is worked out anew.
    """
    middle = middles(appraisal)
    whole = sums(flows(appraisal, middle, method))
    parts = [replace(appraisal, costs=(one,), outcomes=()) for one in appraisal.costs]
    parts += [replace(appraisal, costs=(), outcomes=(one,)) for one in appraisal.outcomes]
    for part in parts:
        mine = sums(flows(part, middle, method))

        def at(key: str, x: Floats, part: Appraisal = part) -> Sums:
            return sums(flows(part, {**middle, key: x}, method))

        for named in numbers_of(part):

            def net(x: Floats, key: str = named.key, mine: Sums = mine) -> Floats:
                return np.broadcast_to(at(key, x).net + (whole.net - mine.net), x.shape)

            def fiscal(x: Floats, key: str = named.key, mine: Sums = mine) -> Floats:
                rest = whole.fiscal_net - mine.fiscal_net
                return np.broadcast_to(at(key, x).fiscal_net + rest, x.shape)

            yield named, net, fiscal


def drawn(appraisal: Appraisal, method: Method, *, seed: int = SEED, draws: int = DRAWS) -> Drawn:
    """All numbers drawn at once, independently, with a seed. Raises ValueError for no draws."""
    if draws < 1:
        raise ValueError("at least one draw is needed")
    random = np.random.default_rng(seed)
    values = {one.key: _draw(one, random, draws) for one in numbers_of(appraisal)}
    at_once = max(1, _AT_ONCE // appraisal.years)
    parts = [
        sums(flows(appraisal, _some(values, start, at_once), method))
        for start in range(0, draws, at_once)
    ]

    def joined(pick: Callable[[Sums], Floats]) -> Floats:
        sizes = [min(at_once, draws - start) for start in range(0, draws, at_once)]
        return np.concatenate(
            [np.broadcast_to(pick(one), (n,)) for one, n in zip(parts, sizes, strict=True)]
        )

    return Drawn(
        draws, seed, _spread(joined(lambda one: one.net)),
        _spread(joined(lambda one: one.fiscal_net)), _spread(joined(lambda one: one.cash_net)),
    )  # fmt: skip


def _some(values: dict[str, Floats], start: int, count: int) -> Values:
    return {key: one[start : start + count] for key, one in values.items()}


def _draw(named: Named, random: np.random.Generator, draws: int) -> Floats:
    number = named.number
    low, mid, high = (float(one) for one in (number.low, number.mid, number.high))
    if number.certain:
        return np.full(draws, mid)
    found: Floats
    if number.shape is Shape.FLAT:
        found = random.uniform(low, high, draws)
    elif number.shape is Shape.TRIANGLE:
        found = random.triangular(low, mid, high, draws)
    else:
        found = random.normal(mid, (high - low) / (2 * _95_IN_100), draws)
    return _within(found, number, share=named.share)


def _within(found: Floats, number: Number, *, share: bool) -> Floats:
    if share:
        return np.clip(found, 0.0, 1.0)
    return np.maximum(found, 0.0) if number.low >= 0 else found


def _spread(values: Floats) -> Spread:
    low, high = np.percentile(values, [2.5, 97.5])
    above = float(np.mean(values > 0))
    give = _95_IN_100 * (above * (1 - above) / len(values)) ** 0.5
    # Where all draws agree, a chance of three in as many as were drawn is still left open.
    give = max(give, min(1.0, 3 / len(values)))
    return Spread(round(float(values.mean())), round(float(low)), round(float(high)), above, give)


def _grid(named: Named) -> Floats:
    """Where a crossing is looked for: all shares, or from nought to many times the middle."""
    mid = float(named.number.mid)
    if named.share:
        return np.unique(np.append(np.linspace(0.0, 1.0, _GRID), mid))
    reach = max(abs(mid), abs(float(named.number.high)), 1.0)
    ends = np.concatenate([[0.0], np.geomspace(reach / _MOST_TIMES, reach * _MOST_TIMES, _GRID)])
    if mid < 0:
        ends = -ends
    return np.unique(np.append(ends, mid))


def _crossing(of: Sum, named: Named) -> float | None:
    """The value nearest the middle at which a sum crosses nought; None where it crosses at none."""
    grid, mid = _grid(named), float(named.number.mid)
    values = of(grid)
    crossed = np.flatnonzero(values[:-1] * values[1:] <= 0)
    crossed = crossed[(values[crossed] != 0) | (values[crossed + 1] != 0)]
    if not len(crossed):
        return None
    nearest = min(crossed, key=lambda i: min(abs(grid[i] - mid), abs(grid[i + 1] - mid)))
    low, high = float(grid[nearest]), float(grid[nearest + 1])
    rising = bool(values[nearest + 1] > values[nearest])
    for _ in range(_ZOOMS):
        finer = np.linspace(low, high, _GRID)
        beyond = (of(finer) > 0) == rising
        at = max(1, int(np.argmax(beyond))) if beyond.any() else _GRID - 1
        low, high = float(finer[at - 1]), float(finer[at])
    return (low + high) / 2
