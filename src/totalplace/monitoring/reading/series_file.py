"""Any CSV or workbook of series, opened by the same guarded readers as every other file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Final

from totalplace.monitoring.rules.series_columns import Columns, by_form, found
from totalplace.monitoring.rules.series_table import About, series_of
from totalplace.monitoring.rules.watched import Watched
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.rules.forms import fit
from totalplace.outcomes.rules.indicators import Better, Indicator
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.refusal import Refused
from totalplace.sources.reading import text, workbooks
from totalplace.sources.reading.archives import Document, documents
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name
from totalplace.sources.rules.unsaved import NEXT_STEP, WHY, Unsaved, unsaved_in

_MB: Final = 2**20
# A country's indicators, monthly for ten years, are a million figures and 100 MB of text.
_BOUNDS: Final = Bounds(
    file_bytes=500 * _MB, unpacked_bytes=500 * _MB, workbook_bytes=50 * _MB,
    workbook_unpacked_bytes=500 * _MB, workbook_seconds=60, sheets=50, cells=5_000_000,
)  # fmt: skip
MOST_ROWS: Final = 2_000_000
_LONGEST_CELL: Final = 2_000  # letters
TEMPLATE: Final = (
    "series", "area", "period", "value", "numerator", "denominator", "low", "high", "unit",
    "better", "target", "matters",
)  # fmt: skip
_LOOKED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """What a file holds: its series, not yet judged; each fault at its cell; what was passed over.

    `taken` says in sentences how each table was read.
    """

    series: tuple[Watched, ...]
    faults: tuple[SheetFault, ...]
    said: tuple[str, ...] = ()


def read_series(
    source: Path | bytes, *, name: str = "", better: Better | None = None
) -> SeriesFile:  # fmt: skip
    """Every series of a file: CSV in any encoding, a workbook, packed or not.

    `better` holds for what says no direction itself. Raises Refused where the file is no table,
    damaged, hostile, larger than the bounds, or none of its tables has periods and figures.
    """
    with tempfile.TemporaryDirectory(prefix="totalplace-series-") as folder:
        scratch = Path(folder)
        if isinstance(source, bytes):
            path = scratch / (Path(shown_name(name)).name or "series.csv")
            path.write_bytes(source)
        else:
            path = source
        return _read(path, name or path.name, better, scratch)


def template() -> list[list[str]]:
    """An empty table of series as it may be given in, with one line to show how."""
    return [
        list(TEMPLATE),
        ["Waiting over 18 weeks", "Wexshire", "2026-04", "", "312", "4100", "", "", "%", "lower",
         "5", "1"],
    ]  # fmt: skip


def _read(path: Path, name: str, better: Better | None, scratch: Path) -> SeriesFile:
    said: list[str] = []
    series: list[Watched] = []
    faults: list[SheetFault] = []
    refused: list[Refused] = []
    try:
        for document in documents(path, bounds=_BOUNDS, scratch=scratch, name=name, said=said):
            for sheet, rows, unsaved in _tables(document, said):
                faults += unsaved
                about = About(sheet, _stem(document.name, sheet), definitions.marks(), _named(),
                              better)  # fmt: skip
                try:
                    columns = _columns(rows, about)
                    made, wrong, how = series_of(rows, columns, about)
                except Refused as no:
                    refused.append(no)
                    continue
                series += made
                faults += wrong
                said += [*how, *_passed(columns, sheet)]
    except OSError as error:
        raise Refused(
            f"{shown_name(name)} was not read",
            why=str(error.strerror or error).lower(),
            next_step="See that it is there and may be read",
        ) from error
    if not series and refused:
        raise refused[0]
    said += [f"{no.what}: {no.why}." for no in refused]
    at = {(one.sheet, one.cell) for one in faults if one.why == WHY}
    kept = [one for one in faults if one.why == WHY or (one.sheet, one.cell) not in at]
    return SeriesFile(tuple(series), tuple(kept), tuple(dict.fromkeys(said)))


def _columns(rows: Sequence[Sequence[str]], about: About) -> Columns:
    known = fit(definitions.shipped_forms().values(), rows[:_LOOKED_AT], about.name)
    if known is not None:
        return by_form(known)
    return found(rows, name=about.name, marks=about.marks)


def _passed(columns: Columns, sheet: str) -> list[str]:
    if not columns.passed:
        return []
    return [f"In {sheet} these columns were not read: {', '.join(columns.passed)}."]


def _named() -> dict[tuple[str, str], Indicator]:
    """Shipped indicators by the form and the measure under which tables hold them."""
    return {
        (held.form, held.measure): one
        for one in definitions.shipped_indicators().values()
        for held in one.held_as
    }


def _stem(name: str, sheet: str) -> str:
    stem = Path(name).name
    for ending in (".gz", ".csv", ".xlsx", ".txt", ".tsv", ".ods", ".xls"):
        stem = stem.removesuffix(ending)
    return sheet if sheet and sheet != name else stem


def _tables(
    document: Document, said: list[str]
) -> Iterator[tuple[str, list[list[str]], list[SheetFault]]]:
    """Each table of a document as text, and its formulas without a result as faults."""
    if document.kind == "text":
        form = text.survey(document.path)
        records = text.records(document.path, form)
        yield document.name, _bounded(records, document.name), []
        return
    sheets = workbooks.sheets(
        document.path, bounds=_BOUNDS, name=document.name, said=said, formulas=True
    )
    for sheet, rows in sheets:
        cells = [list(row) for row in rows]
        unsaved = [SheetFault(*at, WHY, NEXT_STEP) for at in unsaved_in({sheet: cells})]
        yield sheet, _bounded(([_text(cell) for cell in row] for row in cells), sheet), unsaved


def _bounded(rows: Iterator[list[str]], name: str) -> list[list[str]]:
    found = [
        [cell[:_LONGEST_CELL].replace("\x00", "") for cell in row]
        for row in islice(rows, MOST_ROWS + 1)
    ]
    if len(found) > MOST_ROWS:
        raise Refused(
            f"{name} was not read",
            why=f"it has more than {MOST_ROWS:,} rows",
            next_step="Split it into smaller files",
        )
    return found


def _text(cell: object) -> str:
    """A cell of a workbook as a person would type it; a formula without a result is blank."""
    if cell is None or isinstance(cell, Unsaved):
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
