"""What no change looks like: chance about a level, that may follow itself and have a season.

A few strengths of each are weighed by the data. How strongly a point follows the one before
(`follows`, its correlation) runs from not at all to strongly; a season is months (or quarters)
that differ, by none, as much as chance does, or twice as much (its variance beside that of chance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.monitoring.rules.watched import Watched

Numbers = NDArray[np.float64]

FOLLOWS: Final = (0.0, 0.2, 0.4, 0.6, 0.8)
SEASONS: Final = (0.0, 1.0, 4.0)
# What follows itself more than this is a level that wanders, which is what a watch is to tell; only
# where periods overlap is it weighed as no change.
MOST_FOLLOWS: Final = 0.6
# How sure a named prior is of itself: its neighbours on the scale weigh this much less, each.
_SPREAD: Final = 0.1
# What is believed of a kind before any series of it was seen: most follow themselves a little.
_FOLLOWS_BEFORE: Final = (0.30, 0.25, 0.20, 0.15, 0.10)
_SEASONS_BEFORE: Final = (0.80, 0.14, 0.06)
_QUARTER: Final = 3
_OWN: Final = 0.3  # of a season's variance, what each month has to itself; the rest goes in waves


class Rhythm(StrEnum):
    """How often a series is published, as limits are kept."""

    YEARLY = "yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"

    @property
    def a_round(self) -> int:
        """How many periods make a year's round; 1 where there is no season to see."""
        return {"yearly": 1, "quarterly": 4, "monthly": 12}[self.value]


@dataclass(frozen=True, slots=True)
class Null:
    """No change: how far a point follows the one before, and how strong the season is.

    `over` is how many periods' chance each point is the mean of, as of three years rolling: such
    points follow themselves by construction, and `follows` is of the single periods.
    """

    follows: float
    season: float
    over: int = 1


def rhythm_of(series: Watched) -> Rhythm:
    """How often a series is published. Of one that is not regular no season is looked for."""
    if series.months == 1:
        return Rhythm.MONTHLY
    return Rhythm.QUARTERLY if series.months == _QUARTER else Rhythm.YEARLY


@cache
def grid(rhythm: Rhythm) -> tuple[Null, ...]:
    """Every strength that is weighed, of series of a rhythm."""
    seasons = SEASONS if rhythm.a_round > 1 else SEASONS[:1]
    return tuple(Null(follows, season) for season in seasons for follows in FOLLOWS)


@cache
def before(rhythm: Rhythm) -> Numbers:
    """What is believed of each strength before any series of the kind was seen; adds to one."""
    follows, seasons = np.array(_FOLLOWS_BEFORE), np.array(_SEASONS_BEFORE)
    if rhythm.a_round == 1:
        return follows
    return np.asarray(np.outer(seasons, follows).ravel(), dtype=np.float64)


@cache
def named(rhythm: Rhythm) -> Numbers:
    """The named priors: row k believes in strength k of the grid, and a little in those near it."""
    follows = _near(len(FOLLOWS))
    wanders = np.array(FOLLOWS) > MOST_FOLLOWS
    follows = np.where(wanders[None, :] & ~wanders[:, None], 0.0, follows)
    follows = _as_shares(follows)
    if rhythm.a_round == 1:
        return follows
    return np.asarray(np.kron(_near(len(SEASONS)), follows), dtype=np.float64)


def _near(size: int) -> Numbers:
    steps = np.arange(size)
    weights = _SPREAD ** np.abs(steps[:, None] - steps[None, :])
    return _as_shares(weights)


def _as_shares(weights: Numbers) -> Numbers:
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def covariance(positions: Sequence[int], null: Null, a_round: int) -> Numbers:
    """How points at these positions move together under a null; chance has variance one.

    A gap between points is a gap in time: points further apart follow each other less (a
    first-order autoregression). A season comes round every year; months near each other in it are
    alike, so that half a year's fall is no news where a kind of series has seasons.
    """
    at = np.asarray(positions)
    apart = at[:, None] - at[None, :]
    moves = np.zeros(apart.shape)
    for lag in range(1 - null.over, null.over):
        far = np.abs(apart + lag)
        moves += (null.over - abs(lag)) * np.where(far == 0, 1.0, null.follows**far)
    moves = moves / moves[0, 0]
    if null.season and a_round > 1:
        near = np.exp(-2.0 * np.sin(np.pi * apart / a_round) ** 2)
        moves = moves + null.season * (_OWN * (apart % a_round == 0) + (1 - _OWN) * near)
    return np.asarray(moves, dtype=np.float64)
