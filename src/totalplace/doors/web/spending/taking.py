"""What is found as a file: written as it is read, so that memory does not grow with it."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from totalplace.count.queries.spending.held import Held
from totalplace.count.queries.spending.searching import (
    MOST_LINES,
    LineRow,
    PayeeRow,
    each_line,
    each_payee,
    found,
    write_lines,
    write_payees,
)
from totalplace.count.rules.words import plural
from totalplace.doors.report.columns import in_pounds
from totalplace.doors.web.count.downloads import FORMS
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.spending.asked import Asked, body_name
from totalplace.doors.web.spending.ready import file_name, named
from totalplace.refusal import Refused
from totalplace.sources.rules.outward import safe_text

Cell = str | int | Decimal | None
MOST_IN_A_BOOK: Final = 200_000  # rows of a workbook, which takes a minute to write
_AT_ONCE: Final = 500  # rows of a piece that is sent
LINES: Final = (
    "edition", "agency", "agency_name", "financial_year", "kind", "paid_on", "month", "payee",
    "payee_number", "redacted", "public_body", "public_body_name", "unit", "purpose", "detail",
    "reference", "pence", "pounds", "net_pence", "vat_pence", "gross_pence", "vat_basis",
    "service", "service_title", "economic", "confidence_percent", "what_it_is",
    "what_the_count_does", "receiver", "copy", "file", "file_sha256", "sheet", "row", "publisher",
    "licence",
)  # fmt: skip
PAYEES: Final = (
    "edition", "payee", "public_body", "public_body_name", "paid_by_bodies", "lines", "pence",
    "pounds",
)  # fmt: skip


def taken(
    reading: Reading, ready: Held, asked: Asked, form: str, *, payees_only: bool = False
) -> HttpResponseBase:
    """Everything that is found as a file. Raises Refused where it is too much for one."""
    rows = found(ready, asked.wanted).everything.rows
    most = MOST_IN_A_BOOK if form == "xlsx" else MOST_LINES
    if rows > most and not payees_only:
        other = "take CSV or Parquet, or narrow the search" if form == "xlsx" else "narrow it"
        raise Refused(
            "The file was not made",
            why=f"{plural(rows, 'line')} are found, and it can hold {most:,}",
            next_step=f"To take them all, {other}",
        )
    name = file_name(reading, "payees" if payees_only else "payments", form=form)
    what = _payees(reading, ready, asked) if payees_only else _lines(reading, ready, asked)
    return named(_FORMS[form](what), name)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is taken: its heads, its rows one by one, its origin, and how it is written at once."""

    heads: Sequence[str]
    rows: Callable[[], Iterator[Sequence[Cell]]]
    about: dict[str, str]
    writes: Callable[[Path], int]


def _lines(reading: Reading, ready: Held, asked: Asked) -> _Taken:
    told = Told(reading)
    return _Taken(
        LINES,
        lambda: map(told.line, each_line(ready, asked.wanted, sort=asked.sort)),
        _about(reading, asked),
        partial(write_lines, ready, asked.wanted, sort=asked.sort),
    )


def _payees(reading: Reading, ready: Held, asked: Asked) -> _Taken:
    told = Told(reading)
    return _Taken(
        PAYEES,
        lambda: map(told.payee, each_payee(ready, asked.wanted, sort=asked.sort)),
        _about(reading, asked),
        partial(write_payees, ready, asked.wanted, sort=asked.sort),
    )


def _about(reading: Reading, asked: Asked) -> dict[str, str]:
    row = reading.row
    return {
        "edition": row.citation,
        "digest": row.digest,
        "standing": row.standing.value,
        "search": asked.query(),
    }


