"""The financial plan as a workbook: the one that is filled in, and the table that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.finance import Cause, FinancialPlan, Money, Part, Sums
from totalplace.commissioning.rules.finance_sheet import (
    ADDED,
    PRESSURES,
    RESERVES,
    RESOURCES,
    SAVINGS,
    SPENDING,
    USED,
    cells_of,
    heads_of,
)
from totalplace.commissioning.rules.finance_told import balances, labels, name_of, noticed
from totalplace.doors.report.columns import Cell, in_pounds
from totalplace.doors.report.guide import guide
from totalplace.doors.report.sheets import Sheet, book

# What the sheet of instructions says: a heading, a stroke, and how.
_HOW: Final = f"""
{RESOURCES} | What comes in beside the funds of the plan, such as council tax and business rates
that the plan does not divide. The funds of the plan are there already: do not write them again.
{SPENDING} | What is spent beside the plan, on services that the plan does not divide.
{PRESSURES} | What costs more, year by year, without anything being decided.
Cause | {", ".join(Cause)}
{SAVINGS} | What costs less, each with its owner. Only what releases cash counts: write yes or no.
{RESERVES} | What there is at the start, what is used and added each year, and the least level that
the chief finance officer set, with the reason for it.
Whose | The code of the body in whose budget it stands. Blank: the accountable body. A partner's
money fills no gap of the council's.
The years | Pounds, each above nought; the sheet says which side. Not added up: each cell is what it
is in that year. Blank says that it is not known, and is not nought; the year is then not known to
be in balance.
Source | Where the figure stands.
What is refused | A workbook with a fault in it is not taken at all: you are told each cell, what
was found there, and what to do.
"""


def money_workbook(money: Money, *, first_year: int, years: int) -> bytes:
    """The sums beside the plan as the bytes of an XLSX file; without any, a template."""
    cells = cells_of(money)
    sheets = []
    for name in (RESOURCES, SPENDING, PRESSURES, SAVINGS, RESERVES):
        heads = heads_of(name, first_year, years)
        sheets.append(Sheet(name, heads, [_row(heads, row) for row in cells[name]], frozen=1))
    return book([*sheets, Sheet("How to fill it in", ("What", "How"), guide(_HOW))])


def _row(heads: Sequence[str], cells: Sequence[str]) -> list[Cell]:
    return [
        Decimal(cell.replace(",", "").lstrip("£")) if cell and _is_sum(head) else cell
        for head, cell in zip(heads, cells, strict=True)
    ]


def _is_sum(head: str) -> bool:
    return head[:1].isdigit() or head.endswith((USED, ADDED)) or head in ("Opening", "Least level")


def money_book(plan: FinancialPlan, names: Mapping[str, str]) -> bytes:
    """A financial plan as the bytes of an XLSX file."""
    return book(money_sheets(plan, names))


def money_sheets(plan: FinancialPlan, names: Mapping[str, str]) -> list[Sheet]:
    """The table as sheets of a workbook: all in one, whether it balances, and the reserves."""
    years = labels(plan)
    reserves: list[list[Cell]] = []
    for level in plan.levels:
        for n, label in enumerate(years):
            sums = (level.opening[n], level.reserve.used[n], level.reserve.added[n],
                    level.closing[n], level.reserve.least_pence)  # fmt: skip
            told = [sum_cell(one) for one in sums]
            reserves.append([level.reserve.title, label, *told, level.reserve.why_least])
    said: list[list[Cell]] = [
        [name_of(one.whose, names), one.year, f"{one.words[:1].upper()}{one.words[1:]}"]
        for one in balances(plan, names)
    ]
    said += [["", "", f"{one[:1].upper()}{one[1:]}"] for one in noticed(plan, names)]
    sums_of = ("Opening, £", "Used, £", "Added, £", "Closing, £", "Least, £")
    return [
        Sheet("Money", ("Part", "Line", "Whose budget", *(f"{one}, £" for one in years), "Note"),
              _table(plan, names), frozen=2),
        Sheet("In balance", ("Whose budget", "Year", "What there is to say"), said),
        Sheet("Reserves of the plan", ("Reserve", "Year", *sums_of, "Why"), reserves, frozen=2),
    ]  # fmt: skip


def _table(plan: FinancialPlan, names: Mapping[str, str]) -> list[list[Cell]]:
    found: list[list[Cell]] = []
    for part in Part:
        rows = plan.of(part)
        for row in rows:
            title = names.get(row.title, row.title) if part is Part.PLAN else row.title
            whose = name_of(row.whose, names)
            found.append([part.value, title, whose, *map(sum_cell, row.pence), row.note])
        if rows:
            found.append([part.value, "Total", "", *map(sum_cell, plan.total(part)), ""])
    for title, sums in totals(plan):
        found.append([title, "", "", *map(sum_cell, sums), ""])
    return found


def totals(plan: FinancialPlan) -> list[tuple[str, Sums]]:
    """The last rows of the table."""
    whole = plan.whole
    return [
        ("All that comes in", whole.comes_in),
        ("All that goes out", whole.goes_out),
        ("Left for one purpose only", whole.tied),
        ("Left over, or short where below nought", whole.left),
    ]


def sum_cell(pence: int | None) -> Cell:
    """A sum as a cell; what is not known is said."""
    return "not known" if pence is None else in_pounds(pence)
