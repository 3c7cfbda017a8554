"""What a null sees in points at given positions: the sums that no series needs made anew.

A lens holds the weights that take the level out and even the correlation out, and how far steps
beginning at each point overlap when seen so. It is the same for every series on the same positions
and is kept, up to a bound of memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.nulls import Null, Numbers, covariance

_MOST_BYTES: Final = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Lens:
    """For n points: `weights` (n by n) with y·weights·y the squared noise about a level.

    `steps` (n by n) is how far a step at u and one at v overlap; `slides` of a slide at v with
    itself; `log_size` what the null's likelihood is divided by, as a logarithm; `follows` is how
    far a point follows the one before by it, and `over` over how many points a step comes in.
    """

    weights: Numbers
    steps: Numbers
    slides: Numbers
    log_size: float
    follows: float
    over: int

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.weights.nbytes + self.steps.nbytes + self.slides.nbytes


def made(positions: Sequence[int], null: Null, a_round: int) -> Lens:
    """The lens of points at these positions. The level is unknown, with a flat prior."""
    moves = covariance(positions, null, a_round)
    inverse = np.linalg.inv(moves)
    ones = inverse.sum(axis=1)
    total = float(ones.sum())
    weights = inverse - np.outer(ones, ones) / total
    weights = (weights + weights.T) / 2
    steps = coming_in(coming_in(onward(onward(weights).T), null.over).T, null.over)
    slides = np.diag(onward(onward(steps).T)).copy()
    _, log_moves = np.linalg.slogdet(moves)
    log_size = 0.5 * (float(log_moves) + float(np.log(total)))
    return Lens(weights, steps, slides, log_size, null.follows, null.over)


def onward(rows: Numbers) -> Numbers:
    """Along the last axis, the sum of each with all after it: what a step from there gathers."""
    return np.asarray(np.cumsum(rows[..., ::-1], axis=-1)[..., ::-1], dtype=np.float64)


def coming_in(rows: Numbers, over: int) -> Numbers:
    """Along the last axis, what a step gathers that comes in over so many points.

    Where a point is the mean of several periods, a change in the first of them is seen in full only
    when all are after it.
    """
    gathered = rows.copy()
    for lag in range(1, min(over, rows.shape[-1])):
        gathered[..., :-lag] += rows[..., lag:]
    return gathered / over if over > 1 else gathered


_Key = tuple[tuple[int, ...], Null, int]


class _Kept:
    """Lenses that were made, the latest used last; the oldest go when there are too many."""

    def __init__(self) -> None:
        self._lenses: OrderedDict[_Key, Lens] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: _Key) -> Lens:
        with self._lock:
            found = self._lenses.get(key)
            if found is not None:
                self._lenses.move_to_end(key)
                return found
        lens = made(*key)
        with self._lock:
            if key not in self._lenses:
                self._lenses[key] = lens
                self._bytes += lens.size
            while self._bytes > _MOST_BYTES:
                _, gone = self._lenses.popitem(last=False)
                self._bytes -= gone.size
        return lens


_KEPT: Final = _Kept()


def lens(positions: Sequence[int], null: Null, a_round: int) -> Lens:
    """The lens of these positions, kept from before or made. Positions begin where they will."""
    first = positions[0]
    at = tuple(int(one) - int(first) for one in positions)
    return _KEPT.get((at, null, a_round if null.season else 1))
