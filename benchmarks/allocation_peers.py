"""What else a place would divide a grant with, on the instance of `allocation.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from totalplace.commissioning.rules.problem import Problem
from totalplace.commissioning.rules.solving import pro_rata
from totalplace.commissioning.rules.solving.waterfill import Forest

PIECES = 20


@dataclass(frozen=True)
class Place:
    """One instance: the problem, and the same as arrays in pence and points."""

    problem: Problem
    slope: Any
    scale: Any
    low: Any
    high: Any
    agency: Any
    least: Any  # by agency
    most: Any
    grant: int
    forest: Forest
    order: Any  # at which line of the problem each line of the forest stands


def reached(place: Place, pence: Any) -> float:
    """What sums reach on the curves, in points."""
    return float(np.sum(place.slope * place.scale * -np.expm1(-np.asarray(pence) / place.scale)))


def with_cvxpy(place: Place) -> Any:
    """The curves as they are, as a user of cvxpy writes them; pounds by the hundred thousand."""
    import cvxpy as cp

    unit = 1e7
    sums = cp.Variable(len(place.slope))
    worth = place.slope * place.scale
    sign = np.zeros((len(place.least), len(place.slope)))
    sign[place.agency, np.arange(len(place.slope))] = 1
    by_agency = sign @ sums
    problem = cp.Problem(
        cp.Maximize(cp.sum(cp.multiply(worth, 1 - cp.exp(-cp.multiply(unit / place.scale, sums))))),
        [
            sums >= place.low / unit, sums <= place.high / unit, cp.sum(sums) <= place.grant / unit,
            by_agency >= place.least / unit, by_agency <= place.most / unit,
        ],
    )  # fmt: skip
    problem.solve(solver="CLARABEL")
    return sums.value * unit


def pieces(place: Place, count: int) -> tuple[Any, Any]:
    """The width and the slope of each straight piece of each curve, in 100,000 pounds."""
    unit = 1e7
    ends = np.linspace(place.low, place.high, count + 1)
    points = place.slope * place.scale * -np.expm1(-ends / place.scale)
    return np.diff(ends, axis=0) / unit, np.diff(points, axis=0) / (np.diff(ends, axis=0) / unit)


def rows(place: Place, count: int) -> tuple[Any, Any, Any]:
    """Rows of agencies and the grant over pieces, as compressed rows; least and most of each."""
    lines, agencies = len(place.slope), len(place.least)
    base = np.bincount(place.agency, weights=place.low, minlength=agencies)
    columns = [
        (np.arange(count)[:, None] * lines + np.flatnonzero(place.agency == one)).ravel()
        for one in range(agencies)
    ]
    columns.append(np.arange(count * lines))
    least = np.append(place.least - base, -np.inf) / 1e7
    most = np.append(place.most - base, place.grant - place.low.sum()) / 1e7
    return columns, least, most


def with_highs(place: Place, *, count: int = PIECES, seconds: float = 1e9) -> Any:
    """Straight pieces, by HiGHS on arrays; None where it did not finish in time."""
    import highspy

    widths, slopes = pieces(place, count)
    columns, least, most = rows(place, count)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", seconds)
    starts = np.cumsum([0, *(len(one) for one in columns[:-1])]).astype(np.int32)
    index = np.concatenate(columns).astype(np.int32)
    highs.passModel(
        widths.size, len(columns), len(index), int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMaximize), 0.0, slopes.ravel(), np.zeros(widths.size),
        widths.ravel(), least, most, starts, index, np.ones(len(index)),
        np.zeros(widths.size, dtype=np.int32),
    )  # fmt: skip
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    laid = np.array(highs.getSolution().col_value).reshape(widths.shape)
    return place.low + laid.sum(axis=0) * 1e7


def with_scipy(place: Place) -> Any:
    """The same straight pieces, by SciPy's door to HiGHS."""
    from scipy import sparse
    from scipy.optimize import linprog

    widths, slopes = pieces(place, PIECES)
    columns, least, most = rows(place, PIECES)
    at = np.repeat(np.arange(len(columns)), [len(one) for one in columns])
    ones = np.ones(len(at))
    matrix = sparse.csr_matrix((ones, (at, np.concatenate(columns))))
    both = sparse.vstack([matrix, -matrix[:-1]])
    found = linprog(
        -slopes.ravel(), A_ub=both, b_ub=np.concatenate([most, -least[:-1]]),
        bounds=np.column_stack([np.zeros(widths.size), widths.ravel()]), method="highs",
    )  # fmt: skip
    return place.low + found.x.reshape(widths.shape).sum(axis=0) * 1e7


def mended(place: Place, wanted: Any) -> Any:
    """Sums made feasible: within bounds, each agency between its own, the grant not passed."""
    pence = np.clip(wanted, place.low, place.high)
    for agency in range(len(place.least)):
        its = place.agency == agency
        pence[its] = _to(pence[its], place.low[its], place.high[its],
                         (place.least[agency], place.most[agency]))  # fmt: skip
    for _ in range(20):
        over = pence.sum() - place.grant
        if over <= 1e-6:
            break
        totals = np.bincount(place.agency, weights=pence)
        spare = np.maximum(totals - place.least, 0)
        cut = totals - spare * min(1.0, over / spare.sum())
        for agency in range(len(place.least)):
            its = place.agency == agency
            ends = place.low[its], place.high[its]
            pence[its] = _to(pence[its], *ends, (cut[agency], cut[agency]))
    return pence


def _to(pence: Any, low: Any, high: Any, within: tuple[float, float]) -> Any:
    total = pence.sum()
    if total > within[1]:
        room = pence - low
        return pence - room * (total - within[1]) / room.sum()
    if total < within[0]:
        room = high - pence
        return pence + room * (within[0] - total) / room.sum()
    return pence


def with_pymoo(place: Place, seed: int, evaluations: int = 20_000) -> Any:
    """A genetic algorithm, each candidate mended to be feasible; it starts from the cut for all."""
    from pymoo.algorithms.soo.nonconvex.ga import GA
    from pymoo.core.problem import Problem as Search
    from pymoo.core.repair import Repair
    from pymoo.optimize import minimize

    class Mended(Repair):  # type: ignore[misc]
        def _do(self, problem: Any, X: Any, **_: Any) -> Any:  # noqa: N803, ARG002
            return np.array([mended(place, one) for one in X])

    class Plans(Search):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(n_var=len(place.slope), n_obj=1, xl=place.low, xu=place.high)

        def _evaluate(self, X: Any, out: Any, *_: Any, **__: Any) -> None:  # noqa: N803
            out["F"] = [-reached(place, one) for one in X]

    rng = np.random.default_rng(seed)
    first = rng.uniform(place.low, place.high, (100, len(place.slope)))
    first[0] = np.array(pro_rata(place.problem))
    start = np.array([mended(place, one) for one in first])
    found = minimize(
        Plans(), GA(pop_size=100, sampling=start, repair=Mended()),
        ("n_eval", evaluations), seed=seed, verbose=False,
    )  # fmt: skip
    return found.X
