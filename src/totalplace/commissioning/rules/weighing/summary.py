"""A plan and all that must be said beside it: baselines, how much is known, chance, who pays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.commissioning.rules import solving
from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.problem import Check, Impossible, Problem, Solved
from totalplace.commissioning.rules.totals import told
from totalplace.commissioning.rules.weighing.chance import (
    DRAWS,
    DRAWS_OF_PLANS,
    Chance,
    Direction,
    chance,
    direction,
)
from totalplace.commissioning.rules.weighing.known import Bar, Known, known

LAST_YEAR: Final = "as today"
PRO_RATA: Final = "the same cut or growth for all"
BY_PRIORITY: Final = "down a list ranked by effect for each pound"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a place would do without a solver: pence by line, points, and the demands it breaks."""

    name: str
    pence: tuple[int, ...]
    points: float
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A plan with what stands beside it. `paid` is (option, year) -> fund -> pence."""

    case: Case
    problem: Problem
    solved: Solved
    baselines: tuple[Baseline, ...]
    known: Known
    chance: Chance
    direction: Direction
    paid: Mapping[tuple[str, int], Mapping[str, int]]

    @property
    def beside(self) -> Baseline:
        """Today's spending, with which it is compared."""
        return self.baselines[0]


@dataclass(frozen=True, slots=True)
class Draws:
    """How often effects are drawn, from which seed, and how often a plan is found again."""

    seed: int = 1
    effects: int = DRAWS
    plans: int = DRAWS_OF_PLANS


def summary(case: Case, *, bar: Bar, draws: Draws, seconds: float = 60.0) -> Summary | Impossible:
    """The plan of a case with all that must be said beside it, or that there is none.

    Raises Refused where funds overlap in more ways than can be looked at.
    """
    problem = problem_of(case)
    solved = solving.solve(problem, seconds=seconds)
    if isinstance(solved, Impossible):
        return solved
    today = solving.last_year(problem)
    steady = direction(case, solved.pence, seed=draws.seed, draws=draws.plans)
    return Summary(
        case,
        problem,
        solved,
        tuple(
            _baseline(case, problem, name, pence)
            for name, pence in (
                (LAST_YEAR, today),
                (PRO_RATA, solving.pro_rata(problem)),
                (BY_PRIORITY, solving.by_priority(problem)),
            )
        ),
        known(case, solved.pence, bar=bar, kept=steady.kept),
        chance(case, solved.pence, today, seed=draws.seed, draws=draws.effects),
        steady,
        solving.paid_from(case, solved.pence),
    )


def _baseline(case: Case, problem: Problem, name: str, pence: Sequence[int]) -> Baseline:
    titles = titles_in(problem)
    checks = solving.check(problem, tuple(pence))
    broken = tuple(_broken(case, problem, one, titles) for one in checks if not one.met)
    return Baseline(name, tuple(pence), problem.points(list(pence)), broken)


def _broken(case: Case, problem: Problem, one: Check, titles: Mapping[str, str]) -> str:
    """What a baseline breaks: a demand by its title, a bound of a line in words."""
    if one.demand in titles:
        return titles[one.demand]
    unmet = told(case, problem, one)
    return f"{unmet.title}: {unmet.words}"


def titles_in(problem: Problem) -> dict[str, str]:
    """What each demand and aim is called, by its code."""
    titles = {one.code: one.title for one in problem.demands}
    return titles | {one.code: one.title for one in problem.aims}
