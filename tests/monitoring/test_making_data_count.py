"""Making Data Count is as published: the published implementation's own cases, and faults it had.

The series and figures are facts of the tests and issues of NHSRplotthedots 0.2.2 (NHS-R Community):
tests/testthat/test-ptd_spc_standard.R with its snapshot, test-ptd_calculate_point_type.R,
test-ptd_calculate_assurance_type.R, test-geom_ptd_icon.R, vignettes/deviations.Rmd, and issues 143,
167, 171 and 172. Its random series are those of R's generator with seed 123.
"""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.monitoring.rules.charts.crying_wolf import TABLE, how_often_false, in_words
from totalplace.monitoring.rules.charts.icons import Assurance, Variation
from totalplace.monitoring.rules.charts.special_cause import (
    Kind,
    Rule,
    part_of_seven,
    seven_on_one_side,
    seven_point_trend,
    two_in_three,
)
from totalplace.monitoring.rules.charts.xmr import Chart, xmr_chart
from totalplace.outcomes.rules.indicators import Better
from totalplace.refusal import Refused

# R: set.seed(123); rnorm(24); then rnorm(12, 5); then rnorm(12, -5).
NORMAL = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621,
    -1.26506123, -0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272,
    -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.70135590, -0.47279141, -1.06782371,
    -0.21797491, -1.02600445, -0.72889123,
]  # fmt: skip
ABOUT_5 = [4.37496073, 3.31330669, 5.83778704, 5.15337312, 3.86186306, 6.25381492, 5.42646422,
           4.70492852, 5.89512566, 5.87813349, 5.82158108, 5.68864025]  # fmt: skip
ABOUT_MINUS_5 = [-4.44608235, -5.06191171, -5.30596266, -5.38047100, -5.69470698, -5.20791728,
                 -6.26539635, -2.83104403, -3.79203800, -6.12310858, -5.40288484,
                 -5.46665535]  # fmt: skip
# R: set.seed(123); c(sample(50:70, 20), sample(90:100, 10, TRUE)) / 100, as in issue 172.
ISSUE_172 = [0.64, 0.68, 0.63, 0.52, 0.59, 0.51, 0.55, 0.60, 0.54, 0.53, 0.70, 0.58, 0.62, 0.67,
             0.57, 0.50, 0.61, 0.69, 0.66, 0.56, 0.92, 0.97, 0.99, 0.96, 0.99, 0.98, 0.92, 0.93,
             0.90, 1.00]  # fmt: skip
DEVIATIONS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def lines(chart: Chart) -> tuple[float | None, float | None, float | None]:
    """The mean and the limits of a chart's first part."""
    first = chart.points[0]
    return first.mean, first.lower, first.upper


@pytest.mark.parametrize(
    ("fifteenth", "screened", "said"),
    [
        (None, True, (0.1416238, -3.01138, 3.294627)),
        (10.0, True, (0.6694159, -2.383666, 3.722497)),
        (10.0, False, (0.6694159, -4.596625, 5.935457)),
    ],
)
def test_the_lines_are_those_of_the_published_snapshots(
    fifteenth: float | None, screened: bool, said: tuple[float, float, float]
) -> None:
    values: list[float | None] = [*NORMAL[:20]]
    values[14] = values[14] if fifteenth is None else fifteenth
    chart = xmr_chart(values, better=Better.HIGHER, screened=screened)
    assert lines(chart) == pytest.approx(said, rel=2e-6)


def test_outlying_moves_are_screened_as_the_published_page_on_deviations_has_it() -> None:
    screened = lines(xmr_chart(DEVIATIONS, better=Better.HIGHER))
    as_spreadsheet = lines(xmr_chart(DEVIATIONS, better=Better.HIGHER, screened=False))
    # Fifteen moves of 1, and moves of 8 and 9 that are more than 3.267 times the mean of 32/17.
    assert screened == pytest.approx((35 / 18, 35 / 18 - 2.66, 35 / 18 + 2.66))
    assert as_spreadsheet == pytest.approx(
        (35 / 18, 35 / 18 - 2.66 * 32 / 17, 35 / 18 + 2.66 * 32 / 17)
    )


