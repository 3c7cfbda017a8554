"""From an officer's case to the numbers that are solved: lines, demands and aims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf
from typing import Final

from totalplace.commissioning.rules.case import (
    WHOLE_WEIGHT,
    Case,
    Effect,
    In,
    Kind,
    Option,
    Rule,
)
from totalplace.commissioning.rules.funding import demands_of_funds, most_in
from totalplace.commissioning.rules.problem import Aim, Demand, Line, Problem
from totalplace.commissioning.rules.reaching import NO_POINTS, aim_of, counted_by_aims

# Green Book (HM Treasury, 2026): what a year's delay takes off, for effects within thirty years.
STANDARD_RATE: Final = 0.035
HEALTH_RATE: Final = 0.015


@dataclass(frozen=True, slots=True)
class Pull:
    """How many points a line's first penny reaches for each of an effect's own number."""

    line: int
    option: int  # its place among the options of the case
    effect: int  # its place among the effects of that option
    factor: float
    outcome: tuple[str, str]


def line_number(case: Case, option: int, year: int) -> int:
    """Where the line of an option (by its place in the case) and a year stands in a problem."""
    return year * len(case.options) + option


def problem_of(case: Case) -> Problem:
    """The numbers of a case. What cannot be moved has its least and its most at what it is now.

    Raises ValueError for a case that the rules of `reading` would have refused.
    """
    slopes = _countable(case, slopes_of(case, pulls(case)))
    lines = [
        _line(case, option, year, slopes[line_number(case, place, year)])
        for year in range(case.years)
        for place, option in enumerate(case.options)
    ]
    demands = [*demands_of_funds(case), *_ramps(case)]
    aims: list[Aim] = []
    for rule in case.rules:
        for year in range(case.years) if rule.year is None else (rule.year,):
            if rule.counted is In.EFFECT:
                aims.append(aim_of(case, rule, year, _code(case, rule, year), lines))
            else:
                demands += _demands(case, rule, year)
    return Problem(tuple(lines), tuple(demands), tuple(aims))


def pulls(case: Case) -> tuple[Pull, ...]:
    """What each effect that drives adds to each line, for each of the effect's own number."""
    wanted = {one.key: one for one in case.wanted}
    found: list[Pull] = []
    for place, option in enumerate(case.options):
        if not option.movable:
            continue
        for which, effect in enumerate(option.effects):
            its = wanted.get((effect.indicator, effect.area))
            if its is None or not effect.drives or option.unit_pence is None:
                continue
            worth = its.weight / float(its.gap) / option.unit_pence
            rate = HEALTH_RATE if its.health else STANDARD_RATE
            for year in range(case.years):
                felt = _felt(effect, year, rate)
                at = line_number(case, place, year)
                found.append(Pull(at, place, which, worth * felt, its.key))
    return tuple(found)


def _felt(effect: Effect, year: int, rate: float) -> float:
    """For how many years an effect of a year's money is felt, each worth what it is today."""
    begins = year + effect.lag_years
    return sum(
        float(effect.kept) ** after / (1 + rate) ** (begins + after)
        for after in range(effect.lasts_years)
    )


def slopes_of(
    case: Case, drawn: Sequence[Pull], values: Mapping[tuple[int, int], float] | None = None
) -> list[float]:
    """The slope of every line, from the middle of each effect or from other values of them.

    `values` are by the place of the option and of its effect.
    """
    slopes = [0.0] * (case.years * len(case.options))
    for pull in drawn:
        key = pull.option, pull.effect
        value = (
            float(case.options[pull.option].effects[pull.effect].mid)
            if values is None
            else values[key]
        )
        slopes[pull.line] += pull.factor * value
    return slopes


def with_slopes(problem: Problem, slopes: Sequence[float]) -> Problem:
    """The same problem where lines reach otherwise. What does harm does it without returns."""
    lines = tuple(
        replace(line, slope=slope, scale=line.scale if slope >= 0 else inf)
        for line, slope in zip(problem.lines, slopes, strict=True)
    )
    return replace(problem, lines=lines)


def _line(case: Case, option: Option, year: int, slope: float) -> Line:
    now = option.now_pence
    if not option.movable or option.unit_pence is None:
        stays = option.held_pence[year] if option.held_pence else now
        return Line(option.code, year, option.agency, now, stays, stays)
    unit, fixed = option.unit_pence, option.fixed_pence
    bought = max(0, now - fixed)  # what is spent on units now
    closes = option.may_close and not option.protected and not option.least_pence
    least = max(option.least_pence, now if option.protected else 0, fixed)
    money = most_in(case, option, year)
    ends = [] if option.capacity_units is None else [fixed + option.capacity_units * unit]
    if year == 0 and option.most_more_units is not None:
        ends.append(fixed + bought + option.most_more_units * unit)
    most, capacity = min([money, *ends]), min(ends, default=None)
    if year == 0 and option.most_fewer_units is not None:
        least = max(least, fixed + bought - option.most_fewer_units * unit)
        closes = closes and bought <= option.most_fewer_units * unit
    scale = inf
    if option.saturates_units is not None and slope >= 0:
        scale = float(option.saturates_units * unit)
    return Line(
        option.code, year, option.agency, now, least, most, slope, scale, fixed, closes,
        most_from_money=most == money, capacity=capacity if most == money else None,
    )  # fmt: skip


