"""The pictures of the whole-place page; each says what a table beside it says."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from totalplace.count.rules.whole_place.lines import Line, Status
from totalplace.doors.report.pictures.bars import Range, ranges
from totalplace.doors.report.pictures.coverage import Covered, coverage
from totalplace.doors.report.pictures.frames import figure
from totalplace.doors.report.pictures.sankey import sankey
from totalplace.doors.report.pictures.streams import Flow
from totalplace.doors.report.pictures.sums import finer
from totalplace.doors.report.pictures.tiles import Branch, Leaf
from totalplace.doors.report.pictures.treemap import treemap
from totalplace.doors.report.view import MONTH_HEADS
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.covered import months_of
from totalplace.doors.report.whole.grouping import by_agency, grouped, title_of
from totalplace.doors.report.whole.once import paid_between
from totalplace.doors.report.whole.said import KNOWN

_HEIGHTS: Final = {280: 460, 620: 460}  # of areas and columns, by width; 520 on a desk
_MOST_RANGES: Final = 14
_THOUSAND: Final = 1000


def areas(report: Report) -> str:
    """Who spends on what, as areas: bodies, and in them their services."""
    tree = [
        Branch(
            same.lines[0].agency_name,
            tuple(
                Leaf(title_of(report, s.name), s.pence, _status(s.lines))
                for s in grouped(same.lines, report.service_of)
            ),
        )
        for same in by_agency(report.whole.lines)
    ]
    title = f"Who spends on what in {report.whole.place_name}, {report.whole.year}"
    return figure(
        "Who spends on what: the greater the area, the more money",
        lambda width: treemap(title, tree, width=width, height=_HEIGHTS.get(width, 520)),
    )


def _status(lines: tuple[Line, ...]) -> str:
    """The status of the most money among lines; of what is wholly missing, the least known."""
    pence: dict[Status, int] = defaultdict(int)
    for line in lines:
        if line.pence is not None:
            pence[line.status] += abs(line.pence)
    known = [s for s in KNOWN if s in pence]
    return str(max(known, key=lambda s: pence[s]) if known else Status.MODELLED)


def streams(report: Report) -> str:
    """From each body to what it spends on, as bands."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    names = {line.agency: line.agency_name for line in report.whole.lines}
    for line in report.whole.lines:
        if line.pence is not None:
            sums[line.agency, report.service_of(line)] += line.pence
    flows = [
        Flow(names[agency], title_of(report, service), pence)
        for (agency, service), pence in sums.items()
    ]
    title = f"From bodies to purposes in {report.whole.place_name}, {report.whole.year}"
    return figure(
        "From each body to what its money is for",
        lambda width: sankey(
            title,
            flows,
            heads=("Bodies", "Purposes"),
            width=width,
            height=_HEIGHTS.get(width, 520),
            most=8 if width < 400 else 11,
        ),
    )


def estimates(report: Report) -> str:
    """What is not sure, as ranges; nothing where every sum is sure."""
    rows = [
        Range(s.lines[0].agency_name, s.low_pence, s.pence, s.high_pence)
        for s in by_agency(report.whole.lines)
        if s.low_pence is not None
        and s.high_pence is not None
        and finer(s.low_pence) != finer(s.high_pence)
    ]
    if not rows:
        return ""
    widest = sorted(rows, key=lambda r: -((r.high or 0) - (r.low or 0)))[:_MOST_RANGES]
    shown = [row for row in rows if row in widest]
    title = f"Sums that are not sure, {report.whole.place_name}, {report.whole.year}"
    more = len(rows) - len(shown)
    caption = "What is not sure, and between which sums it lies"
    if more:
        caption += f": the widest {len(shown)} of {len(rows)}"
    return figure(caption, lambda width: ranges(title, shown, width=width))


def held(report: Report) -> str:
    """Months held and accounts explained, as a grid; nothing where no payments are held."""
    years = months_of(report)
    rows = [
        Covered(
            e.agency_name,
            tuple(m.state for m in years[e.agency].months),
            None if e.ratio is None else round(e.ratio * _THOUSAND),
        )
        for e in report.whole.explained
        if e.agency in years
    ]
    if not rows:
        return ""
    title = f"Months held of each body, {report.whole.place_name}, {report.whole.year}"
    return figure(
        "Which months of payments are held, and what they explain of each body’s accounts",
        lambda width: coverage(title, rows, months=MONTH_HEADS, width=width),
    )


def transfers(report: Report) -> str:
    """What counted bodies paid each other, as bands; nothing where they paid nothing."""
    paid = paid_between(report)
    flows = [
        Flow(report.name_of(payer), report.name_of(receiver), pence)
        for (payer, receiver), pence in paid.pence.items()
        if payer != receiver
    ]
    if not flows:
        return ""
    title = f"Payments between bodies of {report.whole.place_name}, {report.whole.year}"
    return figure(
        "From one counted body to another: taken out of the payer’s spending",
        lambda width: sankey(
            title,
            flows,
            heads=("Payers", "Receivers"),
            width=width,
            height=280,
            most=8 if width < 400 else 11,
        ),
    )
