"""A line through months stops at a gap and at a change that is no growth."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.spending.trend import (
    broken_at,
    points,
    segments,
    stops,
    together,
)
from totalplace.count.rules.whole_place.whole import Break

MONTHS = [date(2023 + (m + 3) // 12, (m + 3) % 12 + 1, 1) for m in range(24)]
sums = st.dictionaries(st.sampled_from(MONTHS), st.integers(-(10**12), 10**12))


@pytest.mark.parametrize(
    ("when", "months"),
    [
        ("from October 2024", [date(2024, 10, 1)]),
        ("2023-24 to 2024-25", [date(2024, 4, 1)]),
        ("2024-04-01", [date(2024, 4, 1)]),
        ("May 2023", [date(2023, 5, 1), date(2023, 6, 1)]),
        ("April to September 2023", [date(2023, 4, 1), date(2023, 10, 1)]),
        ("December 2023 and January 2024", [date(2023, 12, 1), date(2024, 2, 1)]),
        ("April 2023 to January 2024; March 2024", [
            date(2023, 4, 1), date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1),
        ]),
        ("dated May 2023 and July 2023", [
            date(2023, 5, 1), date(2023, 8, 1),
        ]),
        ("2023-24", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_change_is_told_by_the_months_before_which_a_line_stops(
    when: str, months: list[date]
) -> None:
    assert list(broken_at(when)) == months


def test_a_month_of_which_nothing_is_held_is_not_known_and_never_nothing() -> None:
    shown = points({date(2023, 4, 1): 5, date(2023, 6, 1): 7})
    assert [p.pence for p in shown] == [5, None, 7]
    assert points({}) == ()


def test_bodies_are_added_only_where_all_of_them_are_held() -> None:
    one = {date(2023, 4, 1): 5, date(2023, 5, 1): 6}
    other = {date(2023, 5, 1): 10, date(2023, 6, 1): 7}
    assert together([one, other, {}]) == {date(2023, 5, 1): 16}
    assert together([]) == {}


def test_a_change_of_another_body_is_not_ours() -> None:
    mine = Break("north", "North", "from May 2023", "VAT. It has VAT in it.")
    breaks = [mine, mine, Break("south", "South", "from June 2023", "VAT.")]
    (stop,) = stops(breaks, ["north"])
    assert (stop.months, stop.what) == ((date(2023, 5, 1),), "VAT. It has VAT in it.")


@given(sums, st.sets(st.sampled_from(MONTHS)))
def test_no_line_runs_through_a_gap_or_a_change(pence: dict[date, int], stop_at: set[date]) -> None:
    shown = points(pence)
    runs = segments(shown, stop_at)
    drawn = [p for run in runs for p in run]
    assert drawn == [p for p in shown if p.pence is not None]
    for run in runs:
        at = [shown.index(p) for p in run]
        assert at == list(range(at[0], at[0] + len(at)))
        assert not {p.month for p in run[1:]} & stop_at


@given(sums)
def test_without_changes_a_line_stops_only_at_gaps(pence: dict[date, int]) -> None:
    shown = points(pence)
    gaps = sum(a.pence is None and b.pence is not None for a, b in pairwise(shown))
    assert len(segments(shown, ())) == gaps + bool(shown)
