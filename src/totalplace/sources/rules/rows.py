"""What one row of a published table is: a payment, a total, a header, a note, a blank or a fault.

Every row comes out as exactly one of these, so rows in equals rows accounted for, and a pound
that can be read is always in one named place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Final

from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.layout import Cell, Kind, Layout, Role

# A label that stands for a sum of other rows. Anchored at both ends: TOTAL FLOORING LTD is a payee.
_TOTAL_LABEL: Final = re.compile(
    r"(?:(?:grand|sub|overall|net|gross|report|page|monthly|month|year|section)[\s-]*)*"
    r"(?:total|totals|sum)(?:\s+(?:for|of|spend|spending|paid|payments?|expenditure|amount|value)\b.*)?"
    r"\s*[:=]?\s*(?:\(?£\)?)?",
    re.IGNORECASE,
)
_CARD: Final = re.compile(r"card|gpc|p-?card", re.IGNORECASE)
_COMMITMENT: Final = re.compile(
    r"contract|commitment|purchase\s*order|\border\b|\bpo\b", re.IGNORECASE
)
LETTERS_OF_A_FAULT: Final = 500  # of what was found in the cell
# A line of words under or over a table is a note to the reader; fewer words may be a lost payment.
_WORDS_OF_A_NOTE: Final = 3


class RowKind(IntEnum):
    """What a row of a table is. The first three are kinds of spending (see `Kind`)."""

    PAYMENT = 0
    CARD = 1
    COMMITMENT = 2
    FAULT = 3
    BLANK = 4
    TOTAL = 5
    HEADER = 6
    PREAMBLE = 7


OF_KIND: Final[Mapping[Kind, RowKind]] = {
    Kind.PAYMENT: RowKind.PAYMENT,
    Kind.CARD: RowKind.CARD,
    Kind.COMMITMENT: RowKind.COMMITMENT,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that could not be read, in words its publisher can act on.

    `refused` says that the whole row is no payment; otherwise the row is kept without the cell.
    """

    row: int
    column: str  # the letter and the header, such as "G Net Amount (£)"
    found: str
    why: str
    next_step: str
    refused: bool
    amount_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One row, judged: what it is, its amount where it has one, and why it was refused."""

    kind: RowKind
    amount_pence: int | None = None
    fault: Fault | None = None


@dataclass(slots=True)
class Control:
    """The sums that a total row could be checked against: since the top, since the last total."""

    all_pence: int = 0
    since_total_pence: int = 0
    rows: int = 0
    differing: list[tuple[int, int, int]] = field(default_factory=list)  # row, printed, summed

    def add(self, amount_pence: int, rows: int = 1) -> None:
        """Count a payment, or a run of payments that add up to `amount_pence`."""
        self.all_pence += amount_pence
        self.since_total_pence += amount_pence
        self.rows += rows

    def is_sum(self, amount_pence: int) -> bool:
        """Whether a sum is that of all rows above, or of those since the last total."""
        return self.rows > 1 and amount_pence in (self.all_pence, self.since_total_pence)

    def close(self, row: int, amount_pence: int) -> None:
        """Take a total row: note it where it differs from the rows above, and start afresh."""
        if not self.is_sum(amount_pence):
            self.differing.append((row, amount_pence, self.all_pence))
        self.since_total_pence = 0


def shown(cell: Cell) -> str:
    """A cell as text, trimmed and with runs of white space folded."""
    match cell:
        case None:
            return ""
        case str():
            return " ".join(cell.split())
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() | date():
            return cell.isoformat()
        case _:
            return str(cell)


def letter(position: int) -> str:
    """The letters of a column as a spreadsheet names it: 0 is A, 26 is AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_name(layout: Layout, role: Role) -> str:
    """A column as an officer finds it: its letter and its header."""
    taken = layout.taken.get(role)
    return f"{letter(taken.position)} {taken.header}".strip() if taken else "no column"


def cell_of(cells: Sequence[Cell], layout: Layout, role: Role) -> Cell:
    """The cell of a role in a row, None where the row is too short or nothing was taken for it."""
    taken = layout.taken.get(role)
    return cells[taken.position] if taken and taken.position < len(cells) else None


