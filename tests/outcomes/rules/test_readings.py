"""Readings in order: gaps, revisions, breaks, and what may be said of two of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from totalplace.outcomes.definitions.reading import shipped_indicators
from totalplace.outcomes.rules.indicators import Better, Break, Gap
from totalplace.outcomes.rules.periods import lasting
from totalplace.outcomes.rules.readings import (
    Reading,
    Series,
    Status,
    breaks_of,
    compare_two,
    in_order,
    runs,
    with_gaps,
)
from totalplace.outcomes.rules.steps import alike, ends, steps

ABSENCE = shipped_indicators()["persistent-absence"]
DEPRIVATION = shipped_indicators()["deprivation"]


def a_reading(
    year: int, value: str | None = "10", *, limits: tuple[str, str] | None = None,
    vintage: int = 1, note: str = "",
) -> Reading:  # fmt: skip
    low, high = (Decimal(x) for x in limits) if limits else (None, None)
    return Reading(
        lasting(date(year, 8, 1), 12), None if value is None else Decimal(value), low, high,
        Status.PUBLISHED if value else Status.MISSING, "" if value else "the cell is empty",
        vintage, note,
    )  # fmt: skip


def test_a_year_that_was_left_out_stands_as_missing_with_its_reason() -> None:
    gap = Gap(date(2019, 8, 1), "schools were closed")
    filled = with_gaps([a_reading(2018), a_reading(2020)], months=12, gaps=[gap])
    assert [one.period.said for one in filled] == ["2018/19", "2019/20", "2020/21"]
    assert filled[1].value is None
    assert (filled[1].status, filled[1].why_missing) == (Status.NO_READING, "schools were closed")


def test_a_year_that_was_left_out_without_a_known_reason_says_so() -> None:
    filled = with_gaps([a_reading(2010), a_reading(2013)], months=12)
    assert [one.why_missing for one in filled[1:3]] == ["nothing was published for this period"] * 2


def test_what_is_not_read_regularly_has_no_gaps() -> None:
    told = [a_reading(2010), a_reading(2015)]
    assert with_gaps(told, months=None) == tuple(told)


def test_a_series_that_changed_its_rhythm_is_not_filled_up() -> None:
    later = Reading(lasting(date(2013, 1, 1), 12), Decimal(1), None, None, Status.PUBLISHED, "", 1)
    assert len(with_gaps([a_reading(2010), later], months=12)) == 2


def test_the_newest_vintage_counts_and_what_it_changed_is_a_revision() -> None:
    told = [
        a_reading(2020, "10", vintage=1), a_reading(2020, "11", vintage=2),
        a_reading(2021, "12", vintage=1), a_reading(2021, "12", vintage=2),
        a_reading(2022, "13", vintage=1),
    ]  # fmt: skip
    kept, revised = in_order(told, newest_first={2: 0, 1: 1})
    assert [(one.value, one.vintage) for one in kept] == [
        (Decimal(11), 2), (Decimal(12), 2), (Decimal(13), 1)
    ]  # fmt: skip
    assert [(r.before, r.after, r.before_vintage) for r in revised] == [
        (Decimal(10), Decimal(11), 1)
    ]


def test_no_line_runs_across_a_gap_or_a_break() -> None:
    told = with_gaps([a_reading(y) for y in (2016, 2017, 2019, 2020, 2021)], months=12)
    series = Series(ABSENCE, "E10000017", "Wexshire", told,
                    breaks=(Break(date(2021, 8, 1), "counted anew"),))  # fmt: skip
    assert [[one.period.said for one in run] for run in runs(series)] == [
        ["2016/17", "2017/18"], ["2019/20", "2020/21"], ["2021/22"]
    ]  # fmt: skip


def test_a_break_stands_before_the_first_reading_after_it() -> None:
    told = [Reading(lasting(date(y, 1, 1), 12), Decimal(1), None, None, Status.PUBLISHED, "", 1)
            for y in (2019, 2025)]  # fmt: skip
    assert [b.on for b in breaks_of(DEPRIVATION, told)] == [date(2025, 1, 1)]
    marked = [a_reading(2019), a_reading(2020, note="Break in series: new survey")]
    assert [b.why for b in breaks_of(ABSENCE, marked)] == ["Break in series: new survey"]


def test_it_may_be_chance_only_where_there_are_limits_that_overlap() -> None:
    before = a_reading(2019, "62.1", limits=("60.3", "63.9"))
    near = a_reading(2022, "59.3", limits=("57.3", "61.4"))
    far = a_reading(2022, "55.0", limits=("53.0", "57.0"))
    bare = a_reading(2022, "59.3")

    def words(later: Reading, better: Better = Better.HIGHER) -> str:
        stands = compare_two(later, before, better)
        return stands.words if stands else ""

    assert words(near) == "lower, which is worse, but it may be chance"
    assert words(far) == "lower, which is worse, more than chance"
    assert words(bare) == "lower, which is worse"
    assert words(near, Better.NEITHER) == "lower, but it may be chance"
    assert words(a_reading(2022, "62.1")) == "the same"
    assert compare_two(a_reading(2022, None), before, Better.HIGHER) is None


values = st.lists(st.none() | st.decimals(-1000, 1000, places=2), max_size=60)


@given(values)
def test_steps_of_a_map_hold_every_known_value_and_keep_their_order(
    some: list[Decimal | None],
) -> None:
    found = steps(some)
    assert [s is None for s in found] == [v is None for v in some]
    known = sorted(
        (v, s) for v, s in zip(some, found, strict=True) if v is not None and s is not None
    )
    assert [s for _, s in known] == sorted(s for _, s in known)
    assert all(pair is None or pair[0] <= pair[1] for pair in ends(some))


def test_districts_stand_beside_districts_and_counties_beside_unitaries() -> None:
    others = ["E06000008", "E07000117", "E10000017", "E12000002"]
    assert alike("E07000120", others) == ["E06000008", "E07000117"]
    assert alike("E10000006", others) == ["E06000008", "E10000017"]
