"""One payee: what each body paid it, for what and when, and under which names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase

from totalplace.count.queries.spending.held import Held
from totalplace.count.queries.spending.reasons import why_public
from totalplace.count.queries.spending.searching import (
    Found,
    Spelling,
    Summed,
    found,
    lines,
    spellings,
)
from totalplace.count.rules.spending.wanted import Sort, Wanted
from totalplace.count.rules.words import month_name, plural
from totalplace.doors.report.columns import in_pounds
from totalplace.doors.report.whole.said import Unit
from totalplace.doors.report.whole.tables import Cell, Row, Table, money, plain, table, words
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link, Linked, Page, Part, exact, linked
from totalplace.doors.web.showing import now, who
from totalplace.doors.web.spending import VIEWS
from totalplace.doors.web.spending.asked import body_name
from totalplace.doors.web.spending.pictures import months_drawn
from totalplace.doors.web.spending.ready import nameless, paged, with_payments
from totalplace.doors.web.spending.searching import line_href, when_said
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_MOST_LINES = 25
_POUNDS = Unit(is_millions=False)
_EXACT = (
    "agency", "agency_name", "service", "service_title", "month", "lines", "pence", "pounds",
)  # fmt: skip


@with_payments
def payee(
    request: HttpRequest, reading: Reading, ready: Held, key: str, form: str = ""
) -> HttpResponseBase:
    """A payee's page, or a file of its sums."""
    names = spellings(ready, key)
    if not names:
        raise Http404("Nobody of this address was paid in this edition.")
    told = found(ready, Wanted(payee=key))
    page = _page(request, reading, ready, key, (names, told))
    return nameless(paged(request, reading, page, form))


def _page(
    request: HttpRequest,
    reading: Reading,
    ready: Held,
    key: str,
    told: tuple[Sequence[Spelling], Found],
) -> Page:
    names, sums = told
    name = names[0].payee
    sum_said = pounds(sums.everything.pence)
    bodies = plural(len(sums.by_agency), "body", "bodies")
    rows = [
        (
            agency, reading.report.name_of(agency), service,
            reading.report.titles.service(service), f"{month:%Y-%m}" if month else "", s.rows,
            s.pence, in_pounds(s.pence),
        )
        for (agency, service, month), s in sums.parts.items()
    ]  # fmt: skip
    return Page(
        title=name,
        lead=f"{bodies} of {reading.whole.place_name} paid this payee {sum_said} in "
        f"{reading.row.year}, in {plural(sums.everything.rows, 'line')}.",
        at=("payees", key),
        parts=(
            _recognised(request, reading, names),
            _by_agency(reading, key, sums),
            _by_service(reading, key, sums),
            _by_month(reading, sums),
            _lines(reading, ready, key),
            _names(reading, names),
        ),
        exact=exact(reading, _EXACT, rows),
        crumbs=(Link(VIEWS["payees"], reading.to("payees")),),
    )


def _recognised(request: HttpRequest, reading: Reading, names: Sequence[Spelling]) -> Part:
    """Which public body it is taken for, why, and where an officer says otherwise."""
    first = names[0]
    bodies = {s.body for s in names if s.body}
    year = FinancialYear.parse(reading.row.year)
    why = why_public(first.agency, first.payee, reading.row.place, year, reading.opened.rulings)
    because = f" ({why})" if why else ""
    if bodies:
        listed = " and ".join(sorted(body_name(reading, code) for code in bodies))
        says = f"It is taken for a public body: {listed}{because}."
        if len({s.body for s in names}) > 1:
            says += " Not under every name: see below."
    else:
        says = f"It is taken for no public body{because}."
    links = []
    by, day = who(request), now().date()
    for agency in sorted({s.agency for s in names}):
        if by is not None and places.may(by, Act.RULE, agency=agency, on=day):
            payee = next(s.payee for s in names if s.agency == agency)
            query = urlencode({"agency": agency, "payee": payee})
            links.append(
                Link(
                    f"Rule on what {reading.report.name_of(agency)} paid it",
                    f"/count/rulings/new?{query}",
                )
            )
    return Part("Who this is", says=(says,), links=tuple(links))


def _by_agency(reading: Reading, key: str, sums: Found) -> Part:
    ordered = sorted(sums.by_agency.items(), key=lambda one: (-one[1].pence, one[0]))
    rows = [_row(reading.report.name_of(agency), summed) for agency, summed in ordered]
    hrefs = [f"{reading.to('payments')}?{urlencode({'body': a, 'payee': key})}" for a, _ in ordered]
    made = _table("Who paid", "What each body paid, refunds taken off.", rows, sums.everything)
    return Part("Who paid it", table=linked(made, hrefs))


