"""Who took part against who lives here, and answers weighted by that, always beside unweighted.

Whoever answers chose to: no weight makes that a sample of the people who live here. Weighting shows
what would change if each group had taken part as often as it lives here, and no more than that.

Raking: Deming and Stephan (1940), iterative proportional fitting to the margins of each thing that
is known of the people, in turn, with weights held between bounds. The effective number is Kish's,
the square of the sum of weights over the sum of their squares (Survey Sampling, 1965).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_TURNS: Final = 200
_CLOSE: Final = 1e-6
_Z: Final = 1.959964  # 95 in a hundred


@dataclass(frozen=True, slots=True)
class Lived:
    """How many people of each category live here, by a source that says so for a year."""

    about: str  # code of what is asked, such as age
    people: Mapping[str, int]
    source: str
    year: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A category of people: of those who took part, and of those who live here.

    Shares are of those who said which category they are in. The interval is what chance alone would
    leave open if they had been drawn by lot, which they were not.
    """

    category: str
    took_part: int
    share: float
    least: float
    most: float
    lives_here: float | None  # None where nobody knows

    @property
    def points(self) -> float | None:
        """By how many points in a hundred it took part more than it lives here."""
        return None if self.lives_here is None else 100 * (self.share - self.lives_here)


def interval(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval for a share (1927), at 95 in a hundred."""
    if of <= 0:
        return 0.0, 1.0
    share, square = count / of, _Z * _Z
    centre = share + square / (2 * of)
    spread = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def compared(said: Iterable[str], categories: Sequence[str], lived: Lived | None) -> list[Compared]:
    """Each category in its order: who took part, and who lives here."""
    counts = Counter(one for one in said if one in categories)
    of = sum(counts.values())
    known = {c: lived.people[c] for c in categories if c in lived.people} if lived else {}
    people = sum(known.values())
    rows = []
    for category in categories:
        count = counts[category]
        least, most = interval(count, of)
        here = known[category] / people if category in known and people else None
        share = count / of if of else 0.0
        rows.append(Compared(category, count, share, least, most, here))
    return rows


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weight for each answer, whose mean is 1, and what it was made by."""

    weights: tuple[float, ...]
    by: tuple[str, ...]  # what was raked on
    at_a_bound: int  # answers whose weight would be more or less without the bounds
    unknown: int  # answers that said nothing of themselves that is raked on: their weight is free
    converged: bool

    @property
    def effective(self) -> float:
        """How many answers of equal weight would be as sure (Kish)."""
        squares = sum(w * w for w in self.weights)
        return sum(self.weights) ** 2 / squares if squares else 0.0


def rake(
    said: Sequence[Mapping[str, str]], lived: Sequence[Lived], *, least: float, most: float
) -> Weighted:
    """Weights by which those who took part are as those who live here, in each thing known.

    `said` is what each answerer said of themselves, by code. Whoever did not say counts in that
    thing with the weight that they have otherwise. A category of which nobody took part cannot be
    weighted up, and is left out of the aim. Weights stay between `least` and `most`.
    """
    weights = [1.0] * len(said)
    aims = [(one.about, aim) for one in lived if (aim := _aim(said, one))]
    turns, moved = 0, math.inf
    while aims and turns < _TURNS and moved > _CLOSE:
        before = list(weights)
        for about, aim in aims:
            _fit(weights, said, about, aim)
            _hold(weights, least, most)
        moved = max((abs(a - b) for a, b in zip(weights, before, strict=True)), default=0.0)
        turns += 1
    codes = [about for about, _ in aims]
    return Weighted(
        weights=tuple(weights),
        by=tuple(codes),
        at_a_bound=sum(w <= least * 1.001 or w >= most * 0.999 for w in weights) if aims else 0,
        unknown=sum(not any(one.get(code) for code in codes) for one in said),
        converged=moved <= _CLOSE or not aims,
    )


def _aim(said: Sequence[Mapping[str, str]], lived: Lived) -> dict[str, float]:
    """The share of each category that somebody of it took part in; none for fewer than two."""
    here = {one.get(lived.about, "") for one in said}
    people = {c: n for c, n in lived.people.items() if c in here and n > 0}
    whole = sum(people.values())
    return {c: n / whole for c, n in people.items()} if len(people) > 1 else {}


def _fit(
    weights: list[float], said: Sequence[Mapping[str, str]], about: str, aim: Mapping[str, float]
) -> None:
    sums: dict[str, float] = {}
    for weight, one in zip(weights, said, strict=True):
        category = one.get(about, "")
        if category in aim:
            sums[category] = sums.get(category, 0.0) + weight
    whole = sum(sums.values())
    factors = {c: aim[c] * whole / s for c, s in sums.items() if s > 0}
    for at, one in enumerate(said):
        weights[at] *= factors.get(one.get(about, ""), 1.0)


def _hold(weights: list[float], least: float, most: float) -> None:
    """Hold weights between the bounds, and their mean at 1."""
    mean = sum(weights) / len(weights) if weights else 1.0
    for at, weight in enumerate(weights):
        weights[at] = min(most, max(least, weight / mean))


def share_of(chosen: Sequence[bool], weights: Sequence[float] | None = None) -> float | None:
    """The share of answers that chose something, each by its weight; None where there are none."""
    used = weights if weights is not None else [1.0] * len(chosen)
    whole = sum(used)
    return sum(w for w, is_so in zip(used, chosen, strict=True) if is_so) / whole if whole else None