def test_lines_fixed_after_twelve_points_differ_from_free_ones() -> None:
    free = lines(xmr_chart(NORMAL[:20], better=Better.HIGHER))
    fixed = xmr_chart(NORMAL[:20], better=Better.HIGHER, fixed_after=12)
    assert lines(fixed) == pytest.approx(lines(xmr_chart(NORMAL[:12], better=Better.HIGHER)))
    assert lines(fixed) != free


def test_lines_are_not_fixed_on_fewer_points_than_published() -> None:
    with pytest.raises(Refused, match="11 points are fewer than the 12"):
        xmr_chart(NORMAL, better=Better.HIGHER, fixed_after=11)


def test_a_rebase_and_a_fixed_baseline_go_together_as_issue_93_asks() -> None:
    values = [*NORMAL[:20], *(one + 5 for one in NORMAL[:20])]
    chart = xmr_chart(values, better=Better.HIGHER, rebased_at=[20], fixed_after=12)
    mean, lower, upper = lines(xmr_chart(NORMAL[:12], better=Better.HIGHER))
    assert mean is not None
    assert lower is not None
    assert upper is not None
    second = chart.points[39]
    assert second.part == 1
    assert (second.mean, second.lower, second.upper) == pytest.approx(
        (mean + 5, lower + 5, upper + 5)
    )


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ([], []),
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [0] * 6 + [1, 1, 0]),
        ([-1] * 8 + [1], [0] * 6 + [1, 1, 0]),
        ([0] * 9, [0] * 9),
    ],
)
def test_seven_on_one_side_as_published(sides: list[int], said: list[int]) -> None:
    assert seven_on_one_side(sides) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], []),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [0] * 6 + [1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] * 7 + [1, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [0] * 6 + [-1]),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0] * 7 + [-1, 0]),
    ],
)
def test_a_seven_point_trend_as_published(values: list[float], said: list[int]) -> None:
    assert seven_point_trend(values) == said


@pytest.mark.parametrize("end", [1, -1])
def test_all_seven_points_of_a_trend_are_marked_as_published(end: int) -> None:
    assert part_of_seven([0] * 6) == [False] * 6
    assert part_of_seven([0] * 6 + [end, 0]) == [True] * 7 + [False]
    assert part_of_seven([0] * 7 + [end, 0]) == [False] + [True] * 7 + [False]


@pytest.mark.parametrize(
    ("close", "sides", "said"),
    [
        ([], [], []),
        ([0, 0, 0], [1, 1, 1], [0, 0, 0]),
        ([1, 0, 1], [1, 1, 1], [1, 1, 1]),
        ([0, 1, 1], [1, 1, 1], [1, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 1]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 1, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 1, 1, 1, 1, 0, 0]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1, -1, 1, -1, 1, -1, 1], [0] * 7),
        ([1, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 1, 1, 1]),
    ],
)
def test_two_of_three_near_a_limit_as_published(
    close: list[int], sides: list[int], said: list[int]
) -> None:
    assert two_in_three([bool(one) for one in close], sides) == [bool(one) for one in said]


def test_two_points_near_opposite_limits_are_nothing_as_issue_143_has_it() -> None:
    values = [1.0, -1.0] * 7 + [5.5, -5.5]
    kinds = [one.kind for one in xmr_chart(values, better=Better.HIGHER).points]
    assert kinds[-2:] == [Kind.COMMON, Kind.COMMON]