def _by_service(reading: Reading, key: str, sums: Found) -> Part:
    ordered = sorted(sums.by_service.items(), key=lambda one: (-one[1].pence, one[0]))
    rows = [_row(reading.report.titles.service(code), summed) for code, summed in ordered]
    hrefs = [
        f"{reading.to('payments')}?{urlencode({'purpose': code, 'payee': key})}"
        for code, _ in ordered
    ]
    made = _table("What for", "As far as the words published beside it tell.", rows,
                  sums.everything)  # fmt: skip
    return Part("What it was paid for", table=linked(made, hrefs))


def _row(head: str, summed: Summed) -> Row:
    return Row(head, (plain(f"{summed.rows:,}"), money(_POUNDS, summed.pence)))


def _table(head: str, caption: str, rows: Sequence[Row], whole: Summed) -> Table:
    foot = _row("Together", whole)
    return table(f"Table: {head.lower()}", caption, [head, "Lines", "£"], rows, foot=foot,
                 look="slim")  # fmt: skip


def _by_month(reading: Reading, sums: Found) -> Part:
    """Months of the year, each body's own; then the same as a picture."""
    months = FinancialYear.parse(reading.row.year).months
    others = sorted(m for m in sums.by_month if m is not None and m not in months)
    agencies = sorted(sums.by_agency, key=lambda a: (-sums.by_agency[a].pence, a))[:4]
    by_both: dict[tuple[str, date | None], Summed] = defaultdict(Summed)
    for (agency, _, month), s in sums.parts.items():
        by_both[agency, month] += s
    listed: list[date | None] = [*months, *others]
    if None in sums.by_month:
        listed.append(None)
    rows = [
        Row(
            month_name(month) if month else "No month published",
            (
                *(_or_dash(by_both[a, month]) for a in agencies),
                _or_dash(sums.by_month.get(month, Summed())),
            ),
        )
        for month in listed
    ]
    heads = ["Month", *(reading.report.name_of(a) for a in agencies), "All bodies"]
    caption = "In pounds. A dash means that no line is published for the month."
    if len(sums.by_agency) > len(agencies):
        caption += " The four bodies that paid most have a column."
    made = table("Table by month", caption, heads, rows)
    drawn = [(m, sums.by_month[m].pence if m in sums.by_month else 0) for m in months]
    title = f"Paid in each month of {reading.row.year}"
    return Part("Month by month", table=linked(made), picture=months_drawn(title, drawn))


def _or_dash(summed: Summed) -> Cell:
    return money(_POUNDS, summed.pence) if summed.rows else plain("–")


def _lines(reading: Reading, ready: Held, key: str) -> Part:
    rows = lines(ready, Wanted(payee=key), sort=Sort.LARGEST, some=_MOST_LINES)
    made = table(
        "Table of the largest lines",
        f"The {plural(len(rows), 'largest line', 'largest lines')}. Each leads to its file and "
        "row.",
        ["When", "£", "<Who paid", "<What for", "<What is said of it"],
        [
            Row(
                when_said(row),
                (
                    money(_POUNDS, row.amount_pence),
                    words(reading.report.name_of(row.agency)),
                    words(reading.report.titles.service(row.service)),
                    words(row.detail or row.purpose or row.unit or "Nothing"),
                ),
            )
            for row in rows
        ],
    )
    every = f"{reading.to('payments')}?{urlencode({'payee': key})}"
    return Part(
        "Line by line",
        table=linked(made, [line_href(reading, row) for row in rows]),
        links=(Link("Every line of this payee", every),),
    )


def _names(reading: Reading, names: Sequence[Spelling]) -> Part:
    return Part(
        "Under which names",
        says=("Names are one payee where they differ in capitals alone.",),
        table=_names_table(reading, names),
    )


def _names_table(reading: Reading, names: Sequence[Spelling]) -> Linked:
    return linked(
        table(
            "Table of names",
            "As published.",
            ["Name", "<Published by", "<Taken for", "Lines", "£"],
            [
                Row(
                    s.payee,
                    (
                        words(reading.report.name_of(s.agency)),
                        words(body_name(reading, s.body) if s.body else "no public body"),
                        plain(f"{s.rows:,}"),
                        money(_POUNDS, s.pence),
                    ),
                )
                for s in names
            ],
        )
    )
