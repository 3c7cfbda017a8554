"""An appraisal taken away: as a workbook, a table, or the text that is kept."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.doors.report.appraisal import appraisal_book
from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.web.commissioning.appraisals.looking import opened, the_table

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """An empty workbook, with how to fill it in."""
    return _sent(appraisal_book(None), _XLSX, "appraisal.xlsx")


@require_safe
def workbook(request: HttpRequest, place: str, number: int, version: int) -> HttpResponse:
    """A version and all that follows from it; it can be changed and brought back."""
    _, chosen, _ = opened(request, place, number, version)
    name = f"appraisal-{place}-{number}-{version}.xlsx"
    return _sent(appraisal_book(chosen.appraised), _XLSX, name)


@require_safe
def table(request: HttpRequest, place: str, number: int, version: int, table: str) -> HttpResponse:
    """One table of a version, for a spreadsheet; sums are in pounds."""
    _, chosen, _ = opened(request, place, number, version)
    found = the_table(chosen.appraised, table)
    name = f"appraisal-{place}-{number}-{version}-{table}.csv"
    return _sent(csv_text(found.heads, found.rows).encode(), "text/csv; charset=utf-8", name)


@require_safe
def text(request: HttpRequest, place: str, number: int, version: int) -> HttpResponse:
    """A version as the text that is kept, whose digest stands on the record."""
    _, chosen, _ = opened(request, place, number, version)
    name = f"appraisal-{place}-{number}-{version}.txt"
    return _sent(chosen.text.encode(), "text/plain; charset=utf-8", name)


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
