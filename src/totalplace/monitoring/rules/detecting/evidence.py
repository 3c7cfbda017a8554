"""The weight of evidence that a change began at one of the latest points, against none.

For each null, and each point a change may have begun at, how much likelier the points are with a
step there than with none: level and noise unknown and integrated out (flat in the level and
in the logarithm of the noise, which makes the weight the same in every unit), the size unknown and
integrated over what would be worth telling. In closed form: with y the points as a lens sees them,
S their squared noise, c and q what a step gathers of y and of itself, and t the size's prior,

    (1 + t²q)^-½ · (1 - t²c² / ((1 + t²q)S))^(-df/2)

These add up over the points it may have begun at (Shiryaev 1963, Roberts 1966; with unknown level
Pollak and Siegmund 1991), and over nulls weighed by how well each explains the points unchanged.
A slide is told by the same weight: in trials one of its own beside it told none sooner. What is a
slide is said afterwards, by which explains the points better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from totalplace.monitoring.rules.detecting.lenses import Lens, coming_in, onward
from totalplace.monitoring.rules.detecting.nulls import Numbers

Places = NDArray[np.int64]

# Sizes worth telling, beside the noise of one point: of a step, and of a slide a point.
STEP_SIZE: Final = 1.0
SLIDE_SIZE: Final = 0.2
# A step of many times the noise would be thought hardly likelier than one of twice: a little of the
# belief is in such jumps, in the latest points, so that they are told at once.
JUMP_SIZE: Final = 5.0
JUMPS: Final = 3  # the latest points
JUMP_WEIGHS: Final = 0.25  # each, where a step from there weighs one
# A change may have begun at each of the latest twelve points, at every second before them, and at
# every fourth as far back as four years of months: there the neighbours hardly differ.
BACK: Final = np.array([*range(1, 13), *range(14, 25, 2), *range(28, 49, 4)])
BACK_WEIGHS: Final = np.array([1.0] * 12 + [2.0] * 6 + [4.0] * 6)
_MOST_LOG: Final = 250.0  # of a weight of evidence: no machine's number is passed
_NEARLY_ALL: Final = 1.0 - 1e-12
_AS_KNOWN: Final = 1e6  # times the points there are, and the noise is known outright
_WORTH_COMPILING: Final = 2000  # rows, below which loading the compiler takes longer


@dataclass(frozen=True, slots=True)
class Batch:
    """Series on the same positions. Down is worse.

    `y` is series by points. `known` holds the points (series by changes) at which a level is known
    to have begun, -1 where there are fewer; they are never tested again. `floor` is the least that
    the variance of one point can be: by its published limits, its counts, its rounding.
    """

    y: Numbers
    known: Places
    floor: Numbers


@dataclass(frozen=True, slots=True)
class Sums:
    """What a lens sees: of each series and point, what a step there gathers (`c`, `q`).

    `slide_q` is of a slide what `q` is of a step; what it gathers is `onward(c)`. `noise` is the
    squared noise, `df` how many points it is of, `log_null` the logarithm of how likely the points
    are if nothing changed.
    """

    c: Numbers
    q: Numbers
    slide_q: Numbers
    noise: Numbers
    df: Numbers
    log_null: Numbers


def sums(batch: Batch, by: Lens) -> Sums:
    """What a lens sees in a batch, the levels that are known to have begun taken out."""
    y, n = batch.y, batch.y.shape[1]
    gathered = y @ by.weights
    noise = np.einsum("ij,ij->i", gathered, y)
    c = coming_in(onward(gathered), by.over)
    q = np.broadcast_to(np.diag(by.steps), y.shape).copy()
    slide_q = np.broadcast_to(by.slides, y.shape).copy()
    df = np.full(len(y), n - 1.0)
    log_size = np.full(len(y), by.log_size)
    taken: list[tuple[Numbers, Numbers]] = []
    rows = np.arange(len(y))
    for known in batch.known.T:
        here = (known >= 0) & (known < n)
        at = np.where(here, known, n - 1)
        along = by.steps[at].copy()
        for earlier, size in taken:
            along -= earlier * (earlier[rows, at] / size)[:, None]
        size = along[rows, at]
        here &= size > 1e-9  # else a level with no point of its own, or the same twice
        along[~here], size = 0.0, np.where(here, size, 1.0)
        share = c[rows, at] * here / size
        noise = noise - share * c[rows, at] * here
        c, q = c - along * share[:, None], q - along**2 / size[:, None]
        slide_q = slide_q - onward(along) ** 2 / size[:, None]
        df, log_size = df - here, log_size + 0.5 * np.log(size)
        taken.append((along, size))
    return _floored(Sums(c, q, slide_q, noise, df, -log_size), batch, by)


def _floored(seen: Sums, batch: Batch, by: Lens) -> Sums:
    """The sums with no less noise than is known of by itself.

    What is known by itself does not follow itself: next to a null that does, neighbours would
    differ too little, so the floor is raised till they differ as they must. And the noise is the
    better known, the less of it the points show: it is then as if of more of them.
    """
    raised = 1.0 / (1.0 - by.follows)
    floor = np.maximum(seen.df * batch.floor * raised, 1e-300)
    noise = np.maximum(seen.noise, floor)
    known = np.minimum(noise / np.maximum(seen.noise, 1e-300), _AS_KNOWN)
    likely = seen.log_null - seen.df / 2 * (np.log(noise) + 1 / known - 1)
    return Sums(seen.c, seen.q, seen.slide_q, noise * known, seen.df * known, likely)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Of each series the evidence for worse and for better, and of each null its share."""

    worse: Numbers
    better: Numbers
    nulls: Numbers  # series by nulls, adding to one


