"""The compiled reader: the same rows as `plain`, for large text files, a block at a time.

Rows that are plain payments are read by compiled loops; a row that is anything else (blank, total,
an amount in an unusual form, no date) is cut out and judged by the same rules as in `plain`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from totalplace.sources.reading import compiled
from totalplace.sources.reading.block import (
    EPOCH,
    NO_PENCE,
    PRECISIONS,
    ROWS_COMPARED,
    Block,
    Found,
    Tally,
    Text,
)
from totalplace.sources.reading.cutting import PAD, Alike, Cut, Raw, Unsuited, published, text_of
from totalplace.sources.reading.outcome import SAMPLE_ROWS
from totalplace.sources.reading.payees_read import payees_of
from totalplace.sources.reading.plain import (
    LONGEST_REMEMBERED,
    account_for,
    not_a_date,
    not_money,
    placed,
)
from totalplace.sources.rules.dates import Period, When, is_serial, when_of
from totalplace.sources.rules.layout import Role, VatBasis
from totalplace.sources.rules.rows import (
    OF_KIND,
    Fault,
    Judged,
    RowKind,
    Table,
    judge,
    kind_of,
    may_sum_up,
    shown,
)

Settle = Callable[[list[str]], Table]

_REMEMBERED: Final = 200_000  # cells whose reading is kept, to bound memory
_ODD_SHARE: Final = 0.5
_OF_DAY: Final = PRECISIONS.index("day")
_ORDINAL: Final = EPOCH.toordinal()
_KEY_BITS, _KEY_OF_DAY = np.uint64(8), np.uint64(_OF_DAY)  # of a date: its day, its precision
_PENCE_KEY, _DAY_KEY = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xA0761D6478BD642F)


def read(
    blocks: Iterable[bytes],
    separator: str,
    table: Table,
    tally: Tally,
    period: Period | None,
    *,
    settle: Settle | None = None,
) -> Iterator[Found]:
    """Read a text table from its first byte. Raises Unsuited before or between blocks.

    Where too few rows were looked at to tell the order of day and month, `settle` is given the
    dates of the first and gives the table as it is then taken to be.
    """
    reader = _Reader(separator, table, tally, period)
    reader.settle = settle
    carried = b""
    pending: bytes | None = None
    for block in blocks:
        if pending is not None:
            carried = yield from reader.take(carried + pending, final=False)
        pending = block
    yield from reader.take(carried + (pending or b""), final=True)


class _Dated(NamedTuple):
    """What a date cell comes to."""

    day: int
    precision: int
    key: int  # equal for equal dates, and for equal cells that are no date
    text: str
    unread: bool
    serial: bool


class _Reader:
    """The state of reading one table."""

    def __init__(self, separator: str, table: Table, tally: Tally, period: Period | None) -> None:
        taken = table.layout.taken
        if Role.DATE not in taken or Role.AMOUNT not in taken:
            raise Unsuited
        self.separator, self.table, self.tally, self.period = separator, table, tally, period
        positions = sorted({t.position for t in taken.values()} | set(table.layout.details))
        self.slot = {p: s for s, p in enumerate(positions)}
        later = [taken[Role.AMOUNT].position, taken[Role.DATE].position]
        self.amount, self.date = (self.slot[p] for p in later)
        self.slot_of = compiled.slots_for(positions, later)
        self.row = 0
        self.settle: Settle | None = None
        self.seen = np.zeros(1 << 12, dtype=np.uint64)
        self.held = 0
        self.faults: list[Fault] = []
        self._days_known: dict[Raw, _Dated] = {}

    def take(self, content: bytes, *, final: bool) -> Generator[Found, None, bytes]:
        """Read all whole records of a block; returns the bytes of the one cut short."""
        if final and content and content[-1:] not in b"\r\n":
            content += b"\n"
        padded = np.frombuffer(content + PAD, dtype=np.uint8)
        used, lines = 0, int(compiled.line_ends(padded))
        while used < len(content):
            cut = Cut(len(self.slot), padded[used:], lines)
            used += cut.fill(self.separator, self.slot_of, final=final)
            if not len(cut):
                break
            yield self._block(cut)
        return content[used:]

    def _slot(self, role: Role) -> int | None:
        taken = self.table.layout.taken.get(role)
        return None if taken is None else self.slot[taken.position]

    def _block(self, cut: Cut) -> Found:
        first_row, self.row = self.row + 1, self.row + len(cut)
        row = np.arange(first_row, first_row + len(cut), dtype=np.int32)
        amount, state = cut.money(self.amount)
        day, precision, day_key, unread = self._days(cut)
        odd = self._odd(cut, row, state)
        kind = self._kinds(cut)
        keep = ~odd
        self._judge(cut, odd, row, amount, kind, keep)
        rows = np.flatnonzero(keep)
        self._fault_days(unread, rows, row)
        self._notice(cut, rows)
        block = self._typed(cut, rows, row, (kind, amount, day, precision))
        keys = cut.hashes[rows]
        keys ^= block.amount.view(np.uint64) * _PENCE_KEY
        keys ^= day_key[rows] * _DAY_KEY
        self.seen, self.held = compiled.copies(
            keys, self.seen, self.held, ROWS_COMPARED, block.copy
        )
        self.tally.rows_in += len(rows)
        self.tally.add(block)
        faults, self.faults = sorted(self.faults, key=lambda f: f.row), []
        return Found(block if len(block) else None, faults)

    def _days(self, cut: Cut) -> tuple[Any, Any, Any, Any]:
        """Day and precision of each row, a key to compare dates by, and the cells not read."""
        alike = cut.alike(self.date, np.arange(len(cut)))
        self._settle(alike)
        codes, days = alike.codes, alike.days(month_first=self.table.layout.month_first)
        precisions = np.full(len(days), _OF_DAY, dtype=np.uint8)
        keys = (days + _ORDINAL).astype(np.uint64) << _KEY_BITS | _KEY_OF_DAY
        unread, undated, serial = (np.zeros(len(days), dtype=np.bool_) for _ in range(3))
        self._texts: dict[int, str] = {}
        for k in np.flatnonzero(days < 0).tolist():
            one = self._dated(alike.raw(k))
            days[k], precisions[k], keys[k] = one.day, one.precision, one.key
            unread[k], undated[k], serial[k] = one.unread, may_sum_up(one.text), one.serial
            self._texts[k] = one.text
        self._date_codes, self._serial = codes, serial if serial.any() else None
        self._undated = undated[codes]
        return days[codes], precisions[codes], keys[codes], unread[codes]

    def _settle(self, alike: Alike) -> None:
        """Settle the order of day and month by the first rows, where it is open."""
        if self.settle is not None:
            first = np.unique(alike.codes[self.table.layout.first_row - 1 : SAMPLE_ROWS])
            self.table = self.settle([published(*alike.raw(k)) for k in first.tolist()])
            self.settle = None

    def _dated(self, cell: Raw) -> _Dated:
        known = self._days_known.get(cell)
        if known is None:
            if len(self._days_known) > _REMEMBERED:
                self._days_known.clear()
            known = self._date_of(published(*cell))
            if len(cell[0]) <= LONGEST_REMEMBERED:
                self._days_known[cell] = known
        return known

    def _date_of(self, cell: str) -> _Dated:
        when = when_of(cell, month_first=self.table.layout.month_first)
        day, precision = placed(when, self.period)
        text = shown(cell)
        unread = when is None and bool(text)
        return _Dated(day, precision, _date_key(when, cell), text, unread, is_serial(cell))

    def _odd(self, cut: Cut, row: Any, state: Any) -> NDArray[np.bool_]:
        """The rows to be judged one by one. Raises Unsuited where they are most of the table."""
        layout = self.table.layout
        odd = (state != compiled.READ) | (row < layout.first_row) | (cut.filled <= 1)
        odd |= self._undated
        for header in layout.header_rows:
            if 0 <= header - row[0] < len(row):
                odd[header - row[0]] = True
        blank = cut.filled == 0
        if (odd & ~blank).sum() > max(2000, _ODD_SHARE * len(row)):
            raise Unsuited
        self.tally.rows_in += int(blank.sum())
        self.tally.blank_rows += int(blank.sum())
        self._blank = blank
        result: NDArray[np.bool_] = odd
        return result

    def _kinds(self, cut: Cut) -> NDArray[np.uint8]:
        layout, slot = self.table.layout, self._slot(Role.KIND)
        if slot is None:
            return np.full(len(cut), OF_KIND[layout.kind], dtype=np.uint8)
        alike = cut.alike(slot, np.arange(len(cut)))
        of_code = [OF_KIND[kind_of(text_of(*t), layout.kind)] for t in alike.cells()]
        return np.array(of_code, dtype=np.uint8)[alike.codes]

    def _judge(self, cut: Cut, odd: Any, row: Any, amount: Any, kind: Any, keep: Any) -> None:
        """Judge the odd rows by the plain rules, in their order among the plain ones."""
        control = self.table.control
        running = np.cumsum(np.where(odd, 0, amount))
        count = np.cumsum(~odd)
        done_pence, done_rows = 0, 0
        for r in np.flatnonzero(odd & ~self._blank).tolist():
            control.add(int(running[r]) - done_pence, int(count[r]) - done_rows)
            done_pence, done_rows = int(running[r]), int(count[r])
            judged = self._judge_one(cut, r, int(row[r]))
            if judged.kind <= RowKind.COMMITMENT and judged.amount_pence is not None:
                keep[r], amount[r], kind[r] = True, judged.amount_pence, judged.kind
            else:
                account_for(judged, self.tally)
                if judged.fault:
                    self.faults.append(judged.fault)
        if len(running):
            control.add(int(running[-1]) - done_pence, int(count[-1]) - done_rows)

    def _judge_one(self, cut: Cut, r: int, row: int) -> Judged:
        cells = cut.record(r, self.separator)
        return judge(cells, [shown(c) for c in cells], row, self.table)

    def _fault_days(self, unread: Any, rows: Any, row: Any) -> None:
        for r in rows[unread[rows]].tolist():
            text = self._texts[self._date_codes[r]]
            self.faults.append(not_a_date(int(row[r]), self.table.layout, text))
            self.tally.cells_not_read += 1

    def _notice(self, cut: Cut, rows: Any) -> None:
        self.tally.trailing_minus += cut.trailing_minuses(rows, self.amount)
        if self._serial is not None:
            self.tally.serial_dates += int(self._serial[self._date_codes[rows]].sum())

    def _typed(self, cut: Cut, rows: Any, row: Any, read: tuple[Any, ...]) -> Block:
        kind, amount, day, precision = (column[rows] for column in read)
        payee, number, hidden = self._payees(cut, rows)
        details = [self.slot[p] for p in self.table.layout.details]
        return Block(
            row=row[rows],
            kind=kind,
            amount=amount,
            net=self._also(cut, rows, row, Role.NET, amount),
            vat=self._also(cut, rows, row, Role.VAT, amount),
            gross=self._also(cut, rows, row, Role.GROSS, amount),
            day=day,
            precision=precision,
            redacted=hidden,
            copy=np.zeros(len(rows), dtype=np.bool_),
            texts={
                "payee": payee,
                "payee_number": number,
                "unit": self._text(cut, rows, Role.UNIT),
                "purpose": self._text(cut, rows, Role.PURPOSE),
                "detail": cut.joined(rows, details),
                "reference": self._text(cut, rows, Role.REFERENCE),
            },
        )

    def _also(
        self, cut: Cut, rows: Any, row: Any, role: Role, amount: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Net, VAT or gross beside the amount; `NO_PENCE` where it is not given."""
        basis = {Role.NET: VatBasis.NET, Role.GROSS: VatBasis.GROSS}.get(role)
        itself = basis is not None and self.table.layout.vat_basis is basis
        slot = self._slot(role)
        if slot is None:
            return amount.copy() if itself else np.full(len(rows), NO_PENCE, dtype=np.int64)
        pence, state = cut.money(slot)
        pence[state != compiled.READ] = NO_PENCE
        for r in rows[state[rows] == compiled.ODD].tolist():
            found = cut.text_at(r, slot)
            self.faults.append(not_money(int(row[r]), self.table.layout, role, found))
            self.tally.cells_not_read += 1
        result = pence[rows]
        return np.where(result == NO_PENCE, amount, result) if itself else result

    def _payees(self, cut: Cut, rows: Any) -> tuple[Text, Text, NDArray[np.bool_]]:
        slot = self._slot(Role.PAYEE)
        if slot is None:
            given = self._text(cut, rows, Role.PAYEE_NUMBER)
            return Text.empty(len(rows)), given, np.zeros(len(rows), dtype=np.bool_)
        bare, number, hidden = payees_of(cut.alike(slot, rows))
        if Role.PAYEE_NUMBER in self.table.layout.taken:
            given = self._text(cut, rows, Role.PAYEE_NUMBER)
            if number.offsets[-1]:
                pairs = zip(given.cells(), number.cells(), strict=True)
                given = Text.of(a or b for a, b in pairs)
            number = given
        return bare, number, hidden

    def _text(self, cut: Cut, rows: Any, role: Role) -> Text:
        slot = self._slot(role)
        return cut.joined(rows, [] if slot is None else [slot])


def _date_key(when: When | None, cell: str) -> int:
    """A number that is equal for equal dates, and for equal cells that are no date."""
    if when is None:
        return hash(cell) & 0xFFFFFFFFFFFFFFFF
    return (when.day.toordinal() << int(_KEY_BITS)) | PRECISIONS.index(when.precision.value)
