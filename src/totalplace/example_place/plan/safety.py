"""Police and fire: annual workbooks, ten months called a year, a month that is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from totalplace.example_place.buying import card_purchases
from totalplace.example_place.forms import amounts, dates
from totalplace.example_place.forms.dates import month_name
from totalplace.example_place.forms.table import Form
from totalplace.example_place.forms.text import TextFile
from totalplace.example_place.lines import Line
from totalplace.example_place.payments import Books
from totalplace.example_place.publications import Page, Publication, as_gzip, as_xlsx
from totalplace.example_place.seasons import YEARS, label, months_of

MISSING_MONTH = date(2023, 11, 1)
MONTHS_PUBLISHED = 10  # of 2024-25, by the police

_POLICE = Form(
    columns=(
        ("Supplier", "payee"), ("Department", "unit"), ("Expenditure Category", "purpose"),
        ("Payment Ref", "reference"), ("Date", "date"), ("Amount", "amount"),
    ),
    says="supplier numbers inside names",
    date_as=dates.cell,
    amount_as=amounts.noisy,
    number_in_name=True,
)  # fmt: skip
_NOTES = Form(
    columns=(("", "blank"),),
    header="none",
    says="notes only",
    above=(
        ("Police and Crime Commissioner for Wexshire",),
        ("Payments of £500 and over. Names are left out where they would put a person at risk.",),
        (),
        ("Each month is on a sheet of its own.",),
    ),
)
_FIRE = Form(
    columns=(
        ("Supplier", "payee"), ("Detail", "purpose"), ("Cost centre", "unit"),
        ("Doc. Ref", "reference"), ("Pay date", "date"), ("Amount", "amount"),
    ),
    says="an hour beside each date",
    date_as=dates.clock,
    amount_as=amounts.number,
)  # fmt: skip


def published(books: Books) -> Iterator[Publication]:
    """The files of the police and of the fire authority."""
    for year in YEARS:
        yield _police(books, year)
    yield _fire_workbook(books, 2022)
    yield _fire_workbook(books, 2023)
    yield from _fire_third_year(books)
    for year in YEARS:
        yield _fire_cards(books, year)


def _police(books: Books, year: int) -> Publication:
    months = months_of(year)[: MONTHS_PUBLISHED if year == 2024 else 12]
    pages = [Page([], _NOTES, "Notes")]
    pages += [Page(books.paid("EX-PC", month), _POLICE, _tab(month)) for month in months]
    name = f"PCC spending {label(year)}.xlsx"
    says = "workbook, a sheet a month after a sheet of notes"
    return Publication("EX-PC", label(year), name, tuple(pages), as_xlsx, says)


def _tab(month: date) -> str:
    """The sheet's name as somebody typed it: APR 24, May '24, Jun24."""
    name, year = month_name(month)[:3], month.year % 100
    ways = (f"{name.upper()} {year:02d}", f"{name} '{year:02d}", f"{name}{year:02d}")
    return ways[month.month % 3]


def _fire_lines(books: Books, year: int) -> list[Line]:
    lines = [
        line
        for month in months_of(year)
        if month != MISSING_MONTH
        for line in books.paid("EX-FA", month)
    ]
    if year == 2024:  # a new ledger that knows no capital letters
        return [line._replace(payee=line.payee.lower()) for line in lines]
    return lines


def _fire_workbook(books: Books, year: int) -> Publication:
    short = f"{year % 100}-{(year + 1) % 100}"
    page = Page(_fire_lines(books, year), _FIRE, f"{short} transparency", formatted_below=40)
    name = f"Fire transparency {short}.xlsx"
    return Publication("EX-FA", label(year), name, (page,), as_xlsx, "workbook")


def _fire_third_year(books: Books) -> Iterator[Publication]:
    form = replace(
        _FIRE, date_as=dates.dotted, amount_as=amounts.commas, total="labelled",
        says="dates with full stops; labelled total",
    )  # fmt: skip
    file = TextFile()
    page = Page(_fire_lines(books, 2024), form)
    name = "fire-transparency-2024-25.csv.gz"
    yield Publication("EX-FA", label(2024), name, (page,), as_gzip(file), f"gzipped {file.says}")


def _fire_cards(books: Books, year: int) -> Publication:
    form = Form(
        columns=(
            ("Merchant", "payee"), ("Purchase category", "purpose"), ("Card holder's unit", "unit"),
            ("Purchase date", "date"), ("Purchase reference", "reference"), ("Gross", "amount"),
        ),
        says="purchase cards",
        date_as=dates.cell,
        amount_as=amounts.number,
        gross=True,
        above=(("Purchase card transactions",), (f"Financial year {label(year)}",), ()),
    )  # fmt: skip
    lines = card_purchases(books, "EX-FA", months_of(year), 18)
    name = f"Purchase cards {label(year)}.xlsx"
    page = Page(lines, form, "Cards")
    return Publication("EX-FA", label(year), name, (page,), as_xlsx, "workbook")
