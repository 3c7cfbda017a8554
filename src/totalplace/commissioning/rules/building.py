"""From an officer's case to the numbers that are solved: lines, demands and aims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Final

from totalplace.commissioning.rules.case import Case, Effect, In, Kind, Option, Rule
from totalplace.commissioning.rules.funding import demands_of_funds, most_in
from totalplace.commissioning.rules.problem import Aim, Demand, Line, Problem

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
    drawn = pulls(case)
    slopes = slopes_of(case, drawn)
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
                aims.append(_aim(case, rule, year, drawn, lines))
            else:
                demands.append(_demand(case, rule, year))
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
    unit = option.unit_pence
    closes = option.may_close and not option.protected
    least = max(option.least_pence, now if option.protected else 0, option.fixed_pence)
    most = most_in(case, option, year)
    if option.capacity_units is not None:
        most = min(most, option.fixed_pence + option.capacity_units * unit)
    if year == 0 and option.most_more_units is not None:
        most = min(most, now + option.most_more_units * unit)
    if year == 0 and option.most_fewer_units is not None:
        least = max(least, now - option.most_fewer_units * unit)
        closes = closes and now <= option.most_fewer_units * unit + option.fixed_pence
    scale = inf
    if option.saturates_units is not None and slope >= 0:
        scale = float(option.saturates_units * unit)
    return Line(
        option.code, year, option.agency, now, least, most, slope, scale, option.fixed_pence, closes
    )


def _ramps(case: Case) -> Iterable[Demand]:
    """From the second year on, no faster up or down than an option can."""
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
            )


def _demand(case: Case, rule: Rule, year: int) -> Demand:
    places = {option.code: place for place, option in enumerate(case.options)}
    chosen = [places[code] for code in rule.options]
    code = rule.code if rule.year is not None or case.years == 1 else f"{rule.code} {year + 1}"
    least, most = (None if sum_ is None else Fraction(sum_) for sum_ in (rule.least, rule.most))
    lines = [line_number(case, place, year) for place in chosen]
    if rule.counted is In.PENCE:
        return Demand(
            code, rule.title, rule.kind, tuple(lines), None, least, most, "pence", rule.source
        )
    each: list[Fraction] = []
    opened: list[Fraction] = []
    for place in chosen:
        one, fixed = _units(case.options[place])
        each.append(one)
        opened.append(fixed)
    if least is not None:
        for place, at, units in _prevented(case, rule, year):
            one, fixed = _units(case.options[place])
            lines.append(at)
            each.append(one * units)
            opened.append(fixed * units)
            # What is needed was forecast with what is prevented now: only more of it counts.
            least += units * max(Fraction(0), one * case.options[place].now_pence - fixed)
    unit = case.options[chosen[0]].unit if chosen else "units"
    return Demand(
        code, rule.title, rule.kind, tuple(lines), tuple(each), least, most, unit, rule.source,
        tuple(opened),
    )  # fmt: skip


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


def _aim(case: Case, rule: Rule, year: int, drawn: Sequence[Pull], lines: Sequence[Line]) -> Aim:
    """A target of an outcome in a year's money: what its lines reach of it."""
    wanted = next(one for one in case.wanted if one.key == rule.outcome)
    within = {place for place, one in enumerate(case.options) if one.code in set(rule.options)}
    found: dict[int, float] = {}
    for pull in drawn:
        option = case.options[pull.option]
        if pull.option not in within or pull.outcome != wanted.key:
            continue
        if lines[pull.line].year != year or lines[pull.line].slope == 0:
            continue
        points = pull.factor * float(option.effects[pull.effect].mid)
        # a point of this line is so much of the outcome itself
        part = points / lines[pull.line].slope * float(wanted.gap) / wanted.weight
        found[pull.line] = found.get(pull.line, 0.0) + part
    code = rule.code if rule.year is not None or case.years == 1 else f"{rule.code} {year + 1}"
    amount = float(rule.least if rule.least is not None else Decimal(0))
    return Aim(
        code, rule.title, tuple(found), tuple(found.values()), amount, wanted.counted_in,
        rule.source,
    )  # fmt: skip
