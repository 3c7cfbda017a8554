"""Demands that cannot be met together, and the proof of it in fractions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf
from random import Random

import pytest
from tests.commissioning.cases import READY, WELL, case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, In, Kind, Rule
from totalplace.commissioning.rules.problem import (
    Branch,
    Certificate,
    Demand,
    Impossible,
    Line,
    Multiplier,
    Problem,
    Straight,
)
from totalplace.commissioning.rules.solving import check, solve
from totalplace.commissioning.rules.weighing import refusals
from totalplace.commissioning.rules.weighing.proofs import proves
from totalplace.commissioning.rules.weighing.refusals import (
    proof_of,
    refusal_of,
    repaired,
    titles_of,
)
from totalplace.commissioning.rules.weighing.refusals_giving import readable
from totalplace.commissioning.rules.weighing.refusals_words import in_words


def _two_floors() -> Case:
    return case(
        option("reading", 5_000, effect("0.5"), least_pence=400_000),
        option("falls", 5_000, effect("0.5", of=WELL), least_pence=700_001),
        pounds=11_000,
    )


def _closing() -> Case:
    floor = Rule("floor", "falls for all", Kind.ENTITLEMENT, ("falls",), In.UNITS, Decimal(500))
    falls = option(
        "falls", 5_000, effect("0.5", of=WELL), fixed_pence=300_000, may_close=True
    )  # fixed: a place bought costs ten pounds only above £3,000
    reading = option("reading", 5_000, effect("0.5"), least_pence=400_000)
    return case(reading, falls, pounds=11_000, rules=(floor,))


def _target(amount: str, pounds: int) -> Case:
    rule = Rule(
        "aim", "ready for school", Kind.TARGET, ("reading",), In.EFFECT, Decimal(amount),
        outcome=READY,
    )  # fmt: skip
    reading = option("reading", 5_000, effect("0.5"), saturates_units=500)
    return case(reading, option("falls", 900, effect("0.1", of=WELL)), pounds=pounds, rules=(rule,))


def test_two_floors_and_a_grant_a_penny_too_small_are_refused_with_a_proof() -> None:
    its = _two_floors()
    problem = problem_of(its)
    refusal = refusal_of(problem, titles=titles_of(its))
    assert refusal.proved
    assert refusal.smallest
    assert [one.title for one in refusal.demands] == [
        "what the block grant can pay in year 1: at most £11,000",
        "Reading needs at least £4,000",
        "Falls needs at least £7,000.01",
    ]
    assert [one.gap for one in refusal.demands] == [1, 1, 1]
    assert refusal.demands[0].told == "If all others stand, this has to give way by £0.01."
    assert [one.pence for one in refusal.repairs] == [1, 1]
    assert refusal.told == ("These 3 demands cannot all be met. The proof can be added up by hand.")


def test_a_proof_by_hand_adds_up_and_any_change_of_it_does_not() -> None:
    problem = problem_of(_two_floors())
    parts = (
        Multiplier("money grant 1", "most", Fraction(1)),
        Multiplier("line 0 least", "least", Fraction(1)),
        Multiplier("line 1 least", "least", Fraction(1)),
    )
    assert proves(problem, Certificate((Branch((), (), parts),)))
    wrong = [
        (),
        parts[1:],
        (*parts[:2], replace(parts[2], by=Fraction(2))),
        (replace(parts[0], by=Fraction(0)), *parts[1:]),
        tuple(replace(one, by=-one.by) for one in parts),
        (replace(parts[0], side="least"), *parts[1:]),
        (replace(parts[0], demand="money in heaven"), *parts[1:]),
        (replace(parts[0], demand="line 7 least"), *parts[1:]),
        (*parts, Multiplier("line 0 nought", "least", Fraction(1))),
    ]
    for multipliers in wrong:
        assert not proves(problem, Certificate((Branch((), (), multipliers),)))
    assert not proves(problem, Certificate(()))
    enough = problem_of(replace(_two_floors(), funds=case(pounds=12_000).funds))
    assert not proves(enough, Certificate((Branch((), (), parts),)))


def test_where_a_service_can_close_both_ways_are_proved() -> None:
    its = _closing()
    problem = problem_of(its)
    refusal = refusal_of(problem, titles=titles_of(its))
    assert refusal.proved
    assert refusal.certificate is not None
    # shut, nobody gets the 500 places; open, £3,000 and £5,000 and £4,000 are more than there is
    assert {(one.shut, one.open) for one in refusal.certificate.branches} == {
        ((1,), ()),
        ((), (1,)),
    }
    gaps = {one.demand: (one.gap, one.gap_pence) for one in refusal.demands}
    assert gaps["floor"] == (Fraction(100), 100_000)
    assert gaps["money grant 1"] == (Fraction(100_000), 100_000)
    one_way = Certificate(refusal.certificate.branches[:1])
    assert not proves(problem, one_way)
    other_way = Certificate(refusal.certificate.branches[1:])
    assert not proves(problem, other_way)


def test_a_target_beyond_the_money_is_refused_by_straight_lines_over_the_curves() -> None:
    problem = problem_of(_target("200", 7_000))
    refusal = refusal_of(problem)
    assert refusal.proved
    assert {one.demand for one in refusal.demands} >= {"aim aim", "money grant 1"}
    # 500 places' worth of e-folding: 250 (1 - exp(-6,100/5,000)) of the money that roads leave over
    by = {one.demand: one.gap for one in refusal.demands}["aim aim"]
    assert by == pytest.approx(200 - 250 * (1 - 2.718281828459045 ** (-7_000 / 5_000)), rel=1e-4)
    assert not isinstance(solve(problem_of(_target("188", 7_000))), Impossible)
    assert proof_of(problem_of(_target("188", 7_000))) is None


def test_a_target_beyond_all_that_a_service_can_ever_do_is_refused_by_itself() -> None:
    refusal = refusal_of(problem_of(_target("300", 7_000)))
    assert [one.demand for one in refusal.demands] == ["aim aim"]
    assert refusal.proved


def test_a_straight_line_that_is_no_tangent_proves_nothing() -> None:
    problem = problem_of(_target("200", 7_000))
    parts = (Multiplier("straight 0", "least", Fraction(1)),)
    for steep in (Fraction(2), Fraction(-1)):
        lines = (Straight("aim", (steep,)),)
        assert not proves(problem, Certificate((Branch((), (), parts),), lines))


def test_pence_are_whole_and_so_a_floor_of_half_a_penny_is_one_of_a_penny() -> None:
    lines = (Line("a", 0, "x", 0, 0, 10),)
    half = Demand("half", "h", Kind.CONDITION, (0,), None, Fraction(21, 2), Fraction(107, 10))
    refusal = refusal_of(Problem(lines, (half,)))
    assert refusal.proved


def test_repairs_are_enough_and_the_runner_up_spares_the_first() -> None:
    for its in (_two_floors(), _closing(), _target("200", 7_000)):
        problem = problem_of(its)
        refusal = refusal_of(problem)
        assert refusal.repairs
        assert refusal.repairs[0].pence <= refusal.repairs[-1].pence
        for repair in refusal.repairs:
            found = solve(repaired(problem, repair.givings))
            assert not isinstance(found, Impossible)
        if len(refusal.repairs) == 2:
            first, second = ({g.demand for g in one.givings} for one in refusal.repairs)
            assert first != second


def test_a_national_guarantee_is_said_not_to_be_the_places_to_change() -> None:
    refusal = refusal_of(problem_of(_closing()))
    told = [giving.told for repair in refusal.repairs for giving in repair.givings]
    assert any("not the place's to change" in one for one in told)


def test_a_budget_that_can_be_met_has_no_proof_and_the_refusal_says_so() -> None:
    problem = problem_of(replace(_two_floors(), funds=case(pounds=12_000).funds))
    assert proof_of(problem) is None
    refusal = refusal_of(problem)
    assert refusal.demands == ()
    assert "not by a proof" in refusal.told


def test_of_many_years_a_demand_says_which_it_is_of() -> None:
    rule = Rule("ring", "for falls alone", Kind.RING_FENCE, ("falls",), least=Decimal(1_200_000))
    reading = option("reading", 5_000, effect("0.5"), least_pence=400_000)
    falls = option("falls", 5_000, effect("0.5", of=WELL))
    its = case(reading, falls, pounds=11_000, years=2, rules=(replace(rule, year=1),))
    said = {one.title for one in refusal_of(problem_of(its)).demands}
    assert "for falls alone in year 2: at least £12,000" in said
    assert not any("year 2 in year 2" in one for one in said)


def test_of_many_floors_only_so_many_are_named_as_are_needed() -> None:
    options = [
        option(f"s{n}", 100, effect("0.1"), least_pence=10_000 if n else 900_000)
        for n in range(200)
    ]
    problem = problem_of(case(*options, pounds=9_000 - 1))
    refusal = refusal_of(problem)
    assert refusal.proved
    assert {one.demand for one in refusal.demands} == {"money grant 1", "line 0 least"}


def _small(chance: Random) -> Problem:
    """A few lines of a few pence, so that every plan can be tried."""
    count = chance.choice((1, 2, 3))
    lines = []
    for n in range(count):
        most = chance.randint(0, 5)
        least = chance.randint(0, most + (chance.random() < 0.1))
        fixed = chance.randint(0, least)
        closes = chance.random() < 0.4
        lines.append(Line(f"s{n}", 0, "x", 1, least, most, 1.0, inf, fixed, closes))
    demands = []
    for n in range(chance.randint(1, 4)):
        on = tuple(sorted(chance.sample(range(count), chance.randint(1, count))))
        each = tuple(Fraction(chance.randint(-1, 3), chance.choice((1, 2, 3))) for _ in on)
        opened = tuple(one * lines[line].fixed for one, line in zip(each, on, strict=True))
        amount = Fraction(chance.randint(0, 16), chance.choice((1, 2, 3)))
        low, high = chance.choice(((amount, None), (None, amount), (amount, amount)))
        demands.append(Demand(f"d{n}", "d", Kind.CONDITION, on, each, low, high, "u", "", opened))
    return Problem(tuple(lines), tuple(demands))


def _plan_by_trying(problem: Problem) -> tuple[int, ...] | None:
    for pence in product(*(range(max(0, line.most) + 1) for line in problem.lines)):
        if all(one.met for one in check(problem, pence)):
            return pence
    return None


def test_nothing_is_ever_proved_impossible_that_trying_every_plan_finds() -> None:
    proved = impossible = 0
    for seed in range(400):
        problem = _small(Random(seed))
        certificate = proof_of(problem)
        plan = _plan_by_trying(problem)
        if certificate is not None:
            assert plan is None, seed
            assert proves(problem, certificate), seed
        proved += certificate is not None
        impossible += plan is None
    assert proved >= 100
    # what is impossible only because pence are whole has no such proof; there is little of it
    assert proved >= 0.9 * impossible


def test_without_any_one_of_the_smallest_set_the_others_can_be_met() -> None:
    seen = 0
    for seed in range(60):
        problem = _small(Random(seed))
        refusal = refusal_of(problem)
        if not (refusal.proved and refusal.smallest):
            continue
        seen += 1
        names = {(one.demand, one.side) for one in refusal.demands}
        for name, side in names:
            assert proof_of(_only(problem, names - {(name, side)})) is None, (seed, name)
    assert seen >= 15


def _only(problem: Problem, names: set[tuple[str, str]]) -> Problem:
    """The problem with only these demands and bounds; what closes still may."""
    lines = tuple(
        replace(
            line,
            least=line.least if (f"line {n} least", "least") in names else 0,
            most=line.most if (f"line {n} most", "most") in names else 1_000,
        )
        for n, line in enumerate(problem.lines)
    )
    demands = tuple(
        replace(
            one,
            least=one.least if (one.code, "least") in names else None,
            most=one.most if (one.code, "most") in names else None,
        )
        for one in problem.demands
    )
    return Problem(lines, demands)


def test_no_money_and_no_rule_gives_a_service_more_than_it_can_take() -> None:
    floor = Rule("floor", "many", Kind.ENTITLEMENT, ("reading",), In.UNITS, Decimal(2_000))
    reading = option("reading", 0, effect("0.5"), capacity_units=1_000)
    problem = problem_of(case(reading, pounds=5_000, rules=(floor,)))
    refusal = refusal_of(problem)
    gaps = {one.demand: one.gap for one in refusal.demands}
    assert gaps == {"money grant 1": None, "floor": 1_500}
    mended = [{(one.demand, one.by) for one in its.givings} for its in refusal.repairs]
    assert mended == [
        {("floor", Fraction(1_500))},
        {("money grant 1", Fraction(1_500_000)), ("line 0 most", Fraction(1_000_000))},
    ]
    for its in refusal.repairs:
        assert not isinstance(solve(repaired(problem, its.givings)), Impossible)


def test_a_repair_that_leaves_no_plan_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_of(_two_floors())
    assert refusal_of(problem).repairs
    monkeypatch.setattr(refusals, "solve", lambda *_, **__: Impossible("none"))
    assert refusal_of(problem).repairs == ()


def test_more_money_that_a_service_may_take_is_all_that_a_repair_says() -> None:
    floor = Rule("floor", "many", Kind.CONDITION, ("falls",), In.UNITS, Decimal(1_000))
    falls = option("falls", 5_000, effect("0.5", of=WELL), may_close=True, least_pence=100)
    problem = problem_of(case(falls, pounds=5_000, rules=(floor,)))
    for its in refusal_of(problem).repairs:
        assert "line 0 most" not in {one.demand for one in its.givings}


def test_what_an_aim_has_to_give_way_by_is_a_number_that_can_be_written_down() -> None:
    refusal = refusal_of(problem_of(_target("200.123", 7_000)))
    (gap,) = [one.gap for one in refusal.demands if one.demand == "aim aim"]
    assert gap is not None
    assert len(str(float(gap))) <= 9
    assert readable(Fraction(922339048359884951755, 18446744073709551616)) == Fraction("50.0001")
    assert readable(Fraction(1, 3)) == Fraction(1, 3)
    small = Fraction(1, 10**9 + 7)
    assert small <= readable(small) <= small * Fraction(10**6 + 1, 10**6)
    assert in_words(Fraction(1, 400), "falls") == "0.0025 (falls)"


def test_a_refusal_of_an_aim_says_proved_only_where_the_sums_add_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = problem_of(_target("200", 7_000))
    refusal = refusal_of(problem)
    assert refusal.certificate is not None
    assert refusal.proved
    assert proves(problem, refusal.certificate)
    monkeypatch.setattr(refusals, "proves", lambda *_: False)
    again = refusal_of(problem)
    assert not again.proved
    assert "not by a proof" in again.told
