"""The whole-place count by purpose, by who decides, by body and by theme, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from totalplace.count.rules.purposes.services import Decides
from totalplace.count.rules.whole_place.lines import Income, Line, Status, total
from totalplace.count.rules.words import listed, percent
from totalplace.doors.report.whole import grouping
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.grouping import DIVISIONS, SOCIAL, everything, title_of
from totalplace.doors.report.whole.prices import in_prices, prices_said
from totalplace.doors.report.whole.said import (
    BASES,
    DECIDES,
    DECIDES_MEANS,
    ECONOMIC,
    Summed,
    Unit,
    estimate,
    per_head,
    share_said,
)
from totalplace.doors.report.whole.tables import Cell, Row, Table, known, money, plain, table, words

_PILOTS: Final = "In the thirteen places of the 2010 pilots these three were 70% to 80%"
_LEAST: Final = 70
_MOST: Final = 80
_NOTES: Final = 6  # notes shown of a body; the workbook has them all


def unit_of(lines: Sequence[Line]) -> Unit:
    """The unit of a table of lines: that of all together, and of what may be missing."""
    return Unit.for_sums([sum(x.pence or 0 for x in lines), estimate(lines)[1] or 0])


def _figures(report: Report, summed: Summed, lines: Sequence[Line]) -> tuple[Cell, ...]:
    """Sum, range, share, per person and, where asked for, the sum at other prices."""
    unit = unit_of(lines)
    whole = sum(x.pence or 0 for x in lines)
    cells = [
        money(unit, summed.pence),
        plain(unit.range_said(summed.low_pence, summed.high_pence)),
        plain(share_said(summed.pence, whole)),
    ]
    if report.whole.people:
        cells.append(plain(per_head(summed.pence, report.whole.people)))
    if report.in_prices_of is not None:
        # Without `pence`: a sum at other prices is no part of the count's total.
        later = in_prices(report, summed.pence)
        cells.append(plain("–" if later is None else unit.said(later)))
    return tuple(cells)


def _heads(report: Report, lines: Sequence[Line]) -> list[str]:
    unit = unit_of(lines)
    heads = [unit.name, "Range", "Share", *(["Per person"] if report.whole.people else [])]
    if report.in_prices_of is not None:
        heads.append(f"At {report.in_prices_of} prices, {unit.name}")
    return heads


def _foot(report: Report, lines: Sequence[Line], *more: Cell) -> Row:
    whole = Summed("", tuple(lines), total(lines))
    return Row("All that is known", (*_figures(report, whole, lines), *more))


def services(report: Report, lines: Sequence[Line]) -> Table:
    """By service: the sum, how well it is known, who decides and its COFOG function."""
    rows = [
        Row(
            title_of(report, s.name),
            (
                *_figures(report, s, lines),
                known(s.total.by_status, s.total.missing),
                words(DECIDES[report.titles.decides(s.name)]),
                _cofog(report.titles.cofog(s.name)),
            ),
        )
        for s in grouping.by_service(report, lines)
    ]
    whole = total(lines)
    foot = _foot(report, lines, known(whole.by_status, whole.missing), words(""), words(""))
    said = "Rounded, so parts may differ from sums by a little. What is missing is in no sum."
    heads = ["Purpose", *_heads(report, lines), "<How it is known", "<Who decides", "<COFOG"]
    caption = " ".join(part for part in (said, prices_said(report)) if part)
    return table("Table by purpose", caption, heads, rows, foot=foot)


def _cofog(code: str) -> Cell:
    return words(code or "–", DIVISIONS.get(code[:2], ""))


def paid_for(report: Report) -> Table:
    """Published payments by service, gross; every sum is measured, and none has a range."""
    lines = report.whole.gross_lines
    unit, whole = unit_of(lines), total(lines).pence
    rows = [
        Row(
            title_of(report, s.name),
            (
                money(unit, s.pence),
                plain(share_said(s.pence, whole)),
                words(DECIDES[report.titles.decides(s.name)]),
                _cofog(report.titles.cofog(s.name)),
            ),
        )
        for s in grouping.by_service(report, lines)
    ]
    foot = Row("All", (money(unit, whole), plain(share_said(whole, whole)), words(""), words("")))
    caption = "Gross, after payments to other counted bodies are taken out."
    heads = ["Purpose", unit.name, "Share", "<Who decides", "<COFOG"]
    return table("Table of payments by purpose", caption, heads, rows, foot=foot)


def divisions(report: Report, lines: Sequence[Line]) -> Table:
    """By COFOG division, as national tables have it."""
    rows = [
        Row(
            f"{s.name} {DIVISIONS.get(s.name, '')}".strip() or "In no division",
            _figures(report, s, lines),
        )
        for s in sorted(grouping.by_division(report, lines), key=lambda s: s.name or "99")
    ]
    caption = (
        "By the Classification of the Functions of Government (COFOG), in which national accounts "
        "are kept."
    )
    heads = ["Division", *_heads(report, lines)]
    foot = _foot(report, lines)
    return table("Table by COFOG division", caption, heads, rows, foot=foot, look="narrow")


def check(report: Report) -> str:
    """Whether social protection, education and health are near what the pilots found, in words.

    Source: HM Treasury and CLG, Total Place: a whole area approach to public services, 2010.
    """
    whole = everything(report)
    if whole.pence is None or whole.pence <= 0:
        return (
            "Check: social protection, education and health (COFOG 10, 09 and 07). "
            f"{_PILOTS} of spending. Here no share can be said, because no total is known."
        )
    part = sum(
        line.pence or 0
        for line in report.whole.lines
        if report.titles.cofog(line.service)[:2] in SOCIAL
    )
    said = (
        "Check: social protection, education and health (COFOG 10, 09 and 07) are "
        f"{percent(part, whole.pence)} of what is known here. {_PILOTS} of spending."
    )
    return f"{said} {_why_not(report, 100 * part / whole.pence)}".strip()


def _why_not(report: Report, share: float) -> str:
    """What a share outside of the pilots' says."""
    if report.whole.income is Income.GROSS:
        return (
            "Published payments lack benefits, pay and most of the NHS, so the two cannot be held "
            "against each other."
        )
    gone = {
        line.agency_name
        for line in report.whole.lines
        if line.status is Status.MISSING
        and (report.titles.cofog(line.service)[:2] in SOCIAL or not report.service_of(line))
    }
    if share < _LEAST:
        why = f" Missing are {listed(sorted(gone), most=3)}." if gone else ""
        return f"It is lower here: look first for what is missing.{why}"
    if share > _MOST:
        pensions = any(x.service == "pensioner_benefits" and x.pence for x in report.whole.lines)
        return (
            "It is higher here: look first for other services that are missing. Net of income, "
            "services that charge fees also look smaller than they are."
            + (" State pensions are in this total." if pensions else "")
            + " Academies, colleges, courts, prisons and building are in no council's return."
        )
    return "It is within that."


