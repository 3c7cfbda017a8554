"""A pool of twelve kept in the book, and partners' own ledgers as files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import openpyxl

from totalplace.ledger import actions
from totalplace.ledger.actions import Entered, NewBook, NewLine
from totalplace.ledger.actions import partners as arranging
from totalplace.ledger.queries import partners_ledgers as ledgers
from totalplace.ledger.rules.accounts import Nature
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation

from .pool_made import HOST, TWELVE, YEAR, Made, a_year, payers

ADA: Final = Operator("Ada")
NOON: Final = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
APRIL: Final = date(YEAR, 4, 1)
AGREED: Final = Citation("agreement", "wexshire/1")
JOINT: Final = Arrangement(
    "", APRIL, Basis.CONTRIBUTION,
    tuple(Part(who, Treatment.JOINT, 7 + n) for n, who in enumerate(TWELVE)),
)  # fmt: skip
DAYS: Final = (APRIL, date(YEAR + 1, 3, 31))


@dataclass(frozen=True)
class Pool:
    made: list[Made]


def open_pool(*, over_pence: int, arranged: bool = True) -> Pool:
    """Twelve partners, half of them NHS bodies, and a year of postings."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=NOON)
    for at, code in enumerate(TWELVE):
        kind = "nhs-board" if at % 2 else "council"
        places.register_agency(code, name=f"Partner {at + 1:02d}", kind=kind, by=ADA, on=NOON)
        places.join_place("wexshire", code, by=ADA, on=NOON)
    actions.open_book("pool", NewBook("Pooled fund", "wexshire", HOST, YEAR, YEAR + 1), by=ADA,
                      on=NOON)  # fmt: skip
    for code, payer in payers().items():
        line = NewLine(f"Grant of {payer}", payer, Nature.REVENUE, AGREED, None, None, "For care.")
        actions.add_line("pool", code, line, by=ADA, on=NOON)
    made = a_year(over_pence=over_pence)
    entered = [
        Entered(one.legs, one.day, one.kind, Citation("invoice", one.reference)) for one in made
    ]
    actions.post_many("pool", entered, by=ADA, on=NOON)
    if arranged:
        why = "All decide together."
        arranging.arrange("pool", JOINT, why=why, citation=AGREED, by=ADA, on=NOON)
    return Pool(made)


def ledger_file(path: Path, rows: list[tuple[date, str, str, int]]) -> Path:
    """A partner's ledger as its system writes it; a workbook has a sheet beside it that sums up."""
    if path.suffix == ".xlsx":
        return _workbook(path, rows)
    with path.open("w", encoding="cp1252", newline="") as file:
        written = csv.writer(file)
        written.writerow(["Ledger extract for pooled fund £"])
        written.writerow(["Trans date", "Document ref", "Narrative", "Amount £"])
        for day, reference, words, pence in rows:
            written.writerow([f"{day:%d/%m/%Y}", reference, words, f"{pence / 100:.2f}"])
    return path


def _workbook(path: Path, rows: list[tuple[date, str, str, int]]) -> Path:
    book = openpyxl.Workbook()
    summary = book.active
    assert summary is not None
    summary.append(["Month", "Total"])
    summary.append([date(YEAR, 4, 1), sum(row[3] for row in rows) / 100])
    for at in (0, 1):  # a sheet for each half
        sheet = book.create_sheet(f"Half {at + 1}")
        sheet.append(["Pooled fund"])
        sheet.append(["Posting date", "Debit", "Credit", "Journal ref", "Narrative"])
        for day, reference, words, pence in rows[at::2]:
            debit, credit = (pence, None) if pence > 0 else (None, -pence)
            money = [None if x is None else x / 100 for x in (debit, credit)]
            sheet.append([day, *money, reference, words])
    book.save(path)
    return path


def rows_of(partner: str, view: View) -> list[tuple[date, str, str, int]]:
    lines = ledgers.book_lines("pool", partner, view, DAYS)
    return [(x.day, x.reference, f"Pooled fund {n}", x.pence) for n, x in enumerate(lines)]
