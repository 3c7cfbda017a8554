"""A second solver for plans: Clarabel, with the curves as they are, in exponential cones."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import clarabel  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from totalplace.commissioning.rules.problem import Aim, Problem

Cells = list[tuple[int, int, float]]


@dataclass(frozen=True)
class Columns:
    """A matrix by columns, with the names by which Clarabel asks for its parts."""

    data: NDArray[np.float64]
    indices: NDArray[np.int64]
    indptr: NDArray[np.int64]
    shape: tuple[int, int]
    has_canonical_format: bool = True

    @classmethod
    def of(cls, cells: Cells, shape: tuple[int, int]) -> Columns:
        """From cells in any order, none of them twice."""
        ordered = sorted((column, row, value) for row, column, value in cells)
        counts = np.bincount([column for column, _, _ in ordered], minlength=shape[1])
        return cls(
            np.array([value for _, _, value in ordered]),
            np.array([row for _, row, _ in ordered], dtype=np.int64),
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            shape,
        )


class Cone:
    """Rows `b - A z` that lie in a cone, as Clarabel wants them."""

    def __init__(self) -> None:
        self.cells: Cells = []
        self.right: list[float] = []

    def row(self, cells: list[tuple[int, float]], right: float) -> None:
        """The right side less these."""
        self.cells += [(len(self.right), column, value) for column, value in cells]
        self.right.append(right)


def most_points(problem: Problem) -> float:
    """The most that a problem can reach, in points; for one in which nothing closes."""
    count = len(problem.lines)
    unit = max(1.0, max(line.most for line in problem.lines) / 100)
    largest = max(abs(line.slope) for line in problem.lines) * unit
    curved = [at for at, line in enumerate(problem.lines) if line.scale < inf and line.slope > 0]
    cost = np.zeros(count + len(curved))
    fixed = 0.0
    limits, cones = Cone(), Cone()
    for at, line in enumerate(problem.lines):
        limits.row([(at, 1.0)], line.most / unit)
        limits.row([(at, -1.0)], -line.least / unit)
        if at not in curved:
            cost[at] = -line.slope * unit / largest
            fixed -= line.slope * line.fixed
    for place, at in enumerate(curved, start=count):
        line = problem.lines[at]
        cost[place] = line.slope * line.scale / largest
        fixed += line.slope * line.scale
        cones.row([(at, unit / line.scale)], line.fixed / line.scale)
        cones.row([], 1.0)
        cones.row([(place, -1.0)], 0.0)
    for demand in problem.demands:
        each = [1.0] * len(demand.lines) if demand.each is None else map(float, demand.each)
        off = float(sum(demand.opened or ()))
        cells = [(at, one * unit) for at, one in zip(demand.lines, each, strict=True)]
        size = max((abs(one) for _, one in cells), default=1.0) or 1.0
        if demand.most is not None:
            limits.row([(at, one / size) for at, one in cells], (float(demand.most) + off) / size)
        if demand.least is not None:
            limits.row(
                [(at, -one / size) for at, one in cells], -(float(demand.least) + off) / size
            )
    for aim in problem.aims:
        limits.row(*_aim(problem, aim, curved, unit))
    return fixed - largest * _solved(cost, limits, cones, len(curved))


def _aim(
    problem: Problem, aim: Aim, curved: list[int], unit: float
) -> tuple[list[tuple[int, float]], float]:
    """The row of an aim: what is lost under each curve, and what its lines reach at most."""
    cells: list[tuple[int, float]] = []
    reach = -aim.amount
    for at, one in zip(aim.lines, aim.each, strict=True):
        line = problem.lines[at]
        if at in curved:
            reach += one * line.slope * line.scale
            place = len(problem.lines) + curved.index(at)
            cells.append((place, one * line.slope * line.scale))
        else:
            reach -= one * line.slope * line.fixed
            cells.append((at, -one * line.slope * unit))
    return cells, reach


def _solved(cost: NDArray[np.float64], limits: Cone, cones: Cone, curved: int) -> float:
    shift = len(limits.right)
    cells = limits.cells + [(row + shift, column, value) for row, column, value in cones.cells]
    matrix = Columns.of(cells, (shift + len(cones.right), len(cost)))
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = 1e-9
    kinds = [clarabel.NonnegativeConeT(shift), *[clarabel.ExponentialConeT()] * curved]
    solver = clarabel.DefaultSolver(
        Columns.of([], (len(cost), len(cost))), cost, matrix,
        np.array(limits.right + cones.right), kinds, settings,
    )  # fmt: skip
    found = solver.solve()
    assert str(found.status) in {"Solved", "AlmostSolved"}, found.status
    return float(found.obj_val)
