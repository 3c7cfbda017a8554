"""Words on their way out, to a program that may take them for a formula."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.outward import safe_text


@pytest.mark.parametrize(
    "words",
    [
        "=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "+44 20 7946 0000", "-",
        "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1", " =1+1", "\uff1d1+1",
        "-12.50-", "--5", "+1,2,3", "-1e5", "-\u0663", "-12.50\n",
    ],
)  # fmt: skip
def test_words_that_a_spreadsheet_would_run_get_an_apostrophe(words: str) -> None:
    assert safe_text(words) == f"'{words}"


@pytest.mark.parametrize(
    "words",
    [
        "", "Acme Ltd", "-12.50", "+5", "-1,234,567.89", "-£1,200", "- 5", "-.5", "A=B", "1-2",
        "'=1+1", "£500", "(12.50)", " -12.50 ",
    ],
)  # fmt: skip
def test_plain_words_and_genuine_numbers_are_left_alone(words: str) -> None:
    assert safe_text(words) == words


@given(st.text())
def test_nothing_that_leaves_begins_as_a_formula(words: str) -> None:
    safe = safe_text(words)
    assert safe.endswith(words)
    assert safe_text(safe) == safe
    if safe[:1] in ("=", "@", "\t", "\r"):
        raise AssertionError(safe)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
    )
)
def test_sums_of_money_are_never_changed(amount: Decimal) -> None:
    for words in (f"{amount:f}", f"{amount:,f}", f"{amount:+,.2f}"):
        assert safe_text(words) == words
