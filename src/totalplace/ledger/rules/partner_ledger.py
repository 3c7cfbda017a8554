"""A partner's own ledger as its system writes it: which column is which, and what each row says.

Columns are found by the rules that read published spending. A ledger may have its debits and its
credits in two columns: the sum is debits less credits. Every row comes out as a line, as one set
aside (a total, a balance brought forward), or as a fault that an officer can find in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.ledger.rules.reconciling import Line
from totalplace.refusal import Refused
from totalplace.sources.rules.amounts import pence_of
from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.dates import order_of, when_of
from totalplace.sources.rules.header import filled
from totalplace.sources.rules.layout import Cell, Layout, Role
from totalplace.sources.rules.rows import letter, shown

Row = Sequence[Cell]
_SAMPLE: Final = 400
_DEBITS: Final = frozenset({"debit", "debits", "dr", "debit amount", "debit gbp", "debit £"})
_CREDITS: Final = frozenset({"credit", "credits", "cr", "credit amount", "credit gbp", "credit £"})
_SETS_ASIDE: Final = (
    "total", "sub total", "subtotal", "grand total", "opening balance", "closing balance",
    "balance b/f", "balance c/f", "balance brought forward", "balance carried forward", "b/fwd",
    "c/fwd",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """A row that could not be read, and its cell."""

    cell: str
    found: str
    why: str


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What was read of a partner's ledger; `columns` says which column was taken for what."""

    lines: tuple[Line, ...]
    faults: tuple[LedgerFault, ...]
    set_aside: int
    columns: tuple[str, ...]
    heads: tuple[str, ...] = ()  # by which the sheets of one ledger are known


