"""Returns of many lines at once: what sums reach, what the next penny reaches, and tangents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from totalplace.commissioning.rules.problem import Line

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines as arrays: pence and points as in `problem.Line`; the scale of a straight one is 1."""

    slope: Numbers
    scale: Numbers
    fixed: Numbers
    straight: Marks

    def taken(self, places: NDArray[np.int64]) -> Curves:
        """Some of them, in another order."""
        return Curves(
            self.slope[places], self.scale[places], self.fixed[places], self.straight[places]
        )

    def points(self, pence: Numbers) -> Numbers:
        """What each reaches, in points; at or above its fixed cost."""
        above = np.maximum(pence - self.fixed, 0.0)
        bent = -self.scale * np.expm1(-above / self.scale)
        return self.slope * np.where(self.straight, above, bent)

    def marginal(self, pence: Numbers) -> Numbers:
        """What the next penny reaches on each, in points."""
        above = np.maximum(pence - self.fixed, 0.0)
        return self.slope * np.where(self.straight, 1.0, np.exp(-above / self.scale))

    def where(self, price: Numbers) -> Numbers:
        """The sum at which the next penny on each reaches just so much; of curved ones alone."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.fixed + self.scale * np.log(self.slope / np.maximum(price, 0.0))

    def best(self, within: tuple[Numbers, Numbers], price: Numbers, worth: Numbers) -> Numbers:
        """The most of worth * points - price * pence for each, with pence within two bounds.

        Exact but for floats, whatever the signs: a curve that is worth less than nothing bends the
        other way and is best at an end. This is what makes a bound by weak duality.
        """
        low, high = within
        ends = np.maximum(
            worth * self.points(low) - price * low, worth * self.points(high) - price * high
        )
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            between = self.where(price / worth)
        bends = ~self.straight & (worth > 0) & (price > 0) & np.isfinite(between)
        inside = np.clip(np.where(bends, between, low), low, high)
        return np.asarray(np.maximum(ends, worth * self.points(inside) - price * inside))


def curves_of(lines: Sequence[Line]) -> Curves:
    """Lines as arrays. Raises ValueError for one that no solver here could be right about."""
    for line in lines:
        if line.scale <= 0 or (line.slope < 0 and line.scale != inf):
            raise ValueError(
                f"{line.option}: returns diminish by a scale above nought, and harm has none"
            )
        if line.least < line.fixed:
            raise ValueError(f"{line.option}: its least is below its fixed cost")
    slope = np.array([line.slope for line in lines], dtype=np.float64)
    scale = np.array([line.scale for line in lines], dtype=np.float64)
    straight = ~np.isfinite(scale) | (slope == 0)
    return Curves(
        slope,
        np.where(straight, 1.0, scale),
        np.array([line.fixed for line in lines], dtype=np.float64),
        straight,
    )
