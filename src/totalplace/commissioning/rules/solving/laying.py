"""Straight lines laid over curves, more of them where the answer lies (Kelley, 1960).

The tangents of a curve lie on or above it, so that what the solver finds under them is what no plan
can exceed; what its sums reach on the curves themselves is what they do reach. Each round lays a
tangent where the two differ, until they do not. The bound is also taken from the prices of the
demands by weak duality, over the true curves: it needs nothing of the solver but the prices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import highspy
import numpy as np

from totalplace.commissioning.rules.solving.curves import Marks, Numbers
from totalplace.commissioning.rules.solving.deadline import Deadline
from totalplace.commissioning.rules.solving.nesting import family_of
from totalplace.commissioning.rules.solving.parts import Part
from totalplace.commissioning.rules.solving.sheet import Sheet

ROUNDS: Final = 60
STILL: Final = 4  # rounds that change neither bound nor points: floats tell no more
CLOSE: Final = 2e-7  # of what could be gained over today: nearer than is promised, for rounding
TIME_OUT: Final = highspy.HighsModelStatus.kTimeLimit
NONE: Final = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
SHARE: Final = 0.4  # of what a plan may lack: what branching leaves; the rest is the curves'
AIMED: Final = 1e-10  # of an aim's amount


@dataclass(frozen=True, slots=True)
class Laid:
    """What was found for a part: sums in pence, what is open, and what no plan can exceed.

    No sums where there are none (`proved`), or where none was found, for want of time (`late`) or
    not. `prices` are points for one more of what each row (for a penny where one counts for most),
    then each aim, allows or asks: above nought where it holds money back, below where it asks for
    some. There are none where services open or shut.
    """

    pence: Numbers | None
    is_open: Marks
    bound: float
    late: bool = False
    proved: bool = False
    prices: Numbers = field(default_factory=lambda: np.zeros(0))


@dataclass(slots=True)
class _Best:
    pence: Numbers | None
    is_open: Marks
    points: float
    bound: float
    prices: Numbers
    under: Numbers  # sums under the tangents, of the last round
    values: Numbers  # every column of the last round


def laid(part: Part, *, until: Deadline, beside: float, careful: bool = False) -> Laid:
    """The most that a part can reach. `beside` are the points of a plan without a solver.

    A bound of branches bears no margin for rounding, and needs none: it only says what opens and
    shuts. `careful` asks for one all the same, and then has no bound.
    """
    outside = family_of(part)[1]
    whole = bool(part.closes.any()) or part.small
    margin = outside if (outside or part.aims) and (careful or not whole) else None
    found = _laid(part, until=until, beside=beside, margin=margin)
    if found.pence is None and margin is not None and not found.late and not careful:
        return _laid(part, until=until, beside=beside, margin=None)
    return found


def _laid(part: Part, *, until: Deadline, beside: float, margin: frozenset[int] | None) -> Laid:
    sheet = Sheet(part, margin=margin)
    best = _Best(None, ~part.closes, -np.inf, np.inf, *([np.zeros(0)] * 3))
    late = proved = False
    for relaxed in (True, False) if sheet.whole else (False,):
        _relax(sheet, relaxed=relaxed)
        still, before = 0, (np.inf, -np.inf)
        for _ in range(ROUNDS):
            left = until.left
            near = 0.0 if relaxed else SHARE * _allowed(sheet, best, beside)
            sheet.highs.setOptionValue("mip_abs_gap", max(1e-9, near * sheet.worth))
            if left <= 0 or not _round(sheet, best, left, relaxed=relaxed):
                status = sheet.highs.getModelStatus()
                late, proved = left <= 0 or status == TIME_OUT, status in NONE
                break
            found = relaxed or best.pence is not None
            still = still + 1 if found and before == (best.bound, best.points) else 0
            before = best.bound, best.points
            if still == STILL or not _more(sheet, best, beside, relaxed=relaxed):
                break
    return Laid(best.pence, best.is_open, best.bound, late, proved, best.prices)


def _relax(sheet: Sheet, *, relaxed: bool) -> None:
    """Let what must be whole be in part, to lay tangents cheaply at first; or not."""
    for column in sheet.whole:
        kind = highspy.HighsVarType.kContinuous if relaxed else highspy.HighsVarType.kInteger
        sheet.highs.changeColIntegrality(column, kind)


def _round(sheet: Sheet, best: _Best, seconds: float, *, relaxed: bool) -> bool:
    """One run of the solver; whether it found anything."""
    highs, part = sheet.highs, sheet.part
    highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
    highs.run()
    info = highs.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return False
    solution = highs.getSolution()
    count = len(part.numbers)
    values = np.array(solution.col_value)
    pence = np.clip(values[:count] * sheet.unit, 0.0, part.within[1])
    best.bound = min(best.bound, _bound_of(sheet, relaxed=relaxed))
    if not sheet.whole:
        best.prices = _prices(sheet, np.array(solution.row_dual))
        best.bound = min(best.bound, ceiling(part, best.prices))
        pence = np.maximum(pence, part.within[0])
    best.under, best.values = pence, values
    if relaxed:
        return True
    is_open = ~part.closes
    for at, column in sheet.open_of.items():
        is_open[at] = values[column] > 0.5
    pence = np.where(is_open, np.clip(pence, *part.within), 0.0)
    points = float(part.curves.points(pence).sum())
    if points > best.points and missed(part, pence) <= AIMED:
        best.pence, best.is_open, best.points = pence, is_open, points
    return True


def _bound_of(sheet: Sheet, *, relaxed: bool) -> float:
    """The solver's own bound, where something must be whole; elsewhere `ceiling` needs none."""
    if sheet.margin is not None or not sheet.whole:
        return np.inf
    info = sheet.highs.getInfo()
    if not relaxed:
        return float(info.mip_dual_bound) / sheet.worth
    done = sheet.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(info.objective_function_value) / sheet.worth if done else np.inf


