"""How answers spread over ordered steps, and whether groups differ by more than chance.

A mean hides two camps. What is told of a statement is how many took each step, the middle answer,
the middle half, and agreement A (van der Eijk 2001): 1 where all take one step, 0 where all steps
are taken alike, -1 where half stand at each end. "Cannot say" is no step, and no middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np

SEED: Final = 20_030_901  # of the drawn rearrangements, so that the same answers say the same
DRAWN: Final = 4_999
_EXACT_UPTO: Final = 5_000  # rearrangements; where there are no more, each is tried
_Z95: Final = 1.959963984540054
_SAME: Final = 1e-9  # two sums of thirds that differ by rounding alone


@dataclass(frozen=True, slots=True)
class Spread:
    """How many took each step, the least first; who could not say; who left it out."""

    counts: tuple[int, ...]
    cannot_say: int = 0
    left_out: int = 0

    @property
    def judged(self) -> int:
        """How many took a step."""
        return sum(self.counts)

    @property
    def median(self) -> int | None:
        """The step of the person in the middle, from 1; of two the lower. None: nobody judged."""
        return self._at(0.5)

    @property
    def middle_half(self) -> tuple[int, int] | None:
        """The steps between which the middle half stands."""
        low, high = self._at(0.25), self._at(0.75)
        return None if low is None or high is None else (low, high)

    @property
    def agreement(self) -> float | None:
        """Agreement A, from -1 to 1; None where nobody judged."""
        return agreement(self.counts)

    def _at(self, share: float) -> int | None:
        wanted = max(1, math.ceil(share * self.judged))
        for step, upto in enumerate(np.cumsum(self.counts), start=1):
            if self.judged and upto >= wanted:
                return step
        return None


@dataclass(frozen=True, slots=True)
class Share:
    """The mean over people of the share of statements that each agrees with.

    `agreeing` is the sum of each person's share, `people` how many they are: a person counts once,
    however many statements they answered.
    """

    agreeing: float
    people: int

    @property
    def value(self) -> float:
        """In per cent."""
        return 100 * self.agreeing / self.people

    @property
    def interval(self) -> tuple[float, float]:
        """95% limits in per cent (Wilson 1927), of people like these.

        Each person's share lies between none and all, so it varies no more than a yes or no would:
        the limits are wide enough, and wider than they need be where people are half agreed.
        """
        low, high = wilson(self.agreeing, self.people)
        return 100 * low, 100 * high


def agreement(counts: Sequence[int]) -> float | None:
    """Agreement A of van der Eijk (2001) over counts of ordered steps; None where all are nought.

    Raises ValueError for fewer than three steps, or a count below nought.
    """
    if len(counts) < 3 or min(counts) < 0:
        raise ValueError("agreement is of three steps or more, counted from nought")
    left, whole, found = list(counts), sum(counts), 0.0
    if not whole:
        return None
    while any(left):
        pattern = tuple(one > 0 for one in left)
        least = min(one for one in left if one)
        found += least * sum(pattern) / whole * _of_pattern(pattern)
        left = [one - least if one else 0 for one in left]
    return found


@lru_cache(maxsize=1024)
def _of_pattern(pattern: tuple[bool, ...]) -> float:
    """Agreement of a layer, in which each step is taken equally often or not at all."""
    steps, taken = len(pattern), sum(pattern)
    if taken == 1:
        return 1.0
    one_peak = two_peaks = 0
    for three in combinations(pattern, 3):
        one_peak += three in ((True, True, False), (False, True, True))
        two_peaks += three == (True, False, True)
    if not one_peak + two_peaks:
        return 0.0  # every step is taken alike
    shape = ((steps - 2) * one_peak - (steps - 1) * two_peaks) / (
        (steps - 2) * (one_peak + two_peaks)
    )
    return shape * (1 - (taken - 1) / (steps - 1))


def wilson(hits: float, of: int) -> tuple[float, float]:
    """95% limits of a share (Wilson 1927), from 0 to 1."""
    share, wide = hits / of, _Z95**2 / of
    middle = (share + wide / 2) / (1 + wide)
    half = _Z95 / (1 + wide) * math.sqrt(share * (1 - share) / of + wide / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def difference(one: Share, other: Share) -> tuple[float, float, float]:
    """One less another, with 95% limits, in points of per cent (Newcombe 1998, method 10)."""
    first, second = one.agreeing / one.people, other.agreeing / other.people
    low1, high1 = wilson(one.agreeing, one.people)
    low2, high2 = wilson(other.agreeing, other.people)
    size = first - second
    low = size - math.hypot(first - low1, high2 - second)
    high = size + math.hypot(high1 - first, second - low2)
    return 100 * size, 100 * low, 100 * high


def chance(groups: Sequence[Sequence[float]]) -> float:
    """How often groups would stand as far apart if who is in which were chance: a permutation test.

    Exact where there are few ways to rearrange two groups; else of `DRAWN` ways with `SEED`, the
    one that was seen counted in, so that it is never too small (Phipson and Smyth 2010). The
    distance is of the groups' means from that of all, each weighed by its people.
    """
    if len(groups) < 2 or not all(groups):
        raise ValueError("chance is of two groups or more, each with somebody in it")
    return _chance(tuple(tuple(sorted(group)) for group in groups))


@lru_cache(maxsize=4096)
def _chance(groups: tuple[tuple[float, ...], ...]) -> float:
    values = np.array([one for group in groups for one in group], dtype=np.float64)
    sizes = [len(group) for group in groups]
    seen = _apart(values[None, :], sizes)[0]
    if len(sizes) == 2 and math.comb(len(values), sizes[0]) <= _EXACT_UPTO:
        ways = np.array([list(one) for one in combinations(range(len(values)), sizes[0])])
        sums = values[ways].sum(axis=1)
        apart = sums**2 / sizes[0] + (values.sum() - sums) ** 2 / sizes[1]
        return float(np.mean(apart >= seen - _SAME))
    drawn = np.random.default_rng(SEED).random((DRAWN, len(values))).argsort(axis=1)
    as_far = int(np.sum(_apart(values[drawn], sizes) >= seen - _SAME))
    return (1 + as_far) / (1 + DRAWN)


def _apart(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], sizes: Sequence[int]) -> (
    np.ndarray[tuple[int, ...], np.dtype[np.float64]]
):  # fmt: skip
    """The sum over groups of the square of its sum by its people; grows as means move apart."""
    starts = np.cumsum([0, *sizes[:-1]])
    sums = np.add.reduceat(values, starts, axis=1)
    found: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (sums**2 / np.array(sizes)).sum(
        axis=1
    )
    return found


def beyond_chance(ps: Sequence[float], *, share: float = 0.05) -> list[bool]:
    """Which of many comparisons are told, so that one is wrongly told at most so often (Holm 1979).

    `share` is how often any at all would be told where there is no difference.
    """
    told = [False] * len(ps)
    for rank, at in enumerate(sorted(range(len(ps)), key=lambda n: ps[n])):
        if ps[at] > share / (len(ps) - rank):
            break
        told[at] = True
    return told
