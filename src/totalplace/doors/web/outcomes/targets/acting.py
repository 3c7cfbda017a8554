"""Drafting a set, proposing it, withdrawing it, and adopting it under a decision."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.outcomes.targets.forms import Adopt, Draft, Why
from totalplace.doors.web.outcomes.targets.looking import the_place, the_set, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.outcomes.actions import adopting
from totalplace.outcomes.actions import target_sets as actions
from totalplace.outcomes.queries.targets_heard import best_decision, decisions_about, stage_of
from totalplace.outcomes.rules.target_moves import WORDS, Verb, after
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation

_ACTS: Final = {
    Verb.PROPOSE.value: (actions.propose, "They are proposed. Now people can be heard on them."),
    Verb.WITHDRAW.value: (actions.withdraw, "They are withdrawn."),
}


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, place: str) -> HttpResponseBase:
    """Begin a set of targets."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.PROPOSE_TARGETS, place=place, on=now())
    form = Draft(typed(request), [one.agency for one in places.members(place, on=today())])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.draft(
            place, said["title"], agency=said["agency"],
            years=(said["first_year"], said["last_year"]), why=said["why"], by=by, on=now(),
        )  # fmt: skip
        messages.success(request, "The draft is begun. Add its targets.")
        return redirect("target-set", place, row.number)
    said = {"form": form, "place": here, "title": "Draft targets", "button": "Begin the draft"}
    return show(request, "outcomes/targets/draft.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """Propose a set, or withdraw it."""
    if verb not in _ACTS:
        raise Http404
    by = officer_of(request)
    places.power(by, Act.PROPOSE_TARGETS, place=place, on=now())
    row = the_set(place, number, by, today())
    form = Why(typed(request), answers=None)
    if form.data == {}:
        after(stage_of(row, on=today()), Verb(verb))
    if request.method == "POST" and form.is_valid():
        do, done = _ACTS[verb]
        do(row.citation.id, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, done)
        return redirect("target-set", place, number)
    title = WORDS[Verb(verb)]
    said = {"form": form, "row": row, "title": title, "button": title}
    return show(request, "outcomes/targets/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Adopt a set under a decision; what is lacking stands beside a button that does nothing."""
    by, on = officer_of(request), today()
    places.power(by, Act.ADOPT_TARGETS, place=place, on=now())
    row = the_set(place, number, by, on)
    best, lacks = best_decision(row, on=on)
    known = [(one.citation.id, f"{one.citation.id}: {one.title}") for one in decisions_about(row)]
    form = Adopt(typed(request), known)
    if not form.is_bound and best is not None:
        form.fields["decision"].initial = best.citation.id
    if request.method == "POST" and form.is_valid():
        decision = Citation("decision", form.cleaned_data["decision"])
        adopting.adopt(
            row.citation.id, decision, reason=form.cleaned_data["reason"], by=by, on=now()
        )
        messages.success(request, "They are adopted. They are the targets of the place now.")
        return redirect("target-set", place, number)
    said = {"form": form, "row": row, "lacks": lacks, "title": WORDS[Verb.ADOPT]}
    return show(request, "outcomes/targets/adopt.html", said)
