"""One document, from bytes to typed rows: what its tables are taken to be, and every row read."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from totalplace.sources.reading import plain
from totalplace.sources.reading.archives import Document
from totalplace.sources.reading.block import Digest, Found, Tally, day_of
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.kinds import workbook_form
from totalplace.sources.reading.names import distinct, shown_name
from totalplace.sources.reading.noticing import noticed
from totalplace.sources.reading.spool import Spool, TableWords
from totalplace.sources.reading.text import (
    TextForm,
    last_records,
    records,
    records_of,
    survey,
    utf8_blocks,
)
from totalplace.sources.reading.workbooks import sheets
from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.dates import Period, order_of, period_of, when
from totalplace.sources.rules.layout import Cell, Layout, Role
from totalplace.sources.rules.recipes import Recipe, amended, in_force
from totalplace.sources.rules.rows import (
    Control,
    Table,
    cell_of,
    column_name,
    header_words,
    letter,
    shown,
)

SAMPLE_ROWS: Final = 2_000
# Below this the compiled reader costs more to start than it saves, and a table fits in memory.
SWIFT_BYTES: Final = 8 * 2**20
_SAMPLE_BYTES: Final = 512 * 2**10
_FEW_BYTES: Final = 4 * 2**10
_TOP: Final = 5  # rows in which a header that was met before is looked for
_KIND_WORDS: Final = re.compile(r"card|gpc|contract|commit|order", re.IGNORECASE)
_UNKNOWN_ROW: Final = 1 << 40  # the row number of a record known only to be among the last

Rows = Sequence[Sequence[Cell]]


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
class _Named:
    """Which table: the document's name, the sheet, the hashes, and how its bytes are text."""

    name: str
    sheet: str
    sha256: str
    content_sha256: str
    encoding: str


@dataclass(slots=True)
class _Reading:
    """One table while it is read."""

    named: _Named
    layout: Layout
    headers: tuple[tuple[str, ...], ...]
    period: Period | None
    days_settled: bool = False  # a recipe says which way round dates are
    tally: Tally = field(default_factory=Tally)
    digest: Digest = field(default_factory=Digest)
    control: Control = field(default_factory=Control)
    undated: set[str] = field(default_factory=set)

    def table(self) -> Table:
        return Table(self.layout, self.headers, self.control)

    def afresh(self, layout: Layout) -> None:
        """Start again with another layout."""
        self.layout, self.tally, self.digest = layout, Tally(), Digest()
        self.control, self.undated = Control(), set()


