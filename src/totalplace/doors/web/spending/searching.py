"""The search: a form, what is found of it in all, by body and purpose, and line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase

from totalplace.count.queries.spending.held import Held
from totalplace.count.queries.spending.searching import (
    Found,
    LineRow,
    PayeeRow,
    Summed,
    found,
    lines,
    payees,
)
from totalplace.count.rules.spending.wanted import Sort
from totalplace.count.rules.words import percent, plural, short_pounds
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link
from totalplace.doors.web.showing import show
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.asked import (
    A_PAGE,
    MOST_PAGES,
    Asked,
    asked_of,
    body_name,
    chips,
    choices,
)
from totalplace.doors.web.spending.ready import nameless, with_payments
from totalplace.doors.web.spending.taking import taken
from totalplace.money.pence import pounds

_MOST_FACETS: Final = 12
REDACTED: Final = "Left out by the publisher"


@dataclass(frozen=True, slots=True)
class Facet:
    """A part of what is found: its name, how many lines, their sum, and the address of it alone."""

    name: str
    rows: int
    pence: int
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is shown in a list."""

    line: LineRow
    when: str
    payer: str
    payee: str
    payee_href: str
    purpose: str
    marks: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in a list of pages somebody is."""

    number: int
    last: int
    total: int
    before: str
    after: str


@with_payments
def payments(
    request: HttpRequest, reading: Reading, ready: Held, form: str = ""
) -> HttpResponseBase:
    """Lines that are found, as a page or as a file of all of them."""
    asked = asked_of(request.GET)
    if form:
        return nameless(taken(reading, ready, asked, form))
    everything = found(ready, asked.wanted)
    rows = lines(ready, asked.wanted, sort=asked.sort, some=A_PAGE, skip=asked.skip)
    told = {
        **_context(reading, ready, asked, everything),
        "rows": [line_shown(reading, row) for row in rows],
        "pages": _pages(asked, everything.everything.rows),
        "here": reading.to("payments"),
        "title": VIEWS["payments"],
        "downloads": _downloads(reading.to("payments"), asked),
    }
    return nameless(show(request, "spending/payments.html", told, status=_status(asked)))


@with_payments
def every_payee(
    request: HttpRequest, reading: Reading, ready: Held, form: str = ""
) -> HttpResponseBase:
    """Payees of what is found, as a page or as a file of all of them."""
    asked = asked_of(request.GET)
    if form:
        return nameless(taken(reading, ready, asked, form, payees_only=True))
    everything = found(ready, asked.wanted)
    some = payees(ready, asked.wanted, sort=asked.sort, some=A_PAGE, skip=asked.skip)
    told = {
        **_context(reading, ready, asked, everything),
        "rows": [_payee_shown(reading, asked, row) for row in some.rows],
        "number": some.number,
        "pages": _pages(asked, some.number),
        "here": reading.to("payees"),
        "title": VIEWS["payees"],
        "sorts": (Sort.LARGEST, Sort.SMALLEST, Sort.PAYEE),
        "downloads": _downloads(reading.to("payees"), asked),
    }
    return nameless(show(request, "spending/payees.html", told, status=_status(asked)))


def _status(asked: Asked) -> int:
    return 400 if asked.errors else 200


def _context(reading: Reading, ready: Held, asked: Asked, everything: Found) -> dict[str, Any]:
    sums = everything.everything
    return {
        "reading": reading,
        "row": reading.row,
        "whole": reading.whole,
        "is_public": reading.is_public,
        "asked": asked,
        "typed": asked.typed,
        "errors": list(asked.errors),
        "wrong": {e["href"].removeprefix("#"): e["text"] for e in asked.errors},
        "choices": choices(reading, asked),
        "chips": chips(reading, asked),
        "found": everything,
        "sum_said": pounds(sums.pence),
        "says": _says(ready, asked, everything),
        "by_body": _facets(
            asked, "body", everything.by_agency, {a: reading.report.name_of(a) for a in
                                                  everything.by_agency}),
        "by_purpose": _facets(
            asked, "purpose", everything.by_service,
            {s: reading.report.titles.service(s) for s in everything.by_service}),
        "most_pages": MOST_PAGES,
        "views": payment_links(reading),
    }  # fmt: skip


def payment_links(reading: Reading) -> list[Link]:
    """The whole count, and every view of the payments behind it."""
    return [
        Link("Whole place", reading.base),
        *(Link(name, reading.to(at)) for at, name in VIEWS.items()),
    ]


def _says(ready: Held, asked: Asked, everything: Found) -> list[str]:
    """What must be known of the sum before it is used."""
    said = []
    if everything.transfer_pence and not asked.wanted.mark:
        said.append(
            f"{short_pounds(everything.transfer_pence)} of it was paid to bodies that are counted "
            "themselves, so it is no sum of what was spent: in the count each pound is counted "
            "once, at the body that spends it last."
        )
    if everything.negative_pence:
        back = short_pounds(-everything.negative_pence)
        said.append(f"Refunds and corrections of {back} are taken off it.")
    if everything.redacted_rows:
        share = percent(everything.redacted_rows, everything.everything.rows)
        said.append(
            f"The publisher left out the payee of {plural(everything.redacted_rows, 'line')} "
            f"({share}), mostly of people. They are in the sum and in no payee’s."
        )
    if ready.differs:
        said.append(
            "Since this edition was frozen, the words by which purposes are told have changed, or "
            f"a name was erased: {plural(ready.differs, 'sum')} of body and purpose would come out "
            "otherwise today. Lines and pounds are the same."
        )
    return said


def _facets(
    asked: Asked, name: str, sums: Mapping[str, Summed], names: Mapping[str, str]
) -> list[Facet]:
    found_of = [
        Facet(names[code], s.rows, s.pence, f"?{asked.query(**{name: code})}")
        for code, s in sums.items()
    ]
    ordered = sorted(found_of, key=lambda f: (-abs(f.pence), f.name))
    return ordered if len(ordered) <= _MOST_FACETS + 1 else ordered[:_MOST_FACETS]


def line_shown(reading: Reading, line: LineRow) -> Shown:
    """A line with its names and addresses."""
    return Shown(
        line=line,
        when=when_said(line),
        payer=reading.report.name_of(line.agency),
        payee=REDACTED if line.redacted else line.payee or "No payee was published",
        payee_href=reading.to("payees", line.payee_key) if line.payee_key else "",
        purpose=reading.report.titles.service(line.service),
        marks=tuple(marks_of(reading, line)),
        href=line_href(reading, line),
    )


def line_href(reading: Reading, line: LineRow) -> str:
    """The address of a line: its file's hash, its row and its sheet."""
    from urllib.parse import urlencode

    at = reading.to("payments", line.file, str(line.row))
    return f"{at}?{urlencode({'sheet': line.sheet})}" if line.sheet else at


