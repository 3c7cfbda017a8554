"""A line: as it was published, as it was read, where it stands, and how it was counted and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from totalplace.count.queries.spending.held import Held
from totalplace.count.queries.spending.reasons import Reasons, reasons
from totalplace.count.queries.spending.searching import LineRow, lines_at
from totalplace.count.rules.rulings import Ruling
from totalplace.count.rules.whole_place.beside import FileTold
from totalplace.doors.report.whole.tables import Row, table, words
from totalplace.doors.web.count.opening import Reading, home
from totalplace.doors.web.count.page import Link, Page, Part, exact, linked
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.asked import KINDS, body_name
from totalplace.doors.web.spending.ready import named, nameless, paged, with_payments
from totalplace.doors.web.spending.searching import REDACTED, when_said
from totalplace.doors.web.spending.taking import LINES, Told
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.sources import queries as sources
from totalplace.sources.definitions.licences import is_open
from totalplace.sources.queries import PublishedRow, ReadingRow

_OPENED_BYTES = 30 * 2**20  # of a file that is opened again while somebody waits
_ROLES = {
    "date": "day of payment", "payee": "payee", "payee_number": "number of the payee",
    "amount": "the sum", "net": "sum without VAT", "vat": "VAT", "gross": "sum with VAT",
    "unit": "unit that paid", "purpose": "purpose", "detail": "detail",
    "reference": "reference", "kind": "kind of line", "month": "month", "year": "year",
}  # fmt: skip
_COPY = (
    "Every cell of it is that of an earlier line of the same sheet. It may be a second payment, so "
    "it is counted; an officer may rule otherwise."
)
_NOT_OPENED = (
    "The file is not opened again for this page: it is too large, or its copy was removed when a "
    "name was erased. Its row is held as it was read, below."
)
_BASES = {"net": "without VAT", "gross": "with VAT in it"}
_TREATED = {
    "eliminated": "It is a transfer: the body that was paid is counted too, so this line is taken "
    "out of the payer’s spending and the receiver’s own spending is counted instead.",
    "passed on": "It is money that is only passed on, such as a precept or a loan: no spending of "
    "the payer.",
    "kept": "The body that was paid is outside this count, so the line stays spending of the "
    "payer.",
    "kept by an officer": "An officer ruled that it is no transfer, so the line stays spending of "
    "the payer.",
}  # fmt: skip


@with_payments
def line(
    request: HttpRequest, reading: Reading, ready: Held, file: str, row: int, form: str = ""
) -> HttpResponseBase:
    """The lines of a row of a file: one, unless an archive has several such files."""
    sheet = request.GET.get("sheet")
    found = lines_at(ready, file, row, sheet)
    if not found:
        raise Http404("This edition counts no such row of such a file.")
    page = _page(reading, found, str(sheet or ""))
    return nameless(paged(request, reading, page, form))


@with_payments
def original(
    request: HttpRequest,  # noqa: ARG001
    reading: Reading,
    ready: Held,  # noqa: ARG001
    file: str,
) -> HttpResponseBase:
    """The file itself, where its licence lets it be handed on."""
    told = _file_told(reading, file)
    copy = _copy(reading, file)
    if told is None or copy is None:
        raise Http404("This file is not handed on here.")
    response = FileResponse(copy.open("rb"), content_type="application/octet-stream")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    whole = next((r.file for r in sources.readings(sha256s=[file])), told.document)
    return nameless(named(response, _plain_name(whole, file)))


def _plain_name(name: str, file: str) -> str:
    """The name of a file in plain letters."""
    base = Path(name).name
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "-" for c in base)
    return kept.strip(" .") or file[:12]


def _file_told(reading: Reading, file: str) -> FileTold | None:
    return next((f for f in reading.opened.files if f.sha256 == file), None)


def _copy(reading: Reading, file: str) -> Path | None:
    """The copy of a file of the edition, where its licence is open and it is held."""
    told = _file_told(reading, file)
    if told is None or not is_open(told.licence):
        return None
    return sources.held_copy(home(), file)


def _page(reading: Reading, found: Sequence[LineRow], sheet: str) -> Page:
    first = found[0]
    parts: list[Part] = []
    for one in found:
        parts += _parts(reading, one)
    payee = REDACTED if first.redacted else first.payee or "nobody who is named"
    payer = reading.report.name_of(first.agency)
    told = Told(reading)
    says = (
        ""
        if len(found) == 1
        else (f" {len(found)} files of one archive have such a row; each is shown.")
    )
    return Page(
        title=f"{pounds(first.amount_pence)} from {payer} to {payee}",
        lead=f"One line that {payer} published: {when_said(first)}, row {first.row} of a file that "
        f"is held as it was published.{says}",
        at=("payments", first.file, str(first.row)),
        parts=tuple(parts),
        exact=exact(
            reading, LINES[1:], [tuple("" if c is None else c for c in told.line(one)[1:])
                                 for one in found]),
        crumbs=(Link(VIEWS["payments"], reading.to("payments")),),
        query=urlencode({"sheet": sheet}) if sheet else "",
    )  # fmt: skip


def _parts(reading: Reading, one: LineRow) -> Iterator[Part]:
    readings = [r for r in sources.readings(sha256s=[one.file]) if r.sheet == one.sheet]
    year = FinancialYear.parse(reading.row.year)
    why = reasons(one, reading.row.place, year, reading.opened.rulings)
    yield _counted(reading, one, why)
    yield from _published(one, readings)
    yield _read(reading, one, readings)
    yield _stands(reading, one)


def _counted(reading: Reading, one: LineRow, why: Reasons) -> Part:
    """How it was counted, and why."""
    titles = reading.report.titles
    notes = [("What it was for", _purpose_said(reading, one, why))]
    if one.body:
        who = body_name(reading, one.body)
        because = f" ({why.body})" if why.body else ""
        notes.append(("Who was paid", f"{who}, a public body{because}."))
        nature = f"{why.nature_title}: {why.nature}. " if why.nature else f"{why.nature_title}. "
        notes.append(("Transfer or not", nature + _TREATED.get(one.treatment, "")))
        if one.receiver != one.body:
            notes.append(("Whose money it is", body_name(reading, one.receiver)))
    else:
        notes.append(("Transfer or not", "No: the payee is taken for no public body."))
    if one.copy:
        notes.append(("A copy", _COPY))
    notes += [("Ruling", _ruling_said(ruling)) for ruling in why.rulings]
    if one.kind != "payment":
        notes.append(("Kind", f"{KINDS_SAID[one.kind]} are in no total of payments."))
    links = [
        Link(f"All that was spent on {titles.service(one.service).lower()}",
             reading.to("purposes", one.service)),
        Link(f"All that {reading.report.name_of(one.agency)} spent",
             reading.to("agencies", one.agency)),
    ]  # fmt: skip
    if one.payee_key:
        links.append(Link("All that this payee was paid", reading.to("payees", one.payee_key)))
    return Part("How it was counted, and why", notes=tuple(notes), links=tuple(links))


KINDS_SAID = {kind.value: text for kind, text in KINDS.items()}


def _purpose_said(reading: Reading, one: LineRow, why: Reasons) -> str:
    title = reading.report.titles.service(one.service)
    sure = f" In {one.confidence} of 100 such cases that is right." if one.confidence else ""
    economic = {"revenue": " A running cost.", "capital": " Building, or buying to keep."}
    return f"{title}: {why.purpose}.{sure}{economic.get(one.economic, '')}"


def _ruling_said(ruling: Ruling) -> str:
    return f"An officer ruled on its {ruling.subject}: {ruling.said}. {ruling.reason}"


def _published(one: LineRow, readings: Sequence[ReadingRow]) -> Iterator[Part]:
    """The cells of the row as the file has them, each with its address."""
    rows = [
        row
        for row in sources.published_rows(home(), one.file, one.row, most_bytes=_OPENED_BYTES)
        if row.sheet == one.sheet
    ]
    if not rows:
        yield Part("As it was published", says=(_NOT_OPENED,))
    for row in rows:
        roles = _roles(next((r for r in readings if r.document == row.document), None))
        yield Part(
            "As it was published" if len(rows) == 1 else f"As it was published in {row.document}",
            table=linked(
                table(
                    "Table of the cells of the row",
                    f"Each cell of row {one.row}, as the file has it."
                    + (" The publisher left the payee out." if one.redacted else ""),
                    ["Cell", "<Heading", "<What is published", "<Read as"],
                    _cells(one, row, roles),
                    look="tp-cells",
                )
            ),
        )


def _roles(reading: ReadingRow | None) -> dict[str, tuple[str, str]]:
    """By the letters of a column: its heading, and what it was read as."""
    columns: Mapping[str, Mapping[str, Any]] = reading.columns if reading else {}
    return {
        str(said["column"]): (str(said["header"]), _ROLES.get(role, role.replace("_", " ")))
        for role, said in columns.items()
    }


def _cells(one: LineRow, row: PublishedRow, roles: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    for at, cell in enumerate(row.cells):
        letters = _letters(at)
        heading, role = roles.get(letters, ("", ""))
        if cell or role:
            yield Row(
                f"{letters}{one.row}",
                (words(heading or "–"), words(cell or "(empty)"), words(role or "not used")),
            )


def _letters(at: int) -> str:
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _read(reading: Reading, one: LineRow, readings: Sequence[ReadingRow]) -> Part:
    """What was read of it, and what that means."""
    shown = [
        ("Paid by", reading.report.name_of(one.agency)),
        ("Payee", REDACTED if one.redacted else one.payee or "none was published"),
        ("Number of the payee", one.payee_number),
        ("Sum", f"{pounds(one.amount_pence)}, {_BASES.get(one.vat_basis, 'VAT not said')}"),
        ("Sum without VAT", _sum(one.net_pence)),
        ("VAT", _sum(one.vat_pence)),
        ("Sum with VAT", _sum(one.gross_pence)),
        ("When", _when(one)),
        ("Unit that paid", one.unit),
        ("Purpose", one.purpose),
        ("Detail", one.detail),
        ("Reference", one.reference),
        ("Kind of line", KINDS_SAID.get(one.kind, one.kind)),
    ]
    unsure = sorted({said for r in readings for said in r.unsure})
    return Part(
        "As it was read",
        says=tuple(unsure),
        notes=tuple((name, said) for name, said in shown if said),
    )


def _sum(pence: int | None) -> str:
    return "" if pence is None else pounds(pence)


def _when(one: LineRow) -> str:
    said = when_said(one)
    if one.precision == "day" or said == "No date":
        return said
    return f"{said} (the day is not published)"


def _stands(reading: Reading, one: LineRow) -> Part:
    """The file, and how whoever doubts it can check."""
    told = next(
        (f for f in reading.opened.files if (f.sha256, f.sheet) == (one.file, one.sheet)), None
    )
    notes = [
        ("File", told.document if told else one.file[:12]),
        ("Sheet", one.sheet),
        ("Row", str(one.row)),
        ("Publisher", (told.publisher if told else "") or reading.report.name_of(one.agency)),
        ("Licence", (told.licence if told else "") or "not said by whoever added the file"),
        ("Taken on", f"{told.taken_on:%Y-%m-%d}" if told and told.taken_on else ""),
        ("Hash of the file (SHA-256)", one.file),
        ("In this count", f"edition {reading.row.citation}"),
    ]
    links = [Link("Every file of this edition", reading.to("sources"))]
    if _copy(reading, one.file) is not None:
        at = reading.to("payments", one.file, "original")
        links.insert(0, Link("Take the file itself", at, "as it is held"))
        says = (
            "Open the file, go to the row, and compare. The hash tells whether it is the same file."
        )
    else:
        says = (
            "The file is not handed on here, because no licence that lets us is noted. Ask its "
            "publisher for it; the hash tells whether it is the same file."
        )
    return Part(
        "Where it stands",
        says=(says,),
        notes=tuple((name, said) for name, said in notes if said),
        links=tuple(links),
    )
