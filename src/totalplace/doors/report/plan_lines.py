"""The lines of a plan as CSV and as a workbook: what each service gets, and which fund pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from totalplace.commissioning.queries.plans import PlanLineRow
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.plan_telling import HEADS, rows_of
from totalplace.commissioning.rules.reaching import Brought
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book
from totalplace.money.years import FinancialYear

_BRINGS: Final = (
    "Outcome", "Counted in", "Year", "The way to go", "Today's money brings", "This plan brings",
    "At the low of every effect", "At the high of every effect", "Past its target",
)  # fmt: skip


def lines_text(case: Case, lines: Iterable[PlanLineRow], names: Mapping[str, str]) -> str:
    """The lines as CSV, sums in pounds; no cell is taken for a formula."""
    return csv_text(HEADS, _rows(case, lines, names))


def lines_book(
    case: Case,
    lines: Iterable[PlanLineRow],
    names: Mapping[str, str],
    *,
    brings: Iterable[Brought],
) -> bytes:
    """The lines as the bytes of an XLSX file, sums in pounds; and what the plan brings by year."""
    sheets = [Sheet("Lines", HEADS, _rows(case, lines, names), frozen=2)]
    told: list[list[Cell]] = [
        [one.outcome.title, one.outcome.counted_in, FinancialYear(case.first_year + one.year).label,
         *(_counted(number) for number in (
             float(one.outcome.gap), one.today, one.planned, one.low, one.high)),
         "yes" if one.past_target else "no"]
        for one in brings
    ]  # fmt: skip
    if told:
        sheets.append(Sheet("What it brings", _BRINGS, told, frozen=1))
    return book(sheets)


def _counted(number: float) -> Decimal:
    """A number of people or things, to six figures: more would be a float's own noise."""
    return Decimal(f"{number:.6g}")


def _rows(case: Case, lines: Iterable[PlanLineRow], names: Mapping[str, str]) -> list[list[Cell]]:
    return [[_cell(one) for one in row] for row in rows_of(case, lines, names)]


def _cell(one: str | int) -> str | Decimal:
    return one if isinstance(one, str) else in_pounds(one)
