"""One document, from bytes to typed rows: what its tables are taken to be, and every row read."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from totalplace.sources.reading import plain
from totalplace.sources.reading.archives import Document
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.kinds import workbook_form
from totalplace.sources.reading.names import distinct
from totalplace.sources.reading.outcome import (
    SAMPLE_ROWS,
    Named,
    Place,
    Reading,
    ReadTable,
    keep,
    outcome,
    read_with_days_right,
)
from totalplace.sources.reading.text import (
    Source,
    TextForm,
    last_records,
    opened,
    records,
    records_of,
    survey,
    utf8_blocks,
)
from totalplace.sources.reading.waiting import Waiting
from totalplace.sources.reading.workbooks import sheets
from totalplace.sources.rules.columns import understand
from totalplace.sources.rules.dates import Period, order_of, period_of
from totalplace.sources.rules.layout import Cell, Layout, Role
from totalplace.sources.rules.recipes import Recipe, amended, in_force
from totalplace.sources.rules.rows import header_words, shown

__all__ = [
    "SWIFT_BYTES",
    "Begun",
    "ReadTable",
    "Reader",
    "Task",
    "few_rows",
    "period_within",
    "read_rows",
]

# For less the compiled reader costs more to start than it saves; and a table fits in memory.
SWIFT_BYTES: Final = 8 * 2**20
_SAMPLE_BYTES: Final = 512 * 2**10
_FEW_BYTES: Final = 4 * 2**10
_TOP: Final = 5  # rows in which a header that was met before is looked for
_KIND_WORDS: Final = re.compile(r"card|gpc|contract|commit|order", re.IGNORECASE)
_UNKNOWN_ROW: Final = 1 << 40  # the row number of a record known only to be among the last

Rows = Sequence[Sequence[Cell]]


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
        self, document: Document, sha256: str, content_sha256: str, place: Place
    ) -> Iterator[ReadTable]:
        """Read every table of a document into a spool, noting the hash of its file and of itself.

        Raises Refused where the file is hostile or holds no table.
        """
        if document.kind == "text":
            yield self._read_document(document, (sha256, content_sha256), place)
            return
        form, taken = workbook_form(document.path), set[str]()
        for written, rows in sheets(
            document.path, bounds=self._bounds, name=document.name, said=self.said
        ):
            sheet = distinct(written, taken)
            period = period_within(document.name, sheet)
            named = Named(document.name, sheet, sha256, content_sha256, form)
            reading = self._start(named, rows, period)
            self._read_rows(lambda rows=rows: rows, reading, place)  # type: ignore[misc]
            yield outcome(reading)

    def begin(
        self, document: Document, hashes: tuple[str, str], form: TextForm, few: list[list[str]]
    ) -> Begun:
        """Begin to read a small text file by compiled loops; `few` are its first rows.

        What its table is taken to be is told by files that were begun before it: begin them in
        turn. Raises Refused where the file is hostile or holds no table.
        """
        path, period = document.path, period_within(document.name, "")
        named = Named(document.name, "", *hashes, form.encoding)
        is_met = self._met(few, named.name, "") is not None and not self._recipes
        rows = few
        if not is_met:
            most = None if form.size <= _SAMPLE_BYTES else SAMPLE_ROWS
            rows = list(itertools.islice(records(path, form), most))
        reading = self._start(named, rows, period, lambda: last_records(path, form))
        reading.order_is_open = is_met and not reading.days_settled

        def plainly(place: Place) -> ReadTable:
            return self._read_text(path, named, form, place)

        return Begun(reading, path, form, plainly)

    def _read_text(self, source: Source, named: Named, form: TextForm, place: Place) -> ReadTable:
        """Read a text table by the rules alone."""
        period = period_within(named.name, "")
        if form.size < SWIFT_BYTES:
            whole = list(records(source, form))
            reading = self._start(named, whole, period)
            self._read_rows(lambda: whole, reading, place)
        else:
            reading = self._start_large(source, named, form)
            self._read_rows(lambda: records(source, form), reading, place)
        return outcome(reading)

    def _read_document(
        self, document: Document, hashes: tuple[str, str], place: Place
    ) -> ReadTable:
        """Read a text file in the way that its size calls for."""
        size = document.path.stat().st_size
        swift = size >= SWIFT_BYTES if self._swift is None else self._swift
        if swift and size < SWIFT_BYTES:
            form = survey(document.path)
            begun = self.begin(document, hashes, form, few_rows(document.path, form))
            return begun.finish(read_rows(begun.task()), place)
        form = survey(document.path)
        named = Named(document.name, "", *hashes, form.encoding)
        if swift:
            reading = self._start_large(document.path, named, form)
            if _read_swiftly(document.path, form, reading, place):
                return outcome(reading)
        return self._read_text(document.path, named, form, place)

    def _start_large(self, source: Source, named: Named, form: TextForm) -> Reading:
        """Take a layout from the first rows: few where they show one that was met before."""
        rows = _first_rows(source, form, _FEW_BYTES)
        if self._met(rows, named.name, named.sheet) is None:
            rows = _first_rows(source, form, _SAMPLE_BYTES)
        period = period_within(named.name, "")
        return self._start(named, rows, period, lambda: last_records(source, form))

    def _start(
        self,
        named: Named,
        rows: Rows,
        period: Period | None,
        tail: Callable[[], Rows] = list,
    ) -> Reading:
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
            order = order_of(_dates(sample[layout.first_row - 1 :], layout), period=period)
            layout = replace(layout, month_first=order.month_first)
        by_number = dict(last)
        headers = tuple(
            header_words(by_number[n] if n in by_number else rows[n - 1])
            for n in layout.header_rows
        )
        return Reading(self._agency, named, layout, headers, period, settled)

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

    def _read_rows(
        self, rows: Callable[[], Iterable[Sequence[Cell]]], reading: Reading, place: Place
    ) -> None:
        """Read by the rules alone."""

        def once() -> None:
            place.begin(reading.words())
            found = plain.read(rows(), reading.table(), reading.tally, reading.period)
            keep(found, reading, place)

        read_with_days_right(once, reading, place)


@dataclass(frozen=True, slots=True)
class Task:
    """A table whose rows are to be read by compiled loops, in this process or in another."""

    path: Path
    form: TextForm
    agency: str
    named: Named
    layout: Layout
    headers: tuple[tuple[str, ...], ...]
    period: Period | None
    days_settled: bool
    order_is_open: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A text file that is being read: its layout is known, its rows are not yet."""

    reading: Reading
    path: Path
    form: TextForm
    plainly: Callable[[Place], ReadTable]

    def task(self) -> Task:
        """What is to be done, as it can be told to another process."""
        r = self.reading
        return Task(
            self.path, self.form, r.agency, r.named, r.layout, r.headers, r.period,
            r.days_settled, r.order_is_open,
        )  # fmt: skip

    def finish(self, read: tuple[ReadTable, Waiting] | None, place: Place) -> ReadTable:
        """Give its rows over; read by the rules alone where it was not for compiled loops."""
        if read is None:
            return self.plainly(place)
        table, rows = read
        rows.move(place)
        return table


