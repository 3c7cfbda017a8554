"""Whatever the case, each of the three plans meets every demand of it and is paid for once."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.candidates import Unsolved, candidates
from totalplace.commissioning.rules.case import Area, Case, Fund, In, Kind, Option, Rule
from totalplace.commissioning.rules.plan_refused import refused_of
from totalplace.commissioning.rules.solving import check, paid_from
from totalplace.commissioning.rules.sorts import PROPOSABLE

from .cases import READY, WELL, case, effect, option

CASES = 300 if os.environ.get("TOTALPLACE_THOROUGH") else 10


def a_fund(draw: random.Random, years: int, *, aligned: bool) -> Fund:
    pence = tuple(draw.randint(0, 100_000 if aligned else 300_000) for _ in range(years))
    if not aligned:
        return Fund("grant", "the grant", pence)
    only, must = draw.random() < 0.5, draw.random() < 0.2
    return Fund("nhs", "aligned", pence, aligned=True, only=only, must_spend=must)


def an_option(draw: random.Random, code: str, funds: list[str]) -> Option:
    now = draw.randint(0, 800)
    sometimes: dict[str, Any] = {
        "fixed_pence": draw.randint(0, now * 50 + 1),
        "may_close": True,
        "saturates_units": draw.randint(1, 200),
        "least_pence": draw.randint(0, now * 100),
        "capacity_units": draw.randint(1, 200),
        "most_more_units": draw.randint(0, 50),
        "most_fewer_units": draw.randint(0, 50),
        "protected": True,
        "funds": tuple(draw.sample(funds, draw.randint(1, len(funds)))),
    }
    chosen = {name: value for name, value in sometimes.items() if draw.random() < 0.3}
    of, mid = draw.choice([READY, WELL]), str(round(draw.uniform(-0.3, 2), 3))
    effects = [effect(mid, of=of, lag_years=draw.randint(0, 2))] if draw.random() < 0.85 else []
    where = {"agency": draw.choice("abc"), "area": draw.choice(["", "N", "S"])}
    return option(code, now, *effects, **where, **chosen)


def a_case(seed: int) -> Case:
    """A small case of years, funds that overlap, services that close, ramps and guarantees."""
    draw = random.Random(seed)
    years = draw.randint(1, 3)
    funds = [a_fund(draw, years, aligned=aligned) for aligned in (False, True)]
    funds = funds[: draw.randint(1, 2)]
    codes = [one.code for one in funds]
    options = [an_option(draw, f"o{n}", codes) for n in range(draw.randint(1, 6))]
    some = tuple(one.code for one in draw.sample(options, draw.randint(1, len(options))))
    rules = [
        Rule("r", "a guarantee", Kind.ENTITLEMENT, some, least=Decimal(draw.randint(0, 40_000))),
        Rule("u", "units", Kind.CAPACITY, some[:1], In.UNITS, most=Decimal(draw.randint(0, 100))),
    ]
    areas = (Area("N", "North", draw.randint(1, 900)), Area("S", "South", draw.randint(1, 900)))
    made = case(*options, pounds=1, years=years)
    return replace(
        made,
        funds=tuple(funds),
        rules=tuple(one for one in rules if draw.random() < 0.3),
        areas=areas if draw.random() < 0.6 else (),
    )


@settings(max_examples=CASES, deadline=None)
@given(st.integers(0, 10**9))
@example(163)
@example(49)
def test_the_three_plans_of_any_case_meet_every_demand_to_the_penny(seed: int) -> None:
    its = a_case(seed)
    made = candidates(its, seconds=2)
    problem = problem_of(its)
    if isinstance(made, Unsolved):
        assert refused_of(made.problem, its).next_step
        return
    assert [one.sort in PROPOSABLE for one in made] == [True] * 3 + [False] * 3
    for one in made[:3]:
        assert all(found.met for found in check(problem, one.pence))
        assert one.bound is not None
        assert one.points <= one.bound
        paid = paid_from(its, one.pence)
        assert sum(sum(by.values()) for by in paid.values()) == sum(one.pence)
    assert made[2].moved_pence <= made[0].moved_pence
