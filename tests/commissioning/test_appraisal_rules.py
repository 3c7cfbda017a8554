"""Costs and gains by year and party, how sure they are, and how a gain is shared."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.commissioning.definitions.appraisal.reading import grades, method, unit_values
from totalplace.commissioning.rules.appraisal import appraise
from totalplace.commissioning.rules.appraisal.chances import drawn, swings, switches
from totalplace.commissioning.rules.appraisal.flows import flows, middles, sums
from totalplace.commissioning.rules.appraisal.results import Cell, Column, Matrix, result
from totalplace.commissioning.rules.appraisal.sharing import Agreed, NoneExists, Split, share
from totalplace.commissioning.rules.appraisal.telling import summary, told
from totalplace.commissioning.rules.appraisal.terms import Gives, Pays, Prices, Shape, guesses
from totalplace.refusal import Refused

from .appraisals_made import (
    D,
    a_cost,
    a_gain,
    a_number,
    an_appraisal,
    an_outcome,
    numbers,
    uncertain,
)


def test_a_gain_is_the_product_of_its_numbers() -> None:
    its = numbers(take_up=a_number("0.5"), attrition=a_number("0.2"), success=a_number("0.25"),
                  deadweight=a_number("0.1"))  # fmt: skip
    found = result(an_appraisal(outcomes=(an_outcome("x", numbers=its, grade=3),)), method())
    # 100 x 0.5 x 0.8 x 0.25 x 0.9 x £1,000 x 0.9 for optimism
    assert found.matrix.cell("Hospital", Column.CASHABLE).yearly == (8_100_00,)


def test_optimism_is_put_on_costs_as_it_is_taken_off_gains() -> None:
    worst = result(an_appraisal(costs=(a_cost(grade=6),)), method())
    assert worst.costs == 140_000_00
    assert [one.share for one in grades()] == [D(n) / 100 for n in (0, 5, 10, 15, 25, 40)]


def test_intakes_lag_and_drop_off_fall_in_their_years() -> None:
    one = an_outcome(
        "x", numbers=numbers(drop_off=a_number("0.5")), intakes=2, lag_years=1, lasts_years=2
    )
    found = result(an_appraisal(years=5, outcomes=(one,)), method())
    # first intake: years 2 and 3 at 100,000 and 50,000; the second a year later
    assert found.matrix.cell("Hospital", Column.CASHABLE).yearly == (
        0, 100_000_00, 150_000_00, 50_000_00, 0,
    )  # fmt: skip


def test_prices_of_another_year_are_brought_to_the_base() -> None:
    prices = (Prices(2020, D(80), "An index"), Prices(2026, D(100), "An index"))
    its = an_appraisal(costs=(a_cost(price_year=2020),), prices=prices)
    assert result(its, method()).costs == 125_000_00
    with pytest.raises(ValueError, match="no index"):
        result(replace(its, prices=()), method())


def test_factors_follow_the_steps_of_the_green_book() -> None:
    standard, health = (one.factors(302) for one in (method().standard, method().health))
    assert [round(standard[n], 4) for n in (0, 1, 30, 31, 75, 76)] == [
        1.0, 0.9662, 0.3563, 0.3459, 0.0942, 0.0919,
    ]  # fmt: skip
    assert isclose(standard[31], standard[30] / 1.03)
    assert isclose(health[30], 1.015**-30)
    assert isclose(health[301], health[300] / 1.0043)


def test_only_health_itself_has_the_health_rates() -> None:
    later = an_outcome(
        "x",
        a_gain("money"),
        a_gain("health", gives=Gives.SOCIAL, cashable=a_number(0), health=True),
        lag_years=10,
    )
    found = result(an_appraisal(years=11, outcomes=(later,)), method()).matrix
    assert found.cell("Hospital", Column.CASHABLE).worth == round(100_000_00 / 1.035**10)
    assert found.cell("Hospital", Column.SOCIAL).worth == round(100_000_00 / 1.015**10)


def test_what_lasts_beyond_fifty_years_is_shown_at_lower_rates_too() -> None:
    long = an_outcome("x", lag_years=50)
    found = result(an_appraisal(years=51, outcomes=(long,)), method())
    assert found.lower_net is not None
    assert found.lower_net > found.net
    assert result(an_appraisal(years=50), method()).lower_net is None
    assert "lower rates beside" in " ".join(
        summary(appraise(an_appraisal(years=51), method(), draws=2))
    )


def test_the_matrix_adds_up_both_ways_to_the_penny() -> None:
    matrix = result(uncertain(), method()).matrix
    for place in range(matrix.years):
        by_party = sum(matrix.of_party(one).yearly[place] for one in matrix.parties)
        by_column = sum(matrix.of_column(one).yearly[place] for one in Column)
        assert by_party == by_column == matrix.of_all().yearly[place]
    assert sum(matrix.of_party(one).worth for one in matrix.parties) == matrix.of_all().worth


def test_what_can_be_cashed_stands_apart() -> None:
    matrix = result(uncertain(), method()).matrix
    cashed, rest = (
        matrix.cell("Health board", one) for one in (Column.CASHABLE, Column.NOT_CASHABLE)
    )
    assert all(abs(a - b) <= 1 for a, b in zip(cashed.yearly, rest.yearly, strict=True))
    assert matrix.cell("Residents", Column.CASHABLE).worth == 0


def test_time_given_in_kind_is_a_cost_and_no_cash() -> None:
    found = result(an_appraisal(costs=(a_cost(pays=Pays.IN_KIND),)), method())
    assert (found.costs, found.cash_net) == (100_000_00, 100_000_00)
    assert found.cash_payback.nothing_owed


def test_payback_is_the_year_from_which_nothing_is_owed_for_good() -> None:
    years = an_appraisal(
        years=5,
        outcomes=(an_outcome("x", lag_years=1, lasts_years=4),),
        costs=(a_cost(pence=(90_000_00, 0, 150_000_00)),),
    )
    assert result(years, method()).payback.years == 4  # back in year 2, but owed again in year 3
    never = replace(years, costs=(a_cost(pence=(900_000_00,)),))
    assert result(never, method()).payback.years is None


def test_at_its_switching_value_a_number_brings_as_much_as_it_costs() -> None:
    its = uncertain()
    for switch in switches(its, method()):
        values = middles(its)
        if switch.net is not None:
            at = {**values, switch.named.key: switch.net}
            assert abs(float(sums(flows(its, at, method())).net)) < 1
        if switch.fiscal is not None:
            at = {**values, switch.named.key: switch.fiscal}
            assert abs(float(sums(flows(its, at, method())).fiscal_net)) < 1
    turns = {one.named.key: one.net for one in switches(its, method())}
    assert turns["cashable care"] is None  # what can be cashed changes no net value


def test_the_widest_swing_stands_first_and_ends_at_the_ends() -> None:
    found = swings(uncertain(), method())
    assert [one.width for one in found] == sorted((one.width for one in found), reverse=True)
    first = found[0]
    at = {**middles(uncertain()), first.named.key: float(first.named.number.low)}
    assert round(float(sums(flows(uncertain(), at, method())).net)) == first.at_low


def test_draws_are_the_same_with_the_same_seed_and_lie_within_their_ends() -> None:
    one, again = (drawn(uncertain(), method(), seed=7, draws=500) for _ in range(2))
    assert one == again
    assert one != drawn(uncertain(), method(), seed=8, draws=500)
    assert one.net.low < one.net.mean < one.net.high
    sure = drawn(an_appraisal(), method(), draws=10)
    assert sure.net.low == sure.net.mean == sure.net.high == result(an_appraisal(), method()).net
    assert sure.net.give_or_take > 0  # ten draws never say that something is certain


@pytest.mark.parametrize("shape", list(Shape))
def test_each_shape_is_drawn_around_its_middle(shape: Shape) -> None:
    its = an_appraisal(
        outcomes=(an_outcome("x", a_gain(pounds=a_number(1000, 800, 1200, shape=shape))),)
    )
    spread = drawn(its, method(), draws=4000).net
    assert abs(spread.mean) < 1_000_00
    # standard deviations: triangle 200/sqrt(6), flat 400/sqrt(12), bell 400/3.92
    ends = {Shape.TRIANGLE: 155, Shape.FLAT: 190, Shape.BELL: 200}[shape]
    assert abs(spread.high - ends * 100_00) < 12 * 100_00


def test_no_draw_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        drawn(an_appraisal(), method(), draws=0)


def test_a_long_appraisal_drawn_in_parts_says_the_same_as_in_one() -> None:
    long = replace(uncertain(), years=300)
    values = {key: np.full(10_000, value) for key, value in middles(long).items()}
    whole = sums(flows(long, values, method())).net
    assert np.allclose(whole, float(sums(flows(long, middles(long), method())).net))
    assert drawn(long, method(), draws=7_000).draws == 7_000  # more than are held at once


def a_matrix(stakes: dict[str, tuple[int, int]], years: int = 3) -> Matrix:
    cells: dict[tuple[str, Column], Cell] = {}
    for who, (put, taken) in stakes.items():
        cells[who, Column.CASH_COST] = Cell((0,) * years, -put)
        cells[who, Column.CASHABLE] = Cell((0,) * years, taken)
    return Matrix(years, cells)


STAKES = st.dictionaries(
    st.sampled_from("ABCDEF"),
    st.tuples(st.integers(0, 10**9), st.integers(-(10**6), 10**9)),
    min_size=1,
)


@given(STAKES, st.sampled_from(list(Split)), st.sets(st.sampled_from("ABCDEF")))
def test_payments_leave_every_party_better_off_or_there_is_a_proof(
    stakes: dict[str, tuple[int, int]], split: Split, fixed: set[str]
) -> None:
    found = share(a_matrix(stakes), method().standard, split, tuple(fixed))
    nets = {who: taken - put for who, (put, taken) in stakes.items() if put or taken}
    payers = sum(net for who, net in nets.items() if net > 0 and who not in fixed)
    losses = -sum(net for net in nets.values() if net < 0)
    needy = sum(not (net > 0 and who in fixed) for who, net in nets.items())
    if isinstance(found, NoneExists):
        assert (found.could_pay, found.lacking) == (payers, losses)
        assert payers - losses < needy or not nets
        return
    assert sum(one.receives for one in found.parties) == 0
    assert sum(one.yearly[0] for one in found.parties) == 0
    for one in found.parties:
        assert one.after > 0
        assert one.stake.may_pay or one.receives >= 0
        assert one.after == nets[one.stake.who] + one.receives


def test_the_two_rules_share_a_gain_as_they_say() -> None:
    matrix = a_matrix({"Council": (100_00, 0), "Hospital": (0, 400_00), "Police": (0, 100_00)})
    stake = share(matrix, method().standard, Split.STAKE)
    alike = share(matrix, method().standard, Split.ALIKE)
    assert isinstance(stake, Agreed)
    assert isinstance(alike, Agreed)
    # 400 are left over; stakes are 100, 400 and 100
    assert [one.after for one in stake.parties] == [66_67, 266_66, 66_67]
    assert [one.after for one in alike.parties] == [133_34, 133_33, 133_33]


def test_a_party_that_may_not_pay_keeps_what_it_has() -> None:
    matrix = a_matrix({"Council": (100_00, 0), "Hospital": (0, 400_00), "Police": (0, 200_00)})
    found = share(matrix, method().standard, Split.STAKE, ("Hospital",))
    assert isinstance(found, Agreed)
    after = {one.stake.who: one.after for one in found.parties}
    assert after["Hospital"] >= 400_00
    none = share(matrix, method().standard, Split.STAKE, ("Hospital", "Police"))
    assert isinstance(none, NoneExists)
    assert (none.could_pay, none.lacking) == (0, 100_00)


def test_nobody_is_paid_out_of_what_cannot_be_cashed() -> None:
    gain = a_gain(pounds=a_number(10_000), cashable=a_number("0.05"))
    its = appraise(an_appraisal(outcomes=(an_outcome("x", gain),)), method(), draws=10)
    assert its.result.net > 0
    proof = its.shared[0]
    assert isinstance(proof, NoneExists)
    assert (proof.could_pay, proof.lacking) == (50_000_00, 100_000_00)
    assert proof.short == 50_000_02  # and a penny for each of the two
    table = next(one for one in told(its) if one.name == "Sharing the gain")
    assert "£50,000.02 more would have to be cashable" in table.note


def test_yearly_payments_are_worth_what_was_agreed_to_the_pound() -> None:
    its = appraise(uncertain(), method(), draws=10)
    factors = sum(method().standard.factors(10))
    for one in its.shared:
        assert isinstance(one, Agreed)
        for party in one.parties:
            worth = sum(party.yearly) / len(party.yearly) * factors
            assert abs(worth - party.receives) < 100


def test_numbers_without_a_source_are_counted_and_said() -> None:
    its = appraise(uncertain(), method(), draws=10)
    assert len(guesses(its.terms)) == len(its.guesses) == 10
    assert "10 of its 12 numbers have no source: they are guesses" in " ".join(summary(its))
    assert not any("optimal" in said or "best" in said for said in summary(its))


def test_a_sum_whose_pence_would_be_lost_is_refused() -> None:
    its = numbers(eligible=a_number(10**12))
    huge = an_appraisal(outcomes=(an_outcome("x", numbers=its),))
    with pytest.raises(Refused, match="all the money of the country"):
        result(huge, method())


def test_the_published_values_of_one_job_have_two_who_gain() -> None:
    assert {(one.who, one.pounds) for one in unit_values()} == {
        ("Department for Work and Pensions", D(9234)), ("National Health Service", D(566)),
    }  # fmt: skip


def test_a_change_that_begins_after_the_last_year_is_warned_of() -> None:
    late = an_appraisal(years=3, outcomes=(an_outcome("x", a_gain(), lag_years=3),))
    said = [one for one in summary(appraise(late, method(), draws=2)) if "begins after" in one]
    assert len(said) == 1
    assert "begins after 3 years, and only 3 years are looked at: none of its gains" in said[0]
    assert not any(
        "begins after" in one
        for one in summary(
            appraise(an_appraisal(years=4, outcomes=late.outcomes), method(), draws=2)
        )
    )
