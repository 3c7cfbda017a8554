"""A funnel: limits as chance has them, exact where numbers are small; few stand out by chance."""

from __future__ import annotations

import math
import os
from typing import Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.rules.charts.chance import beyond, binomial, limit, poisson, z_of
from totalplace.monitoring.rules.charts.dispersion import Widened, dispersion_of, drawn_in
from totalplace.monitoring.rules.charts.funnel import Funnel, Unit, funnel, stand_out
from totalplace.monitoring.rules.watched import Kind
from totalplace.outcomes.rules.indicators import Better

stats = pytest.importorskip("scipy.stats", reason="the oracle comes with scikit-learn")
SEED: Final = 8
TIMES: Final = 200 if os.environ.get("TOTALPLACE_THOROUGH") else 30


def units(numerators: list[int], denominators: list[int]) -> list[Unit]:
    """Units of events and sizes."""
    return [
        Unit(f"u{n}", f"Unit {n}", float(top), float(below))
        for n, (top, below) in enumerate(zip(numerators, denominators, strict=True))
    ]


def a_funnel(
    share: float, sizes: list[int], rng: np.random.Generator, *, between: float = 0.0
) -> Funnel:
    """A funnel of units of one share, or of shares that lie about it."""
    shares = np.clip(share + between * rng.standard_normal(len(sizes)), 0.001, 0.999)
    counted = rng.binomial(sizes, shares)
    return funnel(units([int(one) for one in counted], sizes), better=Better.LOWER)


@given(st.integers(1, 20_000), st.floats(0.0005, 0.9995), st.floats(0, 1))
def test_binomial_scores_are_mid_p(trials: int, share: float, part: float) -> None:
    law, known = binomial(trials, share), stats.binom(trials, share)
    events = int(known.ppf(min(max(part, 1e-6), 1 - 1e-6)))
    here = known.pmf(events)
    above, below = known.sf(events) + here / 2, known.cdf(events - 1) + here / 2
    wanted = -stats.norm.ppf(above) if above < below else stats.norm.ppf(below)
    if law.exact:
        assert z_of(events, law) == pytest.approx(wanted, abs=1e-6)


@given(st.floats(0.01, 4_000), st.floats(0, 1))
def test_poisson_scores_are_mid_p(expected: float, part: float) -> None:
    law, known = poisson(expected), stats.poisson(expected)
    events = int(known.ppf(min(max(part, 1e-6), 1 - 1e-6)))
    here = known.pmf(events)
    above, below = known.sf(events) + here / 2, known.cdf(events - 1) + here / 2
    wanted = -stats.norm.ppf(above) if above < below else stats.norm.ppf(below)
    assert z_of(events, law) == pytest.approx(wanted, abs=1e-6)


@given(st.floats(0.01, 4_000), st.sampled_from([-3.090232, -1.959964, 1.959964, 3.090232]))
def test_poisson_limits_are_those_of_spiegelhalter(expected: float, z: float) -> None:
    known, chance = stats.poisson(expected), stats.norm.cdf(z)
    at = known.ppf(chance)
    part = (known.cdf(at) - chance) / (known.cdf(at) - known.cdf(at - 1))
    assert limit(z, poisson(expected)) == pytest.approx(max(at - part, 0), abs=1e-5 * (1 + at))


@given(
    st.integers(1, 20_000), st.floats(0.0005, 0.9995), st.sampled_from([-3.09, -1.96, 1.96, 3.09])
)
def test_binomial_limits_are_those_of_spiegelhalter(trials: int, share: float, z: float) -> None:
    known, chance, law = stats.binom(trials, share), stats.norm.cdf(z), binomial(trials, share)
    at = known.ppf(chance)
    part = (known.cdf(at) - chance) / (known.cdf(at) - known.cdf(at - 1))
    wanted = min(max(at - part, 0), trials)
    if law.exact:
        assert limit(z, law) == pytest.approx(wanted, abs=1e-5 * (1 + at))


def test_chances_far_out_keep_their_digits() -> None:
    assert beyond(20.0) == pytest.approx(stats.norm.sf(20.0), rel=1e-9)
    far = z_of(200, poisson(20.0))
    assert far == pytest.approx(-stats.norm.ppf(stats.poisson(20).sf(200)), rel=1e-2)
    assert math.isfinite(limit(-30.0, poisson(3.0)))
    assert limit(-30.0, poisson(3.0)) == 0.0
    # Where numbers are large the normal curve stands, and hardly differs.
    assert limit(1.96, poisson(6_000.0)) == pytest.approx(stats.poisson(6_000).ppf(0.975), rel=1e-3)


