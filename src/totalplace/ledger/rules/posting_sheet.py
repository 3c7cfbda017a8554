"""Postings as a table that is filled in elsewhere and given back: a fault names its cell.

One row a posting, below a row of headings, in a workbook or a CSV file. Pure: cells in, deeds out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from totalplace.ledger.rules.deeds import Deed, Verb, legs_of
from totalplace.ledger.rules.refusing import Unposted
from totalplace.money.years import FinancialYear
from totalplace.record.rules.chain import Citation
from totalplace.sources.rules.rows import letter

SHEET: Final = "Postings"
HEADS: Final = (
    "Day", "What happened", "Line", "Year", "Agency", "Pounds", "To line", "To year",
    "Of which received", "Rests on", "Its number", "Note", "Why late",
)  # fmt: skip
MOST_ROWS: Final = 100_000
_NEEDED: Final = ("Day", "What happened", "Line", "Year", "Pounds", "Rests on", "Its number")
_FIELDS: Final[Mapping[str, str]] = {  # the field of a refusal, and the heading of its cell
    "pence": "Pounds", "line": "Line", "agency": "Agency", "to_line": "To line",
    "to_year": "To year", "received": "Of which received", "year": "Year", "day": "Day",
    "citation": "Rests on", "verb": "What happened",
}  # fmt: skip
_WORDS: Final = {
    "Day": "the day", "What happened": "what happened", "Line": "the code of the line",
    "Year": "the financial year", "Pounds": "the sum", "Rests on": "what it rests on",
}  # fmt: skip
_HEADER_WITHIN: Final = 20  # rows
_DAY: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
Value = object


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell: which, what was found there, why it cannot be, what to do."""

    cell: str
    found: str
    why: str
    next_step: str

    def __str__(self) -> str:
        found = f"'{self.found}' " if self.found else ""
        return f"{self.cell}: {found}{self.why}. {self.next_step}."


@dataclass(frozen=True, slots=True)
class Given:
    """A posting as somebody gives it: what happened, when, and what it rests on."""

    deed: Deed
    day: date
    citation: Citation
    note: str = ""
    late: str = ""  # why it comes after its period was closed
    row: int = 0  # of the table that it stands in


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: Mapping[str, Value]
    columns: Mapping[str, str]
    faults: list[CellFault]

    def text(self, head: str) -> str:
        value = self.cells.get(head)
        if isinstance(value, float):
            return f"{Decimal(repr(value)):f}".removesuffix(".0")
        return "" if value is None else str(value).strip()

    def fault(self, head: str, why: str, next_step: str) -> None:
        where = f"{self.columns.get(head, 'A')}{self.number}"
        self.faults.append(CellFault(where, self.text(head), why, next_step))


def read(
    rows: Sequence[Sequence[Value]],
    *,
    payers: Mapping[str, str],
    host: str,
    agencies: Collection[str],
) -> tuple[list[Given], list[CellFault]]:
    """The postings that a table says, and every fault in it; with a fault, none may be posted.

    `payers` are those of the lines of the book, by line; `host` is that of the book; `agencies` are
    all that are known.
    """
    faults: list[CellFault] = []
    at = _header(rows)
    if at is None:
        needed = ", ".join(_NEEDED)
        return [], [CellFault("A1", "", "the headings are not there", f"They are {needed}")]
    places = {_key(str(cell or "")): n for n, cell in enumerate(rows[at])}
    columns = {head: places[_key(head)] for head in HEADS if _key(head) in places}
    letters = {head: letter(n) for head, n in columns.items()}
    found: list[Given] = []
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        said = {head: cells[n] for head, n in columns.items() if n < len(cells)}
        row = _Row(number, said, letters, faults)
        if number > MOST_ROWS:
            row.fault("Day", "there are too many rows", f"Give at most {MOST_ROWS:,}")
            break
        if any(row.text(head) for head in columns):
            given = _given(row)
            if given is not None and _has_legs(row, given.deed, payers, host):
                if given.deed.agency and given.deed.agency not in agencies:
                    row.fault("Agency", "is no agency that is registered", "Write its code")
                found.append(given)
    if not found and not faults:
        faults.append(CellFault("A2", "", "no row says a posting", "Write a row for each posting"))
    return found, faults


def _has_legs(row: _Row, deed: Deed, payers: Mapping[str, str], host: str) -> bool:
    """Whether the row says all that its verb needs; what it lacks is told at its cell."""
    try:
        legs_of(deed, payers=payers, host=host)
    except Unposted as refused:
        row.fault(_FIELDS.get(refused.field, "What happened"), refused.why, refused.next_step)
        return False
    return True


def _given(row: _Row) -> Given | None:
    before = len(row.faults)
    for head in _NEEDED:
        if not row.text(head):
            row.fault(head, "nothing is there", f"Write {_WORDS.get(head, head.lower())}")
    if len(row.faults) > before:
        return None
    day, verb, year = _day(row), _verb(row), _year(row, "Year")
    pence, received = _pence(row, "Pounds"), _pence(row, "Of which received")
    to_year = _year(row, "To year") if row.text("To year") else None
    if len(row.faults) > before or day is None or verb is None or year is None or pence is None:
        return None
    return Given(
        row=row.number,
        deed=Deed(
            verb=verb,
            line=row.text("Line"),
            year=year,
            pence=pence,
            agency=row.text("Agency"),
            to_line=row.text("To line"),
            to_year=to_year,
            received_pence=received or 0,
        ),
        day=day,
        citation=Citation(row.text("Rests on"), row.text("Its number")),
        note=row.text("Note"),
        late=row.text("Why late"),
    )


def _header(rows: Sequence[Sequence[Value]]) -> int | None:
    wanted = {_key(head) for head in _NEEDED}
    for number in range(min(len(rows), _HEADER_WITHIN)):
        if wanted <= {_key(str(cell or "")) for cell in rows[number]}:
            return number
    return None


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _verb(row: _Row) -> Verb | None:
    said = _key(row.text("What happened"))
    for verb in Verb:
        if said in (verb.value, verb.value.replace("-", " ")):
            return verb
    row.fault("What happened", "is nothing that a book knows", f"Write one of: {', '.join(Verb)}")
    return None


def _day(row: _Row) -> date | None:
    value = row.cells.get("Day")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = row.text("Day")
    try:
        british = _DAY.fullmatch(text)
        if british:
            return date(int(british[3]), int(british[2]), int(british[1]))
        return date.fromisoformat(text)
    except ValueError:
        row.fault("Day", "is no day", "Write it as 2026-03-31 or 31/03/2026")
        return None


def _year(row: _Row, head: str) -> int | None:
    try:
        return FinancialYear.parse(row.text(head)).start
    except ValueError:
        row.fault(head, "is no financial year", "Write it as 2026-27")
        return None


def _pence(row: _Row, head: str) -> int | None:
    text = row.text(head).replace(",", "").replace("£", "").replace("\N{MINUS SIGN}", "-").strip()
    if not text:
        return None
    if text.startswith("(") and text.endswith(")"):  # how accountants write below nothing
        text = f"-{text[1:-1]}"
    try:
        pence = Decimal(text) * 100
    except InvalidOperation:
        pence = Decimal("NaN")
    if not pence.is_finite() or pence != pence.to_integral_value() or abs(pence) >= 10**17:
        row.fault(head, "is no sum of pounds", "Write it such as 1250.50")
        return None
    return int(pence)
