"""Layouts of departments, hospitals, police and other bodies: names as published, cells made up.

Short lists matter: a small body may publish one payment a month, and its cells then say little.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Kind, Layout, Role, VatBasis

Rows = list[list[Cell]]
RowsOf = Callable[..., Rows]

TREASURY = (
    "Department family|Entity|Date|Expense type|Expense area|Supplier|Transaction number|Amount"
)
TREASURY_WIDE = (
    "Department|Entity|Date|Expense Type|Expense Area|Supplier |Transaction Number| Amount |"
    "Description|Supplier Postcode|Supplier Type|Contract Number|Project Code|Expenditure Type|"
    "Vat Registration Number"
)
LAYOUTS = (
    (
        TREASURY,
        "family trust short purpose ward payee reference amount",
        "date=2 purpose=3 unit=4 payee=5 reference=6 amount=7",
    ),
    (
        (
            "1 Department Family|2 Entity|3 Date|4 Expense Type|5 Expense Area|6 Supplier|"
            "7 Transaction No|8 Amount"
        ),
        "family family short purpose unit payee code amount",
        "date=2 purpose=3 unit=4 payee=5 reference=6 amount=7",
    ),
    (
        (
            "DEPARTMENT|ENTITY|ACCOUNTING_DATE|EXPENSE_TYPE|SUPPLIER_OBS_TYPE|EXPENSE_AREA|SUPPLIER|"
            "TRANSACTION_NUM| AMOUNT |DESCRIPTION|POSTCODE|SUPPLIER_TYPE|PROJECT_CODE"
        ),
        "family family date purpose yes unit payee reference amount narrative postcode yes account",
        "date=2 unit=5 payee=6 reference=7 amount=8",
    ),
    (
        (
            "Department Family|Entity|Date|Expense Type|Expense Area|Supplier|Post Code|"
            "Transaction Number|Total"
        ),
        "family family date purpose unit payee postcode reference amount",
        "date=2 purpose=3 unit=4 payee=5 reference=7 amount=8",
    ),
    (
        "Supplier|Department family|Date|Expense area|Expense type|Transaction Number|amount",
        "payee unit date ward purpose reference whole",
        "payee=0 date=2 purpose=4 reference=5 amount=6",
    ),
    (
        (
            "URI|Company Name|Transaction Date|Voucher Number|Invoice Number|Amount|Supplier|"
            "G/L Description|G/L Code|Cost Centre|INV/CRN|Total Invoice Amount"
        ),
        "line body date reference code amount payee purpose account subunit yes pounds",
        "date=2 reference=3 amount=5 payee=6 purpose=7 unit=9",
    ),
    (
        (
            "Body Name|Transaction No|Supplier ID|Supplier Name|Payment Date|Account Code|"
            "Account Code|Cost Centre Code|Cost Centre Code|Amount"
        ),
        "body reference payee_number payee date account purpose cost_centre subunit amount",
        "reference=1 payee_number=2 payee=3 date=4 purpose=6 unit=8 amount=9",
    ),
    (
        (
            "OrganisationLabel|OrganisationalUnit|BeneficiaryName|PaymentDate|TransactionNumber|"
            "Amount|IrrecoverableVATAmount|Purpose|CategoryInternalName"
        ),
        "body unit payee date reference amount irrecoverable subunit purpose",
        "unit=1 payee=2 date=3 reference=4 amount=5",
    ),
    (
        (
            "Financial Year|Service Department|Supplier Name|Invoice Paid Date|Invoice Net Value|"
            "Proclass|Is Local"
        ),
        "year unit payee date amount purpose yes",
        "unit=1 payee=2 date=3 amount=4 purpose=5",
    ),
    (
        "Name of Supplier|Transaction Date|Department|Invoice Total|Line Total|Description",
        "payee date unit pounds amount purpose",
        "payee=0 date=1 unit=2 amount=4 purpose=5",
    ),
)


def places(layout: Layout) -> dict[Role, int]:
    return {role: taken.position for role, taken in layout.taken.items()}


@pytest.mark.parametrize("rows", [80, 12])
@pytest.mark.parametrize(("names", "holds", "expected"), LAYOUTS, ids=lambda text: str(text)[:40])
def test_layouts_of_many_bodies_are_understood(
    names: str, holds: str, expected: str, rows: int, rows_of: RowsOf
) -> None:
    found = places(understand([[*names.split("|")], *rows_of(holds, rows)]))
    wanted = {Role(p.split("=")[0]): int(p.split("=")[1]) for p in expected.split()}
    assert {role: found.get(role) for role in wanted} == wanted


@pytest.mark.parametrize(
    "row",
    [
        ["Defra", "Fenland Licensing Authority", "27/06/12", "Legal Fees", "law", " Marsh Carr ",
         "90086464", " £43,574.40 ", "Counsel fees", "EM1 1QH", "LLP", "", "", "Invoice", ""],
        ["Department of Rivers", "Department of Rivers", "01/02/2011", "Rent", "Estates",
         "Reed Government", "21669", "£27,636.13", "Quarter day", "", "SME", "", "", "", ""],
    ],
)  # fmt: skip
def test_a_list_of_one_payment_is_understood(row: list[Cell]) -> None:
    found = places(understand([[*TREASURY_WIDE.split("|")], row]))
    assert (found[Role.DATE], found[Role.PAYEE], found[Role.AMOUNT]) == (2, 5, 7)
    assert found[Role.UNIT] == 4


def test_a_parent_department_is_not_the_unit_where_its_bodies_are_named(rows_of: RowsOf) -> None:
    rows = rows_of("family trust date purpose subunit payee reference amount")
    for n, row in enumerate(rows):
        row[0] = ("Defra", "Department for Rivers, Food and Farms")[n % 3 == 0]
        row[1] = ("Animal Office", "River Laboratories Agency")[n % 3 == 0]
    names = ["DEPARTMENT", *TREASURY.split("|")[1:]]
    assert places(understand([names, *rows]))[Role.UNIT] == 4


def test_a_code_that_holds_words_is_taken_as_words(rows_of: RowsOf) -> None:
    found = places(
        understand(
            [
                ["Supplier Code", "Supplier Code", "Cost Code", "Cost Code", "Paid Date", "Amount"],
                *rows_of("payee_number payee cost_centre subunit date amount"),
            ]
        )
    )
    assert (found[Role.PAYEE], found[Role.UNIT]) == (1, 3)


@pytest.mark.parametrize("order", [("excl", "incl"), ("incl", "excl")])
def test_sums_without_vat_are_the_amount_wherever_they_stand(
    order: tuple[str, str], rows_of: RowsOf
) -> None:
    names = {"excl": "SumOfAmount_Exc_VAT", "incl": "SumOfAmount_Inc_VAT"}
    held = {"excl": "net", "incl": "gross"}
    layout = understand(
        [
            ["Service", "Supplier", "Date", *(names[o] for o in order)],
            *rows_of(f"unit payee date {held[order[0]]} {held[order[1]]}"),
        ]
    )
    assert layout.taken[Role.AMOUNT].header == names["excl"]
    assert layout.vat_basis is VatBasis.NET


def test_two_payments_are_enough_to_take_net_before_a_total() -> None:
    rows: Rows = [
        ["01/04/2019", "B Tallow", "Hall hire", "000123", "100.00", "20.00", "120.00"],
        ["08/04/2019", "Fenn Mowing", "Verges", "000124", "51.50", "0.00", "51.50"],
    ]
    layout = understand([["Date", "Payee", "Details", "Cheque No", "Net", "VAT", "Total"], *rows])
    assert (places(layout)[Role.AMOUNT], layout.vat_basis) == (4, VatBasis.NET)


def test_a_page_of_notes_before_the_header_is_passed_over(rows_of: RowsOf) -> None:
    notes: Rows = [["Merchant Category", "Examples of Expenditure"]]
    notes += [["", f"Visits and repairs of kind {chr(97 + n % 26)}"] for n in range(90)]
    names: list[Cell] = ["UniqueRef", "TRANSACTION DATE", "MERCHANT CATEGORY", "AMOUNT"]
    layout = understand(
        [*notes, [], ["CARD SPENDING FOR JANUARY"], names, *rows_of("code short purpose pounds")]
    )
    assert (layout.header_rows, layout.first_row) == ((94,), 95)
    assert places(layout)[Role.AMOUNT] == 3


def test_a_register_in_the_words_of_the_transparency_code_is_of_contracts(rows_of: RowsOf) -> None:
    names = (
        "Title of agreement|Local authority department responsible|Supplier name|Start date|"
        "End date|Sum to be paid over the length of the contract (£)|VCSE"
    )
    layout = understand(
        [[*names.split("|")], *rows_of("title unit payee date end amount yes")],
        file="contracts-register.csv",
    )
    assert layout.kind is Kind.COMMITMENT


@pytest.mark.parametrize(
    ("name", "said"),
    [("Amount £000", True), ("Value (£'000s)", True), ("Spend £k", True), ("Amount (£)", False)],
)
def test_sums_in_thousands_are_said(name: str, said: bool, rows_of: RowsOf) -> None:
    layout = understand(
        [["Date", "Supplier", "Department", name], *rows_of("date payee unit amount")]
    )
    assert any("thousands" in doubt for doubt in layout.unsure) is said


@pytest.mark.parametrize("sums", [["0", "0", "0"], ["7", "7"], ["0.00"]])
def test_an_amount_called_so_is_taken_whatever_its_few_sums(sums: list[str]) -> None:
    names: list[Cell] = ["Directorate", "Supplier Name", "Payment Date", "Net Amount"]
    rows: Rows = [["Parks", "Aldwick Services Ltd", "28/03/2024", amount] for amount in sums]
    assert places(understand([names, *rows]))[Role.AMOUNT] == 3


def test_a_count_is_no_amount_for_want_of_one(rows_of: RowsOf) -> None:
    layout = understand([["Supplier", "Date", "Number of invoices"], *rows_of("payee date line")])
    assert Role.AMOUNT not in layout.taken
