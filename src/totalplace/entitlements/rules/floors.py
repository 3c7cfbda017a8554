"""A local variant is never below the floor: by its parameters, its tests, and a grid of people.

The grid has everybody at and just beside each boundary of both rules, and the ends of each fact.
All their combinations are looked at where they are few enough; else a sample of them whose seed is
kept, with others drawn between the boundaries. A sample can miss somebody, so it says that it is
one; a grid of all combinations misses only what lies between two boundaries of the same rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import prod
from typing import Any, Final

import numpy as np

from totalplace.decisions.rules.days import in_words
from totalplace.entitlements.rules.columns import Crowd, answers, worths
from totalplace.entitlements.rules.facts import (
    FIRST_DAY,
    LAST_DAY,
    Answer,
    Fact,
    FactKind,
    Value,
)
from totalplace.entitlements.rules.guarantee import Better, Guarantee, failed
from totalplace.entitlements.rules.language import Literal, Node, Since, Unit, inside
from totalplace.entitlements.rules.one_person import Setting
from totalplace.entitlements.rules.steps import amount_in_words
from totalplace.entitlements.rules.time_passed import began, last_of
from totalplace.entitlements.rules.variants import Variant, applied
from totalplace.refusal import Refused

MOST_PEOPLE: Final = 200_000
SEED: Final = 20261126
_BETWEEN: Final = 20_000
_LONGEST: Final = {Unit.YEARS: 130, Unit.MONTHS: 1_560, Unit.WEEKS: 6_800, Unit.DAYS: 47_500}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Checked:
    """That a variant is nowhere below: for how many people and days, and whether that is all."""

    people: int
    days: int
    whole: bool
    seed: int


def check_floor(national: Guarantee, variant: Variant) -> Checked:
    """Raise Refused, saying where, for a variant that is worse for anybody; or say what was held.

    It is looked at on its first day and on every later day from which either rule changes.
    """
    here = applied(national, variant)
    days = days_to_check(national, variant)
    if not days:
        raise _below(variant, "the guarantee is not in force on any of its days")
    for day in days:
        _check_parameters(national, here, variant, day)
    wrong = failed(here)
    if wrong:
        raise _below(variant, f"a test does not come out: {wrong[0]}")
    _check_tests(national, here, variant)
    people, whole = 0, True
    for day in days:
        rows, all_of_them = _check_people(national, here, variant, day)
        people, whole = people + rows, whole and all_of_them
    return Checked(people, len(days), whole, SEED)


def is_below(national: Guarantee, variant: Variant, day: date) -> bool:
    """Whether a variant, once lawful, is below what the guarantee has become by a day."""
    here = applied(national, variant)
    try:
        _check_parameters(national, here, variant, day)
        _check_people(national, here, variant, day)
    except Refused:
        return True
    return False


def days_to_check(national: Guarantee, variant: Variant) -> list[date]:
    """The days on which either rule begins to be another, from the variant's first on."""
    changes = {variant.first_day, national.first_day}
    for one in national.parameters.values():
        changes |= {first for first, _ in one.values}
    for values in variant.values.values():
        changes |= {first for first, _ in values}
    last = min(filter(None, (variant.last_day, national.last_day)), default=LAST_DAY)
    return sorted(day for day in changes if variant.first_day <= day <= last
                  and national.is_law_on(day))  # fmt: skip


def _below(variant: Variant, why: str) -> Refused:
    return Refused(
        f"'{variant.title}' cannot be set in {variant.place}",
        why=why,
        next_step="A place may do better than the floor and never worse: change it there",
    )


def _check_parameters(national: Guarantee, here: Guarantee, variant: Variant, day: date) -> None:
    for code, floor in national.parameters.items():
        least, own = floor.on(day), here.parameters[code].on(day)
        if least is None or own is None:
            continue
        worse = {Better.HIGHER: own < least, Better.LOWER: own > least}.get(floor.better, False)
        if worse:
            says, floor_says = (amount_in_words(n, floor.unit) for n in (own, least))
            why = f"'{floor.title}' (parameters.{code}) is worse from {in_words(day)}: {says}, "
            raise _below(variant, f"{why}against {floor_says} in the guarantee")


def _check_tests(national: Guarantee, here: Guarantee, variant: Variant) -> None:
    """Each person of the national tests, too, gets at least what they get from the centre."""
    for case in national.tests:
        day = max(case.on, variant.first_day)
        if not here.is_law_on(day):
            continue
        for code, value in case.person.items():
            here.facts[code].check(value)
        columns = {code: [value] for code, value in case.person.items() if value is not None}
        found = _first_below(national, here, Crowd.of(columns, here.facts), day)
        if found is not None:
            why = f"the person of the national test '{case.name}' would be worse off"
            raise _below(variant, why)


def _check_people(
    national: Guarantee, here: Guarantee, variant: Variant, day: date
) -> tuple[int, bool]:
    columns, whole = grid(national, here, day)
    crowd = Crowd.of(columns, here.facts)
    row = _first_below(national, here, crowd, day)
    if row is not None:
        person = {code: column[row] for code, column in columns.items()}
        raise _below(variant, _told(here, person, day))
    return crowd.rows, whole


