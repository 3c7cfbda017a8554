"""The county council: monthly files, card purchases and a register of contracts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from totalplace.example_place import traps
from totalplace.example_place.buying import card_purchases, contracts
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.forms.table import Form
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.payments import Books
from totalplace.example_place.plan.naming import month_year, short
from totalplace.example_place.publications import Page, Publication, as_gzip, as_text, as_zip
from totalplace.example_place.seasons import YEARS, label, months_of

CODE = "EX-CC"

_OLD = Form(
    columns=(
        ("Directorate", "unit"), ("Service", "purpose"), ("Description", "detail"),
        ("Supplier Name", "payee"), ("Payment Date", "date"), ("Document No.", "reference"),
        ("Net Amount", "amount"),
    ),
    says="title, blank and note above the header; £ and commas; line breaks in cells",
    amount_as=amounts.pounds,
    below=((), ("Payments to individuals are shown without names.",)),
)  # fmt: skip
_THREE_SUMS = Form(
    columns=(
        ("Body Name", "unit"), ("Expenditure Category", "purpose"), ("Date Paid", "date"),
        ("Transaction Number", "reference"), ("Supplier ID", "payee_number"),
        ("Supplier Name", "payee"), ("Net Amount £", "net"), ("VAT £", "vat"),
        ("Gross Amount £", "gross"), ("Capital/Revenue", "revenue"),
    ),
    says="net, VAT and gross beside each other; ISO dates",
    date_as=dates.iso,
)  # fmt: skip
_NEW = Form(
    columns=(
        ("Service Area", "unit"), ("Purpose of Spend", "purpose"), ("Beneficiary", "payee"),
        ("Date", "date"), ("Payment Reference", "reference"), ("Amount (£)", "amount"),
    ),
    says="a short header; long dates",
    date_as=dates.long,
    amount_as=amounts.commas,
)  # fmt: skip
_CARDS = Form(
    columns=(
        ("Transaction Date", "date"), ("Merchant Name", "payee"), ("Cost Centre", "unit"),
        ("Merchant Category", "purpose"), ("Card Transaction Ref", "reference"),
        ("Transaction Amount", "amount"),
    ),
    says="purchase cards; title above the header",
    gross=True,
    above=(("Wexshire County Council: Government Procurement Card transactions",), ()),
)  # fmt: skip
_REGISTER = Form(
    columns=(
        ("Contract Reference", "reference"), ("Title of Agreement", "detail"),
        ("Department", "unit"), ("Category", "purpose"), ("Supplier", "payee"),
        ("Start Date", "date"), ("End Date", "end"), ("Contract Value (£)", "amount"),
    ),
    says="contracts register",
    amount_as=amounts.trimmed,
    above=(("Contracts Register",),),
)  # fmt: skip


def published(books: Books) -> Iterator[Publication]:
    """The county council's files."""
    yield from _first_year(books)
    yield from _second_year(books)
    yield from _third_year(books)
    for year in YEARS:
        yield _cards(books, year)
        yield _register(books, year)


def _first_year(books: Books) -> Iterator[Publication]:
    file = TextFile()
    for month in months_of(2022):
        title = f"Wexshire County Council payments over £500 for {month_year(month)}"
        form = replace(
            _OLD,
            above=((title,), (), ("Amounts leave out VAT that the council can recover.",)),
            total="labelled" if month.month in (3, 6, 9, 12) else "",
            repeat_header_every=60 if month.month == 9 else 0,
        )
        lines = books.paid(CODE, month)
        if month.month == 2:
            lines = traps.spoilt_amounts(lines, "see note", "#REF!", "TBC")
        name = f"2022-23/spend-over-500-{month_year(month).lower().replace(' ', '-')}.csv"
        yield Publication(CODE, label(2022), name, (Page(lines, form),), as_text(file), file.says)


def _second_year(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="utf-8-sig")
    for month in months_of(2023):
        lines = books.paid(CODE, month)
        if month == date(2024, 3, 1):
            stages = (6_412_500_00, 5_870_118_46, 7_003_260_00)
            lines = traps.spike(lines, "New school - construction", stages, service="education")
        form = replace(_THREE_SUMS, repeat_header_every=250 if month.month == 11 else 0)
        name = f"2023-24/WCC_Spend_{short(month)}.csv"
        yield Publication(CODE, label(2023), name, (Page(lines, form),), as_text(file), file.says)


def _third_year(books: Books) -> Iterator[Publication]:
    file = TextFile()
    months = months_of(2024)
    for month in months[:6]:
        name = f"2024-25/{month:%Y-%m} payments.csv.gz"
        page = Page(books.paid(CODE, month), _NEW)
        yield Publication(CODE, label(2024), name, (page,), as_gzip(file), f"gzipped {file.says}")
    file = TextFile(encoding="utf-8-sig", quote_all=True)
    form = replace(_NEW, total="unlabelled", says="sums of all lines below the table, not labelled")
    pages = tuple(
        Page(books.paid(CODE, month), form, f"{month_year(month)}.csv") for month in months[6:]
    )
    name = "2024-25/Payments October 2024 to March 2025.zip"
    yield Publication(CODE, label(2024), name, pages, as_zip(file), f"zipped {file.says}")


def _cards(books: Books, year: int) -> Publication:
    file = TextFile()
    lines = card_purchases(books, CODE, months_of(year), 95)
    name = f"{label(year)}/purchase-cards-{label(year)}.csv"
    page = Page(lines, _CARDS)
    return Publication(CODE, label(year), name, (page,), as_text(file), file.says)


def _register(books: Books, year: int) -> Publication:
    file = TextFile(encoding="cp1252")
    lines = contracts(books, CODE, months_of(year), 8)
    name = f"{label(year)}/contracts-register-{label(year)}.csv"
    page = Page(lines, _REGISTER)
    return Publication(CODE, label(year), name, (page,), as_text(file), file.says)
