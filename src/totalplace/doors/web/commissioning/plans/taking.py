"""A plan to take away: its lines as CSV or a workbook, and its case as the workbook it was."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.definitions.reading import register
from totalplace.commissioning.queries.first_case import first_case
from totalplace.commissioning.queries.plans import VersionRow, lines
from totalplace.commissioning.rules.reaching import brought
from totalplace.doors.report.case_book import case_book, tables_book
from totalplace.doors.report.plan_lines import lines_book, lines_text
from totalplace.doors.web.commissioning.plans.looking import (
    chosen,
    names,
    the_place,
    the_plan,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, who
from totalplace.doors.web.sources.seeing import home
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_YEARS: Final = 3  # that a case to fill in has room for; the command makes others


@require_safe
def as_csv(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The lines of what stands, a row for each fund that pays, in pounds."""
    version = _version(request, place, number)
    text = lines_text(version.case, lines(version), names())
    return _file(text.encode("utf-8"), "text/csv; charset=utf-8", f"plan-{place}-{number}.csv")


@require_safe
def as_xlsx(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The same as a workbook."""
    version = _version(request, place, number)
    its = brought(version.case, version.stands.pence, version.problem.lines)
    content = lines_book(version.case, lines(version), names(), brings=its)
    return _file(content, _XLSX, f"plan-{place}-{number}.xlsx")


@require_safe
def case(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The case of what stands, as the workbook that can be changed and given back."""
    version = _version(request, place, number)
    return _file(case_book(version.case), _XLSX, f"case-{place}-{number}.xlsx")


@officers_only
@require_safe
def template(request: HttpRequest, place: str) -> HttpResponse:
    """The workbook of a case to fill in, with what the records know of the place already."""
    here = the_place(place)
    places.power(officer_of(request), Act.PLAN, place=here.code, on=now())
    first_year = FinancialYear.of(today()).start + 1
    found = first_case(here.code, home=home(), years=(first_year, _YEARS), on=today())
    content = tables_book(found.tables, known=register().values())
    return _file(content, _XLSX, f"case-{here.code}.xlsx")


def _version(request: HttpRequest, place: str, number: int) -> VersionRow:
    by, on = who(request), today()
    return chosen(the_plan(place, number, by, on), 0, by, on)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
