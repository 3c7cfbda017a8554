"""What is protected when money falls, what goes first, and from where no plan is lawful."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.commissioning.cases import WELL, case, effect, option

from totalplace.commissioning.rules.case import Case, Fund
from totalplace.commissioning.rules.weighing.pressure import pressure, with_less


def _place(**more: Any) -> Case:
    return case(
        option("north", 5_000, effect("0.5"), least_pence=300_000),
        option("south", 5_000, effect("0.3", of=WELL), least_pence=400_000),
        option("critical", 2_000, effect("0.01"), protected=True),
        option("roads", 1_000),
        pounds=13_000,
        **more,
    )


def test_what_reaches_least_goes_first_down_to_its_floor() -> None:
    its = pressure(_place(), (0, 5, 10, 20, 40))
    by_code = {one.option: one for one in its.options}
    # south reaches 12 points for £10,000, north 30; south is at its floor of £4,000 from the start
    assert by_code["south"].pence == (400_000, 400_000, 400_000, 400_000, None)
    # of 13,000 less 5 per cent each time, and roads follow with their 1,000
    assert by_code["north"].pence == (600_000, 540_000, 480_000, 360_000, None)
    assert by_code["north"].first_cut == 5
    assert its.options[0].option == "north"
    assert "floor of £4,000" in by_code["south"].told


def test_what_is_protected_keeps_its_money_and_what_has_no_known_effect_follows_its_funds() -> None:
    its = pressure(_place(), (0, 20))
    by_code = {one.option: one for one in its.options}
    assert by_code["critical"].pence == (200_000, 200_000)
    assert by_code["critical"].told == "It is protected: it never gets less than now."
    assert by_code["roads"].pence == (100_000, 80_000)
    assert by_code["roads"].told.startswith(
        "Its effect is not known, so that it falls as its funds"
    )


def test_from_where_no_plan_is_lawful_there_is_a_refusal_with_its_proof() -> None:
    its = pressure(_place(), (0, 20, 40))
    assert its.no_plan_at == 40
    refusal = its.cuts[-1].refusal
    assert refusal is not None
    assert refusal.proved
    # floors of £3,000, £4,000 and £2,000 and the £600 that are left of roads, of £7,800
    assert {one.gap for one in refusal.demands if one.demand == "money grant 1"} == {180_000}


@given(st.data())
def test_what_follows_its_funds_is_paid_for_to_the_penny(draw: st.DataObject) -> None:
    """Two services with no known effect, and money that must all be spent on them."""
    now = [draw.draw(st.integers(0, 10**9)) for _ in range(2)]
    options = [replace(option(f"o{n}", 0), now_pence=its) for n, its in enumerate(now)]
    fund = Fund("grant", "the grant", (sum(now),) * 3, must_spend=True)
    share = draw.draw(st.floats(0, 100, allow_nan=False))
    its = with_less(case(*options, pounds=0, years=3, funds=(fund,)), share)
    for year in range(3):
        held = [one.held_pence[year] for one in its.options]
        assert sum(held) == (its.funds[0].pence[year] if sum(now) else 0)


def test_money_falls_in_equal_steps_and_that_of_others_does_not() -> None:
    funds = (Fund("grant", "g", (1_000,) * 5), Fund("nhs", "n", (1_000,) * 5, aligned=True))
    its = with_less(case(pounds=0, years=5, funds=funds), 20)
    assert its.funds[0].pence == (960, 920, 880, 840, 800)
    assert its.funds[1].pence == (1_000,) * 5
