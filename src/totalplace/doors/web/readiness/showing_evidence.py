"""Evidence of a place: what there is and until when it holds, adding an item, withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.web.readiness.forms import Evidence, Why
from totalplace.doors.web.readiness.seen import the_place, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed, who
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.readiness import actions, queries
from totalplace.readiness.rules.scale import TITLES
from totalplace.refusal import Refused


@require_safe
def listed(request: HttpRequest, place: str) -> HttpResponse:
    """All evidence of a place, what expired too."""
    here, on = the_place(place), today()
    may = places.may(who(request), Act.GIVE_EVIDENCE, place=place, on=on)
    said = {
        "place": here, "rows": queries.evidence(place), "titles": TITLES, "today": on, "may": may,
    }  # fmt: skip
    return show(request, "readiness/evidence.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, place: str) -> HttpResponseBase:
    """Add an item."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.GIVE_EVIDENCE, place=place, on=now())
    form = Evidence(typed(request), queries.evidence(place))
    if request.method == "POST" and form.is_valid():
        actions.give(place, form.said(), by=by, on=now())
        messages.success(request, "The evidence is kept.")
        return redirect("readiness-evidence", place)
    said = {"form": form, "title": "Add evidence", "button": "Keep it", "caption": here.name}
    said["back"] = f"/readiness/{place}/evidence/"
    return show(request, "readiness/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Withdraw an item."""
    by = officer_of(request)
    places.power(by, Act.GIVE_EVIDENCE, place=place, on=now())
    try:
        row = queries.evidence_item(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    form = Why(typed(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw_evidence(
            row.citation.id, reason=form.cleaned_data["reason"], by=by, on=now()
        )
        messages.success(request, "The item is withdrawn. What rests on it is unsupported.")
        return redirect("readiness-evidence", place)
    said = {"form": form, "title": f"Withdraw '{row.title}'", "button": "Withdraw it"}
    said |= {"caption": str(row.citation), "back": f"/readiness/{place}/evidence/"}
    return show(request, "readiness/act.html", said)