class Reader:
    """Reads documents of one agency, remembering the layouts that it has met."""

    def __init__(
        self,
        agency: str,
        *,
        bounds: Bounds,
        recipes: Sequence[Recipe] = (),
        swift: bool | None = None,
    ) -> None:
        self._agency, self._bounds, self._recipes = agency, bounds, recipes
        self._swift = swift  # None: by the size of the file
        self._known: dict[tuple[object, ...], Layout] = {}
        self.said: list[str] = []  # of the file being read: macros not run, parts passed over

    def read(
        self, document: Document, sha256: str, content_sha256: str, spool: Spool
    ) -> Iterator[ReadTable]:
        """Read every table of a document into a spool, noting the hash of its file and of itself.

        Raises Refused where the file is hostile or holds no table.
        """
        if document.kind == "text":
            yield self._read_text(document, (sha256, content_sha256), spool)
            return
        form, taken = workbook_form(document.path), set[str]()
        for written, rows in sheets(
            document.path, bounds=self._bounds, name=document.name, said=self.said
        ):
            sheet = distinct(written, taken)
            period = period_within(document.name, sheet)
            named = _Named(document.name, sheet, sha256, content_sha256, form)
            reading = self._start(named, rows, period)
            self._read_rows(lambda rows=rows: rows, reading, spool)  # type: ignore[misc]
            yield _outcome(reading)

    def _read_text(self, document: Document, hashes: tuple[str, str], spool: Spool) -> ReadTable:
        path, form = document.path, survey(document.path)
        period = period_within(document.name, "")
        named = _Named(document.name, "", *hashes, form.encoding)
        swift = form.size >= SWIFT_BYTES if self._swift is None else self._swift
        whole: list[list[str]] | None = None
        if not swift:
            whole = list(records(path, form)) if form.size < SWIFT_BYTES else None
        reading = (
            self._start(named, whole, period)
            if whole is not None
            else self._start(
                named,
                self._sample(path, form, named),
                period,
                lambda: last_records(path, form),
            )
        )
        if not (swift and self._read_swiftly(path, form, reading, spool)):
            self._read_rows(lambda: whole or records(path, form), reading, spool)
        return _outcome(reading)

    def _sample(self, path: Path, form: TextForm, named: _Named) -> list[list[str]]:
        """The first rows of a file: few where they show a layout that was met before."""
        few = _first_rows(path, form, _FEW_BYTES)
        if self._met(few, named.name, named.sheet) is not None:
            return few
        return _first_rows(path, form, _SAMPLE_BYTES)

    def _start(
        self,
        named: _Named,
        rows: Rows,
        period: Period | None,
        tail: Callable[[], Rows] = list,
    ) -> _Reading:
        """Take a layout from a table's first rows, and its last where they are asked for."""
        name, sheet = named.name, named.sheet
        sample = rows[:SAMPLE_ROWS]
        last: list[tuple[int, Sequence[Cell]]] = []
        layout = self._met(sample, name, sheet)
        if layout is None:
            after = range(max(len(rows) - 2, SAMPLE_ROWS + 1), len(rows) + 1)
            last = [(n, rows[n - 1]) for n in after]
            last = last or [(_UNKNOWN_ROW + n, row) for n, row in enumerate(tail())]
            layout = self._understood(sample, last, name, sheet)
        of_day = period.first if period else None
        recipe = in_force(self._recipes, agency=self._agency, file=name, sheet=sheet, on=of_day)
        if recipe is not None:
            layout = amended(layout, recipe, sample, name)
        settled = recipe is not None and recipe.month_first is not None
        if not settled:
            dates = (cell_of(r, layout, Role.DATE) for r in sample[layout.first_row - 1 :])
            order = order_of(list(dates), period=period)
            layout = replace(layout, month_first=order.month_first)
        by_number = dict(last)
        headers = tuple(
            header_words(by_number[n] if n in by_number else rows[n - 1])
            for n in layout.header_rows
        )
        return _Reading(named, layout, headers, period, settled)

    def _understood(
        self, sample: Rows, last: Sequence[tuple[int, Sequence[Cell]]], name: str, sheet: str
    ) -> Layout:
        """The layout of a table, kept for the next table with its header in the same place."""
        layout = understand(sample, tail=last, file=name, sheet=sheet)
        if len(layout.header_rows) == 1 and layout.header_rows[0] <= len(sample[:_TOP]):
            n = layout.header_rows[0]
            self._known[_header_key(n, sample[n - 1], name, sheet)] = layout
        return layout

    def _met(self, sample: Rows, name: str, sheet: str) -> Layout | None:
        """The layout of a header that was met before in the same place."""
        for n, row in enumerate(sample[:_TOP], start=1):
            known = self._known.get(_header_key(n, row, name, sheet))
            if known is not None:
                return known
        return None

    def _begin(self, reading: _Reading, spool: Spool) -> None:
        period = reading.period
        one_month = period is not None and (period.last - period.first).days <= 31
        spool.begin(
            TableWords(
                agency=self._agency,
                file=reading.named.sha256,
                name=reading.named.name,
                sheet=reading.named.sheet,
                vat_basis=reading.layout.vat_basis.value,
                one_month=one_month,
            )
        )

    def _read_rows(
        self, rows: Callable[[], Iterable[Sequence[Cell]]], reading: _Reading, spool: Spool
    ) -> None:
        """Read by the rules alone."""

        def once() -> None:
            self._begin(reading, spool)
            found = plain.read(rows(), reading.table(), reading.tally, reading.period)
            _keep(found, reading, spool)

        _read_with_days_right(once, reading, spool)

    def _read_swiftly(self, path: Path, form: TextForm, reading: _Reading, spool: Spool) -> bool:
        """Read by compiled loops; False, with nothing kept, where the table is not for them."""
        try:
            from totalplace.sources.reading import cutting, swift
        except ImportError:
            return False

        def once() -> None:
            self._begin(reading, spool)
            found = swift.read(
                utf8_blocks(path, form),
                form.separator,
                reading.table(),
                reading.tally,
                reading.period,
            )
            _keep(found, reading, spool)

        try:
            _read_with_days_right(once, reading, spool)
        except cutting.Unsuited:
            spool.take_back()
            reading.afresh(reading.layout)
            return False
        return True


def _read_with_days_right(once: Callable[[], None], reading: _Reading, spool: Spool) -> None:
    """Read; where unread dates are all dates with day and month changed over, keep what reads more.

    A long file may prove the order of its dates only after the rows that were looked at first.
    """
    once()
    unread = reading.tally.cells_not_read
    if not _other_way_round(reading):
        return
    for _ in range(2):
        spool.take_back()
        reading.afresh(replace(reading.layout, month_first=not reading.layout.month_first))
        once()
        if reading.tally.cells_not_read < unread:
            return


def _header_key(number: int, row: Sequence[Cell], name: str, sheet: str) -> tuple[object, ...]:
    """A header, where it stands, and the words of the file's name that tell cards from payments."""
    said = sorted({w.casefold() for w in _KIND_WORDS.findall(f"{name} {sheet}")})
    return (number, *said, *(shown(c) for c in row))


def period_within(name: str, sheet: str) -> Period | None:
    """The period a table is of, by its sheet's name within its file's."""
    of_file = period_of(name)
    return (period_of(sheet, within=of_file) if sheet else None) or of_file


def _first_rows(path: Path, form: TextForm, size: int) -> list[list[str]]:
    with path.open("rb") as file:
        head = file.read(size)
    rows = list(itertools.islice(records_of(io.BytesIO(head), form), SAMPLE_ROWS + 1))
    return rows[:-1] if len(rows) > 1 and form.size > size else rows


def _keep(found: Iterable[Found], reading: _Reading, spool: Spool) -> None:
    dates = column_name(reading.layout, Role.DATE)
    for some in found:
        if some.block is not None:
            reading.digest.add(some.block)
        undated = (f.found for f in some.faults if f.column == dates and not f.refused)
        if len(reading.undated) < SAMPLE_ROWS:
            reading.undated.update(undated)
        spool.add(some.block, some.faults)


def _other_way_round(reading: _Reading) -> bool:
    """Whether cells that are no date one way are all dates with day and month changed over."""
    if reading.days_settled:
        return False
    first = not reading.layout.month_first
    cells = [c for c in reading.undated if not c.startswith("#")]
    swapped = [when(c, month_first=first) is not None for c in cells]
    return bool(swapped) and all(swapped) and reading.tally.last_day is not None


def _outcome(reading: _Reading) -> ReadTable:
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
