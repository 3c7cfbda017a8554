"""Which solver for which part of a problem, and one plan with its proof from all of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum
from typing import Final

from totalplace.commissioning.rules.problem import Impossible, Method, Problem, Solved
from totalplace.commissioning.rules.solving.baselines import last_year, pro_rata
from totalplace.commissioning.rules.solving.checking import check
from totalplace.commissioning.rules.solving.deadline import Deadline, within
from totalplace.commissioning.rules.solving.laying import Laid, laid
from totalplace.commissioning.rules.solving.nesting import Tree, forest_of, tree_of
from totalplace.commissioning.rules.solving.parts import Part, parts_of
from totalplace.commissioning.rules.solving.pennies import in_pence
from totalplace.commissioning.rules.solving.reducing import Reduced, reduced
from totalplace.commissioning.rules.solving.rounding import Cascade
from totalplace.commissioning.rules.solving.waterfill import bound, filled

# Of the seconds left: what one of several parts has at the least, and what branching has before the
# most is looked for with what it opens and shuts.
LEAST: Final = 0.3
BRANCHING: Final = 0.7
_FEW: Final = 5  # services of which every way to open and shut them is tried
NOT_IN_TIME: Final = (
    "no plan was found in the time that there was; that does not prove that there is none"
)
NOT_FOUND: Final = (
    "no plan was found that reaches every target; that does not prove that there is none"
)
NOT_IN_PENCE: Final = (
    "plans with fractions of a penny meet every demand, but none in whole pence was found near them"
)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found for some lines: whole pence by their number, and what no plan can exceed."""

    pence: dict[int, int]
    bound: float
    method: Method


def solve(problem: Problem, *, seconds: float = 60.0) -> Solved | Impossible:
    """The plan that reaches most within every demand, in whole pence, with what none can exceed.

    It has a check of every demand, aim and bound, and all are met; where none such was found it is
    `Impossible`, which says whether that is proved. The bound is in points. `seconds` are
    for the whole of it: where they run out the plan is the best so far, and its gap shows how far
    that may be off; only what makes whole pence of it comes after. Raises
    ValueError for a line whose returns are none that a `Line` may have.
    """
    left = reduced(problem)
    if isinstance(left, Impossible):
        return left
    its = _solved(left, within(seconds))
    return _simple(problem) or its if isinstance(its, Impossible) else its


def _simple(problem: Problem) -> Solved | None:
    """What is spent now, or a like share of it, where that meets every demand, and reaches most.

    Then nobody may say that no plan does. The bound is what every line reaches at its most, and may
    be far off.
    """
    met: list[Solved] = []
    ends = ((line.points(line.least), line.points(line.most)) for line in problem.lines)
    most = fsum(max(*both, 0.0) for both in ends)
    for pence in (last_year(problem), pro_rata(problem)):
        checks = check(problem, pence)
        if all(one.met for one in checks):
            met.append(Solved(pence, problem.points(pence), most, Method.BRANCHED, checks))
    return max(met, key=lambda one: one.points, default=None)


def _solved(left: Reduced, until: Deadline) -> Solved | Impossible:
    problem = left.problem
    found: list[_Found] = []
    tied: set[int] = set()
    beside: tuple[int, ...] | None = None
    parts = parts_of(left)
    waiting = sum(len(part.numbers) for part in parts)
    for part in parts:
        tree = None if part.small else tree_of(part)
        share = len(part.numbers) / waiting
        waiting -= len(part.numbers)
        if tree is not None:
            its = _filled(problem, part, tree)
        else:
            beside = pro_rata(problem) if beside is None else beside
            points = _points(problem, part.numbers, beside)
            closes = bool(part.closes.any())
            tied.update(part.numbers if closes else ())
            solver = _branched if closes else _laid
            its = solver(left, part, until.part(max(share, LEAST)), points)
        if isinstance(its, Impossible):
            return its
        found.append(its)
    return _joined(left, found, tied)


def _joined(left: Reduced, found: Sequence[_Found], tied: Collection[int]) -> Solved | Impossible:
    """One plan of what was found for the parts and what was settled before."""
    problem = left.problem
    pence = list(left.bounds.low)
    for one in found:
        for number, sum_ in one.pence.items():
            pence[number] = sum_
    moved = set(tied).union(*(one.pence for one in found))
    settled = [number for number in range(len(pence)) if number not in moved]
    points = problem.points(pence)
    most = fsum([_points(problem, settled, pence), *(one.bound for one in found)])
    order = list(Method)
    method = max((one.method for one in found), key=order.index, default=Method.EXACT)
    checks = check(problem, pence)
    if not all(one.met for one in checks):
        return Impossible(NOT_IN_PENCE)
    return Solved(tuple(pence), points, max(most, points), method, checks)


def _laid(left: Reduced, part: Part, until: Deadline, beside: float) -> _Found | Impossible:
    """A part in which nothing opens or shuts, and demands do not nest."""
    its = laid(part, until=until, beside=beside)
    if its.pence is None:
        return _none(left.problem, part, its)
    pence = in_pence(part, its.pence, its.is_open)
    if pence is None:
        return Impossible(NOT_IN_PENCE)
    by_number = dict(zip(part.numbers, pence, strict=True))
    return _Found(by_number, its.bound, Method.CUTS)


