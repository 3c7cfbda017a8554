"""Signed files: a side's last step to take away, and the other side's to take in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.agreements.actions.offers import other_than
from totalplace.agreements.actions.offers import receive as take
from totalplace.agreements.queries.exporting import signed_file
from totalplace.agreements.queries.sides import ACTS
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.exchange import opened
from totalplace.agreements.rules.offers import LONGEST
from totalplace.doors.offers_key import offers_key
from totalplace.doors.web.agreements.negotiation.acting import mine
from totalplace.doors.web.agreements.negotiation.forms import Signed
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.doors.web.sources.seeing import home
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Officer
from totalplace.record.rules.heads import public_key


@officers_only
@require_safe
def signed(request: HttpRequest, number: int) -> HttpResponseBase:
    """The last step of the officer's side, signed with the key of this installation."""
    _, side, by = mine(request, number)
    text = signed_file(number, side, key=offers_key(home().root), by=by, on=now())
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"negotiation-{number}-{side.value}.txt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest) -> HttpResponseBase:
    """Take in a step of the other side, for the officer's own."""
    by = officer_of(request)
    _check(by)
    form = Signed(typed(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"].read(2 * LONGEST + 1)
        side = other_than(opened(file).step.side)
        row = take(file, side, key=form.cleaned_data["key"], by=by, on=now())
        messages.success(request, "It is taken in as it was signed.")
        return redirect("negotiation", row.number)
    said = {"form": form, "key": public_key(offers_key(home().root))}
    return show(request, "agreements/negotiation/receive.html", said)


def _check(by: Officer) -> None:
    """Raise Refused for an officer who negotiates for no side of anything."""
    if not any(places.may_where(by, act, now()) for act in ACTS.values()):
        places.power(by, ACTS[Side.PLACE], on=now())
