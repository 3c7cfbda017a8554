"""Many areas beside each other: areas of one kind, and where it became worse than by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from totalplace.doors.report.watch_limits import limit_steps
from totalplace.monitoring.rules.findings import Under
from totalplace.monitoring.rules.units import (
    COUNTIES,
    DISTRICTS,
    OTHERS,
    by_kind,
    fullest,
    kind_of,
    periods_of,
    unit_of,
)
from totalplace.monitoring.rules.watched import Kind, Point, Watched
from totalplace.monitoring.rules.worse_everywhere import worse_everywhere
from totalplace.outcomes.rules.indicators import Better
from totalplace.outcomes.rules.periods import lasting

from .watch_made import a_change, a_series, seen_of

SEED = 20261126


def many(areas: int, worse: int, *, points: int = 16) -> list[Watched]:
    """Areas that are quiet, of which the first so many jump by three of their spreads."""
    drawn = np.random.default_rng(SEED)
    made = []
    for n in range(areas):
        values = drawn.normal(10, 1, points)
        values[points - 4 :] += 3.0 if n < worse else 0.0
        made.append(a_series(list(values), first=2005, area=f"E06{n:06}", area_name=f"Area {n}"))
    return made


def test_a_district_stands_beside_unitary_authorities_and_the_country_beside_nobody() -> None:
    found = by_kind(["E92000001", "E10000017", "E06000008", "E07000117", "E08000001", "RXN"])
    assert found[COUNTIES] == ["E10000017", "E06000008", "E08000001"]
    assert found[DISTRICTS] == ["E07000117", "E06000008", "E08000001"]
    assert found[OTHERS] == ["RXN"]
    assert list(by_kind(["E06000008", "E07000117"])) == [DISTRICTS]


def test_the_period_is_the_latest_of_which_most_areas_have_a_figure() -> None:
    some = [a_series([10, 11, 12]), a_series([10, 11]), a_series([10, 11])]
    counted = periods_of(some)
    assert [many for _, many in counted] == [1, 3, 3]
    period = fullest(counted)
    assert period is not None
    assert period.said == "2016/17"
    assert fullest([]) is None


def test_areas_are_shares_only_where_every_one_has_whole_counts_behind_it() -> None:
    period = a_series([1.0]).points[0].period
    whole = Point(period, 50.0, numerator=5, denominator=10)
    bare = Point(period, 50.0, low=48.0, high=52.0)
    assert kind_of([whole, whole], 100) is Kind.SHARE
    assert kind_of([whole, whole], 1000) is Kind.COUNT
    assert kind_of([whole, bare], 100) is Kind.MEASURE
    unit = unit_of(a_series([50.0]), bare, Kind.MEASURE)
    assert unit.error is not None
    assert abs(unit.error - 4 / 3.919928) < 1e-9
    assert unit_of(a_series([50.0]), Point(period, 50.0), Kind.MEASURE).error is None


def test_areas_that_fell_are_told_and_quiet_ones_hardly_ever() -> None:
    found = worse_everywhere(many(60, 12), Better.LOWER)
    names = {one.name for one in found.moved}
    assert len(names & {f"Area {n}" for n in range(12)}) >= 10
    assert len(names) <= 14
    assert "At most 10 per cent of those told are expected to be false." in found.words
    assert all(one.after > one.before for one in found.moved)


def test_what_cannot_be_judged_together_says_why_and_tells_nobody() -> None:
    assert "nobody said which way is better" in worse_everywhere(many(30, 5), Better.NEITHER).words
    assert "only 12 areas have every figure" in worse_everywhere(many(12, 5), Better.LOWER).words
    short = worse_everywhere(many(30, 5, points=6), Better.LOWER)
    assert short.words.startswith("Not judged: only 6 figures that share no days are there")
    rolling = [replace(one, points=tuple(
        replace(p, period=lasting(p.period.first_day, 36)) for p in one.points
    )) for one in many(30, 5)]  # fmt: skip
    assert "only 6 figures that share no days" in worse_everywhere(rolling, Better.LOWER).words
    still = [replace(one, points=tuple(replace(p, value=3.0) for p in one.points))
             for one in many(30, 0)]  # fmt: skip
    assert "no figure ever moved" in worse_everywhere(still, Better.LOWER).words


def test_the_limit_is_explained_step_by_step_from_the_promise() -> None:
    series = a_series([10, 11, 10, 11, 22, 21])
    seen = seen_of(series, a_change(series, since=4, told=4), follows_itself=0.3)
    steps = limit_steps(series, seen, Under(4.0, 180, 4 / 180))
    assert steps[0] == (
        "This place promised at most 4 false alarms a year, over all of its 180 series."
    )
    assert "once in 45 years" in steps[1]
    assert "less than was promised" not in steps[1]
    assert "once a year" in steps[2]
    assert "somewhat follows the one before it (0.30" in steps[4]
    assert "Now the evidence is 900. An alarm needs 300" in steps[5]
    few = limit_steps(series, seen_of(series), Under(4.0, 2, 0.02))
    assert "none is watched laxly" in few[1]
    assert "no evidence passes the limit" in few[-1]
