"""Meeting: levels put to the other side and agreed, waivers, and what followed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.readiness.forms import Followed, Put, Waive, Why
from totalplace.doors.web.readiness.seen import (
    areas_of,
    departments,
    the_assessment,
    the_place,
    the_side,
    today,
)
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.readiness import actions, queries
from totalplace.readiness.rules.moves import Verb, after
from totalplace.readiness.rules.scale import TITLES, Area, Side
from totalplace.refusal import Refused


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def put(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Put levels to the other side."""
    by, row, mine = officer_of(request), the_assessment(place, number), the_side(side)
    _may_agree(row.place, row.centre, mine, by)
    if not request.POST:
        after(row.stage, Verb.PROPOSE)
    form = Put(typed(request), row.proposals[-1] if row.proposals else None)
    if request.method == "POST" and form.is_valid():
        actions.propose(row.citation.id, mine, form.said(), by=by, on=now())
        messages.success(request, "The levels are put to the other side.")
        return redirect("assessment", place, number)
    shown = {one.area: one for one in areas_of(row, by, today())}
    parts = [
        (shown[area], form[f"level_{area}"], form[f"reason_{area}"], form[f"disputed_{area}"])
        for area in Area
    ]
    said = {"form": form, "row": row, "side": mine, "parts_of": parts}
    return show(request, "readiness/put.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Agree to the levels that the other side put forward last."""
    by, row, mine = officer_of(request), the_assessment(place, number), the_side(side)
    _may_agree(row.place, row.centre, mine, by)
    if not request.POST:
        after(row.stage, Verb.CONSENT)
    if request.method == "POST":
        asked = request.POST.get("proposal", "")
        proposal = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
        actions.consent(row.citation.id, mine, proposal=proposal, by=by, on=now())
        messages.success(request, "Both sides agree. The assessment is finished.")
        return redirect("assessment", place, number)
    if not row.proposals:
        raise Http404
    said = {"row": row, "side": mine, "put": row.proposals[-1], "titles": TITLES}
    return show(request, "readiness/agree.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, place: str) -> HttpResponseBase:
    """Offer to do without something that is lacking."""
    here, by = the_place(place), officer_of(request)
    form = Waive(typed(request), departments())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        centre = said["centre"]
        mine = places.may(by, Act.AGREE_READINESS_FOR_CENTRE, agency=centre, on=now())
        wanted = actions.WaiverSaid(
            said["need"], said["level"], centre, said["reason"], said["until"]
        )
        side = Side.CENTRE if mine else Side.PLACE
        actions.offer_waiver(place, wanted, side=side, by=by, on=now())
        messages.success(request, "The waiver is offered. It holds once the other side agrees.")
        return redirect("readiness", place)
    page = {"form": form, "title": "Offer a waiver", "button": "Offer it"}
    page |= {"caption": here.name, "back": f"/readiness/{place}/"}
    return show(request, "readiness/act.html", page)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agree_waiver(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Agree for the other side to do without."""
    by, mine = officer_of(request), the_side(side)
    try:
        row = queries.waiver(f"{place}/{number}")
    except Refused as refused:
        raise Http404 from refused
    _may_agree(row.place, row.centre, mine, by)
    form = Why(typed(request))
    if request.method == "POST" and form.is_valid():
        actions.agree_waiver(
            row.citation.id, side=mine, reason=form.cleaned_data["reason"], by=by, on=now()
        )
        messages.success(request, "Both sides waive it.")
        return redirect("readiness", place)
    page = {"form": form, "title": f"Agree to waiver {row.number}", "button": "Agree to it"}
    page |= {"caption": f"{row.need}: {row.level}", "back": f"/readiness/{place}/"}
    page["told"] = row.reason
    return show(request, "readiness/act.html", page)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Say what followed an agreed level."""
    by, row, mine = officer_of(request), the_assessment(place, number), the_side(side)
    form = Followed(typed(request))
    if request.method == "POST" and form.is_valid():
        typed_in = form.cleaned_data
        said = actions.FollowedSaid(
            Area(typed_in["area"]), typed_in["went_well"] == "yes", typed_in["what"],
            typed_in["source"],
        )  # fmt: skip
        actions.say_followed(row.citation.id, said, side=mine, by=by, on=now())
        messages.success(request, "It is kept beside the levels that were agreed.")
        return redirect("assessment", place, number)
    page = {"form": form, "title": "Say what followed", "button": "Keep it"}
    page |= {"caption": str(row.citation), "back": f"/readiness/{row.citation.id}/"}
    return show(request, "readiness/act.html", page)


def _may_agree(place: str, centre: str, side: Side, by: Officer) -> None:
    if side is Side.PLACE:
        places.power(by, Act.AGREE_READINESS_FOR_PLACE, place=place, on=now())
    else:
        places.power(by, Act.AGREE_READINESS_FOR_CENTRE, agency=centre, on=now())