def together(sheets: Sequence[tuple[str, LedgerFile]]) -> LedgerFile:
    """The sheets of a workbook that are one ledger: whose days and sums are called the same.

    A summary beside them has other heads, and would count the same money twice: it is left out,
    and that is said. Raises ValueError where there is none.
    """
    most = max(sheets, key=lambda one: len(one[1].lines))[1].heads
    same = [(name, file) for name, file in sheets if file.heads == most]
    out = [name for name, file in sheets if file.heads != most]
    left = [f"left out, for its heads are others: {name}" for name in out]
    if len(same) == 1:
        return replace(same[0][1], columns=(*same[0][1].columns, *left))
    lines = tuple(
        Line(f"{name}, {x.key}", x.day, x.pence, x.reference, x.words)
        for name, file in same
        for x in file.lines
    )
    faults = tuple(
        LedgerFault(f"{name}!{fault.cell}", fault.found, fault.why)
        for name, file in same
        for fault in file.faults
    )
    said = (f"sheets: {', '.join(name for name, _ in same)}", *same[0][1].columns, *left)
    return LedgerFile(lines, faults, sum(file.set_aside for _, file in same), said, most)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a line stand; the words of all other columns describe it."""

    layout: Layout
    names: tuple[str, ...]
    amount: int | None
    debit: int | None
    credit: int | None
    day: int
    reference: int | None
    month_first: bool
    said: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """What the columns of days and sums are called."""
        places = (self.day, self.amount, self.debit, self.credit)
        return tuple(self.names[at].casefold() for at in places if at is not None)


def read_ledger(rows: Sequence[Row], *, name: str, only: str = "") -> LedgerFile:
    """The lines of a partner's ledger; `only` keeps the rows in which a cell is that code.

    Raises Refused where no column of days or of sums is found.
    """
    columns = _columns(rows, name)
    lines, faults, aside = [], [], 0
    for number, row in enumerate(rows, start=1):
        if number < columns.layout.first_row or number in columns.layout.header_rows:
            continue
        if not filled(row) or (only and not _holds(row, only)):
            continue
        found = _line(row, number, columns)
        if found is None:
            aside += 1
        elif isinstance(found, LedgerFault):
            faults.append(found)
        else:
            lines.append(found)
    return LedgerFile(tuple(lines), tuple(faults), aside, columns.said, columns.heads)


def _columns(rows: Sequence[Row], name: str) -> _Columns:
    sample = rows[:_SAMPLE]
    first = max(1, len(rows) - 2)  # some systems write the heads last
    tail = [(number, row) for number, row in enumerate(rows[first - 1 :], start=first)]
    layout = understand(sample, tail=tail, file=name)
    names = _names(rows, layout)
    debit, credit = _called(names, _DEBITS), _called(names, _CREDITS)
    taken = {role: found.position for role, found in layout.taken.items()}
    amount = taken.get(Role.AMOUNT)
    if debit is not None and credit is not None:
        amount = None
    else:
        debit = credit = None
    if amount is None and debit is None:
        raise _not_found(name, "sums", names)
    day = taken.get(Role.DATE)
    if day is None:
        raise _not_found(name, "days", names)
    reference = taken.get(Role.REFERENCE, taken.get(Role.PAYEE_NUMBER))
    places = {"day": day, "sum": amount, "debit": debit, "credit": credit, "reference": reference}
    said = tuple(
        f"{what}: column {letter(at)}, {names[at] or 'without a name'}"
        for what, at in places.items()
        if at is not None
    )
    days = [_at(row, day) for row in rows[layout.first_row - 1 :]]
    month_first = order_of(days).month_first
    return _Columns(layout, names, amount, debit, credit, day, reference, month_first, said)


def _line(row: Row, number: int, columns: _Columns) -> Line | LedgerFault | None:
    words = [str(cell).strip() for cell in row if isinstance(cell, str) and cell.strip()]
    if any(_is_aside(word) for word in words):
        return None
    day_cell = _at(row, columns.day)
    found = when_of(day_cell, month_first=columns.month_first)
    pence, at = _pence(row, columns)
    if found is None:
        why = "is no day" if day_cell not in (None, "") else "has no day"
        return LedgerFault(f"{letter(columns.day)}{number}", shown(day_cell), why)
    if pence is None:
        return LedgerFault(f"{letter(at)}{number}", shown(_at(row, at)), "is no sum of money")
    reference = _text(_at(row, columns.reference))
    used = {columns.day, columns.amount, columns.debit, columns.credit, columns.reference}
    said = [_text(cell) for n, cell in enumerate(row) if n not in used and isinstance(cell, str)]
    return Line(f"row {number}", found.day, pence, reference, " ".join(filter(None, said))[:500])


def _pence(row: Row, columns: _Columns) -> tuple[int | None, int]:
    """Debits less credits, in pence, and the column to name where there is none."""
    if columns.amount is not None:
        return pence_of(_at(row, columns.amount)), columns.amount
    total, any_found = 0, False
    for at, sign in ((columns.debit, 1), (columns.credit, -1)):
        cell = _at(row, at)
        if cell in (None, "") or (isinstance(cell, str) and cell.strip() in ("", "-")):
            continue
        pence = pence_of(cell)
        if pence is None:
            return None, at or 0
        total += sign * pence
        any_found = True
    return (total if any_found else None), columns.debit or 0


def _names(rows: Sequence[Row], layout: Layout) -> tuple[str, ...]:
    width = max((len(row) for row in rows[:_SAMPLE]), default=0)
    if not layout.header_rows:
        return ("",) * width
    row = rows[layout.header_rows[-1] - 1]
    return tuple(_text(_at(row, at)) for at in range(width))


def _called(names: Sequence[str], words: frozenset[str]) -> int | None:
    bare = [" ".join(name.casefold().replace("(£)", "£").split()) for name in names]
    return next((at for at, name in enumerate(bare) if name in words), None)


def _is_aside(word: str) -> bool:
    bare = word.casefold().strip(" :")
    return bare in _SETS_ASIDE or bare.startswith(("total for ", "balance brought", "balance carr"))


def _holds(row: Row, only: str) -> bool:
    return any(_text(cell).casefold() == only.strip().casefold() for cell in row)


def _at(row: Row, at: int | None) -> Cell:
    return row[at] if at is not None and at < len(row) else None


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(str(cell).split())


def _not_found(name: str, what: str, names: Sequence[str]) -> Refused:
    heads = ", ".join(filter(None, names)) or "none"
    return Refused(
        f"{name} was not read",
        why=f"no column of {what} was found; its columns are {heads}",
        next_step="Give a file with a day, a sum (or a debit and a credit) and a reference a row",
    )
