"""Vellingmarsh and Tharrowick: a threshold that changes, and a table with no header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from totalplace.example_place import traps
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.forms.table import Form
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.lines import Line
from totalplace.example_place.payments import Books
from totalplace.example_place.plan.naming import month_year, quarter, short
from totalplace.example_place.publications import Page, Publication, as_ods, as_text
from totalplace.example_place.seasons import YEARS, label, months_of

OVER_500_FROM = date(2023, 10, 1)

_VELLINGMARSH = Form(
    columns=(
        ("Department", "unit"), ("Type of expenditure", "purpose"), ("Supplier", "payee"),
        ("Supplier No", "payee_number"), ("Trans Ref", "reference"), ("Date of payment", "date"),
        ("Amount £", "amount"),
    ),
)  # fmt: skip


def published(books: Books) -> Iterator[Publication]:
    """The files of these two councils."""
    yield _vellingmarsh_sheets(books)
    yield from _vellingmarsh_two_rows(books)
    yield from _vellingmarsh_months_only(books)
    yield from _tharrowick_bare(books)
    yield from _tharrowick_short_years(books)
    yield from _tharrowick_ragged(books)


def _over_threshold(books: Books, month: date) -> list[Line]:
    """Everything over £250 until September 2023, and over £500 afterwards."""
    lines = books.paid("EX-DV", month)
    return lines if month < OVER_500_FROM else traps.above(lines, 500_00)


def _vellingmarsh_sheets(books: Books) -> Publication:
    form = replace(
        _VELLINGMARSH, date_as=dates.cell, amount_as=amounts.number, total="labelled",
        above=(("Vellingmarsh District Council",), ("Expenditure over £250",), ()),
        says="a sheet a month; title rows; labelled total",
    )  # fmt: skip
    pages = tuple(
        Page(_over_threshold(books, month), form, month_year(month)) for month in months_of(2022)
    )
    return Publication("EX-DV", label(2022), "spend-2022-23.ods", pages, as_ods, "OpenDocument")


def _vellingmarsh_two_rows(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="utf-8-sig")
    form = replace(
        _VELLINGMARSH,
        columns=(
            ("Department", "unit"), ("Type", "purpose"), ("Name", "payee"),
            ("Number", "payee_number"), ("Reference", "reference"), ("Date", "date"),
            ("(£)", "amount"),
        ),
        header_above=("", "Expenditure", "Supplier", "Supplier", "Payment", "Payment", "Amount"),
        amount_as=amounts.credit_marked,
        says="header in two rows; credits marked CR",
    )  # fmt: skip
    for month in months_of(2023):
        page = Page(_over_threshold(books, month), form)
        name = f"2023-24/vdc_spend_{short(month).lower()}.csv"
        yield Publication("EX-DV", label(2023), name, (page,), as_text(file), file.says)


def _vellingmarsh_months_only(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="cp1252", quote_all=True)
    columns = tuple(
        ("Month" if holds == "date" else name, holds) for name, holds in _VELLINGMARSH.columns
    )
    form = replace(
        _VELLINGMARSH, columns=columns, date_as=dates.month_only, month_only=True,
        amount_as=amounts.pounds_spaced, says="only the month is published; £ and spaces",
        above=(("Vellingmarsh District Council – expenditure over £500",),),
    )  # fmt: skip
    for place in range(4):
        months = quarter(months_of(2024), place)
        lines = [line for month in months for line in _over_threshold(books, month)]
        name = f"2024-25/Q{place + 1} 2024-25 over £500.csv"
        page = Page(lines, form)
        yield Publication("EX-DV", label(2024), name, (page,), as_text(file), file.says)


_THARROWICK = Form(
    columns=(
        ("Organisation", "unit"), ("Spend Type", "purpose"), ("Reference", "reference"),
        ("Date", "date"), ("Payee", "payee"), ("Sum paid", "amount"),
    ),
)  # fmt: skip


def _tharrowick_bare(books: Books) -> Iterator[Publication]:
    file = TextFile()
    form = replace(_THARROWICK, header="none", says="no header at all")
    for month in months_of(YEARS[0]):
        name = f"2022-23/{month:%Y%m}.csv"
        page = Page(books.paid("EX-DT", month), form)
        yield Publication("EX-DT", label(2022), name, (page,), as_text(file), file.says)


def _tharrowick_short_years(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="cp1252")
    form = replace(
        _THARROWICK, date_as=dates.two_digit_year, amount_as=amounts.trimmed,
        columns=(*_THARROWICK.columns, *((("", "blank"),) * 5)), blanks_below=75,
        says="two-digit years; blank columns to the right and blank rows below",
    )  # fmt: skip
    for month in months_of(2023):
        lines = books.paid("EX-DT", month)
        if month.month == 12:
            lines = traps.spoilt_amounts(lines, "see note", "n/k")
        name = f"2023-24/Tharrowick spend {month_year(month)}.csv"
        page = Page(lines, form)
        yield Publication("EX-DT", label(2023), name, (page,), as_text(file), file.says)


def _tharrowick_ragged(books: Books) -> Iterator[Publication]:
    file = TextFile()
    for month in months_of(2024):
        late = month.month < 4
        form = replace(
            _THARROWICK, ragged=("", "", "#N/A") if late else ("", "", ""),
            amount_as=amounts.hard_spaced if late else amounts.spaced,
            says="rows wider than the header; spaces inside the sums",
        )  # fmt: skip
        name = f"2024-25/Tharrowick-{month:%m-%Y}.csv"
        page = Page(books.paid("EX-DT", month), form)
        yield Publication("EX-DT", label(2024), name, (page,), as_text(file), file.says)
