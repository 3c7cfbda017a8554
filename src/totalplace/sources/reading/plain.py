"""The reference reader: any table, a row at a time, by the rules alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np

from totalplace.sources.reading.block import (
    EPOCH,
    NO_DAY,
    NO_PENCE,
    PRECISIONS,
    ROWS_COMPARED,
    TEXTS,
    Block,
    Found,
    Tally,
    Text,
)
from totalplace.sources.rules.amounts import has_trailing_minus, pence_of
from totalplace.sources.rules.dates import Period, When, is_serial, when_of
from totalplace.sources.rules.layout import Cell, Layout, Role, VatBasis
from totalplace.sources.rules.payees import redacted, split_number
from totalplace.sources.rules.rows import (
    LETTERS_OF_A_FAULT,
    OF_KIND,
    Fault,
    Judged,
    RowKind,
    Table,
    column_name,
    judge,
    kind_of,
    may_sum_up,
    shown,
)

ROWS_IN_A_BLOCK: Final = 50_000
LETTERS_IN_A_BLOCK: Final = 8 * 2**20
_REMEMBERED: Final = 200_000  # cells whose reading is kept, to bound memory
LONGEST_REMEMBERED: Final = 200  # letters of such a cell
_NOWHERE: Final = 1 << 30  # the position of a column that the table does not have
DETAIL_BETWEEN: Final = " · "


@dataclass(slots=True)
class _Columns:
    """A block being filled."""

    numbers: dict[str, list[int]] = field(
        default_factory=lambda: {
            name: []
            for name in (
                "row", "kind", "amount", "net", "vat", "gross", "day", "precision", "redacted",
                "copy",
            )
        }
    )  # fmt: skip
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in TEXTS})

    def block(self) -> Block:
        n = self.numbers
        return Block(
            row=np.array(n["row"], dtype=np.int32),
            kind=np.array(n["kind"], dtype=np.uint8),
            amount=np.array(n["amount"], dtype=np.int64),
            net=np.array(n["net"], dtype=np.int64),
            vat=np.array(n["vat"], dtype=np.int64),
            gross=np.array(n["gross"], dtype=np.int64),
            day=np.array(n["day"], dtype=np.int32),
            precision=np.array(n["precision"], dtype=np.uint8),
            redacted=np.array(n["redacted"], dtype=np.bool_),
            copy=np.array(n["copy"], dtype=np.bool_),
            texts={name: Text.of(cells) for name, cells in self.texts.items()},
        )


def payee_parts(name: str) -> tuple[str, str, bool]:
    """A payee's name, the supplier number that stood in it, and whether it is a redaction."""
    if len(name) > LONGEST_REMEMBERED:
        return _payee_parts.__wrapped__(name)
    return _payee_parts(name)


@lru_cache(maxsize=100_000)
def _payee_parts(name: str) -> tuple[str, str, bool]:
    bare, number = split_number(name)
    return bare, number, redacted(bare)


def read(
    rows: Iterable[Sequence[Cell]], table: Table, tally: Tally, period: Period | None
) -> Iterator[Found]:
    """Read a table's rows from the first. `period` dates the rows whose own date is not given."""
    reader = _Reader(table, tally, period)
    for number, cells in enumerate(rows, start=1):
        reader.take(cells, number)
        if reader.is_full():
            yield reader.hand_over()
    yield reader.hand_over()


