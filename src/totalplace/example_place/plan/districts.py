"""Quennaby, Oxtremere and Ostrenby: three district councils and their changing habits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from totalplace.example_place import traps
from totalplace.example_place.buying import card_purchases, contracts
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.forms.table import Form
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.lines import Line
from totalplace.example_place.payments import Books
from totalplace.example_place.plan.naming import month_year, quarter, short
from totalplace.example_place.publications import Page, Publication, as_text, as_xlsx
from totalplace.example_place.seasons import YEARS, label, months_of

_CENTRES = (
    ("Service Cost Centre", "unit"), ("Account Detail", "purpose"), ("Description", "detail"),
    ("QBC ref no", "reference"), ("Line", "line_number"), ("Name", "payee"),
    ("Payment Date", "date"),
)  # fmt: skip
_QUENNABY = Form(
    columns=(*_CENTRES, ("Net Amount (£)", "amount")),
    says="a numbered line column before the sum",
    amount_as=amounts.commas,
)
GROSS_FROM = date(2024, 2, 1)
PRECEPTS_FROM = date(2024, 4, 1)


def published(books: Books) -> Iterator[Publication]:
    """The files of these three councils."""
    yield from _quennaby(books)
    yield from _oxtremere(books)
    yield from _ostrenby(books)


def _quennaby(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="cp1252")
    for year in YEARS:
        for month in months_of(year):
            name = f"{label(year)}/{month_year(month).replace(' ', '-')}.csv"
            page = Page(_quennaby_lines(books, month), _quennaby_form(month))
            yield Publication("EX-DQ", label(year), name, (page,), as_text(file), file.says)


def _quennaby_lines(books: Books, month: date) -> list[Line]:
    """Precepts are published only from April 2024: a false jump. Some late and doubled lines."""
    code = "EX-DQ"
    lines = books.paid(code, month)
    if month < PRECEPTS_FROM:
        lines = traps.without(lines, "precept")
    if month == date(2023, 3, 1):
        lines = traps.held_back(lines, 4)
    if month == date(2023, 4, 1):
        lines = traps.paid_earlier(lines, books.paid(code, date(2023, 3, 1)), 4)
    if month == date(2023, 7, 1):
        lines = traps.published_again(lines, books.paid(code, date(2023, 6, 1)), 12)
    if month == date(2022, 11, 1):
        lines = traps.spoilt_amounts(lines, "#VALUE!", "see note 3")
    return lines


def _quennaby_form(month: date) -> Form:
    """The form changes almost every year, and the sums have VAT in from February 2024."""
    form = _QUENNABY
    if month == date(2022, 4, 1):
        form = replace(form, blank_every=6, blanks_below=40)
    if month >= date(2023, 4, 1):
        form = replace(form, above=((),), date_as=dates.short_month)
    if month >= date(2023, 10, 1):
        form = replace(form, columns=_doubled(form.columns), says=f"{form.says}; blank columns")
    if month >= GROSS_FROM:
        columns = tuple(
            ("Amount Paid (£)" if holds == "amount" else name, holds)
            for name, holds in form.columns
        )
        form = replace(form, columns=columns, gross=True)
    if month >= PRECEPTS_FROM:
        form = replace(form, date_as=dates.long, amount_as=amounts.trailing_minus)
    if month == date(2025, 3, 1):
        form = replace(form, header="last", says=f"{form.says}; the header is the last record")
    return replace(form, total="unlabelled" if month.month in (5, 8) else "")


def _doubled(columns: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Each column followed by a blank one."""
    return tuple(pair for column in columns for pair in (column, ("", "blank")))


def _oxtremere(books: Books) -> Iterator[Publication]:
    separators = {2022: ";", 2023: "|", 2024: "\t"}
    form = Form(
        columns=(
            ("date", "date"), ("supplier", "payee"), ("amount", "amount"),
            ("department", "unit"), ("service_area", "purpose"), ("description", "detail"),
            ("reference", "reference"), ("type", "type"),
        ),
        says="payments, card purchases and contracts mixed, told apart by a type column",
        date_as=dates.iso,
    )  # fmt: skip
    code = "EX-DO"
    for year in YEARS:
        months = months_of(year)
        cards = traps.hidden_dates(_plain(card_purchases(books, code, months, 22)), 6, "")
        lines = [line for month in months for line in books.paid(code, month)]
        mixed = sorted(
            lines + cards + contracts(books, code, months, 4),
            key=lambda line: (line.payee.lower(), line.paid_on, line.reference),
        )
        file = TextFile(separator=separators[year], line_end="\n")
        ending = "tsv" if year == 2024 else "csv"
        name = f"oxtremere-spending-{label(year)}.{ending}"
        page = Page(mixed, form)
        yield Publication(code, label(year), name, (page,), as_text(file), file.says)


