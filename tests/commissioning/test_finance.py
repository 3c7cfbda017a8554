"""The financial plan: every total adds up to the penny, and each budget stands alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.commissioning.rules.building import line_number
from totalplace.commissioning.rules.case import Case, Fund
from totalplace.commissioning.rules.finance import (
    Cause,
    FinancialPlan,
    Money,
    Paid,
    Part,
    Planned,
    Reserve,
    Row,
    financial_plan,
)
from totalplace.commissioning.rules.finance_told import (
    balances,
    noticed,
    paid_words,
    whole_words,
)

from .cases import case, option

YEARS = 3
NAMES = {"": "Wexshire Council", "icb": "Wexshire ICB"}


def a_place() -> Case:
    """A council's grant, an aligned budget of the NHS, and a fund for one purpose."""
    return replace(
        case(
            option("early-help", 60),
            option("visits", 40, agency="icb", funds=("nhs",)),
            option("roads", 10, funds=("roads",)),
            pounds=0,
            years=YEARS,
        ),
        funds=(
            Fund("grant", "the block grant", (60_00,) * YEARS),
            Fund("nhs", "NHS money", (40_00,) * YEARS, holder="icb", aligned=True),
            Fund("roads", "roads money", (12_00,) * YEARS, only=True),
        ),
    )


def paid_now(of: Case) -> tuple[list[int], dict[tuple[str, int], dict[str, int]]]:
    """What is spent now, each option from the fund that it names, else from the grant."""
    chosen = [0] * (of.years * len(of.options))
    paid = {}
    for place, one in enumerate(of.options):
        for year in range(of.years):
            chosen[line_number(of, place, year)] = one.now_pence
            paid[one.code, year] = {(one.funds or ("grant",))[0]: one.now_pence}
    return chosen, paid


def told(money: Money, of: Case | None = None) -> FinancialPlan:
    """The table of a place that spends what it spends now."""
    of = of or a_place()
    return financial_plan(of, *paid_now(of), money)


def test_money_for_one_purpose_that_is_left_fills_no_gap() -> None:
    found = told(Money(pressures=(Planned("Pay", (1_00, 0, 0), cause=Cause.INFLATION),)))
    council = found.accounts[0]
    assert council.tied == (2_00, 2_00, 2_00)
    assert council.left == (-1_00, 0, 0)
    assert found.balanced is False
    said = [one.words for one in balances(found, NAMES)]
    assert said[0] == "the budget of Wexshire Council is short by £1.00"
    assert said[1] == "the budget of Wexshire Council is in balance"
    assert whole_words(found) == "Not in balance: 1 budget is short in a year"


def test_a_partners_money_does_not_balance_the_council() -> None:
    spare = Planned("Spare money of the NHS", (5_00,) * YEARS, whose="icb")
    gap = Planned("Demand", (5_00,) * YEARS, cause=Cause.DEMAND)
    found = told(Money(resources=(spare,), pressures=(gap,)))
    assert found.whole.left == (0, 0, 0)
    assert {one.whose: one.left for one in found.accounts} == {"": (-5_00,) * 3, "icb": (5_00,) * 3}
    assert found.balanced is False


def test_the_accountable_body_is_one_however_it_is_named() -> None:
    pay = Planned("Pay", (0,) * YEARS, whose="council")
    of = a_place()
    found = financial_plan(of, *paid_now(of), Money(pressures=(pay,)), accountable="council")
    assert [one.whose for one in found.accounts] == ["", "icb"]


def test_a_sum_that_is_not_known_leaves_its_year_not_known_to_be_in_balance() -> None:
    found = told(Money(resources=(Planned("Council tax", (3_00, None, 3_00)),)))
    assert [found.accounts[0].balanced(year) for year in range(YEARS)] == [True, None, True]
    assert found.total(Part.OWN) == (3_00, None, 3_00)
    assert found.balanced is None
    assert found.unknown == ("Other resources: Council tax, year 2 of 3",)
    assert any("Council tax, year 2" in one for one in noticed(found, NAMES))


def test_savings_that_release_no_cash_are_shown_and_not_counted() -> None:
    saving = Planned("Time of nurses", (9_00,) * YEARS, owner="A. Director", cashable=False)
    cash = Planned("Lease ended", (4_00,) * YEARS, owner="B. Director")
    found = told(Money(savings=(saving, cash)))
    assert found.accounts[0].left == (4_00,) * YEARS
    assert found.uncashable == (saving,)
    assert "Time of nurses releases no cash, so it is not counted" in noticed(found, NAMES)


