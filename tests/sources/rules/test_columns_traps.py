"""Columns that look like another, and what tells them apart."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Kind, Layout, Role, VatBasis

Rows = list[list[Cell]]
RowsOf = Callable[..., Rows]


def named(names: str, rows: Rows) -> Layout:
    return understand([[*names.split("|")], *rows])


def at(layout: Layout, role: Role) -> int | None:
    taken = layout.taken.get(role)
    return taken.position if taken else None


def test_a_supplier_id_that_holds_names_is_the_payee(rows_of: RowsOf) -> None:
    layout = named("Group(T)|Supplier id(T)|Amount|Updated", rows_of("unit payee amount iso"))
    assert (at(layout, Role.PAYEE), at(layout, Role.PAYEE_NUMBER)) == (1, None)
    assert at(layout, Role.DATE) == 3


def test_a_supplier_id_that_holds_numbers_is_the_payees_number(rows_of: RowsOf) -> None:
    layout = named(
        "Supplier ID|Supplier Name|Amount|Date",
        rows_of("payee_number payee amount date"),
    )
    assert (at(layout, Role.PAYEE), at(layout, Role.PAYEE_NUMBER)) == (1, 0)


def test_a_company_number_is_no_supplier_number_where_both_stand(
    rows_of: RowsOf,
) -> None:
    layout = named(
        "Supplier No|Company Number|Supplier Name|Amount|Date",
        rows_of("payee_number vat_number payee amount date"),
    )
    assert at(layout, Role.PAYEE_NUMBER) == 0


def test_a_vat_registration_number_is_neither_vat_nor_amount(rows_of: RowsOf) -> None:
    layout = named(
        "Supplier|Amount|Date|VAT RegNo|Type",
        rows_of("payee whole date vat_number caprev"),
    )
    assert (at(layout, Role.AMOUNT), at(layout, Role.VAT)) == (1, None)
    assert at(layout, Role.KIND) is None


@pytest.mark.parametrize("names", ["Supplier|Amount|Total|Date", "Supplier|Value|Amount|Date"])
def test_a_running_total_is_not_the_amount(rows_of: RowsOf, names: str) -> None:
    rows = rows_of("payee amount date")
    pence = [round(float(str(row[1])) * 100) for row in rows]
    running = [f"{total / 100:.2f}" for total in accumulate(pence)]
    layout = named(names, [[p, a, r, d] for (p, a, d), r in zip(rows, running, strict=True)])
    assert at(layout, Role.AMOUNT) == 1


def test_a_constant_body_is_not_the_unit(rows_of: RowsOf) -> None:
    layout = named(
        "Entity|Cost Centre Name|Supplier|Amount|Date",
        rows_of("trust ward payee amount date"),
    )
    assert at(layout, Role.UNIT) == 1


def test_an_entity_that_differs_is_the_unit(rows_of: RowsOf) -> None:
    layout = named(
        "Entity|Supplier|Amount|Date|Expense Type",
        rows_of("unit payee amount date purpose"),
    )
    assert at(layout, Role.UNIT) == 0


def test_the_publishers_own_name_is_not_the_payee(rows_of: RowsOf) -> None:
    layout = named("Authority Name|Name|Amount|Date", rows_of("body payee amount date"))
    assert at(layout, Role.PAYEE) == 1


def test_one_supplier_on_every_row_is_still_the_payee(rows_of: RowsOf) -> None:
    rows = [[*row, "TRUNDLE FOOD SERVICES"] for row in rows_of("date amount unit purpose")]
    assert at(named("Date|Amount|Unit|Category|Supplier Name", rows), Role.PAYEE) == 4


@pytest.mark.parametrize(
    ("names", "date"),
    [
        ("Invoice Date|Payment Date", 1),
        ("Invoice Date|Clearing Date", 1),
        ("Invoice Date|Posting Date", 1),
        ("Order Date|Date Paid", 1),
        ("Document Date|Cheque Date", 1),
        ("Date of Invoice|Date", 1),
    ],
)
def test_the_day_of_payment_is_preferred_to_others(rows_of: RowsOf, names: str, date: int) -> None:
    rows = rows_of("earlier date payee amount")
    layout = named(f"{names}|Supplier|Amount", rows)
    assert at(layout, Role.DATE) == date


def test_days_counted_by_a_spreadsheet_are_dates(rows_of: RowsOf) -> None:
    layout = understand(rows_of("payee serial amount"))
    assert (at(layout, Role.DATE), at(layout, Role.AMOUNT)) == (1, 2)


def test_dates_with_the_month_first_are_dates_and_said_to_be(rows_of: RowsOf) -> None:
    rows = [
        [f"{4 + n % 2}/{13 + n % 15}/2020", *row] for n, row in enumerate(rows_of("payee amount"))
    ]
    layout = named("Date|Supplier|Amount", rows)
    assert at(layout, Role.DATE) == 0
    assert layout.month_first


def test_codes_beside_their_words_leave_the_words_to_be_taken(rows_of: RowsOf) -> None:
    layout = named(
        "Cost Centre|Cost Centre Name|Account|Account Description|Supplier|Amount|Date",
        rows_of("cost_centre subunit account purpose payee amount date"),
    )
    assert (at(layout, Role.UNIT), at(layout, Role.PURPOSE)) == (1, 3)


def test_other_columns_of_words_are_kept_for_classification(rows_of: RowsOf) -> None:
    layout = named(
        "Body|Directorate|Service|Expense Type|Narrative|Supplier|Amount|Date|Ref|Cost Centre",
        rows_of("body unit subunit purpose narrative payee amount date code cost_centre"),
    )
    taken = {t.position for t in layout.taken.values()}
    assert {2, 4} <= set(layout.details) | taken
    assert not {0, 6, 7, 8, 9} & set(layout.details)
    assert not taken & set(layout.details)


@pytest.mark.parametrize(
    ("name", "basis"),
    [
        ("Net Amount", VatBasis.NET),
        ("Amount (Net)", VatBasis.NET),
        ("Amount excl VAT", VatBasis.NET),
        ("Value ex. VAT £", VatBasis.NET),
        ("Total (excludes VAT)", VatBasis.NET),
        ("Amount net of VAT", VatBasis.NET),
        ("Gross", VatBasis.GROSS),
        ("Amount Inc VAT", VatBasis.GROSS),
        ("Amount including VAT", VatBasis.GROSS),
        ("Amount", VatBasis.UNKNOWN),
        ("Total", VatBasis.UNKNOWN),
        ("Amount Paid", VatBasis.UNKNOWN),
    ],
)
def test_the_amounts_name_says_whether_vat_is_in_it(
    rows_of: RowsOf, name: str, basis: VatBasis
) -> None:
    layout = named(f"Supplier|Date|{name}", rows_of("payee date amount"))
    assert layout.vat_basis is basis


def test_a_note_over_the_table_says_whether_vat_is_in_the_amounts(
    rows_of: RowsOf,
) -> None:
    note: list[Cell] = ["All amounts shown exclude recoverable VAT"]
    header: list[Cell] = ["Supplier", "Date", "Amount"]
    layout = understand([note, header, *rows_of("payee date amount")])
    assert layout.vat_basis is VatBasis.NET


@pytest.mark.parametrize(("sums", "basis"), [("net", VatBasis.NET), ("gross", VatBasis.GROSS)])
def test_the_vat_beside_tells_whether_it_is_in_the_amounts(
    rows_of: RowsOf, sums: str, basis: VatBasis
) -> None:
    layout = named("Supplier|Date|Amount|VAT", rows_of(f"payee date {sums} vat"))
    assert at(layout, Role.AMOUNT) == 2
    assert layout.vat_basis is basis


def test_net_vat_and_gross_are_told_apart_by_adding_up(rows_of: RowsOf) -> None:
    layout = understand(rows_of("payee date gross vat net"))
    assert [at(layout, r) for r in (Role.AMOUNT, Role.NET, Role.VAT, Role.GROSS)] == [
        4,
        4,
        3,
        2,
    ]


@pytest.mark.parametrize(
    ("file", "sheet", "title", "kind"),
    [
        ("purchase-cards-april-2023.csv", "", "", Kind.CARD),
        ("GPC_spend_Q1.csv", "", "", Kind.CARD),
        ("Procurement Card Transactions Jan 24.xlsx", "", "", Kind.CARD),
        ("spend.xlsx", "P-Cards", "", Kind.CARD),
        ("payments and cards.xlsx", "Cards", "", Kind.CARD),
        ("payments and cards.xlsx", "Payments", "", Kind.PAYMENT),
        ("spend.csv", "", "Corporate purchasing card transactions", Kind.CARD),
        ("spend-over-500-april-2023.csv", "", "", Kind.PAYMENT),
        ("payments over 500 including purchase cards.csv", "", "", Kind.PAYMENT),
        (
            "april.csv",
            "",
            "Payments over £500 (excluding purchase cards)",
            Kind.PAYMENT,
        ),
        ("scorecard.csv", "", "", Kind.PAYMENT),
    ],
)
def test_a_card_list_is_known_by_its_title(
    rows_of: RowsOf, file: str, sheet: str, title: str, kind: Kind
) -> None:
    above: Rows = [[title]] if title else []
    header: list[Cell] = ["Supplier", "Date", "Amount", "Department"]
    sample = [*above, header, *rows_of("payee date amount unit")]
    assert understand(sample, file=file, sheet=sheet).kind is kind


def test_a_payments_list_with_a_card_column_stays_payments(rows_of: RowsOf) -> None:
    layout = named(
        "Entity|Vendor Name|Expenditure Account|Clearing Date|Amount|Merchant Category",
        rows_of("unit payee purpose date amount purpose"),
    )
    assert layout.kind is Kind.PAYMENT


def test_rows_that_say_their_kind_are_taken_at_their_word(rows_of: RowsOf) -> None:
    layout = named("Date|Supplier|Amount|Type", rows_of("date payee amount card_kind"))
    assert at(layout, Role.KIND) == 3
    assert layout.kind is Kind.PAYMENT


@pytest.mark.parametrize("word", ["Revenue", "Capital", "PO Invoice", "Non-PO", "Agency Staff"])
def test_a_column_called_type_that_says_something_else_is_no_kind(
    rows_of: RowsOf, word: str
) -> None:
    rows = [[*row, word] for row in rows_of("date payee amount")]
    assert at(named("Date|Supplier|Amount|Type", rows), Role.KIND) is None


def test_two_columns_that_could_be_the_unit_are_said(rows_of: RowsOf) -> None:
    layout = named(
        "Directorate|Department|Supplier|Amount|Date",
        rows_of("unit unit payee amount date"),
    )
    assert any(
        "Two columns could be the unit" in s and "'Directorate'" in s and "'Department'" in s
        for s in layout.unsure
    )


def test_each_column_taken_has_a_reason_in_plain_english(rows_of: RowsOf) -> None:
    layout = named("Supplier|Net Amount (£)|Date", rows_of("payee amount date"))
    assert layout.taken[Role.AMOUNT].reason == (
        "called 'Net Amount (£)'; 100% of its cells are sums of money"
    )


cells = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(["Supplier", "Amount", "Date", "VAT", "Net", "£12.50", "01/04/2023", "A LTD"]),
)
tables = st.lists(st.lists(cells, max_size=8), max_size=12)


@settings(max_examples=150, deadline=None)
@example([["²"]])
@given(tables)
def test_any_table_is_understood_without_failing(table: Rows) -> None:
    layout = understand(table)
    width = max((len(row) for row in table), default=0)
    places = [t.position for r, t in layout.taken.items() if r not in (Role.NET, Role.GROSS)]
    assert all(0 <= place < width for place in places)
    assert len(places) == len(set(places)), "a column is taken for one role"
    assert all(0.0 <= taken.confidence <= 1.0 for taken in layout.taken.values())
    assert layout.first_row >= 1
    assert layout == understand(table), "the same table is understood alike"
