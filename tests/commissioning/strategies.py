"""Random cases that could be: small, whole, and without a fault."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from totalplace.commissioning.rules.case import (
    Area,
    Case,
    Effect,
    Fund,
    Grade,
    In,
    Kind,
    Option,
    Prevents,
    Rule,
    Wanted,
)

WORDS: Final = st.text(
    "abcdefghijklmnopqrstuvwxyzABC 0123456789'éŵ£-().", min_size=1, max_size=20
).map(lambda said: " ".join(said.split()) or "x")
SUMS: Final = st.integers(0, 10**9)
NUMBERS: Final = st.decimals(-10_000, 10_000, allow_nan=False, places=5)
MAYBE: Final = st.none() | st.integers(1, 10**6)
YES: Final = st.booleans()


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case with some options, outcomes, funds, rules and areas."""
    years = draw(st.integers(1, 3))
    weights = draw(st.sampled_from([(100,), (60, 40), (0, 33, 67)]))
    wanted = tuple(
        Wanted(f"outcome-{n}", "E10000017", draw(WORDS), "people",
               draw(st.decimals("0.01", 10_000, places=2)), weight, draw(YES))
        for n, weight in enumerate(weights)
    )  # fmt: skip
    funds = [
        Fund(f"fund-{n}", f"{draw(WORDS)} {n}", tuple(draw(SUMS) for _ in range(years)),
             draw(WORDS), draw(YES), n > 0 and draw(YES), draw(YES), f"line {n}")
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    number = draw(st.integers(1, 5))
    options = tuple(draw(_options(n, wanted, funds)) for n in range(number))
    rules = tuple(draw(_rules(n, options, wanted, years)) for n in range(draw(st.integers(0, 4))))
    areas = tuple(Area(f"area-{n}", draw(WORDS), draw(st.integers(0, 10**6))) for n in range(2))
    return Case(
        draw(st.sampled_from(["corner", "2026", "1e5"])), 2027, years, options, wanted,
        tuple(funds), rules, areas, draw(WORDS),
    )  # fmt: skip


@st.composite
def _options(draw: st.DrawFn, n: int, wanted: tuple[Wanted, ...], funds: list[Fund]) -> Option:
    its = draw(st.lists(st.sampled_from(funds), unique_by=lambda fund: fund.code, max_size=2))
    effects = tuple(draw(_effects(one)) for one in wanted if draw(YES))
    prevents = (
        Prevents("option-0", draw(st.decimals("0.001", 10, places=3)), draw(st.integers(0, 5))),
    )
    closes = draw(YES)  # what has a floor, or is protected, may not
    return Option(
        code=f"option-{n}", title=draw(WORDS), agency=draw(st.sampled_from(["council", "nhs"])),
        now_pence=draw(SUMS), unit="place", unit_pence=draw(st.integers(1, 10**6)),
        fixed_pence=draw(SUMS), area=draw(st.sampled_from(["", "area-0", "area-1"])),
        group=draw(st.sampled_from(["", "under fives"])), least_pence=0 if closes else draw(SUMS),
        most_more_units=draw(MAYBE), most_fewer_units=draw(MAYBE), saturates_units=draw(MAYBE),
        protected=not closes and draw(YES), may_close=closes,
        funds=tuple(fund.code for fund in its), covers=(f"council/line-{n}",), effects=effects,
        prevents=prevents if n and draw(YES) else (),
    )  # fmt: skip


@st.composite
def _effects(draw: st.DrawFn, wanted: Wanted) -> Effect:
    low, mid, high = sorted(draw(NUMBERS) for _ in range(3))
    return Effect(
        wanted.indicator, wanted.area, "people", low, mid, high, draw(st.sampled_from(Grade)),
        draw(WORDS), draw(st.sampled_from(["", "https://example.org/a?b=c"])),
        draw(st.integers(0, 30)), draw(st.integers(1, 30)),
        draw(st.decimals(0, 1, places=4)), draw(st.sampled_from(["", "record/12"])),
    )  # fmt: skip


@st.composite
def _rules(
    draw: st.DrawFn, n: int, options: tuple[Option, ...], wanted: tuple[Wanted, ...], years: int
) -> Rule:
    counted = draw(st.sampled_from(In))
    chosen = draw(st.lists(st.sampled_from(options), min_size=1, unique_by=lambda one: one.code))
    least, more = draw(st.integers(0, 10**9)), draw(st.integers(0, 10**9))
    most = None if counted is In.EFFECT else Decimal(least + more)
    outcome = (wanted[-1].indicator, wanted[-1].area) if counted is In.EFFECT else None
    return Rule(
        f"rule-{n}", draw(WORDS), draw(st.sampled_from(Kind)), tuple(one.code for one in chosen),
        counted, Decimal(least), most, draw(st.none() | st.integers(0, years - 1)), outcome,
        draw(WORDS),
    )  # fmt: skip
