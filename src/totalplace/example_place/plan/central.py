"""The combined authority and two departments of government."""

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
from totalplace.example_place.publications import (
    Page,
    Publication,
    as_gzip,
    as_text,
    as_xlsx,
    as_zip,
)
from totalplace.example_place.seasons import YEARS, label, months_of

_COMBINED = Form(
    columns=(
        ("Programme", "purpose"), ("Directorate", "unit"), ("Paid to", "payee"),
        ("Payment date", "date"), ("Voucher", "reference"), ("Value", "amount"),
    ),
    says="the month comes first in dates",
    date_as=dates.american,
    amount_as=amounts.commas,
)  # fmt: skip
# The columns that HM Treasury asked departments for in 2010: spend over £25,000.
_TREASURY = Form(
    columns=(
        ("Department family", "family"), ("Entity", "entity"), ("Date", "date"),
        ("Expense type", "purpose"), ("Expense area", "unit"), ("Supplier", "payee"),
        ("Transaction number", "reference"), ("Amount", "amount"), ("Description", "detail"),
        ("Supplier Postcode", "postcode"),
    ),
)  # fmt: skip
_HOMES = replace(_TREASURY, family="DHP", entity="Department for Homes and Places")


def published(books: Books) -> Iterator[Publication]:
    """The files of these three bodies."""
    yield from _combined(books)
    yield from _work(books)
    yield from _homes(books)


def _combined(books: Books) -> Iterator[Publication]:
    file = TextFile()
    for year in YEARS:
        for place in range(4):
            months = quarter(months_of(year), place)
            lines = [line for month in months for line in books.paid("EX-CA", month)]
            if (year, place) == (2023, 1):
                lines = traps.hidden_dates(lines, 4)
            form = _COMBINED if year == 2022 else replace(_COMBINED, amount_as=amounts.pounds)
            name = f"{label(year)}/WCA-spend-Q{place + 1}-{label(year)}.csv"
            page = Page(_provable(lines), form)
            yield Publication("EX-CA", label(year), name, (page,), as_text(file), file.says)


def _provable(lines: list[Line]) -> list[Line]:
    """At least one day above the twelfth, so that the order of day and month can be shown."""
    if any(line.paid_on.day > 12 and line.date_text is None for line in lines):
        return lines
    last = lines[-1]
    return [*lines[:-1], last._replace(paid_on=last.paid_on.replace(day=28))]


def _work(books: Books) -> Iterator[Publication]:
    file = TextFile(encoding="utf-8-sig")
    for year in YEARS:
        for month in months_of(year):
            lines = books.paid("EX-WL", month)
            if month == date(2023, 9, 1):
                lines = traps.spoilt_amounts(lines, "#REF!", "#REF!", "awaiting value")
            name = f"{label(year)}/DWL_over_25k_{month_year(month).replace(' ', '_')}.csv"
            page = Page(lines, _work_form(year))
            yield Publication("EX-WL", label(year), name, (page,), as_text(file), file.says)


def _work_form(year: int) -> Form:
    form = replace(_TREASURY, family="DWL", entity="DEPARTMENT FOR WORK AND LEARNING")
    if year == 2022:
        return replace(form, date_as=dates.iso)
    if year == 2023:
        return replace(form, ragged=("", ""), says="rows wider than the header")
    return replace(
        form, total="labelled", amount_as=amounts.commas, blank_every=40,
        says="labelled total; blank rows inside the table",
    )  # fmt: skip


def _homes(books: Books) -> Iterator[Publication]:
    file = TextFile(line_end="\n")
    for place in range(4):
        months = quarter(months_of(2022), place)
        lines = [line for month in months for line in books.paid("EX-HP", month)]
        name = f"2022-23/dhp-q{place + 1}-2022-23.csv.gz"
        page = Page(lines, replace(_HOMES, date_as=dates.long))
        yield Publication(
            "EX-HP", label(2022), name, (page,), as_gzip(file), f"gzipped {file.says}"
        )
    yield _homes_zip(books)
    yield from _homes_third_year(books)


def _homes_third_year(books: Books) -> Iterator[Publication]:
    """Text until September 2024 and workbooks afterwards."""
    file, months = TextFile(), months_of(2024)
    for month in months[:6]:
        page = Page(books.paid("EX-HP", month), replace(_HOMES, amount_as=amounts.trimmed))
        name = f"2024-25/DHP {short(month)}.csv"
        yield Publication("EX-HP", label(2024), name, (page,), as_text(file), file.says)
    for month in months[6:]:
        form = replace(_HOMES, date_as=dates.cell, amount_as=amounts.number)
        page = Page(books.paid("EX-HP", month), form, "Sheet1")
        name = f"2024-25/DHP {short(month)}.xlsx"
        yield Publication("EX-HP", label(2024), name, (page,), as_xlsx, "workbook")


def _homes_zip(books: Books) -> Publication:
    file = TextFile(encoding="cp1252", separator=";")
    form = replace(_HOMES, date_as=dates.short_month, amount_as=amounts.bracketed)
    pages = tuple(
        Page(books.paid("EX-HP", month), form, f"2023-24/dhp_{short(month).lower()}.csv")
        for month in months_of(2023)
    )
    says = f"zipped {file.says}"
    return Publication("EX-HP", label(2023), "dhp-2023-24.zip", pages, as_zip(file), says)
