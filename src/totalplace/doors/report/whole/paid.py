"""The published payments of a whole-place count: gross, and never added to the net total."""

from __future__ import annotations

from totalplace.count.rules.whole_place.flows import Treatment
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.grouping import by_agency
from totalplace.doors.report.whole.headline import NOT_SPENDING, PASSED_ON
from totalplace.doors.report.whole.said import Unit
from totalplace.doors.report.whole.tables import Cell, Row, Table, money, table


def by_body(report: Report) -> Table | None:
    """From what each body paid to what it spent; None where no payments are held."""
    lines = report.whole.gross_lines
    if not lines:
        return None
    unit = Unit.for_sums([sum(x.pence or 0 for x in lines)])
    found = [(s.name, s.lines[0].agency_name, _steps(report, s.name)) for s in by_agency(lines)]
    rows = [Row(name, _cells(unit, steps)) for _, name, steps in found]
    whole = tuple(sum(steps[at] for _, _, steps in found) for at in range(5))
    caption = (
        f"Gross, {unit.name}. Paid, less what went to other counted bodies, less what is only "
        "passed on, less loans and other money that buys nothing: what is left was spent."
    )
    heads = [
        "Body", "Paid", "To counted bodies", "Passed on", "Lent, repaid or held", "Spent",
    ]  # fmt: skip
    foot = Row("All", _cells(unit, whole))
    return table("Table of published payments by body", caption, heads, rows, foot=foot)


def _steps(report: Report, agency: str) -> tuple[int, ...]:
    """Paid, taken out, passed on, no spending, and spent, in pence, of a body."""
    out = sum(
        f.pence
        for f in report.whole.flows
        if f.payer == agency and f.treatment is Treatment.ELIMINATED
    )
    mine = [x for x in report.whole.gross_lines if x.agency == agency]
    passed = sum(x.pence or 0 for x in mine if x.service == PASSED_ON)
    nothing = sum(x.pence or 0 for x in mine if x.service == NOT_SPENDING)
    left = sum(x.pence or 0 for x in mine) - passed - nothing
    return out + passed + nothing + left, out, passed, nothing, left


def _cells(unit: Unit, steps: tuple[int, ...]) -> tuple[Cell, ...]:
    return tuple(money(unit, pence) if pence else Cell("–") for pence in steps)
