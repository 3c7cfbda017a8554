"""Whole pence: sharing out loses nothing, and pounds are written as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.money.pence import pounds, share_out

sums = st.integers(-(10**15), 10**15)
weights = st.dictionaries(st.text(max_size=5), st.integers(0, 10**9), min_size=1).filter(
    lambda found: any(found.values())
)


def test_a_pound_in_three_gives_the_odd_penny_to_the_first_by_name() -> None:
    assert share_out(100, {"b": 1, "c": 1, "a": 1}) == {"a": 34, "b": 33, "c": 33}


def test_the_odd_penny_goes_to_whoever_lost_most_by_rounding() -> None:
    assert share_out(10, {"large": 2, "small": 1}) == {"large": 7, "small": 3}


def test_a_weight_of_nothing_gets_nothing() -> None:
    assert share_out(101, {"a": 1, "b": 0}) == {"a": 101, "b": 0}


def test_a_refund_is_shared_as_the_payment_was() -> None:
    paid = share_out(1000, {"a": 3, "b": 4})
    assert share_out(-1000, {"a": 3, "b": 4}) == {who: -share for who, share in paid.items()}


@pytest.mark.parametrize("unsound", [{}, {"a": 0}, {"a": 2, "b": -1}])
def test_weights_that_share_nothing_are_refused(unsound: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share_out(100, unsound)


@given(sums, weights)
def test_shares_add_up_to_the_total(total_pence: int, weights: dict[str, int]) -> None:
    assert sum(share_out(total_pence, weights).values()) == total_pence


@given(sums, weights)
def test_no_share_is_a_penny_or_more_from_its_exact_size(
    total_pence: int, weights: dict[str, int]
) -> None:
    whole = sum(weights.values())
    for who, share in share_out(total_pence, weights).items():
        assert abs(share * whole - total_pence * weights[who]) < whole


@pytest.mark.parametrize(
    ("pence", "written"),
    [
        (0, "£0.00"),
        (5, "£0.05"),
        (-5, "-£0.05"),
        (123456, "£1,234.56"),
        (-100, "-£1.00"),
        (82_000_000_000_00, "£82,000,000,000.00"),
    ],
)
def test_pence_are_written_as_pounds(pence: int, written: str) -> None:
    assert pounds(pence) == written


@given(sums)
def test_what_is_written_reads_back_as_the_same_sum(pence: int) -> None:
    digits = pounds(pence).replace("£", "").replace(",", "").replace(".", "")
    assert int(digits) == pence
