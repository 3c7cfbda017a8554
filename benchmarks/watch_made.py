"""Made-up series for the benchmarks of the watch: quiet ones of many kinds, and ones that change.

Every series is in units of its own chance: mean 0, spread 1, unless it is of counts. Worse is up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
CONDITIONS: Final = (
    "independent", "follows 0.2", "follows 0.4", "follows 0.6", "seasonal", "counts",
    "heavy tails", "mixed",
)  # fmt: skip
_FEWEST_COUNT, _MOST_COUNT = 8.0, 60.0  # events a period of a made-up count


@dataclass(frozen=True, slots=True)
class Block:
    """Series of one rhythm: `values` by series and points; `counts` where they are of events.

    `months` from one point to the next. `watched` is how many of the last points are of the years
    that are counted.
    """

    months: int
    values: Floats
    watched: int
    counts: bool = False


def quiet(name: str, rng: np.random.Generator, series: int, points: int, a_round: int) -> Floats:
    """Quiet series of a kind. `a_round` periods make a year."""
    if name.startswith("follows"):
        return following(rng, series, points, float(name.split()[1]))
    if name == "seasonal":
        return rng.standard_normal((series, points)) + seasons(rng, series, points, a_round)
    if name == "heavy tails":
        return rng.standard_t(4, (series, points)) / np.sqrt(2.0)
    if name == "counts":
        return overdispersed(rng, series, points)
    return rng.standard_normal((series, points))


def following(rng: np.random.Generator, series: int, points: int, phi: float) -> Floats:
    """A first-order autoregression of spread 1, begun where it settles."""
    shocks = rng.standard_normal((series, points))
    found = np.empty_like(shocks)
    found[:, 0] = shocks[:, 0]
    scale = np.sqrt(1 - phi**2)
    for t in range(1, points):
        found[:, t] = phi * found[:, t - 1] + scale * shocks[:, t]
    return found


def seasons(rng: np.random.Generator, series: int, points: int, a_round: int) -> Floats:
    """A season of its own for each series, as strong as chance: none where years are points."""
    if a_round == 1:
        return np.zeros((series, points))
    each = rng.standard_normal((series, a_round))
    each -= each.mean(axis=1, keepdims=True)
    return each[:, np.arange(points) % a_round]


def overdispersed(rng: np.random.Generator, series: int, points: int) -> Floats:
    """Counts of events whose variance is one and a half times their mean (negative binomial)."""
    means = rng.uniform(_FEWEST_COUNT, _MOST_COUNT, (series, 1))
    shape = np.broadcast_to(means / 0.5, (series, points))
    return rng.poisson(rng.gamma(shape, 0.5)).astype(np.float64)


def a_place(name: str, rng: np.random.Generator, series: int, years: int) -> list[Block]:
    """A quiet dashboard: of ten series four monthly, three quarterly and three yearly.

    Each rhythm has a history of its own before the years that are counted: 24 to 40 months, 8 to
    20 quarters, 6 to 12 years. In a mixed place each series is of a kind drawn at random.
    """
    blocks = []
    for months, share, least, most in ((1, 0.4, 24, 40), (3, 0.3, 8, 20), (12, 0.3, 6, 12)):
        a_round = 12 // months
        watched = years * a_round
        points = int(rng.integers(least, most + 1)) + watched
        many = round(series * share)
        for kind, some in _kinds(name, rng, many):
            values = quiet(kind, rng, some, points, a_round)
            blocks.append(Block(months, values, watched, counts=kind == "counts"))
    return blocks


def _kinds(name: str, rng: np.random.Generator, many: int) -> list[tuple[str, int]]:
    if name != "mixed":
        return [(name, many)]
    chosen = rng.multinomial(many, [1 / (len(CONDITIONS) - 1)] * (len(CONDITIONS) - 1))
    return [(kind, int(n)) for kind, n in zip(CONDITIONS, chosen, strict=False) if n]


def shifted(values: Floats, at: int, size: float, ramp: float = 0.0) -> Floats:
    """The same series with a step of `size` from point `at`, or a slide of `ramp` a point."""
    found = values.copy()
    if ramp:
        found[:, at:] += ramp * np.arange(1, values.shape[1] - at + 1)
    else:
        found[:, at:] += size
    return found