def weigh(batch: Batch, by: Sequence[Lens], believed: Numbers, earliest: Places) -> Weighed:
    """The evidence in a batch, over the nulls as they are believed before.

    `earliest` is for each series the first point at which a change may have begun.
    """
    n = batch.y.shape[1]
    back = BACK[n > BACK]
    at, weighs = n - back, BACK_WEIGHS[: len(back)]
    may = (at[None, :] >= earliest[:, None]) * weighs[None, :]
    loop = best_loop(len(batch.y))
    worse, better, logs = [], [], []
    for one, belief in zip(by, believed, strict=True):
        seen = sums(batch, one)
        c, q = np.ascontiguousarray(seen.c[:, at]), np.ascontiguousarray(seen.q[:, at])
        down, up = loop(c, q, seen.noise, seen.df, may, STEP_SIZE)
        lately = slice(0, JUMPS if one.over == 1 else 0)  # rolling periods do not jump
        jumps = (c[:, lately], q[:, lately], seen.noise, seen.df, JUMP_WEIGHS * may[:, lately])
        jump_down, jump_up = plainly(*jumps, JUMP_SIZE)
        worse.append(down + jump_down)
        better.append(up + jump_up)
        logs.append(seen.log_null + np.log(belief))
    nulls = shares(np.array(logs).T)
    return Weighed(
        np.einsum("ij,ji->i", nulls, np.array(worse)),
        np.einsum("ij,ji->i", nulls, np.array(better)),
        nulls,
    )


def log_weights(c: Numbers, q: Numbers, noise: Numbers, df: Numbers, size: float) -> Numbers:
    """How much likelier a change of either direction is than none, as logarithms, point by point.

    Where a change could gather nothing, it is no evidence.
    """
    room = 1.0 + size**2 * np.maximum(q, 0.0)
    share = np.minimum(size**2 / room * c**2 / noise[:, None], _NEARLY_ALL)
    logs = -0.5 * np.log(room) - df[:, None] / 2 * np.log1p(-share)
    return np.asarray(np.minimum(logs, _MOST_LOG), dtype=np.float64)


def plainly(
    c: Numbers, q: Numbers, noise: Numbers, df: Numbers, may: Numbers, size: float
) -> tuple[Numbers, Numbers]:
    """Evidence for a fall and for a rise: twice that for either, where it points that way."""
    weights = 2 * may * np.exp(log_weights(c, q, noise, df, size))
    return np.where(c < 0, weights, 0.0).sum(axis=1), np.where(c > 0, weights, 0.0).sum(axis=1)


_Loop = Callable[[Numbers, Numbers, Numbers, Numbers, Numbers, float], tuple[Numbers, Numbers]]


def best_loop(rows: int) -> _Loop:
    """The loop that is soonest done with so many rows."""
    return _compiled() if rows >= _WORTH_COMPILING else plainly


@cache
def _compiled() -> _Loop:
    """The compiled loop, where it can be had; else the plain one, which says the same."""
    try:
        from totalplace.monitoring.rules.detecting import compiled
    except ImportError:
        return plainly
    loop: _Loop = compiled.one_sided
    return loop


def shares(logs: Numbers) -> Numbers:
    """Logarithms of likelihoods, along the last axis, as shares that add up to one."""
    top = np.exp(logs - logs.max(axis=-1, keepdims=True))
    return np.asarray(top / top.sum(axis=-1, keepdims=True), dtype=np.float64)
