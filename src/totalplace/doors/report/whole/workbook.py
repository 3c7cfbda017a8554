"""The whole-place count as a workbook: sums as numbers in pounds, exact; words never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from totalplace.count.rules.purposes.services import Decides
from totalplace.count.rules.whole_place.changes import Change
from totalplace.count.rules.whole_place.lines import Status
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.sheets import Sheet, book
from totalplace.doors.report.whole import ledgers
from totalplace.doors.report.whole.asked import EditionShown, Report, Similar, Themes, Titles
from totalplace.doors.report.whole.cells import LINES, money, of_lines, percent_of
from totalplace.doors.report.whole.covered import missing_said, silent_said
from totalplace.doors.report.whole.grouping import (
    DIVISIONS,
    by_agency,
    by_decides,
    by_division,
    by_service,
    title_of,
)
from totalplace.doors.report.whole.headline import headline, three_numbers
from totalplace.doors.report.whole.origins import edition_said
from totalplace.doors.report.whole.prices import in_prices, prices_said
from totalplace.doors.report.whole.purpose import check, read_from
from totalplace.doors.report.whole.said import (
    BASES,
    DECIDES,
    DECIDES_MEANS,
    KNOWN,
    NOT_KNOWN,
    Summed,
)
from totalplace.doors.report.whole.writing import marked
from totalplace.money.years import FinancialYear

_SUMS: Final = (
    "Pounds", "Least", "Most", "Measured £", "Apportioned £", "Modelled £", "Missing sums",
    "Share %", "Per person £",
)  # fmt: skip


def whole_workbook(
    whole: WholePlace,
    *,
    titles: Titles,
    similar: Sequence[Similar] = (),
    changes: Sequence[Change] = (),
    edition: EditionShown | None = None,
    themes: Themes | None = None,
    in_prices_of: FinancialYear | None = None,
) -> bytes:
    """The workbook as the bytes of an XLSX file. Sums are in pounds and pence, and exact."""
    report = Report(whole, titles, similar, changes, edition, themes, in_prices_of)
    return book([*_by_what(report), *ledgers.sheets(report)])


def _by_what(report: Report) -> Iterator[Sheet]:
    lines, titles = report.whole.lines, report.titles
    sums = _heads(report)
    yield Sheet("Summary", ("What", "Says"), _summary(report))
    yield Sheet("Lines", LINES, of_lines(marked(report.whole), titles), frozen=4)
    services = (
        [title_of(report, s.name), s.name, titles.cofog(s.name),
         DECIDES[titles.decides(s.name)], *_sums(report, s)]
        for s in by_service(report, lines)
    )  # fmt: skip
    heads = ("Purpose", "Code", "COFOG", "Who decides", *sums)
    yield Sheet("By service", heads, services, frozen=1)
    divisions = (
        [s.name or "none", DIVISIONS.get(s.name, ""), *_sums(report, s)]
        for s in by_division(report, lines)
    )
    yield Sheet("By COFOG", ("Division", "Title", *sums), divisions, frozen=2)
    decides = (
        [DECIDES[Decides(s.name)], DECIDES_MEANS[Decides(s.name)], *_sums(report, s)]
        for s in by_decides(report, lines)
    )
    yield Sheet("Who decides", ("Who decides", "What that means", *sums), decides, frozen=1)
    heads = ("Agency", "Name", *sums, "Basis", "Read from", "Notes")
    yield Sheet("Agencies", heads, (_agency(report, s) for s in by_agency(lines)), frozen=2)


def _heads(report: Report) -> tuple[str, ...]:
    if report.in_prices_of is None:
        return _SUMS
    return (*_SUMS, f"At {report.in_prices_of} prices £")


def _sums(report: Report, s: Summed) -> list[Cell]:
    people, whole = report.whole.people, report.whole.total.pence
    cells = [money(s.pence), money(s.low_pence), money(s.high_pence)]
    is_known = s.pence is not None
    cells += [money(s.total.by_status[status] if is_known else None) for status in KNOWN]
    cells.append(s.total.missing)
    cells.append(percent_of(s.pence, whole))
    cells.append(money(_nearest(s.pence, people) if s.pence is not None and people else None))
    if report.in_prices_of is not None:
        cells.append(money(in_prices(report, s.pence)))
    return cells


def _nearest(pence: int, people: int) -> int:
    """Pence for each person, to the nearest penny, half away from zero."""
    rounded = (2 * abs(pence) + people) // (2 * people)
    return rounded if pence >= 0 else -rounded


def _agency(report: Report, s: Summed) -> list[Cell]:
    known = [x for x in s.lines if x.status is not Status.MISSING]
    return [
        s.name, s.lines[0].agency_name, *_sums(report, s),
        _joined(BASES[x.basis] for x in known), _joined(read_from(report, x) for x in s.lines),
        _joined(x.note for x in s.lines),
    ]  # fmt: skip


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in dict.fromkeys(texts) if text)


def _summary(report: Report) -> Iterator[list[Cell]]:
    whole, head = report.whole, headline(report)
    yield ["Place", whole.place_name]
    yield ["Financial year", whole.year]
    yield ["At once", head.sentence]
    yield ["Total £", in_pounds(whole.total.pence) if head.exact else NOT_KNOWN]
    yield ["Income rule", head.rule]
    yield ["Never added", "Net lines and gross lines are two counts of much the same money."]
    for figure in head.figures:
        yield [figure.name, f"{figure.figure}. {figure.says}"]
    for figure in three_numbers(report):
        yield [figure.name, f"{figure.figure}. {figure.says} {figure.is_not}"]
    for status, means in head.means:
        yield [status[:1].upper() + status[1:], means]
    yield ["Check", check(report)]
    yield ["What is missing", f"{missing_said(report)} {silent_said(report)}".strip()]
    if report.in_prices_of is not None:
        yield ["Prices", prices_said(report)]
    if report.edition is not None:
        yield ["Edition", edition_said(report)]
        yield ["Hash of the edition", report.edition.digest]
    for said in report.edition.said if report.edition else ():
        yield ["Said of it", said]
    for note in whole.notes:
        yield ["Note", note]
