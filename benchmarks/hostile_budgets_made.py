"""Budgets made to break floors: small and middling, each by its seed and number.

Each is of one of the ways in which real budgets go wrong, and half of them go wrong by one penny.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import inf
from random import Random
from typing import Final

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import (
    Case,
    Effect,
    Fund,
    Grade,
    In,
    Kind,
    Option,
    Rule,
    Wanted,
)
from totalplace.commissioning.rules.problem import Aim, Demand, Line, Problem

SEED: Final = 20261126
OUTCOMES: Final = (("ready", "X01"), ("well", "X01"))
UNITS: Final = (1, 3, 7, 100, 333, 1_000, 4_567, 123_457)


def hostile(number: int, *, seed: int = SEED) -> tuple[str, Problem]:
    """The budget of a number, and the name of the way in which it is hostile."""
    chance = Random(seed * 1_000_003 + number)  # noqa: S311  (budgets need chance, not secrecy)
    names = list(WAYS)
    name = names[number % len(names)]
    return name, WAYS[name](chance)


def _effect(chance: Random, of: tuple[str, str]) -> Effect:
    mid = Decimal(chance.randint(-20, 400)) / 1_000
    return Effect(
        of[0], of[1], "people", mid - 1, mid, mid + 1, Grade.COMPARED, "made up",
        "https://example.org/made-up", lasts_years=chance.choice((1, 1, 3)),
    )  # fmt: skip


def _option(chance: Random, number: int, size: int, funds: tuple[str, ...]) -> Option:
    now, unit = chance.randint(0, size), chance.choice(UNITS)
    effects = tuple(_effect(chance, of) for of in OUTCOMES if chance.random() < 0.7)
    fixed = chance.choice((0, 0, 0, now // 4))
    return Option(
        f"s{number}", f"Service {number}", f"agency {number % 3}", now, "visit",
        None if chance.random() < 0.1 else unit,
        fixed_pence=fixed,
        least_pence=chance.choice((0, 0, now // 2, now)),
        capacity_units=chance.choice((None, None, now // unit, now // unit + 5)),
        most_more_units=chance.choice((None, None, 1 + now // unit // 10)),
        most_fewer_units=chance.choice((None, None, 1 + now // unit // 10)),
        saturates_units=chance.choice((None, 1 + now // unit)),
        protected=chance.random() < 0.1,
        may_close=fixed > 0 and chance.random() < 0.7,
        funds=funds,
        effects=effects,
    )  # fmt: skip


def _case(chance: Random, **more: object) -> Case:
    """A place with some services, and so much money as it spends now, more or less."""
    count = chance.choice((2, 3, 4, 5, 6, 8, 25)) if "count" not in more else 3
    size = chance.choice((50, 10_000, 10_000_000, 10**11))
    years = chance.choice((1, 1, 1, 2, 3))
    funds = [(), ("grant",), ("grant", "ring"), ("ring",)] if more.get("overlap") else [()]
    options = tuple(_option(chance, n, size, chance.choice(funds)) for n in range(count))
    now = sum(one.now_pence for one in options)
    held = max(0, now + chance.choice((0, 0, -1, 1, -now // 10, now // 10, -now // 3)))
    kept = [Fund("grant", "the block grant", (held,) * years)]
    if more.get("overlap"):
        ring = chance.randint(0, 1 + now // 2)
        must = chance.random() < 0.6
        kept.append(Fund("ring", "ring-fenced", (ring,) * years, only=True, must_spend=must))
    wanted = tuple(Wanted(*of, of[0], "people", Decimal(1_000), 50) for of in OUTCOMES)
    return Case("made up", 2026, years, options, wanted, tuple(kept))


def _units(case: Case, code: str, chance: Random) -> Decimal:
    option = case.option(code)
    bought = Fraction(max(0, option.now_pence - option.fixed_pence), option.unit_pence or 1)
    return Decimal(chance.choice((int(bought), int(bought) + 1, int(bought) // 2))) + Decimal(
        chance.choice(("0", "0", "0.5", "0.01"))
    )


def _guarantees(chance: Random) -> Problem:
    """National guarantees that ask more together than there is."""
    case = _case(chance)
    rules: list[Rule] = []
    for number in range(chance.randint(1, 4)):
        among = [one.code for one in case.options if one.unit_pence]
        if among:
            chosen = tuple(chance.sample(among, chance.randint(1, len(among))))
            least = sum((_units(case, code, chance) for code in chosen), Decimal(0))
            rules.append(
                Rule(f"g{number}", f"guarantee {number}", Kind.ENTITLEMENT, chosen, In.UNITS, least)
            )
    return problem_of(replace(case, rules=tuple(rules)))


def _ring_fences(chance: Random) -> Problem:
    """Ring-fences and conditions in pounds that are greater than the grant, or nearly."""
    case = _case(chance, overlap=chance.random() < 0.5)
    rules: list[Rule] = []
    for number in range(chance.randint(1, 5)):
        chosen = tuple(
            one.code for one in chance.sample(case.options, chance.randint(1, len(case.options)))
        )
        now = sum(case.option(code).now_pence for code in chosen)
        sum_ = Decimal(max(0, now + chance.choice((-1, 0, 1, -now // 8, now // 8)))) + Decimal(
            chance.choice(("0", "0", "0.5"))
        )
        least, most = chance.choice(((sum_, None), (None, sum_), (sum_, sum_)))
        rules.append(
            Rule(f"r{number}", f"ring {number}", Kind.RING_FENCE, chosen, In.PENCE, least, most)
        )
    return problem_of(replace(case, rules=tuple(rules)))


def _funds(chance: Random) -> Problem:
    """Funds that overlap, of which one must be spent."""
    return problem_of(_case(chance, overlap=True))


def _targets(chance: Random) -> Problem:
    """A target of an outcome that is a little more, or much more, than the money reaches."""
    case = _case(chance)
    free = problem_of(case)
    codes = tuple(one.code for one in case.options)
    rule = Rule("t", "a target", Kind.TARGET, codes, In.EFFECT, Decimal(1), None, 0, OUTCOMES[0])
    aim = problem_of(replace(case, rules=(rule,))).aims[0]
    reached = sum(
        each * free.lines[line].points(free.lines[line].now)
        for each, line in zip(aim.each, aim.lines, strict=True)
    )
    asked = reached * chance.choice((0.5, 0.99, 0.99999, 1.00001, 1.02, 1.5, 4.0))
    return replace(free, aims=(replace(aim, amount=asked),))


def _by_a_penny(chance: Random) -> Problem:
    """Sums in awkward fractions, met by one plan exactly; then often asked a penny more."""
    count = chance.choice((2, 3, 4, 5, 6, 8, 12, 30))
    size = chance.choice((10, 1_000, 10**6, 10**9, 10**12))
    plan = [chance.randint(0, size) for _ in range(count)]
    lines = tuple(_line(chance, number, sum_, size) for number, sum_ in enumerate(plan))
    demands: list[Demand] = [_held(chance, plan)]
    for number in range(chance.randint(1, 6)):
        chosen = tuple(sorted(chance.sample(range(count), chance.randint(1, count))))
        units = chance.random() < 0.6
        each = tuple(Fraction(1, chance.choice(UNITS)) for _ in chosen) if units else None
        opened = tuple(
            each[n] * lines[line].fixed if each else Fraction(0) for n, line in enumerate(chosen)
        )
        found = sum(
            (
                plan[line] * (each[n] if each else 1) - (opened[n] if plan[line] else 0)
                for n, line in enumerate(chosen)
            ),
            Fraction(0),
        )
        found += chance.choice((0, 0, 0, 1, -1)) * min(each or (Fraction(1),))
        # exactly so many units of awkward parts is a riddle in whole pence, and no floor
        exactly = (found, None) if each and chance.random() < 0.97 else (found, found)
        least, most = chance.choice(((found, None), (None, found), exactly))
        unit = "visit" if each else "pence"
        demands.append(
            Demand(
                f"d{number}", f"demand {number}", Kind.CONDITION, chosen, each, least, most, unit,
                "", opened if each and any(opened) else None,
            )
        )  # fmt: skip
    return Problem(lines, tuple(demands), _aims(chance, lines, plan))


def _held(chance: Random, plan: list[int]) -> Demand:
    money = Fraction(sum(plan) + chance.choice((0, 0, -1, 1)))
    least = chance.choice((None, money))
    return Demand("all", "the money", Kind.GRANT, tuple(range(len(plan))), None, least, money)


def _line(chance: Random, number: int, sum_: int, size: int) -> Line:
    fixed = chance.choice((0, 0, sum_ // 2))
    least = max(fixed, chance.choice((0, 0, sum_, max(0, sum_ - 1))))
    most = max(chance.choice((sum_, sum_ + 1, 2 * sum_, size)), chance.choice((least, 0)))
    scale = chance.choice((inf, float(1 + size // 2), float(1 + size // 50)))
    return Line(
        f"s{number}", 0, f"agency {number % 3}", sum_, least, most,
        chance.random() / size, scale, fixed, least > 0 and chance.random() < 0.4,
    )  # fmt: skip


def _aims(chance: Random, lines: tuple[Line, ...], plan: list[int]) -> tuple[Aim, ...]:
    if chance.random() < 0.85:
        return ()
    chosen = tuple(sorted(chance.sample(range(len(lines)), chance.randint(1, len(lines)))))
    each = tuple(chance.random() for _ in chosen)
    reached = sum(e * lines[i].points(plan[i]) for e, i in zip(each, chosen, strict=True))
    return (Aim("aim", "an aim", chosen, each, reached * chance.choice((0.9, 1.01)), "people"),)


WAYS: Final[dict[str, Callable[[Random], Problem]]] = {
    "guarantees that conflict": _guarantees,
    "ring-fences greater than the grant": _ring_fences,
    "funds that overlap": _funds,
    "targets out of reach": _targets,
    "a penny more than there is": _by_a_penny,
}
