"""What the watch sees in one series: when, how big, how sure; and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from totalplace.monitoring.rules.detecting import Promise, plan_of, watch
from totalplace.monitoring.rules.seen import Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better, Break
from totalplace.outcomes.rules.periods import Period, lasting, months_on

CALM = [10.2, 9.7, 10.1, 10.4, 9.8, 9.9, 10.3, 10.0, 9.6, 10.2, 9.9, 10.1]


def a_series(values: Sequence[float | None], **other: Any) -> Watched:
    """Years from 2000 on, or months; None is missing."""
    said: dict[str, Any] = {"months": 12, "better": Better.HIGHER} | other
    months = said["months"]
    points = tuple(
        Point(
            lasting(months_on(date(2000, 1, 1), n * months), months),
            value,
            Standing.FIRM if value is not None else Standing.MISSING,
        )
        for n, value in enumerate(values)
    )
    return Watched(
        code="outcome/one", title="One", subject=Subject.OUTCOME, place="wexshire", area="E1",
        area_name="Wexshire", unit="%", **({"points": points} | said),
    )  # fmt: skip


def see(one: Watched, *, among: int = 200) -> Seen:
    """What is seen in a series of a dashboard of so many."""
    return watch([one], replace(plan_of(4.0, [one]), promise=Promise(4.0, among)))[0]


def test_a_fall_is_told_at_once_with_its_size_and_day() -> None:
    seen = see(a_series([*CALM, 7.0, 7.2]))
    assert seen.sign is Sign.WORSE
    assert seen.now is not None
    assert (seen.now.since.said, seen.now.told_at.said, seen.now.points_late) == ("2012", "2012", 1)
    assert seen.now.shape is Shape.STEP
    assert seen.now.size_low < -2.9 < seen.now.size_high < 0
    assert seen.now.evidence > seen.now.limit


def test_a_rise_is_worse_where_lower_is_better() -> None:
    seen = see(a_series([*CALM, 13.0, 12.8], better=Better.LOWER))
    assert seen.sign is Sign.WORSE
    assert seen.now is not None
    assert seen.now.size > 0


def test_an_improvement_is_praised_and_is_no_alarm() -> None:
    seen = see(a_series([*CALM, 13.0, 12.8]))
    assert seen.sign is Sign.BETTER
    assert not seen.sign.is_alarm


def test_a_series_with_no_better_way_is_told_to_have_changed() -> None:
    seen = see(a_series([*CALM, 13.0, 12.8], better=Better.NEITHER))
    assert seen.sign is Sign.CHANGED


def test_a_quiet_series_is_left_alone() -> None:
    seen = see(a_series(CALM))
    assert seen.sign is Sign.STEADY
    assert seen.now is None
    assert seen.usual is not None
    assert seen.usual_low is not None
    assert seen.usual_high is not None
    assert seen.usual_low < 10 < seen.usual_high


def test_a_missing_year_is_no_fall() -> None:
    seen = see(a_series([*CALM[:6], None, *CALM[6:]]))
    assert seen.sign is Sign.STEADY
    assert seen.points == len(CALM)


def test_what_was_told_is_what_was_known_on_the_day() -> None:
    """A series cut off after any point tells the same changes up to there."""
    values = [*CALM, 7.0, 7.2, 6.9, 7.1, 9.9, 10.2, 10.0, 9.8]
    plan = plan_of(4.0, [a_series(values)])
    plan = replace(plan, promise=Promise(4.0, 200))
    whole = watch([a_series(values)], plan)[0]
    told = {change.told_at.said for change in (*whole.earlier, whole.now) if change}
    first = watch([a_series(values[:13])], plan)[0]
    assert first.now is not None
    assert first.now.told_at.said in told


def test_a_fall_that_comes_back_and_a_second_fall_are_both_found() -> None:
    values = [*CALM, 6.0, 6.3, 5.9, 10.1, 9.8, 10.2, 10.0, 9.9, 10.3, 6.2, 6.0]
    seen = see(a_series(values))
    signs = [change.sign for change in seen.earlier]
    assert seen.sign is Sign.WORSE
    assert signs[:2] == [Sign.WORSE, Sign.BETTER]


def test_nothing_is_compared_across_a_break() -> None:
    values = [*CALM, 20.0, 20.3, 19.8, 20.1, 20.2, 19.9]
    broken = a_series(values, breaks=(Break(date(2012, 1, 1), "it is counted anew"),))
    assert see(broken).sign is Sign.STEADY
    assert see(a_series(values)).sign is Sign.BETTER


def test_too_soon_after_a_break_it_is_too_early_to_say() -> None:
    values = [*CALM, 20.0]
    seen = see(a_series(values, breaks=(Break(date(2012, 1, 1), "it is counted anew"),)))
    assert seen.sign is Sign.TOO_FEW
    assert seen.short_by == 2


def test_one_wild_point_long_ago_hides_no_fall() -> None:
    seen = see(a_series([*CALM[:4], 90.0, *CALM[4:], 6.0, 6.2, 6.1]))
    assert seen.sign is Sign.WORSE
    assert seen.now is not None
    assert seen.now.since.said == "2013"


def test_a_slide_is_said_to_be_one() -> None:
    values = [*CALM, *(10 - 0.5 * n for n in range(1, 13))]
    seen = see(a_series(values))
    assert seen.sign is Sign.WORSE
    assert seen.now is not None
    assert seen.now.shape is Shape.SLIDE
    assert seen.now.after < 5


@pytest.mark.parametrize(
    ("values", "sign"),
    [
        ([], Sign.TOO_FEW),
        ([None, None], Sign.TOO_FEW),
        ([5.0], Sign.TOO_FEW),
        ([5.0, 6.0, 5.5, 5.2], Sign.TOO_FEW),
        ([0.0] * 12, Sign.SET_ASIDE),
        ([7.5] * 8, Sign.SET_ASIDE),
        ([float("nan")] * 9, Sign.SET_ASIDE),
        ([float("inf"), 1e300, -1e300], Sign.SET_ASIDE),
    ],
)
def test_what_cannot_be_weighed_is_said_to_be_so(values: list[float | None], sign: Sign) -> None:
    seen = see(a_series(values))
    assert seen.sign is sign
    if sign is Sign.SET_ASIDE:
        assert "the same" in seen.notes[0] or "can be looked at" in seen.notes[0]
    else:
        assert seen.short_by > 0


@pytest.mark.parametrize(
    "values",
    [
        [1e90, -1e90] * 6,
        [1e-90, 2e-90, 1.5e-90] * 4,
        [5.0] * 9 + [5.1],
        [0.0] * 9 + [1000.0],
        [float(n) for n in range(30)],
        [1.0, 2.0, 3.0, 4.0, float("nan"), 5.0],
    ],
)
def test_odd_numbers_are_watched_and_give_numbers(values: list[float]) -> None:
    seen = see(a_series(values))
    for change in filter(None, (*seen.earlier, seen.now)):
        assert np.isfinite([change.size, change.before, change.after, change.evidence]).all()
    assert seen.usual is not None
    assert np.isfinite(seen.usual)


def test_points_out_of_order_and_twice_are_watched_in_order() -> None:
    one = a_series([*CALM, 7.0, 7.2])
    mixed = replace(one, points=one.points[::-1])
    assert see(mixed) == see(one)
    assert see(replace(one, points=(*one.points, one.points[-1]))).sign is Sign.WORSE


def test_three_years_rolling_cry_wolf_no_oftener() -> None:
    """Means of three years follow themselves; taken for single years they would be news."""
    rng = np.random.default_rng(7)
    years = rng.normal(size=(60, 22))
    means = (years[:, 2:] + years[:, 1:-1] + years[:, :-2]) / 3
    single = [a_series(list(row)) for row in means]
    rolling = [
        replace(one, points=tuple(
            replace(point, period=Period(point.period.first_day,
                                         months_on(point.period.last_day, 24), str(n)))
            for n, point in enumerate(one.points)
        ))
        for one in single
    ]  # fmt: skip
    plan = replace(plan_of(4.0, rolling), promise=Promise(4.0, 200))
    seen = watch(rolling, plan)
    assert "overlap" in seen[0].notes[0]
    told = sum(
        change.sign is Sign.WORSE for one in seen for change in (*one.earlier, one.now) if change
    )
    assert told <= 1.5 * 0.02 * 60 * 16


def test_published_limits_are_the_least_noise() -> None:
    """The same fall is certain in exact numbers, and not in those of a small survey."""
    exact = a_series([*CALM, 9.0, 8.9])
    unsure = replace(exact, points=tuple(
        replace(point, low=(point.value or 0) - 2, high=(point.value or 0) + 2)
        for point in exact.points
    ))  # fmt: skip
    assert see(exact).sign is Sign.WORSE
    assert see(unsure).sign is not Sign.WORSE


def test_a_share_of_few_people_is_less_sure_than_one_of_many() -> None:
    tops = [50, 48, 51, 49, 50, 52, 49, 50, 48, 51, 40, 39]

    def of(times: int) -> Watched:
        series = a_series([100 * top / 100 for top in tops], kind=Kind.SHARE)
        return replace(series, points=tuple(
            replace(point, numerator=float(top * times), denominator=100.0 * times)
            for point, top in zip(series.points, tops, strict=True)
        ))  # fmt: skip

    assert see(of(100)).sign is Sign.WORSE
    assert see(of(1)).sign is not Sign.WORSE
    sure = see(of(100)).now
    assert sure is not None
    assert sure.before == pytest.approx(49.8, abs=0.5)
    assert sure.after == pytest.approx(39.5, abs=0.7)


def test_a_season_is_no_change() -> None:
    rng = np.random.default_rng(4)
    shape = np.tile([0, 0, 1, 1, 2, 2, 1, 0, -1, -2, -3, -1], 4)
    quiet = [a_series(list(50 + 2 * shape + rng.normal(size=48)), months=1) for _ in range(6)]
    plan = replace(plan_of(4.0, quiet), promise=Promise(4.0, 200))
    assert [seen.sign for seen in watch(quiet, plan)].count(Sign.WORSE) == 0
    fallen = a_series(
        list(50 + 2 * shape + rng.normal(size=48) - 4.0 * (np.arange(48) >= 43)), months=1
    )
    assert watch([fallen], plan)[0].sign is Sign.WORSE


def test_nothing_is_seen_in_no_series() -> None:
    assert watch([], plan_of(4.0, [])) == []
