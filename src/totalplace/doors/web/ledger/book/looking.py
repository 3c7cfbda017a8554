"""Pages of a book: where every pound stands, what moved it, and what bounds it.

Officers of the place see all of it; anybody sees the totals of closed periods, and no posting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from totalplace.decisions.rules.days import local_day
from totalplace.doors.report import book as report
from totalplace.doors.web.showing import now, officer_of, officers_only, show, who
from totalplace.ledger import queries
from totalplace.ledger.queries import BookRow, LineRow, Touching
from totalplace.ledger.rules.accounts import Account, Heading
from totalplace.ledger.rules.limits import Limit, standing
from totalplace.ledger.rules.table import STAGES, LineSums, table, whole
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PAGE = 50
# What each stage is called, and what it is.
STAGE_WORDS = {
    Heading.UNALLOCATED: ("Not allocated", "promised, and given to nobody yet"),
    Heading.ALLOCATED: ("Allocated", "given to an agency, which has not bound it yet"),
    Heading.COMMITTED: ("Committed", "bound by an agency, and not spent yet"),
    Heading.SPENT: ("Spent", "delivered, and owed or paid"),
    Heading.RETURNED: ("Returned", "given back to its payer"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A book, who looks at it, and what they may do."""

    book: BookRow
    by: Officer | None
    reads: bool
    posts: bool
    closes: bool
    closed: date | None


@dataclass(frozen=True, slots=True)
class As:
    """As known on a day about another, as somebody asks; None: as it is now."""

    day: date | None
    known_on: date | None

    @property
    def query(self) -> str:
        """As it stands in an address."""
        said = {"day": self.day, "known_on": self.known_on}
        return urlencode({name: one.isoformat() for name, one in said.items() if one})


def today() -> date:
    """The day in England."""
    return local_day(now())


def seen(request: HttpRequest, code: str) -> Seen:
    """The book of an address. Raises Http404 where there is none."""
    try:
        row = queries.book(code)
    except Refused as refused:
        raise Http404 from refused
    by, on = who(request), now()

    def may(act: Act) -> bool:
        return places.may(by, act, agency=row.host, place=row.place, on=on)

    return Seen(
        row, by, may(Act.READ_BOOK), may(Act.POST), may(Act.CLOSE_PERIOD),
        queries.closed_until(code),
    )  # fmt: skip


def read(request: HttpRequest, code: str) -> Seen:
    """A book whose postings the officer who asks may read. Raises Refused where they may not."""
    this = seen(request, code)
    places.power(
        officer_of(request), Act.READ_BOOK, agency=this.book.host, place=this.book.place, on=now()
    )
    return this


def asked(request: HttpRequest) -> As:
    """As known on which day about which; what is no day is not asked."""

    def said(name: str) -> date | None:
        try:
            return date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return None

    return As(said("day"), said("known_on"))


def balances_for(this: Seen, when: As) -> dict[Account, int]:
    """The balances that the reader may see: all as they ask, or those of closed periods."""
    if this.reads:
        return queries.balances(this.book.code, day=when.day, known_on=when.known_on)
    if this.closed is None:
        return {}
    last = min(when.day, this.closed) if when.day else this.closed
    return queries.balances(this.book.code, day=last, known_on=when.known_on)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """The books, by place."""
    names = {one.code: one.name for one in places.places()}
    rows = [(row, names[row.place], queries.closed_until(row.code)) for row in queries.books()]
    return show(request, "ledger/book/every.html", {"rows": rows})


@require_safe
def book(request: HttpRequest, code: str) -> HttpResponse:
    """A book: where every promised pound stands, what bounds it, and what is sealed."""
    this, when = seen(request, code), asked(request)
    balances = balances_for(this, when)
    lines = {row.code: row for row in queries.lines(code)}
    rows = table(balances, lines)
    said = {
        "this": this,
        "when": when,
        "lines": lines,
        "years": by_year(rows),
        "stages": STAGES,
        "words": STAGE_WORDS,
        "names": names(),
        "limits": limits_told(queries.limits(code, today()), balances, lines)
        if this.reads else [],
        "unsealed": queries.unsealed(code) if this.reads else None,
        "sealed": queries.batches(code)[-1:] if this.reads else [],
    }  # fmt: skip
    return show(request, "ledger/book/book.html", said)


