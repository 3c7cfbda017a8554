"""Levels fitted to a series' points, with how sure they are: by generalised least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from totalplace.monitoring.rules.detecting.nulls import Null, Numbers, covariance

_Z: Final = 1.959964  # two-sided 95%, of a normal spread


@dataclass(frozen=True, slots=True)
class Guess:
    """A number and the ends of its 95% interval."""

    best: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients of a fit, their covariance, the noise of one point and how much is known of it.

    The first coefficient is the first level, each other what a change adds.
    """

    coefficients: Numbers
    spread: Numbers
    noise: float
    df: int
    following: Guess

    def guess(self, parts: Numbers) -> Guess:
        """A sum of coefficients, each so many times, with its interval."""
        best = float(parts @ self.coefficients)
        wide = student(self.df) * float(np.sqrt(max(float(parts @ self.spread @ parts), 0.0)))
        return Guess(best, best - wide, best + wide)


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Points and what is laid through them: each column of `lines` is a step or a slide."""

    y: Numbers
    at: tuple[int, ...]
    null: Null
    a_round: int
    floor: float


def fit(laid: Laid, lines: Sequence[Numbers]) -> Fit:
    """Fit a level and lines, and say where the following point would lie if they went on so."""
    n = len(laid.y)
    positions = (*laid.at, laid.at[-1] + 1)
    moves = covariance(positions, laid.null, laid.a_round)
    inverse = np.linalg.inv(moves[:n, :n])
    x = np.column_stack([np.ones(n), *lines])
    spread = np.linalg.pinv(x.T @ inverse @ x)
    coefficients = spread @ (x.T @ inverse @ laid.y)
    left = laid.y - x @ coefficients
    df = max(n - x.shape[1], 1)
    variance = max(float(left @ inverse @ left) / df, laid.floor)
    weights = inverse @ moves[:n, n]
    last = x[-1]
    unsure = last - x.T @ weights
    ahead = moves[n, n] - moves[:n, n] @ weights + unsure @ spread @ unsure
    best = float(last @ coefficients + weights @ left)
    wide = student(df) * float(np.sqrt(max(variance * ahead, 0.0)))
    return Fit(
        coefficients, spread * variance, variance**0.5, df, Guess(best, best - wide, best + wide)
    )


def step(n: int, at: int, over: int = 1) -> Numbers:
    """A level that is one higher from a point on, coming in over so many points."""
    return np.asarray(np.clip((np.arange(n) - at + 1.0) / over, 0.0, 1.0))


def slide(n: int, at: int) -> Numbers:
    """A level that rises evenly from a point on, by one in all."""
    return np.asarray(np.maximum(np.arange(n) - at + 1.0, 0.0) / (n - at))


def student(df: int) -> float:
    """Between plus and minus how many standard errors Student's t lies 95 times in 100.

    By Hill's expansion (Abramowitz and Stegun 26.7.5), exact below three degrees.
    """
    if df <= 2:
        return {1: 12.706205, 2: 4.302653}[max(df, 1)]
    z = _Z
    return float(
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * df**4)
    )