def read_rows(task: Task) -> tuple[ReadTable, Waiting] | None:
    """Read a table's rows by compiled loops, touching nothing that other tables touch."""
    reading = Reading(
        task.agency, task.named, task.layout, task.headers, task.period, task.days_settled
    )
    reading.order_is_open = task.order_is_open
    rows = Waiting()
    if not _read_swiftly(task.path, task.form, reading, rows):
        return None
    return outcome(reading), rows


def _read_swiftly(source: Source, form: TextForm, reading: Reading, place: Place) -> bool:
    """Read by compiled loops; False, with nothing kept, where the table is not for them."""
    try:
        from totalplace.sources.reading import cutting, swift
    except ImportError:
        return False

    def once() -> None:
        place.begin(reading.words())
        settle = reading.settle if reading.order_is_open else None
        blocks = utf8_blocks(source, form)
        table, period = reading.table(), reading.period
        keep(
            swift.read(blocks, form.separator, table, reading.tally, period, settle=settle),
            reading,
            place,
        )

    try:
        read_with_days_right(once, reading, place)
    except cutting.Unsuited:
        place.take_back()
        reading.afresh(reading.layout)
        return False
    return True


def _dates(rows: Rows, layout: Layout) -> set[Cell]:
    """The different cells of a table's column of dates, None for none."""
    taken = layout.taken.get(Role.DATE)
    if taken is None:
        return {None}
    at = taken.position
    return {row[at] if at < len(row) else None for row in rows}


def _header_key(number: int, row: Sequence[Cell], name: str, sheet: str) -> tuple[object, ...]:
    """A header, where it stands, and the words of the file's name that tell cards from payments."""
    said = sorted({w.casefold() for w in _KIND_WORDS.findall(f"{name} {sheet}")})
    return (number, *said, *(shown(c) for c in row))


def period_within(name: str, sheet: str) -> Period | None:
    """The period a table is of, by its sheet's name within its file's."""
    of_file = period_of(name)
    return (period_of(sheet, within=of_file) if sheet else None) or of_file


def few_rows(source: Source, form: TextForm) -> list[list[str]]:
    """The rows in which a header that was met before is looked for."""
    return _first_rows(source, form, _FEW_BYTES)


def _first_rows(source: Source, form: TextForm, size: int) -> list[list[str]]:
    with opened(source) as file:
        head = file.read(size)
    rows = list(itertools.islice(records_of(io.BytesIO(head), form), SAMPLE_ROWS + 1))
    return rows[:-1] if len(rows) > 1 and form.size > size else rows
