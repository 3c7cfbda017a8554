"""A book as tables for a workbook or CSV: its money, its postings, and a template to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from totalplace.doors.report.columns import Cell
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet
from totalplace.doors.report.sheets import book as workbook
from totalplace.ledger import queries
from totalplace.ledger.queries import PostingRow
from totalplace.ledger.rules.accounts import Account
from totalplace.ledger.rules.deeds import MEANING
from totalplace.ledger.rules.posting_sheet import HEADS, SHEET
from totalplace.ledger.rules.table import STAGES, Sums, table
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places

MONEY_HEADS: Final = (
    "Year", "Line", "Title", "Payer", "Agency", "Promised", "Received", "Not allocated",
    "Allocated, not committed", "Committed, not spent", "Spent", "Returned",
)  # fmt: skip
POSTING_HEADS: Final = (
    "Number", "Day", "Known", "What happened", "Pounds", "Into", "Out of", "Rests on", "Note",
    "By", "Reverses", "Reversed by",
)  # fmt: skip
_HOW: Final = (
    ("Day", "The day on which it happened: 2026-06-30 or 30/06/2026."),
    ("What happened", "One of the words in the sheet 'What happened'."),
    ("Line, Year", "The code of the line, and the financial year: 2026-27."),
    ("Agency", "The code of the agency that is given, binds, spends or is paid."),
    ("Pounds", "Such as 1250.50. Below nothing takes back what was promised or allocated."),
    ("To line, To year", "Only for a virement or a carry-forward."),
    ("Of which received", "How much of what moves to another line or year was received."),
    ("Rests on, Its number", "Such as: invoice, INV-17."),
    ("Why late", "Only where its period is closed: it then gets the first open day."),
    ("What is refused", "A file with a fault in it is not posted at all: you are told each cell."),
)


def template_of(book: str) -> bytes:
    """A workbook to fill in with postings of a book. Raises Refused where there is none."""
    its = queries.book(book)
    members = places.members(its.place, on=None)
    return workbook(
        [
            Sheet(SHEET, HEADS, [], frozen=2),
            Sheet("How to fill it in", ("What", "How"), _HOW),
            Sheet("What happened", ("Word", "Meaning"), [(v.value, m) for v, m in MEANING.items()]),
            Sheet("Lines", ("Code", "Line", "Payer", "Nature"), [
                (row.code, row.title, row.payer_name, row.nature.value)
                for row in queries.lines(book)
            ]),
            Sheet("Agencies", ("Code", "Agency"), [
                (member.agency.code, member.agency.name) for member in members
            ]),
        ]
    )  # fmt: skip


def money_rows(book: str, balances: dict[Account, int]) -> Iterator[list[Cell]]:
    """The money of a book, a row for each line and year, and one for each agency in it."""
    lines = {row.code: row for row in queries.lines(book)}
    for row in table(balances, lines):
        line = lines[row.line]
        head: list[Cell] = [FinancialYear(row.year).label, row.line, line.title, line.payer_name]
        yield [*head, "all", *_sums(row.sums)]
        for agency, sums in sorted(row.agencies.items()):
            yield [*head, agency, *_sums(sums)]


def posting_rows(rows: Iterable[PostingRow]) -> Iterator[list[Cell]]:
    """Postings, a row for each transfer."""
    for row in rows:
        for t in row.transfers:
            yield [
                row.number, row.day.isoformat(), row.on.isoformat(timespec="seconds"),
                row.kind.value, _pounds(t.pence), str(t.debit), str(t.credit), str(row.citation),
                row.note, row.by, row.reverses or "", row.reversed_by or "",
            ]  # fmt: skip


def as_workbook(name: str, heads: Iterable[str], rows: Iterable[list[Cell]]) -> bytes:
    """Rows as the bytes of an XLSX file of one sheet."""
    return workbook([Sheet(name, tuple(heads), rows, frozen=2)])


def as_csv(heads: Iterable[str], rows: Iterable[list[Cell]]) -> str:
    """Rows as CSV. A cell that a spreadsheet would take for a formula is put in words."""
    return csv_text(heads, rows)


def posting_told(row: PostingRow) -> dict[str, Any]:
    """A posting as other programs are told it, sums in pence."""
    return {
        "number": row.number,
        "day": row.day.isoformat(),
        "on": row.on.isoformat(),
        "by": row.by,
        "kind": row.kind.value,
        "rests_on": {"kind": row.citation.kind, "id": row.citation.id},
        "note": row.note,
        "reverses": row.reverses,
        "reversed_by": row.reversed_by,
        "transfers": [
            {"into": account_told(t.debit), "out_of": account_told(t.credit), "pence": t.pence}
            for t in row.transfers
        ],
    }


def account_told(account: Account) -> dict[str, Any]:
    """An account as other programs are told it."""
    return {
        "heading": account.heading.value,
        "agency": account.agency,
        "line": account.line,
        "year": account.year,
    }


def _sums(sums: Sums) -> list[Cell]:
    found = [sums.promised, sums.received, *(sums.of(stage) for stage in STAGES)]
    return [_pounds(pence) for pence in found]


def _pounds(pence: int) -> Decimal:
    return Decimal(pence).scaleb(-2)
