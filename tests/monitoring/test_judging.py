"""Bad figures are marked, with why, and are never looked at as news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.rules.judging import judged
from totalplace.monitoring.rules.watched import Kind, Point, Standing, Watched
from totalplace.outcomes.rules.indicators import Break
from totalplace.outcomes.rules.periods import Period, following, lasting

from .watch_made import a_series

TODAY = date(2040, 11, 26)
LEVEL = [11.2, 11.9, 11.4, 12.1, 11.7, 11.5, 12.0, 11.6]


def look(values: Sequence[float | None], on: date = TODAY, **said: Any) -> Watched:
    return judged(a_series(values, **said), on=on)


def standings(series: Watched) -> list[Standing]:
    return [point.standing for point in series.points]


def reasons(series: Watched) -> str:
    return " | ".join(point.why for point in series.points if point.why)


def with_point(series: Watched, at: int, **said: Any) -> Watched:
    points = list(series.points)
    points[at] = replace(points[at], **said)
    return replace(series, points=tuple(points))


def test_a_sound_series_is_left_as_it_is() -> None:
    series = a_series(LEVEL)
    assert judged(series, on=date(2024, 1, 1)) == series


def test_a_missing_year_stays_missing_and_is_no_fall() -> None:
    found = look([*LEVEL[:4], None, *LEVEL[4:]])
    assert standings(found)[4] is Standing.MISSING
    assert found.points[4].value is None
    assert len(found.looked_at) == 8


def test_the_same_figure_twice_counts_once_and_two_different_ones_never() -> None:
    series = a_series(LEVEL)
    once = judged(replace(series, points=(*series.points, series.points[2])), on=TODAY)
    assert [p.value for p in once.points] == LEVEL
    assert "given twice and counts once" in once.notes[0]
    other = replace(series.points[2], value=99.0)
    twice = judged(replace(series, points=(*series.points, other)), on=TODAY)
    assert twice.points[2].standing is Standing.SET_ASIDE
    assert "two different figures" in twice.points[2].why
    assert 99.0 not in [p.value for p in twice.looked_at]


def test_a_period_that_has_not_begun_is_set_aside_and_one_that_is_not_over_is_partial() -> None:
    found = look(LEVEL, on=date(2021, 3, 1))
    assert standings(found)[5:] == [Standing.PARTIAL, Standing.SET_ASIDE, Standing.SET_ASIDE]
    assert "dated ahead" in found.points[6].why


@pytest.mark.parametrize("times", [100, 0.01, 1_000, 0.001, 1_000_000])
def test_a_unit_change_is_set_aside_where_it_is_new_and_a_break_where_it_lasts(
    times: float,
) -> None:
    new = look([*LEVEL, *(value * times for value in LEVEL[:3])])
    assert standings(new)[-3:] == [Standing.SET_ASIDE] * 3
    assert "another unit" in reasons(new)
    old = look([*LEVEL, *(value * times for value in LEVEL)])
    assert len(old.looked_at) == 16
    assert [one.on for one in old.breaks] == [old.points[8].period.first_day]
    assert "another unit" in old.breaks[0].why


def test_one_figure_in_another_unit_in_the_middle_is_set_aside() -> None:
    found = look([*LEVEL[:4], 0.119, *LEVEL[4:]])
    assert standings(found)[4] is Standing.SET_ASIDE
    assert len(found.looked_at) == 8


def of_lengths(*months: int) -> Watched:
    points, first = [], date(2020, 1, 1)
    for length in months:
        period = lasting(first, length)
        points.append(Point(period, 10.0 * length))
        first = following(period, length).first_day
    return judged(replace(a_series(LEVEL), points=tuple(points), months=None), on=TODAY)


def test_where_months_end_and_quarters_begin_nothing_is_compared_across() -> None:
    found = of_lengths(*[1] * 12, *[3] * 4)
    assert len(found.looked_at) == 16
    assert [one.on for one in found.breaks] == [date(2021, 1, 1)]
    assert judged(found, on=TODAY) == found


def test_a_year_among_months_and_months_among_quarters_are_set_aside() -> None:
    assert [p.value for p in of_lengths(1, 1, 12, 1, 1).points if not p.looked_at] == [120.0]
    assert len(of_lengths(3, 3, 1, 3, 1, 1, 3).looked_at) == 4
    assert "another length of time" in reasons(of_lengths(1, 1, 12, 1, 1))


def test_what_is_set_aside_is_named_where_it_is_little_and_said_once_where_it_is_much() -> None:
    few = look([*LEVEL[:4], 0.119, *LEVEL[4:]])
    assert f"The figure of {few.points[4].period.said} was set aside" in " ".join(few.notes)
    many = look([0.0] * 9)
    assert sum("9 figures were set aside" in note for note in many.notes) == 1


def test_a_real_fall_however_large_is_news() -> None:
    for after in (1.2, 30.0, 90.0, 0.4):
        assert len(look([*LEVEL, after, after * 1.05, after * 0.95]).looked_at) == 11


def test_an_outbreak_is_not_a_unit_change() -> None:
    found = look([1, 2, 1, 1, 2, 1, 140, 150], kind=Kind.COUNT, unit="cases")
    assert len(found.looked_at) == 8


def test_a_series_of_noughts_cannot_be_watched() -> None:
    found = look([0.0] * 9)
    assert found.looked_at == ()
    assert "every figure is nought" in reasons(found)


def test_a_nought_far_from_every_other_figure_stands_for_none_being_there() -> None:
    found = look([*LEVEL, 0.0])
    assert standings(found)[-1] is Standing.SET_ASIDE
    assert len(look([0, 2, 1, 0, 3, 0, 1], kind=Kind.COUNT, unit="deaths").looked_at) == 7


def test_what_cannot_be_of_its_kind_is_set_aside() -> None:
    share = look([*LEVEL, 104.0], kind=Kind.SHARE)
    assert "above the whole" in reasons(share)
    count = look([20, 24, 22, -3, 21], kind=Kind.COUNT, unit="cases")
    assert "below nought" in reasons(count)
    parts = with_point(a_series(LEVEL, kind=Kind.SHARE), 3, numerator=30.0, denominator=20.0)
    assert "above the whole" in reasons(judged(parts, on=TODAY))
    assert "no number" in reasons(look([*LEVEL, float("nan")]))
    assert len(look([-2.0, 3.0, -1.0, 150.0], unit="%").looked_at) == 4  # growth may be anything


def test_a_last_period_with_far_fewer_counted_is_partial_until_it_is_how_it_is() -> None:
    def counted(denominators: Sequence[float]) -> Watched:
        series = a_series([50.0 + n % 3 for n in range(len(denominators))], kind=Kind.SHARE)
        points = tuple(
            replace(point, numerator=(point.value or 0) * whole / 100, denominator=whole)
            for point, whole in zip(series.points, denominators, strict=True)
        )
        return judged(replace(series, points=points), on=TODAY)

    usual = [1000, 1100, 900, 1050, 980, 1020]
    assert standings(counted([*usual, 210]))[-1] is Standing.PARTIAL
    assert standings(counted([*usual, 210, 190]))[-2:] == [Standing.PARTIAL] * 2
    assert standings(counted([*usual, 210, 190, 205]))[-3:] == [Standing.FIRM] * 3
    assert standings(counted([*usual, 700]))[-1] is Standing.FIRM


def test_a_late_series_is_said_to_be_late_and_not_to_fall() -> None:
    late = look(LEVEL, on=date(2026, 11, 26))
    assert "It is late: nothing was published after 2022/23." in late.notes[0]
    assert look(LEVEL, on=date(2024, 6, 1)).notes == ()


def test_a_year_among_months_is_set_aside() -> None:
    month = lasting(date(2020, 4, 1), 1)
    points = []
    for n in range(14):
        points.append(Point(month, 80.0 + n % 2))
        month = following(month, 1)
    year = Point(Period(date(2020, 4, 1), date(2021, 3, 31), "2020/21"), 80.5)
    series = replace(a_series([]), months=1, points=(*points, year))
    found = judged(series, on=date(2021, 7, 1))
    assert [p.period.said for p in found.points if not p.looked_at] == ["2020/21"]
    assert "another length of time" in reasons(found)


def test_a_break_that_was_known_is_kept() -> None:
    known = Break(date(2019, 9, 1), "it was counted anew")
    assert known in look(LEVEL, breaks=(known,)).breaks


figures = st.none() | st.floats(-1e6, 1e6) | st.sampled_from([0.0, 12.0, 1200.0, float("inf")])
kinds = st.sampled_from(list(Kind))


@given(st.lists(figures, max_size=20), kinds, st.dates(date(2014, 1, 1), date(2040, 1, 1)))
def test_judging_loses_no_period_makes_no_figure_and_twice_is_once(
    values: list[float | None], kind: Kind, on: date
) -> None:
    series = a_series(values, kind=kind)
    found = judged(series, on=on)
    assert [p.period for p in found.points] == [p.period for p in series.points]
    assert [p.value for p in found.points] == [p.value for p in series.points]
    assert all(p.why for p in found.points if not p.looked_at)
    assert judged(found, on=on) == found


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12), st.randoms())
def test_in_whichever_order_figures_are_given_the_same_is_found(
    values: list[float], random: Any
) -> None:
    series = a_series(values)
    points = [*series.points, series.points[0]]
    random.shuffle(points)
    found = judged(replace(series, points=tuple(points)), on=TODAY)
    assert found.points == judged(series, on=TODAY).points


@given(st.lists(st.floats(5.0, 20.0), min_size=5, max_size=15), st.floats(1.0, 25.0))
def test_figures_within_their_own_size_are_always_looked_at(
    values: list[float], after: float
) -> None:
    assert len(look([*values, after]).looked_at) == len(values) + 1
