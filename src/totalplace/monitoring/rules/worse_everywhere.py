"""In which of many areas an indicator became worse: told so that few of those told are false.

All areas are judged at one moment by the same periods. With a limit for each area the list would be
mostly chance; here it is cut where at most one in ten of those told is expected to be false.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.many import LATELY, SHARE_FALSE, chances, worst
from totalplace.monitoring.rules.detecting.nulls import Numbers, rhythm_of
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import Period

FEWEST_AREAS: Final = 20  # with fewer, what is usual cannot be learnt from them together
FEWEST_POINTS: Final = 8
_MOST_POINTS: Final = 120
_MOST_HAVE: Final = 0.8  # of the areas: periods of which fewer have a figure are left out
_DRAWS: Final = (
    20_000  # quiet series that are drawn: of 400 areas the first is told from 1 in 4,000
)
_SEED: Final = 20_261_126


@dataclass(frozen=True, slots=True)
class Moved:
    """An area in which it became worse: how often a quiet one would look so, before and after."""

    area: str
    name: str
    chance: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class WorseEverywhere:
    """The areas told, the surest first; how many were judged, over which figures; or why none."""

    moved: tuple[Moved, ...]
    judged: int
    periods: tuple[Period, ...]
    why_not: str = ""

    @property
    def words(self) -> str:
        """What was done and found, in sentences."""
        if self.why_not:
            return f"Not judged: {self.why_not}."
        over = f"{self.judged:,} areas that have every figure from {self.periods[0].said} to "
        over += f"{self.periods[-1].said}"
        lately = min(LATELY, len(self.periods) - 1)
        when = f"within the latest {lately} figures"
        if not self.moved:
            return f"Of {over}, none became worse {when} by more than chance."
        many = len(self.moved)
        return (
            f"Of {over}, {many} became worse {when} by more than chance. At most "
            f"{round(100 * SHARE_FALSE)} per cent of those told are expected to be false."
        )


def worse_everywhere(series: Sequence[Watched], better: Better) -> WorseEverywhere:
    """Where an indicator became worse lately, among areas of one kind."""
    if better is Better.NEITHER:
        return _none("nobody said which way is better")
    periods = _shared(series)
    rows = _whole(series, periods)
    if len(periods) < FEWEST_POINTS:
        return _none(
            f"only {len(periods)} figures that share no days are there for most areas, and "
            f"{FEWEST_POINTS} are needed"
        )
    if len(rows) < FEWEST_AREAS:
        return _none(
            f"only {len(rows)} areas have every figure, and {FEWEST_AREAS} are needed to learn "
            "what is usual"
        )
    y = np.array([values for _, values in rows], dtype=np.float64)
    down = y if better is Better.HIGHER else -y
    spread = float(np.std(np.diff(down, axis=1)))
    if spread <= 0:
        return _none("no figure ever moved")
    found = chances(down / spread, rhythm=rhythm_of(rows[0][0]), seed=_SEED, draws=_DRAWS)
    told = worst(found)
    moved = [_moved(rows[n][0], y[n], float(found[n])) for n in np.flatnonzero(told)]
    ordered = tuple(sorted(moved, key=lambda one: (one.chance, one.name)))
    return WorseEverywhere(ordered, len(rows), tuple(periods))


def _none(why: str) -> WorseEverywhere:
    return WorseEverywhere((), 0, (), why)


def _shared(series: Sequence[Watched]) -> list[Period]:
    """The periods of which most areas have a figure, since the last break of any, in order."""
    counted = Counter(point.period for one in series for point in one.looked_at)
    most = max(counted.values(), default=0)
    last = max((b.on for one in series for b in one.breaks), default=None)
    kept = sorted(period for period, many in counted.items() if many >= _MOST_HAVE * most)
    since = [period for period in kept if last is None or period.first_day >= last]
    return _apart(since)[-_MOST_POINTS:]


def _apart(periods: Sequence[Period]) -> list[Period]:
    """The latest periods that share no day: those that do are no figures of their own."""
    found: list[Period] = []
    for period in reversed(periods):
        if not found or period.last_day < found[-1].first_day:
            found.append(period)
    return found[::-1]


def _whole(
    series: Sequence[Watched], periods: Sequence[Period]
) -> list[tuple[Watched, list[float]]]:
    """The areas that have a figure of every period, with their figures."""
    found = []
    for one in series:
        values: Mapping[Period, float | None] = {p.period: p.value for p in one.looked_at}
        mine = [value for period in periods if (value := values.get(period)) is not None]
        if periods and len(mine) == len(periods):
            found.append((one, mine))
    return found


def _moved(one: Watched, values: Numbers, chance: float) -> Moved:
    """Its mean before and after the step that fits its latest figures best."""
    first = max(1, len(values) - LATELY)
    splits = range(first, len(values))
    best = min(splits, key=lambda n: float(np.var(values[:n]) * n
                                           + np.var(values[n:]) * (len(values) - n)))  # fmt: skip
    return Moved(
        one.area, one.area_name, chance, float(values[:best].mean()), float(values[best:].mean())
    )