@pytest.mark.parametrize(("way", "rising"), [(1, True), (-1, False)])
def test_a_trend_is_judged_by_where_it_goes_as_issues_167_and_171_have_it(
    way: int, rising: bool
) -> None:
    chart = xmr_chart([way * n for n in range(8)], better=Better.HIGHER)
    trend = [one for one in chart.points if one.rule is Rule.TREND]
    assert len(trend) == 6  # the first and the last lie outside the limits, which is named first
    assert all(one.up is rising for one in trend)
    wanted = Kind.IMPROVEMENT if rising else Kind.CONCERN
    assert {one.kind for one in trend} == {wanted}
    assert all(Rule.TREND in one.rules for one in chart.points)


@pytest.mark.parametrize(
    ("values", "target", "better", "variation", "assurance"),
    [
        (NORMAL, None, Better.HIGHER, Variation.COMMON_CAUSE, Assurance.NONE),
        (NORMAL, 0.5, Better.HIGHER, Variation.COMMON_CAUSE, Assurance.INCONSISTENT),
        (NORMAL[:12], 0.5, Better.HIGHER, Variation.COMMON_CAUSE, Assurance.INCONSISTENT),
        (NORMAL[12:], 0.5, Better.HIGHER, Variation.COMMON_CAUSE, Assurance.INCONSISTENT),
        (NORMAL[:12] + ABOUT_5, -3, Better.HIGHER, Variation.IMPROVEMENT_HIGH,
         Assurance.CONSISTENT_PASS),
        (NORMAL[:12] + ABOUT_5, -3, Better.LOWER, Variation.CONCERN_HIGH,
         Assurance.CONSISTENT_FAIL),
        (NORMAL[:12] + ABOUT_MINUS_5, 3, Better.HIGHER, Variation.CONCERN_LOW,
         Assurance.CONSISTENT_FAIL),
        (NORMAL[:12] + ABOUT_MINUS_5, 3, Better.LOWER, Variation.IMPROVEMENT_LOW,
         Assurance.CONSISTENT_PASS),
        (NORMAL[:12] + ABOUT_MINUS_5, 3, Better.NEITHER, Variation.NEUTRAL_LOW, Assurance.NONE),
    ],
)  # fmt: skip
def test_the_icons_are_those_of_the_published_tests(
    values: list[float],
    target: float | None,
    better: Better,
    variation: Variation,
    assurance: Assurance,
) -> None:
    chart = xmr_chart(values, better=better, target=target)
    assert (chart.variation, chart.assurance) == (variation, assurance)
    assert chart.variation_words
    assert chart.assurance_words


def test_the_example_of_issue_172_has_the_lines_that_were_printed_there() -> None:
    chart = xmr_chart(ISSUE_172, better=Better.HIGHER, target=0.9)
    assert [round(one or 0, 3) for one in lines(chart)] == [0.717, 0.554, 0.880]
    assert chart.assurance is Assurance.CONSISTENT_FAIL


def test_after_a_rebase_the_icon_is_of_the_latest_part_which_issue_172_had_wrong() -> None:
    chart = xmr_chart(ISSUE_172, better=Better.HIGHER, target=0.9, rebased_at=[20])
    latest = chart.points[-1]
    assert latest.lower is not None
    assert latest.upper is not None
    assert latest.lower < 0.9 < latest.upper
    assert chart.assurance is Assurance.INCONSISTENT
    assert chart.variation is Variation.COMMON_CAUSE
    first = xmr_chart(ISSUE_172[:20], better=Better.HIGHER, target=0.9)
    assert first.assurance is Assurance.CONSISTENT_FAIL


@pytest.mark.parametrize(
    ("lower", "better", "said"),
    [
        (1, Better.HIGHER, Assurance.CONSISTENT_FAIL),
        (5, Better.HIGHER, Assurance.CONSISTENT_PASS),
        (1, Better.LOWER, Assurance.CONSISTENT_PASS),
        (5, Better.LOWER, Assurance.CONSISTENT_FAIL),
        (3, Better.HIGHER, Assurance.INCONSISTENT),
        (3, Better.NEITHER, Assurance.NONE),
    ],
)
def test_a_target_beyond_the_limits_is_met_or_missed_as_published(
    lower: float, better: Better, said: Assurance
) -> None:
    middle, step = lower + 1, 1 / 2.66  # limits at `lower` and two above it, as published
    values = [middle + step / 2, middle - step / 2] * 8
    assert xmr_chart(values, better=better, target=4).assurance is said


