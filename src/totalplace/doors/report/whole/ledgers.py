"""The sheets of the whole-place workbook that list one by one: flows, returns, gaps, sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from totalplace.count.rules.whole_place.flows import Flow, left_in
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.sheets import Sheet
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.cells import money, percent_of
from totalplace.doors.report.whole.covered import explained
from totalplace.doors.report.whole.grouping import missing_bodies
from totalplace.doors.report.whole.once import Paid, paid_between
from totalplace.doors.report.whole.said import NOT_KNOWN, TREATMENTS

_FLOW: Final = (
    "Payer", "Payer’s name", "Receiver", "Receiver’s name", "Through", "Financial year starts",
    "What it is", "Service", "Kind", "Payments", "Pounds", "What was done",
)  # fmt: skip
_COVERAGE: Final = (
    "Agency", "Name", "Financial year", "Months held", "Payments £", "Of that passed on £",
    "Accounts £", "Form", "Payments over accounts %", "In words",
)  # fmt: skip
_BETWEEN: Final = (
    "What", "Body", "Service", "Counted: where", "Counted £", "Other: where", "Other £", "Why",
)  # fmt: skip


def sheets(report: Report) -> Iterator[Sheet]:
    """Eliminations, flows, what is left in, between returns, coverage, breaks, gaps, sources."""
    whole = report.whole
    yield _matrix(report)
    yield Sheet("Flows", _FLOW, [_flow(report, f) for f in whole.flows], frozen=2)
    yield Sheet("Left in", _FLOW, [_flow(report, f) for f in left_in(whole.flows)], frozen=2)
    yield Sheet("Between returns", _BETWEEN, _between_returns(report))
    yield Sheet("Coverage", _COVERAGE, _coverage(report), frozen=2)
    heads: tuple[str, ...] = ("Agency", "Name", "When", "What changed", "Pounds")
    breaks: list[list[Cell]] = [
        [b.agency, b.agency_name, b.when, b.what, _or_empty(b.pence)] for b in whole.breaks
    ]
    yield Sheet("Breaks", heads, breaks)
    heads = ("Agency", "Name", "Of what", "Least £", "Most £", "Why, and how it is estimated")
    yield Sheet("Missing", heads, _missing(report))
    heads = ("File", "Read as", "Publisher", "Licence", "SHA-256")
    sources = [
        [s.document, s.what, s.publisher or NOT_KNOWN, s.licence or NOT_KNOWN, s.sha256]
        for s in whole.sources
    ]
    yield Sheet("Sources", heads, sources)
    yield from _where_given(report)


def _matrix(report: Report) -> Sheet:
    """Payers in rows and receivers in columns, with sums; empty where nothing was paid."""
    paid = paid_between(report)
    names = [report.name_of(r) for r in paid.receivers]
    rows = [_payer(report, paid, payer) for payer in paid.payers]
    sums: list[Cell] = [in_pounds(paid.to_receiver(r)) for r in paid.receivers]
    rows.append(["", "All", *sums, in_pounds(sum(paid.pence.values()))])
    return Sheet("Eliminations matrix", ("Payer", "Name", *names, "All"), rows, frozen=2)


def _payer(report: Report, paid: Paid, payer: str) -> list[Cell]:
    sums = [_or_empty(paid.pence.get((payer, receiver))) for receiver in paid.receivers]
    return [payer, report.name_of(payer), *sums, in_pounds(paid.by_payer(payer))]


def _or_empty(pence: int | None) -> Cell:
    return "" if pence is None else in_pounds(pence)


def _flow(report: Report, f: Flow) -> list[Cell]:
    return [
        f.payer, report.name_of(f.payer), f.receiver, report.name_of(f.receiver),
        report.name_of(f.through) if f.through else "", NOT_KNOWN if f.year_start is None
        else str(f.year_start), report.titles.natures.title(f.nature),
        report.titles.service(f.service), f.economic, f.rows, in_pounds(f.pence),
        TREATMENTS[f.treatment],
    ]  # fmt: skip


def _between_returns(report: Report) -> Iterator[list[Cell]]:
    whole, title = report.whole, report.titles.service
    for t in whole.taken_out:
        yield [
            "In two returns", t.left_out_of, title(t.service), ", ".join(t.counted_at),
            in_pounds(t.counted_pence), t.left_out_of, in_pounds(t.left_out_pence), t.why,
        ]  # fmt: skip
    for d in whole.disagreements:
        yield [
            "Returns disagree", d.body_name, title(d.service), d.used_form,
            in_pounds(d.used_pence), d.other_form, in_pounds(d.other_pence), "The first is counted",
        ]  # fmt: skip
    for c in whole.matrix.disagreements:
        yield [
            "Payer and receiver disagree", report.name_of(c.payer), "", report.name_of(c.payer),
            in_pounds(c.paid_pence), report.name_of(c.receiver), money(c.received_pence),
            "The payer’s sum is taken out of payments",
        ]  # fmt: skip
    for checked in whole.checked:
        yield ["Checked, no overlap", "", checked.what, "", "", "", "", checked.why]


def _coverage(report: Report) -> Iterator[list[Cell]]:
    for e in report.whole.explained:
        yield [
            e.agency, e.agency_name, e.year, e.months_held, money(e.payments_pence),
            in_pounds(e.passed_on_pence), money(e.accounts_pence), e.form,
            percent_of(e.payments_pence, e.accounts_pence), explained(e),
        ]  # fmt: skip


def _missing(report: Report) -> Iterator[list[Cell]]:
    lines = report.whole.lines
    for x in lines:
        if x.pence is None:
            of = report.titles.service(x.service) if report.service_of(x) else "all its services"
            yield [x.agency, x.agency_name, of, money(x.low_pence), money(x.high_pence), x.note]
    listed = {x.agency for x in lines}
    for code, name in missing_bodies(report).items():
        if code not in listed:
            yield [code, name, "all its services", NOT_KNOWN, NOT_KNOWN, "Nothing of it is held."]


def _where_given(report: Report) -> Iterator[Sheet]:
    """Sheets that stand only where their matter was given: changes, similar places, themes."""
    if report.changes:
        rows: list[list[Cell]] = [
            [c.agency, report.name_of(c.agency), p.kind, p.what, in_pounds(p.pence)]
            for c in report.changes
            for p in c.parts
        ]
        yield Sheet("Why payments changed", ("Agency", "Name", "Kind", "What", "More by £"), rows)
    if report.similar:
        heads = ("Place", "Year", "Pounds", "People", "Rule", "What to mind", "Source")
        beside: list[list[Cell]] = [
            [s.name, s.year, money(s.pence), NOT_KNOWN if s.people is None else s.people, s.rule,
             s.why, s.source]
            for s in report.similar
        ]  # fmt: skip
        yield Sheet("Similar places", heads, beside)
    if report.themes is not None:
        shared: list[list[Cell]] = [
            [theme or "in no theme", line.agency_name, report.titles.service(line.service),
             in_pounds(pence)]
            for line in report.whole.lines
            for theme, pence in report.themes.shared(line).items()
        ]  # fmt: skip
        yield Sheet("Themes", ("Theme", "Body", "Service", "Pounds"), shared)