def test_a_reserve_opens_as_it_closed_and_tells_when_it_is_below_its_least_level() -> None:
    reserve = Reserve("General reserve", 10_00, (6_00, 0, 0), (0, 1_00, 1_00), 6_00, "5 per cent")
    found = told(Money(reserves=(reserve,)))
    level = found.levels[0]
    assert level.opening == (10_00, 4_00, 5_00)
    assert level.closing == (4_00, 5_00, 6_00)
    assert level.short == (2_00, 1_00, 0)
    said = noticed(found, NAMES)
    assert "General reserve falls below its least level by £2.00 at the end of 2026-27" in said
    assert "£6.00 of reserves is used in 2026-27: it can be spent once" in said


def test_a_reserve_that_is_overspent_is_said_even_where_no_level_is_set() -> None:
    reserve = Reserve("General reserve", 1_00, (2_00, 0, 0), (0, 0, 0))
    said = noticed(told(Money(reserves=(reserve,))), NAMES)
    assert "General reserve falls below nothing by £1.00 at the end of 2026-27" in said
    assert "No least level of General reserve is set" in said


def test_a_plan_that_is_not_paid_for_is_no_table() -> None:
    of = a_place()
    chosen, paid = paid_now(of)
    paid["roads", 1] = {}
    with pytest.raises(ValueError, match="what pays for roads is not what is spent on it"):
        financial_plan(of, chosen, paid, Money())
    with pytest.raises(ValueError, match="Pay has 1 years, not 3"):
        financial_plan(of, *paid_now(of), Money(pressures=(Planned("Pay", (1,)),)))


pence = st.integers(0, 10**12)
sums = st.lists(st.one_of(st.none(), pence), min_size=YEARS, max_size=YEARS).map(tuple)
whose = st.sampled_from(["", "icb", "police"])
planned = st.builds(Planned, st.sampled_from(["a", "b"]), sums, whose, cashable=st.booleans())
reserves = st.builds(
    Reserve, st.just("r"), st.one_of(st.none(), pence), sums, sums, st.none(), st.just(""), whose
)
lists = st.lists(planned, max_size=4).map(tuple)
money = st.builds(Money, lists, lists, lists, lists, st.lists(reserves, max_size=2).map(tuple))


@given(money, st.lists(pence, min_size=9, max_size=9), st.lists(st.integers(0, 100), min_size=9))
def test_every_total_adds_up_to_the_penny(
    found: Money, chosen: list[int], split: list[int]
) -> None:
    of = a_place()
    paid: Paid = {
        (one.code, year): {
            "grant": chosen[at] * split[at] // 100,
            "nhs": chosen[at] - chosen[at] * split[at] // 100,
        }
        for place, one in enumerate(of.options)
        for year in range(YEARS)
        for at in [line_number(of, place, year)]
    }
    plan = financial_plan(of, chosen, paid, found)
    for year in range(YEARS):
        spent = sum(chosen[line_number(of, place, year)] for place in range(3))
        assert plan.total(Part.PLAN)[year] == spent
        parts = [(part, plan.total(part)[year]) for part in Part]
        if any(pence is None for _, pence in parts):
            assert plan.whole.left[year] is None
            continue
        in_, out = (
            sum(pence or 0 for part, pence in parts if part.comes_in is side)
            for side in (True, False)
        )
        assert plan.whole.left[year] == in_ - out - (plan.whole.tied[year] or 0)
        assert plan.whole.left[year] == sum(one.left[year] or 0 for one in plan.accounts)
        assert plan.whole.tied[year] == sum(one.tied[year] or 0 for one in plan.accounts)


def test_a_grant_that_a_partner_spends_is_paid_to_it_from_who_is_accountable_for_it() -> None:
    names = {**NAMES, "council": "Wexshire Council"}
    rows = (
        Row(Part.PLAN, "icb", "", (1,)),
        Row(Part.PLAN, "council", "", (1,)),
        Row(Part.PLAN, "icb", "icb", (1,)),
        Row(Part.PLAN, "council", "icb", (1,)),
    )
    assert [paid_words(row, names) for row in rows] == [
        "paid to it from the grant that Wexshire Council holds",
        "from money that it holds itself",
        "from money that it holds itself",
        "paid to it from money that Wexshire ICB holds",
    ]
