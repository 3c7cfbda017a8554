"""The whole place: three sums side by side, how well each is known, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from totalplace.count.rules.whole_place.lines import Income
from totalplace.doors.report.whole import drawn, grouping, purpose
from totalplace.doors.report.whole.covered import missing_said, silent_said
from totalplace.doors.report.whole.headline import headline, three_numbers
from totalplace.doors.report.whole.writing import marked
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Figured, Link, Page, Part, exact_lines, linked
from totalplace.money.pence import pounds

MOST_ON_TOP: Final = 12  # rows of a table on the first page; its own page has them all
_NUMBERS: Final = ("place", "decided", "paid_in")


def whole_page(reading: Reading) -> Page:
    """The first page of an edition."""
    report, whole = reading.report, reading.whole
    return Page(
        title=f"What public bodies spend for {whole.place_name}, {whole.year}",
        lead=headline(report).sentence,
        at=(),
        parts=tuple(_parts(reading)),
        exact=exact_lines(reading, marked(whole)),
        more={"headline": headline(report), "numbers": numbers(reading)},
    )


def numbers(reading: Reading) -> tuple[Figured, ...]:
    """The three sums that are often taken for one, each with its explanation."""
    hrefs = (reading.to("purposes"), reading.to("decides"), reading.to("bases"))
    return tuple(
        Figured(f.name, f.figure, f.says, f.is_not, reading.explain(number=key), href)
        for f, key, href in zip(three_numbers(reading.report), _NUMBERS, hrefs, strict=False)
    )


def _parts(reading: Reading) -> Iterator[Part]:
    report = reading.report
    yield _spent_on(reading)
    yield _spenders(reading)
    yield decides_part(reading)
    yield Part(
        "What is missing",
        says=tuple(said for said in (missing_said(report), silent_said(report)) if said),
        links=(Link("What is held, missing, or could not be read", reading.to("coverage")),),
    )


def _spent_on(reading: Reading) -> Part:
    report, lines, rule = reading.report, reading.whole.lines, str(reading.whole.income)
    found = grouping.by_service(report, lines)
    made = linked(
        purpose.services(report, lines),
        [purpose_href(reading, s.name) for s in found],
        [reading.explain(rule=rule, service=s.name or "none") for s in found],
        foot=reading.explain(rule=rule),
    )
    links = (Link("Every purpose, with COFOG divisions", reading.to("purposes")),)
    picture = Markup(drawn.areas(report))  # noqa: S704 - every word is made safe where it is drawn
    return Part(
        "What it is spent on", (purpose.check(report),), made, picture=picture, links=links,
        in_all=total_said(reading),
    )  # fmt: skip


def total_said(reading: Reading) -> str:
    """What a picture of all that is known comes to, to the penny."""
    if all(x.pence is None for x in reading.whole.lines):
        return "not known"
    return pounds(reading.whole.total.pence)


def _spenders(reading: Reading) -> Part:
    report, lines, rule = reading.report, reading.whole.lines, str(reading.whole.income)
    found = grouping.by_agency(lines)
    made = linked(
        purpose.agencies(report, lines),
        [reading.to("agencies", s.name) for s in found],
        [reading.explain(rule=rule, agency=s.name) for s in found],
        foot=reading.explain(rule=rule),
    )
    said = "Body by body, and how each sum was put to the place"
    return Part("Who spends it", table=made, links=(Link(said, reading.to("agencies")),))


def decides_part(reading: Reading) -> Part:
    """Who can change what is spent."""
    report, lines = reading.report, reading.whole.lines
    found = grouping.by_decides(report, lines)
    return Part(
        "Who decides",
        table=linked(
            purpose.decides(report, lines),
            [f"{reading.to('decides')}#{s.name or 'nobody'}" for s in found],
            [
                reading.explain(rule=str(reading.whole.income), decides=s.name or "nobody")
                for s in found
            ],
            foot=reading.explain(rule=str(reading.whole.income)),
        ),
        links=(Link("Purpose by purpose, and why", reading.to("decides")),),
    )


def purpose_href(reading: Reading, service: str) -> str:
    """The page of a purpose; none for bodies of which nothing is known."""
    return reading.to("purposes", service) if service else ""


def rule_said(income: Income) -> str:
    """The income rule of a sum, in two words."""
    return "net of income" if income is Income.NET else "gross, from payments"
