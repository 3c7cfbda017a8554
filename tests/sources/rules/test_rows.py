"""What one row of a table is: every row is exactly one thing, and no readable pound is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.layout import Cell, Kind, Layout, Role, Taken
from totalplace.sources.rules.rows import (
    Control,
    Judged,
    RowKind,
    Table,
    cell_of,
    column_name,
    header_words,
    is_total_label,
    judge,
    kind_of,
    letter,
    shown,
)

HEADER = ("Department", "Supplier", "Payment Date", "Amount (£)", "Type")


def a_table(*, kind: Kind = Kind.PAYMENT, header_rows: tuple[int, ...] = (3,)) -> Table:
    """A table with its header on row 3, under a title and a blank row."""
    at = {Role.UNIT: 0, Role.PAYEE: 1, Role.DATE: 2, Role.AMOUNT: 3, Role.KIND: 4}
    taken = {role: Taken(n, HEADER[n], 1.0, "") for role, n in at.items()}
    first_row = max(header_rows, default=0) + 1
    layout = Layout(header_rows, first_row, len(HEADER), taken, kind=kind)
    return Table(layout, (header_words(HEADER),), Control())


def judged(table: Table, *cells: Cell, row: int = 9) -> Judged:
    return judge(cells, [shown(c) for c in cells], row, table)


def test_a_row_with_a_payee_a_date_and_a_sum_is_a_payment() -> None:
    table = a_table()
    found = judged(table, "Housing", "Acme Ltd", "01/04/2024", "£1,234.56", "")
    assert found == Judged(RowKind.PAYMENT, 123456)
    assert (table.control.all_pence, table.control.rows) == (123456, 1)


@pytest.mark.parametrize("cells", [(), ("", ""), (None, None), ("  ", "\t", None, "\u00a0")])
def test_a_row_of_nothing_is_blank(cells: tuple[Cell, ...]) -> None:
    assert judged(a_table(), *cells).kind is RowKind.BLANK
    assert judged(a_table(), *cells, row=1).kind is RowKind.BLANK


def test_rows_above_the_header_are_preamble_whatever_they_hold() -> None:
    assert judged(a_table(), "Payments over £500", row=1).kind is RowKind.PREAMBLE
    assert judged(a_table(), "", "", "01/04/2024", "12.00", row=2).kind is RowKind.PREAMBLE


def test_the_header_is_known_by_its_place_and_where_it_is_repeated() -> None:
    assert judged(a_table(), *HEADER, row=3).kind is RowKind.HEADER
    assert judged(a_table(), *(h.upper() for h in HEADER), row=60).kind is RowKind.HEADER
    spread = [cell for name in HEADER for cell in (name, None)]  # doubled by blank columns
    assert judged(a_table(), *spread, row=60).kind is RowKind.HEADER


def test_each_row_of_a_header_over_two_rows_is_known_where_it_is_repeated() -> None:
    above = ("", "Supplier", "Payment", "", "")
    table = replace(a_table(), headers=(header_words(above), header_words(HEADER)))
    assert judged(table, *above, row=60).kind is RowKind.HEADER
    assert judged(table, *HEADER, row=61).kind is RowKind.HEADER


def test_a_total_may_be_labelled_in_the_column_of_dates() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00", "")
    assert judged(table, "", "", "Total", "10.00").kind is RowKind.TOTAL
    assert judged(table, "", "", "Grand total:", "10.00").kind is RowKind.TOTAL
    assert judged(table, "Total", "", "01/04/2024", "10.00").kind is RowKind.PAYMENT
    assert table.control.all_pence == 2000


def test_a_total_without_a_label_is_known_where_its_sum_is_marked_as_a_credit() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00 CR", "")
    judged(table, "Housing", "Acme Ltd", "02/04/2024", "5.00 CR", "")
    assert judged(table, "", "", "", "15.00 CR", "") == Judged(RowKind.TOTAL, -1500)


@pytest.mark.parametrize("amount", ["", "nil", "N/A", "12/05/2024", "1,5"])
def test_a_row_without_a_readable_sum_is_a_fault_that_names_the_cell(amount: str) -> None:
    found = judged(a_table(), "Housing", "Acme Ltd", "01/04/2024", amount)
    assert found.kind is RowKind.FAULT
    assert found.fault is not None
    assert (found.fault.row, found.fault.column) == (9, "D Amount (£)")
    assert (found.fault.found, found.fault.refused) == (amount, True)
    assert found.fault.amount_pence is None
    assert found.fault.why == (
        "is not a sum of money" if amount else "is empty, and the row has other cells"
    )


def test_a_line_of_words_is_a_note_and_fewer_words_may_be_a_lost_payment() -> None:
    assert judged(a_table(), "Published under the 2015 code").kind is RowKind.PREAMBLE
    assert judged(a_table(), "Acme Ltd").kind is RowKind.FAULT
    assert judged(a_table(), "Housing repairs team", "Acme Ltd").kind is RowKind.FAULT


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTAL:", "Totals", "Grand Total", "Sub-total", "Subtotal", "Sub Total",
        "Net total", "Total for April 2024", "Total spend", "Total £", "Total (£)", "Page Total",
        "Monthly total", "Overall Total", "Sum", "Total amount paid",
    ],
)  # fmt: skip
def test_a_row_labelled_as_a_total_is_never_a_payment(label: str) -> None:
    assert is_total_label(label)
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00")
    found = judged(table, label, "", "", "10.00")
    assert found == Judged(RowKind.TOTAL, 1000)
    assert table.control.all_pence == 1000


@pytest.mark.parametrize(
    "name",
    [
        "TOTAL INSIGNIA LTD", "Total-Play Limited", "TOTAL FLOORING LTD", "Totally Local",
        "Total Gas & Power", "Summit Care", "Summers Ltd", "",
    ],
)  # fmt: skip
def test_a_payee_whose_name_begins_like_a_total_is_a_payee(name: str) -> None:
    assert not is_total_label(name)


def test_a_row_with_a_date_is_a_payment_even_to_a_payee_called_total() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00")
    assert judged(table, "Energy", "Total", "02/04/2024", "10.00").kind is RowKind.PAYMENT


def test_an_unlabelled_sum_of_the_rows_above_is_a_total() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00")
    judged(table, "Housing", "Borough Ltd", "01/04/2024", "-2.50")
    assert judged(table, "", "", "", "7.50") == Judged(RowKind.TOTAL, 750)
    assert table.control.differing == []


def test_an_unlabelled_sum_of_the_rows_since_the_last_total_is_a_total() -> None:
    table = a_table()
    for amount in ("10.00", "20.00"):
        judged(table, "Housing", "Acme Ltd", "01/04/2024", amount)
    assert judged(table, "", "", "", "30.00").kind is RowKind.TOTAL
    for amount in ("1.00", "2.00"):
        judged(table, "Parks", "Acme Ltd", "01/04/2024", amount)
    assert judged(table, "", "", "", "3.00").kind is RowKind.TOTAL
    assert judged(table, "", "", "", "33.00").kind is RowKind.TOTAL
    assert table.control.differing == []


def test_a_sum_alone_that_adds_up_nothing_is_a_fault_with_its_pounds() -> None:
    table = a_table()
    for amount in ("10.00", "20.00"):
        judged(table, "Housing", "Acme Ltd", "01/04/2024", amount)
    found = judged(table, "", "", "", "31.00")
    assert (found.kind, found.amount_pence) == (RowKind.FAULT, 3100)
    assert found.fault is not None
    assert found.fault.refused
    assert found.fault.amount_pence == 3100
    assert "30.00" in found.fault.why


def test_one_payment_above_is_not_enough_to_call_an_equal_sum_its_total() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00")
    assert judged(table, "", "", "", "10.00").kind is RowKind.FAULT


def test_a_labelled_total_that_differs_from_the_rows_above_is_noted() -> None:
    table = a_table()
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00")
    judged(table, "Housing", "Acme Ltd", "01/04/2024", "20.00")
    assert judged(table, "Grand total", "", "", "31.00", row=12).kind is RowKind.TOTAL
    assert table.control.differing == [(12, 3100, 3000)]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("", Kind.PAYMENT), ("spend", Kind.PAYMENT), ("BACS", Kind.PAYMENT),
        ("purchase_cards", Kind.CARD), ("GPC", Kind.CARD), ("P-Card", Kind.CARD),
        ("contracts", Kind.COMMITMENT), ("Purchase Order", Kind.COMMITMENT),
        ("PO", Kind.COMMITMENT), ("Post", Kind.PAYMENT), ("Border force", Kind.PAYMENT),
    ],
)  # fmt: skip
def test_the_word_of_a_type_column_says_which_kind_of_spending(word: str, wanted: Kind) -> None:
    assert kind_of(word, Kind.PAYMENT) is wanted
    found = judged(a_table(), "Housing", "Acme Ltd", "01/04/2024", "10.00", word)
    assert (
        found.kind
        is {
            Kind.PAYMENT: RowKind.PAYMENT,
            Kind.CARD: RowKind.CARD,
            Kind.COMMITMENT: RowKind.COMMITMENT,
        }[wanted]
    )


def test_rows_of_a_file_of_card_purchases_are_card_purchases() -> None:
    table = a_table(kind=Kind.CARD)
    assert judged(table, "Housing", "Acme Ltd", "01/04/2024", "10.00").kind is RowKind.CARD
    assert kind_of("spend", Kind.CARD) is Kind.PAYMENT


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (None, ""), ("  Acme \n Ltd ", "Acme Ltd"), (12.0, "12"), (12.5, "12.5"), (3, "3"),
        (date(2024, 4, 1), "2024-04-01"), (datetime(2024, 4, 1, 9), "2024-04-01T09:00:00"),
        (True, "True"),
    ],
)  # fmt: skip
def test_a_cell_is_shown_as_trimmed_text(cell: Cell, wanted: str) -> None:
    assert shown(cell) == wanted


def test_columns_are_lettered_as_a_spreadsheet_letters_them() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
    assert column_name(a_table().layout, Role.AMOUNT) == "D Amount (£)"
    assert column_name(a_table().layout, Role.VAT) == "no column"


def test_a_short_row_has_no_cell_where_it_does_not_reach() -> None:
    layout = a_table().layout
    assert cell_of(["Housing", "Acme Ltd"], layout, Role.AMOUNT) is None
    assert cell_of(["Housing", "Acme Ltd"], layout, Role.VAT) is None
    assert judged(a_table(), "Housing", "Acme Ltd").kind is RowKind.FAULT


cells = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(["Total", "12.50", "01/04/2024", "Acme Ltd", "(1.00)", *HEADER]),
    st.integers(-(10**9), 10**9),
    st.floats(),
    st.booleans(),
    st.dates(),
)


@given(st.lists(st.lists(cells, max_size=6), max_size=30))
def test_any_rows_are_each_one_thing_and_their_pounds_have_a_place(rows: list[list[Cell]]) -> None:
    table = a_table()
    kept = 0
    for number, row in enumerate(rows, start=1):
        found = judged(table, *row, row=number)
        assert (found.fault is not None) == (found.kind is RowKind.FAULT)
        if found.kind <= RowKind.COMMITMENT:
            assert found.amount_pence is not None
            kept += found.amount_pence
        elif found.kind in {RowKind.BLANK, RowKind.HEADER, RowKind.PREAMBLE}:
            assert found.amount_pence is None
        if found.fault is not None:
            assert found.fault.amount_pence == found.amount_pence
    assert table.control.all_pence == kept
