"""The lines of a plan as CSV and as a workbook: what each service gets, and which fund pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from totalplace.commissioning.queries.plans import PlanLineRow
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.plan_telling import HEADS, rows_of
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.sheets import Sheet, book


def lines_text(case: Case, lines: Iterable[PlanLineRow], names: Mapping[str, str]) -> str:
    """The lines as CSV, sums in pounds; no cell is taken for a formula."""
    return csv_text(HEADS, _rows(case, lines, names))


def lines_book(case: Case, lines: Iterable[PlanLineRow], names: Mapping[str, str]) -> bytes:
    """The lines as the bytes of an XLSX file, sums in pounds."""
    return book([Sheet("Lines", HEADS, _rows(case, lines, names), frozen=2)])


def _rows(case: Case, lines: Iterable[PlanLineRow], names: Mapping[str, str]) -> list[list[Cell]]:
    return [[_cell(one) for one in row] for row in rows_of(case, lines, names)]


def _cell(one: str | int) -> str | Decimal:
    return one if isinstance(one, str) else in_pounds(one)
