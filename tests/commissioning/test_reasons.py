"""Why was my service cut? Every number of the answer is worked out again from the case."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import exp
from typing import Any

import pytest
from tests.commissioning.cases import WELL, case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, In, Kind, Rule
from totalplace.commissioning.rules.problem import Impossible
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.reasons import Reasons, why


def _place(**more: Any) -> Case:
    return case(
        option("north", 5_000, effect("0.5"), saturates_units=500),
        option("south", 5_000, effect("0.3", of=WELL), saturates_units=500, agency="nhs"),
        option("critical", 2_000, effect("0.01"), protected=True),
        option("roads", 1_000),
        pounds=12_000,
        **more,
    )


def _asked(its: Case, code: str, looks: int = 12) -> Reasons:
    problem = problem_of(its)
    solved = solve(problem)
    assert not isinstance(solved, Impossible)
    return why(its, problem, solved, code, looks=looks)


def test_what_the_last_pound_reaches_here_and_where_it_went_is_worked_out_from_the_case() -> None:
    its = _asked(_place(), "south")
    assert its.gets_pence + its.went_to[0].more_pence + 500_000 == 900_000
    here = 40 * 0.3 / 10_000 * exp(-its.gets_pence / 500_000)
    there = 60 * 0.5 / 10_000 * exp(-(500_000 + its.went_to[0].more_pence) / 500_000)
    assert its.reaches_per_pound == pytest.approx(here)
    assert its.price_per_pound == pytest.approx(there)
    assert here == pytest.approx(there, rel=1e-4)
    assert its.went_to[0].option == "north"


def test_with_the_effect_that_it_would_need_it_keeps_its_money() -> None:
    its = _asked(_place(), "south", looks=0)
    assert its.times is not None
    assert its.needed[0].least_mid == pytest.approx(0.3 * its.times)
    mid = Decimal(str(round(its.needed[0].least_mid * 1.001, 6)))
    better = replace(
        _place().option("south"), effects=(replace(effect(str(mid), of=WELL), high=mid * 2),)
    )
    place = _place()
    again = _asked(
        replace(place, options=(place.options[0], better, *place.options[2:])), "south", looks=0
    )
    # at that price of money; where it keeps its own, others have less, and the price rises a little
    assert again.gets_pence > its.gets_pence + 0.5 * its.lost_pence


def test_with_so_much_more_in_a_named_fund_it_keeps_its_own_and_with_a_tenth_less_not() -> None:
    place = _place()
    its = _asked(place, "south")
    assert its.more_money_pence is not None
    assert its.more_in == "the block grant"
    assert any(one.endswith("more in the block grant in that year.") for one in its.told)

    def gets(more: int) -> int:
        fund = replace(place.funds[0], pence=(1_200_000 + more,))
        found = solve(problem_of(replace(place, funds=(fund,))))
        assert not isinstance(found, Impossible)
        return found.pence[1]

    assert gets(its.more_money_pence) >= 500_000 - 100
    assert gets(its.more_money_pence * 9 // 10) < 500_000 - 100


def test_the_rules_that_leave_no_room_are_named() -> None:
    cap = Rule("cap", "no more than so much on falls", Kind.CONDITION, ("south",), In.PENCE,
               None, Decimal(100_000), source="the agreement, line 4")  # fmt: skip
    its = _asked(_place(rules=(cap,)), "south", looks=0)
    said = {one.demand: one for one in its.binding}
    assert said["cap"].source == "the agreement, line 4"
    assert "line 2 least" not in said
    critical = _asked(_place(), "critical", looks=0)
    assert {one.demand for one in critical.binding} == {"money grant 1", "line 2 least"}


def test_the_answer_is_told_in_short_sentences() -> None:
    its = _asked(_place(), "south", looks=0)
    assert its.told[0] == "South gets £2,209.27 in 2026-27; now it is £5,000 a year."
    assert its.told[1].startswith(
        "Its last pound reaches 0.77 points for each £1,000, as much as any"
    )
    assert "North gets £1,790.73 more." in its.told
    assert any(one.startswith("It would keep its money if each unit did 0.524") for one in its.told)
    assert its.told[-1] == (
        "Its effect is put at from 0.15 to 0.45 falls for each unit, graded 3 of 5 for how well it "
        "was tested (a made-up trial)."
    )


def test_money_that_a_rule_keeps_elsewhere_is_none_that_this_service_lost() -> None:
    fence = Rule("fence", "half stays with north", Kind.RING_FENCE, ("north",), In.PENCE,
                 Decimal(500_000), None)  # fmt: skip
    place = case(
        option("north", 1_000, effect("0.02")),
        option("south", 5_000, effect("0.1")),
        option("east", 1_000, effect("0.4"), capacity_units=300),
        pounds=9_000,
        rules=(fence,),
    )
    its = _asked(place, "south", looks=0)
    # 3,000 pounds go where they reach four times as much, 5,000 stay fenced, and 1,000 are left
    assert (its.gets_pence, [one.option for one in its.went_to]) == (100_000, ["east"])
    assert its.price_per_pound == pytest.approx(100 * 60 * 0.4 / 1_000_000)
    assert its.times == pytest.approx(4)
    assert its.told[1] == (
        "Its last pound reaches 0.06 points for each £100; "
        "the money that it lost reaches at least 0.24 points for each £100."
    )


def test_what_has_no_known_effect_is_said_to_be_left_where_it_is() -> None:
    its = _asked(_place(), "roads")
    assert not its.movable
    assert its.told[-1].endswith("its money is left where it is.")


def test_a_service_that_gains_is_not_told_what_would_save_it() -> None:
    its = _asked(_place(), "north")
    assert its.lost_pence < 0
    assert its.times is None
    assert its.more_money_pence is None


def test_of_many_years_it_answers_for_that_in_which_most_is_lost() -> None:
    place = _place(years=3)
    funds = (replace(place.funds[0], pence=(1_200_000, 1_000_000, 1_100_000)),)
    its = _asked(replace(place, funds=funds), "south", looks=0)
    assert its.year == 1
    assert "in 2027-28" in its.told[0]
