"""The integrated care board and the infirmary: workbooks, and one bad month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from totalplace.example_place import traps
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.forms.table import Form
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.payments import Books
from totalplace.example_place.plan.naming import month_year, quarter, short
from totalplace.example_place.publications import Page, Publication, as_ods, as_text, as_xlsx
from totalplace.example_place.seasons import label, months_of

_HEALTH = (
    ("Department Family", "family"), ("Entity", "entity"), ("Date", "date"),
    ("Expense Type", "purpose"), ("Expense Area", "unit"), ("Supplier", "payee"),
    ("Transaction Number", "reference"),
)  # fmt: skip
_BOARD = Form(
    columns=(*_HEALTH, ("Amount", "amount")),
    date_as=dates.cell,
    amount_as=amounts.noisy,
    family="Department of Care (example)",
    entity="NHS WEXSHIRE ICB",
    above=(("NHS Wexshire Integrated Care Board",), ("Expenditure over £25,000",), ()),
    says="title rows; noise in the numbers",
)
_TRUST = Form(
    columns=(
        ("Division", "unit"), ("Subjective", "purpose"), ("Supplier", "payee"),
        ("Invoice", "reference"), ("Payment Date", "date"), ("Amount", "amount"),
    ),
    date_as=dates.cell,
    amount_as=amounts.number,
)  # fmt: skip
_TRUST_THREE = replace(
    _TRUST,
    columns=(
        *_TRUST.columns[:-1], ("Net", "net"), ("VAT", "vat"), ("Gross", "gross"),
    ),
    says="net, VAT and gross beside each other",
)  # fmt: skip
REPEATED_IN = date(2024, 3, 1)


def published(books: Books) -> Iterator[Publication]:
    """The files of the board and the trust."""
    yield from _board_texts(books)
    for month in months_of(2023):
        name = f"2023-24/WICB over 25k {month_year(month)}.xlsx"
        page = Page(books.paid("EX-IB", month), _BOARD, short(month))
        yield Publication("EX-IB", label(2023), name, (page,), as_xlsx, "workbook")
    yield from _board_quarters(books)
    yield _trust_first(books)
    yield _trust_second(books)
    yield _trust_third(books)


def _board_texts(books: Books) -> Iterator[Publication]:
    file = TextFile(line_end="\n")
    form = replace(_BOARD, date_as=dates.short_month, amount_as=amounts.commas, says="title rows")
    for month in months_of(2022):
        name = f"2022-23/WICB over 25k {month_year(month)}.csv"
        page = Page(books.paid("EX-IB", month), form)
        yield Publication("EX-IB", label(2022), name, (page,), as_text(file), file.says)


def _board_quarters(books: Books) -> Iterator[Publication]:
    form = replace(_BOARD, amount_as=amounts.number, says="title rows; a blank column to the left",
                   starts_right_by=1)  # fmt: skip
    for place in range(4):
        lines = [
            line for month in quarter(months_of(2024), place) for line in books.paid("EX-IB", month)
        ]
        name = f"2024-25/WICB Q{place + 1} 2024-25.ods"
        page = Page(lines, form, f"Q{place + 1}")
        yield Publication("EX-IB", label(2024), name, (page,), as_ods, "OpenDocument")


def _trust_first(books: Books) -> Publication:
    form = replace(_TRUST, total="unlabelled", says="a sheet a month; total not labelled; "
                   "formatted blank rows")  # fmt: skip
    pages = tuple(
        Page(books.paid("EX-HT", month), form, month_year(month), formatted_below=60)
        for month in months_of(2022)
    )
    return _workbook("EX-HT", 2022, "Infirmary spend 2022-23.xlsx", pages)


def _trust_second(books: Books) -> Publication:
    """Dates are plain serial numbers; in March invoices show their total on each line."""
    form = replace(_TRUST, date_as=dates.serial, says="dates as serial numbers")
    pages = []
    for month in months_of(2023):
        lines = books.paid("EX-HT", month)
        if month == REPEATED_IN:
            lines = traps.invoices_in_full(lines, (9, 37, 6, 4, 12))
        pages.append(Page(lines, form, month_year(month), formatted_below=20))
    return _workbook("EX-HT", 2023, "Infirmary spend 2023-24.xlsx", tuple(pages))


def _trust_third(books: Books) -> Publication:
    pages = []
    for month in months_of(2024):
        lines = books.paid("EX-HT", month)
        if month.month == 10:
            lines = traps.spoilt_amounts(lines, "#REF!", "see note")
        pages.append(Page(lines, _TRUST_THREE, short(month)))
    return _workbook("EX-HT", 2024, "Infirmary spend 2024-25.xlsx", tuple(pages))


def _workbook(code: str, year: int, name: str, pages: tuple[Page, ...]) -> Publication:
    return Publication(code, label(year), name, pages, as_xlsx, "workbook, a sheet a month")
