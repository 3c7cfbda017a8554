"""Cells as whole pence, and years as they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.returns.cells import NoSum, Sum, sum_of, text_of
from totalplace.sources.rules.returns.found import code_of
from totalplace.sources.rules.returns.years import year_start


@given(st.integers(-(10**12), 10**12), st.sampled_from([1, 1000, 1_000_000]))
def test_a_whole_number_comes_out_to_the_penny_in_any_unit(number: int, unit: int) -> None:
    assert sum_of(number, unit) == (Sum(number * unit * 100) if abs(number) * unit <= 10**15 else
                                    NoSum("is more than any body spends"))  # fmt: skip


@given(st.decimals(-(10**9), 10**9, places=3))
def test_thousands_with_three_decimals_are_whole_pounds(number: Decimal) -> None:
    assert sum_of(number, 1000) == Sum(int(number * 100_000))
    assert sum_of(str(number), 1000) == Sum(int(number * 100_000))


@pytest.mark.parametrize(
    ("cell", "pence"),
    [
        ("1,234.50", 123_450), ("(12)", -1200), ("-3", -300), ("£7", 700), ("12-", -1200),
        (0, 0), (0.1 + 0.2, 30), (Decimal("18.005"), 1801), (-0.0, 0), ("0", 0),
    ],
)  # fmt: skip
def test_a_sum_is_read_with_its_sign(cell: Any, pence: int) -> None:
    found = sum_of(cell, 1)
    assert isinstance(found, Sum)
    assert found.pence == pence


@pytest.mark.parametrize("cell", [None, "", "  ", "..", "[x]", "[c]", "n/a", "N/A"])
def test_what_stands_for_no_figure_is_missing_and_never_zero(cell: Any) -> None:
    assert sum_of(cell, 1) is None


def test_a_dash_is_a_fault_unless_the_form_says_what_it_stands_for() -> None:
    assert isinstance(sum_of("-", 1), NoSum)
    assert sum_of("-", 1, ("-",)) is None


@pytest.mark.parametrize(
    "cell", ["lots", "12%", "#REF!", True, "1.2.3", date(2024, 4, 1), float("inf"), "9" * 30]
)
def test_what_is_no_sum_is_a_fault(cell: Any) -> None:
    assert isinstance(sum_of(cell, 1), NoSum)


def test_a_figure_finer_than_a_penny_is_rounded_and_said_so() -> None:
    assert sum_of(Decimal("0.0049"), 1) == Sum(0, rounded=True)
    assert sum_of(0.1 + 0.2, 1) == Sum(30, rounded=False)  # the noise of a workbook is none


@pytest.mark.parametrize(
    ("cell", "written", "start"),
    [
        ("2024-25", "financial_year", 2024), ("2024/25", "financial_year", 2024),
        ("2024-2025", "financial_year", 2024), ("2024", "financial_year", None),
        ("2024-26", "financial_year", None), (202503, "ending_month", 2024),
        (Decimal(202503), "ending_month", 2024), ("March 2025", "ending_month", 2024),
        ("31 March 2025", "ending_month", 2024), (date(2025, 3, 31), "ending_month", 2024),
        (202512, "ending_month", None), (2024, "starting", 2024), (2025.0, "ending", 2024),
        ("soon", "starting", None), (None, "financial_year", None), (9999, "ending", None),
        (Decimal("1E+999999"), "ending", None), (float("nan"), "ending", None),
    ],
)  # fmt: skip
def test_a_year_is_read_as_the_form_says_that_it_is_written(
    cell: Any, written: str, start: int | None
) -> None:
    assert year_start(cell, written) == start


def test_a_body_without_a_code_is_known_by_its_name() -> None:
    assert code_of("NHS West London (K&C & QPP) CCG") == "nhs-west-london-k-c-qpp-ccg"
    long = [code_of("x" * 90 + end) for end in "ab"]
    assert max(map(len, long)) <= 64
    assert long[0] != long[1]


def test_a_number_is_shown_as_it_is_written() -> None:
    assert [text_of(c) for c in (None, 202403.0, Decimal("1.50"), 7, " a ")] == [
        "", "202403", "1.50", "7", "a",
    ]  # fmt: skip
