"""What agencies answer, what is replied to them, and what the chief finance officer states."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.commissioning.actions import plan_answers
from totalplace.commissioning.queries.answers import answers
from totalplace.commissioning.queries.plans import stakes
from totalplace.commissioning.queries.plans_heard import stage_of
from totalplace.commissioning.rules.plan_moves import WORDS, Verb, after
from totalplace.commissioning.rules.plan_telling import by_option
from totalplace.doors.web.commissioning.plans.forms import Part, Reply, Statement
from totalplace.doors.web.commissioning.plans.looking import names, the_plan, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, place: str, number: int, agency: str) -> HttpResponseBase:
    """Accept or contest an agency's part, and say what it will commission with it."""
    by, on = officer_of(request), today()
    row = the_plan(place, number, by, on)
    if agency not in stakes(row.last):
        raise Http404
    places.power(by, Act.ANSWER_PLAN, agency=agency, place=place, on=now())
    form = Part(typed(request), row.last, agency)
    if form.data == {}:
        after(stage_of(row, on=on), Verb.ANSWER)
    if request.method == "POST" and form.is_valid():
        plan_answers.answer(row.citation.id, agency, form.answer, by=by, on=now())
        messages.success(request, "Your answer is on the record, for everybody to read.")
        return redirect("plan", place, number)
    mine = [one for one in by_option(row.last.case, row.last.stands.pence, names())
            if one.agency == agency]  # fmt: skip
    said = {"form": form, "row": row, "agency": names().get(agency, agency), "mine": mine}
    return show(request, "commissioning/plans/answer.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, place: str, number: int, answered: int) -> HttpResponseBase:
    """Answer a part that an agency contests."""
    by, on = officer_of(request), today()
    places.power(by, Act.PLAN, place=place, on=now())
    row = the_plan(place, number, by, on)
    its = next((one for one in answers(row) if one.number == answered), None)
    if its is None or its.accepts:
        raise Http404
    form = Reply(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        plan_answers.reply(
            row.citation.id, answered, words=said["words"], changed=said["changed"] == "yes",
            by=by, on=now(),
        )  # fmt: skip
        messages.success(request, "The answer is on the record.")
        return redirect("plan", place, number)
    told = {
        "form": form, "row": row, "title": f"Answer {its.agency_name}", "button": "Answer",
        "before": f"{its.agency_name} contests its part: {its.words}",
    }  # fmt: skip
    return show(request, "commissioning/plans/act.html", told)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def state(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """The chief finance officer's report on estimates and reserves."""
    by, on = officer_of(request), today()
    row = the_plan(place, number, by, on)
    places.power(by, Act.STATE_ROBUSTNESS, agency=row.agency, place=place, on=now())
    form = Statement(typed(request))
    if form.data == {}:
        after(stage_of(row, on=on), Verb.STATE)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        plan_answers.state(
            row.citation.id, robustness=said["robustness"], reserves=said["reserves"], by=by,
            on=now(),
        )  # fmt: skip
        messages.success(request, "The statement is on the record.")
        return redirect("plan", place, number)
    told = {
        "form": form, "row": row, "title": WORDS[Verb.STATE], "button": "State it",
        "before": f"This is your report under section 25 of the Local Government Act 2003, on "
        f"version {row.last.number} of the plan. Whoever decides on it must have regard to it.",
    }  # fmt: skip
    return show(request, "commissioning/plans/act.html", told)
