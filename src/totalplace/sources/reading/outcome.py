"""One table while it is read, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Final, Protocol

from totalplace.sources.reading.block import Block, Digest, Found, Tally, day_of
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.noticing import noticed
from totalplace.sources.reading.words import TableWords
from totalplace.sources.rules.dates import Period, order_of, when
from totalplace.sources.rules.layout import Layout, Role
from totalplace.sources.rules.rows import Control, Fault, Table, column_name, letter

SAMPLE_ROWS: Final = 2_000


class Place(Protocol):
    """Where rows go as they are read: a spool, or memory until their turn in it."""

    def begin(self, words: TableWords) -> None:
        """Start a table."""

    def add(self, block: Block | None, faults: list[Fault]) -> None:
        """Add rows and faults of the table begun last."""

    def take_back(self) -> None:
        """Forget the table begun last."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What became of one table: how it was taken, and how its rows are accounted for."""

    file: str
    sheet: str
    content_sha256: str
    encoding: str
    layout: Layout
    tally: Tally
    digest: str
    period: Period | None
    unsure: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def columns(self) -> dict[str, dict[str, str | float | int]]:
        """What was taken for each role: header, letter, how surely (0 to 1) and why."""
        return {
            role.value: {
                "header": shown_name(taken.header),
                "column": letter(taken.position),
                "confidence": round(taken.confidence, 3),
                "reason": taken.reason,
            }
            for role, taken in sorted(self.layout.taken.items())
        }

    @property
    def first_date(self) -> date | None:
        """The earliest day of payment in the table."""
        return day_of(self.tally.first_day)

    @property
    def last_date(self) -> date | None:
        """The latest day of payment in the table."""
        return day_of(self.tally.last_day)


@dataclass(frozen=True, slots=True)
class Named:
    """Which table: the document's name, the sheet, the hashes, and how its bytes are text."""

    name: str
    sheet: str
    sha256: str
    content_sha256: str
    encoding: str


@dataclass(slots=True)
class Reading:
    """One table while it is read."""

    agency: str

    named: Named
    layout: Layout
    headers: tuple[tuple[str, ...], ...]
    period: Period | None
    days_settled: bool = False  # a recipe says which way round dates are
    tally: Tally = field(default_factory=Tally)
    digest: Digest = field(default_factory=Digest)
    control: Control = field(default_factory=Control)
    undated: set[str] = field(default_factory=set)
    order_is_open: bool = False  # of day and month in its dates; too few rows were looked at

    def words(self) -> TableWords:
        """What is said beside each of its rows."""
        period = self.period
        one_month = period is not None and (period.last - period.first).days <= 31
        return TableWords(
            agency=self.agency,
            file=self.named.sha256,
            name=self.named.name,
            sheet=self.named.sheet,
            vat_basis=self.layout.vat_basis.value,
            one_month=one_month,
        )

    def table(self) -> Table:
        """The table, for whoever judges its rows."""
        return Table(self.layout, self.headers, self.control)

    def settle(self, dates: Iterable[str]) -> Table:
        """Take the order of day and month from the dates of its first rows."""
        order = order_of(dates, period=self.period)
        self.layout = replace(self.layout, month_first=order.month_first)
        self.order_is_open = False
        return self.table()

    def afresh(self, layout: Layout) -> None:
        """Start again with another layout."""
        self.layout, self.tally, self.digest = layout, Tally(), Digest()
        self.control, self.undated = Control(), set()


def read_with_days_right(once: Callable[[], None], reading: Reading, place: Place) -> None:
    """Read; where unread dates are all dates with day and month changed over, keep what reads more.

    A long file may prove the order of its dates only after the rows that were looked at first.
    """
    once()
    unread = reading.tally.cells_not_read
    if not _other_way_round(reading):
        return
    for _ in range(2):
        place.take_back()
        reading.afresh(replace(reading.layout, month_first=not reading.layout.month_first))
        once()
        if reading.tally.cells_not_read < unread:
            return


@cache
def places_take_codes() -> bool:
    """Whether what writes rows writes texts as they are coded; the engine does not."""
    try:
        from totalplace.sources.reading import holding  # noqa: F401
    except ImportError:
        return False
    return True


def keep(found: Iterable[Found], reading: Reading, place: Place) -> None:
    """Take in the rows and faults of a table, in their order."""
    dates = column_name(reading.layout, Role.DATE)
    for some in found:
        if some.block is not None:
            reading.digest.add(some.block)
        undated = (f.found for f in some.faults if f.column == dates and not f.refused)
        if len(reading.undated) < SAMPLE_ROWS:
            reading.undated.update(undated)
        if some.block is not None and places_take_codes():
            some.block.fold()
        place.add(some.block, some.faults)


def _other_way_round(reading: Reading) -> bool:
    """Whether cells that are no date one way are all dates with day and month changed over."""
    if reading.days_settled:
        return False
    first = not reading.layout.month_first
    cells = [c for c in reading.undated if not c.startswith("#")]
    swapped = [when(c, month_first=first) is not None for c in cells]
    return bool(swapped) and all(swapped) and reading.tally.last_day is not None


def outcome(reading: Reading) -> ReadTable:
    """What became of a table. Raises RuntimeError where not every row is accounted for."""
    tally = reading.tally
    if tally.accounted() != tally.rows_in:
        raise RuntimeError(
            f"{reading.named.name} {reading.named.sheet}: {tally.rows_in} rows in,"
            f" {tally.accounted()} accounted for"
        )
    differing = tuple(
        f"Row {row} gives a total of £{printed / 100:,.2f}, but the rows above it add up to"
        f" £{summed / 100:,.2f}."
        for row, printed, summed in reading.control.differing[:5]
    )
    return ReadTable(
        file=reading.named.name,
        sheet=reading.named.sheet,
        content_sha256=reading.named.content_sha256,
        encoding=reading.named.encoding,
        layout=reading.layout,
        tally=tally,
        digest=reading.digest.hexdigest(),
        period=reading.period,
        unsure=reading.layout.unsure + differing,
        notices=noticed(reading.layout, tally, last_row=tally.rows_in),
    )
