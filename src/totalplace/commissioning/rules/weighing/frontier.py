"""Outcomes against cost, and outcomes against fairness: solved plans to walk along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import Aim, Impossible, Problem, Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.following import with_funds

HALVINGS: Final = 8  # in looking for the fairest plan: to within 1 in 256 of the average


@dataclass(frozen=True, slots=True)
class Reached:
    """What one area gets of a plan: points from services of that area alone, for each 1,000 heads.

    Services of the whole place are everybody's alike, and are left out of it.
    """

    area: str
    name: str
    people: int
    points_per_thousand: float


@dataclass(frozen=True, slots=True)
class Step:
    """One plan on the way. `asked` is the share that it is for, of the money or of fairness.

    `budget_pence` is all the money of all years, `spent_pence` what the plan spends of it.
    `fairness` is the least that any area gets per head beside the average of areas (1: as much as
    the average; None: no areas, or nothing spent in them). Without a plan, `told` says so.
    """

    asked: float
    budget_pence: int
    spent_pence: int | None
    points: float | None
    gap: float | None
    fairness: float | None
    areas: tuple[Reached, ...]
    pence: tuple[int, ...] | None
    told: str


@dataclass(frozen=True, slots=True)
class Frontier:
    """Steps of less to more money, and steps from the least fair to the fairest that can be had."""

    cost: tuple[Step, ...]
    fairness: tuple[Step, ...]


def frontier(
    case: Case,
    *,
    steps: int = 11,
    lowest: float = 0.8,
    highest: float = 1.1,
    seconds: float = 10.0,
) -> Frontier:
    """Plans of a case with less and more money, and with more and less fairness between areas.

    Money goes in equal steps from `lowest` to `highest` of what there is, every fund alike. For
    fairness, no area may get less per head than a share of what areas get on average in the plan
    that reaches most; the shares go in equal steps from what the worst-off area has in that plan to
    the highest of which there is a plan, at most the whole average. `seconds` is for each plan.
    Raises ValueError for fewer than two steps.
    """
    if steps < 2:
        raise ValueError("a frontier has two steps at least")
    shares = [lowest + (highest - lowest) * n / (steps - 1) for n in range(steps)]
    cost = tuple(_of_money(case, share, seconds) for share in shares)
    return Frontier(cost, _of_fairness(case, steps, seconds))


def with_money(case: Case, share: float) -> Case:
    """The case with so much of every fund, in whole pence, rounded down; `following` says more."""
    per_million = round(share * 1_000_000)
    funds = tuple(
        replace(fund, pence=tuple(sum_ * per_million // 1_000_000 for sum_ in fund.pence))
        for fund in case.funds
    )
    return with_funds(case, funds)


def _of_money(case: Case, share: float, seconds: float) -> Step:
    its = with_money(case, share)
    problem = problem_of(its)
    return _step(its, problem, share, solve(problem, seconds=seconds))


def _step(case: Case, problem: Problem, asked: float, found: Solved | Impossible) -> Step:
    budget = sum(sum(fund.pence) for fund in case.funds)
    if isinstance(found, Impossible):
        return Step(asked, budget, None, None, None, None, (), None, f"No plan: {found.told}")
    areas = reached_by_area(case, problem, found.pence)
    fairness = least_beside_average(areas)
    return Step(
        asked, budget, sum(found.pence), found.points, found.gap, fairness, areas, found.pence, ""
    )  # fmt: skip


def reached_by_area(case: Case, problem: Problem, pence: Iterable[float]) -> tuple[Reached, ...]:
    """What services of each area reach for it, in points for each 1,000 people who live there."""
    area_of = {option.code: option.area for option in case.options}
    points: dict[str, float] = {}
    for line, sum_ in zip(problem.lines, pence, strict=True):
        area = area_of[line.option]
        points[area] = points.get(area, 0.0) + line.points(sum_)
    return tuple(
        Reached(one.code, one.name, one.people, 1_000 * points.get(one.code, 0.0) / one.people)
        for one in case.areas
        if one.people > 0
    )


def least_beside_average(areas: Iterable[Reached]) -> float | None:
    """The least that any area gets per head, beside what all areas get on average."""
    its = list(areas)
    average = _average(its)
    if not its or average <= 0:
        return None
    return min(one.points_per_thousand for one in its) / average


def _average(areas: Iterable[Reached]) -> float:
    its = list(areas)
    people = sum(one.people for one in its)
    return sum(one.points_per_thousand * one.people for one in its) / people if people else 0.0


def _of_fairness(case: Case, steps: int, seconds: float) -> tuple[Step, ...]:
    problem = problem_of(case)
    best = solve(problem, seconds=seconds)
    if isinstance(best, Impossible):
        return (_step(case, problem, 0.0, best),)
    areas = reached_by_area(case, problem, best.pence)
    average, first = _average(areas), least_beside_average(areas)
    if first is None or len(areas) < 2:
        return ()
    walk = _Walk(case, problem, average, seconds)
    highest = 1.0 if walk.plan(1.0).points is not None else _highest(walk, first)
    shares = [first + (highest - first) * n / (steps - 1) for n in range(1, steps)]
    return (_step(case, problem, first, best), *(walk.plan(share) for share in shares))


@dataclass(frozen=True, slots=True)
class _Walk:
    case: Case
    problem: Problem
    average: float
    seconds: float

    def plan(self, share: float) -> Step:
        """The plan in which no area gets less than a share of the average."""
        aims = (*self.problem.aims, *fair(self.case, self.problem, self.average * share))
        asked = replace(self.problem, aims=aims)
        found = solve(asked, seconds=self.seconds)
        return _step(self.case, self.problem, share, found)


def _highest(walk: _Walk, low: float) -> float:
    """The highest share of which there still is a plan, as far as halving finds it."""
    high = 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if walk.plan(middle).points is None else (middle, high)
    return low


def fair(case: Case, problem: Problem, points_per_thousand: float) -> tuple[Aim, ...]:
    """That no area gets less than so many points for each 1,000 people who live there."""
    area_of = {option.code: option.area for option in case.options}
    found: list[Aim] = []
    for area in case.areas:
        lines = tuple(
            n
            for n, line in enumerate(problem.lines)
            if area_of[line.option] == area.code and line.slope != 0
        )
        if area.people > 0:
            found.append(
                Aim(
                    f"fair {area.code}", f"what {area.name} gets for each 1,000 people", lines,
                    (1_000 / area.people,) * len(lines), points_per_thousand, "points",
                )
            )  # fmt: skip
    return tuple(found)
