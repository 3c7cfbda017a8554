"""The record as an auditor reads it: searched, in pages, as files of exactly that, one by one."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final, cast

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.views.decorators.http import require_safe

from totalplace.doors.web.record.asked import PAGE, Asked, page_number, query
from totalplace.doors.web.record.links import address
from totalplace.doors.web.record.published import standing
from totalplace.doors.web.record.seeing import may, readers_only
from totalplace.doors.web.showing import show
from totalplace.places.rules.mandates import Act
from totalplace.record import queries
from totalplace.record.rules import chain, written_out
from totalplace.record.rules.chain import Entry
from totalplace.sources.rules.outward import safe_text

COLUMNS: Final = (
    "Entry", "When (UTC)", "Who", "Did", "Kind of thing", "Which", "Power", "Citing",
    "Digest of the one before", "Digest",
)  # fmt: skip
_WIDTHS: Final = (8, 28, 16, 28, 16, 28, 40, 40, 20, 20)


@require_safe
def every(request: HttpRequest) -> HttpResponseBase:
    """Entries, the latest first; to those who may not read them, how anybody can check them."""
    if not may(request, Act.READ_RECORD):
        return show(request, "record/about.html", standing(request))
    return _listed(request)


@readers_only
def _listed(request: HttpRequest) -> HttpResponse:
    form = Asked(request.GET)
    wanted = form.wanted()
    number = page_number(request)
    found = 0 if wanted is None else queries.how_many(wanted)
    last = max(1, -(-found // PAGE))
    number = min(number, last)
    entries = (
        [] if wanted is None else queries.page_of(wanted, skip=(number - 1) * PAGE, limit=PAGE)
    )
    said = {
        "form": form,
        "narrowed": bool(query(request)),
        "entries": [(entry, address(entry.about)) for entry in entries],
        "found": found,
        "first": (number - 1) * PAGE + 1,
        "number": number,
        "last": last,
        "query": query(request),
        "before": "/record/" + query(request, number - 1) if number > 1 else "",
        "after": "/record/" + query(request, number + 1) if number < last else "",
        **standing(request),
    }
    return show(request, "record/every.html", said)


@require_safe
@readers_only
def entry(request: HttpRequest, number: int) -> HttpResponseBase:
    """One entry, its digest, and how to compute that again."""
    found = _entry(number)
    said = {
        "entry": found,
        "about": address(found.about),
        "text": chain.canonical(found),
        "whole": chain.digest(found) == found.digest,
        "before": queries.entry(number - 1),
        "after": queries.entry(number + 1),
        "beginning": chain.BEGINNING,
    }
    return show(request, "record/entry.html", said)


@require_safe
@readers_only
def entry_file(request: HttpRequest, number: int) -> HttpResponseBase:  # noqa: ARG001
    """One entry as JSON."""
    return HttpResponse(written_out.line(_entry(number)) + "\n", content_type="application/json")


@require_safe
@readers_only
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every entry that a page shows, all its pages together, as a file."""
    if form not in _FORMS:
        raise Http404
    asked = Asked(request.GET)
    wanted = asked.wanted()
    if wanted is None:
        raise Http404
    media, write = _FORMS[form]
    response = write(queries.all_of(wanted))
    response["Content-Type"] = media
    response["Content-Disposition"] = f'attachment; filename="record.{form}"'
    return response


def _entry(number: int) -> Entry:
    found = queries.entry(number)
    if found is None:
        raise Http404
    return found


def _cells(entry: Entry) -> list[str | int]:
    return [
        entry.number, chain.as_time(entry.on), entry.by, entry.verb, entry.about.kind,
        entry.about.id, entry.power, entry.citing, entry.previous, entry.digest,
    ]  # fmt: skip


def _csv(entries: Iterable[Entry]) -> HttpResponseBase:
    def lines() -> Iterator[str]:
        rows: Iterable[Iterable[object]] = map(_cells, entries)
        yield "\ufeff" + _line(COLUMNS)  # without which Excel takes it for another alphabet
        for row in rows:
            yield _line(safe_text(cell) if isinstance(cell, str) else cell for cell in row)

    return StreamingHttpResponse(lines())


def _line(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _json_lines(entries: Iterable[Entry]) -> HttpResponseBase:
    return StreamingHttpResponse(f"{written_out.line(entry)}\n" for entry in entries)


def _workbook(entries: Iterable[Entry]) -> HttpResponseBase:
    import xlsxwriter  # 60 ms, needed only here

    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115  (its answer closes it)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet: Any = book.add_worksheet("Record")
        bold = book.add_format({"bold": True})
        for column, (head, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, bold)
        sheet.freeze_panes(1, 0)
        for row, entry in enumerate(entries, start=1):
            number, *words = _cells(entry)
            sheet.write_number(row, 0, number)
            for column, word in enumerate(words, start=1):
                sheet.write_string(row, column, word)
    file.seek(0)
    return FileResponse(file)


_FORMS: Final = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "jsonl": ("application/jsonl; charset=utf-8", _json_lines),
}
