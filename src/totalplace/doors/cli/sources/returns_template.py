"""The workbook in which an agency returns what it spends, and the same as CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from totalplace.doors.cli.sources.giving_back import whole
from totalplace.money.years import FinancialYear
from totalplace.sources.reading.names import printable
from totalplace.sources.rules.outward import safe_text
from totalplace.sources.rules.returns.forms import VOCABULARY, Form

SHEET: Final = "Return"
HEADS: Final = (
    "Service code", "Service", "Gross expenditure", "Income", "Net", "Capital", "Basis", "Status",
    "Note",
)  # fmt: skip
_WIDTHS: Final = (24, 52, 18, 18, 18, 18, 14, 14, 50)
_MOST_POUNDS: Final = 10**12
_LONGEST_NOTE: Final = 500
# What the second sheet explains: a heading, a stroke, and how.
_HOW: Final = """
Who fills it in | The finance officer of the agency that is named, for the year that is named,
1 April to 31 March. One workbook is one agency and one year.
Service code, Service | The list is fixed. Do not add or rename rows; what fits nowhere goes under
Unclassified, and a note says what it is.
Gross expenditure | What was spent on the service in the year, in pounds, before any income is set
against it. No capital. VAT that can be recovered is left out.
Income | Fees, charges and what other bodies paid towards the service, in pounds, as a positive
sum. General grants and taxes are not income of a service.
Net | Gross expenditure less income. Leave it blank and it is worked out; fill it in and it is
checked. It may be negative.
Capital | What was spent on buildings, land, vehicles and other assets, in pounds.
Basis | actual: spent on or for the people of the area. head-count, caseload, formula: shared out
by people, by cases, by a national formula. apportioned: shared out otherwise. Blank is actual.
Status | measured: from your accounts. apportioned: a measured sum, shared out. modelled: an
estimate. missing: you spend on the service and do not know how much; leave the sums blank. Blank
is measured.
Note | What a reader should know: what changed, what is left out, how it was estimated.
A blank row | Says that you do not spend on the service. Nothing is not zero: write 0 where you
know that it is nought.
The last row, total | From your own accounts. It is checked against the rows above and never
counted; leave it blank if you have none.
What is refused | Words where a sum should stand, a year that is not one, an agency that is not
known. You are told the cell, what was found there, and what to do.
No macros | The workbook has none and needs none. It may be filled in with Excel, LibreOffice or
anything that saves .xlsx, or saved as CSV.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom a return is asked, and for which year."""

    code: str
    name: str
    year: FinancialYear

    def above(self) -> list[list[str]]:
        """The rows above the table: a title, a hint, and the cells that say whose it is."""
        return [
            [f"What {self.name} spent in {self.year.label}"],
            ["In pounds. Leave a row blank where nothing is spent; the other sheet says more."],
            ["Agency code", self.code],
            ["Agency", self.name],
            ["Financial year", self.year.label],
            [],
        ]


def rows_of(form: Form) -> list[list[str]]:
    """A row for each service of the form, and one for the total."""
    lines = {line.key: line for line in form.lines.values()}
    return [[line.key, line.title] for line in lines.values()] + [["total", "Total"]]


def write_template(path: Path, form: Form, asked: Asked) -> None:
    """Write a template that can be filled in: CSV where the name ends so, else a workbook.

    Raises OSError where the file cannot be written.
    """
    if path.suffix.casefold() == ".csv":
        _write_csv(path, form, asked)
    else:
        _write_workbook(path, form, asked)


def _write_csv(path: Path, form: Form, asked: Asked) -> None:
    # A byte-order mark, so that Excel reads the words as they are.
    with whole(path) as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        writer = csv.writer(text)
        for row in [*asked.above(), list(HEADS), *rows_of(form)]:
            cells = [safe_text(printable(cell)) for cell in row]
            writer.writerow(cells + [""] * (len(HEADS) - len(cells)))


def _write_workbook(path: Path, form: Form, asked: Asked) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with whole(path) as file, xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(SHEET)
        _fill_in(book, sheet, form, asked)
        _explain(book, book.add_worksheet("How to fill it in"))


def _fill_in(book: Any, sheet: Any, form: Form, asked: Asked) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    given = book.add_format({"bg_color": "#EEEEEE"})
    money = book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00", "border": 1})
    words = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    above = asked.above()
    for number, row in enumerate(above):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, printable(cell), title if number == 0 else None)
    top = len(above)
    for column, head in enumerate(HEADS):
        sheet.write_string(top, column, head, bold)
    rows = rows_of(form)
    for number, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell, given)
        for column in range(2, 6):
            sheet.write_blank(number, column, None, money)
        for column in range(6, 9):
            sheet.write_blank(number, column, None, words)
    _validate(sheet, top + 1, top + len(rows))
    sheet.freeze_panes(top + 1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _validate(sheet: Any, first: int, last: int) -> None:
    """Let Excel say at once what would be refused later."""
    sheet.data_validation(first, 2, last, 5, {
        "validate": "decimal", "criteria": "between",
        "minimum": -_MOST_POUNDS, "maximum": _MOST_POUNDS, "ignore_blank": True,
        "error_title": "A sum in pounds",
        "error_message": "Write a sum in pounds, such as 1250000 or 1250000.50, and no words.",
    })  # fmt: skip
    for column, key in ((6, "basis"), (7, "status")):
        known = list(VOCABULARY[key])
        sheet.data_validation(first, column, last - 1, column, {
            "validate": "list", "source": known, "ignore_blank": True,
            "error_title": key.capitalize(), "error_message": f"One of: {', '.join(known)}.",
        })  # fmt: skip
    sheet.data_validation(first, 8, last, 8, {
        "validate": "length", "criteria": "<=", "value": _LONGEST_NOTE, "ignore_blank": True,
        "error_title": "Note", "error_message": f"At most {_LONGEST_NOTE} letters.",
    })  # fmt: skip


def _explain(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for number, (what, how) in enumerate(_explanations()):
        sheet.write_string(number, 0, what, bold)
        sheet.write_string(number, 1, how, text)


def _explanations() -> list[tuple[str, str]]:
    """Each heading of the second sheet, and what stands beside it."""
    found: list[tuple[str, str]] = []
    for line in _HOW.strip().splitlines():
        head, stroke, text = line.partition(" | ")
        if stroke:
            found.append((head, text))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
    return found
