"""Three ways to divide the money under one case, each with its reason, and what lies beside them.

The solver never decides: an officer names which of the three is proposed. *Most outcomes* reaches
the most points. *Fairest* lets the worst-off area (or agency, where areas cannot be compared) lose
least. *Least change* reaches at least half of what could be gained by moving the fewest pounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from totalplace.commissioning.rules.areas_told import areas_of
from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, Kind
from totalplace.commissioning.rules.problem import Aim, Demand, Line, Problem, Solved
from totalplace.commissioning.rules.solving import (
    by_priority,
    check,
    last_year,
    pro_rata,
    solve,
)
from totalplace.commissioning.rules.sorts import PROPOSABLE, Sort
from totalplace.money.pence import pounds

_STEPS: Final = 10  # times that a span is halved: to a thousandth of it
_HALF: Final = 0.5  # of the gain, that the plan of least change reaches
_A_THOUSAND: Final = 1_000  # people, by whom points are told
_UNSEEN: Final = 1e-4  # of a plan's points: what nobody would see in them
_MANY: Final = 10  # points, from which on tenths are enough


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to divide the money: whole pence by line of the problem, and what it reaches.

    `bound` is what no plan under the case can exceed (None: a baseline). `broken` is how many
    demands it does not meet; of those that may be proposed it is nought.
    """

    sort: Sort
    pence: tuple[int, ...]
    points: float
    bound: float | None
    method: str
    reason: str
    moved_pence: int
    broken: int


@dataclass(frozen=True, slots=True)
class Unsolved:
    """No plan meets every demand of a problem; why not is for `weighing.refusals` to say."""

    problem: Problem


def candidates(
    case: Case, *, seconds: float = 60.0, names: Mapping[str, str] | None = None
) -> tuple[Candidate, ...] | Unsolved:
    """The three plans of a case, then last year, the same percentage for all, and by priority.

    `seconds` is for each of the three at most, `names` what agencies are called by code.
    Raises ValueError for a case that was not checked.
    """
    problem = problem_of(case)
    best = solve(problem, seconds=seconds)
    if not isinstance(best, Solved):
        return Unsolved(problem)
    each = seconds / _STEPS
    most = _candidate(Sort.MOST, problem, best, best.bound, _most_said(problem, best))
    fairest, fair_said = _fairest(case, problem, best, each, names or {})
    least, least_said = _least_change(problem, best, each)
    return (
        most,
        _candidate(Sort.FAIREST, problem, fairest, best.bound, fair_said),
        _candidate(Sort.LEAST_CHANGE, problem, least, best.bound, least_said),
        *_baselines(problem),
    )


def moved(problem: Problem, pence: Sequence[int]) -> int:
    """How many pence move: over all years what is added or what is taken, whichever is more."""
    changes = [x - line.now for line, x in zip(problem.lines, pence, strict=True)]
    up = sum(change for change in changes if change > 0)
    return max(up, up - sum(changes))


def runner_up(found: Sequence[Candidate], chosen: Sort) -> Candidate:
    """Of those that could be proposed instead, that with the most points."""
    others = [one for one in found if one.sort in PROPOSABLE and one.sort is not chosen]
    return max(others, key=lambda one: one.points)


def _candidate(
    sort: Sort, problem: Problem, solved: Solved, bound: float, reason: str
) -> Candidate:
    pence = solved.pence
    # Both are floats that say the same where a plan reaches all that any can.
    return Candidate(
        sort, pence, solved.points, max(bound, solved.points), solved.method.value, reason,
        moved(problem, pence), _broken(problem, pence),
    )  # fmt: skip


def _baselines(problem: Problem) -> list[Candidate]:
    ways: list[tuple[Sort, Callable[[Problem], tuple[int, ...]], str]] = [
        (Sort.LAST_YEAR, last_year, "Every service gets what it gets now"),
        (Sort.PRO_RATA, pro_rata, "Every service is cut or grown by the same percentage"),
        (Sort.PRIORITY, by_priority, "Services with the most points a pound come first"),
    ]
    found = []
    for sort, way, told in ways:
        pence = way(problem)
        broken = _broken(problem, pence)
        met = "it meets every demand" if not broken else f"it breaks {broken} of the demands"
        found.append(
            Candidate(sort, pence, problem.points(pence), None, "", f"{told}; {met}.",
                      moved(problem, pence), broken)
        )  # fmt: skip
    return found