def when_said(line: LineRow) -> str:
    """The day of a payment; or its month, or that neither is published."""
    if line.paid_on is not None and line.precision == "day":
        return f"{line.paid_on.day} {line.paid_on:%b %Y}"
    if line.month is not None:
        return f"{line.month:%b %Y}"
    return "No date"


def marks_of(reading: Reading, line: LineRow) -> Iterable[str]:
    """What is to be known of a line at a glance."""
    if line.treatment == "eliminated":
        yield f"transfer to {body_name(reading, line.receiver)}"
    elif line.treatment == "passed on":
        yield "passed on, not spent"
    elif line.body:
        yield "to a public body"
    if line.amount_pence < 0:
        yield "refund or correction"
    if line.copy:
        yield "copy of another line"


@dataclass(frozen=True, slots=True)
class PayeeShown:
    """A payee as it is shown in a list."""

    row: PayeeRow
    name: str
    href: str
    body: str


def _payee_shown(reading: Reading, asked: Asked, row: PayeeRow) -> PayeeShown:
    if not row.key:
        href = f"{reading.to('payments')}?{asked.query(only='redacted')}"
        return PayeeShown(row, "Payees left out by the publisher, together", href, "")
    body = body_name(reading, row.body) if row.body else ""
    return PayeeShown(row, row.name, reading.to("payees", row.key), body)


def _pages(asked: Asked, rows: int) -> Pages:
    last = max(1, min(-(-rows // A_PAGE), MOST_PAGES))
    at = asked.page
    return Pages(
        number=at,
        last=last,
        total=rows,
        before=_at_page(asked, at - 1) if at > 1 else "",
        after=_at_page(asked, at + 1) if at < last else "",
    )


def _at_page(asked: Asked, number: int) -> str:
    query = asked.query()
    page = f"page={number}" if number > 1 else ""
    return "?" + "&".join(part for part in (query, page) if part)


_FORMS: Final = {"csv": "CSV", "xlsx": "Excel workbook", "json": "JSON", "parquet": "Parquet"}


def _downloads(here: str, asked: Asked) -> list[tuple[str, str]]:
    query = asked.query()
    return [
        (text, f"{here}download.{form}{'?' if query else ''}{query}")
        for form, text in _FORMS.items()
    ]
