"""The chance that a plan beats another, and whether its moves keep their direction.

Both draw the effects again within their intervals (`drawing`): nothing else of the case is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf, sqrt
from typing import Final

import numpy as np

from totalplace.commissioning.rules import solving
from totalplace.commissioning.rules.building import problem_of, with_slopes
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import Problem, Solved
from totalplace.commissioning.rules.weighing.drawing import (
    DISTRIBUTION,
    NORMAL_95,
    Drawing,
    Floats,
)
from totalplace.commissioning.rules.weighing.known import check_length

DRAWS: Final = 10_000
DRAWS_OF_PLANS: Final = 100  # each is a plan found again


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a plan beats another: of so many draws, the share in which it reaches more.

    `beats_low` and `beats_high` are where the share would lie in 95 of 100 simulations as long
    (Wilson, 1927); `error` is its standard error. `mean`, `low` and `high` are points gained over
    the other plan, with 95 draws in 100 from low to high; `mean_error` is the mean's own.
    """

    beats: float
    error: float
    beats_low: float
    beats_high: float
    mean: float
    mean_error: float
    low: float
    high: float
    seed: int
    draws: int
    distribution: str = DISTRIBUTION


@dataclass(frozen=True, slots=True)
class Direction:
    """The share of moved pence that keep their direction where the plan is found again.

    `kept` is None where nothing is moved; `error` is its standard error. `by_line` has the share of
    the draws for each line that is moved: place of the line, pence moved (fewer: below nought),
    share. `impossible` are the draws for which no plan meets every demand: nothing is kept there.
    """

    kept: float | None
    error: float
    moved_pence: int
    by_line: tuple[tuple[int, int, float], ...]
    impossible: int
    seed: int
    draws: int
    distribution: str = DISTRIBUTION


def chance(
    case: Case, pence: Sequence[int], beside: Sequence[int], *, seed: int, draws: int = DRAWS
) -> Chance:
    """The chance that a plan (pence by line) reaches more points than another of the same case.

    Raises Refused where either is of another case, ValueError for no draws.
    """
    check_length(case, pence)
    check_length(case, beside)
    gains = _gains(case, pence, beside, seed=seed, draws=draws)
    beats = float(np.mean(gains > 0))
    low, high = wilson(beats, draws)
    spread = float(np.std(gains, ddof=1)) if draws > 1 else inf
    return Chance(
        beats=beats,
        error=sqrt(beats * (1 - beats) / draws),
        beats_low=low,
        beats_high=high,
        mean=float(np.mean(gains)),
        mean_error=spread / sqrt(draws),
        low=float(np.quantile(gains, 0.025)),
        high=float(np.quantile(gains, 0.975)),
        seed=seed,
        draws=draws,
    )


def wilson(share: float, number: int) -> tuple[float, float]:
    """Wilson's interval (1927) of a share of so many: 95 chances in 100."""
    squared = NORMAL_95**2
    middle = share + squared / (2 * number)
    wide = NORMAL_95 * sqrt(share * (1 - share) / number + squared / (4 * number**2))
    whole = 1 + squared / number
    return max(0.0, (middle - wide) / whole), min(1.0, (middle + wide) / whole)


def _gains(
    case: Case, pence: Sequence[int], beside: Sequence[int], *, seed: int, draws: int
) -> Floats:
    """Points gained in each draw. Effects that do harm do it without returns (`building`)."""
    if draws < 1:
        raise ValueError("at least one draw is needed")
    bent, straight = _shapes(case, pence, beside)
    drawing = Drawing(case)
    found: list[Floats] = []
    for values in drawing.values(seed=seed, draws=draws):
        slopes = drawing.slopes(values)
        gained = np.maximum(slopes, 0) @ bent + np.minimum(slopes, 0) @ straight
        found.append(gained)
    return np.concatenate(found)


