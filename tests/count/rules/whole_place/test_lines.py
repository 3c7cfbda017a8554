"""Lines add only to their like, and say how well they are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.whole_place.from_returns import (
    Figure,
    Overlap,
    Reach,
    counted_once,
    line_of,
    one_form_each,
)  # fmt: skip
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status, total
from totalplace.count.rules.whole_place.shares import Share, apportion

LINE = Line(
    agency="county", agency_name="The County", year="2024-25", service="education",
    income=Income.NET, economic=Economic.REVENUE, basis=Basis.ACTUAL, status=Status.MEASURED,
    pence=100, low_pence=100, high_pence=100, source="outturn.csv",
)  # fmt: skip
FIGURE = Figure(
    body="E10000099", body_name="The County", kind="county", year="2024-25", form="rsx",
    line="Education services", service="education", economic="revenue",
    item="net current expenditure", income_rule="net", basis="actual", status="measured",
    pence=1_000, low_pence=None, high_pence=None, source="outturn.csv",
)  # fmt: skip


def test_gross_and_net_sums_do_not_add() -> None:
    with pytest.raises(ValueError, match="gross and net"):
        total([LINE, replace(LINE, income=Income.GROSS)])


def test_what_is_missing_has_no_value_and_is_counted_as_missing() -> None:
    missing = replace(LINE, status=Status.MISSING, pence=None, low_pence=50, high_pence=90)
    found = total([LINE, missing])
    assert (found.pence, found.missing) == (100, 1)
    with pytest.raises(ValueError, match="missing"):
        replace(LINE, status=Status.MISSING)


def test_a_range_holds_its_value() -> None:
    with pytest.raises(ValueError, match="not between"):
        replace(LINE, low_pence=101)


def test_a_blank_in_a_return_is_missing_and_not_nothing() -> None:
    line = line_of(replace(FIGURE, pence=None), "county", Reach())
    assert (line.status, line.pence) == (Status.MISSING, None)


def test_a_body_wider_than_the_place_is_shared_by_several_keys_as_a_range() -> None:
    reach = Reach((Share("people", 1, 4, "census"), Share("tax base", 1, 5, "ministry")))
    line = line_of(FIGURE, "county", reach)
    assert (line.pence, line.low_pence, line.high_pence) == (250, 200, 250)
    assert (line.status, line.basis) == (Status.APPORTIONED, Basis.HEAD_COUNT)
    assert "people 25.0%, tax base 20.0%" in line.note


def test_a_body_whose_area_is_not_known_is_missing_with_the_reason() -> None:
    line = line_of(FIGURE, "county", Reach(unknown="Its area is not in the register."))
    assert (line.status, line.pence, line.note) == (
        Status.MISSING, None, "Its area is not in the register.",
    )  # fmt: skip


def test_of_two_returns_of_a_body_one_is_used_and_the_other_compared() -> None:
    other = [replace(FIGURE, form="trends", pence=900)]
    finer = [FIGURE, replace(FIGURE, service="housing", line="Housing", pence=5)]
    used, differing = one_form_each([*other, *finer])
    assert {f.form for f in used} == {"rsx"}
    assert [(d.service, d.used_pence, d.other_pence) for d in differing] == [
        ("education", 1_000, 900)
    ]


def test_a_service_that_the_fuller_form_leaves_out_is_taken_from_another() -> None:
    partial = [
        replace(FIGURE, form="trends", service="housing_benefit", pence=70),
        replace(FIGURE, form="trends", service="passed_on", pence=900),
    ]
    finer = [FIGURE, *(replace(FIGURE, service=s, pence=5) for s in ("housing", "culture"))]
    used, _ = one_form_each([*partial, *finer])
    assert {f.service for f in used} == {"education", "housing", "culture", "housing_benefit"}


def test_items_that_are_no_spending_are_not_counted() -> None:
    used, _ = one_form_each([FIGURE, replace(FIGURE, item="employees", pence=700)])
    assert [f.pence for f in used] == [1_000]


HOUSING_BENEFIT = Overlap("housing_benefit", "department", ("council",), "The council pays it.")


def test_a_benefit_in_both_books_is_counted_once_at_the_council() -> None:
    theirs = replace(LINE, agency="dwp", service="housing_benefit")
    ours = replace(theirs, agency="council", pence=98, low_pence=98, high_pence=98)
    kinds = {"dwp": "department", "council": "council"}
    lines, told = counted_once([theirs, ours, LINE], kinds, [HOUSING_BENEFIT])
    assert lines == [ours, LINE]
    assert (told[0].left_out_pence, told[0].counted_pence) == (100, 98)


def test_a_benefit_in_one_book_stays() -> None:
    theirs = replace(LINE, agency="dwp", service="housing_benefit")
    lines, told = counted_once([theirs], {"dwp": "department"}, [HOUSING_BENEFIT])
    assert (lines, told) == ([theirs], [])


shares = st.tuples(st.integers(0, 10**7), st.integers(1, 10**7)).map(
    lambda pair: Share("people", min(pair), max(pair), "census")
)


@given(st.integers(-(10**13), 10**13), st.lists(shares, min_size=1, max_size=5))
def test_a_share_is_within_its_range_and_half_a_penny(pence: int, keys: list[Share]) -> None:
    found = apportion(pence, keys)
    assert found.low_pence <= found.pence <= found.high_pence
    for share, part in found.by_key:
        assert abs(part * share.whole - pence * share.part) * 2 <= share.whole


@given(st.integers(0, 10**13), st.integers(0, 10**6), st.integers(1, 10**6))
def test_two_parts_of_a_body_add_up_to_it(pence: int, part: int, rest: int) -> None:
    whole = part + rest
    ours, theirs = Share("people", part, whole, ""), Share("people", rest, whole, "")
    assert abs(ours.of(pence) + theirs.of(pence) - pence) <= 1
