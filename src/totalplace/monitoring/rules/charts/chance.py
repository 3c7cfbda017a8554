"""How likely so many events are by chance: binomial, Poisson, and the normal curve for many.

Exact for small numbers, so that three deaths in a small ward are not judged by a curve that allows
minus one. Sums of probabilities are taken from the nearer tail, so that they are right however
small they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

# With more events than this on either side the exact limits and the normal curve's differ by less
# than a fiftieth of a standard deviation at 99.8 per cent.
EXACT_TO: Final = 5_000
_WIDE: Final = 12.0  # standard deviations that are summed over, beside the value itself
_FURTHEST: Final = 35.0  # beyond it chances are smaller than a number holds
_TINY: Final = 1e-300
_NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class Law:
    """How events fall by chance: `trials` chances each of `share`, or Poisson where None.

    `expected` and `spread` are the mean and the standard deviation, in events.
    """

    expected: float
    trials: int | None = None

    @property
    def share(self) -> float:
        """The chance of each trial; 0 for Poisson, where trials have no number."""
        return self.expected / self.trials if self.trials else 0.0

    @property
    def spread(self) -> float:
        """The standard deviation, in events."""
        return math.sqrt(self.expected * (1 - self.share))

    @property
    def exact(self) -> bool:
        """Whether events are few enough to be counted one by one."""
        rest = math.inf if self.trials is None else self.trials - self.expected
        return min(self.expected, rest) <= EXACT_TO


def binomial(trials: int, share: float) -> Law:
    """The law of events in so many trials. Raises ValueError where it is none."""
    if trials < 1 or not 0 < share < 1:
        raise ValueError("there are one trial or more, and their share lies between 0 and 1")
    return Law(trials * share, trials)


def poisson(expected: float) -> Law:
    """The law of rare events. Raises ValueError where none are expected."""
    if not (expected > 0 and math.isfinite(expected)):
        raise ValueError("more than no events are expected")
    return Law(expected)


def beyond(z: float) -> float:
    """The chance of a normal curve further out than so many standard deviations, on one side."""
    return math.erfc(abs(z) / math.sqrt(2)) / 2  # a difference from one would lose its digits


def z_of(events: float, law: Law) -> float:
    """How many standard deviations of a normal curve a number of events stands for.

    By mid-P, the half of the chance of the very number counted to each side (Lancaster 1961, JASA
    56:223-234). Above what is expected it is positive.
    """
    plain = (events - law.expected) / law.spread
    if not law.exact or events != math.floor(events):
        return plain
    counts, chances = _around(law, int(events))
    here = float(chances[counts == int(events)].sum())
    above = float(chances[counts > int(events)].sum()) + here / 2
    below = float(chances[counts < int(events)].sum()) + here / 2
    tail = min(above, below)
    if tail < _TINY:
        return plain
    z = _NORMAL.inv_cdf(min(tail, 0.5))
    return -z if above < below else z


def limit(z: float, law: Law) -> float:
    """The number of events at so many standard deviations, with a part of one between two.

    Between whole numbers it is interpolated as Spiegelhalter does (2005, Statistics in Medicine
    24:1185-1202, appendix A.1), so that the lines of a funnel are smooth.
    """
    plain = law.expected + z * law.spread
    highest = math.inf if law.trials is None else float(law.trials)
    if not law.exact or abs(z) > _FURTHEST:
        return min(max(plain, 0.0), highest)
    wanted = beyond(z)
    counts, chances = _around(law, round(law.expected + z * law.spread), abs(z) + _WIDE)
    if z < 0:
        upto = np.cumsum(chances)
        at = min(int(np.searchsorted(upto, wanted)), len(counts) - 1)
        part = (upto[at] - wanted) / chances[at]
        return min(max(float(counts[at] - part), 0.0), highest)
    # From above: the chance of more than a number is summed from the far end, to keep its digits.
    above = np.concatenate([np.cumsum(chances[::-1])[::-1][1:], [0.0]])
    at = min(int(np.searchsorted(-above, -wanted)), len(counts) - 1)
    part = (wanted - above[at]) / chances[at]
    return min(max(float(counts[at] - part), 0.0), highest)


def _around(
    law: Law, also: int, wide: float = _WIDE
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The counts so many standard deviations about the mean, and a number's; the chance of each."""
    reach = wide * law.spread + 30 + wide**2  # tails of few events are longer above
    top = math.inf if law.trials is None else law.trials
    first = max(0, math.floor(min(law.expected - reach, also - 1)))
    last = int(min(top, math.ceil(max(law.expected + reach, also + 30))))
    counts = np.arange(first, last + 1, dtype=np.int64)
    after = counts[1:]
    if law.trials is None:
        steps = math.log(law.expected) - np.log(after)
        start = first * math.log(law.expected) - law.expected - math.lgamma(first + 1)
    else:
        odds = math.log(law.share) - math.log1p(-law.share)
        steps = odds + np.log(law.trials - after + 1) - np.log(after)
        start = (
            math.lgamma(law.trials + 1) - math.lgamma(first + 1)
            - math.lgamma(law.trials - first + 1)
            + first * math.log(law.share) + (law.trials - first) * math.log1p(-law.share)
        )  # fmt: skip
    logs = start + np.concatenate([[0.0], np.cumsum(steps)])
    return counts, np.exp(logs)
