"""Where the names of the columns stand, in the forms that officers publish."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Layout, Role

Rows = list[list[Cell]]
RowsOf = Callable[..., Rows]

NAMES: list[Cell] = [
    "Supplier Name",
    "Payment Date",
    "Net Amount (£)",
    "Directorate",
    "Purpose",
]
HOLDS = "payee date amount unit purpose"
PLACES = {Role.PAYEE: 0, Role.DATE: 1, Role.AMOUNT: 2, Role.UNIT: 3, Role.PURPOSE: 4}


@pytest.fixture
def rows(rows_of: RowsOf) -> Rows:
    return rows_of(HOLDS)


def places(layout: Layout) -> dict[Role, int]:
    return {role: taken.position for role, taken in layout.taken.items() if role in PLACES}


@pytest.mark.parametrize("lines", [1, 2, 7, 30, 50])
def test_a_header_is_found_under_any_number_of_notes(rows: Rows, lines: int) -> None:
    notes: Rows = [[f"Note {n}: sums under £500 are left out", None, None] for n in range(lines)]
    layout = understand([*notes, NAMES, *rows])
    assert (layout.header_rows, layout.first_row) == ((lines + 1,), lines + 2)
    assert places(layout) == PLACES


def test_a_preamble_of_labels_and_totals_is_no_header(rows: Rows) -> None:
    above: Rows = [
        ["Eastmere Borough Council", "", "", "", ""],
        ["Period:", "01/04/2023", "to", "30/04/2023", ""],
        ["Total paid", "", "1,234,567.89", "", ""],
        ["Number of payments", "80", "", "", ""],
        ["", "", "", "", ""],
    ]
    layout = understand([*above, NAMES, *rows])
    assert (layout.header_rows, layout.first_row) == ((6,), 7)
    assert places(layout) == PLACES


def test_a_header_over_two_rows_is_joined(rows_of: RowsOf) -> None:
    top: list[Cell] = [
        *["Authority Name", "Date of Payment", "Document No"],
        *["Amount", "", "", "Supplier Name"],
    ]
    below: list[Cell] = ["", "", "", "Gross", "VAT", "Net", ""]
    layout = understand([top, below, *rows_of("body date reference gross vat net payee")])
    assert (layout.header_rows, layout.first_row) == ((1, 2), 3)
    taken = {role: t.position for role, t in layout.taken.items()}
    assert taken[Role.GROSS] == 3
    assert taken[Role.VAT] == 4
    assert taken[Role.NET] == taken[Role.AMOUNT] == 5
    assert taken[Role.PAYEE] == 6


def test_a_header_under_names_of_groups_is_joined(rows_of: RowsOf) -> None:
    top: list[Cell] = ["", "", "", "Amount", "", "", ""]
    below: list[Cell] = [
        "Authority",
        "Date Paid",
        "Document No",
        "Gross",
        "VAT",
        "Net",
        "Supplier",
    ]
    layout = understand([top, below, *rows_of("body date reference gross vat net payee")])
    assert layout.first_row == 3
    assert layout.header_rows[-1] == 2
    taken = {role: t.position for role, t in layout.taken.items()}
    assert (taken[Role.AMOUNT], taken[Role.GROSS], taken[Role.PAYEE]) == (5, 3, 6)


def test_a_header_with_each_name_over_two_rows_is_joined(rows: Rows) -> None:
    top: list[Cell] = ["Supplier", "Payment", "Net", "Service", "Expense"]
    below: list[Cell] = ["Name", "Date", "Amount", "Area", "Type"]
    layout = understand([top, below, *rows])
    assert (layout.header_rows, layout.first_row) == ((1, 2), 3)
    assert places(layout) == PLACES
    assert layout.taken[Role.AMOUNT].header == "Net Amount"


def test_a_row_of_units_under_the_names_is_part_of_the_header(rows: Rows) -> None:
    units: list[Cell] = ["", "(dd/mm/yyyy)", "£", "", ""]
    layout = understand([NAMES, units, *rows])
    assert (layout.header_rows, layout.first_row) == ((1, 2), 3)
    assert places(layout) == PLACES


def test_the_first_row_of_payments_is_not_taken_for_a_second_row_of_names(
    rows: Rows,
) -> None:
    section: list[Cell] = ["Adult Services", "", "", "", ""]
    layout = understand([NAMES, section, *rows])
    assert layout.header_rows == (1,)
    assert places(layout) == PLACES


def test_a_header_on_the_last_row_is_found_in_the_tail(rows: Rows) -> None:
    layout = understand(rows, tail=[(900, []), (901, NAMES)])
    assert (layout.header_rows, layout.first_row) == ((901,), 1)
    assert places(layout) == PLACES


def test_a_header_on_the_last_row_is_found_in_the_sample(rows: Rows) -> None:
    layout = understand([*rows, NAMES, ["", ""]])
    assert (layout.header_rows, layout.first_row) == ((81,), 1)
    assert places(layout) == PLACES


def test_a_payment_that_is_mostly_words_is_no_header_where_the_last_row_is_a_clear_one() -> None:
    names = ["Directorate", "Expense Type", "Supplier Name", "Document Number", "Payment Date",
             "Net Amount"]  # fmt: skip
    payment = ["Adult Social Care", "Agency Staff", "Aldwick Ltd", "INV1", "01/04/2022", "£0.00"]
    wordy = ["Housing Services", "Agency Staff", "BRACKENHALL CARE LIMITED£", "INV1", "", "£100.01"]
    layout = understand([*[payment] * 9, wordy, names])
    assert (layout.header_rows, layout.first_row) == ((11,), 1)


def test_a_total_on_the_last_row_is_no_header(rows: Rows) -> None:
    layout = understand([*rows, ["Total", "", "99,999.00", "", ""]])
    assert layout.header_rows == ()
    found = places(layout)
    assert (found[Role.AMOUNT], found[Role.DATE], found[Role.PAYEE]) == (2, 1, 0)


def test_a_payment_without_its_sum_is_no_header(rows: Rows) -> None:
    rows[4] = ["Brackenhall Care", "", "", "Public Health", "Agency Staff"]
    layout = understand(rows)
    assert (layout.header_rows, layout.first_row) == ((), 1)


def test_a_header_among_the_payments_names_those_above_it_too(rows: Rows) -> None:
    layout = understand([*rows[:20], NAMES, *rows[20:]])
    assert (layout.header_rows, layout.first_row) == ((21,), 1)
    assert places(layout) == PLACES


def test_a_footnote_on_the_last_row_is_no_header(rows: Rows) -> None:
    layout = understand(
        [*rows, ["Drawn from", "the ledger", "by the office", "of the", "treasurer"]]
    )
    assert layout.header_rows == ()


def test_without_a_header_the_first_payment_is_the_first_row(rows: Rows) -> None:
    layout = understand([["Payments to suppliers"], [], *rows])
    assert (layout.header_rows, layout.first_row) == ((), 3)


def test_columns_taken_without_names_are_less_sure(rows: Rows) -> None:
    named, unnamed = understand([NAMES, *rows]), understand(rows)
    for role in (Role.AMOUNT, Role.DATE, Role.PAYEE):
        assert unnamed.taken[role].confidence < named.taken[role].confidence


@pytest.mark.parametrize("mark", ["\ufeff", "ï»¿", "Ã¯»¿", "Ã¯Â»Â¿"])
def test_a_mark_before_the_first_name_is_taken_off(rows: Rows, mark: str) -> None:
    layout = understand([[f"{mark}Supplier Name", *NAMES[1:]], *rows])
    assert layout.taken[Role.PAYEE].header == "Supplier Name"


def test_a_header_printed_again_on_each_page_counts_once(rows: Rows) -> None:
    layout = understand([NAMES, *rows[:30], NAMES, *rows[30:60], NAMES, *rows[60:]])
    assert layout.header_rows == (1,)
    assert places(layout) == PLACES


def test_a_database_query_in_place_of_names_is_said(rows: Rows) -> None:
    query: list[Cell] = [
        *["select s.name", "to_char(p.paid,'dd/mm/yyyy')", "p.amount", "d.name"],
        "a.text from payments p",
    ]  # fmt: skip
    layout = understand([query, *rows])
    assert (layout.header_rows, layout.first_row) == ((), 2)
    assert layout.taken[Role.AMOUNT].position == 2
    assert any("database query" in sentence for sentence in layout.unsure)


def test_a_database_query_in_one_cell_is_said(rows: Rows) -> None:
    layout = understand([["SELECT supplier, paid, amount FROM ap_invoices ORDER BY paid"], *rows])
    assert (layout.header_rows, layout.first_row) == ((), 2)
    assert any("database query" in sentence for sentence in layout.unsure)


def test_blank_columns_before_and_between_are_passed_over(rows: Rows) -> None:
    def spaced(row: list[Cell]) -> list[Cell]:
        return ["", ""] + [c for cell in row for c in (cell, "")]

    layout = understand([spaced(NAMES), *map(spaced, rows)])
    assert places(layout) == {role: 2 + 2 * at for role, at in PLACES.items()}
    assert layout.width == 12


def test_a_header_wider_than_its_rows_is_read(rows: Rows) -> None:
    layout = understand([[*NAMES, "Notes", "Comments"], *rows])
    assert places(layout) == PLACES


def test_rows_wider_than_the_header_are_read(rows: Rows) -> None:
    layout = understand([NAMES, *([*row, "", "extra"] for row in rows)])
    assert places(layout) == PLACES
    assert layout.width == 7


@pytest.mark.parametrize(
    "sample",
    [
        [],
        [[]],
        [[], ["", None]],
        [["Notes on this publication"], ["1. Sums exclude VAT."]],
        [["Supplier", "Date", "Amount"]],
    ],
)
def test_a_sheet_without_payments_takes_no_amount(sample: Rows) -> None:
    layout = understand(sample)
    assert Role.AMOUNT not in layout.taken
    assert any("No column looks like the amount" in sentence for sentence in layout.unsure)
