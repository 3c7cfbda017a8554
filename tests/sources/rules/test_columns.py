"""Layouts as English public bodies publish them, and what each column is taken for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Kind, Layout, Role, VatBasis


@dataclass(frozen=True, slots=True)
class Published:
    """One layout: the names of its columns, what each holds, and where each role stands."""

    body: str
    names: str  # with | between
    holds: str  # what each column holds, as the builder of rows calls it
    amount: int
    payee: int
    date: int | None = None
    unit: int | None = None
    purpose: int | None = None
    reference: int | None = None
    payee_number: int | None = None
    net: int | None = None
    vat: int | None = None
    gross: int | None = None
    kind: Kind = Kind.PAYMENT
    basis: VatBasis = VatBasis.UNKNOWN

    @property
    def header(self) -> list[Cell]:
        return [*self.names.split("|")]

    def places(self, *roles: Role) -> dict[Role, int]:
        found = {r: getattr(self, r.value) for r in roles or _ROLES}
        return {role: place for role, place in found.items() if place is not None}


_ROLES = (
    Role.AMOUNT, Role.PAYEE, Role.DATE, Role.UNIT, Role.PURPOSE, Role.REFERENCE,
    Role.PAYEE_NUMBER, Role.NET, Role.VAT, Role.GROSS,
)  # fmt: skip
RowsOf = Callable[[str], list[list[Cell]]]
_MAIN = (Role.AMOUNT, Role.PAYEE, Role.DATE)

LAYOUTS = (
    Published(
        "a department",
        "Department family|Entity|Date|Expense Type|Expense Area|Supplier|Transaction Number|"
        "AP Amount (£)",
        "family trust date purpose ward payee reference pounds",
        amount=7, payee=5, date=2, unit=4, purpose=3, reference=6,
    ),
    Published(
        "a department with notes beside",
        "Department Family|Entity|Date|Expense type|Expense area|Supplier|Transaction number|"
        "Amount in Sterling|Description|Supplier Postcode",
        "family trust short purpose ward payee reference pounds narrative postcode",
        amount=7, payee=5, date=2, unit=4, purpose=3, reference=6,
    ),
    Published(
        "an amount called by its sign alone",
        "Date|Supplier|Expense Area| £ |Item Text",
        "date payee ward pounds narrative",
        amount=3, payee=1, date=0, unit=2,
    ),
    Published(
        "a district under the Transparency Code",
        "Body Name|Service Label|Expenditure Category|Date|Transaction No|Amount excl VAT|"
        "Supplier Name",
        "body unit purpose date reference amount payee",
        amount=5, payee=6, date=3, unit=1, purpose=2, reference=4, net=5, basis=VatBasis.NET,
    ),
    Published(
        "the Code's twenty columns",
        "Organisation Name|Organisation Code|Effective Date|Directorate|Service Category Label|"
        "Service Category URI|Organisational Unit|Organisational Unit Code|Expenditure Category|"
        "Expenditure Code|Narrative|Date|Transaction Number|Amount|VAT Applied|Supplier Name|"
        "Supplier ID|Capital or Revenue|Procurement Classification|"
        "Procurement Classification Label",
        "body cost_centre date unit subunit cost_centre unit cost_centre purpose account narrative"
        " date reference amount irrecoverable payee payee_number caprev cost_centre purpose",
        amount=13, payee=15, date=11, reference=12, payee_number=16,
    ),
    Published(
        "two columns and no date",
        "Creditor Name|Invoice Net",
        "payee amount",
        amount=1, payee=0, net=1, basis=VatBasis.NET,
    ),
    Published(
        "a creditors ledger",
        "Creditor No|Creditor Name|Pay Date|Invoice Net|Cost Centre Description|"
        "Subjective Description",
        "payee_number payee date amount subunit purpose",
        amount=3, payee=1, date=2, unit=4, purpose=5, payee_number=0, net=3, basis=VatBasis.NET,
    ),
    Published(
        "a bank's card statement",
        "TRANS DATE|MERCHANT NAME|BILLING GROSS AMT|MERCHANT CATEGORY|CARDHOLDER DIRECTORATE",
        "date payee gross purpose unit",
        amount=2, payee=1, date=0, unit=4, purpose=3, gross=2, kind=Kind.CARD,
        basis=VatBasis.GROSS,
    ),
    Published(
        "a bank's card statement with other currencies",
        "Post Date|Transaction Date|Supplier|Original Gross Amt|Original Currency|"
        "Billing Gross Amt|Billing Net Amt|Billing VAT Amt|Cost Centre|Account Code Description",
        "earlier date payee gross family gross net vat cost_centre purpose",
        amount=6, payee=2, date=1, purpose=9, net=6, vat=7, gross=5, kind=Kind.CARD,
        basis=VatBasis.NET,
    ),
    Published(
        "an export of an accounts package",
        "Vendor|Posting Date|LineAmountMST",
        "payee date amount",
        amount=2, payee=0, date=1,
    ),
    Published(
        "an export with numbers called vendors",
        "Vendor|Name|Posting Date|Voucher|LineAmountMST|Department",
        "payee_number payee date code amount unit",
        amount=4, payee=1, date=2, unit=5, reference=3,
    ),
    Published(
        "four levels of unit",
        "Directorate|Service|Division|Responsible Unit|Expense Type|Payment Date|Supplier|"
        "Value (£) ex VAT",
        "unit unit subunit subunit purpose date payee pounds",
        amount=7, payee=6, date=5, unit=0, purpose=4, net=7, basis=VatBasis.NET,
    ),
    Published(
        "a pivot table",
        "Row Labels|Supplier|Sum of NET|URN|CAPREV|Effective Date|Procurement Category",
        "line payee amount code caprev date purpose",
        amount=2, payee=1, date=5, purpose=6, reference=3, net=2, basis=VatBasis.NET,
    ),
    Published(
        "a combined authority",
        "Payment Ref|Effective Date|Beneficiary|Directorate Name|Purpose of Expenditure|"
        "Amount Paid",
        "code date payee unit purpose amount",
        amount=5, payee=2, date=1, unit=3, purpose=4, reference=0,
    ),
    Published(
        "invoices with payments",
        "Invoice Date|Payment Date|Supplier|Invoice Number|Net Amount|VAT|Gross Amount|"
        "Service Area|Description",
        "earlier date payee code net vat gross unit narrative",
        amount=4, payee=2, date=1, unit=7, purpose=8, reference=3, net=4, vat=5, gross=6,
        basis=VatBasis.NET,
    ),
    Published(
        "three dates",
        "Inv Date|Posting Date|Clearing Date|Vendor Name|Doc No|Amount in GBP|Profit Centre|"
        "G/L Account Description",
        "earlier earlier date payee reference amount subunit purpose",
        amount=5, payee=3, date=2, unit=6, purpose=7, reference=4,
    ),
    Published(
        "an amount beside net and gross",
        "Supplier|Amount|Net Amount|VAT|Gross|Paid Date|Dept",
        "payee gross net vat gross date unit",
        amount=2, payee=0, date=5, unit=6, net=2, vat=3, gross=4, basis=VatBasis.NET,
    ),
    Published(
        "irrecoverable VAT beside",
        "Organisation|Date|Supplier|Net £|Irrecoverable VAT £|Expenditure Category|Department",
        "body date payee amount irrecoverable purpose unit",
        amount=3, payee=2, date=1, unit=6, purpose=5, net=3, basis=VatBasis.NET,
    ),
    Published(
        "numbers that are no amounts",
        "Line|Supplier ID|Supplier Name|Period|Financial Year|Date Paid|Cost Code|"
        "Cost Code Description|Amount",
        "line payee_number payee period year date cost_centre subunit whole",
        amount=8, payee=2, date=5, unit=7, payee_number=1,
    ),
    Published(
        "a police force",
        "Payee|Payment Date|Amount (£)|Nominal Description|Business Area",
        "payee date amount purpose subunit",
        amount=2, payee=0, date=1, unit=4, purpose=3,
    ),
    Published(
        "a parish",
        "Date|Ref|Payee|Details|Net|VAT|Total",
        "date code payee narrative net vat gross",
        amount=4, payee=2, date=0, purpose=3, reference=1, net=4, vat=5, gross=6,
        basis=VatBasis.NET,
    ),
    Published(
        "a hospital trust",
        "Clearing date|Expense Type|Division|Supplier|AP Total Payment Amount|Invoice Number|"
        "VAT Coreg No",
        "date purpose ward payee whole code vat_number",
        amount=4, payee=3, date=0, unit=2, purpose=1, reference=5,
    ),
    Published(
        "a contracts register",
        "Contract Reference|Contract Title|Directorate|Supplier Name|Start Date|End Date|"
        "Review Date|Total Contract Value|Annual Value|SME|Duration (months)",
        "code title unit payee date end end amount amount yes months",
        amount=7, payee=3, date=4, unit=2, purpose=1, reference=0, kind=Kind.COMMITMENT,
    ),
    Published(
        "names run together",
        "SupplierName|PaymentDate|NetAmount|ServiceArea|ExpenseType|TransactionNumber",
        "payee date amount unit purpose reference",
        amount=2, payee=0, date=1, unit=3, purpose=4, reference=5, net=2, basis=VatBasis.NET,
    ),
    Published(
        "names of a database",
        "supplier_name|payment_date|net_amount|directorate|description|transaction_no",
        "payee iso amount unit narrative reference",
        amount=2, payee=0, date=1, unit=3, purpose=4, reference=5, net=2, basis=VatBasis.NET,
    ),
    Published(
        "names as long as the Code's own",
        "Date expenditure incurred|Beneficiary of the expenditure|"
        "Summary of the purpose of the expenditure|"
        "Amount of expenditure excluding recoverable VAT (£)|"
        "Department which incurred the expenditure|Merchant category",
        "date payee narrative amount unit purpose",
        amount=3, payee=1, date=0, unit=4, net=3, basis=VatBasis.NET,
    ),
    Published(
        "names with letters wrong",
        "Suplier Nmae|Paymnet Date|Ammount|Directortae|Expence Type",
        "payee date amount unit purpose",
        amount=2, payee=0, date=1, unit=3, purpose=4,
    ),
    Published(
        "blank columns between",
        "Supplier||Date||Amount|",
        "payee blank date blank amount blank",
        amount=4, payee=0, date=2,
    ),
    Published(
        "minus signs after the sum",
        "Supplier Name|Invoice Date|Value|Cost Centre",
        "payee date trailing subunit",
        amount=2, payee=0, date=1, unit=3,
    ),
    Published(
        "a London body",
        "Vendor ID|Vendor Name|Cost Element|Expenditure Account Code Description|"
        "SAP Document No|Amount|Clearing Date|Directorate|Service Expenditure Category",
        "payee_number payee account purpose reference amount date unit purpose",
        amount=5, payee=1, date=6, unit=7, reference=4, payee_number=0,
    ),
)  # fmt: skip


def typed(cell: Cell) -> Cell:
    """A cell of text as a workbook would hold it."""
    if not isinstance(cell, str) or not cell:
        return None if cell == "" else cell
    try:
        return float(cell.replace("£", "").replace(",", ""))
    except ValueError:
        pass
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%y"):
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return cell


def places(layout: Layout, *roles: Role) -> dict[Role, int]:
    return {r: t.position for r, t in layout.taken.items() if r in (roles or _ROLES)}


def wrong(layout: Layout, expected: dict[Role, int]) -> dict[Role, tuple[int | None, int]]:
    found = places(layout)
    return {r: (found.get(r), at) for r, at in expected.items() if found.get(r) != at}


every_layout = pytest.mark.parametrize("published", LAYOUTS, ids=lambda p: p.body)


@every_layout
def test_columns_are_known_by_name_and_content(published: Published, rows_of: RowsOf) -> None:
    layout = understand([published.header, *rows_of(published.holds)])
    assert wrong(layout, published.places()) == {}
    assert (layout.header_rows, layout.first_row) == ((1,), 2)
    assert layout.kind is published.kind
    assert layout.vat_basis is published.basis


@every_layout
def test_columns_of_a_workbook_are_known_alike(published: Published, rows_of: RowsOf) -> None:
    table = [
        published.header,
        *([typed(c) for c in row] for row in rows_of(published.holds)),
    ]
    assert wrong(understand(table), published.places()) == {}


@every_layout
def test_columns_are_known_under_a_title_and_notes(published: Published, rows_of: RowsOf) -> None:
    above: list[list[Cell]] = [
        ["Payments over £500, April 2023"],
        [],
        ["Published monthly"],
        [],
    ]
    layout = understand([*above, published.header, *rows_of(published.holds)])
    assert wrong(layout, published.places()) == {}
    assert (layout.header_rows, layout.first_row) == ((5,), 6)


@every_layout
def test_columns_are_known_by_a_header_on_the_last_row(
    published: Published, rows_of: RowsOf
) -> None:
    rows = rows_of(published.holds)
    tail = [(len(rows) + 1, published.header)]
    layout = understand(rows, tail=tail)
    assert wrong(layout, published.places()) == {}
    assert (layout.header_rows, layout.first_row) == ((len(rows) + 1,), 1)


@every_layout
def test_columns_are_known_in_a_short_list(published: Published, rows_of: RowsOf) -> None:
    assert (
        wrong(
            understand([published.header, *rows_of(published.holds)[:5]]),
            published.places(*_MAIN),
        )
        == {}
    )


# Without names nothing tells the two dates of a contract or of the Code's twenty columns apart.
_TOLD_BY_NAME_ALONE = (
    "a contracts register",
    "the Code's twenty columns",
    "three dates",
)


@pytest.mark.parametrize(
    "published",
    [p for p in LAYOUTS if p.body not in _TOLD_BY_NAME_ALONE],
    ids=lambda p: p.body,
)
def test_amount_payee_and_date_are_known_by_content_where_no_column_is_named(
    published: Published, rows_of: RowsOf
) -> None:
    layout = understand(rows_of(published.holds))
    assert wrong(layout, published.places(*_MAIN)) == {}
    assert (layout.header_rows, layout.first_row) == ((), 1)
    assert any("No row with the names" in sentence for sentence in layout.unsure)


@every_layout
def test_the_order_of_columns_does_not_matter(published: Published, rows_of: RowsOf) -> None:
    table = [list(reversed(row)) for row in [published.header, *rows_of(published.holds)]]
    layout = understand(table)
    last = len(table[0]) - 1
    mirrored = {r: last - at for r, at in published.places(*_MAIN).items()}
    assert wrong(layout, mirrored) == {}