class Told:
    """Tells a row with its names; each name is looked up once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._bodies: dict[str, str] = {"": ""}
        self._files = {
            (f.sha256, f.sheet): (f.document, f.publisher, f.licence) for f in reading.opened.files
        }

    def line(self, line: LineRow) -> tuple[Cell, ...]:
        """The cells of a line."""
        report, titles = self._reading.report, self._reading.report.titles
        document, publisher, licence = self._files.get((line.file, line.sheet), ("", "", ""))
        return (
            self._reading.row.citation, line.agency, report.name_of(line.agency),
            self._reading.row.year, line.kind, _day(line), _month(line), line.payee,
            line.payee_number, _yes(line.redacted), line.body, self._body(line.body), line.unit,
            line.purpose, line.detail, line.reference, line.amount_pence,
            in_pounds(line.amount_pence), line.net_pence, line.vat_pence, line.gross_pence,
            line.vat_basis, line.service, titles.service(line.service), line.economic,
            line.confidence, line.nature, line.treatment, self._body(line.receiver),
            _yes(line.copy), document, line.file, line.sheet, line.row, publisher, licence,
        )  # fmt: skip

    def payee(self, row: PayeeRow) -> tuple[Cell, ...]:
        """The cells of a payee."""
        name = row.name if row.key else "(left out by the publisher)"
        return (
            self._reading.row.citation, name, row.body, self._body(row.body), row.agencies,
            row.rows, row.pence, in_pounds(row.pence),
        )  # fmt: skip

    def _body(self, code: str) -> str:
        if code not in self._bodies:
            self._bodies[code] = body_name(self._reading, code)
        return self._bodies[code]


def _day(line: LineRow) -> str:
    is_day = line.paid_on is not None and line.precision == "day"
    return f"{line.paid_on:%Y-%m-%d}" if is_day else ""


def _month(line: LineRow) -> str:
    return f"{line.month:%Y-%m}" if line.month else ""


def _yes(said: bool) -> str:
    return "yes" if said else "no"


def _as_csv(what: _Taken) -> HttpResponseBase:
    return StreamingHttpResponse(_csv(what), content_type=FORMS["csv"][0])


def _csv(what: _Taken) -> Iterator[bytes]:
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")  # so that Excel reads names as they are written
    writer.writerow(what.heads)
    for number, row in enumerate(what.rows(), start=1):
        writer.writerow(safe_text(c) if isinstance(c, str) else c for c in row)
        if number % _AT_ONCE == 0:
            yield _emptied(text)
    yield _emptied(text)


def _emptied(text: StringIO) -> bytes:
    piece = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return piece


def _as_json(what: _Taken) -> HttpResponseBase:
    return StreamingHttpResponse(_json(what), content_type=FORMS["json"][0])


def _json(what: _Taken) -> Iterator[bytes]:
    about = json.dumps(what.about, ensure_ascii=False)
    yield f'{about[:-1]}, "rows": [\n'.encode()
    before = ""
    for some in _batches(what.rows()):
        rows = (dict(zip(what.heads, row, strict=True)) for row in some)
        piece = ",\n".join(json.dumps(r, ensure_ascii=False, default=str) for r in rows)
        yield f"{before}{piece}".encode()
        before = ",\n"
    yield b"\n]}\n"


def _batches(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    some: list[Sequence[Cell]] = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _as_book(what: _Taken) -> HttpResponseBase:
    """A workbook row by row: text as text, never a formula; nothing waits in memory."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed once it is sent
    with tempfile.TemporaryDirectory() as scratch:
        options = {
            "constant_memory": True, "tmpdir": scratch, "strings_to_formulas": False,
            "strings_to_urls": False,
        }  # fmt: skip
        book = xlsxwriter.Workbook(file, options)
        about = book.add_worksheet("About")
        for at, (name, said) in enumerate(what.about.items()):
            about.write_string(at, 0, name)
            about.write_string(at, 1, said)
        sheet = book.add_worksheet("Rows")
        sheet.freeze_panes(1, 0)
        for column, head in enumerate(what.heads):
            sheet.write_string(0, column, head)
        for at, row in enumerate(what.rows(), start=1):
            _write(sheet, at, row)
        book.close()
    file.seek(0)
    return FileResponse(file, content_type=FORMS["xlsx"][0])


_LONGEST: Final = 32_767  # letters that a cell of a workbook can hold (ECMA-376)


def _write(sheet: Any, at: int, row: Sequence[Cell]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(at, column, cell[:_LONGEST])
        elif cell is not None:
            sheet.write_number(at, column, cell)


def _as_parquet(what: _Taken) -> HttpResponseBase:
    """As the engine writes it: codes, not names, with whole numbers as such."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        what.writes(path)
        file: IO[bytes] = path.open("rb")  # read on when its name is gone, closed once sent
    return FileResponse(file, content_type=FORMS["parquet"][0])


_FORMS: Final[dict[str, Callable[[_Taken], HttpResponseBase]]] = {
    "csv": _as_csv, "xlsx": _as_book, "json": _as_json, "parquet": _as_parquet,
}  # fmt: skip
