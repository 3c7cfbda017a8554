"""Layouts written down after the words of columns were settled on others, as a check upon them.

Of these 24 all but one (a register with "Contract Start") were understood at once. Each line gives
the names of the columns, what each holds, and where the roles stand.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.layout import Cell, Kind, Role

RowsOf = Callable[[str], list[list[Cell]]]

LAYOUTS = (
    (
        (
            "Organisation|Directorate|Service|Payee|Expenditure Category|Payment Date|Net Amount|"
            "Irrecoverable VAT"
        ),
        "body unit subunit payee purpose date amount irrecoverable",
        "unit=1 payee=3 purpose=4 date=5 amount=6",
    ),
    (
        "Document No|Payment Date|Vendor Name|Amount|Cost Element Name|Directorate|Company Code",
        "reference date payee amount purpose unit account",
        "reference=0 date=1 payee=2 amount=3 purpose=4 unit=5",
    ),
    (
        (
            "Body Name|Body|Service Label|Service Code|Organisational Unit|Expenditure Category|"
            "Expenditure Code|Payment Date|Transaction Number|NET Amount|Supplier Name|"
            "Supplier ID"
        ),
        "body body subunit account unit purpose account date reference amount payee payee_number",
        "payee=10 date=7 amount=9 unit=4 reference=8 purpose=5",
    ),
    (
        "DEPARTMENT|SUPPLIER_NAME|INVOICE_AMOUNT|PAYMENT_DATE|INVOICE_NO",
        "unit payee amount short code",
        "unit=0 payee=1 amount=2 date=3 reference=4",
    ),
    (
        "TLB|Transaction date|Merchant|Amount|Description",
        "subunit date payee amount narrative",
        "date=1 payee=2 amount=3 purpose=4",
    ),
    (
        "Department|Entity|Date of Transaction|Merchant Category|Supplier|Description|Total Value",
        "family unit date purpose payee narrative amount",
        "date=2 payee=4 amount=6 unit=1",
    ),
    (
        "Supplier|Value|Payment Date|Directorate|Unit|Subjective|Invoice ref",
        "payee amount date unit subunit purpose code",
        "payee=0 amount=1 date=2 unit=3 purpose=5 reference=6",
    ),
    (
        "Ref|Trans Date|Supplier|Net £|Cat",
        "code date payee amount purpose",
        "reference=0 date=1 payee=2 amount=3 purpose=4",
    ),
    (
        "Effective Date|Responsible Unit|Beneficiary|Payment Amount|Summary",
        "date unit payee amount narrative",
        "date=0 unit=1 payee=2 amount=3",
    ),
    (
        "Supplier Name|Invoice Date|Payment Date|Total £|VAT £|Net £|Description|Funding Stream",
        "payee earlier date gross vat net narrative subunit",
        "payee=0 date=2 amount=5 vat=4 gross=3",
    ),
    (
        "Account|Account(T)|SupplierID|Supplier(T)|Amount|Trans.date|Cost centre(T)|InvoiceNo",
        "account purpose payee_number payee amount date subunit code",
        "payee=3 amount=4 date=5 unit=6 purpose=1 payee_number=2 reference=7",
    ),
    (
        "VENDOR_NAME|INVOICE_NUM|CHECK_DATE|DIST_AMOUNT|SEG2_DESC|SEG3_DESC",
        "payee code short amount subunit purpose",
        "payee=0 date=2 amount=3 reference=1",
    ),
    (
        "Our Ref|Supp Name|Amt excl VAT|Paid|Dept Desc|Subj Desc",
        "code payee amount date unit purpose",
        "reference=0 payee=1 amount=2 date=3 unit=4 purpose=5",
    ),
    (
        "Transaction No|Payment Date|Payee Name|Amount £|Force / OPCC|Expenditure Description",
        "reference date payee amount unit purpose",
        "date=1 payee=2 amount=3 purpose=5",
    ),
    (
        "Supplier Name|Supplier Type|Charity Number|Amount|Date|Grant Purpose|Beneficiary",
        "payee caprev vat_number amount date narrative payee",
        "amount=3 date=4",
    ),
    (
        "Date|Type|Payee Name|Nett|VAT|Gross|Service|Detail",
        "date caprev payee net vat gross unit narrative",
        "date=0 payee=2 amount=3 vat=4 gross=5 unit=6",
    ),
    (
        "CheqDate|CheqNo|Payee|Amount|Details|Budget Head",
        "date reference payee amount narrative subunit",
        "date=0 payee=2 amount=3",
    ),
    (
        (
            "Payment Date|Transaction Reference|Supplier Name|Net Invoice Value (£)|"
            "VAT Not Recovered|Total Spend|Directorate|Cost Centre|Subjective"
        ),
        "date reference payee net irrecoverable net unit subunit purpose",
        "date=0 reference=1 payee=2 amount=3 unit=6 purpose=8",
    ),
    (
        (
            "Cardholder Dept|Merchant Name|Transaction Date|Net Amount|VAT Amount|Gross Amount|"
            "Merchant Category Code Description|Card Number (last 4)"
        ),
        "unit payee date net vat gross purpose account",
        "unit=0 payee=1 date=2 amount=3 vat=4 gross=5 purpose=6",
    ),
    (
        "Council|Month|Year|Creditor|Spend|Expenditure Area|Expenditure Type",
        "body period year payee amount subunit purpose",
        "payee=3 amount=4 unit=5 purpose=6",
    ),
    (
        "Company Name|Sum of Amount|Paid On|Portfolio|Nature of Expenditure",
        "payee amount date unit purpose",
        "payee=0 amount=1 date=2 unit=3 purpose=4",
    ),
    (
        "Vendor Number|Vendor|Document Date|Net Due Date|Clearing Date|Amount in LC|Text|Cost Ctr",
        "payee_number payee earlier end date amount narrative subunit",
        "payee=1 date=4 amount=5 unit=7",
    ),
    (
        "Reference|Title|Supplier|Start|End|Extension|Value|Contact",
        "code title payee date end months amount unit",
        "reference=0 payee=2 amount=6",
    ),
    (
        (
            "Agreement Reference|Contract Name|Awarded To|Contract Start|Contract End|"
            "Estimated Annual Value|Department Responsible|Review Date|Procurement Route|VCSE"
        ),
        "code title payee date end amount unit end caprev yes",
        "reference=0 purpose=1 payee=2 date=3 amount=5 unit=6",
    ),
)


@pytest.mark.parametrize(("names", "holds", "places"), LAYOUTS, ids=lambda text: text[:40])
def test_layouts_not_used_to_settle_the_words_are_understood(
    names: str, holds: str, places: str, rows_of: RowsOf
) -> None:
    layout = understand([[*names.split("|")], *rows_of(holds)])
    expected = {Role(p.split("=")[0]): int(p.split("=")[1]) for p in places.split()}
    found = {role: t.position for role, t in layout.taken.items() if role in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("names", "holds", "kind"),
    [
        (
            "Reference|Title|Supplier|Start|End|Value",
            "code title payee date end amount",
            "contract",
        ),
        ("Start Date|Supplier|Amount|Date Paid", "earlier payee amount date", "payment"),
        ("Contract Ref|Supplier|Amount|Payment Date", "code payee amount date", "payment"),
    ],
)
def test_contracts_are_told_from_payments_under_them(
    names: str, holds: str, kind: str, rows_of: RowsOf
) -> None:
    layout = understand([[*names.split("|")], *rows_of(holds)])
    assert (layout.kind is Kind.COMMITMENT) == (kind == "contract")
