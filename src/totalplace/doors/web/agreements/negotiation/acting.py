"""Opening a negotiation, and the moves of a side: offer, accept, end, agree to publish."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.agreements.actions import negotiations as actions
from totalplace.agreements.actions.drafts import begun
from totalplace.agreements.actions.offers import offer as make_offer
from totalplace.agreements.queries.negotiations import NegotiationRow
from totalplace.agreements.queries.sides import power_of
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.moves import WORDS, Verb, after
from totalplace.agreements.rules.offers import warnings
from totalplace.doors.web.agreements.negotiation.forms import Begin, OfferForm, Reason
from totalplace.doors.web.agreements.negotiation.looking import side_for, the_negotiation, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

_FORMS: Final[dict[Verb, type[Reason]]] = {
    Verb.OFFER: OfferForm, Verb.ACCEPT: Reason, Verb.END: Reason,
}  # fmt: skip
_DONE: Final = {
    Verb.OFFER: "The offer is made. From here on nobody changes it.",
    Verb.ACCEPT: "It is agreed.",
    Verb.END: "The negotiation is ended.",
}


def mine(request: HttpRequest, number: int) -> tuple[NegotiationRow, Side, Officer]:
    """A negotiation, and the side for which the officer acts. Raises Refused for anybody else."""
    by, row = officer_of(request), the_negotiation(number)
    side = side_for(row, by, today())
    if side is None:
        # Says why, whichever it is: no mandate, or one of both sides.
        power_of(Side.PLACE, place=row.place, departments=row.departments, by=by, on=today())
        raise Http404
    return row, side, by


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Open a negotiation."""
    by, on = officer_of(request), today()
    here = [
        one
        for one in places.places()
        if places.may(by, Act.NEGOTIATE_FOR_PLACE, place=one.code, on=on)
    ]
    if not here:
        places.power(by, Act.NEGOTIATE_FOR_PLACE, on=now())
    form = Begin(typed(request), places=here, agencies=places.agencies())
    if request.method == "POST" and form.is_valid():
        row = actions.open_negotiation(form.opening(), by=by, on=now())
        messages.success(request, "The negotiation is open. The place makes the first offer.")
        return redirect("negotiation", row.number)
    return show(request, "agreements/negotiation/begin.html", {"form": form})


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: int, verb: str) -> HttpResponseBase:
    """Make an offer of the draft, accept the other side's last, or end it."""
    if verb not in {one.value for one in Verb}:
        raise Http404
    which = Verb(verb)
    row, side, by = mine(request, number)
    form = _FORMS[which](typed(request))
    if not form.is_bound:
        after(row.stage, which, side=side)
    if request.method == "POST" and form.is_valid():
        _acts(form)[which](number, side, by)
        messages.success(request, _DONE[which])
        return redirect("negotiation", number)
    said: dict[str, Any] = {"form": form, "row": row, "title": WORDS[which], "verb": which}
    if which is Verb.OFFER:
        said["working"] = working = begun(number, side, by=by, on=now())
        said["warnings"] = warnings(working.terms, row.model)
    return show(request, "agreements/negotiation/move.html", said)


def _acts(form: forms.Form) -> dict[Verb, Callable[[int, Side, Officer], Any]]:
    said = form.cleaned_data
    return {
        Verb.OFFER: lambda n, side, by: make_offer(
            n, side, reason=said["reason"], answer_by=said["answer_by"], by=by, on=now()
        ),
        Verb.ACCEPT: lambda n, side, by: actions.accept(
            n, side, reason=said["reason"], by=by, on=now()
        ),
        Verb.END: lambda n, side, by: actions.end(n, side, reason=said["reason"], by=by, on=now()),
    }


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, number: int) -> HttpResponseBase:
    """Agree, for one's side, that anybody may read the offers made so far."""
    row, side, by = mine(request, number)
    if request.method == "POST":
        found = actions.agree_to_publish(number, side, by=by, on=now())
        said = "Anybody may read the offers now." if found.published == len(found.steps) else (
            "It is agreed for your side. They are published once the other side agrees too."
        )  # fmt: skip
        messages.success(request, said)
        return redirect("negotiation", number)
    return show(request, "agreements/negotiation/publish.html", {"row": row, "side": side})
