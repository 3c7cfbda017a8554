"""Invoice totals repeated on each line: a month that stands out from its agency's others."""

from __future__ import annotations

from datetime import date

from totalplace.count.rules.repeated import InvoiceMonth, totals_on_lines


def a_month(month: int, *, rows: int = 800, extra: int = 50, lines: int = 40) -> InvoiceMonth:
    """A month of 1,000 pence, some of them in invoices whose lines all show one sum."""
    return InvoiceMonth("file.xlsx", date(2024, month, 1), rows, 1000, 8, lines, extra, 0)


def usual() -> list[InvoiceMonth]:
    """Eight months in which a twentieth is so repeated, as is usual."""
    return [a_month(n) for n in range(4, 12)]


def test_a_month_of_repeated_totals_stands_out() -> None:
    odd = a_month(12, extra=600, lines=300)
    assert totals_on_lines([*usual(), odd]) == [odd]


def test_usual_months_are_left_alone() -> None:
    assert totals_on_lines(usual()) == []


def test_an_agency_that_always_pays_in_equal_lines_is_left_alone() -> None:
    assert totals_on_lines([a_month(n, extra=400, lines=300) for n in range(4, 12)]) == []


def test_a_few_large_equal_lines_are_no_pattern() -> None:
    assert totals_on_lines([*usual(), a_month(12, extra=600, lines=9)]) == []


def test_many_small_equal_lines_are_no_overstatement() -> None:
    assert totals_on_lines([*usual(), a_month(12, extra=30, lines=400)]) == []


def test_too_few_payments_are_not_judged() -> None:
    assert totals_on_lines([a_month(12, rows=29, extra=900, lines=29)]) == []


def test_a_single_table_is_judged_by_itself() -> None:
    odd = a_month(12, extra=600, lines=300)
    assert totals_on_lines([odd]) == [odd]
