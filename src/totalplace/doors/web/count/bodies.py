"""By body: every one, and one body with its services, payments, bases and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.http import Http404
from markupsafe import Markup

from totalplace.count.rules.whole_place.flows import Flow, Treatment
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.doors.report.whole import covered, drawn, grouping, purpose
from totalplace.doors.report.whole.headline import headline
from totalplace.doors.report.whole.said import TREATMENTS, Unit
from totalplace.doors.report.whole.tables import Row, Table, money, plain, table, words
from totalplace.doors.report.whole.writing import marked
from totalplace.doors.web.count.bases import bases_part
from totalplace.doors.web.count.capital import capital_table
from totalplace.doors.web.count.held import files_part
from totalplace.doors.web.count.onward import payments_of
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link, Linked, Page, Part, exact_lines, linked
from totalplace.doors.web.count.purposes import bodies_linked
from totalplace.doors.web.count.whole import purpose_href, total_said

_GROSS: Final = (
    "Gross, after payments to other counted bodies are taken out. Never added to the sums above."
)
_MOST_FLOWS: Final = 25  # on the page; the downloads have every one


def bodies_page(reading: Reading) -> Page:
    """Every body: its sum, how well it is known, and how it was put to the place."""
    report, whole = reading.report, reading.whole
    parts = [
        Part(
            "Body by body",
            table=bodies_linked(reading, whole.lines),
            picture=Markup(drawn.streams(report)),  # noqa: S704 - made safe where it is drawn
            in_all=total_said(reading),
            notes=tuple(purpose.notes(report)),
        )
    ]
    unsure = drawn.estimates(report)
    if unsure:
        parts.append(
            Part(
                "What is not sure",
                says=("The table above gives each range; this shows the widest.",),
                picture=Markup(unsure),  # noqa: S704 - made safe where it is drawn
            )
        )
    return Page(
        title="Who spends it",
        lead=headline(report).sentence,
        at=("agencies",),
        parts=tuple(parts),
        exact=exact_lines(reading, marked(whole)),
    )


def body_page(reading: Reading, code: str) -> Page:
    """One body: what it spends for the place, from what it is read, and what it pays others."""
    whole, report = reading.whole, reading.report
    mine = [x for x in whole.lines if x.agency == code]
    gross = [x for x in whole.gross_lines if x.agency == code]
    if not mine and not gross and code not in {e.agency for e in whole.explained}:
        raise Http404("This edition has no such body.")
    name = mine[0].agency_name if mine else report.name_of(code)
    beside = [(x, False) for x in gross] if whole.income is Income.NET else []
    return Page(
        title=name,
        lead=f"What this body spends for {whole.place_name} in {whole.year}, each pound once.",
        at=("agencies", code),
        parts=tuple(_of_body(reading, code, mine, gross)),
        exact=exact_lines(reading, [*((x, True) for x in mine), *beside]),
        crumbs=(Link("By body", reading.to("agencies")),),
        more={"agency": code},
    )


def _of_body(
    reading: Reading, code: str, mine: Sequence[Line], gross: Sequence[Line]
) -> Iterator[Part]:
    whole = reading.whole
    if mine:
        yield Part("What it spends", table=_its_services(reading, code, mine), notes=_notes(mine))
    else:
        yield Part("What it spends", says=("Nothing of this body stands in the total.",))
    if gross and whole.income is Income.NET:
        yield Part(
            "What it paid, as published",
            says=(_GROSS,),
            table=_its_payments(reading, code, gross),
            links=payments_of(reading, agency=code),
        )
    building = [x for x in whole.capital_lines if x.agency == code]
    if building:
        yield Part("Building", table=capital_table(reading, building))
    yield bases_part(reading, code)
    yield from _flows(reading, code)
    yield _held(reading, code)
    yield files_part(reading, code)


def _its_services(reading: Reading, code: str, mine: Sequence[Line]) -> Linked:
    report, rule = reading.report, str(reading.whole.income)
    found = grouping.by_service(report, mine)
    return linked(
        purpose.services(report, mine),
        [purpose_href(reading, s.name) for s in found],
        [reading.explain(rule=rule, agency=code, service=s.name or "none") for s in found],
        foot=reading.explain(rule=rule, agency=code),
    )


def _its_payments(reading: Reading, code: str, gross: Sequence[Line]) -> Linked:
    report, unit = reading.report, purpose.unit_of(gross)
    found = grouping.by_service(report, gross)
    rows = [Row(grouping.title_of(report, s.name), (money(unit, s.pence),)) for s in found]
    foot = Row("All", (money(unit, sum(x.pence or 0 for x in gross)),))
    heads = ["Purpose", unit.name]
    made = table("Table of payments by purpose", "Gross.", heads, rows, foot=foot, look="slim")
    return linked(
        made,
        [purpose_href(reading, s.name) for s in found],
        [reading.explain(rule="gross", agency=code, service=s.name) for s in found],
        foot=reading.explain(rule="gross", agency=code),
    )


def _notes(lines: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """What is said of the lines, once each, under the line as it was published."""
    return tuple(dict.fromkeys((x.detail or x.agency_name, x.note) for x in lines if x.note))


def _flows(reading: Reading, code: str) -> Iterator[Part]:
    """What the body pays to public bodies, and what was done with it."""
    flows = sorted(
        (f for f in reading.whole.flows if f.payer == code),
        key=lambda f: (-abs(f.pence), f.receiver),
    )
    if not flows:
        return
    unit = Unit(is_millions=False)
    out = sum(f.pence for f in flows if f.treatment is Treatment.ELIMINATED)
    said = f"Of this £{unit.said(out)} is taken out, because the receiver is counted."
    made = linked(
        _flows_table(reading, flows),
        explains=[
            reading.explain(payer=code, receiver=f.receiver, nature=f.nature)
            for f in flows[:_MOST_FLOWS]
        ],
    )
    links = (Link("All that counted bodies pay each other", reading.to("transfers")),)
    yield Part("What it pays to public bodies", (said,), made, links=links)


def _flows_table(reading: Reading, flows: Sequence[Flow]) -> Table:
    report, unit = reading.report, Unit(is_millions=False)
    rows = [
        Row(
            report.name_of(f.receiver),
            (
                words(report.titles.natures.title(f.nature)),
                words(report.titles.service(f.service)),
                plain(f"{f.rows:,}"),
                money(unit, f.pence),
                words(TREATMENTS[f.treatment]),
            ),
        )
        for f in flows[:_MOST_FLOWS]
    ]
    more = len(flows) - len(rows)
    caption = "The largest first."
    if more:
        caption += f" {more:,} more are in the downloads of transfers."
    heads = ["Paid to", "<What it is", "<For", "Payments", unit.name, "<What was done"]
    return table("Table of payments to public bodies", caption, heads, rows)


def _held(reading: Reading, code: str) -> Part:
    """How much of the body's accounts its payments come to."""
    found = [e for e in reading.whole.explained if e.agency == code]
    says = [f"{covered.explained(e)} {_months(e.months_held)}" for e in found]
    says += [f"{b.when}: {b.what}" for b in reading.whole.breaks if b.agency == code]
    return Part(
        "How much of it is seen",
        says=tuple(says) or ("Neither payments nor accounts of this body are held.",),
        links=(Link("What is held of every body", reading.to("coverage")),),
    )


def _months(held: int) -> str:
    return f"Payments of {held} of 12 months are held." if held else ""
