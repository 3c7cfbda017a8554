"""The financial plan: all the money year by year, and the workbook that it is made of."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.commissioning.actions.plan_money import say_money
from totalplace.commissioning.queries.answers import statement
from totalplace.commissioning.queries.weighing import MoneyRow, money_beside
from totalplace.commissioning.reading.money_file import read_money
from totalplace.commissioning.rules.finance import FinancialPlan, Money, Part
from totalplace.commissioning.rules.finance_paid import finance_of
from totalplace.commissioning.rules.finance_told import (
    balances,
    noticed,
    paid_words,
    whole_words,
)
from totalplace.commissioning.rules.weighed import Weighed
from totalplace.doors.report.plan_money import money_workbook, totals
from totalplace.doors.web.commissioning.weighing.opening import Opened, opened, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, who
from totalplace.outcomes.rules.target_sheet import SheetFault
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST: Final = 5 * 2**20  # bytes
_SHOWN: Final = 50  # faults on a page


@dataclass(frozen=True, slots=True)
class Table:
    """The financial plan of a plan; or why there is none."""

    plan: FinancialPlan | None
    refused: Refused | None
    beside: MoneyRow | None


def table_of(opened_: Opened) -> Table:
    """The financial plan of what is opened, with the money beside it as it was last said."""
    weighed = opened_.weighed
    beside = money_beside(opened_.row, opened_.version)
    money = beside.money if beside else Money()
    try:
        return Table(finance_of(weighed, money, accountable=opened_.row.agency), None, beside)
    except Refused as refused:
        return Table(None, refused, beside)


@require_safe
def money(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """All the money in one table: what comes in, what goes out, and whether it is in balance."""
    found = opened(request, place, number)
    table = table_of(found)
    may = places.may(who(request), Act.PLAN, place=place, on=today())
    said: dict[str, Any] = {**found.shown, "table": table, "may": may, "money_parts": list(Part)}
    said["statement"] = statement(found.row)
    if table.plan is not None:
        names = {"": found.row.agency_name, **found.weighed.names}
        said |= {
            "plan": table.plan,
            "names": names,
            "paid_words": paid_words,
            "balances": balances(table.plan, names),
            "noticed": noticed(table.plan, names),
            "whole": whole_words(table.plan, alone=table.beside is None),
            "totals": totals(table.plan),
        }
    return show(request, "commissioning/weighing/money.html", said)


@require_safe
def workbook(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The workbook of the money beside a plan, as it was last said; else one to fill in."""
    found = opened(request, place, number)
    beside = money_beside(found.row, found.version)
    case = found.weighed.case
    made = money_workbook(
        beside.money if beside else Money(), first_year=case.first_year, years=case.years
    )
    answer = HttpResponse(made, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="money-{place}-{number}.xlsx"'
    return answer


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Give the workbook back, filled in, with a reason."""
    found = opened(request, place, number)
    file = request.FILES.get("file")
    reason = request.POST.get("reason", "")
    errors: list[Mapping[str, str]] = []
    if request.method == "POST":
        if file is None:
            errors.append({"text": "Choose the workbook", "href": "#file"})
        if not reason.strip():
            errors.append({"text": "Say why", "href": "#reason"})
    faults: list[SheetFault] = []
    if request.method == "POST" and file is not None and not errors:
        said, faults = _read(found.weighed, file.read(_MOST + 1), file.name or "The workbook")
        if not faults:
            by = officer_of(request)
            say_money(found.row.citation.id, said, reason=reason, by=by, on=now())
            return HttpResponseRedirect(f"{found.base}money/")
    more = len(faults) - _SHOWN
    shown = {**found.shown, "errors": errors, "faults": faults[:_SHOWN], "more": more,
             "reason": reason}  # fmt: skip
    return show(request, "commissioning/weighing/money_give.html", shown)


def _read(weighed: Weighed, content: bytes, name: str) -> tuple[Money, list[SheetFault]]:
    case = weighed.case
    with tempfile.TemporaryDirectory(prefix="totalplace-money-") as folder:
        path = Path(folder) / "money.xlsx"
        path.write_bytes(content)
        return read_money(path, name=name, first_year=case.first_year, years=case.years)