def _plain(lines: list[Line]) -> list[Line]:
    return [line._replace(planted="") for line in lines]


_OSTRENBY = Form(
    columns=(
        ("Vendor", "payee"), ("Vendor No", "payee_number"), ("Cost Centre Description", "unit"),
        ("Expense Type", "purpose"), ("Invoice Ref", "reference"), ("Paid", "date"),
        ("Amount", "amount"),
    ),
    says="credits in brackets",
    amount_as=amounts.bracketed,
)  # fmt: skip


def _ostrenby(books: Books) -> Iterator[Publication]:
    code = "EX-DB"
    wide = TextFile(encoding="utf-16", separator="\t")
    for month in months_of(2022):
        page = Page(books.paid(code, month), _OSTRENBY)
        name = f"2022-23/Ostrenby_{short(month)}.txt"
        yield Publication(code, label(2022), name, (page,), as_text(wide), wide.says)
    yield from _ostrenby_quarters(books)
    yield from _ostrenby_months(books)
    for year in YEARS:
        yield _ostrenby_register(books, year)


def _ostrenby_quarters(books: Books) -> Iterator[Publication]:
    code, file = "EX-DB", TextFile(separator="|")
    form = replace(
        _OSTRENBY, repeat_header_every=200, amount_as=amounts.pounds_bracketed,
        says="header repeated every 200 lines; £ and brackets",
    )  # fmt: skip
    for place in range(4):
        lines: list[Line] = []
        for month in quarter(months_of(2023), place):
            lines += _with_leisure_centre(books.paid(code, month), month)
        name = f"2023-24/Ostrenby Q{place + 1} 2023-24.csv"
        page = Page(lines, form)
        yield Publication(code, label(2023), name, (page,), as_text(file), file.says)


_STAGES_PENCE = {
    11: (1_204_300_00,),
    12: (2_780_655_25,),
    1: (1_918_420_10, 240_000_00),
    2: (3_050_000_00,),
}


def _with_leisure_centre(lines: list[Line], month: date) -> list[Line]:
    """A new leisure centre is built from November 2023 to February 2024."""
    if month.month not in _STAGES_PENCE:
        return lines
    stages = _STAGES_PENCE[month.month]
    return traps.spike(lines, "New leisure centre - construction", stages, service="culture")


def _ostrenby_months(books: Books) -> Iterator[Publication]:
    code, file = "EX-DB", TextFile()
    for month in months_of(2024):
        form = replace(_OSTRENBY, amount_as=amounts.commas, says="")
        lines = books.paid(code, month)
        if month.month == 5:
            form = replace(form, date_as=dates.serial_text, says="dates as serial numbers")
        if month.month == 8:
            lines = traps.hidden_dates(lines, 5)
        name = f"2024-25/ostrenby-spend-{month:%Y-%m}.csv"
        page = Page(lines, form)
        yield Publication(code, label(2024), name, (page,), as_text(file), file.says)


def _ostrenby_register(books: Books, year: int) -> Publication:
    form = Form(
        columns=(
            ("Contract No", "reference"), ("Contract Title", "detail"), ("Service", "unit"),
            ("Category", "purpose"), ("Contractor", "payee"), ("Contract Start Date", "date"),
            ("Contract End Date", "end"), ("Total Contract Value", "amount"),
        ),
        says="contracts register as a workbook",
        date_as=dates.cell,
        amount_as=amounts.number,
        above=(("Ostrenby Borough Council",), ("Register of contracts over £5,000",), ()),
    )  # fmt: skip
    lines = contracts(books, "EX-DB", months_of(year), 3)
    name = f"{label(year)}/Contracts Register {label(year)}.xlsx"
    page = Page(lines, form, "Register")
    return Publication("EX-DB", label(year), name, (page,), as_xlsx, "workbook")