def test_a_law_that_is_none_is_refused() -> None:
    for trials, share in ((0, 0.5), (10, 0.0), (10, 1.0)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            binomial(trials, share)
    with pytest.raises(ValueError, match="expected"):
        poisson(0.0)


def test_of_units_alike_hardly_any_stands_out() -> None:
    rng = np.random.default_rng(SEED)
    found = [
        a_funnel(0.08, [int(n) for n in rng.integers(60, 3000, 60)], rng) for _ in range(TIMES)
    ]
    any_out = sum(bool(one.standing_out) for one in found) / TIMES
    beyond_95 = sum(unit.band > 0 for one in found for unit in one.units) / TIMES / 60
    assert any_out <= 0.10 + 2.6 * math.sqrt(0.10 * 0.90 / TIMES)
    assert 0.02 < beyond_95 < 0.07
    assert sum(one.dispersion.how is Widened.NOT for one in found) >= 0.85 * TIMES


def test_units_with_levels_of_their_own_widen_the_limits_and_do_not_stand_out() -> None:
    rng = np.random.default_rng(SEED)
    sizes = [int(n) for n in np.exp(rng.uniform(np.log(50), np.log(5000), 120))]
    found = [a_funnel(0.10, sizes, rng, between=0.03) for _ in range(TIMES // 2)]
    told = sum(len(one.standing_out) for one in found) / len(found) / 120
    assert told < 0.01
    assert all(one.dispersion.how in (Widened.ADDED, Widened.EITHER) for one in found)
    wide = [one.dispersion.between for one in found]
    assert float(np.mean(wide)) == pytest.approx(3.0, rel=0.15)  # in per cent
    assert "more than chance alone" in found[0].notes[0]


def test_units_that_are_worse_stand_out_and_are_named_by_the_side_that_is_worse() -> None:
    sizes = [1000] * 60
    counted = [80 + 4 * (n % 7 - 3) for n in range(60)]
    counted[7], counted[9] = 150, 25
    found = funnel(units(counted, sizes), better=Better.LOWER)
    assert [one.code for one in found.standing_out] == ["u9", "u7"]
    assert [one.worse for one in found.standing_out] == [False, True]
    assert found.standing_out[1].band == 998
    assert found.standing_out[1].says.startswith("Worse than all together")
    turned = funnel(units(counted, sizes), better=Better.HIGHER)
    assert [one.worse for one in turned.standing_out] == [True, False]
    neither = funnel(units(counted, sizes), better=Better.NEITHER)
    assert neither.standing_out[0].worse is None
    assert neither.standing_out[1].says.startswith("Higher than all together")


def test_a_unit_that_cannot_be_placed_is_left_out_with_its_reason() -> None:
    given_units = [
        *units([8, 9, 7, 11, 6], [100] * 5),
        Unit("a", "A", None, 100.0),
        Unit("b", "B", 5.0, None),
        Unit("c", "C", 5.0, 0.0),
        Unit("d", "D", 101.0, 100.0),
        Unit("e", "E", -1.0, 100.0),
        Unit("f", "F", math.nan, 100.0),
    ]
    found = funnel(given_units, better=Better.LOWER)
    assert len(found.units) == 5
    assert [one.code for one in found.left] == list("abcdef")
    assert "more than there are" in found.left[3].why


def test_too_few_units_and_nothing_to_compare_are_no_funnel() -> None:
    few = funnel(units([8, 9], [100, 100]), better=Better.LOWER)
    assert not few.lines
    assert not few.standing_out
    assert "too few" in few.notes[0]
    none = funnel(units([0] * 9, [100] * 9), better=Better.LOWER)
    assert none.centre is None
    assert "nothing to compare" in none.notes[0]


def test_rates_and_measures_have_funnels_too() -> None:
    rng = np.random.default_rng(SEED)
    people = [int(n) for n in rng.integers(5_000, 300_000, 50)]
    deaths = [int(one) for one in rng.poisson([n * 2e-4 for n in people])]
    rates = funnel(units(deaths, people), better=Better.LOWER, kind=Kind.COUNT, scale=100_000)
    assert rates.centre == pytest.approx(1e5 * sum(deaths) / sum(people))
    assert all(0 <= line.low_998 <= line.low_95 <= line.high_95 <= line.high_998
               for line in rates.lines)  # fmt: skip
    values = [Unit(f"m{n}", f"M {n}", value=62 + float(rng.normal(0, 0.8)), error=0.8)
              for n in range(30)]  # fmt: skip
    measured = funnel(values, better=Better.HIGHER, kind=Kind.MEASURE)
    assert measured.centre == pytest.approx(62, abs=0.6)
    assert len(measured.standing_out) <= 1
    without = funnel([Unit("x", "X", value=1.0)], better=Better.HIGHER, kind=Kind.MEASURE)
    assert "by chance" in without.left[0].why


def test_small_numbers_never_have_a_limit_below_nought_or_above_all() -> None:
    found = funnel(units([0, 1, 2, 0, 1, 3], [9, 12, 30, 8, 11, 25]), better=Better.LOWER)
    assert min(line.low_998 for line in found.lines) >= 0
    assert max(line.high_998 for line in found.lines) <= 100


@given(st.lists(st.floats(-6, 6), min_size=5, max_size=60))
def test_what_stands_out_is_cut_as_benjamini_and_hochberg_do(zs: list[float]) -> None:
    chances = [2 * stats.norm.sf(abs(z)) for z in zs]
    wanted = stats.false_discovery_control(chances) <= 0.10
    assert stand_out(zs, 0.10) == list(wanted)


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=40), st.floats(0.1, 10))
def test_scores_are_drawn_in_and_limits_are_never_narrowed(zs: list[float], error: float) -> None:
    drawn = drawn_in(zs)
    assert max(drawn) <= max(zs)
    assert min(drawn) >= min(zs)
    assert dispersion_of(zs, [error] * len(zs)).widens(error) >= 1
