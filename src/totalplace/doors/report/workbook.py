"""The count as a workbook: numbers as numbers, words as words, never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from totalplace.count.rules.tallies import Kind
from totalplace.count.rules.whole import AgencyYear, Count
from totalplace.count.rules.words import months_said
from totalplace.doors.report.columns import BY_MONTH, Cell, by_month, in_pounds

_SUMMARY: Final = (
    "Agency", "Name", "Financial year", "Months with payments", "Months missing", "Payments",
    "Payments £", "Payments without extra copies £", "Cards", "Cards £", "Commitments",
    "Commitments £", "Negative payments", "Negative £", "Extra copies", "Extra copies £",
    "Redacted rows", "Redacted £", "Rows without date", "Rows refused", "Refused £", "Payees",
    "Least payment published", "VAT", "Tables",
)  # fmt: skip
_FINDINGS: Final = (
    "Weight", "Topic", "Agency", "Name", "Period", "What was found", "Figures", "What to do",
)  # fmt: skip
_FAULTS: Final = (
    "Agency", "Name", "Why", "What was done", "Rows", "Readable £", "Rows without a sum",
)  # fmt: skip
_KEPT: Final = (
    "Agency", "Name", "Kind", "Rows read", "Rows held", "Read £", "Held £", "Agree",
)  # fmt: skip
_WIDEST: Final = 60


def workbook(count: Count) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    written = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(written, options)
    try:
        styles = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
            ),
            "money": book.add_format({"num_format": "#,##0.00", "valign": "top"}),
            "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
            "words": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _sheet(book, styles, "Summary", _SUMMARY, (_summary(y) for y in count.agency_years))
        _sheet(book, styles, "By month", BY_MONTH, by_month(count))
        _sheet(book, styles, "Findings", _FINDINGS, _findings(count))
        _sheet(
            book, styles, "What is not known", ("What", "Why it matters", "Figures"),
            ([u.title, u.says, "\n".join(u.figures)] for u in count.unknowns),
        )  # fmt: skip
        _sheet(book, styles, "Faults", _FAULTS, _faults(count))
        _sheet(book, styles, "Check", _KEPT, _kept(count))
    finally:
        book.close()
    return written.getvalue()


def _sheet(
    book: Any, styles: dict[str, Any], name: str, heads: Sequence[str], rows: Iterable[list[Cell]]
) -> None:
    sheet = book.add_worksheet(name)
    shown = list(rows)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, styles["head"])
        lengths = [len(str(row[column]).partition("\n")[0]) for row in shown]
        width = max([10, min(18, len(head)), *lengths])
        sheet.set_column(column, column, min(width + 2, _WIDEST))
    for at, row in enumerate(shown, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(at, column, cell, styles["words"])
            else:
                style = styles["money" if isinstance(cell, Decimal) else "whole"]
                sheet.write_number(at, column, cell, style)
    sheet.freeze_panes(1, 3 if name in {"Summary", "By month"} else 0)
    sheet.autofilter(0, 0, max(1, len(shown)), len(heads) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _summary(year: AgencyYear) -> list[Cell]:
    t = year.tallies
    every = [t.of(kind) for kind in Kind]
    return [
        year.agency.code, year.agency.name, year.year,
        year.months_held if year.months else "", months_said(year.months_missing),
        t.payments.rows, in_pounds(t.payments.pence), in_pounds(t.payments.without_copies_pence),
        t.cards.rows, in_pounds(t.cards.pence), t.commitments.rows, in_pounds(t.commitments.pence),
        t.payments.negative_rows, in_pounds(t.payments.negative_pence),
        t.payments.copy_rows, in_pounds(t.payments.copy_pence),
        sum(k.redacted_rows for k in every), in_pounds(sum(k.redacted_pence for k in every)),
        sum(k.undated_rows for k in every), year.faults, in_pounds(year.faults_pence),
        "" if year.payees is None else year.payees, year.threshold, year.vat, year.tables,
    ]  # fmt: skip


def _findings(count: Count) -> Iterable[list[Cell]]:
    for f in count.findings:
        yield [
            f.weight.value, f.topic, f.agency.code, f.agency.name, f.period, f.says,
            "\n".join(f.figures), f.what_to_do,
        ]  # fmt: skip


def _faults(count: Count) -> Iterable[list[Cell]]:
    for fault in count.faults:
        done = "row refused" if fault.refused else "cell left out, row kept"
        yield [
            fault.agency.code, fault.agency.name, fault.why, done, fault.rows,
            in_pounds(fault.pence), fault.without_amount,
        ]  # fmt: skip


def _kept(count: Count) -> Iterable[list[Cell]]:
    for row in count.kept:
        yield [
            row.agency.code, row.agency.name, row.kind, row.read_rows, row.held_rows,
            in_pounds(row.read_pence), in_pounds(row.held_pence), "yes" if row.agrees else "NO",
        ]  # fmt: skip