def _first_below(national: Guarantee, here: Guarantee, crowd: Crowd, day: date) -> int | None:
    """The first row of somebody who gets less here than from the centre, or None."""
    if national.who is None or here.who is None:
        return None
    at, own = national.setting(day), here.setting(day)
    wider = Setting(day, here.facts, at.parameters)
    floor, found = answers(national.who, crowd, wider), answers(here.who, crowd, own)
    below = (floor == Answer.YES) & (found != Answer.YES)
    if national.gives.amount is not None and national.gives.better is not Better.NEITHER:
        least, known = worths(national.gives.amount, crowd, wider)
        amount, also = worths(here.gives.amount or national.gives.amount, crowd, own)
        higher = national.gives.better is Better.HIGHER
        worse = amount < least if higher else amount > least
        below |= (floor == Answer.YES) & known & (~also | worse)
    rows = np.flatnonzero(below)
    return int(rows[0]) if len(rows) else None


def _told(here: Guarantee, person: dict[str, Value], day: date) -> str:
    facts = "; ".join(
        f"{here.facts[code].title.lower()}: {here.facts[code].say(value)}"
        for code, value in person.items()
    )
    return f"on {in_words(day)} somebody would be worse off than by the guarantee ({facts})"


def grid(national: Guarantee, here: Guarantee, day: date) -> tuple[dict[str, list[Any]], bool]:
    """People at and beside every boundary, as columns; and whether all combinations are there."""
    asked = [code for code in here.facts if code in {*national.asks, *here.asks}]
    values = {code: _boundaries(here.facts[code], national, here, day) for code in asked}
    if prod(len(column) for column in values.values()) <= MOST_PEOPLE:
        axes = np.meshgrid(*(np.arange(len(column)) for column in values.values()), indexing="ij")
        places = dict(zip(values, (axis.ravel() for axis in axes), strict=True))
        return {code: [values[code][n] for n in places[code]] for code in values}, True
    chance = np.random.default_rng(SEED)
    drawn = {
        code: [column[n] for n in chance.integers(0, len(column), MOST_PEOPLE)]
        for code, column in values.items()
    }
    for code in asked:
        drawn[code] += _between(here.facts[code], values[code], chance)
    return drawn, False


def _between(fact: Fact, column: list[Any], chance: np.random.Generator) -> list[Any]:
    """Values drawn between the boundaries, where there is anything between them."""
    if fact.kind in (FactKind.NUMBER, FactKind.PENCE):
        return [int(n) for n in chance.integers(fact.least, fact.most, _BETWEEN, endpoint=True)]
    if fact.kind is FactKind.DAY:
        first, last = min(column).toordinal(), max(column).toordinal()
        ordinals = chance.integers(first, last, _BETWEEN, endpoint=True)
        return [date.fromordinal(int(n)) for n in ordinals]
    return [column[n] for n in chance.integers(0, len(column), _BETWEEN)]


def _boundaries(fact: Fact, national: Guarantee, here: Guarantee, day: date) -> list[Any]:
    """The values of a fact at which something could change, and those just beside them."""
    if fact.kind is FactKind.YES_NO:
        return [False, True]
    if fact.kind is FactKind.CHOICE:
        return list(fact.choices)
    numbers = _numbers(national, day) | _numbers(here, day)
    if fact.kind is FactKind.DAY:
        return sorted(set(_days(fact.code, national, here, numbers, day)))
    beside = {n + d for n in numbers for d in (-1, 0, 1)} | {fact.least, fact.most}
    return sorted(n for n in beside if fact.least <= n <= fact.most)


def _rules(guarantee: Guarantee) -> Iterator[Node]:
    for rule in (guarantee.who, guarantee.gives.amount):
        if rule is not None:
            yield from inside(rule)


def _numbers(guarantee: Guarantee, day: date) -> set[int]:
    """Every number that a rule says on a day."""
    said = {node.value for node in _rules(guarantee) if isinstance(node, Literal)}
    known = (one.on(day) for one in guarantee.parameters.values())
    return said | {value for value in known if value is not None}


def _days(
    code: str, national: Guarantee, here: Guarantee, numbers: set[int], day: date
) -> Iterator[date]:
    """Days from which so many units have passed on the day that counts, and those beside them."""
    yield from (FIRST_DAY, day - 365 * 130 * _DAY, day, day + _DAY)
    for node in (*_rules(national), *_rules(here)):
        if not isinstance(node, Since) or code not in (node.fact, node.on_fact):
            continue
        until = last_of(node.lasts, day) if node.lasts else day
        for number in numbers:
            if not 0 <= number <= _LONGEST[node.unit]:
                continue
            first = began(until, number, node.unit)
            if first is not None and FIRST_DAY + _DAY <= first <= LAST_DAY - 2 * _DAY:
                yield from (first - _DAY, first, first + _DAY)
