"""Drafting a plan from a workbook, changing it, proposing it, withdrawing it, adopting, posting."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.commissioning.actions import plan_adopting, plans
from totalplace.commissioning.actions.plan_moves import Chosen
from totalplace.commissioning.queries.plans import PlanRow
from totalplace.commissioning.queries.plans_heard import best_decision, decisions_about, stage_of
from totalplace.commissioning.reading.case_file import read_case
from totalplace.commissioning.rules.case import Case
from totalplace.commissioning.rules.case_tables import CaseFaults
from totalplace.commissioning.rules.plan_moves import WORDS, Stage, Verb, after
from totalplace.doors.web.commissioning.plans.forms import (
    Adopt,
    Change,
    Choose,
    Draft,
    Post,
    Revise,
    Why,
)
from totalplace.doors.web.commissioning.plans.looking import the_place, the_plan, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.ledger import queries as books
from totalplace.participation import queries as participation
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation

_MOST: Final = 30 * 2**20  # bytes of a workbook, as the reader of cases takes it


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, place: str) -> HttpResponseBase:
    """Begin a plan from the workbook of its case; with a fault in it, none."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.PLAN, place=place, on=now())
    members = [one.agency for one in places.members(place, on=today())]
    form = Draft(typed(request), members, files=_files(request))
    faults: CaseFaults | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        case = _read(said["file"])
        if isinstance(case, Case):
            row = plans.draft(
                place, said["title"], case, agency=said["agency"], why=said["why"], by=by, on=now()
            )
            messages.success(request, "The plan is drafted. Look at the three ways to divide it.")
            return redirect("plan", place, row.number)
        faults = case
    said = {"form": form, "place": here, "faults": faults, "title": "Draft a plan"}
    return show(request, "commissioning/plans/draft.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Put the case of a draft anew, or make the next version of a plan that is proposed."""
    by, on = officer_of(request), today()
    places.power(by, Act.PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    drafting = row.kept is Stage.DRAFT
    verb = Verb.CHANGE if drafting else Verb.REVISE
    after(stage_of(row, on=on), verb)
    form: Any = (
        Change(typed(request), _files(request))
        if drafting
        else Revise(typed(request), row.last, answers=_answers(row), files=_files(request))
    )
    faults: CaseFaults | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        case = _read(sent) if sent else None
        if not isinstance(case, CaseFaults):
            _kept(request, row, form, case)
            return redirect("plan", place, number)
        faults = case
    said = {"form": form, "row": row, "faults": faults, "title": WORDS[verb], "draft": drafting}
    return show(request, "commissioning/plans/change.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Name which of the three plans is put to the people concerned, and why."""
    by, on = officer_of(request), today()
    places.power(by, Act.PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    form = Choose(typed(request), row.last)
    if form.data == {}:
        after(stage_of(row, on=on), Verb.PROPOSE)
    if request.method == "POST" and form.is_valid():
        chosen = Chosen(form.chosen, form.cleaned_data["because"])
        plans.propose(row.citation.id, chosen, by=by, on=now())
        messages.success(request, "It is proposed. Now people can be heard on it.")
        return redirect("plan", place, number)
    said = {"form": form, "row": row, "title": WORDS[Verb.PROPOSE], "button": "Propose it"}
    return show(request, "commissioning/plans/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Withdraw a plan before it is adopted."""
    by, on = officer_of(request), today()
    places.power(by, Act.PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    form = Why(typed(request))
    if form.data == {}:
        after(stage_of(row, on=on), Verb.WITHDRAW)
    if request.method == "POST" and form.is_valid():
        plans.withdraw(row.citation.id, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, "It is withdrawn.")
        return redirect("plan", place, number)
    said = {"form": form, "row": row, "title": WORDS[Verb.WITHDRAW], "button": "Withdraw it"}
    return show(request, "commissioning/plans/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Adopt a plan under a decision; what is lacking stands beside a button that does nothing."""
    by, on = officer_of(request), today()
    places.power(by, Act.ADOPT_PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    best, lacks = best_decision(row, on=on)
    known = [(one.citation.id, f"{one.citation.id}: {one.title}") for one in decisions_about(row)]
    form = Adopt(typed(request), known)
    if not form.is_bound and best is not None:
        form.fields["decision"].initial = best.citation.id
    if request.method == "POST" and form.is_valid():
        decision = Citation("decision", form.cleaned_data["decision"])
        plan_adopting.adopt(
            row.citation.id, decision, reason=form.cleaned_data["reason"], by=by, on=now()
        )
        messages.success(request, "It is adopted. Its lines are the allocation of the place now.")
        return redirect("plan", place, number)
    said = {"form": form, "row": row, "lacks": lacks, "title": WORDS[Verb.ADOPT]}
    return show(request, "commissioning/plans/adopt.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Post the allocation that a plan became to a book of the place."""
    by, on = officer_of(request), today()
    places.power(by, Act.ADOPT_PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    known = [(one.code, one.title) for one in books.books(place) if one.host == row.agency]
    form = Post(typed(request), known)
    if request.method == "POST" and form.is_valid():
        made = plan_adopting.post_allocation(
            row.citation.id, form.cleaned_data["book"], by=by, on=now()
        )
        messages.success(request, f"It is posted to the book {made.posting and made.posting.book}.")
        return redirect("plan", place, number)
    said = {"form": form, "row": row, "title": "Post it to the book", "button": "Post it"}
    return show(request, "commissioning/plans/act.html", said)


def _kept(request: HttpRequest, row: PlanRow, form: Any, case: Case | None) -> None:
    by, reason = officer_of(request), form.cleaned_data["reason"]
    if isinstance(form, Revise):
        chosen = Chosen(form.chosen, form.cleaned_data["because"])
        plans.revise(
            row.citation.id, case, chosen, reason=reason, because=form.because_of, by=by, on=now()
        )
        messages.success(request, "The next version is kept.")
    elif case is not None:
        plans.change(row.citation.id, case, reason=reason, by=by, on=now())
        messages.success(request, "The draft is changed, and its three plans were found anew.")


def _answers(row: PlanRow) -> list[participation.AnswerRow] | None:
    """The answers that may lead to a change; None where nobody is being heard yet."""
    if hearing_of(row.citation, on=today()).opened is None:
        return None
    return [one for one in participation.answers(row.citation) if one.changed]


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.POST else None


def _read(file: UploadedFile[Any]) -> Case | CaseFaults:
    return read_case(file.read(_MOST + 1), name=file.name or "The workbook")