class _Reader:
    """The state of reading one table."""

    def __init__(self, table: Table, tally: Tally, period: Period | None) -> None:
        self.table, self.tally, self.period = table, tally, period
        self.columns, self.faults = _Columns(), list[Fault]()
        self._letters = 0  # of the texts in the block being filled
        self._seen: set[int] = set()
        taken = table.layout.taken
        self._at = {role: taken[role].position if role in taken else _NOWHERE for role in Role}
        self._others = [
            (name, self._at[role])
            for name, role in (("unit", Role.UNIT), ("purpose", Role.PURPOSE),
                               ("reference", Role.REFERENCE))
        ]  # fmt: skip
        self._sums = [
            (name, role, self._at[role])
            for name, role in (("net", Role.NET), ("vat", Role.VAT), ("gross", Role.GROSS))
        ]
        self._tidied: dict[Cell, str] = {}
        self._dated: dict[Cell, When | None] = {}

    def is_full(self) -> bool:
        """Whether it is time to hand over what was read."""
        return (
            len(self.columns.numbers["row"]) >= ROWS_IN_A_BLOCK
            or len(self.faults) >= 10_000
            or self._letters >= LETTERS_IN_A_BLOCK
        )

    def hand_over(self) -> Found:
        block, faults = self.columns.block(), self.faults
        self.tally.add(block)
        self.columns, self.faults, self._letters = _Columns(), [], 0
        if len(self._tidied) + len(self._dated) > _REMEMBERED:
            self._tidied, self._dated = {}, {}
        return Found(block if len(block) else None, faults)

    def take(self, cells: Sequence[Cell], row: int) -> None:
        """Judge a row and keep it as what it is."""
        judged = self._plainly(cells, row)
        if judged is None:
            judged = judge(cells, [shown(c) for c in cells], row, self.table)
        account_for(judged, self.tally)
        if judged.fault:
            self.faults.append(judged.fault)
        if judged.kind <= RowKind.COMMITMENT and judged.amount_pence is not None:
            self._keep(cells, row, judged)
            self._notice(cells)

    def _plainly(self, cells: Sequence[Cell], row: int) -> Judged | None:
        """A row with an amount and a date, below the header: spending, as `judge` would find."""
        layout = self.table.layout
        if row < layout.first_row or row in layout.header_rows:
            return None
        amount_pence = pence_of(self._cell(cells, self._at[Role.AMOUNT]))
        if amount_pence is None or may_sum_up(self._tidy(self._cell(cells, self._at[Role.DATE]))):
            return None
        self.table.control.add(amount_pence)
        word = self._tidy(self._cell(cells, self._at[Role.KIND]))
        return Judged(OF_KIND[kind_of(word, layout.kind)], amount_pence)

    @staticmethod
    def _cell(cells: Sequence[Cell], position: int) -> Cell:
        return cells[position] if position < len(cells) else None

    def _tidy(self, cell: Cell) -> str:
        """The cell as `shown`, remembered: most cells of a table are like one above."""
        if cell is None or cell == "":
            return ""
        if type(cell) is not str:  # 1, 1.0 and True are one key of a dictionary
            return shown(cell)
        tidied = self._tidied.get(cell)
        if tidied is None:
            tidied = shown(cell)
            if len(cell) <= LONGEST_REMEMBERED:
                self._tidied[cell] = tidied
        return tidied

    def _keep(self, cells: Sequence[Cell], row: int, judged: Judged) -> None:
        numbers = self.columns.numbers
        found = self._when(cells, row)
        day, precision = placed(found, self.period)
        numbers["row"].append(row)
        numbers["kind"].append(judged.kind)
        numbers["amount"].append(judged.amount_pence or 0)
        for name, role, at in self._sums:
            there = at < len(cells) and cells[at] is not None
            numbers[name].append(self._also(cells[at], row, role) if there else NO_PENCE)
        settle_basis(numbers, self.table.layout)
        numbers["day"].append(day)
        numbers["precision"].append(precision)
        self._keep_texts(cells)
        numbers["copy"].append(self._copy(cells, judged, found))

    def _notice(self, cells: Sequence[Cell]) -> None:
        """Count the forms that other readers lose: a minus after the figure, a day as a number."""
        if has_trailing_minus(self._cell(cells, self._at[Role.AMOUNT])):
            self.tally.trailing_minus += 1
        if is_serial(self._cell(cells, self._at[Role.DATE])):
            self.tally.serial_dates += 1

    def _keep_texts(self, cells: Sequence[Cell]) -> None:
        kept = self.columns.texts
        payee = self._tidy(self._cell(cells, self._at[Role.PAYEE]))
        name, number, hidden = payee_parts(payee)
        given = self._tidy(self._cell(cells, self._at[Role.PAYEE_NUMBER]))
        kept["payee"].append(name)
        kept["payee_number"].append(given or number)
        for column, at in self._others:
            text = self._tidy(self._cell(cells, at))
            kept[column].append(text)
            self._letters += len(text)
        details = [self._tidy(self._cell(cells, at)) for at in self.table.layout.details]
        detail = DETAIL_BETWEEN.join([d for d in details if d])
        kept["detail"].append(detail)
        self._letters += len(detail) + len(name)
        self.columns.numbers["redacted"].append(hidden)

    def _when(self, cells: Sequence[Cell], row: int) -> When | None:
        cell = self._cell(cells, self._at[Role.DATE])
        if cell is None or cell == "":
            return None
        if cell in self._dated:
            found = self._dated[cell]
        else:
            found = when_of(cell, month_first=self.table.layout.month_first)
            if type(cell) is not str or len(cell) <= LONGEST_REMEMBERED:
                self._dated[cell] = found
        if found is None and shown(cell):
            self.faults.append(not_a_date(row, self.table.layout, shown(cell)))
            self.tally.cells_not_read += 1
        return found

    def _also(self, cell: Cell, row: int, role: Role) -> int:
        """Net, VAT or gross beside the amount; `NO_PENCE` where it is not given."""
        pence = pence_of(cell)
        if pence is None and shown(cell):
            self.faults.append(not_money(row, self.table.layout, role, shown(cell)))
            self.tally.cells_not_read += 1
        return NO_PENCE if pence is None else pence

    def _copy(self, cells: Sequence[Cell], judged: Judged, found: When | None) -> bool:
        """Whether every published cell is as in an earlier row, dates and pence compared typed."""
        compared: list[object] = list(cells)
        while compared and (compared[-1] is None or compared[-1] == ""):
            compared.pop()
        amount_at, date_at = self._at[Role.AMOUNT], self._at[Role.DATE]
        if amount_at < len(compared):
            compared[amount_at] = judged.amount_pence
        if found is not None and date_at < len(compared):
            compared[date_at] = (found.day, found.precision)
        key = hash(tuple(compared))
        again = key in self._seen
        if len(self._seen) < ROWS_COMPARED:
            self._seen.add(key)
        return again


