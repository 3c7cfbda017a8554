"""The chance that a plan beats today's, and whether its moves keep their direction."""

from __future__ import annotations

from decimal import Decimal
from statistics import NormalDist

import numpy as np
import pytest
from tests.commissioning.cases import READY, WELL, case, effect, option

from totalplace.commissioning.rules.building import problem_of
from totalplace.commissioning.rules.case import Case, Effect, In, Kind, Rule
from totalplace.commissioning.rules.solving import solve
from totalplace.commissioning.rules.weighing.chance import chance, direction, wilson
from totalplace.commissioning.rules.weighing.drawing import NORMAL_95, Drawing
from totalplace.refusal import Refused


def sure(mid: str, of: tuple[str, str] = READY) -> Effect:
    """An effect without any doubt."""
    return effect(mid, of=of, low=Decimal(mid), high=Decimal(mid))


def doubtful(low: str, mid: str, high: str) -> Case:
    """One service, of which more money is a gain or a loss."""
    its = effect(mid, low=Decimal(low), high=Decimal(high))
    return case(option("reading", 100, its), pounds=200)


def test_the_chance_is_that_of_the_distribution_that_is_stated() -> None:
    its = chance(doubtful("-1", "1", "3"), (20_000,), (10_000,), seed=7)
    expected = NormalDist().cdf(1 / (2 / NORMAL_95))
    assert abs(its.beats - expected) < 4 * its.error
    assert its.beats_low < expected < its.beats_high


def test_low_middle_and_high_are_where_the_draws_lie() -> None:
    (drawn,) = Drawing(doubtful("-1", "1", "6")).values(seed=3, draws=200_000)
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([-1, 1, 6], abs=0.06)


def test_an_effect_goes_the_same_way_in_every_year() -> None:
    its = case(option("reading", 100, effect("1")), pounds=200, years=2)
    drawing = Drawing(its)
    (values,) = drawing.values(seed=1, draws=50)
    slopes = drawing.slopes(values)
    assert slopes[:, 1] * 1.035 == pytest.approx(slopes[:, 0])


def test_the_same_numbers_of_one_source_are_drawn_together_and_others_apart() -> None:
    its = case(
        option("reading", 100, effect("1")),
        option("talks", 100, effect("1")),
        option("walks", 100, effect("1", source="another trial")),
        pounds=300,
    )
    (drawn,) = Drawing(its).values(seed=1, draws=50)
    assert (drawn[:, 0] == drawn[:, 1]).all()
    assert (drawn[:, 0] != drawn[:, 2]).all()


def test_points_gained_are_those_of_the_problem_where_nothing_is_in_doubt() -> None:
    its = case(
        option("reading", 100, sure("0.5"), saturates_units=8, fixed_pence=2_000),
        option("falls", 100, sure("2", WELL)),
        option("harm", 100, sure("-1", WELL), saturates_units=8),
        pounds=300,
    )
    plan, today = (15_000, 5_000, 3_000), (10_000, 10_000, 10_000)
    problem = problem_of(its)
    found = chance(its, plan, today, seed=1, draws=3)
    assert found.mean == pytest.approx(problem.points(plan) - problem.points(today))
    assert (found.low, found.high) == pytest.approx((found.mean, found.mean))


def test_the_same_plan_does_not_beat_itself() -> None:
    its = chance(doubtful("-1", "1", "3"), (10_000,), (10_000,), seed=1, draws=100)
    assert (its.beats, its.mean) == (0.0, 0.0)


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    its = doubtful("-1", "1", "3")
    one, again, other = (chance(its, (20_000,), (1,), seed=s, draws=500) for s in (5, 5, 6))
    assert one == again
    assert one.mean != other.mean


def test_draws_in_blocks_are_those_of_one_block(monkeypatch: pytest.MonkeyPatch) -> None:
    its = doubtful("-1", "1", "3")
    whole = chance(its, (20_000,), (1,), seed=5, draws=500)
    monkeypatch.setattr("totalplace.commissioning.rules.weighing.drawing._AT_ONCE", 7)
    assert chance(its, (20_000,), (1,), seed=5, draws=500).beats == whole.beats


def test_no_wins_in_few_draws_is_not_told_as_certain() -> None:
    assert wilson(0.0, 20)[1] == pytest.approx(0.161, abs=0.001)
    assert wilson(1.0, 20)[0] == pytest.approx(0.839, abs=0.001)


def test_a_plan_of_another_case_is_refused() -> None:
    with pytest.raises(Refused, match="it has 2 sums"):
        chance(doubtful("0", "1", "2"), (1, 2), (1,), seed=1)


def two_services(one: str, other: str) -> Case:
    """Two services that bend, with one effect each."""
    return case(
        option("reading", 500, effect(one), saturates_units=50),
        option("falls", 500, effect(other, of=WELL), saturates_units=50),
        option("roads", 100),
        pounds=1_100,
    )


def plan_of(its: Case) -> tuple[int, ...]:
    """The plan of a case that has one."""
    found = solve(problem_of(its))
    return found.pence  # type: ignore[union-attr]


def test_every_move_keeps_its_direction_where_nothing_is_in_doubt() -> None:
    its = case(
        option("reading", 500, sure("1"), saturates_units=50),
        option("falls", 500, sure("2", WELL), saturates_units=50),
        pounds=1_000,
    )
    found = direction(its, plan_of(its), seed=1, draws=3)
    assert (found.kept, found.error) == (1.0, 0.0)


def test_a_move_that_hangs_on_a_hair_keeps_its_direction_half_of_the_time() -> None:
    its = two_services("1", "1.51")
    found = direction(its, plan_of(its), seed=1, draws=60)
    assert found.kept is not None
    assert 0.3 < found.kept < 0.8
    assert found.error < 0.1
    assert [at for at, _, _ in found.by_line] == [0, 1]


def test_a_plan_that_moves_nothing_has_no_direction() -> None:
    its = case(option("roads", 100), pounds=100)
    assert direction(its, plan_of(its), seed=1).kept is None


def test_a_target_that_the_draws_cannot_reach_keeps_nothing() -> None:
    rule = Rule("most", "ready", Kind.TARGET, ("reading",), In.EFFECT, Decimal(49), outcome=READY)
    its = case(option("reading", 100, effect("1")), option("falls", 400, effect("1", of=WELL)),
               pounds=500, rules=(rule,))  # fmt: skip
    found = direction(its, plan_of(its), seed=1, draws=10)
    assert found.impossible > 0
    assert found.kept is not None
    assert found.kept <= 1 - found.impossible / 10
