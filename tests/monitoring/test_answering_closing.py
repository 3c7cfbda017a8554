"""A response closes on the evidence of its series, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from totalplace.monitoring.rules.closing import Evidence, Fall, Ground, evidence, shown
from totalplace.monitoring.rules.seen import Seen, Sign
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.rules.indicators import Better
from totalplace.refusal import Refused

from .watch_made import a_change, a_series, periods_of, seen_of

UP = [10.0, 10.2, 9.8, 10.1, 15.0, 15.2, 15.1]  # more absence: worse
NOISE = {"noise": 0.2, "follows_itself": 0.0}


def fall(series: Watched, *, since: int = 4, told: int = 5) -> Fall:
    at = periods_of(series)
    return Fall(at[since], at[told], before=10.0, after=15.0)


def asked(
    values: list[float | None],
    seen: Seen | None = None,
    level: float | None = None,
    **other: Any,
) -> Evidence:
    series = a_series(values, **other)
    seen = seen or seen_of(series, a_change(series, since=4, told=5), **NOISE)
    return evidence(fall(series), series, seen, points=3, level=level)


def test_a_series_that_stays_worse_does_not_close() -> None:
    with pytest.raises(Refused, match=r"which is not back at 10.0%"):
        asked([*UP, 15.0, 15.1])


def test_with_too_few_points_since_it_says_how_many_more_are_needed() -> None:
    with pytest.raises(Refused, match=r"there are 2. Wait for 1 more figure"):
        turned([*UP, 10.0, 10.1], since=7)


def turned(
    values: list[float | None], *, since: int, sign: Sign = Sign.BETTER, **other: Any
) -> Evidence:
    series = a_series(values, **other)
    seen = seen_of(series, a_change(series, since=since, told=since, sign=sign), **NOISE)
    return evidence(fall(series), series, seen, points=3)


def test_a_series_that_came_back_closes_and_the_figures_are_said() -> None:
    found = turned([*UP, 10.0, 10.1, 9.9], since=7)
    assert found.ground is Ground.BACK
    assert found.shown == (
        "the mean of its last 3 figures, up to 2024/25, is 10.0%; it was 10.0% before it moved"
    )


def test_a_missing_figure_is_no_point() -> None:
    with pytest.raises(Refused, match="there are 2"):
        turned([*UP, 10.0, None, 9.9], since=7)


def test_half_of_the_way_back_is_not_back() -> None:
    with pytest.raises(Refused, match=r"not back at 10.0%"):
        turned([*UP, 12.5, 12.4, 12.6, 12.5], since=7)


def test_the_change_that_matters_says_how_near_is_near_enough() -> None:
    assert turned([*UP, 10.9, 10.9, 10.9], since=7, matters=1.0).ground is Ground.BACK
    with pytest.raises(Refused, match="not back"):
        turned([*UP, 11.1, 11.1, 11.1], since=7, matters=1.0)


def test_the_level_that_both_agreed_to_is_enough() -> None:
    assert asked([*UP, 12.0, 12.0, 12.0, 12.0], level=14.0).ground is Ground.AT_LEVEL
    with pytest.raises(Refused, match=r"nor at 9.0%, which was agreed"):
        asked([*UP, 15.0, 15.0, 15.0], level=9.0)


def test_a_second_turn_for_the_worse_is_no_time_to_close() -> None:
    for sign in (Sign.WORSE, Sign.PERHAPS_WORSE):
        with pytest.raises(Refused, match="wrong way again"):
            turned([*UP, 18.0, 18.0, 18.0], since=7, sign=sign)


def test_what_its_publisher_revised_away_closes_whatever_the_level_is() -> None:
    series = a_series(UP)
    gone = replace(fall(series), revised_by=9)
    found = evidence(gone, series, seen_of(series), points=3)
    assert (found.ground, "finding 9" in found.shown) == (Ground.REVISED, True)


def test_a_series_that_cannot_be_looked_at_does_not_close() -> None:
    series = a_series(UP)
    for sign in (Sign.SET_ASIDE, Sign.TOO_FEW):
        with pytest.raises(Refused, match=str(sign)):
            evidence(fall(series), series, seen_of(series, sign=sign), points=3)


def test_more_is_better_the_other_way_round() -> None:
    down = [15.0, 15.2, 14.8, 15.1, 10.0, 10.2, 10.1]
    series = a_series([*down, 15.0, 15.1, 14.9], better=Better.HIGHER)
    seen = seen_of(series, a_change(series, since=7, told=7, sign=Sign.BETTER), **NOISE)
    at = periods_of(series)
    fell = Fall(at[4], at[5], before=15.0, after=10.0)
    assert evidence(fell, series, seen, points=3).ground is Ground.BACK


def test_where_no_way_is_better_back_is_back_and_beyond_is_not() -> None:
    assert (
        turned([*UP, 10.0, 10.1, 9.9], since=7, sign=Sign.CHANGED, better=Better.NEITHER).ground
        is Ground.BACK
    )
    with pytest.raises(Refused, match="not back"):
        turned([*UP, 3.0, 3.0, 3.0], since=7, sign=Sign.CHANGED, better=Better.NEITHER)


def test_a_review_says_what_the_series_shows_good_or_bad() -> None:
    series = a_series(UP)
    seen = seen_of(series, a_change(series, since=4, told=5), **NOISE)
    assert shown(fall(series), series, seen) == (
        "in 2021/22 it was 15.1%; it had moved from 10.0% to 15.0%, and now: no move since the "
        "finding"
    )
