"""The parts of the watch: promise, limits, evidence, what is learnt, and lists of many series."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Final

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from totalplace.monitoring.definitions.limits.reading import limits, read_table
from totalplace.monitoring.rules.detecting import wildness
from totalplace.monitoring.rules.detecting.calming import calmed
from totalplace.monitoring.rules.detecting.evidence import Batch, best_loop, plainly, sums, weigh
from totalplace.monitoring.rules.detecting.fitting import student
from totalplace.monitoring.rules.detecting.learning import Sample, learnt, likelihoods
from totalplace.monitoring.rules.detecting.lenses import lens
from totalplace.monitoring.rules.detecting.many import chances, worst
from totalplace.monitoring.rules.detecting.nulls import (
    FOLLOWS,
    Null,
    Numbers,
    Rhythm,
    covariance,
    grid,
    named,
)
from totalplace.monitoring.rules.detecting.promise import MOST_A_LOOK, Promise
from totalplace.monitoring.rules.detecting.quickly import first_told
from totalplace.refusal import Refused

EXAMPLES: Final = 100 if os.environ.get("TOTALPLACE_THOROUGH") else 15
PLAIN: Final = Null(0.0, 0.0)
NONE: Final = np.full((1, 0), -1)


def quiet(seed: int, how_many: int, points: int, follows: float = 0.0) -> Numbers:
    """Quiet series that follow themselves so far."""
    root = np.linalg.cholesky(covariance(range(points), Null(follows, 0.0), 1))
    drawn = np.random.default_rng(seed).standard_normal((how_many, points))
    return np.asarray(drawn @ root.T, dtype=np.float64)


def evidence(y: Numbers) -> float:
    """The evidence for worse in one series, against chance that does not follow itself."""
    batch = Batch(np.array([y]), NONE, np.zeros(1))
    by = [lens(range(len(y)), PLAIN, 1)]
    return float(weigh(batch, by, np.ones(1), np.array([3])).worse[0])


def test_a_promise_is_shared_evenly_and_by_looks() -> None:
    promise = Promise(4.0, 400)
    assert promise.a_series == 0.01
    assert promise.a_look(12) == pytest.approx(0.01 / 12)
    assert promise.a_look(1) == 0.01
    assert Promise(4.0, 2).a_look(1) == MOST_A_LOOK


@given(
    st.integers(6, 40), st.integers(0, 10**6),
    st.floats(-1e3, 1e3), st.floats(1e-3, 1e6),
)  # fmt: skip
@settings(max_examples=EXAMPLES, deadline=None)
def test_evidence_is_the_same_in_every_unit(
    points: int, seed: int, level: float, unit: float
) -> None:
    y = quiet(seed, 1, points)[0]
    assert evidence(y * unit + level * unit) == pytest.approx(evidence(y), rel=1e-4)


def test_evidence_is_what_the_formula_says() -> None:
    """One point back, by hand: with t²=1, q=(n-1)/n, c the last point less its share."""
    y = np.array([1.0, 2.0, 1.5, 0.5, 1.0, -2.0])
    batch = Batch(np.array([y]), NONE, np.zeros(1))
    seen = sums(batch, lens(range(6), PLAIN, 1))
    squared = float(((y - y.mean()) ** 2).sum())
    assert seen.noise[0] == pytest.approx(squared)
    assert seen.c[0, 5] == pytest.approx(y[5] - y.mean())
    assert seen.q[0, 5] == pytest.approx(5 / 6)
    down, up = plainly(seen.c[:, 5:], seen.q[:, 5:], seen.noise, seen.df, np.ones((1, 1)), 1.0)
    room = 1 + 5 / 6
    by_hand = 2 * room**-0.5 * (1 - seen.c[0, 5] ** 2 / room / squared) ** -2.5
    assert down[0] == pytest.approx(by_hand)
    assert up[0] == 0


def test_a_level_known_to_have_begun_is_never_told_again() -> None:
    y = quiet(1, 1, 30)
    y[:, 12:] -= 50.0
    known = Batch(y, np.array([[12]]), np.zeros(1))
    seen = sums(known, lens(range(30), Null(0.4, 0.0), 1))
    assert seen.c[0, 12] == pytest.approx(0, abs=1e-8)
    parts = np.concatenate([y[0, :12] - y[0, :12].mean(), y[0, 12:] - y[0, 12:].mean()])
    plain = sums(known, lens(range(30), PLAIN, 1))
    assert plain.noise[0] == pytest.approx(float((parts**2).sum()))


def test_the_compiled_loop_says_what_the_plain_one_says() -> None:
    rng = np.random.default_rng(2)
    c, q = rng.standard_normal((3000, 24)), rng.random((3000, 24)) * 10
    noise, df, may = (
        rng.random(3000) * 30 + 5,
        np.full(3000, 29.0),
        np.floor(rng.random((3000, 24)) * 3),
    )
    loop = best_loop(10**6)
    for plain, fast in zip(
        plainly(c, q, noise, df, may, 1.0), loop(c, q, noise, df, may, 1.0),
        strict=True,
    ):  # fmt: skip
        np.testing.assert_allclose(plain, fast, rtol=1e-9)


def test_a_million_at_once_are_told_as_one_by_one() -> None:
    y = quiet(3, 700, 40)
    y[::3, 25:] -= 1.5
    for chance in (0.02, 0.001):
        fast = first_told(y, limits(), rhythm=Rhythm.YEARLY, chance=chance)
        plain = first_told(y, limits(), rhythm=Rhythm.YEARLY, chance=chance, compiled=False)
        np.testing.assert_array_equal(fast, plain)


@pytest.mark.parametrize("follows", [0.0, 0.4, 0.6])
def test_a_promise_is_kept_for_series_that_follow_themselves(follows: float) -> None:
    """600 quiet series over 20 looks: false alarms by the promise, give or take chance."""
    y = quiet(4, 600, 24, follows)
    believed = named(Rhythm.YEARLY)[FOLLOWS.index(follows)]
    exactly = np.array([float(null.follows == follows) for null in grid(Rhythm.YEARLY)])
    chance, told, looks = 0.02, 0, 0
    alive = np.ones(len(y), dtype=bool)
    for n in range(5, 25):
        none = np.full((alive.sum(), 0), -1)
        batch = Batch(calmed(y[alive, :n], none), none, np.zeros(alive.sum()))
        by = [lens(range(n), null, 1) for null in grid(Rhythm.YEARLY)[:4]]
        seen = weigh(batch, by, np.maximum(believed[:4], 1e-9), np.full(alive.sum(), 3))
        limit = limits().at(Rhythm.YEARLY, exactly, n, np.array([chance]))[0]
        told, looks = told + int((seen.worse > limit).sum()), looks + int(alive.sum())
        alive[np.flatnonzero(alive)[(seen.worse > limit) | (seen.better > limit)]] = False
    assert 0.7 < told / looks / chance < 1.3


def test_strengths_are_learnt_from_all_series_together() -> None:
    y = quiet(5, 150, 24, 0.6)
    sample = Sample(y, tuple(range(24)), np.full((150, 0), -1), np.zeros(y.shape), Rhythm.YEARLY)
    weights = learnt(likelihoods(sample), Rhythm.YEARLY)
    assert weights.sum() == pytest.approx(1)
    assert FOLLOWS[int(np.argmax(weights))] == 0.6


def test_points_of_years_rolling_follow_themselves_by_as_much_as_they_share() -> None:
    moves = covariance(range(5), Null(0.0, 0.0, over=3), 1)
    np.testing.assert_allclose(moves[0], [1, 2 / 3, 1 / 3, 0, 0], atol=1e-12)


def test_wild_points_are_calmed_and_others_left() -> None:
    y = np.array([[1.0, 2.0, 1.5, 1.2, 1.8, 1.4, 90.0]])
    calm = calmed(y, np.full((1, 0), -1))
    np.testing.assert_array_equal(calm[0, :6], y[0, :6])
    assert 2 < calm[0, 6] < 10
    np.testing.assert_array_equal(calmed(y * 0 + 3.0, np.full((1, 0), -1)), y * 0 + 3.0)


@pytest.mark.parametrize("units", [0.0, 3.0])
def test_a_list_of_many_holds_no_more_than_its_share_of_false_ones(units: float) -> None:
    """1,000 series, one in ten worse: of those told, on average one in ten is false at the most.

    Also where each is in a unit of its own, up to a millionfold apart.
    """
    y = quiet(6, 1000, 36)
    bad = np.arange(1000) < 100
    y[bad, 26:] -= 2.0
    y = y * 10 ** np.random.default_rng(2).uniform(-units, units, (len(y), 1))
    told = worst(chances(y, rhythm=Rhythm.YEARLY, seed=1, draws=20_000))
    assert told[bad].mean() > 0.8
    assert (told & ~bad).sum() / told.sum() < 0.15


def test_the_step_up_rule_is_that_of_benjamini_and_hochberg() -> None:
    """The fifteen chances of their own example (1995, p. 295): at 5% the first four are told."""
    example = np.array([
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ])  # fmt: skip
    assert worst(example, share_false=0.05).sum() == 4
    assert worst(np.array([])).tolist() == []


@pytest.mark.parametrize(("df", "table"), [(1, 12.706), (3, 3.182), (5, 2.571), (30, 2.042)])
def test_students_t_is_as_in_tables(df: int, table: float) -> None:
    assert student(df) == pytest.approx(table, rel=2e-3)


def test_limits_rise_as_chances_fall() -> None:
    found = limits()
    for table in found.by_rhythm.values():
        assert (np.diff(table, axis=2) >= 0).all()
    rare = found.at(
        Rhythm.MONTHLY, named(Rhythm.MONTHLY)[0], 33, np.array([0.1, 0.01, 1e-4, 1e-5, 1e-6])
    )
    assert (np.diff(rare) > 0).all()


@given(st.floats(0.01, 1.0), st.sampled_from([6, 20, 33, 84]), st.floats(1e-5, 0.05))
def test_two_kinds_of_series_pass_a_limit_of_both_as_often_as_is_promised(
    wild: float, points: int, chance: float
) -> None:
    """By the limits of each alone: the chance at which each is just passed there."""
    found, believed = limits(), named(Rhythm.MONTHLY)[0]
    both = float(found.at(Rhythm.MONTHLY, believed, points, np.array([chance]), wild)[0])
    each = np.geomspace(0.3, 1e-9, 4000)
    passed = [
        float(np.interp(np.log(both), np.log(found.at(
            Rhythm.MONTHLY, believed, points, each, share)), np.log(each)))
        for share in (0.0, 1.0)
    ]  # fmt: skip
    together = (1 - wild) * np.exp(passed[0]) + wild * np.exp(passed[1])
    assert together == pytest.approx(chance, rel=0.03)


def test_a_limit_is_higher_where_points_lie_far_out_now_and_then() -> None:
    found, believed = limits(), named(Rhythm.MONTHLY)[0]
    rare = np.array([0.01, 1e-3])
    all_wild = found.at(Rhythm.MONTHLY, believed, 30, rare, 1.0)
    assert (all_wild > 1.2 * found.at(Rhythm.MONTHLY, believed, 30, rare)).all()


@pytest.mark.parametrize(("size", "last"), [(0.0, 0), (4.0, 3), (4.0, 12), (0.5, 24)])
def test_points_far_out_are_learnt_from_all_series_and_a_change_is_not_taken_for_them(
    size: float, last: int
) -> None:
    """100 series of 24 points, of normal chance and of Student's t; the last of all fall."""
    normal, heavy = quiet(7, 100, 24), np.random.default_rng(7).standard_t(4, (100, 24))
    for y in (normal, heavy):
        y[:, 24 - last :] -= size * y.std(axis=1, keepdims=True)
    assert share_of(normal) < 0.15
    assert share_of(heavy) > 0.4


def share_of(y: Numbers) -> float:
    """The share of series with points far out that is learnt."""
    none, floor = np.full((len(y), 0), -1), np.zeros(y.shape)
    sample = Sample(y, tuple(range(y.shape[1])), none, floor, Rhythm.MONTHLY)
    return wildness.share(wildness.log_ratios(sample))


def test_how_wild_series_are_does_not_hang_on_their_unit_and_all_alike_is_not_wild() -> None:
    y = np.random.default_rng(9).standard_t(4, (30, 20))
    assert share_of(y) == pytest.approx(share_of(1e6 + 1e3 * y), rel=1e-6)
    assert share_of(np.full((30, 20), 5.0)) <= 0.11


def test_a_table_of_other_strengths_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be read"):
        read_table("follows,season,wild,points,0.1\n0.1,0,0,5,1\n", Rhythm.YEARLY, "yearly.csv")
    with pytest.raises(Refused, match="begins with other columns"):
        read_table("a,b,c,0.1\n", Rhythm.YEARLY, "yearly.csv")


def test_nulls_over_several_periods_keep_their_other_strengths() -> None:
    assert replace(Null(0.2, 1.0), over=3) == Null(0.2, 1.0, 3)
