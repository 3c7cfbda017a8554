"""Effects drawn again within their intervals: what each line then reaches.

Each effect is drawn once for all years, so that they go together: half of the draws lie below the
middle and half above, each half as half of a normal distribution, so that low and high are where 95
draws in 100 lie between. The same numbers of the same source are one thing that is not known, and
are drawn once for all options that have them. Others are drawn apart from one another: no published
source says how they go together. The generator is NumPy's PCG64: the same seed, the same draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from totalplace.commissioning.rules.building import Pull, pulls
from totalplace.commissioning.rules.case import Case, Effect

Floats = npt.NDArray[np.float64]
NORMAL_95: Final = 1.959963984540054  # standard deviations: 95 in 100 lie within
DISTRIBUTION: Final = (
    "each effect from its low, middle and high as 95 chances in 100, half of them on either side "
    "of the middle, as two halves of normal distributions; the same numbers of one source "
    "together, others apart"
)
_AT_ONCE: Final = 4_000_000  # numbers held together in memory


class Drawing:
    """The effects of a case that move money, ready to be drawn."""

    def __init__(self, case: Case) -> None:
        self.lines = case.years * len(case.options)
        self.pulls: tuple[Pull, ...] = tuple(sorted(pulls(case), key=lambda one: one.line))
        self.keys = sorted({(one.option, one.effect) for one in self.pulls})
        effects = [case.options[option].effects[effect] for option, effect in self.keys]
        low, mid, high = (
            np.array([float(value) for value in values], dtype=np.float64)
            for values in (
                [one.low for one in effects],
                [one.mid for one in effects],
                [one.high for one in effects],
            )
        )
        self._mid = mid
        self._below, self._above = (mid - low) / NORMAL_95, (high - mid) / NORMAL_95
        together = [_source_of(one) or key for one, key in zip(effects, self.keys, strict=True)]
        number = {key: n for n, key in enumerate(dict.fromkeys(together))}
        self.unknowns = len(number)
        self._which = np.array([number[key] for key in together], dtype=np.intp)
        places = {key: n for n, key in enumerate(self.keys)}
        self._of = np.array([places[one.option, one.effect] for one in self.pulls], dtype=np.intp)
        self._factors = np.array([one.factor for one in self.pulls], dtype=np.float64)
        at = np.array([one.line for one in self.pulls], dtype=np.intp)
        self._at, self._starts = np.unique(at, return_index=True)

    def values(self, *, seed: int, draws: int) -> Iterator[Floats]:
        """Blocks of draws: a row each, a column for each of `keys`."""
        rng = np.random.Generator(np.random.PCG64(seed))
        step = max(1, _AT_ONCE // max(1, len(self.pulls), self.lines))
        for begin in range(0, draws, step):
            z = rng.standard_normal((min(step, draws - begin), self.unknowns))[:, self._which]
            yield self._mid + z * np.where(z > 0, self._above, self._below)

    def slopes(self, values: Floats) -> Floats:
        """What each line's first penny reaches, in points: a row a draw, a column a line."""
        found = np.zeros((len(values), self.lines))
        if self.pulls:
            parts = values[:, self._of] * self._factors
            found[:, self._at] = np.add.reduceat(parts, self._starts, axis=1)
        return found


def _source_of(effect: Effect) -> tuple[object, ...] | None:
    """By what an effect is known to be the same as another; None where it has no source."""
    if not effect.source:
        return None
    values = (effect.low, effect.mid, effect.high)
    return effect.source, effect.address, effect.indicator, effect.counted_in, *values
