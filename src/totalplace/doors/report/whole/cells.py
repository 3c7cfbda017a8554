"""The lines of a whole-place count as rows of plain cells, for CSV, workbook and Parquet alike."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from totalplace.count.rules.whole_place.lines import Line
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.whole.asked import Titles
from totalplace.doors.report.whole.said import NOT_KNOWN

LINES: Final = (
    "in_total", "income_rule", "agency", "agency_name", "financial_year", "service",
    "service_title", "cofog", "who_decides", "economic", "basis", "status", "pence", "pounds",
    "low_pence", "high_pence", "detail", "source", "note",
)  # fmt: skip


def of_lines(lines: Iterator[tuple[Line, bool]], titles: Titles) -> Iterator[list[Cell]]:
    """A row for each line; cells of what is not known are empty.

    `in_total` says whether a line is in the total that heads the count. Net and gross lines are
    never added: add up only those that are.
    """
    for line, is_in_total in lines:
        yield [
            "yes" if is_in_total else "no", str(line.income), line.agency, line.agency_name,
            line.year, line.service, titles.service(line.service), titles.cofog(line.service),
            str(titles.decides(line.service)), str(line.economic), str(line.basis),
            str(line.status), _or_empty(line.pence),
            "" if line.pence is None else in_pounds(line.pence), _or_empty(line.low_pence),
            _or_empty(line.high_pence), line.detail, line.source, line.note,
        ]  # fmt: skip


def _or_empty(pence: int | None) -> Cell:
    return "" if pence is None else pence


def money(pence: int | None) -> Cell:
    """Pence as pounds, exactly; what is missing in words, so that no sum takes it for nothing."""
    return NOT_KNOWN if pence is None else in_pounds(pence)


def percent_of(pence: int | None, whole: int | None) -> Cell:
    """A share in per cent, to a hundredth; words where none can be said."""
    if pence is None or whole is None or whole <= 0:
        return NOT_KNOWN
    return Decimal(100 * pence / whole).quantize(Decimal("0.01"))