def account_for(judged: Judged, tally: Tally) -> None:
    """Count a row that is not spending; `Tally.add` counts the others with their sums."""
    tally.rows_in += 1
    match judged.kind:
        case RowKind.FAULT:
            tally.faults += 1
            tally.faults_pence += judged.amount_pence or 0
        case RowKind.BLANK:
            tally.blank_rows += 1
        case RowKind.TOTAL:
            tally.total_rows += 1
            tally.totals_pence += judged.amount_pence or 0
        case RowKind.HEADER:
            tally.header_rows += 1
        case RowKind.PREAMBLE:
            tally.preamble_rows += 1
        case _:
            pass


def placed(found: When | None, period: Period | None) -> tuple[int, int]:
    """The day and precision of a row: its own date, else the first day of its file's period."""
    if found is not None:
        return (found.day - EPOCH).days, PRECISIONS.index(found.precision.value)
    if period is not None:
        return (period.first - EPOCH).days, PRECISIONS.index("period")
    return NO_DAY, 0


def settle_basis(numbers: dict[str, list[int]], layout: Layout) -> None:
    """Where the amount is itself the net or the gross sum, say so in that column too."""
    for name, basis in (("net", VatBasis.NET), ("gross", VatBasis.GROSS)):
        if layout.vat_basis is basis and numbers[name][-1] == NO_PENCE:
            numbers[name][-1] = numbers["amount"][-1]


def not_a_date(row: int, layout: Layout, found: str) -> Fault:
    """A date cell that no rule can read; the row is kept in its file's period."""
    hashes = found.startswith("##")
    why = (
        "is what a spreadsheet shows when a column is too narrow: the date itself is lost"
        if hashes
        else "is not a date"
    )
    return Fault(
        row,
        column_name(layout, Role.DATE),
        found[:LETTERS_OF_A_FAULT],
        why,
        "Give the day of payment, such as 09/04/2024",
        refused=False,
    )


def not_money(row: int, layout: Layout, role: Role, found: str) -> Fault:
    """A net, VAT or gross cell that is no sum of money; the row keeps its amount."""
    return Fault(
        row,
        column_name(layout, role),
        found[:LETTERS_OF_A_FAULT],
        "is not a sum of money",
        "Give the sum in pounds and pence, such as 1,234.56",
        refused=False,
    )