def economic(report: Report, lines: Sequence[Line]) -> Table:
    """Running costs and building, apart; what returns say of building is in no total."""
    titles = {str(kind): title for kind, title in ECONOMIC.items()}
    building = report.whole.capital_lines if lines is report.whole.lines else ()
    every = [*lines, *building]
    rows = [Row(titles[s.name], _figures(report, s, every)) for s in grouping.by_economic(every)]
    caption = "Running costs and building are kept apart; a year of building is no trend."
    if building:
        caption += " Building is not in the total above: much of it is paid for over many years."
    heads = ["Kind", *_heads(report, every)]
    return table("Table of running costs and building", caption, heads, rows, look="narrow")


def decides(report: Report, lines: Sequence[Line]) -> Table:
    """By who can change what is spent."""
    rows = []
    for s in grouping.by_decides(report, lines):
        who = Decides(s.name)
        rows.append(Row(DECIDES[who], (*_figures(report, s, lines), words(DECIDES_MEANS[who]))))
    caption = "A proposed reading, service by service, and not an official one."
    heads = ["Who decides", *_heads(report, lines), "<What that means"]
    return table("Table by who decides", caption, heads, rows, foot=_foot(report, lines, words("")))


def agencies(report: Report, lines: Sequence[Line]) -> Table:
    """By body: the sum, how it is known, by which basis, from what, and how far it reaches."""
    rows = [
        Row(
            s.lines[0].agency_name,
            (
                *_figures(report, s, lines),
                known(s.total.by_status, s.total.missing),
                words(_listed(BASES[x.basis] for x in s.lines if x.pence is not None)),
                words(_listed(report.kinds.get(x.source) or x.source for x in s.lines)),
            ),
        )
        for s in grouping.by_agency(lines)
    ]
    whole = total(lines)
    foot = _foot(report, lines, known(whole.by_status, whole.missing), words(""), words(""))
    caption = (
        "A body whose area is wider than the place is shared out; the range is that over all keys "
        "that are known. How, stands below."
    )
    heads = [
        "Body", *_heads(report, lines), "<How it is known", "<How it was put to the place",
        "<Read from",
    ]  # fmt: skip
    return table("Table by body", caption, heads, rows, foot=foot)


def read_from(report: Report, line: Line) -> str:
    """The form that a line was read from, and its document."""
    form = report.kinds.get(line.source, "")
    return f"{form}: {line.source}" if form else line.source


def _listed(texts: Iterable[str]) -> str:
    found = [text for text in dict.fromkeys(texts) if text]
    return listed(found, most=3) or "–"


def notes(report: Report) -> list[tuple[str, str]]:
    """What is said of each body's lines: how far it reaches, how it was shared or estimated."""
    found = [(s.lines[0].agency_name, _notes(s)) for s in grouping.by_agency(report.whole.lines)]
    return [(name, said) for name, said in found if said]


def _notes(summed: Summed) -> str:
    """The notes on a body's lines, once each; those on what is missing stand in their own table."""
    shown = [x for x in summed.lines if x.note and (x.pence is not None or summed.pence is None)]
    found = list(dict.fromkeys(line.note for line in shown))
    more = len(found) - _NOTES
    said = " ".join(found[:_NOTES])
    return f"{said} ({more} more notes in the workbook.)" if more > 0 else said


def themes(report: Report) -> Table | None:
    """By the place's own themes; a service shared between themes is shared out to the penny."""
    if report.themes is None:
        return None
    sums: dict[str, int] = {}
    for line in report.whole.lines:
        for theme, pence in report.themes.shared(line).items():
            sums[theme] = sums.get(theme, 0) + pence
    unit, whole = unit_of(report.whole.lines), sum(sums.values())
    rows = [
        Row(
            theme or "In no theme",
            (
                money(unit, pence),
                plain(share_said(pence, whole)),
                plain(per_head(pence, report.whole.people)),
            ),
        )
        for theme, pence in sorted(sums.items(), key=lambda row: (not row[0], -row[1], row[0]))
    ]
    foot = Row(
        "All that is known",
        (money(unit, whole), plain(share_said(whole, whole)),
         plain(per_head(whole, report.whole.people))),
    )  # fmt: skip
    caption = "Where a service belongs to several themes, its sum is shared out and not repeated."
    heads = ["Theme", unit.name, "Share", "Per person"]
    return table("Table by theme", caption, heads, rows, foot=foot, look="slim")
