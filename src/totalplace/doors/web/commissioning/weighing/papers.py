"""The board paper of a plan: on a page, as PDF and as a workbook."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.rules.board_paper import Table, cell_words
from totalplace.doors.report.plan_paper import book_of, pdf_of, why_no_pdf
from totalplace.doors.report.plan_paper_brief import Made, made_of
from totalplace.doors.web.commissioning.weighing.money import XLSX
from totalplace.doors.web.commissioning.weighing.opening import Opened, opened, today
from totalplace.doors.web.showing import show


def made(found: Opened) -> Made:
    """The paper of what is opened. Raises Refused where others' are still being worked out."""
    return made_of(found.row, found.version, found.weighed, on=today())


@require_safe
def page(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper on a page, with both files to take away."""
    found = opened(request, place, number, as_proposed=True)
    said = {
        **found.shown,
        "paper": made(found).paper,
        "cell_words": cell_words,
        "money_heads": _money_heads,
        "why_no_pdf": why_no_pdf(),
    }
    return show(request, "commissioning/weighing/paper.html", said)


@require_safe
def pdf(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper as tagged PDF. Raises Refused where that is not installed."""
    answer = HttpResponse(pdf_of(made(opened(request, place, number, as_proposed=True)).paper),
                          content_type="application/pdf")  # fmt: skip
    answer["Content-Disposition"] = f'inline; filename="plan-{place}-{number}.pdf"'
    return answer


@require_safe
def workbook(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper as a workbook."""
    found = opened(request, place, number, as_proposed=True)
    it = made(found)
    names = {"": found.row.agency_name, **found.weighed.names}
    answer = HttpResponse(book_of(it.paper, it.money, names), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="plan-{place}-{number}.xlsx"'
    return answer


def _money_heads(table: Table) -> list[str]:
    """Which headings of a table stand above sums."""
    return [head for column, head in enumerate(table.heads) if column in table.sums]
