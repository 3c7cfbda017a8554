"""Who shows what of a pool, one partner's own book, and the statements as files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from totalplace.doors.report.pool import csv_of, workbook_of
from totalplace.doors.web.jinja import day
from totalplace.doors.web.ledger.partners.forms import AsOf
from totalplace.doors.web.ledger.partners.seeing import (
    Seen,
    may_give,
    may_read_partner,
    names,
    read,
    read_partner,
    seen,
    the_year,
)
from totalplace.doors.web.showing import officers_only, show
from totalplace.ledger import queries
from totalplace.ledger.definitions.reading import treatments
from totalplace.ledger.queries import partners as shown
from totalplace.ledger.queries import partners_returns as returns
from totalplace.ledger.queries.partners_ledgers import partner_ledgers
from totalplace.ledger.rules.figures import Table

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STATEMENTS: Final = {
    "memorandum": "Memorandum account",
    "trial-balance": "Trial balance",
    "grants": "Grant returns, line by line",
    "partners": "Who shows what",
}


@require_safe
def every(request: HttpRequest, book: str) -> HttpResponse:
    """Who shows what of a pool, equal to the pool; to anybody as of the last closed day."""
    this = seen(request, book)
    form = AsOf(request.GET or None)
    asked = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    by_day = asked if this.reads else this.closed
    table = None
    if this.reads or this.closed:
        table = returns.who_shows_what(book, day=by_day)
    explained, sources = treatments()
    said = {
        "this": this,
        "table": table,
        "day": by_day,
        "form": form,
        "arrangements": shown.arrangements(book)[::-1] if this.reads else [],
        "partners": [
            (code, names().get(code, code))
            for code in shown.partners(book) if may_read_partner(this, code)
        ],
        "names": names(),
        "lines": {one.code: one.title for one in queries.lines(book)},
        "treatments": explained,
        "sources": sources,
        "statements": _STATEMENTS,
    }  # fmt: skip
    return show(request, "ledger/partners/every.html", said)


@officers_only
@require_safe
def one(request: HttpRequest, book: str, agency: str) -> HttpResponse:
    """What one partner shows of a pool in its own accounts, year by year."""
    this = read_partner(request, book, agency)
    found = shown.partner_books(book).get(agency)
    tables = []
    if found is not None:
        years = sorted({account.year for account in found.balances}, reverse=True)
        tables = [returns.partner_account(book, agency, year) for year in years]
    said = {
        "this": this,
        "agency": agency,
        "name": names()[agency],
        "tables": tables,
        "ledgers": partner_ledgers(book, agency),
        "may_give": may_give(this, agency),
        "treatments": _treated(book, agency),
    }
    return show(request, "ledger/partners/one.html", said)


@officers_only
@require_safe
def statement(request: HttpRequest, book: str, year: int, name: str, form: str) -> HttpResponseBase:
    """A statement of a year of a pool as XLSX or CSV."""
    this = read(request, book)
    label = the_year(this, year).label
    if name not in _STATEMENTS:
        raise Http404
    return sent(_tables(this, year, name), f"{name}-{book}-{label}", form)


@officers_only
@require_safe
def partner_statement(
    request: HttpRequest, book: str, agency: str, year: int, form: str
) -> HttpResponseBase:
    """What one partner shows of a year of a pool, as XLSX or CSV."""
    this = read_partner(request, book, agency)
    label = the_year(this, year).label
    table = returns.partner_account(book, agency, year)
    return sent([table], f"{agency}-{book}-{label}", form)


def sent(tables: list[Table], name: str, form: str) -> HttpResponse:
    """Tables as a file to take away. Raises Http404 for another form than XLSX or CSV."""
    return file_of(name, form, xlsx=lambda: workbook_of(tables), csv=lambda: csv_of(tables))


def file_of(
    name: str, form: str, *, xlsx: Callable[[], bytes], csv: Callable[[], str]
) -> HttpResponse:
    """A file to take away. Raises Http404 for another form than XLSX or CSV."""
    if form not in ("xlsx", "csv"):
        raise Http404
    if form == "xlsx":
        answer = HttpResponse(xlsx(), content_type=_XLSX)
    else:
        answer = HttpResponse(csv(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _tables(this: Seen, year: int, name: str) -> list[Table]:
    book = this.book.code
    match name:
        case "memorandum":
            return returns.memorandum_account(book, year)
        case "trial-balance":
            return returns.trial_balances(book)
        case "grants":
            return returns.grant_returns(book, year)
        case _:
            return [returns.who_shows_what(book)]


def _treated(book: str, agency: str) -> list[tuple[str, str]]:
    """How a partner shows the money, line by line, as it is arranged today."""
    titles = {one.code: one.title for one in queries.lines(book)}
    explained = treatments()[0]
    found = []
    for row in shown.arrangements(book):
        for part in row.arrangement.parts:
            if part.agency == agency:
                of = titles.get(row.arrangement.line, "Every other line")
                begins = f"{of}, from {day(row.arrangement.first_day)}"
                found.append((begins, f"{part.treatment}: {explained[part.treatment].shows}"))
    return found[::-1]
