"""Laying an agreement open, and following it: one page for each act, with its reason."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.actions import agreements as actions
from totalplace.agreements.actions import varying
from totalplace.agreements.queries.agreements import AgreementRow
from totalplace.agreements.queries.agreements_lacking import best_decision
from totalplace.agreements.rules.lifecycle import BY_BOTH, WORDS, Stage, Verb, after
from totalplace.decisions import queries as decisions
from totalplace.doors.web.agreements.agreement.forms import Act
from totalplace.doors.web.agreements.agreement.looking import (
    acting_for,
    lacks,
    the_agreement,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.places.rules.mandates import Officer
from totalplace.record.rules.chain import Citation

_BY_PLACE: Final = {
    Verb.LAY_OPEN: (actions.lay_open, "It lies open. Now people can be heard on it."),
    Verb.OPEN_SIGNING: (actions.open_signing, "It is open for signing."),
    Verb.WITHDRAW: (actions.withdraw, "It is withdrawn."),
}
_BY_SIDE: Final = {
    Verb.CONSENT: (varying.consent, "Both sides agree to the variation."),
    Verb.DROP_VARIATION: (varying.drop, "The variation is dropped."),
}
_VERBS: Final = {
    verb.name.lower().replace("_", "-"): verb
    for verb in (*_BY_PLACE, *_BY_SIDE, *BY_BOTH, Verb.DECIDE)
}


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, place: str, number: int, verb: str) -> HttpResponseBase:
    """Do something to an agreement, with a reason; what is lacking stands beside."""
    if verb not in _VERBS:
        raise Http404
    what, by, on = _VERBS[verb], officer_of(request), today()
    row = the_agreement(place, number, by, on)
    form = _form(request, row, what, by)
    if request.method == "POST" and form.is_valid():
        messages.success(request, _do(row, what, form, by))
        return redirect("agreement", place, number)
    if not form.is_bound:
        after(row.kept, what)
    said = {"form": form, "row": row, "title": WORDS[what], "lacks": lacks(row, what, on)}
    return show(request, "agreements/agreement/act.html", said)


def _form(request: HttpRequest, row: AgreementRow, verb: Verb, by: Officer) -> Act:
    on = today()
    if verb in _BY_PLACE:
        return Act(typed(request))
    if verb is Verb.DECIDE:
        known = [
            (one.citation.id, f"{one.citation.id}: {one.title}")
            for one in decisions.decisions(about=row.last.about)
        ]
        form = Act(typed(request), decisions=known)
        best = best_decision(row, on=on)[0]
        if known and best is not None:
            form.fields["decision"].initial = best.citation.id
        return form
    return Act(typed(request), parties=acting_for(row, by, on), ending=verb is Verb.END)


def _do(row: AgreementRow, verb: Verb, form: Act, by: Officer) -> str:
    """Do it, and say that it is done."""
    said, cited, on = form.cleaned_data, row.citation.id, now()
    reason, agency = said["reason"], said.get("agency", "")
    if verb in _BY_PLACE:
        by_place, done = _BY_PLACE[verb]
        by_place(cited, reason=reason, by=by, on=on)
        return done
    if verb is Verb.DECIDE:
        decision = Citation("decision", said.get("decision", ""))
        actions.decided(cited, decision, reason=reason, by=by, on=on)
        return "The decision is entered."
    if verb in _BY_SIDE:
        by_side, done = _BY_SIDE[verb]
        by_side(cited, agency=agency, reason=reason, by=by, on=on)
        return done
    if said.get("ends_on"):
        varying.give_notice(
            cited, agency=agency, ends_on=said["ends_on"], reason=reason, by=by, on=on
        )
        return "Notice is given."
    if verb is Verb.END and row.stage(today()) is Stage.ENDED:
        varying.end(cited, agency=agency, reason=reason, by=by, on=on)
        return "That it has ended is on the record."
    after_it = varying.say_for_side(cited, verb, agency=agency, reason=reason, by=by, on=on)
    return "It is done." if after_it.kept is not row.kept else "It waits for the other side."
