"""Why was my service cut? Answered with the plan's numbers, each of which can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from totalplace.commissioning.rules.building import line_number, problem_of
from totalplace.commissioning.rules.case import Case, Effect, Fund, Option
from totalplace.commissioning.rules.funding import payers
from totalplace.commissioning.rules.problem import Impossible, Problem, Solved
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.exchanges import givers
from totalplace.commissioning.rules.weighing.reasons_told import sentences
from totalplace.commissioning.rules.weighing.refusals_solver import Column
from totalplace.commissioning.rules.weighing.refusals_tree import search_of
from totalplace.commissioning.rules.weighing.refusals_words import asked

LOOKS: Final = 12  # plans solved again to find with how much more money it would keep its own
LESS: Final = 100  # pence a year: less than this is rounding, and no cut


@dataclass(frozen=True, slots=True)
class Gained:
    """Where money went: what another option gets beside now, and what its last pound reaches."""

    option: str
    title: str
    agency: str
    more_pence: int
    reaches_per_pound: float


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule that is met to the penny, with this option in it, or its own floor or ceiling."""

    demand: str
    side: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Needed:
    """An effect as it would have to be for the option to keep its money, beside what it is."""

    effect: Effect
    least_mid: float  # of what it is counted in, for one unit


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why an option gets what it gets in one year: sums are pence a year, reaches points a pound.

    `reaches_per_pound` is what its last pound reaches; `price_per_pound` is what a pound reaches
    that could be put here instead with every demand still met: the least of those (None: no such
    pound). `went_to` are those of them that gained. `times` is by how much more each unit would
    have to do for it to keep what it has now.
    `more_money_pence` is with how much more money in that year it would (None: with no sum that was
    tried), if it were put into the fund `more_in`, by its title (None: no fund may pay for it).
    """

    option: str
    title: str
    agency: str
    year: int
    now_pence: int
    gets_pence: int
    movable: bool
    reaches_per_pound: float
    price_per_pound: float | None
    binding: tuple[Binding, ...]
    went_to: tuple[Gained, ...]
    times: float | None
    needed: tuple[Needed, ...]
    more_money_pence: int | None
    more_in: str | None
    effects: tuple[Effect, ...]
    told: tuple[str, ...]

    @property
    def lost_pence(self) -> int:
        """What it loses of what it has now; below nought where it gains."""
        return self.now_pence - self.gets_pence


def why(
    case: Case,
    problem: Problem,
    solved: Solved,
    code: str,
    *,
    year: int | None = None,
    looks: int = LOOKS,
    seconds: float = 10.0,
) -> Reasons:
    """Why an option gets what it gets: in a year (from 0), or in that in which it loses most.

    `looks` is how many plans may be solved again, each in so many `seconds`, to find with how much
    more money it would keep its own; 0: none. Raises KeyError where no option has that code.
    """
    option = case.option(code)
    place = case.options.index(option)
    numbers = [line_number(case, place, its) for its in range(case.years)]
    if year is None:
        year = min(range(case.years), key=lambda its: (solved.pence[numbers[its]], its))
    number = numbers[year]
    gets, line = solved.pence[number], problem.lines[number]
    able = givers(problem, solved.pence, number)
    went = _went(case, problem, solved.pence, able)
    price = _price(problem, solved.pence, able)
    cut = option.movable and gets < option.now_pence - LESS
    times = _times(line.marginal(option.now_pence), price) if cut else None
    fund = _more_in(case, option, year) if cut and looks else None
    more = None if fund is None else _more_money(case, fund, (place, year), looks, seconds)
    needed = tuple(
        Needed(one, float(one.mid) * times) for one in option.driven if times is not None
    )
    found = Reasons(
        code, option.title, option.agency, year, option.now_pence, gets, option.movable,
        100 * line.marginal(gets), None if price is None else 100 * price,
        _binding(case, problem, solved, number), went, times, needed, more,
        None if fund is None else fund.title, option.effects, (),
    )  # fmt: skip
    return replace(found, told=sentences(case, found, looked=bool(cut and looks)))


def _times(marginal: float, price: float | None) -> float | None:
    return price / marginal if price is not None and marginal > 0 else None


def _went(
    case: Case, problem: Problem, pence: Sequence[int], able: frozenset[int]
) -> tuple[Gained, ...]:
    """What gained of those whose money could have stayed here; the most first."""
    found: list[Gained] = []
    for number in able:
        line = problem.lines[number]
        other = case.option(line.option)
        more = pence[number] - other.now_pence
        if more > LESS:
            reach = 100 * line.marginal(pence[number])
            found.append(Gained(other.code, other.title, other.agency, more, reach))
    return tuple(sorted(found, key=lambda one: (-one.more_pence, one.option)))


def _price(problem: Problem, pence: Sequence[int], able: frozenset[int]) -> float | None:
    """What a penny reaches that could be put here instead, in points: the least that would go."""
    return min((problem.lines[n].marginal(pence[n]) for n in able), default=None)


def _binding(case: Case, problem: Problem, solved: Solved, number: int) -> tuple[Binding, ...]:
    """The rules with this line in them that are met to the penny."""
    search = search_of(problem)
    titles = {option.code: option.title for option in case.options}
    spent: dict[Column, float] = {("pence", n): float(sum_) for n, sum_ in enumerate(solved.pence)}
    for line in search.reading.closing:
        spent["open", line] = 1.0 if solved.pence[line] else 0.0
    found: list[Binding] = []
    for row in search.rows(frozenset(search.keys), frozenset(), frozenset()):
        holds = any(column == ("pence", number) for column, _ in row.parts)
        if not holds or row.gives is None or row.name.startswith("straight "):
            continue
        if abs(row.lack(spent)) <= len(row.parts):
            said = asked(search, row.gives, titles)
            demand = search.reading.demands.get(row.name)
            source = "" if demand is None else demand.source
            found.append(Binding(said.demand, said.side, said.title, source))
    return tuple(found)


def _more_in(case: Case, option: Option, year: int) -> Fund | None:
    """The fund that more money is tried in, of those that may pay for an option: the least tied."""
    funds = [fund for fund in case.funds if fund.code in payers(case, option)]
    if not funds:
        return None
    return min(funds, key=lambda one: (one.must_spend, one.only, -one.pence[year], one.code))


def _more_money(
    case: Case, fund: Fund, which: tuple[int, int], looks: int, seconds: float
) -> int | None:
    """With how much more in a fund that may pay for it the option would keep its own.

    Found by halves, to a hundredth or as near as the looks reach; always enough, never too little.
    """
    place, year = which
    option = case.options[place]

    def keeps(more: int) -> bool:
        held = tuple(sum_ + more * (n == year) for n, sum_ in enumerate(fund.pence))
        funds = tuple(
            replace(one, pence=held) if one.code == fund.code else one for one in case.funds
        )
        its = problem_of(replace(case, funds=funds))
        found = solve(its, seconds=seconds)
        if isinstance(found, Impossible):
            return False
        return found.pence[line_number(case, place, year)] >= option.now_pence - LESS

    low, high = 0, 2 * max(case.now_pence, 1)
    if not keeps(high):
        return None
    for _ in range(looks - 1):
        middle = (low + high) // 2 if low else high // 4
        low, high = (low, middle) if keeps(middle) else (middle, high)
        if high - low <= max(LESS, high // 100):
            break
    return high