@require_safe
def line(request: HttpRequest, code: str, line: str, year: int) -> HttpResponse:
    """The colour of money: a line in a year, from its promise to its final use."""
    this, when = seen(request, code), asked(request)
    lines = {row.code: row for row in queries.lines(code)}
    if line not in lines or year not in this.book.years:
        raise Http404
    rows = [one for one in table(balances_for(this, when), lines) if (one.line, one.year) ==
            (line, year)]  # fmt: skip
    said = {
        "this": this,
        "when": when,
        "line": lines[line],
        "row": rows[0] if rows else LineSums(line, year),
        "year": FinancialYear(year).label,
        "stages": STAGES,
        "words": STAGE_WORDS,
        "names": names(),
        "moved": (Heading.CASH, Heading.DEBTOR, Heading.CREDITOR, Heading.EXPENDITURE),
    }
    return show(request, "ledger/book/line.html", said)


@officers_only
@require_safe
def postings(request: HttpRequest, code: str) -> HttpResponse:
    """The postings of a book, or those that touched an account, a page at a time."""
    this, when = read(request, code), asked(request)
    wanted = touching(request)
    after = request.GET.get("after", "0")
    start = int(after) if after.isdecimal() and len(after) < 19 else 0
    found = queries.postings(
        code, last=when.day, known_on=when.known_on, touching=wanted, after=start
    )
    rows = [row for _, row in zip(range(_PAGE + 1), found, strict=False)]
    query = {**_told(wanted), "day": when.day, "known_on": when.known_on}
    said = {
        "this": this,
        "when": when,
        "rows": rows[:_PAGE],
        "more": rows[_PAGE - 1].number if len(rows) > _PAGE else None,
        "wanted": wanted,
        "query": urlencode({name: value for name, value in query.items() if value}),
        "names": names(),
        "year": FinancialYear(wanted.year).label if wanted.year else "",
    }
    return show(request, "ledger/book/postings.html", said)


@officers_only
@require_safe
def posting(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One posting, and what turned it round."""
    this = read(request, code)
    try:
        row = queries.posting(code, number)
    except Refused as refused:
        raise Http404 from refused
    return show(request, "ledger/book/posting.html", {"this": this, "row": row, "names": names()})


@require_safe
def money_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The money of a book as CSV or XLSX, as far as the reader may see it."""
    this, when = seen(request, code), asked(request)
    rows = report.money_rows(code, balances_for(this, when))
    return _file(f"{code}-money", form, "Money", report.MONEY_HEADS, rows)


@officers_only
@require_safe
def postings_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """The postings of a book as CSV or XLSX."""
    read(request, code)
    when = asked(request)
    found = queries.postings(
        code, last=when.day, known_on=when.known_on, touching=touching(request)
    )
    rows = report.posting_rows(found)
    return _file(f"{code}-postings", form, "Postings", report.POSTING_HEADS, rows)


def _file(
    name: str, form: str, sheet: str, heads: Iterable[str], rows: Iterable[list[Any]]
) -> HttpResponse:
    if form not in _TYPES:
        raise Http404
    content = report.as_csv(heads, rows) if form == "csv" else report.as_workbook(
        sheet, heads, rows)  # fmt: skip
    answer = HttpResponse(content, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def touching(request: HttpRequest) -> Touching:
    """Of which accounts postings are asked for; what cannot be is not asked."""
    heading, year = request.GET.get("heading", ""), request.GET.get("year", "")
    said = {name: request.GET.get(name, "").replace("\0", "") for name in ("line", "agency")}
    return Touching(
        line=said["line"],
        agency=said["agency"],
        heading=Heading(heading) if heading in set(Heading) else None,
        year=int(year) if year.isdecimal() and len(year) == len("2026") else None,
    )


def names() -> dict[str, str]:
    """What each agency is called, by its code."""
    return {one.code: one.name for one in places.agencies()}


def by_year(rows: Iterable[LineSums]) -> list[tuple[str, list[LineSums], Any]]:
    """The rows of each year, with their sum."""
    found: dict[int, list[LineSums]] = {}
    for row in rows:
        found.setdefault(row.year, []).append(row)
    return [(FinancialYear(year).label, rows, whole(rows)) for year, rows in found.items()]


def limits_told(
    limits: Iterable[Limit], balances: dict[Account, int], lines: dict[str, LineRow]
) -> list[dict[str, Any]]:
    """Each limit in words, what stands under it, and how much is left."""
    called = names()
    found = []
    for limit in limits:
        of = ", ".join(lines[one].title for one in limit.lines) or "every line"
        of += f", {called.get(limit.agency, limit.agency)}" if limit.agency else ""
        of += f", {FinancialYear(limit.year)}" if limit.year else ""
        stands = None if limit.bound.of_movement else standing(limit, balances)
        found.append({"limit": limit, "of": of, "stands": stands})
    return found


def _told(wanted: Touching) -> dict[str, Any]:
    return {
        "line": wanted.line,
        "agency": wanted.agency,
        "heading": wanted.heading.value if wanted.heading else "",
        "year": wanted.year,
    }