def _filled(problem: Problem, part: Part, tree: Tree) -> _Found | Impossible:
    """A part whose demands nest: filled at one price, and shared out in whole pence."""
    cascade = Cascade(tree, (part.low, part.high))
    if cascade.impossible is not None:
        return _none(problem, part, None)
    forest, order = forest_of(part, tree)
    its = filled(forest)
    sums = [0.0] * len(order)
    for line, sum_ in zip(order, its.pence.tolist(), strict=True):
        sums[line] = sum_
    by_number = dict(zip(part.numbers, cascade.shared(sums), strict=True))
    return _Found(by_number, bound(forest, its), Method.EXACT)


def _none(problem: Problem, part: Part, its: Laid | None) -> Impossible:
    if its is not None and not its.proved:
        return Impossible(NOT_IN_TIME if its.late else NOT_FOUND)
    titles = [problem.demands[row.demand].title for row in part.rows]
    titles += [aim.title for aim in part.aims]
    said = "; ".join(titles[:5]) + ("; and others" if len(titles) > 5 else "")
    return Impossible(f"these cannot be met together: {said}")


def _branched(left: Reduced, part: Part, until: Deadline, beside: float) -> _Found | Impossible:
    """A part in which services open or shut: which, first; then the most with those."""
    its = laid(part, until=until.part(BRANCHING), beside=beside)
    if its.pence is None and its.proved:
        few = int(part.closes.sum()) <= _FEW
        none = _none(left.problem, part, its) if few else Impossible(NOT_FOUND)
        return _each_way(left, part, until, beside) or none
    pence = _with(left, part, its, until, beside)
    if pence is None:  # what is open there reaches no target, or in fractions of a penny alone
        other = laid(part, until=until.part(BRANCHING), beside=beside, careful=True)
        pence = _with(left, part, other, until, beside)
    if pence is None and its.pence is None:
        return _each_way(left, part, until, beside) or _none(left.problem, part, its)
    if pence is None:
        return Impossible(NOT_IN_PENCE)
    return _Found(pence, its.bound, Method.BRANCHED)


def _each_way(left: Reduced, part: Part, until: Deadline, beside: float) -> _Found | None:
    """The best of all ways to open and shut a few services; None where they are not few.

    The solver holds a service open or shut within a tolerance, which of great sums is more than a
    penny: what it finds impossible may be possible to the penny. The bound is what the lines reach
    at their most, and may be far off.
    """
    closes = [number for at, number in enumerate(part.numbers) if part.closes[at]]
    if len(closes) > _FEW:
        return None
    others = set(range(len(left.problem.lines))) - set(part.numbers)
    found: list[tuple[float, dict[int, int]]] = []
    for pattern in product((False, True), repeat=len(closes)):
        ways = {number for number, way in zip(closes, pattern, strict=True) if way}
        pence = _of_pattern(left, (set(closes) - ways, ways), others, until, beside)
        if pence is not None:
            reached = fsum(left.problem.lines[n].points(sum_) for n, sum_ in pence.items())
            found.append((reached, pence))
    if not found:
        return None
    most = fsum(
        max(0.0, *(left.problem.lines[n].points(end) for end in (low, high)))
        for n, low, high in zip(part.numbers, part.low, part.high, strict=True)
    )
    return _Found(max(found, key=lambda one: one[0])[1], most, Method.BRANCHED)


def _with(
    left: Reduced, part: Part, its: Laid, until: Deadline, beside: float
) -> dict[int, int] | None:
    """The most in whole pence with those services open that were found to be."""
    if its.pence is None:
        return None
    closes = [at for at in range(len(part.numbers)) if part.closes[at]]
    shut = {part.numbers[at] for at in closes if not its.is_open[at]}
    opened = {part.numbers[at] for at in closes if its.is_open[at]}
    others = set(range(len(left.problem.lines))) - set(part.numbers)
    pence = _of_pattern(left, (shut, opened), others, until, beside)
    if pence is None:
        whole = in_pence(part, its.pence, its.is_open)
        return None if whole is None else dict(zip(part.numbers, whole, strict=True))
    return pence


def _of_pattern(
    left: Reduced,
    pattern: tuple[set[int], set[int]],
    others: set[int],
    until: Deadline,
    beside: float,
) -> dict[int, int] | None:
    """The most with these lines shut and those open; None where there is no such plan."""
    fixed = reduced(left.problem, shut=pattern[0], opened=pattern[1])
    if isinstance(fixed, Impossible):
        return None
    pence = {
        number: fixed.bounds.low[number]
        for number in range(len(left.problem.lines))
        if number not in others
    }
    for part in parts_of(fixed):
        if part.numbers[0] in others:
            continue
        tree = None if part.small else tree_of(part)
        its = (
            _laid(fixed, part, until, beside) if tree is None else _filled(left.problem, part, tree)
        )
        if isinstance(its, Impossible):
            return None
        pence.update(its.pence)
    return pence


def _points(problem: Problem, numbers: Sequence[int], pence: Sequence[int]) -> float:
    return fsum(problem.lines[number].points(pence[number]) for number in numbers)