def kind_of(word: str, otherwise: Kind) -> Kind:
    """Payment, card purchase or contract, by the word of a `type` column."""
    if not word:
        return otherwise
    if _CARD.search(word):
        return Kind.CARD
    if _COMMITMENT.search(word):
        return Kind.COMMITMENT
    return Kind.PAYMENT


def is_total_label(text: str) -> bool:
    """Whether a cell says that its row sums others up."""
    return bool(_TOTAL_LABEL.fullmatch(text))


def may_sum_up(day: str) -> bool:
    """Whether a row with this in its column of dates may be a total: a payment has a day."""
    return not day or (day[0].isalpha() and is_total_label(day))


def header_words(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The words of a header row, folded, to know it again where it is repeated."""
    return tuple(shown(c).casefold() for c in cells if shown(c))


@dataclass(frozen=True, slots=True)
class Table:
    """A table being read: its layout, the words of each row of its header, the sums so far."""

    layout: Layout
    headers: tuple[tuple[str, ...], ...]
    control: Control


def judge(cells: Sequence[Cell], texts: Sequence[str], row: int, table: Table) -> Judged:
    """What a row is, from its cells and the same as text.

    Adds payments to the table's control sums, which total rows are checked against.
    """
    layout = table.layout
    if not any(texts):
        return Judged(RowKind.BLANK)
    if row in layout.header_rows:
        return Judged(RowKind.HEADER)
    if row < layout.first_row:
        return Judged(RowKind.PREAMBLE)
    amount_pence = pence_of(cell_of(cells, layout, Role.AMOUNT))
    if amount_pence is None:
        return _without_amount(texts, row, table)
    if _sums_up(texts, table, amount_pence):
        table.control.close(row, amount_pence)
        return Judged(RowKind.TOTAL, amount_pence)
    if sum(1 for t in texts if t) == 1:
        return _amount_alone(row, table, amount_pence)
    taken = layout.taken.get(Role.KIND)
    word = texts[taken.position] if taken and taken.position < len(texts) else ""
    table.control.add(amount_pence)
    return Judged(OF_KIND[kind_of(word, layout.kind)], amount_pence)


def _text_of(texts: Sequence[str], layout: Layout, role: Role) -> str:
    taken = layout.taken.get(role)
    return texts[taken.position] if taken and taken.position < len(texts) else ""


def _sums_up(texts: Sequence[str], table: Table, amount_pence: int) -> bool:
    layout = table.layout
    if not may_sum_up(_text_of(texts, layout, Role.DATE)):
        return False
    if any(is_total_label(t) for t in texts):
        return True
    named = _text_of(texts, layout, Role.PAYEE) or _text_of(texts, layout, Role.REFERENCE)
    amount = layout.taken.get(Role.AMOUNT)
    others = (t for n, t in enumerate(texts) if amount is None or n != amount.position)  # 12.00 CR
    words = any(ch.isalpha() for t in others for ch in t)
    return not named and not words and table.control.is_sum(amount_pence)


def _amount_alone(row: int, table: Table, amount_pence: int) -> Judged:
    why = (
        "is a sum alone on its row: it names no payee and no date, and is not the total of the"
        f" rows above ({table.control.all_pence / 100:.2f})"
    )
    return Judged(
        RowKind.FAULT,
        amount_pence,
        Fault(
            row,
            column_name(table.layout, Role.AMOUNT),
            f"{amount_pence / 100:.2f}",
            why,
            "Say whose payment it is, or correct the total",
            refused=True,
            amount_pence=amount_pence,
        ),
    )


def _without_amount(texts: Sequence[str], row: int, table: Table) -> Judged:
    filled = [t for t in texts if t]
    if tuple(t.casefold() for t in filled) in table.headers:
        return Judged(RowKind.HEADER)
    if len(filled) == 1 and len(filled[0].split()) >= _WORDS_OF_A_NOTE:
        return Judged(RowKind.PREAMBLE)
    found = _text_of(texts, table.layout, Role.AMOUNT)
    why = "is not a sum of money" if found else "is empty, and the row has other cells"
    return Judged(
        RowKind.FAULT,
        fault=Fault(
            row,
            column_name(table.layout, Role.AMOUNT),
            found[:LETTERS_OF_A_FAULT],
            why,
            "Give the amount in pounds and pence, such as 1,234.56 or -1,234.56",
            refused=True,
        ),
    )
