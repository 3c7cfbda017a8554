"""A case in an officer's words becomes lines, demands and aims."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.cases import WELL, case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Fund, In, Kind, Prevents, Rule
from totalplace.commissioning.rules.problem import Line


def test_the_slope_is_points_for_the_first_penny() -> None:
    its = problem_of(case(option("reading", 5_000, effect("0.5")), pounds=10_000))
    # half a child a place, of a gap of 1,000 that weighs 60, for 1,000 pence a place
    assert its.lines[0].slope == pytest.approx(60 * 0.5 / 1_000 / 1_000)
    assert (its.lines[0].least, its.lines[0].most, its.lines[0].scale) == (0, 1_000_000, inf)


def test_an_effect_that_lasts_is_felt_each_year_and_discounted() -> None:
    lasting = effect("0.5", lag_years=1, lasts_years=3, kept=Decimal("0.8"))
    once = problem_of(case(option("reading", 0, effect("0.5")), pounds=1)).lines[0].slope
    felt = sum(0.8**a / 1.035 ** (1 + a) for a in range(3))
    its = problem_of(case(option("reading", 0, lasting), pounds=1)).lines[0].slope
    assert its == pytest.approx(once * felt)


def test_money_without_an_effect_that_drives_is_left_where_it_is() -> None:
    untold = option("roads", 700)
    ungraded = option("talks", 300, effect("9", address=""))
    its = problem_of(case(untold, ungraded, pounds=5_000))
    assert [(line.least, line.most) for line in its.lines] == [(70_000, 70_000), (30_000, 30_000)]


def test_an_accepted_effect_drives() -> None:
    accepted = option("talks", 300, effect("9", address="", accepted="record/12"))
    assert problem_of(case(accepted, pounds=5_000)).lines[0].slope > 0


def test_funds_that_overlap_make_one_demand_for_each_way_they_are_put_together() -> None:
    schools = option("reading", 100, effect("1"), funds=("schools", "grant"))
    health = option("falls", 100, effect("1", of=WELL), funds=("health", "grant"))
    funds = (
        Fund("grant", "the block grant", (1_000,)),
        Fund("schools", "schools' money", (200,), only=True),
        Fund("health", "health's money", (300,), only=True, aligned=True, must_spend=True),
    )
    its = problem_of(case(schools, health, pounds=0, funds=funds))
    said = {one.code: (one.lines, one.least, one.most) for one in its.demands}
    assert said["money grant schools 1"] == ((0,), None, Fraction(1_200))
    assert said["money grant health schools 1"] == ((0, 1), None, Fraction(1_500))
    assert said["spend health 1"] == ((1,), Fraction(300), None)


def test_a_floor_in_units_counts_more_prevention_as_fewer_that_are_needed() -> None:
    visits = option(
        "visits", 1_000, effect("0.1", of=WELL), prevents=(Prevents("beds", Decimal("0.5")),)
    )
    beds = option("beds", 1_000, effect("0.1", of=WELL))
    floor = Rule("floor", "beds for all", Kind.ENTITLEMENT, ("beds",), In.UNITS, Decimal(90))
    its = problem_of(case(visits, beds, pounds=2_000, rules=(floor,), years=2))
    first, second = (one for one in its.demands if one.kind is Kind.ENTITLEMENT)
    assert (first.lines, first.least) == ((1,), Fraction(90))
    # 100 visits now prevent 50 already: only more than that lowers what is needed
    assert (second.lines, second.least) == ((3, 0), Fraction(140))
    assert second.each == (Fraction(1, 1_000), Fraction(1, 2_000))


def test_funds_that_share_no_option_are_not_put_together() -> None:
    schools = option("reading", 100, effect("1"), funds=("schools",))
    health = option("falls", 100, effect("1", of=WELL), funds=("health",))
    both = option("clubs", 100, effect("1"), funds=("health", "sport"))
    funds = (
        Fund("schools", "schools' money", (200,), only=True, must_spend=True),
        Fund("health", "health's money", (300,), only=True, must_spend=True),
        Fund("sport", "money for sport", (400,), only=True, must_spend=True),
    )
    its = problem_of(case(schools, health, both, pounds=0, funds=funds))
    assert [(one.code, one.lines) for one in its.demands] == [
        ("money health 1", (1,)),
        ("money schools 1", (0,)),
        ("money health sport 1", (1, 2)),
        ("spend health 1", (1, 2)),
        ("spend schools 1", (0,)),
        ("spend sport 1", (2,)),
        ("spend health sport 1", (1, 2)),
    ]


@given(st.data())
def test_a_plan_can_be_paid_for_exactly_where_the_demands_of_its_funds_are_met(
    draw: st.DataObject,
) -> None:
    """Held against the largest flow, found by trying every set of options (max flow, min cut)."""
    codes = ["a", "b", "c"]
    eligible = [
        draw.draw(st.sets(st.sampled_from(codes), min_size=1).map(sorted), label="funds")
        for _ in range(draw.draw(st.integers(1, 4)))
    ]
    held = {code: draw.draw(st.integers(0, 9)) for code in codes}
    funds = tuple(Fund(code, code, (pence,), only=True) for code, pence in held.items())
    options = [option(f"o{n}", 0, effect("1"), funds=tuple(its)) for n, its in enumerate(eligible)]
    spent = [draw.draw(st.integers(0, 9)) for _ in options]
    demands = problem_of(case(*options, pounds=0, funds=funds)).demands
    met = all(sum(spent[i] for i in one.lines) <= (one.most or 0) for one in demands)
    payable = all(
        sum(spent[i] for i in chosen)
        <= sum(held[code] for code in set().union(*(eligible[i] for i in chosen)))
        for size in range(1, len(options) + 1)
        for chosen in combinations(range(len(options)), size)
    )
    assert met == payable


def test_a_curve_that_hardly_bends_reaches_what_a_straight_line_does() -> None:
    lines = [
        Line("reading", 0, "council", 0, 0, 10**9, slope=1e-3, scale=its) for its in (1e21, inf)
    ]
    assert lines[0].points(10**9) == pytest.approx(lines[1].points(10**9), rel=1e-11)


def test_a_line_tells_whether_money_or_what_a_service_can_take_is_its_most() -> None:
    def most(pounds: int, **more: Any) -> tuple[int, int | None]:
        line = problem_of(case(option("a", 100, effect("1"), **more), pounds=pounds)).lines[0]
        return line.most, line.ceiling

    assert most(500) == (50_000, None)
    assert most(500, capacity_units=60) == (50_000, 60_000)
    assert most(500, capacity_units=50) == (50_000, 50_000)
    assert most(500, capacity_units=40) == (40_000, 40_000)
    assert most(500, capacity_units=60, most_more_units=45) == (50_000, 55_000)
