"""Limits: how much evidence quiet series of a kind show with exactly a given chance.

The limit at n points is what a quiet series that has not passed at any look before passes at this
one with the promised chance. They were made by simulation (benchmarks/watch_limits.py) for each
rhythm and each named prior, and are read from `definitions/limits/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from totalplace.monitoring.rules.detecting.nulls import Numbers, Rhythm


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Logarithms of limits: by rhythm, an array of named priors by points by chances.

    `points` and `chances` say what the last two run over, points upward and chances downward.
    """

    by_rhythm: Mapping[Rhythm, Numbers]
    points: Numbers
    chances: Numbers

    def at(self, rhythm: Rhythm, believed: Numbers, points: int, chances: Numbers) -> Numbers:
        """The limits, at so many points, for series believed to be of each named prior so far.

        `chances` are those of an alarm at one look. Between tabled numbers the logarithms lie on
        straight lines; beyond the last they stay as they are, of points, and go on as they went,
        of chances.
        """
        table = np.tensordot(believed / believed.sum(), self.by_rhythm[rhythm], axes=1)
        ends = np.log(self.points)
        row = np.array([np.interp(np.log(points), ends, table[:, k]) for k in range(len(table[0]))])
        rarity = -np.log(self.chances)
        wanted = -np.log(np.asarray(chances, dtype=np.float64))
        beyond = np.maximum(wanted - rarity[-1], 0.0)
        slope = (row[-1] - row[-3]) / (rarity[-1] - rarity[-3])
        return np.asarray(np.exp(np.interp(wanted, rarity, row) + beyond * slope), dtype=np.float64)
