"""The promise: so many false alarms a year over everything that is watched, shared out evenly.

Each series has the same share of it, however often it is published, and each look at a series the
same share of that. So a place that watches more series does not cry wolf more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.monitoring.rules.watched import Watched

DEFAULT_PROMISE: Final = 4.0  # false alarms a year over everything a place watches: one a quarter
PERHAPS_TIMES: Final = 5.0  # how much oftener "not certain" is false than an alarm is
# However few series share a promise, no look at one is laxer than this: an alarm false one time in
# fifty, and a hint one time in twenty.
MOST_A_LOOK: Final = 0.02
MOST_PERHAPS_A_LOOK: Final = 0.05
_MONTHS_A_YEAR: Final = 12
_DAYS_A_YEAR: Final = 365.25
_MOST_LOOKS: Final = 52.0


@dataclass(frozen=True, slots=True)
class Promise:
    """So many false alarms a year (`a_year`), over so many `series`."""

    a_year: float
    series: int

    @property
    def a_series(self) -> float:
        """False alarms a year on each series."""
        return self.a_year / max(1, self.series)

    def a_look(self, looks_a_year: float) -> float:
        """The chance that a look at a quiet series raises an alarm, of so many looks a year."""
        return min(MOST_A_LOOK, self.a_series / looks_a_year)

    def perhaps_a_look(self, looks_a_year: float) -> float:
        """The chance that a look at a quiet series says "worse, not certain" or an alarm."""
        return min(MOST_PERHAPS_A_LOOK, PERHAPS_TIMES * self.a_series / looks_a_year)


def looks_a_year(series: Watched) -> float:
    """How often a year a series is looked at: as often as it is published.

    Of one that is not regular it is as often as it has been, at least once a year and at most
    every week.
    """
    if series.months is not None and series.months > 0:
        return _MONTHS_A_YEAR / series.months
    days = [point.period.first_day for point in series.looked_at]
    if len(days) < 2 or days[-1] <= days[0]:
        return 1.0
    years = (days[-1] - days[0]).days / _DAYS_A_YEAR
    return float(min(_MOST_LOOKS, max(1.0, (len(days) - 1) / years)))


def kept_by(promise: float, series: Sequence[Watched]) -> float:
    """False alarms a year that a promise comes to over these series.

    It is the promise, or less: of few series each is still watched with no laxer a limit than
    `MOST_A_LOOK`.
    """
    made = Promise(promise, len(series))
    return sum(made.a_look(looks_a_year(one)) * looks_a_year(one) for one in series)
