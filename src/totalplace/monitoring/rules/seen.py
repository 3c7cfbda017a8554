"""What the watch sees in a series: nothing, a change with its day and size, or too little to say.

A change that passes the limit is told as an alarm: the place was promised how many of those are
false. One that passes only the lower limit is told as not certain; how many of those are false is
promised and published too, and is more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from totalplace.outcomes.rules.periods import Period


class Sign(StrEnum):
    """In what state a series is."""

    WORSE = "worse"
    PERHAPS_WORSE = "worse, not certain"
    STEADY = "no sign of change"
    PERHAPS_BETTER = "better, not certain"
    BETTER = "better"
    CHANGED = "changed"  # of a series with no better direction
    PERHAPS_CHANGED = "changed, not certain"
    TOO_FEW = "too early to say"
    SET_ASIDE = "cannot be watched as it stands"

    @property
    def is_alarm(self) -> bool:
        """Whether it counts against the promised number of false alarms."""
        return self in (Sign.WORSE, Sign.CHANGED)


class Shape(StrEnum):
    """How it changed."""

    STEP = "at once"
    SLIDE = "little by little"


@dataclass(frozen=True, slots=True)
class Change:
    """A change. Levels and sizes are in the series' unit; sizes are after less before.

    `since` is the likeliest first period of it, between `since_earliest` and `since_latest` (90%).
    `told_at` is the period at which the watch first told it, `points_late` how many looked-at
    points after its first that was (1: at once). Of a slide `after` is where the latest point's
    level stands. `size_low` to `size_high` is a 95% interval. `evidence` is the weight of evidence
    for it against chance, `limit` the weight from which it is told as an alarm.
    """

    sign: Sign
    shape: Shape
    since: Period
    since_earliest: Period
    since_latest: Period
    told_at: Period
    points_late: int
    before: float
    after: float
    size: float
    size_low: float
    size_high: float
    evidence: float
    limit: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen in a series as of its latest looked-at point.

    `now` is the change that stands, or None; `earlier` are those before it, the oldest first, each
    with the sign it was told as, recovered or not. `usual`, `usual_low` and `usual_high` are where
    the next point would lie, 95 times in 100, if nothing changed. `noise` is the spread of one
    point about its level, `follows_itself` the correlation of one point with the one before.
    `short_by` is how many more points are needed where it is too early to say.
    """

    sign: Sign
    upto: Period | None
    now: Change | None = None
    earlier: tuple[Change, ...] = ()
    usual: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    noise: float | None = None
    follows_itself: float | None = None
    points: int = 0
    short_by: int = 0
    notes: tuple[str, ...] = ()