def _more(sheet: Sheet, best: _Best, beside: float, *, relaxed: bool) -> bool:
    """Lay tangents where points under them are above the curve; False where it is near enough."""
    part = sheet.part
    allowed = _allowed(sheet, best, beside)
    if relaxed:
        allowed *= 50  # the rest is laid when services are open or shut
    if not relaxed and best.bound - best.points <= allowed:
        return False
    pence, values = best.under, best.values
    short = missed(part, pence) > AIMED
    off: dict[int, float] = {}
    for at, column in sheet.points_of.items():
        is_open = values[sheet.open_of[at]] if at in sheet.open_of else 1.0
        if is_open < 1e-6:
            continue
        where = pence[at] / is_open
        over = values[column] / sheet.worth - is_open * _at(part, at, where)
        if over > (0.0 if short else allowed / (4 * len(sheet.points_of))):
            off[at] = where
    if not off:
        return False
    places = pence.copy()
    for at, where in off.items():
        places[at] = min(max(where, part.low[at]), part.high[at])
    sheet.lay(list(off), places)
    return True


def _allowed(sheet: Sheet, best: _Best, beside: float) -> float:
    """By how many points a plan may lack the bound."""
    if not np.isfinite(best.bound):
        return 0.0
    close = CLOSE if not sheet.closing else 2 * CLOSE
    return close * max(best.bound - beside, 1e-4 * abs(best.bound))


def _at(part: Part, at: int, pence: float) -> float:
    curves = part.curves
    above = max(pence - float(curves.fixed[at]), 0.0) / float(curves.scale[at])
    return float(-curves.slope[at] * curves.scale[at] * np.expm1(-above))


def missed(part: Part, pence: Numbers) -> float:
    """The largest share of an aim's amount that sums do not reach."""
    points = part.curves.points(pence)
    worst = 0.0
    for aim in part.aims:
        got = float(np.dot(points[list(aim.lines)], np.array(aim.each)))
        worst = max(worst, (aim.amount - got) / max(1.0, abs(aim.amount)))
    return worst


def _prices(sheet: Sheet, duals: Numbers) -> Numbers:
    """Points for one more of each row and aim, from the solver's own units."""
    part = sheet.part
    found: list[float] = []
    for number, row in enumerate(part.rows):
        found.append(float(duals[number]) / sheet.unit / sheet.worth)
        if (found[-1] > 0 and row.most is None) or (found[-1] < 0 and row.least is None):
            found[-1] = 0.0
    for at, largest in zip(sheet.aim_rows, sheet.largest, strict=True):
        found.append(min(0.0, float(duals[at]) / largest))
    return np.array(found)


def ceiling(part: Part, prices: Numbers) -> float:
    """What no plan can exceed, by weak duality: true for any prices of the right signs, in points.

    What each line is best worth once it pays the prices, and the prices of what demands allow.
    """
    pays = np.zeros(len(part.numbers))
    worth = np.ones(len(part.numbers))
    total: Any = 0.0
    for price, row in zip(prices, part.rows, strict=False):
        bound = row.most if price > 0 else row.least
        if price and bound is not None:
            size = row.size
            total += float(price) * (bound / size)
            pays[list(row.lines)] += float(price) * np.array([one / size for one in row.each])
    for price, aim in zip(prices[len(part.rows) :], part.aims, strict=True):
        if price < 0:
            total += float(price) * aim.amount
            worth[list(aim.lines)] -= float(price) * np.array(aim.each)
    return float(total + part.curves.best(part.within, pays, worth).sum())
