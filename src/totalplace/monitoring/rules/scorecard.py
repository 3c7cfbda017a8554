"""The watch's own record: what it promised and what it raised, and whether scores foretold results.

Nothing is claimed of what is too few to judge, and every figure carries how many it is of.

Range of a count: Garwood, F. (1936), Fiducial limits for the Poisson distribution, Biometrika 28.
Range of an agreement of two orders: Bonett, D. G. and Wright, T. A. (2000), Sample size
requirements for estimating Pearson, Kendall and Spearman correlations, Psychometrika 65.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST_PLACES: Final = 10  # below which nothing is said of readiness; this project's own
LEAST_MONTHS: Final = 12  # of results after a score; fewer say nothing of what it foretold
_TAIL: Final = 0.025  # on either side of a 95 per cent range
_Z: Final = 1.959964  # the normal deviate of that range
_HALVINGS: Final = 80  # of an interval below 1e7: to far less than shows


class Verdict(StrEnum):
    """What can be said of a promise of false alarms."""

    KEPT = "kept so far"
    OPEN = "too early to say"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Kept:
    """Alarms over the life of some watches.

    `promised` is how many false ones were promised at the most, `years` how long was watched, in
    years of one place. Of the `raised`, `false` were judged false, `real` were judged real; the
    others nobody has judged yet.
    """

    promised: float
    years: float
    raised: int
    false: int
    real: int

    @property
    def open(self) -> int:
        """How many of those raised nobody has judged yet."""
        return self.raised - self.false - self.real

    @property
    def range(self) -> tuple[float, float]:
        """The 95 per cent range of how many false ones such a watch raises in such a time."""
        return count_range(self.false)

    @property
    def verdict(self) -> Verdict:
        """Broken where even the least is more than was promised; kept where even the most is not.

        The most is every alarm that nobody has judged, taken as false.
        """
        if self.range[0] > self.promised:
            return Verdict.BROKEN
        if self.raised and self.false + self.open <= self.promised:
            return Verdict.KEPT
        return Verdict.OPEN

    @property
    def words(self) -> str:
        """What can be said, in a sentence."""
        if self.verdict is Verdict.BROKEN:
            low, high = self.range
            return (
                f"More false alarms than were promised: {self.false}, where at most "
                f"{self.promised:.1f} were. So many stand for between {low:.1f} and {high:.1f}."
            )
        if self.verdict is Verdict.KEPT:
            return (
                f"Kept so far: at most {self.promised:.1f} false alarms were promised, and even if "
                f"all {self.open} that nobody has judged are false there are "
                f"{self.false + self.open}."
            )
        if not self.raised:
            return (
                f"No alarm was raised yet, in {self.years:.1f} years of watching; at most "
                f"{self.promised:.1f} false ones were promised."
            )
        return (
            f"Too early to say: {self.open} of {self.raised} alarms are not judged yet, and at "
            f"most {self.promised:.1f} false ones were promised."
        )


def count_range(count: int) -> tuple[float, float]:
    """The 95 per cent range of what a count stands for. Raises ValueError below nought."""
    if count < 0:
        raise ValueError("a count is nought or more")
    most = count + 10 * math.sqrt(count + 1) + 10
    high = _where(lambda mean: _up_to(count, mean) <= _TAIL, most)
    low = 0.0 if not count else _where(lambda mean: 1 - _up_to(count - 1, mean) >= _TAIL, most)
    return low, high


def _where(is_past: Callable[[float], bool], most: float) -> float:
    """The least mean from which something holds, by halving."""
    low, high = 0.0, most
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_past(middle) else (middle, high)
    return high


def _up_to(count: int, mean: float) -> float:
    """The chance of so many or fewer, of a mean (Poisson)."""
    if mean <= 0:
        return 1.0
    logs = (n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(count + 1))
    return min(1.0, math.fsum(math.exp(one) for one in logs))


@dataclass(frozen=True, slots=True)
class Scored:
    """A place with an agreed score of readiness, and what came of its outcomes since.

    `score` is the mean of its agreed levels, from 1, the least, to 4. Of the `watched` series so
    many became `better` and so many `worse`, each more than chance, after the score was agreed;
    `months` is how long ago that was.
    """

    place: str
    name: str
    score: float
    better: int
    worse: int
    watched: int
    months: int

    @property
    def result(self) -> float | None:
        """The share of series that became better less that which became worse; None of none."""
        return None if not self.watched else (self.better - self.worse) / self.watched

    @property
    def counts(self) -> bool:
        """Whether enough time has passed, and anything is watched."""
        return self.months >= LEAST_MONTHS and self.watched > 0


@dataclass(frozen=True, slots=True)
class Foretold:
    """Whether scores of readiness foretold results: how far the two orders of places agree.

    1 is the same order, -1 the reverse, 0 neither. None where too few places can be told apart.
    """

    places: int
    agreement: float | None
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """What can be said, in sentences."""
        if self.agreement is None or self.low is None or self.high is None:
            if self.places < LEAST_PLACES:
                return (
                    f"Too few places to say: {self.places} have a score that was agreed at least "
                    f"{LEAST_MONTHS} months ago and outcomes that are watched; at least "
                    f"{LEAST_PLACES} are needed."
                )
            return (
                f"Nothing can be said: the {self.places} places all have one score, or all one "
                "result."
            )
        spread = f"between {self.low:.2f} and {self.high:.2f}"
        scale = "1 would be the same order, 0 none, -1 the reverse"
        if self.low > 0:
            said = "Places with higher scores did better since"
        elif self.high < 0:
            said = "Places with higher scores did worse since"
        else:
            said = "The scores did not foretell the results, as far as can be told"
        return (
            f"{said}. The order of {self.places} places by score and by result agrees "
            f"{self.agreement:.2f} ({spread}; {scale})."
        )


def foretold(places: Sequence[Scored]) -> Foretold:
    """Whether scores foretold results, of those places of which enough time has passed."""
    known = [(one.score, one.result) for one in places if one.counts]
    n = len(known)
    scores, results = ([pair[side] or 0.0 for pair in known] for side in (0, 1))
    agreement = _agreement(_ranks(scores), _ranks(results)) if n >= LEAST_PLACES else None
    if agreement is None:
        return Foretold(n, None, None, None)
    held = max(-0.999999, min(0.999999, agreement))  # else its range has no ends
    middle = math.atanh(held)
    half = _Z * math.sqrt((1 + held * held / 2) / (n - 3))
    return Foretold(n, agreement, math.tanh(middle - half), math.tanh(middle + half))


def _ranks(values: Sequence[float]) -> list[float]:
    """Each value's place in their order, those that are equal sharing theirs."""
    order = sorted(values)
    first = {value: order.index(value) for value in set(values)}
    return [first[value] + (values.count(value) - 1) / 2 for value in values]


def _agreement(one: Sequence[float], other: Sequence[float]) -> float | None:
    """How far two orders agree (Spearman); None where either has no order."""
    mean_one, mean_other = math.fsum(one) / len(one), math.fsum(other) / len(other)
    a, b = [x - mean_one for x in one], [y - mean_other for y in other]
    size = math.sqrt(math.fsum(x * x for x in a) * math.fsum(y * y for y in b))
    return None if not size else math.fsum(x * y for x, y in zip(a, b, strict=True)) / size
