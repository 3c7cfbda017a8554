"""Sums of money as published: every form reads to the penny, and what is no sum is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.amounts import (
    has_parts_of_a_penny,
    has_trailing_minus,
    pence,
    pence_of,
)

sums = st.integers(-(10**13), 10**13)
MOST = 2**63 - 1


def plain(amount: int) -> str:
    pounds, rest = divmod(abs(amount), 100)
    return f"{pounds}.{rest:02d}"


def grouped(amount: int, mark: str) -> str:
    pounds, rest = divmod(abs(amount), 100)
    return f"{pounds:,}.{rest:02d}".replace(",", mark)


# Each writes a sum as some publisher does; the sign goes where that publisher puts it.
FIGURES: dict[str, Callable[[int], str]] = {
    "plain": plain,
    "commas": lambda p: grouped(p, ","),
    "spaces": lambda p: grouped(p, " "),
    "no-break spaces": lambda p: grouped(p, "\u00a0"),
    "apostrophes": lambda p: grouped(p, "'"),
    "pound": lambda p: "£" + grouped(p, ","),
    "pound and space": lambda p: "£ " + plain(p),
    "wrongly decoded pound": lambda p: "Â£" + plain(p),
    "GBP": lambda p: "GBP " + grouped(p, ","),
    "GBP last": lambda p: plain(p) + " gbp",
    "space around": lambda p: f"  {plain(p)}\t",
    "leading noughts": lambda p: "000" + plain(p),
}
SIGNS: dict[str, Callable[[str], str]] = {
    "minus first": lambda f: "-" + f,
    "minus first, apart": lambda f: "- " + f,
    "minus last": lambda f: f + "-",
    "minus last, apart": lambda f: f + " -",
    "long minus": lambda f: "−" + f,
    "dash": lambda f: "–" + f,
    "brackets": lambda f: f"({f})",
    "brackets and minus": lambda f: f"(-{f})",
    "credit": lambda f: f + " CR",
    "credit, close": lambda f: f + "cr.",
}
UNSIGNED: dict[str, Callable[[str], str]] = {
    "bare": lambda f: f,
    "plus": lambda f: "+" + f,
    "debit": lambda f: f + " DR",
}


@given(sums, st.sampled_from(sorted(FIGURES)), st.data())
def test_any_sum_in_any_form_reads_back_to_the_penny(
    amount: int, figure: str, data: st.DataObject
) -> None:
    signs = SIGNS if amount < 0 else UNSIGNED
    sign = data.draw(st.sampled_from(sorted(signs)))
    written = signs[sign](FIGURES[figure](amount))
    assert pence(written) == amount, written


@given(st.integers(-(10**12), 10**12), st.sampled_from(["", "0", "00", "000"]))
def test_whole_pounds_and_noughts_after_the_point_change_nothing(pounds: int, noughts: str) -> None:
    assert pence(f"{pounds}.{noughts}") == pounds * 100
    assert pence(f"{pounds:,}") == pounds * 100
    assert pence(str(pounds)) == pence_of(pounds) == pounds * 100


@given(st.integers(-(10**12), 10**12))
def test_a_number_of_a_workbook_and_its_text_are_the_same_sum(amount: int) -> None:
    assert pence_of(amount / 100) == amount
    assert pence(repr(amount / 100)) == amount


@given(st.text(max_size=50))
def test_any_text_is_a_sum_that_a_database_holds_or_is_refused(text: str) -> None:
    found = pence(text)
    assert found is None or abs(found) <= MOST
    assert found is None or any(ch.isdigit() for ch in text)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("£1,234.56", 123456),
        ("GBP 12", 1200),
        ("1 234.50", 123450),
        ("1’234.50", 123450),
        ("12,34,567.00", 123456700),  # lakhs
        ("161,413.00-", -16141300),
        ("£161,413.00-", -16141300),
        ("-£12.50", -1250),
        ("£-12.50", -1250),
        ("(£1,250.00)", -125000),
        ("£(1,250.00)", -125000),
        ("12.00 CR", -1200),
        ("12.00DR", 1200),
        (".5", 50),
        ("5.", 500),
        ("1.2E+05", 12_000_000),
        ("1e-2", 1),
        ("0", 0),
        ("-0.00", 0),
        ("(0.00)", 0),
        ("92233720368547758.07", MOST),
        ("-92233720368547758.07", -MOST),
    ],
)
def test_a_sum_reads_as_its_publisher_meant(written: str, wanted: int) -> None:
    assert pence(written) == wanted


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "-", "–", "£", "£-", "()", "(-)", "N/A", "nil", "TBC", "####", "#REF!", "#N/A",
        "12%", "12/05/2024", "2024-05-12", "1,5", "12,34", "1,2345.00", "1,23.00", ",123",
        "1.234.56", "1 23", "12 34 56", "1,234 567", "--12", "-12-", "-(12)", "(12", "12)",
        "(12-)", "-12 CR", "12 CR DR", "CR", "$12", "€12", "12p", "0x1F", "1_000", "nan", "inf",
        "Infinity", "1e400", "１２", "١٢", "12 apples", "Invoice 12", "£12 to £15",
        "92233720368547758.08", "9" * 41,
    ],
)  # fmt: skip
def test_what_is_not_surely_a_sum_is_refused(written: str) -> None:
    assert pence(written) is None


def test_a_workbooks_float_noise_is_rounded_once() -> None:
    assert pence_of(0.1 + 0.2) == 30
    assert pence_of(1234.5600000000002) == 123456
    assert pence_of(-33.34999999999999) == -3335


@pytest.mark.parametrize("cell", [None, True, False, float("nan"), float("inf"), 1e300, 10**17])
def test_a_cell_that_is_no_number_of_pounds_is_no_sum(cell: float | None) -> None:
    assert pence_of(cell) is None


def test_parts_of_a_penny_round_half_away_from_nought_and_are_told_of() -> None:
    assert [pence(t) for t in ("0.005", "-0.005", "0.0049", "2.675")] == [1, -1, 0, 268]
    assert has_parts_of_a_penny("0.005")
    assert not has_parts_of_a_penny("12.50")
    assert not has_parts_of_a_penny("12.500")
    assert not has_parts_of_a_penny("no sum")


def test_a_minus_after_the_figure_is_told_of_and_one_before_it_is_not() -> None:
    assert has_trailing_minus("161,413.00-")
    assert has_trailing_minus("12 - ")
    assert not has_trailing_minus("-12")
    assert not has_trailing_minus("(12)")
    assert not has_trailing_minus("n/a-")
    assert not has_trailing_minus(-12.0)
