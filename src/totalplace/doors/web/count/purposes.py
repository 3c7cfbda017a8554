"""By purpose: every service, one service across bodies, and who decides on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import Http404
from markupsafe import Markup

from totalplace.count.rules.purposes.services import Decides
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.doors.report.whole import drawn, grouping, purpose
from totalplace.doors.report.whole.grouping import DIVISIONS, title_of
from totalplace.doors.report.whole.headline import headline
from totalplace.doors.report.whole.said import DECIDES, DECIDES_MEANS, INCOMES
from totalplace.doors.report.whole.tables import Row, money, plain, table, words
from totalplace.doors.report.whole.writing import marked
from totalplace.doors.web.count.onward import payments_of
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link, Linked, Page, Part, exact_lines, linked
from totalplace.doors.web.count.whole import decides_part, purpose_href, total_said


def purposes_page(reading: Reading) -> Page:
    """Every purpose, and the same by the divisions of national accounts."""
    report, whole = reading.report, reading.whole
    return Page(
        title="What the money is spent on",
        lead=headline(report).sentence,
        at=("purposes",),
        parts=tuple(_by_purpose(reading)),
        exact=exact_lines(reading, marked(whole)),
    )


def _by_purpose(reading: Reading) -> Iterator[Part]:
    report, whole = reading.report, reading.whole
    rule = str(whole.income)
    yield Part(
        "By purpose",
        table=services_linked(reading, whole.lines),
        picture=Markup(drawn.areas(report)),  # noqa: S704 - made safe where it is drawn
        in_all=total_said(reading),
        says=(purpose.check(report),),
    )
    divisions = sorted(grouping.by_division(report, whole.lines), key=lambda s: s.name or "99")
    yield Part(
        "By division of national accounts (COFOG)",
        table=linked(
            purpose.divisions(report, whole.lines),
            explains=[reading.explain(rule=rule, division=s.name or "none") for s in divisions],
            foot=reading.explain(rule=rule),
        ),
    )
    if whole.income is Income.NET and whole.gross_lines:
        found = grouping.by_service(report, whole.gross_lines)
        yield Part(
            "What published payments were for",
            says=(
                (
                    "These sums are gross and from published payments. They are never added to the "
                    "net sums above: most of this money is in them already."
                ),
            ),
            table=linked(
                purpose.paid_for(report),
                [purpose_href(reading, s.name) for s in found],
                [reading.explain(rule="gross", service=s.name) for s in found],
                foot=reading.explain(rule="gross"),
            ),
        )


def services_linked(reading: Reading, lines: Sequence[Line]) -> Linked:
    """The table by purpose, with its links."""
    report, rule = reading.report, str(reading.whole.income)
    found = grouping.by_service(report, lines)
    return linked(
        purpose.services(report, lines),
        [purpose_href(reading, s.name) for s in found],
        [reading.explain(rule=rule, service=s.name or "none") for s in found],
        foot=reading.explain(rule=rule),
    )


def purpose_page(reading: Reading, code: str) -> Page:
    """One purpose: which bodies spend on it, who decides, and what was paid for it."""
    report, whole = reading.report, reading.whole
    net = [x for x in whole.lines if report.service_of(x) == code]
    gross = [x for x in whole.gross_lines if x.service == code]
    if not net and not gross:
        raise Http404("This edition has no such purpose.")
    title = title_of(report, code)
    parts = list(_of_purpose(reading, code, net, gross))
    in_total = [(x, True) for x in net]
    beside = [(x, False) for x in gross] if whole.income is Income.NET else []
    return Page(
        title=title,
        lead=f"What is spent on this for {whole.place_name} in {whole.year}, and by whom.",
        at=("purposes", code),
        parts=tuple(parts),
        exact=exact_lines(reading, [*in_total, *beside]),
        crumbs=(Link("By purpose", reading.to("purposes")),),
    )


def _of_purpose(
    reading: Reading, code: str, net: Sequence[Line], gross: Sequence[Line]
) -> Iterator[Part]:
    report = reading.report
    if net:
        yield Part(
            "Who spends it",
            says=(INCOMES[reading.whole.income],),
            table=bodies_linked(reading, net, service=code),
        )
    service = report.titles.services.get(code)
    if service is not None:
        division = DIVISIONS.get(service.cofog[:2], "")
        yield Part(
            "Who decides",
            says=(
                f"{DECIDES[service.decides]}. {DECIDES_MEANS[service.decides]}",
                service.why,
                f"In national accounts: {service.cofog} {division}." if service.cofog else "",
            ),
        )
    if gross and reading.whole.income is Income.NET:
        yield Part(
            "Published payments for this",
            says=("Gross, and never added to the sums above.",),
            table=bodies_linked(reading, gross, service=code, rule=Income.GROSS),
            links=payments_of(reading, service=code),
        )


def bodies_linked(
    reading: Reading, lines: Sequence[Line], *, rule: Income | None = None, service: str = ""
) -> Linked:
    """A table of bodies for some lines, with its links."""
    report = reading.report
    said = str(rule or reading.whole.income)
    found = grouping.by_agency(lines)
    return linked(
        purpose.agencies(report, lines),
        [reading.to("agencies", s.name) for s in found],
        [reading.explain(rule=said, agency=s.name, service=service) for s in found],
        foot=reading.explain(rule=said, service=service),
    )


def decides_page(reading: Reading) -> Page:
    """Who decides, and under each the purposes with the reason for that reading."""
    report, whole = reading.report, reading.whole
    found = grouping.by_decides(report, whole.lines)
    parts = [decides_part(reading)]
    parts += [_decided(reading, Decides(same.name), same.lines) for same in found]
    return Page(
        title="Who decides what is spent",
        lead="A proposed reading, purpose by purpose, and not an official one: it tells what a "
        "place may change by itself, what a department could let it decide, and what is decided "
        "for everybody.",
        at=("decides",),
        parts=tuple(parts),
        exact=exact_lines(reading, marked(whole)),
    )


def _decided(reading: Reading, who: Decides, lines: Sequence[Line]) -> Part:
    report, rule = reading.report, str(reading.whole.income)
    unit = purpose.unit_of(reading.whole.lines)
    found = grouping.by_service(report, lines)
    rows = [
        Row(
            title_of(report, s.name),
            (
                money(unit, s.pence),
                plain(unit.range_said(s.low_pence, s.high_pence)),
                words(_why(reading, s.name)),
            ),
        )
        for s in found
    ]
    made = table(
        f"Table of what is {DECIDES[who].lower()}", DECIDES_MEANS[who],
        ["Purpose", unit.name, "Range", "<Why it is read so"], rows,
    )  # fmt: skip
    return Part(
        DECIDES[who],
        table=linked(
            made,
            [purpose_href(reading, s.name) for s in found],
            [reading.explain(rule=rule, service=s.name or "none") for s in found],
        ),
    )


def _why(reading: Reading, code: str) -> str:
    service = reading.report.titles.services.get(code)
    return service.why if service else "Nothing is known of what it is for."
