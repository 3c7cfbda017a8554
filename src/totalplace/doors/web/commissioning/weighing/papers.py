"""The board paper of a plan: on a page, as PDF and as a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from totalplace.commissioning.rules.board_paper import Paper, cell_words, paper
from totalplace.commissioning.rules.finance import FinancialPlan
from totalplace.commissioning.rules.known_told import sentences
from totalplace.doors.report.plan_paper import book_of, pdf_of, why_no_pdf
from totalplace.doors.report.plan_paper_brief import brief_of
from totalplace.doors.web.commissioning.weighing.money import XLSX, table_of
from totalplace.doors.web.commissioning.weighing.opening import Opened, opened, today
from totalplace.doors.web.commissioning.weighing.worked import how_known
from totalplace.doors.web.showing import show


@dataclass(frozen=True, slots=True)
class Made:
    """A paper with its financial plan, for the workbook."""

    paper: Paper
    money: FinancialPlan | None


def made(found: Opened) -> Made:
    """The paper of what is opened. Raises Refused where others' are still being worked out."""
    money = table_of(found).plan
    it = how_known(found.weighed).value
    unknown = sentences(it.known, it.chance, it.direction)
    brief = brief_of(found.row, found.version, found.weighed, money, on=today(), unknown=unknown)
    return Made(paper(brief), money)


@require_safe
def page(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper on a page, with both files to take away."""
    found = opened(request, place, number)
    said = {**found.shown, "paper": made(found).paper, "cell_words": cell_words,
            "why_no_pdf": why_no_pdf()}  # fmt: skip
    return show(request, "commissioning/weighing/paper.html", said)


@require_safe
def pdf(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper as tagged PDF. Raises Refused where that is not installed."""
    answer = HttpResponse(pdf_of(made(opened(request, place, number)).paper),
                          content_type="application/pdf")  # fmt: skip
    answer["Content-Disposition"] = f'inline; filename="plan-{place}-{number}.pdf"'
    return answer


@require_safe
def workbook(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The paper as a workbook."""
    found = opened(request, place, number)
    it = made(found)
    names = {"": found.row.agency_name, **found.weighed.names}
    answer = HttpResponse(book_of(it.paper, it.money, names), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="plan-{place}-{number}.xlsx"'
    return answer
