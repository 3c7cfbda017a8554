"""Thousands of series judged at one moment: which are worse, with a promised share of false ones.

Over so many, a limit that each passes by chance one time in a hundred finds mostly chance. Instead
each series gets the chance that a quiet one like it would show as much evidence, by drawing many
quiet ones; and the list of those told is cut where the share of false ones among them is expected
to be no more than promised (Benjamini and Hochberg 1995). Noise is learnt over all series: where
they are about as noisy as each other, each is judged by more than its own few points (Smyth 2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import (
    STEP_SIZE,
    Batch,
    Places,
    Sums,
    shares,
    sums,
)
from totalplace.monitoring.rules.detecting.evidence import best_loop as loop_for
from totalplace.monitoring.rules.detecting.learning import Sample, held, learnt_exactly, likelihoods
from totalplace.monitoring.rules.detecting.lenses import lens
from totalplace.monitoring.rules.detecting.nulls import (
    Null,
    Numbers,
    Rhythm,
    covariance,
    grid,
)

SHARE_FALSE: Final = 0.10
LATELY: Final = 12  # points back from the latest within which a change is looked for
DRAWS: Final = 400_000
_AT_ONCE: Final = 5_000
_SEEN: Final = 0.01
_SURE: Final = 1e6  # points that are as good as any number of them
_WORTH: Final = 1.0  # points below which what others show of noise is worth nothing
_FEW: Final = 20  # series from which there is anything to learn
_NOUGHT: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Pooled:
    """What many series show of chance: strengths of nulls, and how noisy one of them is.

    `noise` is the variance that each begins from, as if `points` had shown it; 0 where they are in
    units of their own.
    """

    nulls: tuple[Null, ...]
    weights: Numbers
    noise: float
    points: float


def worst(chances: Numbers, *, share_false: float = SHARE_FALSE) -> NDArray[np.bool_]:
    """Which to tell, so that on average no more than a share of them is false.

    `chances` are of each the chance of so much evidence if it were quiet. The step-up rule of
    Benjamini and Hochberg (1995), which keeps its promise for series that move together too
    (Benjamini and Yekutieli 2001, of positive dependence).
    """
    chances = np.asarray(chances, dtype=np.float64)
    order = np.argsort(chances)
    under = np.flatnonzero(
        chances[order] <= share_false * np.arange(1, len(chances) + 1) / max(1, len(chances))
    )
    told = np.zeros(len(chances), dtype=bool)
    if len(under):
        told[order[: under[-1] + 1]] = True
    return told


def chances(
    series: Numbers,
    *,
    rhythm: Rhythm,
    seed: int,
    lately: int = LATELY,
    draws: int = DRAWS,
    since: int | None = None,
) -> Numbers:
    """Of each series, the chance that a quiet one would show as much evidence of being worse.

    `series` is series by points, all of the same periods and without gaps; down is worse. A change
    is looked for from each of the latest points, so many of them; or, where it is known from which
    point on there may have been one (`since`, from 0), from there only, which sees more. The chance
    is never nought: at the least one in the draws.
    """
    y = np.asarray(series, dtype=np.float64)
    pooled = pool(y, rhythm)
    n = y.shape[1]
    at = np.arange(max(1, n - lately), n) if since is None else np.array([since])
    found = evidence(y, pooled, rhythm, at)
    quiet = _drawn(pooled, rhythm, n, (seed, draws))
    none = np.sort(evidence(quiet, pooled, rhythm, at))
    beyond = len(none) - np.searchsorted(none, found, side="left")
    return np.asarray((beyond + 1.0) / (len(none) + 1.0), dtype=np.float64)


def pool(y: Numbers, rhythm: Rhythm) -> Pooled:
    """What many series show of chance."""
    none = np.full((len(y), 0), -1)
    sample = Sample(y, tuple(range(y.shape[1])), none, np.zeros(y.shape), rhythm)
    likely = likelihoods(sample)
    weights = held(learnt_exactly(likely, rhythm), 0.0)
    kept = weights >= _SEEN * weights.max()
    nulls = tuple(null for null, keep in zip(grid(rhythm), kept, strict=True) if keep)
    best = nulls[int(np.argmax(weights[kept]))]
    noise, points = _noise(y, best, rhythm)
    return Pooled(nulls, weights[kept] / weights[kept].sum(), noise, points)


def _noise(y: Numbers, null: Null, rhythm: Rhythm) -> tuple[float, float]:
    """The noise series begin from, and of how many points it is as good.

    By the mean and the spread of the logarithms of their own variances (Smyth 2004, section 6.2),
    so that series in units of their own do not teach each other: where these differ no more than
    so few points make them, it is certain; where they differ by more than any kind would, it is
    worth nothing, and each series is judged by its own.
    """
    batch = Batch(calmed(y, np.full((len(y), 0), -1)), np.full((len(y), 0), -1), np.zeros(len(y)))
    seen = sums(batch, lens(range(y.shape[1]), null, rhythm.a_round))
    half = (y.shape[1] - 1.0) / 2
    own = seen.noise[seen.noise > _NOUGHT] / (2 * half)
    if len(own) < _FEW:
        return 0.0, 0.0
    logs = np.log(own)
    spread = float(np.var(logs)) - _trigamma(half)
    if spread <= 2 / _SURE:
        return float(np.mean(own)), _SURE
    points = min(2 * _inverse_trigamma(spread), _SURE)
    if points < _WORTH:
        return 0.0, 0.0
    log_noise = float(np.mean(logs)) - _below_log(half) + _below_log(points / 2)
    return float(np.exp(log_noise)), points


def _below_log(x: float) -> float:
    """How far the digamma function lies from the logarithm, for x of a half or more."""
    return -1 / (2 * x) - 1 / (12 * x**2)


def _trigamma(x: float) -> float:
    """The trigamma function, for x of a half or more, within a fifth."""
    return 1 / x + 1 / (2 * x**2)


def _inverse_trigamma(y: float) -> float:
    """The x of which `_trigamma` is y."""
    return float((1 + (1 + 2 * y) ** 0.5) / (2 * y))


def evidence(y: Numbers, pooled: Pooled, rhythm: Rhythm, at: Places) -> Numbers:
    """The evidence that each series is worse, begun at one of some points."""
    found = [
        _evidence(y[start : start + _AT_ONCE], pooled, rhythm, at)
        for start in range(0, len(y), _AT_ONCE)
    ]
    return np.concatenate(found)


def _evidence(y: Numbers, pooled: Pooled, rhythm: Rhythm, at: Places) -> Numbers:
    n = y.shape[1]
    none = np.full((len(y), 0), -1)
    batch = Batch(calmed(y, none), none, np.zeros(len(y)))
    may = np.ones((len(y), len(at)))
    worse, logs = [], []
    for null, belief in zip(pooled.nulls, pooled.weights, strict=True):
        seen = sums(batch, lens(range(n), null, rhythm.a_round))
        noise = seen.noise + pooled.points * pooled.noise
        df = seen.df + pooled.points
        c, q = np.ascontiguousarray(seen.c[:, at]), np.ascontiguousarray(seen.q[:, at])
        worse.append(loop_for(len(y))(c, q, noise, df, may, STEP_SIZE)[0])
        logs.append(_log_likely(seen, pooled) + np.log(belief))
    nulls = shares(np.array(logs).T)
    return np.asarray(np.einsum("ij,ji->i", nulls, np.array(worse)), dtype=np.float64)


def _log_likely(seen: Sums, pooled: Pooled) -> Numbers:
    """How likely the points are if nothing changed, up to what is the same for every null."""
    if not pooled.points:
        return seen.log_null
    but_for_noise = seen.log_null + seen.df / 2 * np.log(seen.noise)
    df = seen.df + pooled.points
    return but_for_noise - df / 2 * np.log1p(seen.noise / (pooled.points * pooled.noise))


def _drawn(pooled: Pooled, rhythm: Rhythm, points: int, draw: tuple[int, int]) -> Numbers:
    """Quiet series like those that were pooled."""
    seed, how_many = draw
    rng = np.random.default_rng(seed)
    which = rng.choice(len(pooled.nulls), how_many, p=pooled.weights)
    y = rng.standard_normal((how_many, points))
    for k, null in enumerate(pooled.nulls):
        root = np.linalg.cholesky(covariance(range(points), null, rhythm.a_round))
        y[which == k] = y[which == k] @ root.T
    if pooled.points:  # else the evidence is the same in every unit
        y *= np.sqrt(pooled.noise * pooled.points / rng.chisquare(pooled.points, how_many))[:, None]
    return y