def _broken(problem: Problem, pence: tuple[int, ...]) -> int:
    return sum(not one.met for one in check(problem, pence))


def _most_said(problem: Problem, best: Solved) -> str:
    unseen = best.gap <= _UNSEEN * max(1.0, abs(best.points))
    gap = "no plan reaches more" if unseen else f"no plan reaches over {said_points(best.bound)}"
    moves = pounds(moved(problem, best.pence))
    reaches = f"It reaches {said_points(best.points)} points if its effects are as they are put"
    return f"{reaches}; then {gap}. It moves {moves}."


def said_points(points: float) -> str:
    """Points as they are read: 63.2, 3.38, 0.0041."""
    if points == 0 or abs(points) >= _MANY:
        return f"{points:,.1f}"
    return f"{points:.2f}" if abs(points) >= 1 else f"{points:.2g}"


# Fairest


@dataclass(frozen=True, slots=True)
class _Share:
    """A part of the place that is to be served: its lines, and what its share is counted by."""

    name: str
    lines: tuple[int, ...]
    size: int


def _fairest(
    case: Case, problem: Problem, best: Solved, seconds: float, names: Mapping[str, str]
) -> tuple[Solved, str]:
    """The plan in which the worst-off part has as much as any plan can give it."""
    found = areas_of(case, problem)
    if found.comparable:
        areas = _areas(case, problem, found.served)
        return _fairest_by_area(problem, areas, best, seconds)
    agencies = _agencies(problem, names)
    fairest, said = _fairest_by_agency(problem, agencies, best, seconds)
    return fairest, f"{said} {found.why_not} So agencies are compared."


def _areas(case: Case, problem: Problem, served: Sequence[str]) -> list[_Share]:
    its = {option.code: option.area for option in case.options}
    return [
        _Share(
            area.name,
            tuple(n for n, line in enumerate(problem.lines) if its[line.option] == area.code),
            area.people,
        )
        for area in case.areas
        if area.code in served
    ]


def _agencies(problem: Problem, names: Mapping[str, str]) -> list[_Share]:
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(problem.lines):
        lines.setdefault(line.agency, []).append(number)
    return [
        _Share(names.get(agency, agency), tuple(its), now)
        for agency, its in lines.items()
        if (now := sum(problem.lines[n].now for n in its)) > 0
    ]


def _fairest_by_area(
    problem: Problem, areas: Sequence[_Share], best: Solved, seconds: float
) -> tuple[Solved, str]:
    def served(plan: Solved, area: _Share) -> float:
        reached = sum(problem.lines[n].points(plan.pence[n]) for n in area.lines)
        return reached / area.size

    def at_least(level: float) -> Problem:
        aims = tuple(
            Aim(f"fair {one.name}", f"a fair share for {one.name}", one.lines,
                (1.0,) * len(one.lines), level * one.size, "points")
            for one in areas
        )  # fmt: skip
        return replace(problem, aims=problem.aims + aims)

    start = min(served(best, one) for one in areas)
    # Were the whole of what can be reached spread evenly, nobody would have more than this.
    top = max(best.bound, 0.0) / sum(one.size for one in areas)
    found = _highest(problem, at_least, start, top, best=best, seconds=seconds)
    worst = min(areas, key=lambda one: served(found, one))
    before = min(areas, key=lambda one: served(best, one))
    return found, (
        f"The worst-off area, {worst.name}, reaches "
        f"{said_points(served(found, worst) * _A_THOUSAND)} points for every 1,000 people; with "
        f"most outcomes {before.name} would have {said_points(start * _A_THOUSAND)}. "
        f"{_costs(best.points - found.points)}"
    )


def _fairest_by_agency(
    problem: Problem, agencies: Sequence[_Share], best: Solved, seconds: float
) -> tuple[Solved, str]:
    def kept(plan: Solved, agency: _Share) -> float:
        return sum(plan.pence[n] for n in agency.lines) / agency.size

    def at_least(level: float) -> Problem:
        demands = tuple(
            Demand(f"fair {one.name}", f"a fair share for {one.name}", Kind.FAIR, one.lines, None,
                   Fraction(level).limit_denominator(10**6) * one.size)
            for one in agencies
        )  # fmt: skip
        return replace(problem, demands=problem.demands + demands)

    if not agencies:
        return best, "Nothing is spent now, so that no part has less than another."
    start = min(kept(best, one) for one in agencies)
    total = sum(best.pence[n] for one in agencies for n in one.lines)
    top = total / sum(one.size for one in agencies)
    found = _highest(problem, at_least, start, top, best=best, seconds=seconds)
    worst = min(agencies, key=lambda one: kept(found, one))
    return found, (
        f"The agency that keeps least, {worst.name}, keeps {kept(found, worst):.0%} of what it "
        f"has; with most outcomes one would keep {start:.0%}. "
        f"{_costs(best.points - found.points)}"
    )


