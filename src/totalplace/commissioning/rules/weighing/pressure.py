"""When there is less money: what is protected, what goes first, and where no plan is lawful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from totalplace.commissioning.rules.building import line_number, problem_of
from totalplace.commissioning.rules.case import Case, Option
from totalplace.commissioning.rules.problem import Impossible, Problem
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.following import with_funds
from totalplace.commissioning.rules.weighing.reasons_words import pounds_told, reach_told
from totalplace.commissioning.rules.weighing.refusals import Refusal, refusal_of, titles_of

CUTS: Final = (0, 5, 10, 15, 20)
LESS: Final = 100  # pence a year: less than this is rounding, and no cut


@dataclass(frozen=True, slots=True)
class Cut:
    """The plan where money falls by so many per cent in the last year, in equal steps from now.

    `by_option` is what each option gets in the last year. Without a plan there is a refusal.
    """

    per_cent: float
    budget_pence: int  # of the last year
    points: float | None
    gap: float | None
    by_option: dict[str, int]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Squeezed:
    """How one option fares. Sums are of the last year; `first_cut` is that at which it loses.

    It loses where it gets less than with no cut at all. `reaches_per_pound` is what its last pound
    reaches at the deepest cut that has a plan. `told` says why it goes, or why it does not.
    """

    option: str
    title: str
    now_pence: int
    pence: tuple[int | None, ...]  # at each cut
    first_cut: float | None
    lost_share: float  # of what it had with no cut, at the deepest cut that has a plan
    reaches_per_pound: float
    told: str


@dataclass(frozen=True, slots=True)
class Pressure:
    """Plans at each cut, options in the order in which they lose, and the first without a plan."""

    cuts: tuple[Cut, ...]
    options: tuple[Squeezed, ...]
    no_plan_at: float | None


def pressure(case: Case, cuts: Sequence[float] = CUTS, *, seconds: float = 10.0) -> Pressure:
    """Plans of a case as its own money falls, by so many per cent of it in the last year.

    Money that another body holds (an aligned fund) does not fall. What has no known effect falls as
    the funds that pay for it (`following`). `seconds` is for each plan.
    """
    found = [_cut(case, per_cent, seconds) for per_cent in sorted(cuts)]
    with_plan = [one for one in found if one.refusal is None]
    none_at = next((one.per_cent for one in found if one.refusal is not None), None)
    # The numbers of the deepest cut are the same for all options, and not quickly made.
    deepest = problem_of(with_less(case, with_plan[-1].per_cent)) if with_plan else None
    options = [
        _squeezed(case, place, found, with_plan, deepest) for place in range(len(case.options))
    ]
    options.sort(key=lambda one: (
        one.first_cut is None, one.first_cut or 0.0, -one.lost_share, one.option,
    ))  # fmt: skip
    return Pressure(tuple(found), tuple(options), none_at)


def with_less(case: Case, per_cent: float) -> Case:
    """The case where its own funds fall by so many per cent in the last year, in equal steps."""
    funds = []
    for fund in case.funds:
        kept = tuple(
            sum_ - round(sum_ * per_cent * (year + 1) / case.years / 100)
            for year, sum_ in enumerate(fund.pence)
        )
        funds.append(fund if fund.aligned else replace(fund, pence=kept))
    return with_funds(case, tuple(funds))


def _cut(case: Case, per_cent: float, seconds: float) -> Cut:
    its = with_less(case, per_cent)
    problem = problem_of(its)
    budget = sum(fund.pence[-1] for fund in its.funds)
    found = solve(problem, seconds=seconds)
    if isinstance(found, Impossible):
        refusal = refusal_of(problem, titles=titles_of(case))
        return Cut(per_cent, budget, None, None, {}, refusal)
    by_option = {
        option.code: found.pence[line_number(case, place, case.years - 1)]
        for place, option in enumerate(case.options)
    }
    return Cut(per_cent, budget, found.points, found.gap, by_option, None)


def _squeezed(
    case: Case,
    place: int,
    cuts: Sequence[Cut],
    with_plan: Sequence[Cut],
    problem: Problem | None,
) -> Squeezed:
    option = case.options[place]
    pence = tuple(one.by_option.get(option.code) for one in cuts)
    if problem is None:
        return Squeezed(
            option.code, option.title, option.now_pence, pence, None, 0.0, 0.0,
            "No plan was found at any cut.",
        )  # fmt: skip
    had = with_plan[0].by_option[option.code]
    first = next(
        (one.per_cent for one in with_plan if one.by_option[option.code] < had - LESS), None
    )
    last = with_plan[-1].by_option[option.code]
    number = line_number(case, place, case.years - 1)
    reaches = 100 * problem.lines[number].marginal(last)
    lost = (had - last) / had if had else 0.0
    told = _told(option, problem, number, (had, last), first)
    return Squeezed(
        option.code, option.title, option.now_pence, pence, first, lost, reaches, told
    )  # fmt: skip


def _told(
    option: Option, problem: Problem, number: int, sums: tuple[int, int], first: float | None
) -> str:
    """Why an option goes, or why it does not, from its bounds and what its last pound reaches."""
    line, (had, last) = problem.lines[number], sums
    if not option.movable:
        if last < had:
            return "Its effect is not known, so that it falls as its funds do. That is no advice."
        return "Its effect is not known, so that its money is left where it is."
    reach = reach_told(100 * line.marginal(last))
    if first is not None:
        why = f"It loses from a cut of {first:g} per cent: its last pound reaches {reach}."
        if last <= line.least:
            why += f" It ends at its floor of {pounds_told(line.least)}."
        return why
    if option.protected:
        return "It is protected: it never gets less than now."
    if last <= line.least:
        return f"It is at its floor of {pounds_told(line.least)} already."
    if had >= line.most:
        return f"It keeps all that it can take: its last pound reaches {reach}."
    return f"It loses nothing by this: its last pound reaches {reach}."