def _ramps(case: Case) -> Iterable[Demand]:
    """From the second year on, no faster up or down than an option can, in units it buys."""
    for place, option in enumerate(case.options):
        if not option.movable or option.unit_pence is None:
            continue
        up, down = option.most_more_units, option.most_fewer_units
        for year in range(1, case.years):
            if up is None and down is None:
                continue
            this, before = (line_number(case, place, y) for y in (year, year - 1))
            yield Demand(
                f"ramp {option.code} {year}",
                f"how fast {option.title} can change in year {year + 1}",
                Kind.RAMP,
                (this, before),
                (Fraction(1), Fraction(-1)),
                None if down is None else Fraction(-down * option.unit_pence),
                None if up is None else Fraction(up * option.unit_pence),
                opened=(Fraction(option.fixed_pence), Fraction(-option.fixed_pence)),
            )


def _code(case: Case, rule: Rule, year: int) -> str:
    return rule.code if rule.year is not None or case.years == 1 else f"{rule.code} {year + 1}"


def _demands(case: Case, rule: Rule, year: int) -> list[Demand]:
    """A rule in a year. Prevention makes fewer units needed and leaves as many allowed."""
    places = {option.code: place for place, option in enumerate(case.options)}
    chosen = [places[code] for code in rule.options]
    code = _code(case, rule, year)
    least, most = (None if sum_ is None else Fraction(sum_) for sum_ in (rule.least, rule.most))
    if rule.counted is In.PENCE:
        lines = tuple(line_number(case, place, year) for place in chosen)
        return [Demand(code, rule.title, rule.kind, lines, None, least, most, "pence", rule.source)]
    bought = [(place, line_number(case, place, year), Fraction(1)) for place in chosen]
    prevented = list(_prevented(case, rule, year)) if least is not None else []
    unit = case.options[chosen[0]].unit if chosen else "units"
    if not prevented:
        return [_in_units(case, rule, (code, unit), bought, (least, most))]
    for place, _, by in prevented:
        one, fixed = _units(case.options[place])
        # What is needed was forecast with what is prevented now: only more of it counts.
        already = max(Fraction(0), one * case.options[place].now_pence - fixed)
        least = by * already + (least or 0)
    found = [_in_units(case, rule, (code, unit), bought + prevented, (least, None))]
    if most is not None:
        found.append(_in_units(case, rule, (f"{code} most", unit), bought, (None, most)))
    return found


def _in_units(
    case: Case,
    rule: Rule,
    named: tuple[str, str],
    counted: Sequence[tuple[int, int, Fraction]],
    bounds: tuple[Fraction | None, Fraction | None],
) -> Demand:
    each: dict[int, Fraction] = {}
    opened: dict[int, Fraction] = {}
    for place, at, by in counted:
        one, fixed = _units(case.options[place])
        each[at] = each.get(at, Fraction(0)) + one * by
        opened[at] = opened.get(at, Fraction(0)) + fixed * by
    return Demand(
        named[0], rule.title, rule.kind, tuple(each), tuple(each.values()), *bounds, named[1],
        rule.source, tuple(opened.values()),
    )  # fmt: skip


def _countable(case: Case, slopes: list[float]) -> list[float]:
    """The slopes, where a line that a target counts on has some at least (`reaching.NO_POINTS`)."""
    targets = [rule for rule in case.rules if rule.counted is In.EFFECT]
    if not targets:
        return slopes
    money = sum(sum(fund.pence) for fund in case.funds)
    usual = max((abs(one) for one in slopes), default=0.0) or WHOLE_WEIGHT / max(1, money)
    counted = counted_by_aims(case, targets)
    least = NO_POINTS * usual
    return [
        least if number % len(case.options) in counted and abs(slope) < least else slope
        for number, slope in enumerate(slopes)
    ]


def _units(option: Option) -> tuple[Fraction, Fraction]:
    """What a penny buys, in units, and how many the fixed cost would have bought."""
    if not option.unit_pence:
        raise ValueError(f"{option.code} has no unit cost, so that it cannot be counted in units")
    return Fraction(1, option.unit_pence), Fraction(option.fixed_pence, option.unit_pence)


def _prevented(case: Case, rule: Rule, year: int) -> Iterable[tuple[int, int, Fraction]]:
    """Options that make fewer of a rule's units needed: option, line, units for each of its own."""
    within = set(rule.options)
    for place, option in enumerate(case.options):
        for prevents in option.prevents:
            began = year - prevents.lag_years
            if prevents.option in within and began >= 0 and option.unit_pence is not None:
                yield place, line_number(case, place, began), Fraction(prevents.units)