def _shapes(case: Case, pence: Sequence[int], beside: Sequence[int]) -> tuple[Floats, Floats]:
    """For each line, by how much one plan exceeds the other where slopes are one: bent, straight.

    `slope * scale * (1 - exp(-x / scale))`, as `problem.Line` has it.
    """
    fixed = np.array([one.fixed_pence for one in case.options] * case.years, dtype=np.float64)
    scale = np.array(_scales(case) * case.years)
    bent, straight = np.zeros(len(fixed)), np.zeros(len(fixed))
    for sums, sign in ((pence, 1.0), (beside, -1.0)):
        above = np.maximum(np.array(sums, dtype=np.float64) - fixed, 0.0)
        curved = np.isfinite(scale)
        shape = above.copy()
        shape[curved] = scale[curved] * -np.expm1(-above[curved] / scale[curved])
        bent, straight = bent + sign * shape, straight + sign * above
    return bent, straight


def _scales(case: Case) -> list[float]:
    """By how many pence 63 in 100 of what an option can do is done; endless where each does."""
    return [
        inf
        if one.saturates_units is None or one.unit_pence is None
        else float(one.saturates_units * one.unit_pence)
        for one in case.options
    ]


def direction(
    case: Case,
    pence: Sequence[int],
    *,
    seed: int,
    draws: int = DRAWS_OF_PLANS,
    seconds: float = 5.0,
) -> Direction:
    """How much of what a plan moves keeps its direction where effects are drawn again.

    Each draw is a plan found anew, in at most so many seconds. Raises Refused where the plan is of
    another case.
    """
    check_length(case, pence)
    problem = problem_of(case)
    moved = np.array([x - line.now for x, line in zip(pence, problem.lines, strict=True)])
    size = np.abs(moved).astype(np.float64)
    whole = int(np.abs(moved).sum())
    if whole == 0 or draws < 1:
        return Direction(None, 0.0, whole, (), 0, seed, draws)
    now = np.array([line.now for line in problem.lines])
    shares: list[float] = []
    same_in = np.zeros(len(moved))
    impossible = 0
    for again in _plans(case, problem, seed=seed, draws=draws, seconds=seconds):
        if again is None:
            impossible += 1
            shares.append(0.0)
            continue
        same = np.sign(np.array(again) - now) == np.sign(moved)
        same_in += same
        shares.append(float(size @ same) / float(size.sum()))
    spread = float(np.std(shares, ddof=1)) / sqrt(draws) if draws > 1 else inf
    by_line = tuple(
        (int(at), int(moved[at]), float(same_in[at]) / draws) for at in np.flatnonzero(moved)
    )
    return Direction(
        float(np.mean(shares)), spread, whole, by_line, impossible, seed, draws
    )  # fmt: skip


def _plans(
    case: Case, problem: Problem, *, seed: int, draws: int, seconds: float
) -> list[tuple[int, ...] | None]:
    drawing = Drawing(case)
    scales = _scales(case) * case.years
    lines = tuple(
        replace(line, scale=scale if drawn else line.scale)
        for line, scale, drawn in zip(
            problem.lines, scales, _drawn_lines(drawing), strict=True
        )
    )  # fmt: skip
    base = replace(problem, lines=lines)
    found: list[tuple[int, ...] | None] = []
    for values in drawing.values(seed=seed, draws=draws):
        for value, slopes in zip(values, drawing.slopes(values), strict=True):
            one = _again(case, drawing, value) if problem.aims else with_slopes(base, list(slopes))
            solved = solving.solve(one, seconds=seconds)
            found.append(solved.pence if isinstance(solved, Solved) else None)
    return found


def _drawn_lines(drawing: Drawing) -> list[bool]:
    at = {pull.line for pull in drawing.pulls}
    return [line in at for line in range(drawing.lines)]


def _again(case: Case, drawing: Drawing, values: Floats) -> Problem:
    """The numbers of a case whose effects are as drawn: what an aim asks for moves with them."""
    by = {key: Decimal(repr(float(value))) for key, value in zip(drawing.keys, values, strict=True)}
    options = tuple(
        replace(
            option,
            effects=tuple(
                replace(effect, mid=by.get((place, n), effect.mid))
                for n, effect in enumerate(option.effects)
            ),
        )
        for place, option in enumerate(case.options)
    )
    return problem_of(replace(case, options=options))