def _highest(
    problem: Problem,
    at_least: Callable[[float], Problem],
    low: float,
    high: float,
    *,
    best: Solved,
    seconds: float,
) -> Solved:
    """The plan at the highest level that there is one for, by halving; `best` where none is."""
    found = best
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        tried = _solved(at_least(middle), problem, seconds)
        if tried is not None:
            found, low = tried, middle
        else:
            high = middle
    return found


def _costs(points: float) -> str:
    if points <= _UNSEEN:
        return "It costs no outcomes."
    return f"That costs {said_points(points)} points of outcomes."


def _solved(narrower: Problem, problem: Problem, seconds: float) -> Solved | None:
    """The plan of a problem that asks for more, where it meets every demand of the first too."""
    found = solve(narrower, seconds=seconds)
    if not isinstance(found, Solved) or _broken(problem, found.pence):
        return None
    return found


# Least change


def _least_change(problem: Problem, best: Solved, seconds: float) -> tuple[Solved, str]:
    """A plan that goes the way of the best one, only as far as half of the gain needs."""
    now = problem.points(last_year(problem))
    wanted = now + _HALF * max(0.0, best.points - now)
    way, up, down = _one_way(problem, best)
    low, high = 0, moved(problem, best.pence)
    whole, found = high, best
    for _ in range(_STEPS):
        middle = (low + high) // 2
        if not low < middle < high:
            break
        tried = _solved(_moving(way, up, down, middle), problem, seconds)
        if tried is not None and (best.points <= now or tried.points >= wanted):
            found, high = tried, middle
        else:
            low = middle
    return found, _least_said(found.points - now, best.points - now, problem, found, whole)


def _least_said(gained: float, gain: float, problem: Problem, found: Solved, whole: int) -> str:
    moves = pounds(moved(problem, found.pence))
    if gain <= 0:
        return f"It moves {moves}, as few pounds as were found to meet every demand."
    return (
        f"It reaches {gained / gain:.0%} of the gain over last year by moving {moves} of the "
        f"{pounds(whole)} that most outcomes moves."
    )


def _one_way(problem: Problem, best: Solved) -> tuple[Problem, tuple[int, ...], tuple[int, ...]]:
    """The same problem, where each line may only go as the best plan does: which up, which down."""
    lines: list[Line] = []
    up: list[int] = []
    down: list[int] = []
    for number, (line, x) in enumerate(zip(problem.lines, best.pence, strict=True)):
        if x > line.now:
            up.append(number)
            # What may close and is open now would else go down, and make room for others to go up.
            closes = line.may_close and line.now == 0
            lines.append(replace(line, least=max(line.least, line.now), may_close=closes))
        elif x < line.now:
            down.append(number)
            lines.append(replace(line, most=max(line.least, min(line.most, line.now))))
        elif line.least <= x:
            lines.append(replace(line, least=x, most=x, may_close=line.may_close and x == 0))
        else:  # it is closed, and stays so unless its opening is counted
            up.append(number)
            lines.append(line)
    return replace(problem, lines=tuple(lines)), tuple(up), tuple(down)


def _moving(way: Problem, up: tuple[int, ...], down: tuple[int, ...], pence: int) -> Problem:
    """The same, with no more than so many pence moved: up, and likewise down, over all years."""
    demands = list(way.demands)
    if up:
        most = Fraction(sum(way.lines[n].now for n in up) + pence)
        demands.append(
            Demand("more", "what is added to services", Kind.VIREMENT, up, None, None, most)
        )
    if down:
        least = Fraction(sum(way.lines[n].now for n in down) - pence)
        demands.append(
            Demand("less", "what is taken from services", Kind.VIREMENT, down, None, least)
        )
    return replace(way, demands=tuple(demands))
