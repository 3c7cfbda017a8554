"""Beginning an assessment, stating facts, scoring for a side, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.readiness.forms import Begin, Facts, Scores, Why
from totalplace.doors.web.readiness.seen import (
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
from totalplace.readiness.definitions.reading import criteria, fact_rules, scale
from totalplace.readiness.queries import AssessmentRow
from totalplace.readiness.rules.moves import Verb, after
from totalplace.readiness.rules.scale import TITLES, Area, Side


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, place: str) -> HttpResponseBase:
    """Begin an assessment with a department."""
    here, by = the_place(place), officer_of(request)
    form = Begin(typed(request), departments())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.begin(
            place, centre=said["centre"], why=said["why"],
            side=_side_of(by, said["centre"]), by=by, on=now(),
        )  # fmt: skip
        messages.success(request, "The assessment is begun. State the facts first.")
        return redirect("assessment", place, row.number)
    said = {"form": form, "title": "Begin an assessment", "button": "Begin it"}
    said |= {"caption": here.name, "back": f"/readiness/{place}/"}
    return show(request, "readiness/act.html", said)


def _side_of(by: Officer, centre: str) -> Side:
    """The side for which an officer begins: the department's where they are its official."""
    may_centre = places.may(by, Act.SCORE_FOR_CENTRE, agency=centre, on=now())
    return Side.CENTRE if may_centre else Side.PLACE


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """State every fact of eligibility."""
    by, row = officer_of(request), the_assessment(place, number)
    places.power(by, Act.GIVE_EVIDENCE, place=place, on=now())
    form = Facts(typed(request), row.facts)
    if request.method == "POST" and form.is_valid():
        actions.state_facts(row.citation.id, form.said(), by=by, on=now())
        messages.success(request, "The facts are stated. Now each side can score.")
        return redirect("assessment", place, number)
    parts = [
        (rule, form[f"happened_{code}"], form[f"day_{code}"], form[f"source_{code}"])
        for code, rule in fact_rules().items()
    ]
    said = {"form": form, "row": row, "title": "State the facts", "parts_of": parts}
    return show(request, "readiness/facts.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Score all four areas for a side, unseen by the other."""
    by, row, mine = officer_of(request), the_assessment(place, number), the_side(side)
    _may_act(row, mine, by)
    if not request.POST:
        after(row.stage, Verb.HAND_IN)
    holding = [one for one in queries.evidence(place) if one.item.holds(today())]
    form = Scores(typed(request), holding)
    if request.method == "POST" and form.is_valid():
        actions.hand_in(row.citation.id, mine, form.said(), by=by, on=now())
        messages.success(request, "Your side's scores are in. Nobody of the other side sees them.")
        return redirect("assessment", place, number)
    looked_for = criteria()
    parts = [
        (
            TITLES[area], looked_for[area], form[f"level_{area}"], form[f"why_{area}"],
            form[f"evidence_{area}"],
        )
        for area in Area
    ]  # fmt: skip
    said = {"form": form, "row": row, "side": mine, "parts_of": parts, "scale": scale()}
    return show(request, "readiness/score.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, place: str, number: int, side: str) -> HttpResponseBase:
    """Withdraw an assessment."""
    by, row, mine = officer_of(request), the_assessment(place, number), the_side(side)
    _may_act(row, mine, by)
    form = Why(typed(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw(
            row.citation.id, side=mine, reason=form.cleaned_data["reason"], by=by, on=now()
        )
        messages.success(request, "The assessment is withdrawn.")
        return redirect("assessment", place, number)
    said = {"form": form, "title": "Withdraw the assessment", "button": "Withdraw it"}
    said |= {"caption": str(row.citation), "back": f"/readiness/{row.citation.id}/"}
    return show(request, "readiness/act.html", said)


def _may_act(row: AssessmentRow, side: Side, by: Officer) -> None:
    if side is Side.PLACE:
        places.power(by, Act.SCORE_FOR_PLACE, place=row.place, on=now())
    else:
        places.power(by, Act.SCORE_FOR_CENTRE, agency=row.centre, on=now())
