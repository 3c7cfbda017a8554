"""Letting an effect that nobody graded drive money, on the record, and taking that back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.commissioning.actions import appraisals as actions
from totalplace.commissioning.queries.appraisals import accepted
from totalplace.doors.web.commissioning.appraisals.forms import Why, line, words
from totalplace.doors.web.commissioning.appraisals.looking import the_place
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act


class Accept(forms.Form):
    """Which effect, and why it may drive money though nobody graded it."""

    option = line("Option", "Its code, as the case has it", ask="Enter the code of the option")
    indicator = line("Outcome", "The code of its indicator", ask="Enter the code of the outcome")
    area = line("Area", "Such as E10000017", ask="Enter the code of the area")
    reason = words(
        "Why may it drive money?",
        "What makes you think that it works, and what would change your mind. The public sees "
        "this.",
        ask="Say why",
    )


@require_safe
def one(_request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Where an effect that was accepted can be read: among those of its place."""
    the_place(place)
    if number not in [row.number for row in accepted(place)]:
        raise Http404
    return redirect(f"/commissioning/appraisals/{place}/#effect-{number}")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, place: str) -> HttpResponseBase:
    """Accept an effect ungraded."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.ACCEPT_EFFECT, place=place, on=now())
    form = Accept(typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        row = actions.accept_effect(
            place, said["option"], said["indicator"], said["area"], reason=said["reason"], by=by,
            on=now(),
        )  # fmt: skip
        messages.success(request, f"It is accepted, as {row.citation}. Name that in the case.")
        return redirect("appraisals", place)
    said = {
        "form": form, "place": here, "title": "Let an ungraded effect drive money",
        "button": "Accept it, on the record",
        "lead": "A plan moves money only by effects that are graded and whose source anybody can "
        "open. Where there is no such effect you can let another one count. It stays marked "
        "as ungraded wherever it is shown.",
    }  # fmt: skip
    return show(request, "commissioning/appraisals/act.html", said)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Take an acceptance back."""
    here, by = the_place(place), officer_of(request)
    places.power(by, Act.ACCEPT_EFFECT, place=place, on=now())
    its = next((one for one in accepted(place) if one.number == number and one.holds), None)
    if its is None:
        raise Http404
    form = Why(typed(request))
    if request.method == "POST" and form.is_valid():
        actions.take_back(place, number, reason=form.cleaned_data["reason"], by=by, on=now())
        messages.success(request, "It is taken back.")
        return redirect("appraisals", place)
    said = {
        "form": form, "place": here, "title": "Take the acceptance back", "button": "Take it back",
        "lead": f"The effect of {its.option} on {its.indicator} in {its.area} would no longer "
        "drive money in plans to come. Plans that were adopted stay as they are.",
    }  # fmt: skip
    return show(request, "commissioning/appraisals/act.html", said)
