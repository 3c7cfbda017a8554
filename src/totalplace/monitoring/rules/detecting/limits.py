"""Limits: how much evidence quiet series of a kind show with exactly a given chance.

The limit at n points is what a quiet series that has not passed at any look before passes at this
one with the promised chance. They were made by simulation (benchmarks/watch_limits.py) for each
rhythm and each named prior, and for points that are now and then far out, and are read from
`definitions/limits/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm

_AMONG: Final = 200  # limits at which two kinds of series are put together
_HARDLY: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Logarithms of limits: by rhythm, an array of named priors by points by chances.

    `wild` is by how much they are higher for series whose points are now and then far out, by
    rhythm, points by chances. `points` and `chances` say what the last two run over, points upward
    and chances downward.
    """

    by_rhythm: Mapping[Rhythm, Numbers]
    wild: Mapping[Rhythm, Numbers]
    points: Numbers
    chances: Numbers

    def at(
        self, rhythm: Rhythm, believed: Numbers, points: int, chances: Numbers, wild: float = 0.0
    ) -> Numbers:
        """The limits, at so many points, for series believed to be of each named prior so far.

        `chances` are those of an alarm at one look. Between tabled numbers the logarithms lie on
        straight lines; beyond the last they stay as they are, of points, and go on as they went,
        of chances. `wild` is the share of series like it whose points are now and then far out:
        what these pass and what the others pass make the chance together.
        """
        table = np.tensordot(believed / believed.sum(), self.by_rhythm[rhythm], axes=1)
        usual = _strictly(self._between(table, points))
        rarity = -np.log(self.chances)
        wanted = -np.log(np.asarray(chances, dtype=np.float64))
        if wild <= 0:
            return np.exp(_on(wanted, rarity, usual))
        higher = _strictly(usual + self._between(self.wild[rhythm], points))
        among = np.linspace(usual[0], higher[-1] + (higher[-1] - usual[0]) / 2, _AMONG)
        passed = (1 - wild) * np.exp(-_on(among, usual, rarity))
        passed += wild * np.exp(-_on(among, higher, rarity))
        return np.exp(_on(wanted, -np.log(passed), among))

    def _between(self, table: Numbers, points: int) -> Numbers:
        """The row of a table at so many points."""
        ends = np.log(self.points)
        at = np.log(points)
        return np.array([np.interp(at, ends, column) for column in table.T])


def _strictly(row: Numbers) -> Numbers:
    """A row that rises, so that it can be read either way."""
    return np.asarray(np.maximum.accumulate(row) + _HARDLY * np.arange(len(row)))


def _on(wanted: Numbers, xs: Numbers, ys: Numbers) -> Numbers:
    """Along straight lines through points; beyond the last on as they went, over the last two."""
    slope = (ys[-1] - ys[-3]) / (xs[-1] - xs[-3])
    beyond = np.maximum(wanted - xs[-1], 0.0)
    return np.asarray(np.interp(wanted, xs, ys) + beyond * slope, dtype=np.float64)