def test_a_target_may_change_and_the_latest_is_what_counts() -> None:
    targets = [3.0] * 12 + [-9.0] * 12
    chart = xmr_chart(NORMAL, better=Better.HIGHER, target=targets)
    assert chart.assurance is Assurance.CONSISTENT_PASS
    assert [one.target for one in chart.points] == targets


def test_a_missing_point_is_skipped_and_said() -> None:
    gap: list[float | None] = [*NORMAL[:10], None, *NORMAL[10:]]
    with_gap = xmr_chart(gap, better=Better.HIGHER)
    without = xmr_chart(NORMAL, better=Better.HIGHER)
    assert lines(with_gap) == lines(without)
    assert with_gap.points[10].kind is Kind.COMMON
    assert "1 of 25 points are missing" in with_gap.notes[0]
    assert xmr_chart([None, None], better=Better.LOWER).variation is Variation.NONE
    assert xmr_chart([], better=Better.LOWER).points == ()


def test_values_that_are_all_the_same_have_no_limits_and_no_verdict() -> None:
    chart = xmr_chart([0.1] * 20, better=Better.HIGHER, target=0.05)
    assert chart.variation is Variation.COMMON_CAUSE
    assert chart.assurance is Assurance.NO_LIMITS
    assert any("no limits" in note for note in chart.notes)


def test_what_is_not_of_the_series_is_refused() -> None:
    with pytest.raises(Refused, match="no such point"):
        xmr_chart(NORMAL, better=Better.HIGHER, rebased_at=[24])
    with pytest.raises(Refused, match="2 targets for 24 points"):
        xmr_chart(NORMAL, better=Better.HIGHER, target=[1.0, 2.0])
    with pytest.raises(ValueError, match="finite"):
        xmr_chart([1.0, math.inf], better=Better.HIGHER)


@given(
    st.lists(st.integers(-50, 50), min_size=2, max_size=40),
    st.sampled_from([Better.HIGHER, Better.LOWER]),
)
def test_turned_upside_down_a_chart_says_the_same(whole: list[int], better: Better) -> None:
    other = Better.LOWER if better is Better.HIGHER else Better.HIGHER
    one = xmr_chart([float(value) for value in whole], better=better)
    two = xmr_chart([-float(value) for value in whole], better=other)
    assert [(p.kind, p.rules) for p in one.points] == [(p.kind, p.rules) for p in two.points]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), st.integers(0, 39))
def test_parts_of_a_rebased_chart_know_nothing_of_each_other(values: list[float], at: int) -> None:
    place = at % len(values)
    whole = xmr_chart(values, better=Better.LOWER, rebased_at=[place] if place else [])
    alone = xmr_chart(values[place:], better=Better.LOWER)
    assert [(p.mean, p.upper, p.rules) for p in whole.points[place:]] == [
        (p.mean, p.upper, p.rules) for p in alone.points
    ]


def test_how_often_the_rules_cry_wolf_grows_with_the_chart() -> None:
    assert how_often_false(24) == TABLE[24][0]
    assert how_often_false(24, 0.6) == TABLE[24][3]
    assert TABLE[24][0] < how_often_false(27) < TABLE[30][0]
    assert TABLE[24][1] < how_often_false(24, 0.3) < TABLE[24][2]
    assert TABLE[120][0] < how_often_false(240) < 1
    assert how_often_false(1) == 0
    assert "11 in 100 charts of 24 points" in in_words(24)
    assert "hardly ever" in in_words(4)
